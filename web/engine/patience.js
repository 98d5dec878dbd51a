/**
 * patience.js -- how long a worker that owes an answer may say nothing before it
 * is taken for hung.
 *
 * Over what is quick: some times the longest silence that it has broken, so
 * that a slow machine gets the time it needs and a fast one does not keep the
 * reader waiting. One that was ended for it may only have been slow: the next
 * has twice the time, until it has shown how fast it is. Kept by the session,
 * from worker to worker.
 */

/** While nothing is known of it, and the most that is given. */
export const SILENCE_MS = 4_000;
const LEAST_MS = 500;
const TIMES = 5;

/** Answers after which something is known. */
const KNOWN = 10;

/** Of the longest silence, what is left of it with each answer. */
const FADES = 0.99;

export class Patience {
  #most;
  #longestMs = 0;
  #heard = 0;
  #doubt = 1;

  /** @param {number} [mostMs] */
  constructor(mostMs = SILENCE_MS) {
    this.#most = mostMs;
  }

  get quickMs() {
    const times = TIMES * this.#longestMs;
    const isKnown = this.#heard >= KNOWN;
    return this.#doubt * (isKnown ? Math.min(Math.max(times, LEAST_MS), this.#most) : this.#most);
  }

  /** A quick answer came after such a silence. @param {number} silentMs */
  heard(silentMs) {
    this.#longestMs = Math.max(this.#longestMs * FADES, silentMs);
    this.#heard++;
    if (this.#heard % KNOWN === 0) this.#doubt = 1;
  }

  /** One was ended for its silence. */
  lost() {
    this.#doubt *= 2;
  }
}
