/**
 * page.js -- measure each peer in a worker of its own, turn by turn, and tell
 * store.mjs.
 *
 *   ?runs=N&peers=capsa,sahpool&journal=TRUNCATE
 *   a peer may be NAME:JOURNAL, to compare journals
 */
const query = new URLSearchParams(location.search);
const peers = (query.get('peers') ?? '').split(',');

/** @param {string} peer @returns {Promise<Record<string, number>>} */
function measure(peer) {
  return new Promise((done, failed) => {
    const worker = new Worker('./worker.js', { type: 'module' });
    const end = (/** @type {any} */ { times, error }) => {
      worker.terminate();
      if (error) failed(new Error(`${peer}: ${error}`));
      else done(times);
    };
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = ({ message }) => end({ error: message });
    const [name, journal = 'TRUNCATE'] = peer.split(':');
    worker.postMessage({ name, journal });
  });
}

/** @param {any} detail */
const tell = (detail) => fetch('./told', { method: 'POST', body: JSON.stringify(detail) });

try {
  /** @type {Record<string, any[]>} */
  const runs = Object.fromEntries(peers.map((peer) => [peer, []]));
  for (let n = 0; n < Number(query.get('runs')); n++) {
    for (const peer of peers) runs[peer].push(await measure(peer));
  }
  await tell({ runs });
} catch (e) {
  await tell({ error: String(e) });
}
