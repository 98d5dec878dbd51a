/**
 * service-worker.js -- serves this build's files, with or without a network.
 *
 * The list is made of the files' hashes at build time, and each file has to have
 * its own (vite.config.js): a host that is changing, or a line that garbles,
 * gives no mixture. Either all of them are there or the new version is not
 * installed and the old one goes on. It waits until the reader restarts: a page
 * never gets files of two versions.
 *
 * A worker has the policy of the answer that brings it, not that of its page.
 * Hosts that send no headers are the rule, so it gets one here.
 */
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

const WORKER = /\/worker-[^/]+\.js$/;
const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** @param {{cachedResponse?: Response}} from */
async function withPolicy({ cachedResponse }) {
  if (!cachedResponse || !WORKER.test(new URL(cachedResponse.url).pathname)) return cachedResponse;
  const headers = new Headers(cachedResponse.headers);
  headers.set('Content-Security-Policy', WORKER_POLICY);
  return new Response(cachedResponse.body, { headers });
}

addPlugins([{ cachedResponseWillBeUsed: withPolicy }]);
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});
