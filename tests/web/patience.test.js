/** patience.js and deaths.js: how long a silent worker is waited for, and when no other is started. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EngineClient } from '../../web/engine/client.js';
import { Deaths } from '../../web/engine/deaths.js';
import { Patience } from '../../web/engine/patience.js';
import { serve } from '../../web/engine/serve.js';
import { until } from './simulated.js';

/** One that has heard as many answers, each after such a silence. */
function known(silentMs, answers = 10) {
  const patience = new Patience();
  for (let n = 0; n < answers; n++) patience.heard(silentMs);
  return patience;
}

test('of an unknown worker nothing is asked too soon', () => {
  assert.equal(new Patience().quickMs, 4_000);
  assert.equal(known(1, 9).quickMs, 4_000);
});

test('a fast one that is silent is given up after half a second, a slow one after its own time', () => {
  assert.equal(known(1).quickMs, 500);
  assert.equal(known(300).quickMs, 1_500);
  assert.equal(known(5_000).quickMs, 4_000);
});

test('one slow answer is remembered, and fades', () => {
  const patience = known(1);
  patience.heard(400);
  assert.equal(patience.quickMs, 2_000);
  for (let n = 0; n < 300; n++) patience.heard(1);
  assert.equal(patience.quickMs, 500);
});

test('after one that hung the next has twice the time, until it is known', () => {
  const patience = known(1);
  patience.lost();
  patience.lost();
  assert.equal(patience.quickMs, 2_000);
  for (let n = 0; n < 10; n++) patience.heard(1);
  assert.equal(patience.quickMs, 500);
});

test('a known worker that hangs is ended within a second, though the page has other long work behind it', async () => {
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1);
  serve(port2, { list: () => 1 });
  for (let n = 0; n < 12; n++) await client.call('list');
  port2.onmessage = null;
  const since = performance.now();
  await assert.rejects(client.call('list'), { code: 'ECLOSED' });
  assert.ok(client.isHung);
  assert.ok(performance.now() - since < 1_000, `${performance.now() - since}`);
  port1.close();
});

test('who waits for a long work that was stopped waits as long as for it', async () => {
  const { port1, port2 } = new MessageChannel();
  const client = new EngineClient(port1);
  serve(port2, { list: () => 1 });
  for (let n = 0; n < 12; n++) await client.call('list');
  port2.onmessage = null;
  const stop = new AbortController();
  client.call('import', {}, { signal: stop.signal }).catch(() => {});
  stop.abort();
  client.call('list').catch(() => {});
  const end = performance.now() + 1_200;
  await until(() => performance.now() > end, 'later');
  assert.ok(!client.isHung, 'the record that it reads may be large');
  client.close();
  port1.close();
});

test('four deaths within a minute are too many, but not when the work went on between', () => {
  const deaths = new Deaths();
  assert.deepEqual([1, 2, 3, 4].map(() => deaths.areTooMany()), [false, false, false, true]);
  for (let n = 0; n < 8; n++) {
    assert.equal(deaths.areTooMany(), false);
    for (let k = 0; k < 20; k++) deaths.answered();
  }
});
