/** Tabs that come and go while all of them write: nothing is lost, nothing done twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser, end, random, Tab, tabs, turn, until } from './simulated.js';

const SEEDS = [1958, 1911, 1848, 1789];
const FAILOVERS = 300;

for (const seed of SEEDS) {
  test(`of ${FAILOVERS} failovers under writes none loses or doubles one (seed ${seed})`, async () => {
    const next = random(seed);
    const browser = new Browser();
    let all = await tabs(browser, 5);
    const asked = [];
    const [answered, unknown, broken] = [new Set(), new Set(), new Set()];
    const pick = (list) => list[Math.floor(next() * list.length)];
    const write = (tab) => {
      const note = `n${asked.length}`;
      asked.push({ note, tab });
      tab.session.call('annotate', { note }).then(
        () => answered.add(note),
        ({ code }) => (code === 'EUNKNOWN' ? unknown : broken).add(note), // said to be unknown
      );
    };
    const ways = {
      async close(holder) {
        holder.go();
        all = [...all.filter((tab) => tab !== holder), new Tab(browser)];
        all.at(-1).session.start();
      },
      async sleep(holder) {
        holder.session.rest();
        await turn();
        holder.session.start();
      },
      async death(holder) {
        holder.workers.at(-1).die();
      },
    };
    const clock = Date.now;
    let now = 0;
    Date.now = () => now; // so that deaths are not within a minute
    try {
      for (let n = 0; n < FAILOVERS; n++) {
        for (let k = Math.floor(next() * 4); k >= 0; k--) write(pick(all));
        for (let k = Math.floor(next() * 6); k > 0; k--) await turn();
        const holder = all.find(({ isHolder }) => isHolder);
        if (holder) await ways[pick(['close', 'close', 'sleep', 'sleep', 'death'])](holder);
        assert.ok(browser.disk.owners <= 1);
        now += 60_001;
      }
    } finally {
      Date.now = clock;
    }
    const owed = () => asked.filter(({ note, tab }) => !tab.isGone && ![answered, unknown, broken].some((set) => set.has(note)));
    await until(() => !owed().length, 'all that is owed is answered');
    assert.equal(broken.size, 0);
    assert.ok(unknown.size < asked.length / 20, `${unknown.size} of ${asked.length} unknown`);
    assert.equal(new Set(browser.disk.notes).size, browser.disk.notes.length, 'doubled');
    for (const note of answered) assert.ok(browser.disk.notes.includes(note), `lost: ${note}`);
    assert.ok(browser.disk.opened > FAILOVERS / 2, `${browser.disk.opened} takeovers`);
    end(...all);
  });
}
