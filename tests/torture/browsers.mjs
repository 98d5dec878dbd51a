/**
 * browsers.mjs -- browsers killed in the middle of writes.
 *
 *   node tests/torture/browsers.mjs [--kills N] [--seed N] [STORY...]
 *
 * Each kill stops every process of the browser at one moment and kills it. The
 * next start must find each write that was acknowledged before, none twice,
 * and a database that SQLite's integrity_check calls ok. `worker` stories end
 * the worker alone, in a page that lives on. The table at the end is the
 * result; it exits with 1 when anything was lost.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { endScreen, lacks, newProfile, removeProfile, startBrowser, versionOf } from '../e2e/engines.js';
import { Host } from '../e2e/host.js';

const START_MS = 90_000;

/** name: engine, storage that must be chosen, what the page is asked, how it starts */
export const STORIES = {
  'chromium-opfs': { engine: 'chromium', storage: 'opfs' },
  'chromium-indexeddb': { engine: 'chromium', storage: 'indexeddb', query: { indexed: 1 } },
  'chromium-worker': { engine: 'chromium', storage: 'opfs', isWorkerAlone: true },
  'firefox-opfs': { engine: 'firefox', storage: 'opfs' },
  'firefox-indexeddb': { engine: 'firefox', storage: 'indexeddb', query: { indexed: 1 } },
  'firefox-worker': { engine: 'firefox', storage: 'opfs', isWorkerAlone: true },
  'webkit-indexeddb': { engine: 'webkit', storage: 'indexeddb' },
  'webkit-worker': { engine: 'webkit', storage: 'indexeddb', isWorkerAlone: true },
};

const CHECK = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("PRAGMA integrity_check").fetchone()[0])
for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'").fetchall():
    db.execute(f"INSERT INTO {name}({name}) VALUES('integrity-check')")
`;

/** What SQLite says of a library's bytes; not with our own build of it. @param {Buffer} bytes */
export function integrity(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-check-'));
  const file = join(folder, 'library');
  writeFileSync(file, bytes);
  const { stdout, stderr } = spawnSync('python3', ['-c', CHECK, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stderr ? stderr.trim().split('\n').at(-1) : stdout.trim();
}

/** What was acknowledged, and what was under way: of that either is right. */
export class Ledger {
  notes = new Set();
  records = new Set();
  acknowledged = 0;
  /** @type {any} */
  #doing;

  /** @param {{name: string, detail: any}} word */
  hear({ name, detail }) {
    if (name === 'doing') this.#doing = detail;
    if (name !== 'done') return;
    this.#doing = undefined;
    this.acknowledged++;
    if (detail.what === 'note') this.notes.add(detail.label);
    if (detail.what === 'record') this.records.add(detail.label);
    if (detail.what === 'remove') this.notes.delete(detail.label);
  }

  /** Compare with what a new start found. @param {any} found  writer.js: holds() */
  check(found) {
    const labels = found.notes.map((note) => note.note.split(' ')[0]);
    const isOpen = (label) => this.#doing?.label === label;
    const lost = [...this.notes].filter((label) => !labels.includes(label) && !isOpen(label));
    const titles = found.records.join('\n');
    lost.push(...[...this.records].filter((label) => !titles.includes(label)));
    const extra = labels.filter((label) => !this.notes.has(label) && !isOpen(label));
    const doubled = labels.length - new Set(labels).size;
    this.notes = new Set(labels);
    this.#doing = undefined;
    return { lost, extra, doubled };
  }
}

/**
 * @param {string} name  of STORIES
 * @param {{kills: number, seed: number, log?: (line: string) => void}} options
 */
export async function killStory(name, { kills, seed, log = () => {} }) {
  const { engine, storage, query = {}, isWorkerAlone } = STORIES[name];
  const host = await Host.start();
  const profile = newProfile();
  const ledger = new Ledger();
  const row = { story: name, kills: 0, acknowledged: 0, lost: 0, doubled: 0, corrupt: 0, slowest_ms: 0 };
  let browser;
  host.onword = (word) => ledger.hear(word);

  async function opened() {
    const words = integrity(await host.next('saved', START_MS));
    const found = await host.next('opened', START_MS);
    const { lost, extra, doubled } = ledger.check(found);
    const isWrong = lost.length + extra.length + doubled > 0 || words !== 'ok';
    if (isWrong) log(`${name} seed ${seed} kill ${row.kills}: ${JSON.stringify({ lost, extra, doubled, words })}`);
    if (found.storage !== storage) throw new Error(`${found.storage} in place of ${storage}: ${found.reason}`);
    row.lost += lost.length;
    row.doubled += doubled + extra.length;
    row.corrupt += words === 'ok' ? 0 : 1;
    row.slowest_ms = Math.max(row.slowest_ms, found.ms);
  }

  try {
    const random = (n) => ((seed = (seed * 48271) % 2147483647), seed % n);
    for (let n = 0; n <= (isWorkerAlone ? 0 : kills); n++) {
      host.clear();
      const asked = isWorkerAlone ? { kills } : n === kills ? { writes: 0 } : {};
      const url = host.page('writer', { seed: seed + n, ...query, ...asked });
      browser = await startBrowser(engine, { profile, url });
      await opened();
      if (isWorkerAlone) Object.assign(row, await host.next('killed', kills * 5_000 + START_MS));
      else if (n < kills) {
        for (let w = 1 + random(12); w > 0; w--) await host.next('done', 30_000);
        await new Promise((done) => setTimeout(done, random(30)));
        await browser.kill();
        row.kills++;
      }
      if (n % 10 === 9) log(`${name}: ${JSON.stringify(row)}`);
    }
    if (isWorkerAlone) row.corrupt += integrity(await host.next('saved', START_MS)) === 'ok' ? 0 : 1;
    else row.acknowledged = ledger.acknowledged;
  } finally {
    await browser?.kill();
    await host.stop();
    removeProfile(profile);
  }
  return row;
}

/** @param {object[]} rows */
export function table(rows) {
  const names = Object.keys(rows[0]);
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '20260104' } },
  });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  console.log(`browsers: seed ${seed}, ${kills} kills each`);
  const rows = [];
  for (const name of positionals.length ? positionals : Object.keys(STORIES)) {
    const { engine } = STORIES[name];
    if (lacks(engine)) {
      console.log(`skip ${name}: ${lacks(engine)}`);
      continue;
    }
    const begun = Date.now();
    const row = await killStory(name, { kills, seed, log: console.log });
    rows.push({ ...row, minutes: ((Date.now() - begun) / 60_000).toFixed(1), browser: versionOf(engine) });
    console.log(table([rows.at(-1)]));
  }
  await endScreen();
  console.log(`\n${rows.length ? table(rows) : 'no browser here'}`);
  process.exitCode = rows.some((row) => row.lost + row.doubled + row.corrupt) ? 1 : 0;
}

if (process.argv[1]?.endsWith('torture/browsers.mjs')) await main();
