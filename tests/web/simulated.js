/**
 * simulated.js -- a browser as far as the tabs of session.js see it, with a
 * library that one worker at a time may have open.
 */
import assert from 'node:assert/strict';

import { serve } from '../../web/engine/serve.js';
import { Session } from '../../web/engine/session.js';

/** A generator of numbers from 0 to 1, the same for a seed. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const turn = () => new Promise((done) => setImmediate(done));

export async function until(is, what) {
  const end = performance.now() + 30_000;
  while (!is()) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await turn();
  }
}

/**
 * A browser as far as tabs see it: locks, channels, and the library's files,
 * which one worker at a time may have open.
 */
export class Browser {
  channels = new Map();
  queue = [];
  held = null;
  /** The library: what was committed, with the answers of requests. */
  disk = { notes: [], answers: new Map(), owners: 0, opened: 0 };

  open(name) {
    const channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of this.channels.get(name) ?? []) {
          const copy = structuredClone(data);
          if (other !== channel) setImmediate(() => other.isOpen && other.onmessage?.({ data: copy }));
        }
      },
      isOpen: true,
      close: () => {
        channel.isOpen = false;
        this.channels.get(name)?.delete(channel);
      },
    };
    if (!this.channels.has(name)) this.channels.set(name, new Set());
    this.channels.get(name).add(channel);
    return channel;
  }

  /** navigator.locks for one name, seen from `tab`. */
  locks(tab) {
    return {
      request: (_, { signal }, callback) =>
        new Promise((resolve, reject) => {
          const entry = { tab, callback, resolve };
          this.queue.push(entry);
          signal?.addEventListener('abort', () => {
            if (!this.queue.includes(entry)) return;
            this.queue = this.queue.filter((one) => one !== entry);
            reject(signal.reason);
          });
          this.next();
        }),
    };
  }

  next() {
    if (this.held || !this.queue.length) return;
    const entry = (this.held = this.queue.shift());
    Promise.resolve(entry.callback({})).then(() => this.letGo(entry));
  }

  letGo(entry) {
    if (this.held !== entry) return;
    this.held = null;
    entry.resolve();
    setImmediate(() => this.next());
  }

  /** What the browser does when a tab is gone, however it went. */
  forget(tab) {
    this.queue = this.queue.filter((entry) => entry.tab !== tab);
    if (this.held?.tab === tab) this.letGo(this.held);
  }
}

/** A worker's page side. Its methods are asynchronous, so that it can die in their middle. */
function makeWorker(browser, methods) {
  const { port1, port2 } = new MessageChannel();
  const { disk } = browser;
  const worker = {
    isOpen: false,
    onerror: null,
    postMessage: (message) => port1.postMessage(message),
    set onmessage(handler) {
      port1.onmessage = handler;
    },
    terminate() {
      if (worker.isOpen) disk.owners--;
      worker.isOpen = false;
      worker.isDead = true;
      port1.close();
    },
    die: () => worker.onerror({ message: 'core aborted' }),
    /** Says nothing any more, and keeps the files. */
    hang: () => (port2.onmessage = null),
  };
  const own = {
    open() {
      if (worker.isDead) return new Promise(() => {}); // its messages may outlive it
      assert.equal(disk.owners, 0, 'two workers have the files');
      disk.owners++;
      disk.opened++;
      worker.isOpen = true;
      return { storage: 'opfs' };
    },
    list: () => [...disk.notes],
    async annotate({ note }, { request }) {
      await turn();
      if (worker.isDead) return new Promise(() => {});
      if (!disk.answers.has(request)) {
        disk.notes.push(note);
        disk.answers.set(request, { id: note });
      }
      await turn(); // committed, and not yet told
      return worker.isDead ? new Promise(() => {}) : disk.answers.get(request);
    },
    ...methods,
  };
  serve(port2, own);
  return worker;
}

export class Tab {
  workers = [];
  channels = [];
  states = [];
  changes = [];

  constructor(browser, { methods = {}, shares = true } = {}) {
    this.browser = browser;
    this.session = new Session({
      startWorker: () => this.workers[this.workers.push(makeWorker(browser, methods)) - 1],
      locks: shares ? browser.locks(this) : undefined,
      openChannel: shares ? (name) => this.channels[this.channels.push(browser.open(name)) - 1] : undefined,
    });
    this.session.addEventListener('state', ({ detail }) => this.states.push(detail.state));
    this.session.addEventListener('changed', ({ detail }) => this.changes.push(detail));
  }

  async start() {
    this.session.start();
    await until(() => this.session.state === 'ready', 'ready');
    return this;
  }

  get isHolder() {
    return this.workers.some((worker) => worker.isOpen);
  }

  /** Closed, crashed or reloaded: for the others it is the same. */
  go() {
    for (const channel of this.channels) channel.close();
    for (const worker of this.workers) worker.terminate();
    this.browser.forget(this);
    this.session.rest(); // so that no timer of it goes on
    this.isGone = true;
  }
}

export const tabs = async (browser, count) => {
  const all = [];
  for (let n = 0; n < count; n++) all.push(await new Tab(browser).start());
  return all;
};

export const end = (...all) => all.forEach((tab) => tab.go());
