/**
 * run.mjs -- `make bench`: reading, adding, searching and storing beside other
 * programs, natively, as wasm and in the browser, in one run.
 *
 * The corpus is made here from the guide of web/samples, with words that a seed
 * exchanges, so that every machine measures the same text. Times are medians
 * of RUNS (searches: the 95th percentile); what counts is the ratio to the
 * first row of each table, since machines and their load differ. native.c is
 * the same program by cc and by emcc: Capsa, stock cmark and plain FTS5.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { create, insertMultiple, search as oramaSearch } from '@orama/orama';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import * as commonmark from 'commonmark';
import FlexSearch from 'flexsearch';
import lunr from 'lunr';
import MarkdownIt from 'markdown-it';
import * as markdownWasm from 'markdown-wasm/dist/markdown.node.js';
import { marked } from 'marked';
import * as md4w from 'md4w';
import { micromark } from 'micromark';
import MiniSearch from 'minisearch';

import { benchDocuments } from './documents.mjs';
import { benchIndex } from './index.mjs';
import { guide, varied } from './inputs.mjs';
import { benchStore } from './store/store.mjs';

const RUNS = 5;
const COPIES = 400; // of the guide: about 700 kB
const DOCUMENTS = 40;
const QUERIES = ['capsa', 'record archive', 'spea', 'quotes stand together', 'notes li'];

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'capsa-bench-'));
const file = (/** @type {string} */ name) => join(folder, name);

function median(run, runs = RUNS) {
  const times = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run(i);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

async function elapsed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function p95Async(run, keys) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    for (const key of keys) times.push(await elapsed(() => run(key)));
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
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

/** What native.c prints: milliseconds by name. */
function program(...command) {
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => file(`d${i}.md`));
  const [name, ...args] = command;
  const printed = execFileSync(name, [...args, 'compare', file('all.md'), ...documents, '--', ...QUERIES], {
    encoding: 'utf8',
  });
  return Object.fromEntries(
    printed.trim().split('\n').map((line) => {
      const [what, ms] = line.split(' ');
      return [what, Number(ms)];
    }),
  );
}

function table(title, rows) {
  console.log(`\n${title}`);
  const [, base] = rows[0];
  for (const [name, ms] of rows) {
    console.log(`  ${name.padEnd(34)} ${ms.toFixed(2).padStart(9)} ms  ${(ms / base).toFixed(2).padStart(8)}`);
  }
}

const text = varied(guide, COPIES);
const paragraphs = text.split(/\n\n+/).map((body, id) => ({ id, body }));
writeFileSync(file('all.md'), text);
for (let i = 0; i < DOCUMENTS; i++) {
  const at = (/** @type {number} */ n) => Math.floor((text.length / DOCUMENTS) * n);
  writeFileSync(file(`d${i}.md`), `# Record ${i}\n\n${text.slice(at(i), at(i + 1))}`);
}
const native = program(join(root, 'build/native/bench'));
const wasm = program(process.execPath, join(root, 'build/wasm/bench.cjs'));

const it = new MarkdownIt();
const reader = new commonmark.Parser();
const writer = new commonmark.HtmlRenderer();
await md4w.init();
await markdownWasm.ready;
table(`Markdown to HTML, ${(text.length / 1e3).toFixed(0)} kB (Capsa: blocks, passes, repairs, digest and HTML)`, [
  ['cmark, stock, native', native.cmark],
  ['cmark, stock, wasm', wasm.cmark],
  ['capsa, all of it, native', native['capsa-parse']],
  ['capsa, all of it, wasm', wasm['capsa-parse']],
  ['md4w (wasm)', median(() => md4w.mdToHtml(text))],
  ['markdown-wasm', median(() => markdownWasm.parse(text))],
  ['commonmark.js', median(() => writer.render(reader.parse(text)))],
  ['markdown-it', median(() => it.render(text))],
  ['marked', median(() => marked.parse(text))],
  ['micromark', median(() => micromark(text), 1)],
]);

const mini = new MiniSearch({ fields: ['body'] });
const flex = new FlexSearch.Index({ tokenize: 'forward' });
const orama = create({ schema: { body: 'string' } });
/** @type {any} */
let lunrIndex;
const silent = { print: () => {}, printErr: () => {} };
const { oo1 } = await sqlite3InitModule(silent);
const db = new oo1.DB();
db.exec('CREATE VIRTUAL TABLE t USING fts5(x)');
const addOfficial = () =>
  db.transaction(() => {
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    for (const { body } of paragraphs) insert.bind(1, body).stepReset();
    insert.finalize();
  });
const addLunr = () => {
  lunrIndex = lunr(function () {
    this.field('body');
    for (const paragraph of paragraphs) this.add(paragraph);
  });
};
table(`Index ${paragraphs.length} paragraphs (Capsa: parsed, stored with their source, indexed)`, [
  ['FTS5 plain, native', native['fts5-add']],
  ['FTS5 plain, wasm', wasm['fts5-add']],
  ['capsa, all of it, native', native['capsa-add']],
  ['capsa, all of it, wasm', wasm['capsa-add']],
  ['official sqlite-wasm FTS5', median(addOfficial, 1)],
  ['MiniSearch', median(() => mini.addAll(paragraphs), 1)],
  ['FlexSearch forward', median(() => paragraphs.forEach((p) => flex.add(p.id, p.body)), 1)],
  ['lunr', median(addLunr, 1)],
  ['Orama', await elapsed(() => insertMultiple(orama, paragraphs.map(({ body }) => ({ body }))))],
]);

const find = db.prepare("SELECT rowid, snippet(t, 0, '', '', '', 16) FROM t(?) ORDER BY rank LIMIT 20");
const searchOfficial = (/** @type {string} */ query) => {
  find.bind(1, `${query}*`);
  while (find.step()) find.get(1);
  find.reset();
};
const searchLunr = (/** @type {string} */ query) =>
  lunrIndex.search(query.replace(/(\S+)$/, '$1*').replace(/(^| )/g, '$1+')).slice(0, 20);
table('Search as typed, p95, top 20 (excerpts: Capsa and FTS5 only)', [
  ['FTS5 plain, native', native['fts5-search']],
  ['FTS5 plain, wasm', wasm['fts5-search']],
  ['capsa, native', native['capsa-search']],
  ['capsa, wasm', wasm['capsa-search']],
  ['official sqlite-wasm FTS5', p95(searchOfficial, QUERIES)],
  ['MiniSearch', p95((q) => mini.search(q, { prefix: true, combineWith: 'AND' }).slice(0, 20), QUERIES)],
  ['FlexSearch', p95((q) => flex.search(q, 20), QUERIES)],
  ['lunr', p95(searchLunr, QUERIES)],
  ['Orama', await p95Async((q) => oramaSearch(orama, { term: q, limit: 20 }), QUERIES)],
]);
console.log('\nNot run: Pagefind, which searches a built site and not a list of paragraphs.');

rmSync(folder, { recursive: true });
benchDocuments();
benchIndex();
await benchStore();
