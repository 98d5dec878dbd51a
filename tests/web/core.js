/** core.js -- the real core (make wasm) in Node, for tests of what is around it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Engine } from '../../web/engine/engine.js';
import { memoryStorage } from '../../web/engine/storage.js';

const at = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../../build/wasm/${name}`, import.meta.url));

export const isBuilt = existsSync(at('core.mjs'));
export const skip = isBuilt ? false : 'make wasm first';

/** @param {object} files  what the core opens (core/store/opfs.h) */
export async function startCore(files) {
  globalThis.__dirname ??= '.'; // emcc 3.1.6 looks for it in Node
  const { default: createCore } = await import(at('core.mjs'));
  return createCore({ capsaFiles: files, wasmBinary: readFileSync(at('core.wasm')) });
}

/** @param {any} [storage] */
export async function startEngine(storage = memoryStorage('a test')) {
  return new Engine(await startCore(storage.files), storage);
}

export const RECORD = `Search in

Digital Archive

July 31, 1958

Conversation between two ministers

31 July 1958

ANDERS: The joint fleet is a misunderstanding. Nobody proposed a joint fleet.

BELLO: Then who spoke of it? [pause] I heard of a fleet.

ANDERS: An ambassador who did not listen.
`;

/** Run a long method (steps.js) to its end. @param {any} steps @returns {Promise<any>} */
export async function finish(steps) {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}
