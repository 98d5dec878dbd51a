/** The library's files in IndexedDB: what was acknowledged is on the disk, what failed is nowhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { IndexedCopies } from '../../web/engine/storage/indexed-copies.js';
import { KeptHandle } from '../../web/engine/storage/indexed.js';
import { BLOCK_BYTES } from '../../web/engine/storage/memory.js';
import { MemoryHandle, openStorage } from '../../web/engine/storage.js';
import { RECORD, skip, startEngine } from './core.js';
import { FakeIndexedDB, FakeKeyRange } from './fake-indexeddb.js';

globalThis.IDBKeyRange ??= FakeKeyRange;

const bytes = (text) => new TextEncoder().encode(text);
const named = (name) => Object.assign(new Error(name), { name });
const noFiles = async () => Promise.reject(named('SecurityError'));

function textOf(handle) {
  const view = new Uint8Array(handle.getSize());
  handle.read(view, { at: 0 });
  return new TextDecoder().decode(view);
}

/** A browser without files whose IndexedDB is `disk`. */
async function start(disk) {
  const factory = new FakeIndexedDB(disk);
  return { factory, storage: await openStorage({ getDirectory: noFiles, factory }) };
}

test('without files the library is in IndexedDB, and the reason is told', async () => {
  const { storage } = await start();
  assert.equal(storage.kind, 'indexeddb');
  assert.match(storage.reason, /refuses files to this window/);
});

test('what was settled is there after a kill, what was not is not', async () => {
  const { factory, storage } = await start();
  const file = storage.files.open('library-0');
  file.write(bytes('kept'), { at: 3 * BLOCK_BYTES - 2 });
  await storage.settle(storage.epoch);
  file.write(bytes('lost'), { at: 0 });
  const { storage: again } = await start(factory.disk);
  const found = textOf(again.files.open('library-0'));
  assert.equal(found.slice(-4), 'kept');
  assert.equal(found.length, 3 * BLOCK_BYTES + 2);
  assert.equal(found[0], '\0');
});

test('one strict transaction for all files, and none where nothing changed', async () => {
  const { factory, storage } = await start();
  const before = factory.transactions;
  let durability;
  factory.refuse = (what, transaction) => ((durability = transaction?.durability), null);
  storage.files.open('library-0').write(bytes('a'), { at: 0 });
  storage.files.open('library-1').write(bytes('b'), { at: 0 });
  await storage.settle(storage.epoch);
  await storage.settle(storage.epoch);
  assert.equal(factory.transactions - before, 1);
  assert.equal(durability, 'strict');
});

test('a journal that came and went within a call never leaves memory', async () => {
  const { factory, storage } = await start();
  const journal = storage.files.open('library-0-journal');
  journal.write(bytes('x'.repeat(20_000)), { at: 0 });
  journal.truncate(0);
  await storage.settle(storage.epoch);
  assert.equal(factory.disk.stores.get('blocks').size, 0);
});

test('a truncated file loses its blocks on the disk too', async () => {
  const { factory, storage } = await start();
  const file = storage.files.open('library-0');
  file.write(new Uint8Array(3 * BLOCK_BYTES).fill(7), { at: 0 });
  await storage.settle(storage.epoch);
  file.truncate(BLOCK_BYTES + 1);
  await storage.settle(storage.epoch);
  assert.equal(factory.disk.stores.get('blocks').size, 2);
  file.truncate(2 * BLOCK_BYTES);
  await storage.settle(storage.epoch);
  const { storage: again } = await start(factory.disk);
  const found = textOf(again.files.open('library-0'));
  assert.equal(found.length, 2 * BLOCK_BYTES);
  assert.equal(found.lastIndexOf('\x07'), BLOCK_BYTES);
});

test('a full disk rejects the call, and memory is what the disk is', async () => {
  const { factory, storage } = await start();
  const file = storage.files.open('library-0');
  file.write(bytes('first'), { at: 0 });
  await storage.settle(storage.epoch);
  let reverted = 0;
  storage.onrevert = (revert) => (reverted++, revert());
  factory.refuse = () => named('QuotaExceededError');
  file.write(bytes('second'), { at: 0 });
  file.truncate(2);
  await assert.rejects(storage.settle(storage.epoch), { code: 'EFULL', message: /before it is safe/ });
  assert.equal(textOf(file), 'first');
  assert.equal(reverted, 1);
  factory.refuse = () => null;
  file.write(bytes('third'), { at: 0 });
  await storage.settle(storage.epoch);
  assert.equal(textOf((await start(factory.disk)).storage.files.open('library-0')), 'third');
});

test('what built on a call that failed fails with it', async () => {
  const { factory, storage } = await start();
  const file = storage.files.open('library-0');
  let failures = 1;
  factory.refuse = () => (failures-- > 0 ? named('QuotaExceededError') : null);
  file.write(bytes('one'), { at: 0 });
  const one = storage.settle(storage.epoch);
  const since = storage.epoch;
  await null; // the first is under way
  file.write(bytes('two'), { at: 3 });
  const two = storage.settle(since);
  await assert.rejects(one, { code: 'EFULL' });
  await assert.rejects(two, { code: 'EFULL' });
  assert.equal(file.getSize(), 0);
  await storage.settle(storage.epoch);
  assert.equal((await start(factory.disk)).storage.files.open('library-0').getSize(), 0);
});

test('any other failure means that the files are lost to this worker', async () => {
  const { factory, storage } = await start();
  let lost = 0;
  storage.onlost = () => lost++;
  storage.files.open('library-0').write(bytes('one'), { at: 0 });
  factory.refuse = () => named('UnknownError');
  await assert.rejects(storage.settle(storage.epoch), { code: 'EIO' });
  assert.equal(lost, 1);
});

test('a database that was cleared under the library is told of, and memory still has it', async () => {
  const { factory, storage } = await start();
  const file = storage.files.open('library-0');
  file.write(bytes('one'), { at: 0 });
  await storage.settle(storage.epoch);
  factory.database.onclose();
  await storage.settle(storage.epoch);
  file.write(bytes('two'), { at: 3 });
  await assert.rejects(storage.settle(storage.epoch), { code: 'ECLEARED' });
  assert.equal(textOf(file), 'onetwo', 'a copy has it');
});

test('a window that was overtaken writes nothing any more', async () => {
  const { factory, storage } = await start();
  let lost = 0;
  storage.onlost = () => lost++;
  const { storage: later } = await start(factory.disk);
  later.files.open('library-0').write(bytes('later'), { at: 0 });
  await later.settle(later.epoch);
  storage.files.open('library-0').write(bytes('older'), { at: 0 });
  await assert.rejects(storage.settle(storage.epoch), { code: 'EIO' });
  assert.equal(lost, 1);
  assert.equal(textOf((await start(factory.disk)).storage.files.open('library-0')), 'later');
});

for (const [name, refuses] of [['SecurityError', true], ['InvalidStateError', true], ['UnknownError', false]]) {
  test(`IndexedDB that says ${name} is ${refuses ? 'a lack' : 'an error, not an empty library'}`, async () => {
    const factory = new FakeIndexedDB();
    factory.refuse = (what) => (what === 'open' ? named(name) : null);
    const opened = openStorage({ getDirectory: noFiles, factory });
    if (refuses) assert.equal((await opened).kind, 'memory');
    else await assert.rejects(opened, { code: 'EIO', message: /nothing in them was changed/ });
  });
}

test('a library on a full disk still opens, to be read', async () => {
  const { factory, storage } = await start();
  storage.files.open('library-0').write(bytes('kept'), { at: 0 });
  await storage.settle(storage.epoch);
  const full = new FakeIndexedDB(factory.disk);
  full.refuse = (what) => (what === 'complete' ? named('QuotaExceededError') : null);
  const again = await openStorage({ getDirectory: noFiles, factory: full });
  assert.equal(textOf(again.files.open('library-0')), 'kept');
});

/** A browser that has learnt to give files. */
function fakeFiles(handles = new Map(), make = () => new MemoryHandle()) {
  const folder = {
    getDirectoryHandle: async () => folder,
    getFileHandle: async (name) => ({
      createSyncAccessHandle: async () => {
        if (!handles.has(name)) handles.set(name, make(name));
        return handles.get(name);
      },
    }),
  };
  return { handles, getDirectory: async () => folder };
}

async function withLibrary(text) {
  const { factory, storage } = await start();
  storage.beginReceive();
  storage.receive(bytes(text));
  storage.endReceive();
  storage.swap(); // place 1 is current
  await storage.settle(storage.epoch);
  return factory.disk;
}

test('a library moves from IndexedDB to files once there are such', async () => {
  const factory = new FakeIndexedDB(await withLibrary('moved'));
  const { getDirectory, handles } = fakeFiles();
  const storage = await openStorage({ getDirectory, factory });
  assert.equal(storage.kind, 'opfs');
  assert.equal(new TextDecoder().decode(storage.bytes()), 'moved');
  assert.equal(factory.disk.stores.size, 0, 'and is not left there');
  assert.equal(handles.get('current').getSize(), 1);
});

test('a move that was cut off is made again', async () => {
  const disk = await withLibrary('moved');
  const { getDirectory, handles } = fakeFiles();
  handles.set('current', new MemoryHandle()).get('current').write(new Uint8Array([2]), { at: 0 });
  handles.set('library-1', new MemoryHandle()).get('library-1').write(bytes('half'), { at: 0 });
  const storage = await openStorage({ getDirectory, factory: new FakeIndexedDB(disk) });
  assert.equal(new TextDecoder().decode(storage.bytes()), 'moved');
});

test('a library that files have no room for stays in IndexedDB', async () => {
  const disk = await withLibrary('stays');
  const { getDirectory, handles } = fakeFiles(new Map(), (name) => {
    const handle = new MemoryHandle();
    if (name === 'library-1') handle.write = () => 1; // what Firefox does at its quota
    return handle;
  });
  const storage = await openStorage({ getDirectory, factory: new FakeIndexedDB(disk) });
  assert.equal(storage.kind, 'indexeddb');
  assert.match(storage.reason, /too little room/);
  assert.equal(new TextDecoder().decode(storage.bytes()), 'stays');
  assert.ok([...handles.values()].every((handle) => handle.getSize() === 0));
});

test('files that hold a library are not written over by one in IndexedDB', async () => {
  const disk = await withLibrary('other');
  const { getDirectory, handles } = fakeFiles();
  handles.set('library-0', new MemoryHandle()).get('library-0').write(bytes('mine'), { at: 0 });
  const storage = await openStorage({ getDirectory, factory: new FakeIndexedDB(disk) });
  assert.equal(new TextDecoder().decode(storage.bytes()), 'mine');
});

test('a file goes back to what it was, whatever was done to it', () => {
  const seed = Number(process.env.SEED ?? 20260104);
  let state = seed;
  const random = (n) => (state = (state * 48271) % 2147483647) % n;
  for (let round = 0; round < 200; round++) {
    const handle = new KeptHandle();
    const change = () => {
      if (random(3)) {
        const view = new Uint8Array(random(3 * BLOCK_BYTES)).fill(1 + random(200));
        handle.write(view, { at: random(5 * BLOCK_BYTES) });
      } else handle.truncate(random(6 * BLOCK_BYTES));
    };
    for (let n = random(4); n > 0; n--) change();
    handle.take();
    const before = textOf(handle);
    for (let n = random(6); n > 0; n--) change();
    handle.revert(handle.take());
    assert.equal(textOf(handle), before, `seed ${seed}, round ${round}`);
  }
});

test('the core works on what IndexedDB gives back', { skip }, async () => {
  const { factory, storage } = await start();
  const engine = await startEngine(storage);
  engine.open();
  engine.add({ bytes: RECORD, name: 'record' });
  await storage.settle(storage.epoch);
  storage.onrevert = (revert) => (engine.close(), revert(), engine.open());
  factory.refuse = () => named('QuotaExceededError');
  const since = storage.epoch;
  engine.add({ bytes: RECORD.replaceAll('fleet', 'army'), name: 'other' });
  assert.equal(engine.list().length, 2);
  await assert.rejects(storage.settle(since), { code: 'EFULL' });
  assert.equal(engine.list().length, 1, 'what was not kept is not shown');
  factory.refuse = () => null;
  engine.add({ bytes: RECORD.replaceAll('fleet', 'navy'), name: 'third' });
  await storage.settle(storage.epoch);
  const { storage: again } = await start(factory.disk);
  const reopened = await startEngine(again);
  reopened.open();
  assert.equal(reopened.list().length, 2);
});

/** One copy more. @param {IndexedCopies} copies */
async function copyOf(copies, name, text) {
  await copies.begin();
  copies.lend().write(bytes(text), { at: 0 });
  await copies.finish(name);
}

test('copies beside the library are in IndexedDB too, whole or not at all', async (t) => {
  let now = 1_000;
  t.mock.method(Date, 'now', () => now);
  const disk = { stores: new Map() };
  const factory = new FakeIndexedDB(disk);
  const copies = new IndexedCopies(factory);
  await copyOf(copies, 'generation-1', 'one');
  now = 2_000;
  await copyOf(copies, 'generation-2', 'two');
  await copyOf(copies, 'export', 'for the reader');
  assert.equal(await (await copies.file('export')).text(), 'for the reader');

  factory.refuse = (what) => (what === 'complete' ? named('QuotaExceededError') : null);
  await assert.rejects(copyOf(copies, 'generation-1', 'half'), { name: 'QuotaExceededError' });
  const after = new IndexedCopies(new FakeIndexedDB(disk)); // the browser was started anew
  const size = 3;
  assert.deepEqual(await after.list(), [
    { name: 'generation-2', size, time: 2_000 },
    { name: 'generation-1', size, time: 1_000 },
  ]);
  assert.equal(await (await after.file('generation-1')).text(), 'one');
  await copyOf(after, 'generation-1', '1');
  assert.equal(await (await after.file('generation-1')).text(), '1');
  await after.remove('generation-2');
  assert.deepEqual((await after.list()).map(({ name }) => name), ['generation-1']);
  assert.equal((await after.file('generation-2')).size, 0);
});
