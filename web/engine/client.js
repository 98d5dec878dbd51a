/**
 * client.js -- call the engine worker (protocol.js) from the page.
 *
 * Events: 'close' once, when the worker is gone; 'written' now and then, with
 * the bytes that it has written so far; and those of the worker.
 */
import { EngineError, QUICK } from './protocol.js';

/** What a reader is told when the worker died under a call. */
const GONE =
  'the work was interrupted; what was saved before is safe; please try once more';

/** How long a worker that owes an answer may say nothing: over what is quick,
 * over what may take long (the largest record that is read takes a tenth of
 * it), and before its first word, as its program may come by a slow network. */
export const SILENCE_MS = 4_000;
const LONG_MS = 30_000;
const LOAD_MS = 120_000;

/** It is looked at so often. A page that slept, and whose messages still wait,
 * has not waited longer than LATE_MS since the last look. */
const LOOK_MS = 250;
const LATE_MS = 1_000;

export class EngineClient extends EventTarget {
  #port;
  #silenceMs;
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
  /** Was it closed because the worker said nothing any more? */
  isHung = false;

  /** @param {Worker | MessagePort} port @param {{silenceMs?: number}} [options] */
  constructor(port, { silenceMs = SILENCE_MS } = {}) {
    super();
    this.#port = port;
    this.#silenceMs = silenceMs;
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
    if (this.#watch !== undefined) return;
    let last = performance.now();
    this.#silentMs = 0;
    this.#watch = setInterval(() => {
      const now = performance.now();
      this.#silentMs += Math.min(Math.max(now - last, 0), LATE_MS);
      last = now;
      this.#look();
    }, LOOK_MS);
  }

  #look() {
    if (!this.#pending.size) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    } else if (this.#silentMs > this.#patienceMs()) {
      this.isHung = true;
      this.close(new Error('the worker hangs'));
    } else if (!this.#isPinged) {
      this.#isPinged = true;
      this.#port.postMessage({ ping: true });
    }
  }

  #patienceMs() {
    if (!this.#isHeard) return LOAD_MS;
    const isQuick = [...this.#pending.values()].every(({ method }) => QUICK.has(method));
    return isQuick ? this.#silenceMs : Math.max(LONG_MS, this.#silenceMs);
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
    this.dispatchEvent(new CustomEvent('close', { detail: cause }));
  }

  /** @param {any} message */
  #receive({ id, result, error, progress, event, detail, pong, written }) {
    this.#isHeard = true;
    this.#silentMs = 0;
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
