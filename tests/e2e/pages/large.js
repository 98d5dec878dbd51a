/**
 * large.js -- a library of many megabytes: made, opened, searched, saved to a
 * file, and taken in again from that file, as a reader's page does it. Tells
 * each part of the work before and after; tests/torture/large.mjs measures the
 * browser meanwhile.
 *
 *   ?worker=URL      the built worker
 *   &megabytes=N     of the library's file
 *   &seed=N          of what is written
 */
import { Examiner } from '../source/engine/examiner.js';
import { EXAMINER } from '../source/engine/protocol.js';
import { Session } from '../source/engine/session.js';
import { dice, run, tell, until } from './tell.js';

const query = new URLSearchParams(location.search);
const BYTES = Number(query.get('megabytes')) * 2 ** 20;
const random = dice(Number(query.get('seed') ?? 1));

const OPENINGS = 9;
const QUERIES_OF_EACH = 10;
const TURNS = 60;

const session = new Session({
  startWorker: () => new Worker(query.get('worker') ?? '', { type: 'module' }),
  locks: navigator.locks,
  openChannel: (/** @type {string} */ name) => new BroadcastChannel(name),
});

/* ---- what it is made of: records of archives, in words nobody has read */

const SYLLABLES = 'ba ce di fo gu ha ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru'.split(' ');

/** The n-th word: common ones are short. @param {number} n */
function word(n) {
  let text = '';
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length];
  }
  return text;
}
const WORDS = Array.from({ length: 60_000 }, (_, n) => word(n));

/** As in a language: a few words are most of a text. */
function someWord() {
  const share = random(1_000_000) / 1_000_000;
  return WORDS[Math.floor(WORDS.length ** share) - 1];
}

function sentence() {
  const words = Array.from({ length: 8 + random(24) }, someWord).join(' ');
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** Some forty kilobytes. @param {number} n */
function record(n) {
  const turns = Array.from({ length: TURNS }, (_, turn) => {
    const speaker = turn % 2 ? 'BELLO' : 'ANDERS';
    return `${speaker}: ${Array.from({ length: 3 + random(4) }, sentence).join(' ')}`;
  });
  const day = `${1 + (n % 28)} May ${1900 + (n % 90)}`;
  return `A talk on harbour ${n}\n\n${day}\n\nOf the bell number${n}x.\n\n${turns.join('\n\n')}\n`;
}

/* ---- the parts of the work */

/** @param {string} name @param {() => Promise<any>} act */
async function part(name, act) {
  await tell('begins', { name });
  const from = performance.now();
  const detail = await act();
  const ms = performance.now() - from;
  await tell('ends', { name, ms, ...detail });
  return detail;
}

async function ready() {
  session.start();
  await until(() => session.state === 'ready' || session.state === 'failed', 'the library', 600_000);
  if (session.state === 'failed') throw new Error('it does not open');
}

/** Of the library's file, which grows while records come. */
async function usedBytes() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('capsa');
  return (await (await folder.getFileHandle('library-0')).getFile()).size;
}

async function make() {
  let records = 0;
  let text = 0;
  let slowest = 0;
  for (let size = 0; size < BYTES; size = await usedBytes()) {
    for (let n = 0; n < 20; n++, records++) {
      const bytes = new TextEncoder().encode(record(records));
      text += bytes.length;
      const from = performance.now();
      const [{ status, words }] = await session.call('import', { bytes, path: `harbour-${records}.txt` });
      if (status !== 'OK') throw new Error(words);
      slowest = Math.max(slowest, performance.now() - from);
    }
    if (records % 500 === 0) await tell('made', { records, size });
  }
  return { records, text, slowestMs: slowest };
}

/** Worker, program and library anew each time. */
async function openings() {
  const times = [];
  for (let n = 0; n < OPENINGS; n++) {
    session.rest();
    const from = performance.now();
    session.wake();
    await until(() => session.state === 'ready', 'the library');
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return { fastestMs: times[0], middleMs: times[OPENINGS >> 1], slowestMs: times[OPENINGS - 1] };
}

/** What the page asks before it shows something. */
async function firstView() {
  const list = await session.call('list');
  const { html } = await session.call('document', { name: list[0].key });
  return { records: list.length, html: html.length };
}

/** @param {number} records */
async function search(records) {
  const times = [];
  const asked = [
    () => ({ text: `number${random(records)}x` }), // in one record
    () => ({ text: WORDS[20_000 + random(40_000)] }), // rare
    () => ({ text: WORDS[100 + random(400)] }), // common
    () => ({ text: `${WORDS[random(50)]} ${WORDS[500 + random(2_000)]}` }),
    () => ({ text: WORDS[2_000 + random(20_000)].slice(0, 5), typing: true }),
  ];
  let none = 0;
  for (const ask of asked) {
    for (let n = 0; n < QUERIES_OF_EACH; n++) {
      const from = performance.now();
      const { total } = await session.call('search', ask());
      times.push(performance.now() - from);
      if (!total) none++;
    }
  }
  times.sort((a, b) => a - b);
  const { total } = await session.call('search', { text: `number${records - 1}x` });
  if (total !== 1) throw new Error(`the last record is found ${total} times`);
  return { middleMs: times[times.length >> 1], slowestMs: times.at(-1), none };
}

async function note() {
  const [{ key }] = await session.call('list');
  const mark = { document: key, startBlock: 1, startUtf16: 0, endBlock: 1, endUtf16: 3, colour: 1, note: 'kept' };
  await session.call('annotate', mark);
}

/** Other requests must be served meanwhile. @param {() => Promise<any>} work */
async function beside(work) {
  let isDone = false;
  let slowest = 0;
  const done = work().finally(() => (isDone = true));
  while (!isDone) {
    const from = performance.now();
    await session.call('setting', { name: 'look' });
    if (!isDone) slowest = Math.max(slowest, performance.now() - from);
    await new Promise((next) => setTimeout(next, 20));
  }
  return { result: await done, besideMs: slowest };
}

/** @param {Blob} blob  goes to the test as a stream */
async function send(blob) {
  const { ok } = await fetch('../keep', { method: 'POST', body: blob });
  if (!ok) throw new Error('the test does not take the file');
}

/** @type {Blob} */
let saved;

async function save() {
  const { result, besideMs } = await beside(() => session.call('save'));
  saved = result;
  return { bytes: saved.size, besideMs };
}

/** @type {any} */
let report;

/** Look at the file in a worker that is thrown away, and take in what it wrote. */
async function takeIn() {
  const examiner = new Examiner(new Worker(query.get('worker') ?? '', { type: 'module', name: EXAMINER }));
  let words = '';
  const say = (/** @type {string} */ now) => {
    const short = now.split(':')[0].replace(/\d.*/, '');
    if (short !== words) tell('says', now);
    words = short;
  };
  let besideMs = 0;
  let size = 0;
  await examiner.takeOut(saved, async (copy) => {
    size = copy.size;
    tell('says', 'Receiving it');
    ({ result: report, besideMs } = await beside(() => session.call('receive', { file: copy })));
  }, say);
  return { bytes: size, besideMs, kept: report.records.kept ?? 0, fresh: report.records.new ?? 0 };
}

run(async () => {
  await part('start', ready);
  await part('open, empty', openings);
  const { records } = await part('make', make);
  await part('open', openings);
  await part('list, read', firstView);
  await part('search', () => search(records));
  await note();
  await part('save', save);
  await part('send out', () => send(saved));
  await part('examine, take in', takeIn);
  await part('replace', () => session.call('replace').then(() => {}));
  const notes = await session.call('notes', {});
  if (notes.length !== 1) throw new Error(`${notes.length} notes in place of 1`);
  await part('open, restored', openings);
  await part('search, restored', () => search(records));
  await tell('finished', { records });
});
