/** hub-words.js -- what tabs, workers and the hub of the failovers say to each other. */

/** One clock for all pages. */
export const now = () => performance.timeOrigin + performance.now();

const hub = new BroadcastChannel('test-hub');
const all = new BroadcastChannel('test-orders');

/** @param {object} word */
export function tellHub(word) {
  hub.postMessage(word);
}

/** @param {(order: any) => void} act */
export function orders(act) {
  all.onmessage = ({ data }) => act(data);
}

/** For hub.js. */
export const channels = { hub, all };
