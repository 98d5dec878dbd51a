/** One library and many tabs: locks, take-over, and workers that die. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { serve } from '../../web/engine/serve.js';
import { Session } from '../../web/engine/session.js';

/** navigator.locks for one name, as the standard has it. */
function fakeLocks() {
  const queue = [];
  let holder = null;
  const next = () => {
    if (holder || !queue.length) return;
    const { held, resolve } = queue.shift();
    holder = Promise.resolve(held({})).finally(() => {
      holder = null;
      resolve();
      next();
    });
  };
  return {
    request: (_, { ifAvailable, signal }, held) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (ifAvailable && holder) return resolve(held(null));
        const waiting = { held, resolve };
        queue.push(waiting);
        signal?.addEventListener('abort', () => {
          const at = queue.indexOf(waiting);
          if (at < 0) return;
          queue.splice(at, 1);
          reject(signal.reason);
        });
        next();
      }),
  };
}

/** Channels of tabs that hear each other. */
function fakeChannels() {
  const all = [];
  return () => {
    const channel = {
      onmessage: null,
      postMessage: (data) =>
        all.filter((c) => c !== channel).forEach((c) => queueMicrotask(() => c.onmessage({ data }))),
    };
    all.push(channel);
    return channel;
  };
}

/** A worker's page side that answers `methods`; `die()` is what an abort does. */
function fakeWorker(methods) {
  const { port1, port2 } = new MessageChannel();
  serve(port2, { open: () => ({ storage: 'opfs' }), close: () => {}, ...methods });
  const worker = {
    onerror: null,
    terminated: false,
    postMessage: (m) => port1.postMessage(m),
    set onmessage(handler) {
      port1.onmessage = handler;
    },
    terminate() {
      worker.terminated = true;
      port1.close();
    },
    die: () => worker.onerror({ message: 'core aborted' }),
  };
  return worker;
}

/** A tab: its session, the workers it started, the states it went through. */
function tab({ locks, channel, methods = {} }) {
  const workers = [];
  const session = new Session({
    startWorker: () => workers[workers.push(fakeWorker(methods)) - 1],
    locks,
    channel,
  });
  const states = [];
  session.addEventListener('state', ({ detail }) => states.push(detail.state));
  return { session, workers, states };
}

async function until(session, state) {
  if (session.state === state) return;
  await new Promise((done) => {
    session.addEventListener('state', ({ detail }) => detail.state === state && done());
  });
}

const end = (...tabs) => tabs.forEach(({ workers }) => workers.forEach((w) => w.terminate()));

test('a second tab is told, takes over, and the first one is told', async () => {
  const locks = fakeLocks();
  const channels = fakeChannels();
  const one = tab({ locks, channel: channels() });
  const two = tab({ locks, channel: channels() });
  await one.session.start();
  await two.session.start();
  assert.equal(two.session.state, 'elsewhere');
  await two.session.takeOver();
  assert.equal(two.session.state, 'ready');
  assert.equal(one.session.state, 'moved');
  assert.ok(one.workers[0].terminated, 'its files are free');
  await assert.rejects(one.session.call('list'), { code: 'ECLOSED' });
  await one.session.takeOver();
  assert.equal(one.session.state, 'ready');
  assert.equal(two.session.state, 'moved');
  end(one, two);
});

test('of three tabs the one that asks gets the library', async () => {
  const locks = fakeLocks();
  const channels = fakeChannels();
  const tabs = [1, 2, 3].map(() => tab({ locks, channel: channels() }));
  for (const { session } of tabs) await session.start();
  await tabs[2].session.takeOver();
  assert.deepEqual(
    tabs.map(({ session }) => session.state),
    ['moved', 'elsewhere', 'ready'],
  );
  end(...tabs);
});

test('a dead worker rejects the call it owed, and another answers the next', async () => {
  let calls = 0;
  const methods = { list: () => (calls++ ? ['a'] : new Promise(() => {})) };
  const one = tab({ locks: fakeLocks(), channel: fakeChannels()(), methods });
  await one.session.start();
  const owed = one.session.call('list');
  await new Promise((done) => setTimeout(done)); // let the worker take the call
  one.workers[0].die();
  await assert.rejects(owed, { code: 'ECLOSED', message: /saved before is safe/ });
  await until(one.session, 'ready');
  assert.deepEqual(await one.session.call('list'), ['a']);
  assert.equal(one.workers.length, 2);
  assert.ok(one.workers[0].terminated);
  end(one);
});

test('workers that keep dying are not started for ever', async () => {
  const one = tab({ locks: fakeLocks(), methods: { open: () => new Promise(() => {}) } });
  one.session.start();
  for (let n = 0; n < 4; n++) {
    while (one.workers.length <= n) await new Promise((done) => setTimeout(done));
    one.workers[n].die();
  }
  await until(one.session, 'failed');
  assert.equal(one.workers.length, 4);
  end(one);
});

test('where locks are refused the library opens without', async () => {
  const locks = { request: async () => Promise.reject(new DOMException('no', 'SecurityError')) };
  const one = tab({ locks, methods: { open: () => ({ storage: 'memory' }) } });
  await one.session.start();
  assert.equal(one.session.state, 'ready');
  end(one);
});

test('a page that may start no worker says so', async () => {
  const startWorker = () => {
    throw new DOMException('no', 'SecurityError');
  };
  const session = new Session({ startWorker });
  const told = new Promise((done) => session.addEventListener('state', ({ detail }) => detail.error && done(detail.error)));
  await session.start();
  assert.match((await told).message, /window of its own/);
});

test('a library in memory leaves the lock to others', async () => {
  const locks = fakeLocks();
  const methods = { open: () => ({ storage: 'memory', reason: 'no files' }) };
  const one = tab({ locks, methods });
  const two = tab({ locks, methods });
  await one.session.start();
  await two.session.start();
  assert.equal(one.session.state, 'ready');
  assert.equal(two.session.state, 'ready');
  end(one, two);
});

test('a library that cannot be opened says why, and can be repaired', async () => {
  const methods = {
    open: () => {
      throw new Error('no database');
    },
    rescue: () => 'bytes',
  };
  const one = tab({ methods });
  await one.session.start();
  assert.equal(one.session.state, 'failed');
  await assert.rejects(one.session.call('list'), { code: 'ECLOSED' });
  assert.equal(await one.session.repair('rescue'), 'bytes');
  end(one);
});

/** Locks whose requests take their time, as between processes. */
const late = (locks, ms) => ({
  request: async (...args) => {
    await new Promise((done) => setTimeout(done, ms));
    return locks.request(...args);
  },
});

test('the tab that asks gets the library though its request comes late', async () => {
  const locks = fakeLocks();
  const channels = fakeChannels();
  const holder = tab({ locks, channel: channels() });
  const asker = tab({ locks: late(locks, 100), channel: channels() });
  await holder.session.start();
  await asker.session.start();
  assert.equal(asker.session.state, 'elsewhere');
  await asker.session.takeOver();
  assert.equal(asker.session.state, 'ready');
  assert.equal(holder.session.state, 'moved');
  end(holder, asker);
});
