/** A library of an older Capsa, in the real core: copied before it is brought along. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { memoryStorage } from '../../web/engine/storage.js';
import { finish, skip, startEngine } from './core.js';

const OLD = readFileSync(new URL('../fixtures/library-2.capsa', import.meta.url));
const DAY_MS = 24 * 3_600_000;
const AT_SCHEMA = 63; // its last byte, in the header of a database

/** A place that keeps copies, with an old library in it. */
function oldPlace(bytes = OLD) {
  const storage = memoryStorage('a test');
  storage.copies.keeps = true;
  storage.files.open(storage.path).write(new Uint8Array(bytes), { at: 0 });
  return storage;
}

const bytesOf = async (blob) => Buffer.from(await blob.arrayBuffer());

test('an older library is brought along, and kept as it was', { skip }, async () => {
  const storage = oldPlace();
  const engine = await startEngine(storage);
  await finish(engine.start());
  assert.equal(engine.list().length, 3);
  assert.equal(engine.notes({}).length, 2);
  assert.ok(storage.bytes()[AT_SCHEMA] > 2);

  const [{ name }] = await engine.generations();
  assert.equal(name, 'before-2');
  const kept = await bytesOf(await storage.copies.file(name));
  assert.equal(kept[AT_SCHEMA], 2);
  assert.equal(kept.length, OLD.length);
});

test('the copy goes when the library was opened again on another day', { skip }, async (t) => {
  const storage = oldPlace();
  await finish((await startEngine(storage)).start());
  const again = await startEngine(storage);
  await finish(again.start());
  assert.equal((await again.generations()).length, 1, 'on the same day it stays');
  const now = Date.now();
  t.mock.method(Date, 'now', () => now + DAY_MS + 1);
  const later = await startEngine(storage);
  await finish(later.start());
  assert.equal((await later.generations()).length, 0);
});

test('without room for the copy nothing is changed, and the reader hears why', { skip }, async () => {
  const storage = oldPlace();
  const engine = await startEngine(storage);
  const lend = storage.copies.lend.bind(storage.copies);
  storage.copies.lend = () => ({
    ...lend(),
    write() {
      throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    },
  });
  await assert.rejects(finish(engine.start()), (e) => {
    assert.equal(e.code, 'EFULL');
    assert.match(e.message, /no room for the copy .* make room and try again/);
    return true;
  });
  assert.ok(Buffer.from(storage.bytes()).equals(OLD));
  assert.deepEqual(await storage.copies.list(), []);
});

test('what is not an older library of ours is opened as it always was', { skip }, async () => {
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode('Dear diary, '.repeat(900))]) {
    const storage = oldPlace(bytes);
    const engine = await startEngine(storage);
    if (bytes.length) await assert.rejects(finish(engine.start()), { code: 'ENOLIBRARY' });
    else assert.equal((await finish(engine.start())).readOnly, '');
    assert.deepEqual(await storage.copies.list(), []);
  }
});

test('a newer library is opened to be read, and says so', { skip }, async () => {
  const storage = oldPlace();
  await finish((await startEngine(storage)).start());
  storage.files.open(storage.path).write(new Uint8Array([99]), { at: AT_SCHEMA });
  const engine = await startEngine(storage);
  const { readOnly } = await finish(engine.start());
  assert.match(readOnly, /a newer Capsa made this library/);
  assert.equal(engine.list().length, 3);
  assert.throws(() => engine.setSetting({ name: 'look', value: 'x' }), { code: 'EREADONLY' });
});
