/**
 * calls.js -- what this tab has asked and has no answer for yet.
 *
 * A call is given to one holder of the library after the other (each known by
 * its term) until one answers. What may have been done, and cannot be asked
 * for again, is reported so: EUNKNOWN.
 */
import { CHANGES, EngineError, UNREPEATABLE } from './protocol.js';

/** A call that was under way when so many workers died is given to no other. */
const KILLS_MAX = 3;

const INTERRUPTED = {
  code: 'EUNKNOWN',
  message:
    'the work was interrupted, and nobody can tell whether it was done; look before you do it again',
};
const KILLED = {
  code: 'EUNKNOWN',
  message:
    'the library stopped several times at this, and nobody can tell whether it was done; what was saved before is safe',
};

/** What was asked of a tab of another release, or would have been. */
export const OUTDATED = {
  code: 'ECLOSED',
  message:
    'another release of Capsa holds the library, so this was not done; what was saved before is safe',
};

/**
 * @typedef {{id: string, method: string, params: any, kills: number,
 *   signal?: AbortSignal, onProgress?: (progress: any) => void,
 *   sentTo: string, resolve: (value: any) => void, reject: (error: any) => void}} Call
 *     `sentTo`: the term that it was given to, '' for none
 * @typedef {{id: string, result?: any, error?: {code: string, message: string}}} Answer
 */

export class Calls {
  #tab;
  #stopped;
  #last = 0;
  /** Oldest first. @type {Map<string, Call>} */
  #calls = new Map();

  /**
   * @param {string} tab  its id, so that ids of calls are unique for ever
   * @param {(call: Call) => void} [stopped]  the caller does not want it any more
   */
  constructor(tab, stopped = () => {}) {
    this.#tab = tab;
    this.#stopped = stopped;
  }

  get size() {
    return this.#calls.size;
  }

  /**
   * @param {string} method
   * @param {any} params
   * @param {{signal?: AbortSignal, onProgress?: (progress: any) => void}} options
   * @returns {Promise<any>}
   */
  add(method, params, { signal, onProgress }) {
    return new Promise((resolve, reject) => {
      const id = `${this.#tab}:${++this.#last}`;
      this.#calls.set(id, {
        id, method, params, signal, onProgress, kills: 0, sentTo: '', resolve, reject,
      });
      const stop = () => {
        const call = this.#calls.get(id);
        if (!call) return;
        this.#calls.delete(id);
        reject(signal?.reason);
        this.#stopped(call);
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Those that the holder of this term has to be given now. @param {string} term */
  take(term) {
    const taken = [];
    for (const call of [...this.#calls.values()]) {
      const { id, sentTo, method, kills } = call;
      if (sentTo === term) continue;
      if (sentTo && UNREPEATABLE.has(method)) this.settle({ id, error: INTERRUPTED });
      else if (kills >= KILLS_MAX) this.settle({ id, error: KILLED });
      else taken.push(call);
      call.sentTo = term;
    }
    return taken;
  }

  /** @param {{id: string, progress: any}} how far it is */
  progress({ id, progress }) {
    this.#calls.get(id)?.onProgress?.(progress);
  }

  /** @param {Answer} answer */
  settle({ id, result, error }) {
    const call = this.#calls.get(id);
    if (!call) return; // aborted, or answered before
    this.#calls.delete(id);
    if (error) call.reject(new EngineError(error.code, error.message));
    else call.resolve(result);
  }

  /** A worker died at this term. It does one thing after the other, so that it
   * died at the oldest of what was asked. @param {string} term */
  blame(term) {
    for (const call of this.#calls.values()) {
      if (call.sentTo !== term) continue;
      call.kills++;
      return;
    }
  }

  /** Nobody is there who could be asked. What was not done is told from what
   * may have been. */
  refuse() {
    for (const { id, method, sentTo } of [...this.#calls.values()]) {
      this.settle({ id, error: sentTo && CHANGES[method] ? INTERRUPTED : OUTDATED });
    }
  }
}
