/**
 * parts.js -- the text of a record as it comes: the first part at once, the
 * others behind it, so that a long record is read before it is all there.
 *
 * Parts are put at the end only: nothing above moves. What looks for a place
 * that is not there yet waits for it with until().
 */
import { frame } from './scroll.js';
import { appendPart, fillText } from './text.js';

/** @typedef {import('../engine/protocol.js').Part} Part */

export class Parts {
  /** The first block that is not there yet; Infinity where all is. */
  reached = 0;
  /** Of the texts shown one after the other. */
  #text = 0;
  #waiting = 0;
  #came = () => {};
  #next = Promise.resolve();

  get isWhole() {
    return this.reached === Infinity;
  }

  /**
   * Show the first part. What was there before goes.
   * @param {HTMLElement} root
   * @param {import('../engine/protocol.js').Reading} reading
   * @param {string} name  of the document
   */
  begin(root, reading, name) {
    this.#text++;
    root.classList.toggle('partial', reading.next > 0);
    fillText(root, reading, name);
    this.#arrive(reading.next);
  }

  /**
   * Put the rest behind it: in steps between which the page answers, and with
   * no pause where somebody waits for a place.
   * @param {HTMLElement} root
   * @param {string} name
   * @param {(from: number) => Promise<Part>} fetchPart
   * @param {(from: number) => void} done  with each part: the block it begins with
   */
  async fill(root, name, fetchPart, done) {
    while (!this.isWhole) {
      const from = this.reached;
      if (!this.#waiting) await frame();
      const { html, next } = await fetchPart(from);
      appendPart(root, html, name);
      this.#arrive(next);
      done(from);
    }
    root.classList.remove('partial');
  }

  /** There is no text. @param {HTMLElement} root */
  clear(root) {
    this.#text++;
    root.replaceChildren();
    this.end(root);
  }

  /** No more parts come. @param {HTMLElement} root */
  end(root) {
    root.classList.remove('partial');
    this.#arrive(0);
  }

  /**
   * What `find` gives as soon as it gives something, or when all is there;
   * undefined where another text has come.
   * @template T
   * @param {() => T} find
   * @returns {Promise<T | undefined>}
   */
  async until(find) {
    for (const text = this.#text; ;) {
      if (text !== this.#text) return undefined;
      const found = find();
      if (found || this.isWhole) return found;
      this.#waiting++;
      await this.#next;
      this.#waiting--;
    }
  }

  /** @param {number} next  0: all is there */
  #arrive(next) {
    this.reached = next || Infinity;
    this.#came();
    this.#next = new Promise((done) => (this.#came = () => done()));
  }
}
