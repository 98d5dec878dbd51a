/**
 * index.mjs -- our search index beside FTS5, MiniSearch and FlexSearch on the
 * same passages, with what students type, key by key. Part of `make bench`;
 * alone: node tests/bench/index.mjs [TIMES]
 *
 * The corpus is the 5,000 records of shared/records/scale where they are
 * found, TIMES over (1), else the guide of web/samples with exchanged words.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import FlexSearch from 'flexsearch';
import MiniSearch from 'minisearch';

import { guide, varied } from './inputs.mjs';

const root = new URL('../../', import.meta.url).pathname;
const BUILDS = {
  native: [join(root, 'build/native/bench')],
  wasm: [process.execPath, join(root, 'build/wasm/bench.cjs')],
};
const SCALE = join(root, '../shared/records/scale/frus-scale-5000.jsonl.xz');
const GUIDE_COPIES = 4000;
const TOP = 20;

/** Typed key by key; what has no words of the guide finds nothing there. */
const TYPED = [
  'soviet aggression', 'the united states government', 'khrushchev berlin', 'nuclear test ban treaty',
  'in the congress of the united states', 'mao tse tung', 'ambassador to moscow', 'cuban missile crisis',
  'withdrawal of troops from hungary', 'negotiations on disarmament', 'secretary of state', 'north vietnam bombing halt',
  'economic assistance to india', 'suez canal', 'marshall plan', 'record archive', 'quotes stand together', 'notes and lists',
];
const WHOLE = ['soviet union', 'fleet', 'khrushchev', '"united states', '"soviet aggression', '"of the', '"secretary of state'];

/** @returns {string[][]} passages by document */
function corpus() {
  if (!existsSync(SCALE)) return [varied(guide, GUIDE_COPIES).split(/\n\n+/).map((p) => p.replace(/\s+/g, ' '))];
  const lines = execFileSync('xz', ['-dc', SCALE], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim().split('\n');
  return lines.map((line) => {
    const { title, text } = JSON.parse(line);
    return [title, ...text.split(/\n\n+/)].map((/** @type {string} */ p) => p.replace(/\s+/g, ' ').trim()).filter(Boolean);
  });
}

const keysOf = (/** @type {string} */ text) =>
  Array.from(text, (_, i) => text.slice(0, i + 1)).filter((key) => !key.endsWith(' '));

/** @returns {Record<string, number>} */
function program(/** @type {string[]} */ [name, ...args], /** @type {string} */ text, /** @type {string} */ queries) {
  const printed = execFileSync(name, [...args, 'index', text, queries], { encoding: 'utf8' });
  return Object.fromEntries(printed.trim().split('\n').map((line) => line.split(' ')).map(([k, v]) => [k, Number(v)]));
}

function timed(/** @type {() => void} */ run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function percentiles(/** @type {(key: string) => void} */ run, /** @type {string[]} */ keys) {
  const times = keys.map((key) => timed(() => run(key))).sort((a, b) => a - b);
  return [times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
}

const row = (/** @type {string} */ name, /** @type {number} */ build, /** @type {number[]} */ [p50, p95], /** @type {number} */ base) =>
  console.log(
    `  ${name.padEnd(28)} ${build.toFixed(0).padStart(8)} ms ${p50.toFixed(3).padStart(10)} ms ${p95.toFixed(3).padStart(10)} ms ${(p95 / base).toFixed(4).padStart(9)}`,
  );

export function benchIndex(times = 1) {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-bench-'));
  const documents = Array.from({ length: times }, corpus).flat();
  const passages = documents.flat();
  const keys = TYPED.flatMap(keysOf);
  const [text, queries] = [join(folder, 'text'), join(folder, 'queries')];
  writeFileSync(text, documents.map((d) => d.map((p) => `${p}\n`).join('') + '\f\n').join(''));
  writeFileSync(queries, [...keys.map((key) => `>${key}`), ...WHOLE].join('\n'));
  const native = program(BUILDS.native, text, queries);
  const wasm = program(BUILDS.wasm, text, queries);

  console.log(`\nIndex of ${native.passages} passages, ${(native['text-bytes'] / 1e6).toFixed(1)} MB; ${keys.length} keys; top ${TOP}, no excerpts`);
  console.log(`  ${''.padEnd(28)} ${'build'.padStart(11)} ${'p50'.padStart(13)} ${'p95'.padStart(13)} ${'to FTS5'.padStart(9)}`);
  const base = native['fts5-p95'];
  for (const [name, of] of /** @type {const} */ ([['native', native], ['wasm', wasm]])) {
    row(`ours, ${name}`, of['index-build'] + of['index-merge'], [of['index-p50'], of['index-p95']], base);
    row(`FTS5 plain, ${name}`, of['fts5-build'], [of['fts5-p50'], of['fts5-p95']], base);
  }
  const mini = new MiniSearch({ fields: ['body'] });
  const miniBuild = timed(() => mini.addAll(passages.map((body, id) => ({ id, body }))));
  row('MiniSearch', miniBuild, percentiles((key) => mini.search(key, { prefix: true, combineWith: 'AND' }).slice(0, TOP), keys), base);
  const flex = new FlexSearch.Index({ tokenize: 'forward' });
  const flexBuild = timed(() => passages.forEach((body, id) => flex.add(id, body)));
  row('FlexSearch forward', flexBuild, percentiles((key) => flex.search(key, TOP), keys), base);
  console.log(`  bytes of ours to the text's: ${(native['index-bytes'] / native['text-bytes']).toFixed(3)}`);
  console.log(`  of the exact top ${TOP}, ours finds: ${native['index-overlap'].toFixed(4)} native, ${wasm['index-overlap'].toFixed(4)} wasm`);
  rmSync(folder, { recursive: true });
}

if (process.argv[1] === new URL(import.meta.url).pathname) benchIndex(Number(process.argv[2] ?? 1));
