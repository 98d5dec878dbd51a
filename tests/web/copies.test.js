/** Copies and long work over the real core, as the worker runs them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { EngineClient } from '../../web/engine/client.js';
import { METHODS } from '../../web/engine/protocol.js';
import { serve } from '../../web/engine/serve.js';
import { isSteps, runSteps } from '../../web/engine/steps.js';
import { memoryStorage } from '../../web/engine/storage.js';
import { makeZip } from '../zip.js';
import { finish, RECORD, skip, startEngine } from './core.js';

const RECORDS = 200;
const CANCEL_MS = 100;

let storage, engine, client, ports;

beforeEach(async () => {
  if (skip) return;
  storage = memoryStorage('a test');
  engine = await startEngine(storage);
  ({ client, ports } = connect(engine));
  await client.call('open');
});

afterEach(() => {
  for (const port of ports ?? []) port.close();
});

/** What worker.js does, without its files. */
function connect(over) {
  const { port1, port2 } = new MessageChannel();
  const methods = METHODS.map((name) => [name, (params, control) => {
    const answer = over[name](params);
    return isSteps(answer) ? runSteps(answer, control) : answer;
  }]);
  serve(port2, Object.fromEntries(methods));
  return { client: new EngineClient(port1), ports: [port1, port2] };
}

/** A zip of so many records, no two alike. */
function manyRecords(count = RECORDS) {
  const files = Array.from({ length: count }, (_, n) => [
    `${n}.txt`,
    RECORD.replaceAll('Digital Archive', `Archive ${n}`).replaceAll('fleet', `fleet${n}`),
  ]);
  return makeZip(Object.fromEntries(files));
}

const turnsOf = (entries) => new Set(entries.map(({ turns }) => turns));

async function saved(options) {
  return new Uint8Array(await (await client.call('save', {}, options)).arrayBuffer());
}

const blobOf = (bytes) => new Blob([bytes]);

test('a search is answered while 200 records come in', { skip }, async () => {
  await client.call('add', { bytes: RECORD, name: 'first' });
  const seen = [];
  const importing = client.call('import', { bytes: manyRecords(), path: 'box.zip' }, {
    onProgress: ({ done, total }) => seen.push([done, total]),
  });
  let isDone = false;
  importing.then(() => (isDone = true));
  const { hits } = await client.call('search', { text: 'ambassador' });
  assert.ok(hits.length > 0);
  assert.equal(isDone, false);
  const outcomes = await importing;
  assert.equal(outcomes.length, RECORDS);
  assert.ok(outcomes.every(({ status }) => status === 'OK'));
  assert.deepEqual(seen.at(-1), [RECORDS, RECORDS]);
  assert.equal((await client.call('list')).length, RECORDS + 1);
});

test('an import that is stopped leaves whole records only, at once', { skip }, async () => {
  const stopping = new AbortController();
  let asked = 0;
  const importing = client.call('import', { bytes: manyRecords(), path: 'box.zip' }, {
    signal: stopping.signal,
    onProgress: ({ done }) => {
      if (done < 20 || asked) return;
      asked = performance.now();
      stopping.abort();
    },
  });
  await assert.rejects(importing, { name: 'AbortError' });
  const entries = await client.call('list');
  const took = performance.now() - asked;
  assert.ok(took < CANCEL_MS, `${took} ms`);
  assert.ok(entries.length >= 20 && entries.length < RECORDS, String(entries.length));
  assert.deepEqual([...turnsOf(entries)], [3]);
  assert.deepEqual(await client.call('list'), entries, 'and nothing comes after');
});

test('an import that is asked for again answers as it would have the first time', { skip }, async () => {
  const params = { bytes: manyRecords(9), path: 'box.zip' };
  const steps = engine.import(params, 'a-tab:1');
  for (let n = 0; n < 4; n++) steps.next(); // and then the worker is gone
  steps.return();
  const again = await finish(engine.import(params, 'a-tab:1'));
  assert.deepEqual(again.map(({ added }) => added), Array(9).fill('new'));
  assert.deepEqual(new Set(again.map(({ entry }) => entry.key)).size, 9);
  assert.equal(engine.list().length, 9);
  const other = await finish(engine.import(params, 'a-tab:2'));
  assert.deepEqual(other.map(({ added }) => added), Array(9).fill('same'));
});

test('all of a library is saved while it is used, and opens elsewhere', { skip }, async () => {
  await client.call('import', { bytes: manyRecords(), path: 'box.zip' });
  const saving = saved();
  const { key } = (await client.call('list'))[0];
  const note = await client.call('annotate', {
    document: key, startBlock: 4, startUtf16: 0, endBlock: 4, endUtf16: 9, colour: 1, note: 'Hm',
  });
  const bytes = await saving;
  assert.equal(Buffer.from(bytes.subarray(0, 15)).toString(), 'SQLite format 3');
  assert.equal((await client.call('care')).saved, undefined);
  await client.call('saved');
  const { saved: at, noted } = await client.call('care');
  assert.ok(at >= noted);

  const other = memoryStorage('another');
  const second = connect(await startEngine(other));
  ports.push(...second.ports);
  await second.client.call('open');
  const report = await second.client.call('receive', { file: blobOf(bytes) });
  assert.equal(report.records.new, RECORDS);
  assert.equal((await second.client.call('list')).length, 0, 'nothing has changed yet');
  await second.client.call('merge');
  assert.equal((await second.client.call('list')).length, RECORDS);
  assert.equal((await second.client.call('notes')).every(({ id }) => id === note.id), true);
  const again = await second.client.call('receive', { file: blobOf(bytes) });
  assert.deepEqual(again.records, { kept: RECORDS });
});

test('a save that is stopped leaves nothing, and the next one is whole', { skip }, async () => {
  await client.call('import', { bytes: manyRecords(), path: 'box.zip' });
  const stopping = new AbortController();
  stopping.abort();
  await assert.rejects(saved({ signal: stopping.signal }), { name: 'AbortError' });
  const later = new AbortController();
  const saving = saved({ signal: later.signal });
  later.abort();
  await assert.rejects(saving, { name: 'AbortError' });
  assert.ok((await saved()).length > 100_000);
});

test('a copy takes the place of the library, and gives it back', { skip }, async () => {
  await client.call('add', { bytes: RECORD, name: 'first' });
  const bytes = await saved();
  const before = await client.call('list');
  await client.call('remove', { name: before[0].key });
  await client.call('receive', { file: blobOf(bytes) });
  assert.equal((await client.call('replace')).undo, true);
  assert.deepEqual(await client.call('list'), before);
  await client.call('undoCopy');
  assert.deepEqual(await client.call('list'), []);
});

test('a copy that is stopped half way, or is none, changes nothing', { skip }, async () => {
  await client.call('import', { bytes: manyRecords(), path: 'box.zip' });
  const bytes = await saved();
  const before = await client.call('list');
  const stopping = new AbortController();
  const receiving = client.call('receive', { file: blobOf(bytes) }, {
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  });
  await assert.rejects(receiving, { name: 'AbortError' });
  for (const content of [bytes.slice(0, -8192), new Uint8Array(0), Buffer.from('no library'.repeat(99))]) {
    await assert.rejects(
      client.call('receive', { file: blobOf(content) }),
      (/** @type {any} */ e) => !['EBUG', 'ECLOSED'].includes(e.code) && !!e.message,
    );
    assert.equal(storage.canUndo, false);
  }
  assert.deepEqual(await client.call('list'), before);
});

test('three copies are kept beside a library, one a day, after changes', { skip }, async () => {
  storage.copies.keeps = true;
  let now = Date.now();
  const { now: realNow } = Date;
  const list = storage.copies.list.bind(storage.copies);
  storage.copies.list = async () => (await list()).sort((a, b) => b.time - a.time);
  Date.now = () => now;
  try {
    assert.deepEqual(await client.call('keepGeneration'), { kept: false }, 'of nothing');
    for (let day = 0; day < 5; day++) {
      await client.call('add', { bytes: RECORD.replaceAll('fleet', `fleet${day}`), name: `${day}` });
      now += 5_000;
      assert.deepEqual(await client.call('keepGeneration'), { kept: true });
      assert.deepEqual(await client.call('keepGeneration'), { kept: false }, 'the same day');
      now += 25 * 3_600_000;
      assert.deepEqual(await client.call('keepGeneration'), { kept: false }, 'no change');
    }
    const copies = await client.call('generations');
    assert.equal(copies.length, 3);
    const report = await client.call('receive', { generation: copies[0].name });
    assert.equal(report.sameLibrary, true);

    engine.care = () => ({ added: new Date(now).toISOString() });
    storage.copies.hasRoomFor = async () => false;
    assert.match((await client.call('keepGeneration')).words, /too little room/);
  } finally {
    Date.now = realNow;
  }
});

const native = fileURLToPath(new URL('../../build/native/capsa', import.meta.url));

test('the command line and the browser have one file, byte for byte', {
  skip: skip || (existsSync(native) ? false : 'make native first'),
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-copies-'));
  const at = (name) => join(folder, name);
  const capsa = (...words) => execFileSync(native, words, { encoding: 'utf8' });
  try {
    await client.call('add', { bytes: RECORD, name: 'first' });
    writeFileSync(at('browser.capsa'), await saved());
    assert.match(capsa('list', at('browser.capsa')), /Digital Archive/);
    writeFileSync(at('b.txt'), RECORD.replaceAll('fleet', 'army'));
    capsa('add', at('browser.capsa'), at('b.txt'));
    capsa('backup', at('browser.capsa'), at('native.capsa'));
    const bytes = readFileSync(at('native.capsa'));
    await client.call('receive', { file: blobOf(bytes) });
    await client.call('replace');
    const whole = await (await client.call('rescue')).arrayBuffer();
    assert.ok(Buffer.from(whole).equals(bytes));
    assert.equal((await client.call('list')).length, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
