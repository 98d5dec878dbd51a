/**
 * store.mjs -- the store beside the official sqlite-wasm's opfs-sahpool, in
 * each browser that is here: the same statements over 8 KiB pages with
 * synchronous=FULL and a TRUNCATE journal, each in a worker of its own, turn
 * by turn in one run. Part of `make bench`; alone:
 *
 *   node tests/bench/store/store.mjs [--journals] [ENGINE...]
 *
 * --journals compares ways to commit, all of them ours.
 */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { serveFolder } from '../../../build-scripts/serve.mjs';
import { lacks, newProfile, removeProfile, startBrowser, versionOf } from '../../e2e/engines.js';

const RUNS = 5;
const PATIENCE_MS = 10 * 60_000;
const PEERS = ['sahpool', 'capsa'];
const JOURNALS = ['capsa:TRUNCATE', 'capsa:PERSIST'];
const ENGINES = ['chromium', 'firefox'];

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

/** @param {string} title @param {Record<string, any[]>} runs  the first peer is what the ratios are to */
function table(title, runs) {
  const peers = Object.keys(runs);
  console.log(`\n${title}: milliseconds, medians of ${RUNS}, and ratio to ${peers[0]}`);
  const head = peers.map((peer, n) => peer.padStart(16) + (n ? '   ratio' : '')).join('');
  console.log(`  ${''.padEnd(24)}${head}`);
  for (const work of Object.keys(runs[peers[0]][0])) {
    const times = peers.map((peer) => median(runs[peer].map((run) => run[work])));
    const cells = times.map((ms, n) => ms.toFixed(1).padStart(16) + (n ? (ms / times[0]).toFixed(2).padStart(8) : ''));
    console.log(`  ${work.padEnd(24)}${cells.join('')}`);
  }
}

/** What a page of the site tells. @param {string} engine @param {string[]} peers */
async function ask(engine, peers) {
  /** @type {(told: any) => void} */
  let hear = () => {};
  const told = new Promise((done) => (hear = done));
  const server = await serveFolder(site, {
    answer(/** @type {string} */ path, /** @type {any} */ request, /** @type {any} */ response) {
      if (path !== 'told') return false;
      let text = '';
      request.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part));
      request.on('end', () => (response.writeHead(204).end(), hear(JSON.parse(text))));
      return true;
    },
  });
  const profile = newProfile();
  const url = `${server.url}?${new URLSearchParams({ runs: String(RUNS), peers: peers.join(',') })}`;
  const browser = await startBrowser(engine, { profile, url });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((done) => (timer = setTimeout(() => done({ error: 'no answer' }), PATIENCE_MS)));
  try {
    const { runs, error } = await Promise.race([told, late]);
    if (error) throw new Error(`${engine}: ${error}`);
    return runs;
  } finally {
    clearTimeout(timer);
    await browser.kill();
    await server.stop();
    removeProfile(profile);
  }
}

/** @param {{engines?: string[], peers?: string[]}} [options] */
export async function benchStore({ engines = ENGINES, peers = PEERS } = {}) {
  if (!existsSync(join(root, 'build/wasm/bench-store.mjs'))) return console.log('\nThe store: skipped, make bench first');
  gather();
  for (const engine of engines) {
    if (lacks(engine)) console.log(`\nThe store in ${engine}: skipped, ${lacks(engine)}`);
    else table(`The store in ${versionOf(engine)}`, await ask(engine, peers));
  }
}

if (import.meta.filename === process.argv[1]) {
  const words = process.argv.slice(2);
  const engines = words.filter((word) => !word.startsWith('--'));
  await benchStore({
    engines: engines.length ? engines : ENGINES,
    peers: words.includes('--journals') ? JOURNALS : PEERS,
  });
}
