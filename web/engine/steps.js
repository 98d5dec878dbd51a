/**
 * steps.js -- run long work in steps, with other work between them.
 *
 * A method that is long is a generator: each `yield` ends a step, says how far
 * it is, and leaves everything whole; what it returns is the answer. It may be
 * ended at any yield, and then puts in order what it has to in `finally`.
 *
 * One runs at a time, in the order in which they were asked for: the core has
 * room for one.
 */
import { EngineError } from './protocol.js';

/**
 * @typedef {{done: number, total: number}} Progress
 * @typedef {Iterator<Progress, any> | AsyncIterator<Progress, any>} Steps
 *
 * What a caller may want of long work.
 * @typedef {{isCancelled: boolean, report: (progress: Progress) => void,
 *   request?: string}} Control
 */

/**
 * Lets the messages that wait be served: a timer would wait 4 ms, a promise
 * would serve none. A channel of its own each time: Node serves all that comes
 * to one before it turns to the next.
 * @returns {Promise<void>}
 */
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** @param {any} value @returns {value is Steps} */
export function isSteps(value) {
  return typeof value?.next === 'function' && typeof value?.return === 'function';
}

/**
 * @param {Steps} steps
 * @param {Control} control
 * @param {() => Promise<void>} [settle]  after each step
 * @returns {Promise<any>}  rejects with ECANCELLED when it was cancelled
 */
export function runSteps(steps, control, settle = async () => {}) {
  const run = last.then(() => runAll(steps, control, settle));
  last = run.catch(() => {});
  return run;
}

/** @param {Steps} steps @param {Control} control @param {() => Promise<void>} settle */
async function runAll(steps, control, settle) {
  try {
    for (;;) {
      if (control.isCancelled) throw new EngineError('ECANCELLED', 'it was stopped');
      const { done, value } = await steps.next();
      if (done) return value;
      await settle();
      control.report(value);
      await pause();
    }
  } catch (e) {
    if (!(e instanceof WebAssembly.RuntimeError)) await steps.return?.(undefined);
    throw e;
  }
}
