/**
 * large.mjs -- a library of a gigabyte in a real browser: made, opened,
 * searched, saved to a file, taken in again from it.
 *
 *   node tests/torture/large.mjs [--megabytes N] [--seed N] [--keep FILE] [ENGINE...]
 *
 * The work is done by tests/e2e/pages/large.js with the built worker. Each part
 * tells how long it took and how much memory the page's process had at most
 * (worker and wasm are in it), and all of the browser's. It exits with 1 when
 * that is not bounded, when the library opens too slowly, or when the file that
 * was saved is not whole for another program.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { lacks, newProfile, removeProfile, startBrowser, versionOf } from '../e2e/engines.js';
import { Host } from '../e2e/host.js';

/** Beside what an empty page has: no gigabyte is in memory, and not the half of
 * one. Firefox lets go late of what it has read (measured: 460 MiB). */
const MEMORY_MIB_MAX = 500;

/** Beyond what an empty library takes: the fastest of some, as the machine is shared. */
const OPENING_MS_MAX = 100;

/** A flush of what a step has written, on a busy machine (measured: 908 ms). */
const BESIDE_MS_MAX = 1000;

/** The library, its copy, what is examined, what is taken out, what is received. */
const COPIES_ON_DISK = 7;

const PATIENCE_MS = 3 * 3_600_000;

const MIB = 2 ** 20;

const CHECK = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("PRAGMA quick_check(1)").fetchone()[0], db.execute("SELECT count(*) FROM document").fetchone()[0])
`;

/** @param {number} pid @param {string} name */
function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return ''; // it is gone
  }
}

/** From now on the most memory counts anew. @param {number[]} pids */
function resetPeaks(pids) {
  for (const pid of pids) {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
    } catch {
      /* it is gone */
    }
  }
}

/** The most memory since then, in MiB: of the page's process, and of all. @param {number[]} pids */
function peaks(pids) {
  let [page, all] = [0, 0];
  for (const pid of pids) {
    const kib = Number(/VmHWM:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0);
    const isPage = /--type=renderer|-contentproc.*\btab\b/.test(read(pid, 'cmdline').replaceAll('\0', ' '));
    all += kib / 1024;
    if (isPage) page = Math.max(page, kib / 1024);
  }
  return { page: Math.round(page), all: Math.round(all) };
}

/** What the page adds to a part, beside its time. @param {any} detail */
function words({ name: _, ms: __, ...rest }) {
  const said = (/** @type {string} */ key, /** @type {any} */ value) =>
    key === 'bytes' || key === 'text'
      ? `${key === 'text' ? 'text ' : ''}${Math.round(value / MIB)} MiB`
      : `${key.replace(/Ms$/, '')} ${key.endsWith('Ms') ? `${value.toFixed(1)} ms` : value}`;
  return Object.entries(rest).map(([key, value]) => said(key, value)).join(', ');
}

/** @param {any[]} rows */
function print(rows) {
  console.log('part                 seconds  page MiB  browser MiB  ');
  for (const { name, ms, page, all, ...rest } of rows) {
    const cells = [(ms / 1000).toFixed(1).padStart(9), String(page).padStart(9), String(all).padStart(12)];
    console.log(`${name.padEnd(19)}${cells.join(' ')}   ${words(rest)}`);
  }
}

/** The file by a SQLite that is not ours. @param {string} file @param {number} records */
function checkFile(file, records) {
  const { stdout, stderr } = spawnSync('python3', ['-c', CHECK, file], { encoding: 'utf8' });
  const said = stdout.trim() || stderr.trim().split('\n').at(-1);
  return { said, isWhole: said === `ok ${records}` };
}

/** @param {any[]} rows @param {number} empty  MiB of the page when it had only begun */
function faults(rows, empty) {
  const of = (/** @type {string} */ name) => rows.find((row) => row.name === name);
  const found = [];
  for (const { name, page, besideMs = 0 } of rows) {
    if (page - empty > MEMORY_MIB_MAX) found.push(`${name}: ${page - empty} MiB more than an empty page`);
    if (besideMs > BESIDE_MS_MAX) found.push(`${name}: another request waited ${Math.round(besideMs)} ms`);
  }
  for (const name of ['open', 'open, restored']) {
    const more = of(name).fastestMs - of('open, empty').fastestMs;
    if (more > OPENING_MS_MAX) found.push(`${name}: ${Math.round(more)} ms beyond an empty library`);
  }
  return found;
}

/** @param {string} engine @param {{megabytes: number, seed: number, keep: string}} options */
async function story(engine, { megabytes, seed, keep }) {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < COPIES_ON_DISK * megabytes * MIB) throw new Error('there is too little room on the disk');
  const folder = mkdtempSync(join(tmpdir(), 'capsa-large-'));
  const profile = newProfile();
  const host = await Host.start();
  host.keepIn = join(folder, 'saved.capsa');
  const url = host.page('large', { megabytes, seed });
  const rows = [];
  const begun = Date.now();
  let browser;
  host.onword = ({ name, detail }) => {
    if (name === 'begins') resetPeaks(browser.pids);
    if (name === 'ends') rows.push({ ...detail, ...peaks(browser.pids) });
    const seconds = ((Date.now() - begun) / 1000).toFixed(0);
    if (name !== 'begins') console.error(`# ${engine} ${seconds} s: ${name} ${JSON.stringify(detail)}`);
  };
  try {
    browser = await startBrowser(engine, { profile, url });
    const { records } = await host.next('finished', PATIENCE_MS);
    print(rows);
    const file = checkFile(host.keepIn, records);
    console.log(`the saved file, by another SQLite: ${file.said} records`);
    const found = faults(rows, rows[0].page);
    if (!file.isWhole) found.push('the saved file is not whole');
    if (keep) spawnSync('cp', [host.keepIn, keep]);
    for (const fault of found) console.log(`not ok - ${fault}`);
    return found.length;
  } catch (e) {
    print(rows);
    throw e;
  } finally {
    await browser?.kill();
    await host.stop();
    removeProfile(profile);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      megabytes: { type: 'string', default: '1024' },
      seed: { type: 'string', default: '20260104' },
      keep: { type: 'string', default: '' },
    },
  });
  const options = { megabytes: Number(values.megabytes), seed: Number(values.seed), keep: values.keep };
  let failed = 0;
  for (const engine of positionals.length ? positionals : ['chromium', 'firefox']) {
    if (lacks(engine)) {
      console.log(`skip ${engine}: ${lacks(engine)}`);
      continue;
    }
    console.log(`\na library of ${options.megabytes} MiB in ${versionOf(engine)}, seed ${options.seed}`);
    failed += await story(engine, options);
  }
  console.log(failed ? `${failed} faults` : 'ok');
  process.exitCode = failed ? 1 : 0;
}

await main();
