/**
 * tabs.mjs -- many tabs of the built reader, all of them writing, whose holder
 * of the library goes again and again, in each way in which one can go.
 *
 *   node tests/torture/tabs.mjs [--tabs N] [--failovers N] [--seed N] [STORY...]
 *
 * Each tab writes notes and removes them. What was acknowledged has to be
 * there, once; what was removed has to be gone; no worker may write when
 * another has opened the library after it. `first` is the time from the end of
 * the holder to the first answer of the next one, `all` until every tab that
 * is left had one. The table at the end is the result; it exits with 1 when
 * anything was lost, doubled, or owned twice, or nobody took over.
 */
import { parseArgs } from 'node:util';

import { endScreen, lacks, versionOf } from '../e2e/engines.js';
import { Host } from '../e2e/host.js';
import { table } from './browsers.mjs';
import { startTabs } from './tab-engines.mjs';

const START_MS = 120_000;
const TAKEOVER_MS = 60_000;
const TICK_MS = 150;
/** How many failovers lie between two looks at all that is there. */
const LOOK_EVERY = 25;

export const STORIES = {
  chromium: { engine: 'chromium' },
  firefox: { engine: 'firefox' },
  'chromium-indexeddb': { engine: 'chromium', isIndexed: true },
  'firefox-indexeddb': { engine: 'firefox', isIndexed: true },
};

/** Ways to go, and how often each comes. `hang-*`: the worker, when it has
 * nothing to do, in the middle of a write, before it flushes. */
const WAYS = {
  close: 3, crash: 3, reload: 3, sleep: 3, 'hang-idle': 1, 'hang-write': 1, 'hang-flush': 1, die: 1,
};

/** What the tabs wrote, and what must be there. */
export class Notes {
  /** @type {Map<string, string>}  label: 'doing', 'sure', 'removing', 'gone' or 'unknown' */
  #notes = new Map();
  acknowledged = 0;
  unknown = 0;
  /** @type {string[]}  what went wrong, in words */
  problems = [];
  lost = 0;
  doubled = 0;

  /** @param {any} word  of tab.js */
  hear({ name, what, label, code, words }) {
    const isNote = what === 'note';
    if (name === 'doing') this.#notes.set(label, isNote ? 'doing' : 'removing');
    else if (name === 'done') {
      this.acknowledged++;
      this.#notes.set(label, isNote ? 'sure' : 'gone');
    } else if (code === 'EUNKNOWN') {
      this.unknown++;
      this.#notes.set(label, 'unknown');
    } else if (what === 'remove' && code === 'ENOTFOUND') {
      this.#blame('lost', label, 'was not there when it was to be removed');
    } else this.#blame('lost', label, `${what} was refused: ${code} ${words}`);
  }

  /** @param {string[]} labels  all notes that are there, as nobody writes */
  check(labels) {
    const there = new Set(labels);
    for (const [label, state] of this.#notes) {
      if (state === 'sure' && !there.has(label)) this.#blame('lost', label, 'is not there');
      if (state === 'gone' && there.has(label)) this.#blame('doubled', label, 'was removed and is there');
      if (state === 'gone' || !there.has(label)) this.#notes.delete(label);
    }
    const seen = new Set();
    for (const label of labels) {
      if (seen.has(label)) this.#blame('doubled', label, 'is there twice');
      seen.add(label);
    }
  }

  /** @param {'lost' | 'doubled'} what @param {string} label @param {string} words */
  #blame(what, label, words) {
    this[what]++;
    this.problems.push(`${what}: ${label} ${words}`);
    this.#notes.delete(label);
  }
}

/** Who has the library. */
export class Owners {
  /** @type {{worker: string, tab: string, at: number, wrote: number}[]} */
  #all = [];
  twice = 0;

  /** @param {any} word  of watched.js */
  hear({ name, worker, tab, at, last }) {
    if (name === 'opened') {
      if (this.#all.at(-1)?.worker !== worker) this.#all.push({ worker, tab, at, wrote: 0 });
    }
    const owner = this.#all.find((one) => one.worker === worker);
    if (!owner) return;
    if (name === 'wrote') owner.wrote = last;
    const next = this.#all[this.#all.indexOf(owner) + 1];
    if (next && owner.wrote > next.at) this.twice++;
  }

  get current() {
    return this.#all.at(-1);
  }
}

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/** One run of a story. */
class Run {
  notes = new Notes();
  owners = new Owners();
  /** @type {Map<string, {acked: number, life: string, isBusy: boolean}>} */
  tabs = new Map();
  /** @type {{test: () => any, done: (value: any) => void} | undefined} */
  #waiting;
  #ticker;
  /** @type {any} */
  last = {};
  never = 0;
  #count = 0;

  /** @param {Host} host @param {any} engine @param {number} seed @param {(line: string) => void} log */
  constructor(host, engine, seed, log) {
    this.host = host;
    this.engine = engine;
    this.log = log;
    let state = seed;
    this.random = (/** @type {number} */ n) => (state = (state * 48271) % 2147483647) % n;
    host.onword = ({ name, detail }) => {
      if (name === 'words') for (const word of detail) this.#hear(word);
    };
    this.#ticker = setInterval(() => this.isWriting && host.order({ tick: this.#some() }), TICK_MS);
  }
  isWriting = false;

  end() {
    clearInterval(this.#ticker);
  }

  #some() {
    return [...this.tabs.keys()].filter(() => this.random(4) === 0);
  }

  /** @param {any} word */
  #hear(word) {
    const tab = this.tabs.get(word.tab);
    if (['doing', 'done', 'refused'].includes(word.name)) this.notes.hear(word);
    if (['opened', 'wrote'].includes(word.name)) this.owners.hear(word);
    if (tab && word.name === 'hello') Object.assign(tab, { life: word.life, isBusy: false });
    if (tab && word.name === 'doing') tab.isBusy = true;
    if (tab && word.name === 'refused') tab.isBusy = false;
    if (tab && word.name === 'done') Object.assign(tab, { isBusy: false, acked: word.at });
    if (word.name === 'turned' && word.state === 'failed') this.log(`${word.tab} failed: ${word.words}`);
    this.last[word.name] = word;
    const waiting = this.#waiting;
    if (!waiting) return;
    const found = waiting.test();
    if (found) waiting.done(found);
  }

  /** @param {() => any} test  asked at each word @param {string} what @param {number} limit_ms @returns {Promise<any>} */
  async until(test, what, limit_ms = START_MS) {
    const now = test();
    if (now) return now;
    let timer;
    try {
      return await Promise.race([
        new Promise((done) => (this.#waiting = { test, done })),
        new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`waited in vain: ${what}`)), limit_ms))),
      ]);
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  async open() {
    const tab = `t${++this.#count}`;
    this.tabs.set(tab, { acked: 0, life: '', isBusy: false });
    await this.engine.open(tab, () => this.until(() => this.tabs.get(tab)?.life, `${tab} opens`));
    return tab;
  }

  /** All that is there, as nobody writes. */
  async look() {
    this.isWriting = false;
    await this.until(() => [...this.tabs.values()].every(({ isBusy }) => !isBusy), 'all is answered');
    delete this.last.notes;
    this.host.order({ to: this.owners.current?.tab, deed: 'notes' });
    const { labels } = await this.until(() => this.last.notes, 'the notes');
    this.notes.check(labels);
  }

  /** Every tab had an answer after `since`; `first`: any had. */
  answered(since, { first = false, but = '' } = {}) {
    const others = [...this.tabs].filter(([name]) => name !== but);
    const times = others.map(([, { acked }]) => acked);
    if (first) return times.some((at) => at > since);
    return times.every((at) => at > since) && Math.max(...times);
  }

  /** End the holder; gives when it ended. @param {string} way @param {string} tab */
  async act(way, tab) {
    delete this.last.hung;
    const from = Date.now();
    if (way.startsWith('hang')) {
      this.host.order({ hang: { tab, at: way.slice(5) } });
      return (await this.until(() => this.last.hung, `${tab} hangs`)).at;
    }
    if (way === 'die') this.host.order({ die: tab });
    else await this.engine[way](tab);
    return from;
  }

  /** @param {string} way @returns {Promise<{first: number, all: number}>} */
  async failover(way) {
    this.isWriting = true;
    const begun = Date.now();
    await this.until(() => this.answered(begun), 'all tabs write');
    await pause(this.random(200));
    const holder = /** @type {any} */ (this.owners.current);
    const { life } = /** @type {any} */ (this.tabs.get(holder.tab));
    const from = await this.act(way, holder.tab);
    this.host.order({ tick: true });
    const goes = ['close', 'crash', 'reload', 'sleep'].includes(way);
    const but = goes ? holder.tab : '';
    const times = { first: TAKEOVER_MS, all: TAKEOVER_MS };
    try {
      const isNew = () => this.owners.current?.worker !== holder.worker && this.owners.current;
      const next = await this.until(isNew, 'another opens the library', TAKEOVER_MS);
      let first = 0;
      const all = await this.until(() => {
        if (!first && this.answered(next.at, { first: true, but })) first = Math.min(...this.#after(next.at, but));
        return this.answered(next.at, { but });
      }, 'all tabs are answered', TAKEOVER_MS);
      Object.assign(times, { first: first - from, all: all - from });
    } catch (error) {
      this.never++;
      this.log(`${way}: ${error}; ${JSON.stringify([...this.tabs])}`);
    }
    await this.#restore(way, holder.tab, life);
    return times;
  }

  #after(since, but) {
    return [...this.tabs].filter(([name, { acked }]) => name !== but && acked > since).map(([, { acked }]) => acked);
  }

  /** As many tabs as before. @param {string} way @param {string} tab @param {string} life  it had */
  async #restore(way, tab, life) {
    const state = /** @type {any} */ (this.tabs.get(tab));
    const isNew = () => state.life !== life;
    if (way === 'close' || way === 'crash') {
      await this.engine.clear?.(tab);
      this.tabs.delete(tab);
      await this.open();
    } else if (way === 'reload') {
      await this.until(isNew, `${tab} is loaded again`);
    } else if (way === 'sleep') {
      const from = Date.now();
      await this.engine.wake(tab);
      await this.until(() => state.acked > from || isNew(), `${tab} wakes`);
    }
  }
}

/** @param {number[]} times @param {number} part */
function quantile(times, part) {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0);
}

/** @param {string} way @param {{first: number, all: number}[]} times */
function rowOf(way, times) {
  const [first, all] = [times.map((t) => t.first), times.map((t) => t.all)];
  return {
    way, tried: times.length,
    p50: quantile(first, 0.5), p99: quantile(first, 0.99), worst: quantile(first, 1),
    'all p50': quantile(all, 0.5), 'all p99': quantile(all, 0.99), 'all worst': quantile(all, 1),
  };
}

/**
 * @param {string} name  of STORIES
 * @param {{tabs: number, failovers: number, seed: number, ways?: string[], log?: (line: string) => void}} options
 * @returns {Promise<{rows: any[], total: any, problems: string[]}>}
 */
export async function tabsStory(name, { tabs, failovers, seed, ways, log = () => {} }) {
  const { engine, isIndexed = false } = STORIES[name];
  const host = await Host.start({ isWatched: true, isIndexed });
  let browser;
  let run;
  try {
    browser = await startTabs(engine, host);
    run = new Run(host, browser, seed, log);
    for (let n = 0; n < tabs; n++) await run.open();
    const choices = ways ?? Object.entries(WAYS).flatMap(([way, times]) => Array(times).fill(way));
    /** @type {Record<string, {first: number, all: number}[]>} */
    const times = {};
    for (let n = 0; n < failovers; n++) {
      const way = n < choices.length * 2 && failovers < 200 ? choices[n % choices.length] : choices[run.random(choices.length)];
      (times[way] ??= []).push(await run.failover(way));
      if (n % LOOK_EVERY === LOOK_EVERY - 1 || n === failovers - 1) {
        await run.look();
        const all = Object.values(times).flat();
        log(`${name} ${n + 1}: ${JSON.stringify(rowOf('', all))} ${run.notes.problems.length} problems`);
      }
    }
    const all = Object.values(times).flat();
    const rows = Object.entries(times).map(([way, some]) => rowOf(way, some));
    const { lost, doubled, unknown, acknowledged, problems } = run.notes;
    const { tried, ...figures } = rowOf('', all);
    const total = { story: name, tabs, tried, written: acknowledged, lost, doubled, 'two owners': run.owners.twice, unknown, never: run.never, ...figures };
    delete total.way;
    return { rows, total, problems };
  } finally {
    run?.end();
    await browser?.end();
    await host.stop();
  }
}

/** @param {any} total */
export function isGood({ tried, written, lost, doubled, never, ...total }) {
  return tried > 0 && written > 0 && lost + doubled + never + total['two owners'] === 0;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tabs: { type: 'string', default: '20' },
      failovers: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '20261124' },
      ways: { type: 'string' },
    },
  });
  const [tabs, failovers, seed] = [values.tabs, values.failovers, values.seed].map(Number);
  console.log(`tabs: seed ${seed}, ${tabs} tabs, ${failovers} failovers each; times in ms`);
  const totals = [];
  for (const name of positionals.length ? positionals : ['chromium', 'firefox']) {
    const { engine } = STORIES[name];
    if (lacks(engine)) {
      console.log(`skip ${name}: ${lacks(engine)}`);
      continue;
    }
    const begun = Date.now();
    const { rows, total, problems } = await tabsStory(name, { tabs, failovers, seed, ways: values.ways?.split(','), log: console.log });
    const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
    totals.push({ ...total, minutes, browser: versionOf(engine) });
    console.log(`\n${table(rows)}\n${problems.slice(0, 20).join('\n')}`);
  }
  await endScreen();
  console.log(`\n${totals.length ? table(totals) : 'no browser here'}`);
  process.exitCode = totals.every(isGood) ? 0 : 1;
}

if (process.argv[1]?.endsWith('torture/tabs.mjs')) await main();
