/**
 * session.js -- one tab's way to the library, whoever holds it.
 *
 * States, told by the event 'state' (detail {state, info | error}):
 *   starting   the library is being opened, here or in another tab; progress:
 *              {done, total, written} of a library that is brought along, which
 *              takes long: pages that are copied, then bytes
 *   ready      calls are answered; info: Opened (protocol.js)
 *   failed     the library cannot be opened; start() tries again
 *   outdated   the tab that holds it runs another release of Capsa; info
 *              {isNewer: is this tab's the newer one?}
 *   stuck      the tab that holds the library does not answer; it comes back
 *              to ready by itself
 * and the events
 *   changed    (detail {what: 'documents' | 'notes' | 'settings' | 'library',
 *              name?, isOwn}) after each change, in every tab
 *   newer      once: a tab of a newer release is open, and this one should go
 *
 * One tab holds a lock of the browser, and with it the worker and the files;
 * the others send it what they ask (tabs.js), and wait for the lock: when the
 * holder goes, the browser gives it to the next. Whoever comes to hold the
 * library says so, and what had no answer yet is asked again. The worker is
 * crash-only: when it dies or hangs another opens the library, and here too
 * what had no answer is asked again, once. The lock is never stolen: while its
 * holder lives, so may its worker, and the files with it.
 */
import { Asked } from './asked.js';
import { Calls, OUTDATED } from './calls.js';
import { EngineClient, SILENCE_MS } from './client.js';
import { Deaths } from './deaths.js';
import { Lock } from './lock.js';
import { CHANGES, EngineError, PROTOCOL } from './protocol.js';
import { Tabs } from './tabs.js';

/** A holder that leaves a question open is asked whether it is there, and is
 * called stuck when it was silent that long. */
const PING_MS = 1_000;
const STUCK_MS = 5_000;

export class Session extends EventTarget {
  #startWorker;
  #lock;
  #id = crypto.randomUUID();
  /** @type {Tabs | undefined} */
  #tabs;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {EngineClient | undefined} */
  #client;
  /** @type {AbortController | undefined} */
  #queued;
  #deaths = new Deaths();
  /** Who holds the library: this tab, another, or none that is known.
   * @type {{from: string, term: string, info?: any, error?: unknown} | undefined} */
  #holder;
  #calls = new Calls(this.#id, ({ id, sentTo }) => {
    const holder = this.#holder;
    if (holder && holder.term === sentTo && holder.from !== this.#id) this.#tabs?.cancel(holder.from, id);
  });
  #asked = new Asked();
  /** How far the library is opened, where that takes long. @type {any} */
  #opening;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #pinging;
  #heard = 0;
  #isOlder = false;
  #isResting = false;
  /** How long a worker may be silent: longer each time that one was too slow. */
  #silenceMs = SILENCE_MS;
  state = 'starting';

  /**
   * @param {{startWorker: () => Worker, locks?: import('./lock.js').Locks,
   *   openChannel?: (name: string) => import('./tabs.js').Channel}} from
   *     without `locks` there is nothing to share
   */
  constructor({ startWorker, locks, openChannel }) {
    super();
    this.#startWorker = startWorker;
    this.#lock = locks && new Lock(locks);
    if (openChannel) {
      this.#tabs = new Tabs(this.#id, openChannel, {
        holder: (holder) => this.#meet(holder),
        asked: (protocol, from) => this.#meetAsker(protocol, from),
        retry: () => this.state === 'failed' && this.#lock?.isHeld && this.#open(),
        request: (request) => this.#serve(request),
        answer: (answer) => {
          this.#hear();
          this.#calls.settle(answer);
        },
        progress: (progress) => {
          this.#hear();
          this.#calls.progress(progress);
        },
        cancel: (from, id) => this.#asked.cancel({ from, id }),
        changed: (changed) => this.#queued && this.#tell(changed),
        pong: (opening) => this.#hear(opening),
      });
    }
  }

  /** Open the library, or find the tab that has. Also after rest(). */
  async start() {
    this.#isResting = false;
    this.#set('starting');
    if (!this.#lock || this.#lock.isHeld) return this.#open();
    if (this.#queued) {
      this.#tabs?.retry();
      this.#tabs?.ask();
      return;
    }
    this.#queued = new AbortController();
    const { signal } = this.#queued;
    const got = this.#lock.take(signal);
    this.#tabs?.ask();
    this.#watch();
    const outcome = await got;
    if (signal.aborted) return;
    this.#queued = undefined;
    if (outcome !== 'gone') this.#open();
  }

  /**
   * Let the library go, as this page is about to sleep: another tab takes it.
   * Calls that have no answer wait until wake(). There is no time to close
   * it; what was committed is safe, and what was not is undone.
   */
  rest() {
    if (this.#client && !this.#lock?.isHeld) return; // its library is in this tab alone
    this.#isResting = true;
    this.#queued?.abort();
    this.#queued = undefined;
    this.#end();
    this.#holder = undefined;
    this.#lock?.let();
    this.#set('starting');
  }

  /** The page is awake again. */
  wake() {
    if (this.#isResting) this.start();
  }

  /**
   * Call the engine. Rejects with EngineError, whose message is for the reader.
   * @param {string} method
   * @param {object} [params]
   * @param {{signal?: AbortSignal, onProgress?: (progress: any) => void}} [options]
   *     an aborted call rejects at once, and long work ends at its next step
   * @returns {Promise<any>}
   */
  call(method, params = {}, { signal, onProgress } = {}) {
    if (this.state === 'failed' || this.state === 'outdated') {
      const words = this.state === 'failed' ? 'the library is not open in this window' : OUTDATED.message;
      return Promise.reject(new EngineError('ECLOSED', words));
    }
    if (signal?.aborted) return Promise.reject(signal.reason);
    const answer = this.#calls.add(method, params, { signal, onProgress });
    this.#send();
    return answer;
  }

  /**
   * As call, and also while the library is in the state 'failed'.
   * @param {string} method @param {object} [params] @param {object} [options]
   */
  async repair(method, params, options) {
    if (!this.#client) {
      if (this.state === 'ready') return this.call(method, params, options);
      throw new EngineError('ECLOSED', 'another window of Capsa holds the library; do it there');
    }
    const result = await this.#client.call(method, params, options);
    if (CHANGES[method] === 'library') {
      this.#change({ what: 'library', by: this.#id });
      this.#renew(result);
    }
    return result;
  }

  /* ---- calls */

  /** Give what has no answer to whoever holds the library now; else it waits. */
  #send() {
    const holder = this.#holder;
    if (!holder?.info) return;
    const isOwn = holder.from === this.#id;
    for (const { id, method, params, signal, onProgress } of this.#calls.take(holder.term)) {
      const request = { from: this.#id, term: holder.term, id, method, params };
      const answered = (/** @type {any} */ answer) => this.#calls.settle({ id, ...answer });
      if (isOwn) this.#work(request, answered, { signal, onProgress });
      else this.#tabs?.request(holder.from, request);
    }
    if (!isOwn && this.#calls.size) this.#watch();
  }

  /** Another tab asks. @param {import('./tabs.js').Request} request */
  #serve(request) {
    const { term } = request;
    if (term !== this.#holder?.term) return; // it asks again when it hears of us
    const work = this.#work.bind(this, request);
    this.#asked.serve(request, /** @type {Tabs} */ (this.#tabs), work);
  }

  /**
   * Let the worker do it. Without an answer, since the worker went, it is
   * asked again by whoever asked.
   * @param {{from: string, id: string, method: string, params: any}} request
   * @param {(answer: {result?: any, error?: any}) => void} answer
   * @param {{signal?: AbortSignal, onProgress?: (progress: any) => void}} [options]
   */
  async #work({ from, id, method, params }, answer, options) {
    const client = this.#client;
    if (!client) return;
    try {
      const result = await client.call(method, params, { ...options, request: id });
      const what = CHANGES[method];
      answer({ result });
      if (what) this.#change({ what, name: params?.document ?? params?.name, by: from });
      if (what === 'library') this.#renew(result);
    } catch (error) {
      if (client === this.#client) answer({ error });
    }
  }

  /** @param {{what: string, name?: string, by: string}} changed */
  #change(changed) {
    if (this.#lock?.isHeld) this.#tabs?.tellChange(changed);
    this.#tell(changed);
  }

  /** @param {{what: string, name?: string, by: string}} changed */
  #tell({ what, name, by }) {
    const detail = { what, name, isOwn: by === this.#id };
    this.dispatchEvent(new CustomEvent('changed', { detail }));
  }

  /* ---- the holder, seen from the other tabs */

  /** @param {import('./tabs.js').Holder} holder */
  #meet({ from, protocol, term, renewed, info, error }) {
    if (this.#client) return; // a message that was under way for long
    if (!this.#queued) return; // resting
    if (protocol !== PROTOCOL) return this.#stand(protocol);
    this.#hear();
    const before = this.#holder;
    if (before?.from === from && before.term !== term) this.#calls.blame(before.term);
    const isNews = before?.term !== term || !before.info || renewed || this.state !== 'ready';
    this.#holder = { from, term, info, error };
    if (error) this.#set('failed', { error: new EngineError(error.code, error.message) });
    else if (isNews) this.#set('ready', { info });
    this.#send();
  }

  /** The holder is of another release: nothing can be asked of it. What this
   * tab wanted is told as it is, so that nobody takes it for done. @param {number} protocol */
  #stand(protocol) {
    this.#holder = undefined;
    this.#set('outdated', { info: { isNewer: protocol < PROTOCOL } });
    this.#calls.refuse();
  }

  /** Another tab looks for the library. @param {number} protocol  its own @param {string} from */
  #meetAsker(protocol, from) {
    if (protocol > PROTOCOL && !this.#isOlder) {
      this.#isOlder = true;
      this.dispatchEvent(new CustomEvent('newer'));
    }
    if (this.#client) this.#announce();
    if (this.#opening && this.#lock?.isHeld) this.#tabs?.pong(from, this.#opening);
  }

  /** Something was heard of the holder. @param {any} [opening]  how far it opens the library */
  #hear(opening) {
    this.#heard = performance.now();
    const { info } = this.#holder ?? {};
    if (this.state === 'stuck' && info) this.#set('ready', { info });
    else if (this.state === 'stuck' || (opening && this.state === 'starting')) {
      this.#set('starting', { progress: opening });
    }
  }

  /** Look for a holder that is silent, as long as something waits for it. */
  #watch() {
    if (this.#pinging) return;
    this.#heard = performance.now();
    this.#pinging = setInterval(() => this.#look(), PING_MS);
  }

  #look() {
    const waits = this.#calls.size || this.state === 'starting' || this.state === 'stuck';
    if (!waits || !this.#queued || this.#client) {
      clearInterval(this.#pinging);
      this.#pinging = undefined;
      return;
    }
    const isSilent = performance.now() - this.#heard > STUCK_MS;
    if (isSilent && ['starting', 'ready'].includes(this.state)) this.#set('stuck');
    if (this.#holder) this.#tabs?.ping(this.#holder.from);
    else this.#tabs?.ask();
  }

  /* ---- the holder */

  async #open() {
    this.#end();
    this.#holder = undefined;
    this.#set('starting');
    const worker = this.#begin();
    if (!worker) return;
    const client = new EngineClient(worker, { silenceMs: this.#silenceMs });
    this.#worker = worker;
    this.#client = client;
    client.addEventListener('close', (event) => {
      if (this.#client !== client) return;
      if (client.isHung) this.#silenceMs *= 2; // perhaps it was only slow
      this.#died(/** @type {CustomEvent} */ (event).detail);
    });
    this.#opening = undefined;
    const tell = (/** @type {any} */ progress) => {
      if (this.#client !== client || this.#holder) return;
      this.#opening = { ...this.#opening, ...progress };
      this.#set('starting', { progress: this.#opening });
    };
    client.addEventListener('written', (event) => {
      if (this.#opening) tell({ written: /** @type {CustomEvent} */ (event).detail });
    });
    try {
      const info = await client.call('open', {}, { onProgress: tell });
      if (this.#client !== client) return;
      if (info.storage === 'memory') this.#lock?.let(); // nothing that is shared
      this.#hold({ info });
    } catch (error) {
      if (this.#client !== client) return; // #died has it, or rest()
      this.#hold({ error });
    }
  }

  /** Say that the library is open here, or cannot be. @param {{info?: any, error?: unknown}} how */
  #hold({ info, error }) {
    this.#opening = undefined;
    this.#holder = { from: this.#id, term: crypto.randomUUID(), info, error };
    this.#announce();
    if (error) this.#set('failed', { error });
    else this.#set('ready', { info });
    this.#send();
  }

  /** Another library is open now, by the same worker. @param {any} info  Opened */
  #renew(info) {
    if (this.#holder) this.#holder.info = info;
    this.#announce({ renewed: true });
    this.#set('ready', { info });
  }

  #announce({ renewed = false } = {}) {
    if (this.#lock?.isHeld && this.#holder) this.#tabs?.announce({ ...this.#holder, renewed });
  }

  #begin() {
    try {
      return this.#startWorker();
    } catch (cause) {
      const words =
        'this page may not work in the background here, as in some frames; open it in a window of its own';
      this.#set('failed', { error: new EngineError('ELOAD', words, { cause }) });
      this.#lock?.let(); // another tab may be able to
    }
  }

  /** @param {unknown} cause */
  #died(cause) {
    this.#end();
    this.#calls.blame(this.#holder?.term ?? '');
    if (!this.#deaths.areTooMany()) {
      this.#open();
      return;
    }
    this.#hold({
      error: new EngineError(
        'ECLOSED',
        'the library stopped several times in a row; what was saved is safe; reload the page',
        { cause },
      ),
    });
  }

  #end() {
    const client = this.#client;
    this.#client = undefined;
    client?.close(new Error('ended'));
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** @param {string} state @param {object} [detail] */
  #set(state, detail = {}) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: { state, ...detail } }));
  }
}
