/**
 * run.mjs -- `make bench`: reading, adding and searching beside other programs,
 * natively and as wasm, in one run.
 *
 * The corpus is made here from the guide of web/samples, with words that a seed
 * exchanges, so that every machine measures the same text. Times are medians
 * of RUNS; what counts is the ratio to the first row of each table, since
 * machines and their load differ. The commands' own start is taken off by
 * reading an almost empty file.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import * as commonmark from 'commonmark';
import FlexSearch from 'flexsearch';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import MiniSearch from 'minisearch';

import { startEngine } from '../web/core.js';

const RUNS = 5;
const COPIES = 400; // of the guide: about 700 kB
const DOCUMENTS = 40;
const QUERIES = ['capsa', 'record archive', 'spea', 'quotes stand together', 'notes li'];

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'capsa-bench-'));
const file = (/** @type {string} */ name) => join(folder, name);

/* A generator with a seed (mulberry32): the same text everywhere. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function corpus(copies) {
  const guide = readFileSync(join(root, 'web/samples/guide.md'), 'utf8').replace(/^---[^]*?\n---\n/, '');
  const words = guide.match(/[a-z]{4,}/g);
  const next = random(1911);
  const varied = () =>
    guide.replace(/[a-z]{4,}/g, (w) => (next() < 0.2 ? words[Math.floor(next() * words.length)] : w));
  return Array.from({ length: copies }, varied).join('\n');
}

function median(run, runs = RUNS) {
  const times = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run(i);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

function p95(run, keys) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    for (const key of keys) {
      const start = performance.now();
      run(key);
      times.push(performance.now() - start);
    }
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
}

function command(program, ...args) {
  const call = (last) => () => execFileSync(program[0], [...program.slice(1), ...args, last], { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  return median(call(file('all.md'))) - median(call(file('tiny.md')));
}

function table(title, rows) {
  console.log(`\n${title}`);
  const [, base] = rows[0];
  for (const [name, ms] of rows) {
    console.log(`  ${name.padEnd(34)} ${ms.toFixed(2).padStart(9)} ms  ${(ms / base).toFixed(2).padStart(8)}`);
  }
}

const text = corpus(COPIES);
writeFileSync(file('all.md'), text);
writeFileSync(file('tiny.md'), 'tiny\n');
const native = [join(root, 'build/native/capsa')];
const wasm = [process.execPath, join(root, 'build/wasm/capsa.cjs')];
const it = new MarkdownIt();
const reader = new commonmark.Parser();
const writer = new commonmark.HtmlRenderer();

table(`Markdown to HTML, ${(text.length / 1e3).toFixed(0)} kB (Capsa: blocks, passes, repairs and HTML)`, [
  ['capsa native', command(native, 'parse', '--from', 'markdown', '--to', 'html')],
  ['capsa wasm in Node', command(wasm, 'parse', '--from', 'markdown', '--to', 'html')],
  ['commonmark.js', median(() => writer.render(reader.parse(text)))],
  ['markdown-it', median(() => it.render(text))],
  ['marked', median(() => marked.parse(text))],
]);

const documents = Array.from({ length: DOCUMENTS }, (_, i) => `# Record ${i}\n\n${text.slice(Math.floor((text.length / DOCUMENTS) * i), Math.floor((text.length / DOCUMENTS) * (i + 1)))}`);
const paragraphs = documents.flatMap((d) => d.split(/\n\n+/)).map((body, id) => ({ id, body }));
const bytes = documents.map((d) => new TextEncoder().encode(d));
documents.forEach((d, i) => writeFileSync(file(`d${i}.md`), d));

const engine = await startEngine();
engine.open();
const names = documents.map((_, i) => file(`d${i}.md`));
const addNative = (i) => execFileSync(native[0], ['add', file(`lib${i}.capsa`), ...names], { stdio: 'pipe' });
const start = performance.now();
bytes.forEach((b, i) => engine.add({ bytes: b, name: `d${i}.md`, format: 'markdown' }));
const added = performance.now() - start;
const mini = new MiniSearch({ fields: ['body'] });
const flex = new FlexSearch.Index({ tokenize: 'forward' });

table(`Add and index ${paragraphs.length} paragraphs (Capsa: parsed, stored and indexed)`, [
  ['capsa native, 40 transactions', median(addNative, 3)],
  ['capsa wasm in Node, memory', added],
  ['MiniSearch, index only', median(() => { mini.removeAll(); mini.addAll(paragraphs); }, 3)],
  ['FlexSearch forward, index only', median(() => paragraphs.forEach((p) => flex.update(p.id, p.body)), 3)],
]);

table('Search, p95, top 20 (Capsa: with excerpts and places)', [
  ['capsa wasm in Node', p95((q) => engine.search({ text: q, typing: true, limit: 20 }), QUERIES)],
  ['MiniSearch, no excerpts', p95((q) => mini.search(q, { prefix: true, combineWith: 'AND' }).slice(0, 20), QUERIES)],
  ['FlexSearch, no excerpts', p95((q) => flex.search(q, 20), QUERIES)],
]);

rmSync(folder, { recursive: true });
