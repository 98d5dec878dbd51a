/** page.js -- gives store.mjs one function: measure a peer in a worker of its own. */
Object.assign(globalThis, {
  measure: (/** @type {string} */ peer) =>
    new Promise((done, failed) => {
      const worker = new Worker('./worker.js', { type: 'module' });
      const end = (/** @type {any} */ { times, error }) => {
        worker.terminate();
        if (error) failed(new Error(`${peer}: ${error}`));
        else done(times);
      };
      worker.onmessage = ({ data }) => end(data);
      worker.onerror = ({ message }) => end({ error: message });
      worker.postMessage(peer);
    }),
});
document.title = 'ready';
