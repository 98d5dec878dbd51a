/** Which storage the worker chooses, and how a library is exchanged. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MemoryHandle, memoryStorage, openStorage } from '../../web/engine/storage.js';
import { names, PIECE_BYTES, Storage } from '../../web/engine/storage/places.js';

/** A browser's folder whose files live in memory. */
function fakeFolder({ refuse = () => null } = {}) {
  const files = new Map();
  const opened = [];
  const folder = {
    getDirectoryHandle: async () => folder,
    isGone: false,
    getFileHandle: async (name) => folder.isGone ? Promise.reject(new DOMException('', 'NotFoundError')) : ({
      async createSyncAccessHandle() {
        const error = refuse(name);
        if (error) throw Object.assign(new Error(error), { name: error });
        if (!files.has(name)) files.set(name, new MemoryHandle());
        const handle = files.get(name);
        opened.push(name);
        handle.close = () => opened.splice(opened.indexOf(name), 1);
        return handle;
      },
    }),
  };
  return { files, opened, folder, getDirectory: async () => folder };
}

const bytes = (text) => new TextEncoder().encode(text);

test('files of the browser are used where there are such', async () => {
  const { getDirectory, opened } = fakeFolder();
  const storage = await openStorage({ getDirectory });
  assert.equal(storage.kind, 'opfs');
  assert.equal(opened.length, 7);
  assert.equal(storage.path, 'library-0');
});

for (const [lack, getDirectory] of [
  ['no navigator.storage', undefined],
  ['a refused folder', async () => Promise.reject(new DOMException('no', 'SecurityError'))],
  ['no sync handles', fakeFolder({ refuse: () => 'NotSupportedError' }).getDirectory],
]) {
  test(`${lack} means memory, with a reason`, async () => {
    const storage = await openStorage({ getDirectory });
    assert.equal(storage.kind, 'memory');
    assert.ok(storage.reason);
  });
}

test('handles that another worker holds are waited for', async () => {
  let held = 3;
  const { getDirectory, opened } = fakeFolder({
    refuse: (name) =>
      name === 'library-0-wal' && held-- > 0 ? 'NoModificationAllowedError' : null,
  });
  const waits = [];
  const storage = await openStorage({ getDirectory, wait: async (ms) => waits.push(ms) });
  assert.equal(storage.kind, 'opfs');
  assert.deepEqual(waits, [20, 50, 100]);
  assert.equal(opened.length, 7, 'handles of failed tries were closed');
});

test('handles that are never let go are a busy library, not an empty one', async () => {
  const { getDirectory, opened } = fakeFolder({ refuse: () => 'NoModificationAllowedError' });
  await assert.rejects(openStorage({ getDirectory, wait: async () => {} }), { code: 'EBUSY' });
  assert.equal(opened.length, 0);
});

test('files that were cleared under their handles are told of, and still read', async () => {
  const { getDirectory, folder } = fakeFolder();
  const storage = await openStorage({ getDirectory });
  const file = storage.files.open('library-0');
  file.write(bytes('kept'), { at: 0 });
  await storage.settle(storage.epoch);
  folder.isGone = true;
  await storage.settle(storage.epoch); // who only reads does not ask
  file.write(bytes('gone'), { at: 0 });
  await assert.rejects(storage.settle(storage.epoch), { code: 'ECLEARED', message: /save a copy/ });
  assert.deepEqual(storage.bytes(), bytes('gone'), 'a copy has it');
});

test('a handle that the browser closed means that the files are lost', async () => {
  const { getDirectory, files } = fakeFolder();
  const storage = await openStorage({ getDirectory });
  let lost = 0;
  storage.onlost = () => lost++;
  files.get('library-0').read = () => {
    throw new DOMException('', 'InvalidStateError');
  };
  assert.throws(() => storage.files.open('library-0').read(bytes('    '), { at: 0 }), { name: 'InvalidStateError' });
  assert.equal(lost, 1);
});

test('a file system that does not answer is asked again', async () => {
  const { getDirectory } = fakeFolder();
  let asked = 0;
  const first = () => (asked++ ? getDirectory() : new Promise(() => {}));
  const storage = await openStorage({ getDirectory: first, wait: async () => {} });
  assert.equal(storage.kind, 'opfs');
  assert.equal(asked, 2);
});

test('files that fail to open are an error, not an empty library in memory', async () => {
  const { getDirectory } = fakeFolder({ refuse: () => 'UnknownError' });
  await assert.rejects(openStorage({ getDirectory }), { code: 'EIO', message: /nothing in them was changed/ });
});

/** In two pieces. */
function receive(storage, content) {
  storage.beginReceive();
  storage.receive(content.subarray(0, 2));
  assert.equal(storage.canUndo, false, 'half a file is none');
  storage.receive(content.subarray(2));
  storage.endReceive();
}

test('a library that comes in leaves the old one beside it', () => {
  const storage = memoryStorage('test');
  storage.files.open('library-0').write(bytes('old'), { at: 0 });
  assert.equal(storage.canUndo, false);
  receive(storage, bytes('new'));
  storage.swap();
  assert.equal(storage.path, 'library-1');
  assert.deepEqual(storage.bytes(), bytes('new'));
  assert.equal(storage.canUndo, true);
  storage.swap();
  assert.deepEqual(storage.bytes(), bytes('old'));
});

test('a library that does not fit changes nothing', async () => {
  const { getDirectory, files } = fakeFolder();
  const storage = await openStorage({ getDirectory });
  storage.files.open('library-0').write(bytes('old'), { at: 0 });
  files.get('library-1').write = () => 0; // what Firefox does at its quota
  assert.throws(() => receive(storage, bytes('new')), { code: 'EFULL' });
  assert.deepEqual(storage.bytes(), bytes('old'));
  assert.equal(storage.canUndo, false);
});

test('a file in memory reads back what was written, and zeros between', () => {
  const handle = new MemoryHandle();
  handle.write(bytes('end'), { at: 100_000 });
  assert.equal(handle.getSize(), 100_003);
  handle.truncate(100_001);
  handle.truncate(100_003);
  const view = new Uint8Array(10);
  assert.equal(handle.read(view, { at: 100_000 }), 3);
  assert.deepEqual([...view.subarray(0, 4)], [101, 0, 0, 0]);
  assert.equal(handle.read(view, { at: 200_000 }), 0);
});

test('a library is given out as it lies there, and never read in one piece', () => {
  const storage = memoryStorage('test');
  const file = new MemoryHandle();
  file.write(new Uint8Array([7]), { at: 0 });
  file.write(new Uint8Array([9]), { at: 2 * PIECE_BYTES });
  let largest = 0;
  const read = (view, { at }) => {
    largest = Math.max(largest, view.length);
    return MemoryHandle.prototype.read.call(file, view, { at });
  };
  const handles = new Map(names().map((name) => [name, new MemoryHandle()]));
  handles.set(storage.path, Object.assign(file, { read }));
  const blob = new Storage('opfs', '', handles).blob();
  assert.equal(blob.size, 2 * PIECE_BYTES + 1);
  assert.equal(largest, PIECE_BYTES);
  return blob.slice(-1).arrayBuffer().then((end) => assert.deepEqual(new Uint8Array(end), new Uint8Array([9])));
});

const named = (name) => Object.assign(new Error(name), { name });

test('a frame that is refused all storage has its library in memory; a disk that fails is an error', async () => {
  const factory = (words) => ({
    databases: async () => [],
    open() {
      const request = {};
      const error = Object.assign(new Error(words), { name: 'UnknownError' });
      setTimeout(() => request.onerror(Object.assign(request, { error })));
      return request;
    },
  });
  const getDirectory = async () => Promise.reject(named('SecurityError'));
  const open = (words) => openStorage({ getDirectory, factory: factory(words) });
  const storage = await open('The user denied permission to access the database.');
  assert.equal(storage.kind, 'memory');
  assert.match(storage.reason, /refuses files to this window/);
  await assert.rejects(open('Internal error.'), { code: 'EIO' });
});
