/**
 * kept.js -- does the browser keep the library? A marker outside of its files
 * says what was there, so that a library which the browser cleared is missed,
 * and not taken for a new one.
 *
 * The marker lies in localStorage: {identity, records, notes, changed}. The
 * library knows its identity by a setting, and so does every copy of it.
 */

const KEY = 'capsa-kept';
const IDENTITY = 'identity';

/** With the samples alone there is nothing to miss. */
const SAMPLES = 2;

/**
 * @typedef {{identity: string, records: number, notes: number, changed: string}} Marker
 * @typedef {{call: (method: string, params?: object) => Promise<any>}} Engine
 */

export class Kept {
  #engine;
  /** In case that goes together with the library. @type {Marker | undefined} */
  #marker = read();
  #isMissed = false;

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  /**
   * Call when a library is open, before anything is put into it.
   * @returns {Promise<Marker | undefined>}  what is not there any more
   */
  async look() {
    const identity = await this.#engine.call('setting', { name: IDENTITY });
    const { length } = await this.#engine.call('list');
    const { records = 0, notes = 0 } = this.#marker ?? {};
    const isOther = identity !== this.#marker?.identity && length <= SAMPLES;
    this.#isMissed = isOther && (records > SAMPLES || notes > 0);
    if (this.#isMissed) return this.#marker;
    await this.note();
  }

  /** Note what is there now: after each change that matters. */
  async note() {
    if (this.#isMissed) return;
    const [records, notes] = await Promise.all([
      this.#engine.call('list'),
      this.#engine.call('notes'),
    ]);
    if (records.length <= SAMPLES && !notes.length && !this.#marker) return;
    this.#marker = {
      identity: await this.#identify(),
      records: records.length,
      notes: notes.length,
      changed: new Date().toISOString(),
    };
    write(this.#marker);
  }

  /** The reader knows, or has opened another: this library counts from now on. */
  async begin() {
    this.#isMissed = false;
    await this.#identify();
    await this.note();
  }

  async #identify() {
    const found = await this.#engine.call('setting', { name: IDENTITY });
    if (found) return found;
    const value = crypto.randomUUID();
    await this.#engine.call('setSetting', { name: IDENTITY, value });
    return value;
  }
}

/** @returns {Marker | undefined} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined; // refused, or not ours
  }
}

/** @param {Marker} marker */
function write(marker) {
  try {
    localStorage.setItem(KEY, JSON.stringify(marker));
  } catch {
    /* refused: then it is missed while the page is open, at least */
  }
}
