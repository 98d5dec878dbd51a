/**
 * outsider.js -- the core's methods for a file from outside (EXAMINER_METHODS in
 * protocol.js), in the worker that is thrown away.
 */
import { Core } from './core.js';

/** How long copyOut goes on. */
const STEP_MS = 40;

export class Outsider {
  #core;
  #storage;
  #isCopying = false;

  /**
   * @param {any} core  an instance of build/wasm/core.mjs
   * @param {import('./storage.js').Outside} storage
   */
  constructor(core, storage) {
    this.#core = new Core(core);
    this.#storage = storage;
  }

  /** A part of the file, in order, the first at 0. @param {{bytes: Uint8Array, at: number}} params */
  receive({ bytes, at }) {
    this.#storage.receive(bytes, at);
  }

  examine() {
    return this.#core.json('examine');
  }

  /** Take records out until it is time for other calls. */
  copyOut() {
    if (!this.#isCopying) this.#core.run('copying_open');
    this.#isCopying = true;
    const end = performance.now() + STEP_MS;
    let copied;
    do {
      copied = this.#core.json('copying_step');
    } while (!copied.done && performance.now() < end);
    if (copied.done) this.#core.raw._capsa_wasm_copying_close();
    return copied;
  }

  clean() {
    return this.#storage.clean();
  }
}
