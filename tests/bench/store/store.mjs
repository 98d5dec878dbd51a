/**
 * store.mjs -- the store beside the official sqlite-wasm's opfs-sahpool, in
 * each browser that is here: the same statements over 8 KiB pages with
 * synchronous=FULL and a TRUNCATE journal, each in a worker of its own, turn
 * by turn in one run. Part of `make bench`; alone: node tests/bench/store/store.mjs
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { serveFolder } from '../../../build-scripts/serve.mjs';
import { launch, skip } from '../../e2e/browser.js';

const RUNS = 5;
const root = new URL('../../../', import.meta.url).pathname;
const site = join(root, 'build/bench-store');

/** What the page loads, as plain files: nothing is bundled. */
function gather() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const put = (/** @type {string} */ from, /** @type {string} */ to) => cpSync(from, join(site, to), { recursive: true });
  put(join(root, 'tests/bench/store'), '.');
  put(join(root, 'web/engine'), 'web/engine');
  for (const end of ['mjs', 'wasm']) put(join(root, `build/wasm/bench-store.${end}`), `core/bench-store.${end}`);
  const peer = createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm');
  put(dirname(peer), 'sahpool');
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** @param {string} name @param {{capsa: any[], sahpool: any[]}} runs */
function table(name, runs) {
  console.log(`\nThe store in ${name}: milliseconds, and ratio to official opfs-sahpool`);
  console.log(`  ${''.padEnd(24)}${'capsa'.padStart(10)}${'sahpool'.padStart(10)}${'ratio'.padStart(8)}`);
  for (const work of Object.keys(runs.capsa[0])) {
    const [ours, theirs] = [runs.capsa, runs.sahpool].map((all) => median(all.map((times) => times[work])));
    const cells = [ours.toFixed(1).padStart(10), theirs.toFixed(1).padStart(10), (ours / theirs).toFixed(2).padStart(8)];
    console.log(`  ${work.padEnd(24)}${cells.join('')}`);
  }
}

export async function benchStore() {
  if (skip) return console.log(`\nThe store: skipped, ${skip}`);
  gather();
  const server = await serveFolder(site);
  try {
    const browser = await launch();
    try {
      const page = await browser.context.newPage();
      await page.goto(server.url);
      await page.waitForFunction("document.title === 'ready'");
      const runs = { capsa: /** @type {any[]} */ ([]), sahpool: /** @type {any[]} */ ([]) };
      for (let n = 0; n < RUNS; n++) {
        for (const peer of /** @type {const} */ (['capsa', 'sahpool'])) {
          runs[peer].push(await page.evaluate(`measure('${peer}')`));
        }
      }
      table('Chromium', runs);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

if (import.meta.filename === process.argv[1]) await benchStore();
