/** One library and many tabs: who holds it, and what becomes of what was asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EngineClient } from '../../web/engine/client.js';
import { PROTOCOL } from '../../web/engine/protocol.js';
import { serve } from '../../web/engine/serve.js';
import { Session } from '../../web/engine/session.js';
import { Browser, end, Tab, tabs, turn, until } from './simulated.js';

test('a second tab works through the first one', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  assert.deepEqual(await two.session.call('annotate', { note: 'a' }), { id: 'a' });
  assert.deepEqual(await one.session.call('list'), ['a']);
  assert.equal(two.workers.length, 0);
  end(one, two);
});

test('what one tab changes is told to all, and to itself as its own', async () => {
  const browser = new Browser();
  const [one, two, three] = await tabs(browser, 3);
  await two.session.call('annotate', { note: 'a', document: 'k' });
  await until(() => [one, two, three].every(({ changes }) => changes.length), 'told');
  assert.deepEqual(two.changes, [{ what: 'notes', name: 'k', isOwn: true }]);
  for (const { changes } of [one, three]) {
    assert.deepEqual(changes, [{ what: 'notes', name: 'k', isOwn: false }]);
  }
  await two.session.call('list');
  assert.equal(one.changes.length, 1, 'to look changes nothing');
  end(one, two, three);
});

/** Work of many steps, in the holder's worker. */
function longWork(steps) {
  const seen = { steps: 0, isStopped: false };
  const save = async (_, control) => {
    for (let done = 1; done <= steps && !control.isCancelled; done++, seen.steps++) {
      control.report({ done, total: steps });
      await turn();
    }
    seen.isStopped = control.isCancelled;
    return 'whole';
  };
  return { seen, methods: { save } };
}

test('long work tells the tab that asked how far it is', async () => {
  const browser = new Browser();
  const { methods } = longWork(5);
  const one = await new Tab(browser, { methods }).start();
  const two = await new Tab(browser).start();
  const heard = [];
  const onProgress = ({ done }) => heard.push(done);
  assert.equal(await two.session.call('save', {}, { onProgress }), 'whole');
  assert.deepEqual(heard, [1, 2, 3, 4, 5]);
  end(one, two);
});

test('long work that another tab asked for ends when that tab stops it', async () => {
  const browser = new Browser();
  const { seen, methods } = longWork(1e9);
  const one = await new Tab(browser, { methods }).start();
  const two = await new Tab(browser).start();
  const stopping = new AbortController();
  const call = two.session.call('save', {}, { signal: stopping.signal, onProgress: () => stopping.abort() });
  await assert.rejects(call, { name: 'AbortError' });
  await until(() => seen.isStopped, 'stopped');
  assert.deepEqual(await two.session.call('list'), [], 'and the next is answered');
  end(one, two);
});

test('a library that takes long to open says how far it is, in every tab', async () => {
  const browser = new Browser();
  let isOpen = false;
  const open = async (_, control) => {
    for (let done = 1; !isOpen; done++) {
      control.report({ done, total: 9 });
      await turn();
    }
    return { storage: 'opfs' };
  };
  const progress = [[], []];
  const both = [0, 1].map((n) => {
    const tab = new Tab(browser, { methods: { open } });
    tab.session.addEventListener('state', ({ detail }) => detail.progress && progress[n].push(detail.progress));
    tab.session.start();
    return tab;
  });
  await until(() => progress[0].length && progress[1].length, 'heard');
  assert.equal(progress[1][0].total, 9);
  assert.equal(both[1].workers.length, 0);
  isOpen = true;
  await until(() => both.every(({ session }) => session.state === 'ready'), 'ready');
  end(...both);
});

test('an error comes to the tab that asked, with its code', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  await assert.rejects(two.session.call('no-such'), { name: 'EngineError', code: 'ENOSYS' });
  end(one, two);
});

test('when the holder goes another tab has the library, and a call under way is done once', async () => {
  const browser = new Browser();
  const [one, two, three] = await tabs(browser, 3);
  const calls = ['a', 'b'].map((note, n) => [two, three][n].session.call('annotate', { note }));
  await turn();
  one.go();
  assert.deepEqual(await Promise.all(calls), [{ id: 'a' }, { id: 'b' }]);
  assert.deepEqual([...browser.disk.notes].sort(), ['a', 'b']);
  assert.equal([two, three].filter(({ isHolder }) => isHolder).length, 1);
  assert.equal(browser.disk.owners, 1);
  end(two, three);
});

test('the tab that goes on is not made to start anew', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  one.go();
  assert.deepEqual(await two.session.call('list'), []);
  assert.equal(two.session.state, 'ready');
  end(two);
});

test('a page that falls asleep lets the library go, and works again when it wakes', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  one.session.rest();
  assert.deepEqual(await two.session.call('annotate', { note: 'a' }), { id: 'a' });
  await one.start();
  assert.deepEqual(await one.session.call('list'), ['a']);
  assert.equal(browser.disk.owners, 1);
  end(one, two);
});

test('calls of a page that sleeps wait until it wakes', async () => {
  const browser = new Browser();
  const [one] = await tabs(browser, 1);
  one.session.rest();
  const call = one.session.call('annotate', { note: 'a' });
  await one.start();
  assert.deepEqual(await call, { id: 'a' });
  end(one);
});

test('a worker that dies is replaced, and what it owed is done once', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  const calls = [one, two].map(({ session }, n) => session.call('annotate', { note: `${n}` }));
  await turn();
  one.workers[0].die();
  await Promise.all(calls);
  assert.deepEqual([...browser.disk.notes].sort(), ['0', '1']);
  assert.equal(one.workers.length, 2);
  end(one, two);
});

test('what kills three workers is not given to a fourth', async () => {
  const browser = new Browser();
  const one = new Tab(browser, { methods: { list: () => new Promise(() => {}) } });
  await one.start();
  const call = one.session.call('list');
  const settled = assert.rejects(call, { code: 'EUNKNOWN', message: /stopped several times/ });
  for (let n = 0; n < 3; n++) {
    await until(() => one.workers[n]?.isOpen && one.session.state === 'ready', 'another worker');
    one.workers[n].die();
  }
  await settled;
  end(one);
});

test('workers that keep dying are not started for ever', async () => {
  const one = new Tab(new Browser(), { methods: { open: () => new Promise(() => {}) } });
  one.session.start();
  for (let n = 0; n < 4; n++) {
    await until(() => one.workers.length > n, 'a worker');
    one.workers[n].die();
  }
  assert.equal(one.session.state, 'failed');
  assert.equal(one.workers.length, 4);
  end(one);
});

test('what cannot be done twice is reported when nobody knows whether it was done', async () => {
  const browser = new Browser();
  const one = new Tab(browser, { methods: { replace: () => new Promise(() => {}) } });
  const two = new Tab(browser);
  await one.start();
  await two.start();
  const call = two.session.call('replace');
  await turn();
  one.go();
  await assert.rejects(call, { code: 'EUNKNOWN', message: /look before/ });
  end(two);
});

test('another library in one tab is another library in all', async () => {
  const browser = new Browser();
  const methods = { replace: () => ({ storage: 'opfs', undo: true }) };
  const [one, two] = [new Tab(browser, { methods }), new Tab(browser)];
  await one.start();
  await two.start();
  const infos = [];
  two.session.addEventListener('state', ({ detail }) => infos.push(detail.info));
  await two.session.repair('replace');
  await until(() => infos.length, 'told');
  assert.deepEqual(infos, [{ storage: 'opfs', undo: true }]);
  assert.deepEqual(two.changes, [{ what: 'library', name: undefined, isOwn: true }]);
  end(one, two);
});

test('a worker that owes a quick answer and says nothing is taken for dead', async () => {
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1, { silenceMs: 50 });
  port2.onmessage = ({ data }) => data.method === 'list' && port2.postMessage({ id: data.id, result: 1 });
  assert.equal(await client.call('list'), 1);
  await assert.rejects(client.call('notes'), { code: 'ECLOSED' });
  assert.ok(client.isHung);
  port1.close();
});

test('a worker that says that it is alive may take its time', async () => {
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1, { silenceMs: 400 });
  let answer;
  const methods = { list: () => 1, notes: () => new Promise((done) => (answer = done)) };
  serve(port2, methods);
  await client.call('list');
  const slow = client.call('notes');
  const end = performance.now() + 1_500; // pings are answered all the while
  await until(() => performance.now() > end, 'later');
  answer(2);
  assert.equal(await slow, 2);
  port1.close();
});

test('a worker that hangs is ended by its own page, and what it owed is done once', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  const stopped = performance.now();
  one.workers[0].hang();
  const call = two.session.call('annotate', { note: 'a' });
  assert.deepEqual(await call, { id: 'a' });
  assert.ok(one.workers[0].isDead, 'its files are free');
  assert.deepEqual(browser.disk.notes, ['a']);
  assert.ok(performance.now() - stopped > 1_000);
  end(one, two);
});

test('a page without a lock keeps its own library when it sleeps', async () => {
  const browser = new Browser();
  const one = await new Tab(browser, { methods: { open: () => ({ storage: 'memory' }) } }).start();
  one.session.rest();
  one.session.wake();
  assert.deepEqual(await one.session.call('list'), []);
  assert.equal(one.workers.length, 1);
  end(one);
});

test('a tab of an older release is told when a newer one opens', async () => {
  const browser = new Browser();
  const [one] = await tabs(browser, 1);
  let told = 0;
  one.session.addEventListener('newer', () => told++);
  const other = browser.open('capsa-library');
  const heard = [];
  other.onmessage = ({ data }) => heard.push(data);
  other.postMessage({ from: 'x', ask: true, protocol: PROTOCOL + 1 });
  other.postMessage({ from: 'x', ask: true, protocol: PROTOCOL + 1 });
  await until(() => heard.length > 1, 'answered');
  assert.equal(told, 1);
  assert.equal(heard[0].protocol, PROTOCOL);
  assert.deepEqual(await one.session.call('list'), [], 'and it goes on until then');
  end(one);
});

test('what an older holder may have done is told from what it was not asked', async () => {
  const browser = new Browser();
  const [one, two] = await tabs(browser, 2);
  one.workers[0].hang();
  const asked = two.session.call('annotate', { note: 'a' });
  const settled = assert.rejects(asked, { code: 'EUNKNOWN' });
  await turn();
  const other = browser.open('capsa-library');
  other.postMessage({ from: 'x', protocol: PROTOCOL + 1, term: 't', info: {} });
  await settled;
  await assert.rejects(two.session.call('annotate', { note: 'b' }), { code: 'ECLOSED', message: /not done/ });
  end(one, two);
});

test('a library that cannot be opened says why in every tab, and can be repaired where it is held', async () => {
  const browser = new Browser();
  let fails = true;
  const methods = {
    open: () => {
      if (fails) throw new Error('no database');
      return { storage: 'opfs' };
    },
    rescue: () => 'bytes',
  };
  const [one, two] = [new Tab(browser, { methods }), new Tab(browser)];
  for (const tab of [one, two]) {
    tab.session.start();
    await until(() => tab.session.state === 'failed', 'failed');
    await assert.rejects(tab.session.call('list'), { code: 'ECLOSED' });
  }
  assert.equal(await one.session.repair('rescue'), 'bytes');
  await assert.rejects(two.session.repair('rescue'), { message: /another window/ });
  fails = false;
  two.session.start();
  await until(() => one.session.state === 'ready' && two.session.state === 'ready', 'tried again');
  end(one, two);
});

for (const [words, protocol, isNewer] of [['older', PROTOCOL - 1, true], ['newer', PROTOCOL + 1, false]]) {
  test(`beside an ${words} release a tab says so, and goes on when that is gone`, async () => {
    const browser = new Browser();
    const other = browser.open('capsa-library');
    const stranger = {};
    let leave;
    browser.locks(stranger).request('', {}, () => new Promise((done) => (leave = done)));
    other.onmessage = ({ data }) => data.ask && other.postMessage({ from: 'x', protocol: protocol || -1, term: 't', info: {} });
    const one = new Tab(browser);
    let told;
    one.session.addEventListener('state', ({ detail }) => detail.state === 'outdated' && (told = detail.info));
    one.session.start();
    await until(() => told, 'outdated');
    assert.equal(told.isNewer, isNewer);
    await assert.rejects(one.session.call('list'), { code: 'ECLOSED' });
    leave();
    await until(() => one.session.state === 'ready', 'ready');
    end(one);
  });
}

test('a library in memory leaves the lock to others, each with its own', async () => {
  const browser = new Browser();
  const methods = { open: () => ({ storage: 'memory', reason: 'no files' }) };
  const [one, two] = [new Tab(browser, { methods }), new Tab(browser, { methods })];
  await one.start();
  await two.start();
  assert.equal(one.workers.length + two.workers.length, 2);
  end(one, two);
});

test('where locks are refused the library opens without', async () => {
  const browser = new Browser();
  browser.locks = () => ({ request: async () => Promise.reject(new DOMException('no', 'SecurityError')) });
  const one = await new Tab(browser, { methods: { open: () => ({ storage: 'memory' }) } }).start();
  end(one);
});

test('where there are no locks the library opens without', async () => {
  const one = await new Tab(new Browser(), { shares: false }).start();
  assert.deepEqual(await one.session.call('list'), []);
  end(one);
});

test('a page that may start no worker says so, and leaves the library to others', async () => {
  const browser = new Browser();
  const locks = browser.locks({});
  const startWorker = () => {
    throw new DOMException('no', 'SecurityError');
  };
  const session = new Session({ startWorker, locks, openChannel: (name) => browser.open(name) });
  const told = new Promise((done) => session.addEventListener('state', ({ detail }) => detail.error && done(detail.error)));
  session.start();
  assert.match((await told).message, /window of its own/);
  end(await new Tab(browser).start());
});
