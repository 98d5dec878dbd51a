/**
 * updates.js -- the service worker: offline from the second start on, and a
 * new version never without a word.
 */
import { scriptUrl } from './trusted.js';

/**
 * @param {string} url
 * @param {(restart: () => void) => void} found  a new version is ready; it
 *     takes over when `restart` is called, or at the next cold start
 */
export async function watchForUpdates(url, found) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const wasControlled = !!serviceWorker.controller;
  const registration = await serviceWorker.register(scriptUrl(url)).catch(() => undefined);
  if (!registration) return; // inside a frame without storage, or a private window

  const offer = () => {
    const { waiting } = registration;
    if (waiting && wasControlled) found(() => restart(waiting));
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
}

/** @param {ServiceWorker} waiting */
function restart(waiting) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  waiting.postMessage('take over');
}
