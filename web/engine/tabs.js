/**
 * tabs.js -- this tab's channels to the others. What is said is written in
 * protocol.js.
 */
import { EngineError, PROTOCOL } from './protocol.js';

const NAME = 'capsa-library';

/**
 * @typedef {{postMessage: (message: any) => void, close: () => void,
 *   onmessage: ((event: any) => void) | null}} Channel
 * @typedef {{from: string, protocol: number, term: string, renewed?: boolean,
 *   info?: any, error?: {code: string, message: string}}} Holder
 * @typedef {{from: string, term: string, id: string, method: string, params: any}} Request
 * @typedef {{holder: (holder: Holder) => void, asked: (protocol: number, from: string) => void, retry: () => void,
 *   request: (request: Request) => void, answer: (answer: any) => void,
 *   progress: (progress: {id: string, progress: any}) => void, cancel: (from: string, id: string) => void,
 *   changed: (changed: any) => void, pong: (opening?: any) => void}} Handlers
 */

export class Tabs {
  #open;
  #all;
  #own;
  #on;

  /**
   * @param {string} id  of this tab
   * @param {(name: string) => Channel} open
   * @param {Handlers} on  what to do with each message
   */
  constructor(id, open, on) {
    this.id = id;
    this.#open = open;
    this.#on = on;
    this.#all = open(NAME);
    this.#own = open(`${NAME}:${id}`);
    this.#all.onmessage = ({ data }) => this.#hear(data);
    this.#own.onmessage = ({ data }) => this.#hear(data);
  }

  ask() {
    this.#all.postMessage({ from: this.id, ask: true, protocol: PROTOCOL });
  }

  retry() {
    this.#all.postMessage({ from: this.id, retry: true });
  }

  /** @param {{term: string, renewed?: boolean, info?: any, error?: unknown}} holder */
  announce({ term, renewed, info, error }) {
    const words = error ? plain(error) : undefined;
    this.#all.postMessage({ from: this.id, protocol: PROTOCOL, term, renewed, info, error: words });
  }

  /** @param {{what: string, name?: string, by: string}} changed */
  tellChange(changed) {
    this.#all.postMessage({ from: this.id, changed });
  }

  /** @param {string} to @param {Omit<Request, 'from'>} request */
  request(to, request) {
    this.#tell(to, request);
  }

  /** @param {string} to @param {string} id @param {unknown} result */
  answer(to, id, result) {
    this.#tell(to, { id, result });
  }

  /** @param {string} to @param {string} id @param {unknown} error */
  refuse(to, id, error) {
    this.#tell(to, { id, error: plain(error) });
  }

  /** @param {string} to @param {string} id @param {any} progress */
  progress(to, id, progress) {
    this.#tell(to, { id, progress });
  }

  /** @param {string} to @param {string} id */
  cancel(to, id) {
    this.#tell(to, { cancel: id });
  }

  /** @param {string} to @param {any} opening  how far the library is opened */
  pong(to, opening) {
    this.#tell(to, { pong: true, opening });
  }

  /** @param {string} to */
  ping(to) {
    this.#tell(to, { ping: true });
  }

  /** @param {string} to @param {object} message */
  #tell(to, message) {
    const channel = this.#open(`${NAME}:${to}`);
    channel.postMessage({ from: this.id, ...message });
    channel.close();
  }

  /** @param {any} message */
  #hear(message) {
    if (!message?.from || message.from === this.id) return;
    if (message.ask) this.#on.asked(message.protocol, message.from);
    else if (message.retry) this.#on.retry();
    else if (message.protocol) this.#on.holder(message);
    else if (message.changed) this.#on.changed(message.changed);
    else if (message.ping) this.#tell(message.from, { pong: true });
    else if (message.pong) this.#on.pong(message.opening);
    else if (message.cancel) this.#on.cancel(message.from, message.cancel);
    else if (message.method) this.#on.request(message);
    else if (message.progress) this.#on.progress(message);
    else if (message.id) this.#on.answer(message);
  }
}

/** An error as a message can carry it. @param {unknown} error */
function plain(error) {
  const { code, message } =
    error instanceof EngineError ? error : new EngineError('EBUG', String(error));
  return { code, message };
}
