/**
 * asked.js -- what other tabs have asked of this one: each hears how far it is,
 * and may say that it wants it no more.
 */

/** @typedef {{from: string, id: string}} Request */

export class Asked {
  /** @type {Map<string, AbortController>} */
  #underWay = new Map();

  /**
   * @param {Request} request
   * @param {import('./tabs.js').Tabs} tabs  the way back
   * @param {(answer: (answer: any) => void, options: {signal: AbortSignal,
   *   onProgress: (progress: any) => void}) => Promise<void>} work
   */
  async serve({ from, id }, tabs, work) {
    const name = `${from} ${id}`;
    const stopping = new AbortController();
    this.#underWay.set(name, stopping);
    const answer = (/** @type {any} */ { result, error }) => {
      if (error) tabs.refuse(from, id, error);
      else tabs.answer(from, id, result);
    };
    const onProgress = (/** @type {any} */ progress) => tabs.progress(from, id, progress);
    await work(answer, { signal: stopping.signal, onProgress });
    this.#underWay.delete(name);
  }

  /** @param {Request} request */
  cancel({ from, id }) {
    this.#underWay.get(`${from} ${id}`)?.abort();
  }
}
