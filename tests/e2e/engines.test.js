/**
 * The matrix: engine × what it gives. Which storage is chosen, whether the
 * reason is told, and that what was written is there (or, in a private window,
 * is not) when the browser comes again.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { table } from '../torture/browsers.mjs';
import { skip as noSite } from './browser.js';
import { endScreen, lacks, newProfile, removeProfile, startBrowser } from './engines.js';
import { Host } from './host.js';

const LIMIT_MS = 90_000;
const FILES = /in files of its own/;
const DATABASE = /in the browser’s database and, while it is open, in memory, because/;

const MATRIX = [
  { engine: 'chromium', gives: 'all', where: FILES, isKept: true },
  { engine: 'chromium', gives: 'private window', start: { isPrivate: true }, where: FILES },
  { engine: 'firefox', gives: 'all', where: FILES, isKept: true },
  { engine: 'firefox', gives: 'private window', start: { isPrivate: true }, where: DATABASE },
  { engine: 'firefox', gives: 'no files', start: { prefs: { 'dom.fs.enabled': false } }, where: DATABASE, isKept: true },
  { engine: 'webkit', gives: 'as shipped', where: DATABASE, isKept: true },
  { engine: 'webkit', gives: 'files without handles', start: { hasFiles: true }, where: DATABASE, isKept: true },
  { engine: 'webkit', gives: 'private window', start: { isPrivate: true }, where: DATABASE },
];

const rows = [];

after(async () => {
  await endScreen();
  if (rows.length) console.log(table(rows).replace(/^/gm, '# '));
});

for (const { engine, gives, start = {}, where, isKept = false } of MATRIX) {
  const skip = (/make dist/.test(noSite || '') && noSite) || lacks(engine);
  test(`${engine}, ${gives}: read, note, find, come again`, { skip, timeout: 240_000 }, async () => {
    const host = await Host.start();
    const profile = newProfile();
    const visit = async (query, state) => {
      const browser = await startBrowser(engine, { profile, url: host.page('story', query), ...start });
      try {
        return await host.next('seen', LIMIT_MS);
      } finally {
        await browser[state]();
      }
    };
    try {
      const { hits, after: seen } = await visit({}, 'kill');
      assert.ok(hits > 0, 'the record is found');
      assert.equal(seen.titles.length, 3);
      assert.deepEqual(seen.notes, ['Who took it down?']);
      assert.match(seen.where, where);
      assert.doesNotMatch(seen.notice, /not kept|not here|could not/);
      const again = await visit({ look: Number(isKept) }, 'quit');
      assert.deepEqual(again.notes, isKept ? seen.notes : []);
      rows.push({ engine, gives, storage: where === FILES ? 'files' : 'database', kept: isKept ? 'yes' : 'no', because: /because (.*?)\.$/.exec(seen.where)?.[1] ?? '' });
    } finally {
      await host.stop();
      removeProfile(profile);
    }
  });
}
