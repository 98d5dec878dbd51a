/**
 * client.js -- call the engine worker (protocol.js) from the page.
 *
 * Events: 'close' once, when the worker is gone; 'written' now and then, with
 * the bytes that it has written so far; and those of the worker.
 */
import { Patience } from './patience.js';
import { EngineError, QUICK } from './protocol.js';

/** What a reader is told when the worker died under a call. */
const GONE =
  'the work was interrupted; what was saved before is safe; please try once more';

/** How long a worker that owes an answer may say nothing: over what is quick
 * patience.js says; over what may take long (the largest record that is read
 * takes a tenth of it); and before its first word, as its program may come by a
 * slow network. */
const LONG_MS = 30_000;
const LOAD_MS = 120_000;

/** It is looked at so often, and whenever another tab asks for something: the
 * timers of a page that nobody looks at are slow. A page that slept or was
 * busy, and whose messages still wait, has not waited longer than LATE_MS
 * since the last look. */
const LOOK_MS = 100;
const LATE_MS = 150;

export class EngineClient extends EventTarget {
  #port;
  #patience;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;
  #silentMs = 0;
  #isHeard = false;
  #isPinged = false;
  #lastId = 0;
  /** @type {EngineError | undefined} */
  #closed;
  /** @type {Map<number, {method: string, resolve: (value: any) => void, reject: (e: any) => void,
   *   onProgress?: (progress: import('./steps.js').Progress) => void}>} */
  #pending = new Map();
  /** Long ones that nobody waits for any more, and that have not ended yet. @type {Set<number>} */
  #left = new Set();
  #lookedAt = 0;
  /** Was it closed because the worker said nothing any more? */
  isHung = false;

  /** @param {Worker | MessagePort} port @param {{patience?: Patience}} [options] */
  constructor(port, { patience = new Patience() } = {}) {
    super();
    this.#port = port;
    this.#patience = patience;
    port.onmessage = ({ data }) => this.#receive(data);
    port.onmessageerror = () => this.close(new Error('a message could not be read'));
    if ('onerror' in port) {
      port.onerror = (event) => {
        const { message } = /** @type {ErrorEvent} */ (event);
        this.close(new Error(message));
      };
    }
  }

  /**
   * @param {string} method  one of METHODS
   * @param {object} [params]
   * @param {{signal?: AbortSignal, request?: string,
   *   onProgress?: (progress: import('./steps.js').Progress) => void}} [options]
   *     an aborted call rejects at once and its answer is dropped; a long one
   *     ends at its next step. `request`: id of a change that is to be
   *     made once
   * @returns {Promise<any>}
   */
  call(method, params = {}, { signal, onProgress, request } = {}) {
    if (this.#closed) return Promise.reject(this.#closed);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#pending.delete(id);
        if (!QUICK.has(method)) this.#left.add(id);
        this.#port.postMessage({ cancel: id });
        reject(signal?.reason);
      };
      const settle = (/** @type {(value: any) => void} */ how) => (/** @type {any} */ value) => {
        signal?.removeEventListener('abort', stop);
        how(value);
      };
      this.#pending.set(id, { method, resolve: settle(resolve), reject: settle(reject), onProgress });
      signal?.addEventListener('abort', stop, { once: true });
      this.#port.postMessage({ id, method, params, request });
      this.#startWatch();
    });
  }

  /** As long as an answer is owed, something has to be heard. */
  #startWatch() {
    if (this.#watch !== undefined) return this.look();
    this.#lookedAt = performance.now();
    this.#silentMs = 0;
    this.#watch = setInterval(() => this.look(), LOOK_MS);
  }

  /** Does it still work? */
  look() {
    if (this.#watch === undefined) return;
    const now = performance.now();
    this.#silentMs += Math.min(Math.max(now - this.#lookedAt, 0), LATE_MS);
    this.#lookedAt = now;
    if (!this.#pending.size) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    } else if (this.#silentMs > this.#patienceMs()) {
      this.isHung = true;
      this.#patience.lost();
      this.close(new Error('the worker hangs'));
    } else if (!this.#isPinged) {
      this.#isPinged = true;
      this.#port.postMessage({ ping: true });
    }
  }

  get #isQuick() {
    return !this.#left.size && [...this.#pending.values()].every(({ method }) => QUICK.has(method));
  }

  #patienceMs() {
    if (!this.#isHeard) return LOAD_MS;
    const { quickMs } = this.#patience;
    return this.#isQuick ? quickMs : Math.max(LONG_MS, quickMs);
  }

  /**
   * Reject whatever is under way. Nothing waits for a dead worker.
   * @param {unknown} [cause]
   */
  close(cause) {
    if (this.#closed) return;
    this.#closed = new EngineError('ECLOSED', GONE, { cause });
    for (const { reject } of this.#pending.values()) reject(this.#closed);
    this.#pending.clear();
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.dispatchEvent(new CustomEvent('close', { detail: cause }));
  }

  /** @param {any} message */
  #receive({ id, result, error, progress, event, detail, pong, written }) {
    if (result !== undefined && this.#isHeard && this.#isQuick) this.#patience.heard(this.#silentMs);
    this.#isHeard = true;
    this.#silentMs = 0;
    if (!progress) this.#left.delete(id);
    if (pong) this.#isPinged = false;
    if (event) this.dispatchEvent(new CustomEvent(event, { detail }));
    if (written !== undefined) this.dispatchEvent(new CustomEvent('written', { detail: written }));
    const call = this.#pending.get(id);
    if (!call) return; // no answer, or the call was aborted meanwhile
    if (progress) {
      call.onProgress?.(progress);
      return;
    }
    this.#pending.delete(id);
    if (error) call.reject(new EngineError(error.code, error.message));
    else call.resolve(result);
  }
}
