/**
 * client.js -- call the engine worker (protocol.js) from the page.
 *
 * Events: 'close' once, when the worker is gone; and those of the worker.
 */
import { EngineError } from './protocol.js';

/** What a reader is told when the worker died under a call. */
const GONE =
  'the work was interrupted; what was saved before is safe; please try once more';

export class EngineClient extends EventTarget {
  #port;
  #lastId = 0;
  /** @type {EngineError | undefined} */
  #closed;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (e: any) => void,
   *   onProgress?: (progress: import('./steps.js').Progress) => void}>} */
  #pending = new Map();

  /** @param {Worker | MessagePort} port */
  constructor(port) {
    super();
    this.#port = port;
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
   * @param {{signal?: AbortSignal,
   *   onProgress?: (progress: import('./steps.js').Progress) => void}} [options]
   *     an aborted call rejects at once and its answer is dropped; a long one
   *     ends at its next step
   * @returns {Promise<any>}
   */
  call(method, params = {}, { signal, onProgress } = {}) {
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
      this.#pending.set(id, { resolve: settle(resolve), reject: settle(reject), onProgress });
      signal?.addEventListener('abort', stop, { once: true });
      this.#port.postMessage({ id, method, params });
    });
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
    this.dispatchEvent(new CustomEvent('close', { detail: cause }));
  }

  /** @param {any} message */
  #receive({ id, result, error, progress, event, detail }) {
    if (event) {
      this.dispatchEvent(new CustomEvent(event, { detail }));
      return;
    }
    const call = this.#pending.get(id);
    if (!call) return; // aborted meanwhile
    if (progress) {
      call.onProgress?.(progress);
      return;
    }
    this.#pending.delete(id);
    if (error) call.reject(new EngineError(error.code, error.message));
    else call.resolve(result);
  }
}
