/**
 * worker.js -- the engine worker: open the files, load the core, answer the
 * page. `capsa-core` is build/wasm/core.mjs (vite.config.js).
 */
import createCore from 'capsa-core';
import wasmUrl from 'capsa-core.wasm?url';

import { Engine } from './engine.js';
import { EngineError, METHODS } from './protocol.js';
import { serve } from './serve.js';
import { openStorage } from './storage.js';

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

async function start() {
  const storage = await openStorage();
  let failed = /** @type {(e: unknown) => void} */ (() => {});
  const failure = new Promise((_, reject) => (failed = reject));
  const core = await Promise.race([
    failure,
    createCore({
      capsaFiles: storage.files,
      instantiateWasm(
        /** @type {WebAssembly.Imports} */ imports,
        /** @type {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} */ done,
      ) {
        instantiate(imports).then(({ instance, module }) => done(instance, module), failed);
        return {};
      },
    }),
  ]).catch((e) => {
    throw new EngineError(
      'ELOAD',
      'a part of Capsa could not be loaded; check the connection and reload the page',
      { cause: e },
    );
  });
  return new Engine(core, storage);
}

const engine = start();
const methods = METHODS.map((name) => [
  name,
  async (/** @type {any} */ params) =>
    /** @type {Record<string, any>} */ (await engine)[name](params),
]);
serve(/** @type {any} */ (self), Object.fromEntries(methods));
