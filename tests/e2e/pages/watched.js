/**
 * watched.js -- comes before the first line of the library's worker: tells when
 * it opened the library and when it wrote, and lets it hang or die when asked.
 */
import { now, orders, tellHub } from './hub-words.js';

const worker = crypto.randomUUID().slice(0, 8);
let tab = '';
let written = 0;
let told = 0;
let armed = '';

const tell = (/** @type {string} */ name, more = {}) => tellHub({ name, worker, tab, at: now(), ...more });

function wrote() {
  written = now();
  if (armed !== 'write') return;
  tell('hung');
  for (;;);
}

function flushed() {
  if (armed !== 'flush') return;
  tell('hung');
  for (;;);
}

/** Call `before` whenever a method is called. */
function watch(/** @type {any} */ kind, /** @type {string} */ name, /** @type {() => void} */ before) {
  const own = kind?.prototype[name];
  if (own) kind.prototype[name] = function (...values) {
    before();
    return own.apply(this, values);
  };
}
watch(globalThis.FileSystemSyncAccessHandle, 'write', wrote);
watch(globalThis.FileSystemSyncAccessHandle, 'flush', flushed);
watch(globalThis.IDBObjectStore, 'put', wrote);

/* The page's side (tab.js) puts the tab's name into the first request. */
self.addEventListener('message', ({ data }) => (tab ||= data.tab ?? ''));

const post = self.postMessage.bind(self);
self.postMessage = (/** @type {any} */ message, /** @type {any} */ more) => {
  if (message.result?.storage) tell('opened', { storage: message.result.storage });
  if (written > told) tell('wrote', { last: (told = written) });
  post(message, more);
};

orders(({ hang, die }) => {
  if (hang?.tab === tab) armed = hang.at;
  if (armed === 'idle') {
    tell('hung');
    for (;;);
  }
  if (die === tab) setTimeout(() => {
    throw new Error('killed by a test');
  });
});
