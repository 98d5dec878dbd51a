/**
 * devtools.js -- Chromium's own language (the DevTools protocol) over two
 * pipes: messages of JSON, each with a zero byte behind it.
 */
export class Devtools {
  #to;
  #last = 0;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #open = new Map();

  /** @param {any} to @param {any} from  streams */
  constructor(to, from) {
    this.#to = to;
    to.on('error', () => {}); // the browser is gone
    let rest = '';
    from.setEncoding('utf8');
    from.on('data', (/** @type {string} */ text) => {
      const messages = (rest + text).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message));
    });
  }

  /**
   * @param {string} method @param {object} [params] @param {string} [sessionId]  of a page
   * @returns {Promise<any>}
   */
  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.#to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** @param {any} message */
  #hear({ id, result, error }) {
    const call = this.#open.get(id);
    if (!call) return; // an event
    this.#open.delete(id);
    if (error) call.reject(new Error(error.message));
    else call.resolve(result);
  }
}
