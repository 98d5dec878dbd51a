/** The engine over the real core: what crosses the boundary, and back. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { memoryStorage } from '../../web/engine/storage.js';
import { makeZip } from '../zip.js';
import { finish, RECORD, skip, startEngine } from './core.js';

let engine, storage;

beforeEach(async () => {
  if (skip) return;
  storage = memoryStorage('a test');
  engine = await startEngine(storage);
  engine.open();
});

const add = (bytes = RECORD) => engine.add({ bytes, name: 'record' }).entry;

test('what is opened is told: version, storage, and why', { skip }, () => {
  const opened = engine.open();
  assert.match(opened.version, /^\d+\.\d+\.\d+$/);
  assert.equal(opened.storage, 'memory');
  assert.equal(opened.reason, 'a test');
});

test('a record is added once, read and listed', { skip }, () => {
  const entry = add();
  assert.equal(engine.add({ bytes: RECORD, name: 'record' }).added, 'same');
  assert.deepEqual(engine.list(), [entry]);
  const reading = engine.document({ name: entry.key });
  assert.equal(reading.entry.key, entry.key);
  assert.match(reading.html, /data-block="1"/);
  assert.equal(reading.head.metadata.title, entry.title);
});

test('a change that is asked for twice is made once, and answered twice', { skip }, () => {
  const { key } = add();
  const mark = {
    document: key, startBlock: 2, startUtf16: 0, endBlock: 2, endUtf16: 4, colour: 0, note: 'é',
  };
  const note = engine.once('tab:1', () => engine.annotate(mark));
  assert.deepEqual(engine.once('tab:1', () => assert.fail('made again')), note);
  const gone = () => engine.removeNote({ id: note.id });
  assert.equal(engine.once('tab:2', gone), undefined);
  assert.equal(engine.once('tab:2', () => assert.fail('made again')), undefined);
  assert.throws(() => engine.once('tab:3', () => engine.removeNote({ id: 'none' })), { code: 'ENOTFOUND' });
  engine.once('tab:3', () => engine.restoreNote({ id: note.id }));
  assert.deepEqual(engine.notes({}).map(({ id }) => id), [note.id]);
});

/* Of 1 MB: paragraphs, and turns of several blocks with lists. */
function longRecord() {
  const words = 'The joint fleet is a misunderstanding, and nobody proposed a joint fleet. '.repeat(4);
  const turn = (/** @type {number} */ i) => `**${i % 2 ? 'ANDERS' : 'BELLO'}:** ${i}. ${words}\n\n- ${words}\n- ${words}\n`;
  return `# A long talk\n\n${Array.from({ length: 1000 }, (_, i) => turn(i)).join('\n')}`;
}

test('a long record is read in parts, whatever else is asked for meanwhile', { skip }, () => {
  const { key, edition } = add(longRecord());
  const other = add();
  const reading = engine.document({ name: key });
  assert.ok(reading.html.length < 128 * 1024, `${reading.html.length}`);
  const parts = [reading.html];
  for (let { next } = reading; next; ) {
    assert.match(parts.at(-1), new RegExp(`data-block="${next - 1}"`));
    if (parts.length === 2) engine.document({ name: other.key });
    engine.notes({ document: key });
    const part = engine.documentPart({ name: key, edition, from: next });
    assert.ok(part.next === 0 || part.next > next);
    assert.ok(part.html.length < 320 * 1024, `${part.html.length}`);
    parts.push(part.html);
    ({ next } = part);
  }
  const blocks = parts.flatMap((html) => [...html.matchAll(/ data-block="(\d+)"/g)].map((m) => Number(m[1])));
  assert.deepEqual(blocks, Array.from({ length: blocks.length }, (_, i) => i + 1));
  assert.ok(parts.length > 3, `${parts.length} parts`);
});

test('parts are of one text: where the record has another, or is gone, it is said', { skip }, () => {
  const { key, edition } = add(longRecord());
  const { next } = engine.document({ name: key });
  engine.add({ bytes: longRecord().replace('0. The', '0. That'), name: 'record' });
  const code = 'ENOTFOUND';
  const part = (/** @type {object} */ change) => () =>
    engine.documentPart({ name: key, edition, from: next, ...change });
  const [now] = engine.list().filter((/** @type {any} */ e) => e.key === key && !e.superseded);
  assert.notEqual(now.edition, edition);
  assert.throws(part({}), { code });
  assert.equal(typeof part({ edition: now.edition })().html, 'string');
  assert.throws(part({ edition: '0'.repeat(64) }), { code });
  assert.throws(part({ edition: now.edition, from: 1e6 }), { code: 'EINVAL' });
  assert.throws(part({ edition: now.edition, from: 0 }), { code: 'EINVAL' });
  engine.remove({ name: key });
  assert.throws(part({ name: `${key}x` }), { code });
});

test('each file in a zip has an outcome of its own', { skip }, async () => {
  const bytes = makeZip({
    'one.txt': RECORD,
    'photo.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    '../out.txt': 'Away',
    'empty.txt': '  ',
    'twice/one.txt': RECORD,
  });
  const outcomes = await finish(engine.import({ bytes, path: 'box.zip' }));
  assert.deepEqual(
    outcomes.map(({ path, status, added }) => [path, status, added]),
    [
      ['one.txt', 'OK', 'new'],
      ['photo.png', 'EBINARY', undefined],
      ['../out.txt', 'EINVAL', undefined],
      ['empty.txt', 'EEMPTY', undefined],
      ['twice/one.txt', 'OK', 'same'],
    ],
  );
  assert.match(outcomes[1].words, /picture/);
  assert.equal(outcomes[0].entry.key, engine.list()[0].key);
});

test('a file of a folder may be passed over by its path alone', { skip }, async () => {
  const bytes = Buffer.from(RECORD);
  const [hidden] = await finish(engine.import({ bytes, path: 'box/.git/config', inFolder: true }));
  assert.deepEqual([hidden.status, hidden.words], ['EBINARY', 'it is hidden']);
  const [alone] = await finish(engine.import({ bytes, path: '.record.txt' }));
  assert.equal(alone.added, 'new');
});

test('what reading noticed is counted, and told when asked for', { skip }, async () => {
  const bytes = Buffer.from(`${RECORD}\nBELLO: We had tha t fleet, that one, and that was [odno\n\nANDERS: Yes.\n`);
  const [{ entry, remarks }] = await finish(engine.import({ bytes, path: 'record.txt' }));
  assert.equal(remarks.repair, 1);
  assert.equal(remarks.warning, 1);
  const told = engine.remarks({ name: entry.key });
  assert.deepEqual(told.map(({ kind }) => kind).slice(0, 2), ['warning', 'repair']);
  const repair = told.find(({ kind }) => kind === 'repair');
  assert.deepEqual([repair.original, repair.text], ['tha t', 'that']);
  assert.equal(repair.before + repair.text, 'We had that');
});

test('an error has the core’s name and the core’s words', { skip }, () => {
  assert.throws(() => engine.add({ bytes: '  \n', name: 'nothing' }), {
    code: 'EEMPTY',
    message: /no text/,
  });
  assert.throws(() => engine.add({ bytes: new Uint8Array(2000), name: 'zeros' }), {
    code: 'EBINARY',
  });
  assert.throws(() => engine.document({ name: 'nowhere' }), { code: 'ENOTFOUND' });
  assert.throws(() => engine.add({ bytes: 'x', name: 'x', format: 'docx' }), { code: 'EINVAL' });
});

test('hits count UTF-16 units of the block’s text', { skip }, () => {
  const { key } = add(RECORD.replace('Nobody', '𝔐𝔐 Nobody'));
  const { hits, total } = engine.search({ text: 'nobody', document: key });
  assert.equal(total, 1);
  const [{ startUtf16, endUtf16 }] = hits[0].matches;
  const { blocks } = JSON.parse(engine.export({ name: key, as: 'json' }));
  const { text } = blocks.find(({ number }) => number === hits[0].block);
  assert.equal(text.slice(startUtf16, endUtf16), 'Nobody');
});

test('a note is made, changed, removed, restored and listed', { skip }, () => {
  const { key } = add();
  const { hits } = engine.search({ text: 'ambassador', document: key });
  const { block, matches } = hits[0];
  const { startUtf16, endUtf16 } = matches[0];
  const mark = { document: key, startBlock: block, startUtf16, endBlock: block, endUtf16 };
  const made = engine.annotate({ ...mark, colour: 2, note: 'who?' });
  assert.equal(made.quote, 'ambassador');
  engine.updateNote({ id: made.id, colour: 4, note: 'Iudin' });
  const [note] = engine.notes({ document: key });
  assert.deepEqual([note.colour, note.note, note.startBlock], [4, 'Iudin', block]);
  engine.removeNote({ id: made.id });
  assert.deepEqual(engine.notes({}), []);
  engine.restoreNote({ id: made.id });
  assert.equal(engine.notes({}).length, 1);
});

test('an answer larger than the memory so far comes over whole', { skip }, () => {
  const many = Array.from({ length: 40_000 }, (_, n) => `ANDERS: Sentence number ${n} of a long talk.\n`);
  const { key } = add(`${RECORD}\n${many.join('\n')}`);
  const text = engine.export({ name: key, as: 'text' });
  assert.match(text, /Sentence number 39999 of a long talk/);
});

test('a trap is a RuntimeError, which kills the worker', { skip }, async () => {
  add();
  const { serve } = await import('../../web/engine/serve.js');
  const methods = {
    trap: () => WebAssembly.instantiate(TRAP).then(({ instance }) => instance.exports.trap()),
  };
  const { port1, port2 } = new MessageChannel();
  const trapped = new Promise((seen) => serve(port2, methods, seen));
  port1.postMessage({ id: 1, method: 'trap' });
  assert.ok((await trapped) instanceof WebAssembly.RuntimeError);
  port1.close();
});

/** (module (func (export "trap") unreachable)) */
const TRAP = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0,
  10, 5, 1, 3, 0, 0, 11,
]);
