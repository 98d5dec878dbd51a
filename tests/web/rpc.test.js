/** The page's client and the worker's server, over a channel of messages. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { EngineClient } from '../../web/engine/client.js';
import { EngineError } from '../../web/engine/protocol.js';
import { serve } from '../../web/engine/serve.js';

let page, worker, client;

beforeEach(() => {
  ({ port1: page, port2: worker } = new MessageChannel());
  client = new EngineClient(page);
});

afterEach(() => page.close());

test('answers reach their own call, whatever order they come in', async () => {
  const wait = {};
  serve(worker, { slow: () => new Promise((r) => (wait.done = r)), quick: () => 'q' });
  const slow = client.call('slow');
  assert.equal(await client.call('quick'), 'q');
  wait.done('s');
  assert.equal(await slow, 's');
});

test('an engine error keeps its code and its words', async () => {
  serve(worker, {
    add: () => {
      throw new EngineError('EEMPTY', 'it holds no text');
    },
  });
  await assert.rejects(client.call('add'), { code: 'EEMPTY', message: 'it holds no text' });
});

test('whatever else a method throws is called a bug', async () => {
  serve(worker, { add: () => null.x });
  await assert.rejects(client.call('add'), { code: 'EBUG', message: /null/ });
});

test('a message cannot call an inherited property', async () => {
  serve(worker, {});
  await assert.rejects(client.call('constructor'), { code: 'ENOSYS' });
});

test('a trap is not answered: it is for the page to start another worker', async () => {
  const trapped = new Promise((seen) => {
    serve(
      worker,
      {
        trap: () => {
          throw new WebAssembly.RuntimeError('unreachable');
        },
      },
      seen,
    );
  });
  const owed = client.call('trap');
  assert.ok((await trapped) instanceof WebAssembly.RuntimeError);
  client.close(new Error('core aborted'));
  await assert.rejects(owed, { code: 'ECLOSED' });
});

test('a dead worker rejects the calls it owed, and later ones', async () => {
  serve(worker, { never: () => new Promise(() => {}) });
  const owed = client.call('never');
  client.close(new Error('core aborted'));
  await assert.rejects(owed, (e) => e.code === 'ECLOSED' && e.cause.message === 'core aborted');
  await assert.rejects(client.call('never'), { code: 'ECLOSED' });
});

test('a client tells once that it is closed', () => {
  let times = 0;
  client.addEventListener('close', () => times++);
  client.close();
  client.close();
  assert.equal(times, 1);
});

test('an aborted call rejects at once and its answer is dropped', async () => {
  serve(worker, { echo: (x) => x });
  const stop = new AbortController();
  const call = client.call('echo', { n: 1 }, { signal: stop.signal });
  stop.abort();
  await assert.rejects(call, { name: 'AbortError' });
  assert.deepEqual(await client.call('echo', { n: 2 }), { n: 2 });
});

test('a call with a signal that was aborted before is not sent', async () => {
  let asked = 0;
  serve(worker, { count: () => ++asked });
  await assert.rejects(client.call('count', {}, { signal: AbortSignal.abort() }));
  assert.equal(await client.call('count'), 1);
});
