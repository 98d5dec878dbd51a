/**
 * examiner.js -- a file from outside, looked at in a worker that is thrown away.
 * Runs in the page.
 *
 * The worker has the core and two files (storage/outside.js), and nothing of
 * the library. Whatever the file does to it, it is ended: by us when it is
 * done, or when it takes too long.
 */
import { EngineClient } from './client.js';
import { EngineError } from './protocol.js';

/** How much of a file is on its way at a time. */
const PART_BYTES = 1 << 20;

/** For each call; to examine takes as much again for each megabyte. */
const CALL_MS = 30_000;
const MEGABYTE_MS = 1_000;

const SAFE = 'your library is as it was';

/** @typedef {{documents?: number, notes?: number, left?: number}} Copied */

export class Examiner {
  #worker;
  #client;

  /** @param {Worker} worker  called EXAMINER */
  constructor(worker) {
    this.#worker = worker;
    this.#client = new EngineClient(worker);
  }

  /**
   * Take out of a file what is whole.
   * @param {Blob} file
   * @param {(copy: Blob, copied: Copied) => Promise<void>} use  gets the new
   *     library, which is there until it is done, and is not in memory
   * @param {(words: string) => void} [tell]  how far it is
   * @param {AbortSignal} [stop]  ends it, and the worker
   * @returns {Promise<Copied>}
   * @throws {EngineError} its message says what is wrong with the file
   */
  async takeOut(file, use, tell = () => {}, stop) {
    stop?.addEventListener('abort', () => this.#client.close(stop.reason), { once: true });
    try {
      const { copy, copied } = await this.#takeOut(file, tell).catch((e) => {
        stop?.throwIfAborted();
        const { code, message } = e instanceof EngineError ? e : new EngineError('EBUG', String(e));
        throw new EngineError(code, `${message}; ${SAFE}`, { cause: e });
      });
      await use(copy, copied);
      return copied;
    } finally {
      await this.#end();
    }
  }

  /** @param {Blob} file @param {(words: string) => void} tell */
  async #takeOut(file, tell) {
    await this.#receive(file, tell);
    tell('Looking for what is wrong with it …');
    const limit = CALL_MS + Math.ceil(file.size / (1 << 20)) * MEGABYTE_MS;
    const report = await this.#call('examine', {}, limit);
    if (!report.copyable) throw new EngineError('EFOREIGN', wordsOf(report));
    const copied = await this.#copy(limit, tell);
    return { copied, copy: await this.#call('clean', {}) };
  }

  /** @param {Blob} file @param {(words: string) => void} tell */
  async #receive(file, tell) {
    for (let at = 0; at < file.size; at += PART_BYTES) {
      tell(`Reading the file: ${percent(at, file.size)} …`);
      const part = await file.slice(at, at + PART_BYTES).arrayBuffer();
      await this.#call('receive', { bytes: new Uint8Array(part), at });
    }
  }

  /** @param {number} limit @param {(words: string) => void} tell */
  async #copy(limit, tell) {
    for (;;) {
      const copied = await this.#call('copyOut', {}, limit); // one record may be large
      if (copied.done) return copied;
      tell(`Taking out the records: ${copied.documents ?? 0} of ${copied.total ?? 0} …`);
    }
  }

  /** @param {string} method @param {object} params @param {number} [ms] */
  async #call(method, params, ms = CALL_MS) {
    const signal = AbortSignal.timeout(ms);
    try {
      return await this.#client.call(method, params, { signal });
    } catch (e) {
      if (!signal.aborted) throw told(e);
      this.#worker.terminate();
      throw new EngineError('ETIMEOUT', 'to look at this file took too long, and was stopped');
    }
  }

  /** What it kept is removed, unless it does not answer. */
  async #end() {
    await this.#client.call('end', {}, { signal: AbortSignal.timeout(2_000) }).catch(() => {});
    this.#client.close();
    this.#worker.terminate();
  }
}

/** A worker that died says nothing of the file. @param {unknown} e */
function told(e) {
  if (!(e instanceof EngineError) || e.code !== 'ECLOSED') return e;
  return new EngineError('EFOREIGN', 'this file cannot be read: to look at it ended in an error', { cause: e });
}

/** @param {number} done @param {number} all */
function percent(done, all) {
  return `${Math.floor((100 * done) / Math.max(1, all))} %`;
}

/** @param {{faults: {name?: string, words: string, detail?: string}[]}} report */
function wordsOf({ faults }) {
  const [{ name, words, detail } = { words: 'it is no library' }] = faults;
  const what = name ? ` (${detail ? `${detail} ` : ''}“${name}”)` : '';
  return `this file was not opened, since it is not as Capsa makes one: ${words}${what}`;
}
