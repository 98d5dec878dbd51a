/** examiner.js, with the real core: what a file from outside may and may not do. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Examiner } from '../../web/engine/examiner.js';
import { Outsider } from '../../web/engine/outsider.js';
import { EXAMINER_METHODS } from '../../web/engine/protocol.js';
import { serve } from '../../web/engine/serve.js';
import { openOutside } from '../../web/engine/storage.js';
import { RECORD, finish, skip, startCore, startEngine } from './core.js';

const refuse = async () => {
  throw new ReferenceError('a test');
};

/** A worker in this thread; `methods` replaces some of its own. */
async function startWorker(methods = {}) {
  const outside = await openOutside(refuse);
  const engine = new Outsider(await startCore(outside.files), outside);
  const table = Object.fromEntries(EXAMINER_METHODS.map((name) => [name, (params) => engine[name](params)]));
  const { port1, port2 } = new MessageChannel();
  serve(port2, { ...table, end: () => outside.close(), ...methods });
  const worker = Object.assign(port1, {
    ended: false,
    onerror: null,
    terminate() {
      worker.ended = true;
      port1.close();
      port2.close();
    },
  });
  return worker;
}

async function savedLibrary() {
  const engine = await startEngine();
  engine.open();
  engine.add({ bytes: RECORD, name: 'record.txt' });
  const { key } = engine.list()[0];
  engine.annotate({ document: key, startBlock: 1, startUtf16: 0, endBlock: 1, endUtf16: 3, colour: 1, note: 'look' });
  const blob = await finish(engine.save({}));
  return new Uint8Array(await blob.arrayBuffer());
}

/** @param {Uint8Array} bytes */
async function takeOut(bytes, worker) {
  let got;
  const use = async (copy) => {
    assert.equal(worker.ended, false, 'what it gives is there while it is used');
    got = copy;
  };
  worker ??= await startWorker();
  try {
    const copied = await new Examiner(worker).takeOut(new Blob([bytes]), use);
    return { copied, got };
  } finally {
    assert.equal(worker.ended, true, 'the worker is thrown away, whatever came of it');
  }
}

test('a library comes out as it went in, written anew', { skip }, async () => {
  const { copied, got } = await takeOut(await savedLibrary());
  assert.equal(copied.documents, 1);
  assert.equal(copied.notes, 1);
  assert.equal(copied.left, undefined);

  const engine = await startEngine();
  engine.open();
  const report = await finish(engine.receive({ file: got }));
  assert.equal(report.records.new, 1);
  assert.equal(engine.replace().undo, true);
  assert.equal(engine.list().length, 1);
  assert.equal(engine.search({ text: 'fleet' }).total > 0, true);
  assert.equal(engine.notes({})[0].note, 'look');
});

test('a library of an older schema is brought along', { skip }, async () => {
  const old = readFileSync(new URL('../fixtures/library-1.capsa', import.meta.url));
  const { copied } = await takeOut(old);
  assert.equal(copied.documents, 3);
});

test('what is no library is said to be none, and the library is as it was', { skip }, async () => {
  const cases = [
    [new Uint8Array(0), 'ENOTFOUND'],
    [new TextEncoder().encode('Dear diary, '.repeat(50)), 'ENOLIBRARY'],
    [new Uint8Array(9000), 'ENOLIBRARY'],
    [(await savedLibrary()).slice(0, 5000), 'EFOREIGN'],
  ];
  for (const [bytes, code] of cases) {
    await assert.rejects(takeOut(bytes), (e) => {
      assert.equal(e.code, code, e.message);
      assert.match(e.message, /your library is as it was$/);
      return true;
    });
  }
});

test('a file that takes too long, or kills the worker, ends with a word', { skip }, async (t) => {
  t.mock.method(AbortSignal, 'timeout', () => AbortSignal.abort(new Error('late')));
  const slow = await startWorker({ examine: () => new Promise(() => {}) });
  await assert.rejects(takeOut(await savedLibrary(), slow), { code: 'ETIMEOUT' });
  t.mock.restoreAll();
  const dead = await startWorker({
    examine: () => {
      dead.onerror({ message: 'unreachable' });
      return new Promise(() => {});
    },
  });
  await assert.rejects(takeOut(await savedLibrary(), dead), /cannot be read: .* as it was$/);
});

test('a library with a trigger, made by another program, is refused', { skip }, async () => {
  const made = spawnSync('python3', ['-c', `
import sqlite3, sys, tempfile
data = sys.stdin.buffer.read()
with tempfile.NamedTemporaryFile() as f:
    f.write(data); f.flush()
    db = sqlite3.connect(f.name)
    db.execute("CREATE TRIGGER evil AFTER INSERT ON setting BEGIN DELETE FROM annotation; END")
    db.commit(); db.close()
    sys.stdout.buffer.write(open(f.name, 'rb').read())
`], { input: readFileSync(new URL('../fixtures/library-1.capsa', import.meta.url)) });
  assert.equal(made.status, 0, String(made.stderr));
  await assert.rejects(takeOut(made.stdout), (e) => {
    assert.equal(e.code, 'EFOREIGN');
    assert.match(e.message, /a part is there that Capsa does not make \(trigger “evil”\)/);
    return true;
  });
});
