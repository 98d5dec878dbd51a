/** A few failovers in each browser: the short form of tests/torture/tabs.mjs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Notes, Owners, tabsStory } from '../torture/tabs.mjs';
import { skip as noSite } from './browser.js';
import { lacks } from './engines.js';

const WAYS = ['close', 'crash', 'reload', 'sleep', 'hang-write', 'hang-flush', 'die'];

for (const name of ['chromium', 'firefox']) {
  const skip = (/make dist/.test(noSite || '') && noSite) || lacks(name);
  test(`${name}: tabs that write outlive the one that holds the library`, { skip, timeout: 240_000 }, async (t) => {
    const { total, problems } = await tabsStory(name, {
      tabs: 4, failovers: WAYS.length, seed: 20261124, ways: WAYS, log: (line) => t.diagnostic(line),
    });
    assert.deepEqual(problems, []);
    assert.equal(total.tried, WAYS.length);
    assert.ok(total.written > 0);
    assert.deepEqual([total.lost, total.doubled, total['two owners'], total.never], [0, 0, 0, 0]);
  });
}

/** Words of tabs, as the run hears them. */
function told(...words) {
  const notes = new Notes();
  for (const [name, what, label, code] of words) notes.hear({ name, what, label, code });
  return notes;
}

test('a note that was acknowledged and is not there is lost', () => {
  const notes = told(['doing', 'note', 'a'], ['done', 'note', 'a']);
  notes.check([]);
  assert.equal(notes.lost, 1);
});

test('a note that is not there when it is to be removed is lost', () => {
  const words = [['doing', 'note', 'a'], ['done', 'note', 'a'], ['doing', 'remove', 'a']];
  assert.equal(told(...words, ['refused', 'remove', 'a', 'ENOTFOUND']).lost, 1);
});

test('what was under way, or is said to be unknown, may be there or not', () => {
  for (const there of [['a'], []]) {
    const notes = told(['doing', 'note', 'a'], ['doing', 'note', 'b'], ['refused', 'note', 'b', 'EUNKNOWN']);
    notes.check(there);
    assert.deepEqual(notes.problems, []);
  }
});

test('what is there twice, or again, is doubled', () => {
  const notes = told(['done', 'note', 'a'], ['done', 'note', 'b'], ['done', 'remove', 'b']);
  notes.check(['a', 'a', 'b']);
  assert.equal(notes.doubled, 2);
});

test('a worker that writes after another has opened the library is a second owner', () => {
  const owners = new Owners();
  owners.hear({ name: 'opened', worker: 'one', at: 1 });
  owners.hear({ name: 'opened', worker: 'two', at: 5 });
  owners.hear({ name: 'wrote', worker: 'one', last: 4 });
  assert.equal(owners.twice, 0);
  owners.hear({ name: 'wrote', worker: 'one', last: 6 });
  assert.equal(owners.twice, 1);
});
