/** lock.js -- the browser's lock on the library: one tab has it. */

const NAME = 'capsa-library';

/** @typedef {Pick<LockManager, 'request'>} Locks */

export class Lock {
  #locks;
  /** @type {(() => void) | undefined} */
  #release;

  /** @param {Locks} locks */
  constructor(locks) {
    this.#locks = locks;
  }

  get isHeld() {
    return this.#release !== undefined;
  }

  /**
   * Wait for it. The browser gives it on when its holder is gone, however it
   * went; it is never stolen.
   * @param {AbortSignal} signal
   * @returns {Promise<'ours' | 'gone' | 'refused'>}  ours until let(); refused
   *     to some frames, which get no files either: their library is in memory
   */
  take(signal) {
    return new Promise((resolve) => {
      const held = () => {
        if (signal.aborted) return resolve('gone'); // it came as we went
        resolve('ours');
        return new Promise((done) => (this.#release = () => done(undefined)));
      };
      const failed = () => resolve(signal.aborted ? 'gone' : 'refused');
      this.#locks.request(NAME, { signal }, held).catch(failed);
    });
  }

  let() {
    this.#release?.();
    this.#release = undefined;
  }
}
