/** A few kills in each browser: the short form of tests/torture/browsers.mjs. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { killStory, Ledger, STORIES } from '../torture/browsers.mjs';
import { skip as noSite } from './browser.js';
import { endScreen, lacks } from './engines.js';

const KILLS = 2;
const SEED = 20260104;

after(endScreen);

for (const [name, { engine, isWorkerAlone }] of Object.entries(STORIES)) {
  const skip = (/make dist/.test(noSite || '') && noSite) || lacks(engine);
  test(`${name}: what was acknowledged outlives ${isWorkerAlone ? 'the worker' : 'the browser'}`, { skip, timeout: 180_000 }, async (t) => {
    const row = await killStory(name, { kills: KILLS, seed: SEED, log: (line) => t.diagnostic(line) });
    assert.equal(row.kills, KILLS);
    assert.ok(row.acknowledged > 0, 'something was acknowledged');
    assert.deepEqual([row.lost, row.doubled, row.corrupt], [0, 0, 0]);
  });
}

/** Words of a page, as the host hears them. */
function told(...words) {
  const ledger = new Ledger();
  for (const [name, what, label] of words) ledger.hear({ name, detail: { what, label } });
  return ledger;
}

const found = (...notes) => ({ notes: notes.map((note) => ({ id: note, note })), records: [] });

test('the ledger misses what was acknowledged and is not there', () => {
  const ledger = told(['doing', 'note', 'a'], ['done', 'note', 'a']);
  assert.deepEqual(ledger.check(found()).lost, ['a']);
});

test('what was under way may be there or not', () => {
  const words = [['doing', 'note', 'a']];
  assert.deepEqual(told(...words).check(found('a')), { lost: [], extra: [], doubled: 0 });
  assert.deepEqual(told(...words).check(found()), { lost: [], extra: [], doubled: 0 });
  const removal = [['done', 'note', 'a'], ['doing', 'remove', 'a']];
  assert.deepEqual(told(...removal).check(found()).lost, []);
});

test('the ledger sees what is there twice, and what nobody wrote', () => {
  const ledger = told(['done', 'note', 'a'], ['done', 'remove', 'a'], ['done', 'note', 'b']);
  const seen = ledger.check(found('a', 'b', 'b'));
  assert.deepEqual(seen, { lost: [], extra: ['a'], doubled: 1 });
});
