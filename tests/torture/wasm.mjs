/**
 * wasm.mjs [--long | --stop] [--seed N] [--glue FILE] [--web FOLDER]
 *
 * The built core with its own glue (core/store/opfs.js) and the shell's files
 * (web/engine/storage/places.js) on a disk that loses its power, is left by a
 * killed worker, and fails. Judged as main.c does: all that was acknowledged
 * is there, and what was under way entirely or not at all; a page's digest
 * sees to it that nothing else is read. Prints a table and TAP.
 *
 *   --glue FILE    another opfs.js, put into the core in place of its own
 *   --web FOLDER   another web/, for mutants; see mutants.py
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

import { copyImage, Disk, random, Replay } from './disk.mjs';

const options = { long: false, stop: false, seed: 20261124, glue: '', web: 'web' };
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i].slice(2);
  const old = options[name];
  if (old === undefined) throw new Error(`no option --${name}`);
  options[name] = typeof old === 'boolean' ? true : process.argv[++i];
}
const from = (path) => import(pathToFileURL(resolve(path)).href);
const { Engine } = await from(`${options.web}/engine/engine.js`);
const { Storage, names } = await from(`${options.web}/engine/storage/places.js`);

// ---- the core

/** The functions of a glue, as emcc puts them into the core. */
function functionsOf(glue) {
  const library = {};
  const merge = (/** @type {any} */ _, /** @type {any} */ more) => Object.assign(library, more);
  new Function('mergeInto', 'LibraryManager', glue)(merge, { library: {} });
  return Object.entries(library)
    .filter(([name, value]) => typeof value === 'function' && !name.includes('__'))
    .map(([name, value]) => [name.startsWith('$') ? name.slice(1) : `_${name}`, String(value)]);
}

/** The core with another glue: its own functions get out of the way. */
function changedCore(text, glue) {
  for (const [name, body] of functionsOf(glue)) {
    const own = `function ${name}(`;
    if (!text.includes(own)) throw new Error(`the core has no ${name}`);
    text = text.replace(own, `${body.replace(/^function\s*\(/, own)};function own${name}(`);
  }
  return text;
}

async function loadCore() {
  globalThis.__dirname ??= '.'; // emcc 3.1.6 looks for it in Node
  if (!options.glue) return from('build/wasm/core.mjs');
  const folder = `build/mutants/core-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  const text = readFileSync('build/wasm/core.mjs', 'utf8');
  writeFileSync(`${folder}/core.mjs`, changedCore(text, readFileSync(options.glue, 'utf8')));
  return from(`${folder}/core.mjs`);
}

const { default: createCore } = await loadCore();
const wasmBinary = readFileSync('build/wasm/core.wasm');

/** A core whose files can be changed under it. */
async function startCore() {
  const files = { open: () => null };
  const core = await createCore({ capsaFiles: files, wasmBinary });
  return {
    /** @param {Disk} disk */
    engineOn(disk) {
      const storage = new Storage('opfs', '', disk.handles(names()));
      files.open = (name, create) => storage.files.open(name, create);
      return new Engine(core, storage);
    },
  };
}

const error = (/** @type {string} */ name) => Object.assign(new Error(name), { name });

// ---- what opfs.h promises, asked of the glue itself

/** The glue's functions, outside the core. @param {any} files */
function glueAlone(files) {
  const heap = new Uint8Array(256);
  const text = (ptr) => new TextDecoder().decode(heap.subarray(ptr, heap.indexOf(0, ptr)));
  const scope = { Module: { capsaFiles: files }, HEAPU8: heap, UTF8ToString: text };
  const library = {};
  const merge = (/** @type {any} */ _, /** @type {any} */ more) => Object.assign(library, more);
  const source = readFileSync(options.glue || 'core/store/opfs.js', 'utf8');
  new Function('mergeInto', 'LibraryManager', 'scope', `with (scope) { ${source} }`)(
    merge, { library: {} }, scope);
  for (const [name, value] of Object.entries(library)) {
    if (name.startsWith('$') && !name.includes('__')) scope[name.slice(1)] = value;
  }
  const glue = (name, ...values) => library[`capsa_js_${name}`](...values);
  return { heap, glue };
}

function promisesOfGlue() {
  const result = new Result('promises of the glue');
  const expect = (what, got, wanted) => {
    result.tried++;
    if (got !== wanted) result.blame('corrupt', `${what}: ${got}, not ${wanted}`);
  };
  const disk = new Disk();
  const handles = disk.handles(['a', 'b']);
  const refused = error('InvalidStateError');
  const { heap, glue } = glueAlone({
    open(name) {
      if (name === 'r') throw refused;
      return handles.get(name) ?? null;
    },
  });
  'abrm'.split('').forEach((letter, i) => heap.set([letter.charCodeAt(0), 0], 2 * i));
  const [a, b] = [glue('file_open', 0, 1), glue('file_open', 2, 0)];
  expect('open of a refused file', glue('file_open', 4, 1), -2);
  expect('open of no file', glue('file_open', 6, 0), -1);
  heap.set([1, 2, 3, 4, 5, 6, 7, 8], 32);
  expect('write', glue('file_write', b, 32, 8, 4), 0);
  expect('size', glue('file_size', b), 12);
  expect('the other file', glue('file_size', a), 0);
  expect('read', glue('file_read', b, 64, 6, 8), 4);
  expect('bytes', heap.subarray(64, 69).join(), '5,6,7,8,0');
  expect('truncate', glue('file_truncate', b, 5), 0);
  expect('size after it', glue('file_size', b), 5);
  const before = disk.log.length;
  expect('flush', glue('file_sync', b), 0);
  expect('flush, on the disk', disk.log.at(before)?.kind, 'flush');
  for (const [name, codes] of [['UnknownError', [-1, 778, 1546, 1034, -1]],
    ['QuotaExceededError', [-1, 13, 13, 13, -1]]]) {
    disk.fail = () => { throw error(name); };
    expect(`${name} in read`, glue('file_read', b, 64, 4, 0), codes[0]);
    expect(`${name} in write`, glue('file_write', b, 32, 4, 0), codes[1]);
    expect(`${name} in truncate`, glue('file_truncate', b, 0), codes[2]);
    expect(`${name} in flush`, glue('file_sync', b), codes[3]);
    expect(`${name} in size`, glue('file_size', b), codes[4]);
  }
  disk.fail = (what) => (what === 'write' ? 3 : undefined);
  expect('a short write', glue('file_write', b, 32, 8, 0), 13);
  disk.fail = () => {};
  handles.get('a').close = () => { throw refused; };
  expect('a close that fails', glue('file_close', a), 4106);
  expect('its number', glue('file_open', 2, 0), a);
  expect('close', glue('file_close', b), 0);
  expect('its number', glue('file_open', 2, 0), b);
  return result.report();
}

/** A library that comes in is whole on the disk before it is the current one. */
function promisesOfShell() {
  const result = new Result('promises of the shell');
  const expect = (what, good) => {
    result.tried++;
    if (!good) result.blame('corrupt', what);
  };
  const disk = new Disk();
  const handles = disk.handles(names());
  for (const name of ['library-1', 'library-1-journal', 'library-1-wal']) {
    handles.get(name).write(new Uint8Array(50), { at: 0 });
    handles.get(name).flush();
  }
  const storage = new Storage('opfs', '', handles);
  const from = disk.log.length;
  storage.beginReceive();
  storage.receive(new Uint8Array(9).fill(7));
  storage.endReceive();
  storage.swap();
  const log = disk.log.slice(from);
  const swap = log.findIndex(({ name }) => name === 'current');
  const replay = new Replay(new Map());
  for (const op of disk.log.slice(0, from + swap)) replay.step(op);
  const safe = (name) => replay.safe.get(name);
  expect('the copy is flushed first', safe('library-1').size === 9 && safe('library-1').bytes[0] === 7);
  expect('no journal is left', safe('library-1-journal').size + safe('library-1-wal').size === 0);
  expect('the other place is left alone', !log.some(({ name }) => name.startsWith('library-0')));
  expect('the swap is flushed', log.at(-1).kind === 'flush' && log.at(-1).name === 'current');
  expect('it is current', storage.path === 'library-1' && storage.bytes().length === 9);
  storage.files.open('library-0').flush();
  expect('a flush goes through', disk.log.at(-1).name === 'library-0');
  return result.report();
}

// ---- the work

const INK = `Talk about Ink

March 4, 1920

BLOT A.: The ink is thin, and tha t is so. We have no other ink.

QUILL CLARA: It is the cold, not that. And the hand is high- handed.
`;
const FLEET = '# Conversation about a fleet\n\nIt was late.\n\nNobody spoke of the *fleet*.\n';
const LONG = `# A long record\n\n${Array.from({ length: 120 }, (_, n) =>
  `Paragraph ${n} speaks of ship ${(n * 7919) % 1000} and of nothing else.\n\n`).join('')}`;

/** A copy comes in, beside the library. */
async function receive(engine, bytes) {
  const steps = engine.receive({ file: new Blob([bytes]) });
  while (!(await steps.next()).done);
}

let saved = new Uint8Array(0);

const keyOf = (engine, word) => engine.list().find(({ title }) => title.includes(word)).key;
const place = { startBlock: 1, startUtf16: 0, endBlock: 1, endUtf16: 5, colour: 1 };

const STEPS = [
  ['add a record', (e) => e.add({ bytes: INK, name: 'ink.txt' })],
  ['set a setting', (e) => e.setSetting({ name: 'place', value: 'ink:3' })],
  ['mark and note', (e) => e.annotate({ ...place, document: keyOf(e, 'Ink'), note: 'Why?' })],
  ['add a second record', (e) => e.add({ bytes: FLEET, name: 'fleet.md' })],
  ['undo a repair', (e) => e.undoRepair({ name: keyOf(e, 'Ink'), number: 1 })],
  ['change a note', (e) =>
    e.updateNote({ id: e.notes({})[0].id, colour: 3, note: 'n'.repeat(9000) })],
  ['add a long record', (e) => e.add({ bytes: LONG, name: 'long.md' })],
  ['remove a record', (e) => e.remove({ name: keyOf(e, 'fleet') })],
  ['remove a note', (e) => e.removeNote({ id: e.notes({})[0].id })],
  ['remove the long record', (e) => e.remove({ name: keyOf(e, 'long') })],
  ['forget a setting', (e) => e.setSetting({ name: 'place', value: '' })],
  ['open a copy', async (e) => {
    await receive(e, saved);
    e.replace();
  }],
  ['write in the copy', (e) => e.setSetting({ name: 'place', value: 'copy' })],
  ['back from the copy', (e) => e.undoCopy()],
  // So that the copy brings a record alone: each record, and the settings, are
  // a change of their own.
  ['set a setting that the copy has', (e) => e.setSetting({ name: 'place', value: 'ink:9' })],
  ['merge a copy', async (e) => {
    await receive(e, saved);
    for (const step of e.merge()) void step;
  }],
];
const SAVED_AFTER = 'add a second record';

/** All that a reader has, as text. */
function stateOf(engine) {
  const list = engine.list();
  return JSON.stringify([
    list,
    list.map(({ key }) => engine.export({ name: key, as: 'json' })),
    engine.notes({}),
    engine.setting({ name: 'place' }),
    engine.search({ text: 'ink' }).total,
  ]);
}

/** Run all steps, and note what was written when. */
async function makeHistory(core) {
  const disk = new Disk();
  const start = new Map();
  const engine = core.engineOn(disk);
  engine.open();
  const moments = [{ name: 'open', begun: 0, done: disk.log.length, state: stateOf(engine) }];
  const images = [copyImage(disk.image)];
  for (const [name, run] of STEPS) {
    const begun = disk.log.length;
    await run(engine);
    moments.push({ name, begun, done: disk.log.length, state: stateOf(engine) });
    images.push(copyImage(disk.image));
    if (name === SAVED_AFTER) saved = engine.rescue();
  }
  engine.close();
  return { start, log: disk.log, moments, images };
}

// ---- the judge

class Result {
  tried = 0;
  lost = 0;
  corrupt = 0;
  worst = 0;
  words = '';

  constructor(name) {
    this.name = name;
  }

  blame(what, words) {
    this[what]++;
    this.words ||= words;
  }

  get found() {
    return this.lost + this.corrupt;
  }

  report() {
    const columns = [this.tried, this.lost, this.corrupt, this.worst.toFixed(1)];
    const good = this.tried > 0 && !this.found;
    console.log(`# ${this.name.padEnd(28)} ${columns.map((c) => String(c).padStart(8)).join(' ')}`);
    if (this.words) console.log(`# ${this.words}`);
    console.log(`${good ? 'ok' : 'not ok'} - ${this.name}`);
    return good;
  }
}

function judge(core, history, image, first, last, where, result) {
  result.tried++;
  const engine = core.engineOn(new Disk(image));
  let state = '';
  try {
    const before = performance.now();
    engine.open();
    result.worst = Math.max(result.worst, performance.now() - before);
    state = stateOf(engine);
    engine.close();
  } catch (e) {
    engine.close();
    result.blame('corrupt', `${where}: ${e.code ?? e}`);
    return;
  }
  for (let i = first; i <= last; i++) if (history.moments[i].state === state) return;
  const as = history.moments.findLast((moment) => moment.state === state);
  result.blame('lost', `${where}: as after “${as?.name ?? 'nothing'}”`);
}

/** The moments that may be found when `ops` of the log have happened. */
function allowed({ moments }, ops) {
  let first = 0;
  while (first + 1 < moments.length && moments[first + 1].done <= ops) first++;
  const next = moments[first + 1];
  return [first, next && ops > next.begun ? first + 1 : first];
}

function cutAll(core, history) {
  const rnd = random(Number(options.seed));
  const cuts = new Result('power cuts, wasm');
  const kills = new Result('kills, wasm');
  const replay = new Replay(history.start);
  const wanted = options.long ? 10500 : 900;
  const ways = Math.ceil(wanted / history.log.length);
  const stride = Math.max(1, Math.floor(history.log.length / wanted));
  history.log.forEach((op, i) => {
    replay.step(op);
    if (options.stop && cuts.found + kills.found) return;
    if (i % stride && op.kind === 'write') return;
    const [first, last] = allowed(history, i + 1);
    const where = `after op ${i + 1} (${op.kind} of ${op.name})`;
    judge(core, history, copyImage(replay.now), first, last, `kill ${where}`, kills);
    for (let n = 0; n < ways; n++) {
      judge(core, history, replay.cut(rnd), first, last, `cut ${where}`, cuts);
    }
  });
  console.log(`# wasm: ${history.log.length} operations on the disk`);
  return [cuts.report(), kills.report()].every(Boolean);
}

// ---- faults: each call fails once, in each way

const FAULTS = [
  ['error', () => { throw error('UnknownError'); }],
  ['quota', (what) => {
    if (what === 'write' || what === 'truncate') throw error('QuotaExceededError');
  }],
  ['short', (what) => (what === 'read' || what === 'write' ? 100 : undefined)],
];

function tryFault(core, history, step, at, [how, act], result) {
  const disk = new Disk(copyImage(history.images[step]));
  const engine = core.engineOn(disk);
  engine.open();
  const [name, run] = STEPS[step];
  const begin = disk.calls;
  let met = '';
  disk.fail = (what, file) => {
    if (disk.calls - begin !== at + 1) return undefined;
    met = `${what} of ${file}`;
    return act(what);
  };
  let code = 'OK';
  try {
    run(engine);
  } catch (e) {
    code = e.code ?? String(e);
  }
  disk.fail = () => {};
  const calls = disk.calls - begin;
  engine.close();
  // An id and a time are new in every run, so of a step that was done only
  // what it is not is known.
  const where = `“${name}”, ${how} at ${met} (${code})`;
  const other = { ...history, moments: history.moments.slice() };
  if (code === 'OK') {
    result.tried++;
    const again = core.engineOn(new Disk(copyImage(disk.image)));
    again.open();
    if (stateOf(again) === history.moments[step].state) result.blame('lost', where);
    again.close();
  } else {
    judge(core, other, copyImage(disk.image), step, step, where, result);
  }
  return calls;
}

/** Steps that say what became of them; a copy that is opened has its own tests. */
const FAULTY = STEPS.map((_, i) => i).filter((i) => !STEPS[i][0].includes('copy'));

function failAll(core, history) {
  const result = new Result('faults, wasm');
  const stride = options.long ? 2 : 19;
  for (const step of FAULTY) {
    for (const fault of FAULTS) {
      for (let at = 0, calls = 1; at < calls; at += at + 6 < calls ? stride : 1) {
        calls = tryFault(core, history, step, at, fault, result);
        if (options.stop && result.found) return result.report();
      }
    }
  }
  return result.report();
}

console.log(`# wasm, seed ${options.seed}`);
console.log(`# ${''.padEnd(28)} ${['tried', 'lost', 'corrupt', 'worst ms'].map((w) => w.padStart(8)).join(' ')}`);
let good = promisesOfGlue();
good = promisesOfShell() && good;
if (good || !options.stop) {
  const core = await startCore();
  const history = await makeHistory(core);
  good = cutAll(core, history) && good;
  if (good || !options.stop) good = failAll(core, history) && good;
}
process.exitCode = good ? 0 : 1;
