/**
 * worker.js -- the engine worker: open the files, load the core, answer the
 * page. `capsa-core` is build/wasm/core.mjs (vite.config.js).
 *
 * An answer waits until the storage has what the call changed. `close` lets
 * the files go, and `open` takes them again: a page that is frozen keeps
 * nobody waiting. When the files are lost under us nothing is answered any
 * more: the page is told by an error, and starts another worker.
 */
import createCore from 'capsa-core';
import wasmUrl from 'capsa-core.wasm?url';

import { Engine } from './engine.js';
import { Outsider } from './outsider.js';
import { EngineError, EXAMINER, EXAMINER_METHODS, METHODS, ONCE } from './protocol.js';
import { serve } from './serve.js';
import { isSteps, runSteps } from './steps.js';
import { openOutside, openStorage } from './storage.js';

/**
 * Compiling while it loads needs the right MIME type, which some static hosts
 * do not send for .wasm.
 * @param {WebAssembly.Imports} imports
 */
async function instantiate(imports) {
  const response = await fetch(new URL(wasmUrl, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const isTyped = response.headers.get('content-type')?.startsWith('application/wasm');
  return isTyped
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

/** @param {unknown} cause */
function loadError(cause) {
  return new EngineError(
    'ELOAD',
    'a part of Capsa could not be loaded; check the connection and reload the page',
    { cause },
  );
}

/** Long work tells the page that it goes on whenever it touches a file, but no
 * more often than this (client.js). */
const ALIVE_MS = 200;
let toldAt = 0;

/** What was written, in bytes: all that is known of how far a migration is. */
let written = 0;

function tellAlive(more = 0) {
  written += more;
  const now = performance.now();
  if (now - toldAt < ALIVE_MS) return;
  toldAt = now;
  self.postMessage({ alive: true, written });
}

/** @param {import('./storage.js').Storage['files']} files */
function watched(files) {
  return {
    open(/** @type {string} */ name) {
      const file = files.open(name);
      if (!file) return null;
      return {
        read: (/** @type {any} */ view, /** @type {any} */ options) => (tellAlive(), file.read(view, options)),
        write: (/** @type {any} */ view, /** @type {any} */ options) => (tellAlive(view.length), file.write(view, options)),
        truncate: (/** @type {number} */ size) => file.truncate(size),
        flush: () => file.flush(),
        getSize: () => file.getSize(),
        close: () => file.close(),
      };
    },
  };
}

/** The core over these files. @param {{files: {open: (name: string) => any}}} storage */
async function load(storage) {
  let failed = /** @type {(e: unknown) => void} */ (() => {});
  const failure = new Promise((_, reject) => (failed = reject));
  const core = createCore({
    capsaFiles: watched(storage.files),
    instantiateWasm(
      /** @type {WebAssembly.Imports} */ imports,
      /** @type {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} */ done,
    ) {
      instantiate(imports).then(({ instance, module }) => done(instance, module), failed);
      return {};
    },
  });
  return Promise.race([failure, core]);
}

let isLost = false;

/** @param {unknown} cause */
function lose(cause) {
  if (isLost) return;
  isLost = true;
  setTimeout(() => reportError(cause)); // not from within the core
}

async function start() {
  const storage = await openStorage();
  storage.onlost = lose;
  try {
    const engine = new Engine(await load(storage), storage);
    storage.onrevert = (revert) => {
      engine.close();
      revert();
      engine.open();
    };
    return { engine, storage };
  } catch (e) {
    storage.close();
    throw loadError(e);
  }
}

/** @type {ReturnType<typeof start> | undefined} */
let started;

/** @param {string} name @param {any} params @param {import('./steps.js').Control} control */
async function call(name, params, control) {
  if (name === 'open') started ??= start();
  if (!started) throw new EngineError('ECLOSED', 'the library is not open in this window');
  const { engine, storage } = await started;
  const since = storage.epoch;
  const { request } = control;
  let isTrap = false;
  try {
    const method = name === 'open' ? 'start' : name; // `open` is for those that have started
    const run = () => /** @type {Record<string, any>} */ (engine)[method](params, request);
    const answer = request && ONCE.has(name) ? engine.once(request, run) : run();
    const settle = () => storage.settle(since);
    return await (isSteps(answer) ? runSteps(answer, control, settle) : answer);
  } catch (e) {
    isTrap = e instanceof WebAssembly.RuntimeError; // what it left is not to be kept
    throw e;
  } finally {
    if (!isTrap) await storage.settle(since);
    if (isLost) await new Promise(() => {}); // no answer: the page hears of it otherwise
  }
}

async function close() {
  const open = started;
  started = undefined;
  const { engine, storage } = (await open?.catch(() => undefined)) ?? {};
  engine?.close();
  await storage?.settle(storage.epoch);
  storage?.close();
}

function serveLibrary() {
  started = start();
  const methods = METHODS.map((name) => [
    name,
    (/** @type {any} */ params, /** @type {any} */ control) => call(name, params, control),
  ]);
  serve(/** @type {any} */ (self), { ...Object.fromEntries(methods), close });
}

/** A file from outside is looked at by a worker that has no library. */
function serveExaminer() {
  const outside = openOutside();
  const outsider = outside
    .then(async (storage) => new Outsider(await load(storage), storage))
    .catch((e) => {
      throw loadError(e);
    });
  const methods = EXAMINER_METHODS.map((name) => [
    name,
    async (/** @type {any} */ params) => /** @type {Record<string, any>} */ (await outsider)[name](params),
  ]);
  const end = async () => (await outside).close();
  serve(/** @type {any} */ (self), { ...Object.fromEntries(methods), end });
}

if (self.name === EXAMINER) serveExaminer();
else serveLibrary();
