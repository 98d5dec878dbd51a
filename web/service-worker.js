/**
 * service-worker.js -- serves this build's files, with or without a network.
 *
 * The list is made of the files' hashes at build time. Either all of them are
 * there or the new version is not installed and the old one goes on. It waits
 * until the reader restarts: a page never gets files of two versions.
 */
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});
