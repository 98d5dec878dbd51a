/**
 * session.js -- one page's hold on the library: the lock, the worker, and what
 * happens when either goes.
 *
 * States, told by the event 'state' (detail {state, info | error}):
 *   starting   a worker is being started
 *   ready      calls are answered; info: Opened (protocol.js)
 *   elsewhere  another tab holds the library; takeOver() asks it to let go
 *   moved      as above, and it was this tab that let go
 *   failed     the library cannot be opened; start() tries again
 *
 * The tab that holds the lock owns the worker. The worker is crash-only: when
 * it dies its calls reject with ECLOSED and another opens the library again.
 * A tab that waits gets the library by itself when the holder goes.
 */
import { EngineClient } from './client.js';
import { EngineError } from './protocol.js';

const LOCK = 'capsa-library';

/** Workers that may die within a minute before we stop starting new ones. */
const DEATHS_MAX = 3;
const DEATHS_WITHIN_MS = 60_000;

/** A holder that does not let go within this time is told of as stuck. */
const TAKE_OVER_MS = 10_000;

/** How long an engine may take to close its library before it is ended. */
const CLOSE_MS = 2_000;

/**
 * How long the others step back for the tab that asked. Its message and its
 * request for the lock come by different ways: a holder that let go and queued
 * again at once could be first, and have the library back.
 */
const STEP_BACK_MS = 1_000;

/** It asks again while it waits, in case it was overtaken all the same. */
const ASK_AGAIN_MS = 2_000;

/**
 * @typedef {{postMessage: (message: any) => void,
 *   onmessage: ((event: any) => void) | null}} Channel
 * @typedef {Pick<LockManager, 'request'>} Locks
 */

export class Session extends EventTarget {
  #startWorker;
  #locks;
  #channel;
  #id = crypto.randomUUID();
  /** @type {Worker | undefined} */
  #worker;
  /** @type {EngineClient | undefined} */
  #client;
  /** @type {(() => void) | undefined} */
  #release;
  /** @type {AbortController | undefined} */
  #queued;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #steppedBack;
  /** @type {number[]} */
  #deaths = [];
  state = 'starting';

  /**
   * @param {{startWorker: () => Worker, locks?: Locks, channel?: Channel}} from
   *     without `locks` there is nothing to share: the library is in memory
   */
  constructor({ startWorker, locks, channel }) {
    super();
    this.#startWorker = startWorker;
    this.#locks = locks;
    this.#channel = channel;
    if (channel) channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** Open the library, or find that another tab has it. */
  async start() {
    this.#set('starting');
    if (!this.#locks || this.#release) return this.#open();
    if ((await this.#lock({ ifAvailable: true })) !== 'taken') return this.#open();
    this.#wait('elsewhere');
  }

  /** Ask the tab that holds the library to hand it over to this one. */
  async takeOver() {
    this.#queued?.abort();
    this.#set('starting');
    const ask = () => this.#channel?.postMessage({ take: this.#id });
    const asking = setInterval(ask, ASK_AGAIN_MS);
    const got = this.#lock({ signal: AbortSignal.timeout(TAKE_OVER_MS) });
    ask();
    const taken = (await got) === 'taken';
    clearInterval(asking);
    if (!taken) return this.#open();
    this.#wait(
      'elsewhere',
      new EngineError(
        'EBUSY',
        'the other window does not answer; close it, and the library opens here by itself',
      ),
    );
  }

  /**
   * Call the engine. Rejects with EngineError, whose message is for the reader.
   * @param {string} method
   * @param {object} [params]
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<any>}
   */
  call(method, params, options) {
    if (this.#client && this.state === 'ready') {
      return this.#client.call(method, params, options);
    }
    return Promise.reject(new EngineError('ECLOSED', 'the library is not open in this window'));
  }

  /**
   * As call, also while the library is in the state 'failed'.
   * @param {string} method @param {object} [params] @param {object} [options]
   */
  async repair(method, params, options) {
    if (!this.#client) throw new EngineError('ECLOSED', 'the library is not open in this window');
    return this.#client.call(method, params, options);
  }

  /** The library in use was exchanged. @param {any} info  Opened */
  opened(info) {
    this.#set('ready', { info });
  }

  async #open() {
    const worker = this.#begin();
    if (!worker) return;
    const client = new EngineClient(worker);
    this.#worker = worker;
    this.#client = client;
    client.addEventListener('close', (event) => {
      if (this.#client === client) this.#died(/** @type {CustomEvent} */ (event).detail);
    });
    try {
      const info = await client.call('open');
      if (info.storage === 'memory') this.#let(); // nothing that is shared
      this.#set('ready', { info });
    } catch (error) {
      if (error instanceof EngineError && error.code === 'ECLOSED') return; // #died has it
      this.#set('failed', { error });
    }
  }

  #begin() {
    try {
      return this.#startWorker();
    } catch (cause) {
      const words =
        'this page may not work in the background here, as in some frames; open it in a window of its own';
      this.#set('failed', { error: new EngineError('ELOAD', words, { cause }) });
    }
  }

  /** @param {unknown} cause */
  #died(cause) {
    this.#end();
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now];
    if (this.#deaths.length <= DEATHS_MAX) {
      this.#set('starting');
      this.#open();
      return;
    }
    this.#set('failed', {
      error: new EngineError(
        'ECLOSED',
        'the library stopped several times in a row; what was saved is safe; reload the page',
        { cause },
      ),
    });
  }

  #end() {
    this.#client = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Another tab asks. @param {{take?: string}} message */
  async #hear({ take }) {
    if (!take || take === this.#id) return;
    if (this.#queued) {
      this.#queued.abort();
      this.#stepBack(this.state);
      return;
    }
    if (!this.#release) return;
    const client = this.#client;
    this.#client = undefined; // what is under way is answered, what comes is not
    const limit = new Promise((done) => setTimeout(done, CLOSE_MS));
    await Promise.race([client?.call('close').catch(() => {}), limit]);
    this.#end();
    client?.close(new Error('moved to another tab'));
    this.#let();
    this.#set('moved');
    this.#stepBack('moved');
  }

  /** Wait again, unless something else happens first. @param {string} state */
  #stepBack(state) {
    clearTimeout(this.#steppedBack);
    this.#steppedBack = setTimeout(() => {
      if (this.state === state && !this.#queued) this.#wait(state);
    }, STEP_BACK_MS);
  }

  /** @param {string} state @param {EngineError} [error] */
  async #wait(state, error) {
    this.#set(state, { error });
    this.#queued = new AbortController();
    const { signal } = this.#queued;
    const got = await this.#lock({ signal });
    if (this.#queued?.signal === signal) this.#queued = undefined;
    if (got === 'ours') this.start();
  }

  /**
   * @param {LockOptions} options
   * @returns {Promise<'ours' | 'taken' | 'refused'>}  ours until #let(); refused
   *     to some frames, which get no files either: their library is in memory
   */
  #lock(options) {
    return new Promise((resolve) => {
      const held = (/** @type {Lock | null} */ lock) => {
        resolve(lock ? 'ours' : 'taken');
        return lock ? new Promise((done) => (this.#release = () => done(undefined))) : undefined;
      };
      const failed = () => resolve(options.signal?.aborted ? 'taken' : 'refused');
      this.#locks?.request(LOCK, options, held).catch(failed);
    });
  }

  #let() {
    this.#release?.();
    this.#release = undefined;
  }

  /** @param {string} state @param {object} [detail] */
  #set(state, detail = {}) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: { state, ...detail } }));
  }
}
