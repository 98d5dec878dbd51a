/**
 * documents.mjs -- where the time and memory of one document go: each stage
 * beside stock cmark, each format by size, and the peak of memory. Part of
 * `make bench`; alone: node tests/bench/documents.mjs
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { formats, guide, records, repeated, varied } from './inputs.mjs';

const root = new URL('../../', import.meta.url).pathname;
const BUILDS = {
  native: [join(root, 'build/native/bench')],
  wasm: [process.execPath, join(root, 'build/wasm/bench.cjs')],
};

/* Eightfold each; the source's limit is 64 MiB. */
const SIZES = [10_000, 80_000, 640_000, 5_120_000, 40_960_000];

/** Not stages of the reader. */
const WRITERS = ['write html', 'write json'];
const FRONT = ['decode', 'front end'];

/** @returns {Record<string, number> | null} null where the format is not read */
function run(/** @type {string[]} */ command, /** @type {string} */ verb, /** @type {string} */ format, /** @type {string} */ path) {
  try {
    const [name, ...args] = command;
    const printed = execFileSync(name, [...args, verb, format, path], { encoding: 'utf8', stdio: 'pipe' });
    return Object.fromEntries(printed.trim().split('\n').map((line) => line.split('\t')).map(([k, v]) => [k, Number(v)]));
  } catch {
    return null;
  }
}

const sum = (/** @type {Record<string, number>} */ times, /** @type {string[]} */ names) =>
  names.reduce((all, name) => all + (times[name] ?? 0), 0);
const passesOf = (/** @type {Record<string, number>} */ times) =>
  Object.keys(times).filter((name) => ![...FRONT, ...WRITERS, 'cmark', 'settle'].includes(name));

function stages(/** @type {string} */ title, /** @type {string} */ format, /** @type {string} */ path) {
  const native = run(BUILDS.native, 'stages', format, path);
  const wasm = run(BUILDS.wasm, 'stages', format, path);
  console.log(`\n${title}: milliseconds, and ratio to stock native cmark's parse and render`);
  if (!native || !wasm) return console.log('  failed');
  const row = (/** @type {string} */ name, /** @type {string[]} */ parts) => {
    const times = [native, wasm].map((t) => sum(t, parts));
    const cells = times.map((ms) => `${ms.toFixed(2).padStart(9)} ${(ms / native.cmark).toFixed(2).padStart(6)}`);
    console.log(`  ${name.padEnd(34)}${cells.join('  ')}`);
  };
  console.log(`  ${''.padEnd(34)}${'native'.padStart(16)}  ${'wasm'.padStart(16)}`);
  for (const name of Object.keys(native)) row(name, [name]);
  row('= blocks and HTML, no passes', [...FRONT, 'settle', 'write html']);
  row('= all passes', passesOf(native));
  row('= all of it', [...FRONT, ...passesOf(native), 'settle', 'write html']);
}

function scaling(/** @type {string} */ folder) {
  console.log('\nFront ends by size, native, MB/s (decode and front end | all of parsing); in brackets t(8n)/t(n)');
  for (const format of formats) {
    const cells = [];
    /** @type {number[] | undefined} */
    let before;
    for (const size of SIZES) {
      const path = join(folder, `scale.${format}`);
      const bytes = repeated(format, size);
      writeFileSync(path, bytes);
      const times = run(BUILDS.native, 'stages', format, path);
      if (!times) break;
      const now = [sum(times, FRONT), sum(times, [...FRONT, ...passesOf(times), 'settle'])].map((ms) => ms / bytes.length);
      const speed = (/** @type {number} */ i) =>
        (1e-3 / now[i]).toFixed(0).padStart(4) + (before ? ` (${((8 * now[i]) / before[i]).toFixed(1)})`.padStart(7) : ''.padStart(7));
      cells.push(`${speed(0)} |${speed(1)}`);
      before = now;
    }
    console.log(`  ${format.padEnd(10)}${cells.length ? cells.join('   ') : 'not read by this build'}`);
  }
}

function peaks(/** @type {string} */ folder) {
  console.log('\nPeak memory over the size of a 5 MB source (its own bytes not counted): parsed | and HTML');
  for (const format of formats) {
    const path = join(folder, `peak.${format}`);
    const bytes = repeated(format, SIZES[3]);
    writeFileSync(path, bytes);
    const cells = Object.entries(BUILDS).map(([build, command]) => {
      const held = run(command, 'peak', format, path);
      const times = (/** @type {string} */ key) => (held ? (held[key] / bytes.length).toFixed(1) : '-').padStart(5);
      return `${build} ${times('parse')} |${times('and html')}`;
    });
    console.log(`  ${format.padEnd(10)}${cells.join('     ')}`);
  }
}

export function benchDocuments() {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-bench-'));
  const path = join(folder, 'stages.md');
  writeFileSync(path, varied(guide, 400));
  stages('Guide in Markdown, 548 kB', 'markdown', path);
  for (const [format, title] of [['markdown', 'Records in Markdown'], ['archive', 'Records as text']]) {
    writeFileSync(path, records(format, SIZES[2]));
    stages(`${title}, 640 kB`, format, path);
  }
  scaling(folder);
  peaks(folder);
  rmSync(folder, { recursive: true });
}

if (process.argv[1] === new URL(import.meta.url).pathname) benchDocuments();
