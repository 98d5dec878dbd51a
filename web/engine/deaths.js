/** deaths.js -- workers that died one after the other: when to start no more. */

const MAX = 3;
const WITHIN_MS = 60_000;

export class Deaths {
  /** @type {number[]} */
  #times = [];

  /** One more. @returns {boolean}  too many; from now on they count anew */
  areTooMany() {
    const now = Date.now();
    this.#times = [...this.#times.filter((at) => now - at < WITHIN_MS), now];
    if (this.#times.length <= MAX) return false;
    this.#times = [];
    return true;
  }
}
