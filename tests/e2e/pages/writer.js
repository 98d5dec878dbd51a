/**
 * writer.js -- opens the library and tells what is in it, then writes for ever
 * and tells each word before and after: the test kills the browser in between.
 *
 *   ?worker=URL    the built worker
 *   &seed=N        of what is written
 *   &kills=N       instead of writing for ever, end the worker alone N times
 *   &writes=N      stop after as many
 *   &indexed       files are refused, as in a private window of Firefox
 */
import { Session } from '../source/engine/session.js';
import { dice, run, tell, until } from './tell.js';

const query = new URLSearchParams(location.search);
const started = performance.now();
const random = dice(Number(query.get('seed') ?? 1));

/** @type {Worker[]} */
const workers = [];

/** The built worker; before its first line, where that is asked, no files. */
function startWorker() {
  const url = query.get('worker');
  const first = new URL('./no-files.js', location.href).href;
  const words = `import '${first}';\nimport '${url}';`;
  const both = URL.createObjectURL(new Blob([words], { type: 'text/javascript' }));
  const worker = new Worker(query.has('indexed') ? both : url, { type: 'module' });
  workers.push(worker);
  return worker;
}

const session = new Session({
  startWorker,
  locks: navigator.locks,
  channel: new BroadcastChannel('capsa-library'),
  openChannel: (/** @type {string} */ name) => new BroadcastChannel(name),
});
let info;
let failure;
session.addEventListener('state', ({ detail }) => {
  if (detail.info) info = detail.info;
  if (detail.error) failure = detail.error;
});

const RECORD = (n) => `A talk on harbour ${n}

4 May 1911

ANDERS: The bell ${n} is silent. It was taken down, and nobody was told of it.

BELLO: It was taken down ${n} times. Nobody was told.
`;

async function ready() {
  await until(() => session.state === 'ready' || session.state === 'failed', 'the library', 60_000);
  if (session.state === 'failed') throw failure;
}

const notes = async () => (await session.call('notes', {})).map(({ id, note }) => ({ id, note }));

async function holds() {
  return {
    notes: await notes(),
    records: (await session.call('list')).map(({ title }) => title),
    found: (await session.call('search', { text: 'bell' })).total,
  };
}

const bytesOf = (text) => new TextEncoder().encode(text);

async function addRecord(n) {
  const { entry } = await session.call('add', { bytes: bytesOf(RECORD(n)), name: `harbour-${n}` });
  return entry.key;
}

const mark = { startBlock: 1, startUtf16: 0, endBlock: 1, endUtf16: 5, colour: 0 };

/** One step: what it is about to do, the deed.
 * @param {{id: string, label: string}[]} kept @param {string} key */
function step(kept, key) {
  const label = `n${Date.now()}-${random(1e9)}`;
  const choice = random(20);
  if (choice === 0) return { what: 'record', label, act: () => addRecord(label) };
  if (choice < 3 && kept.length) {
    const [{ id, label: old }] = kept.splice(random(kept.length), 1);
    return { what: 'remove', label: old, act: () => session.call('removeNote', { id }) };
  }
  const act = async () => {
    const note = `${label} ${'x'.repeat(random(3) ? 40 : 6000)}`;
    const { id } = await session.call('annotate', { ...mark, document: key, note });
    kept.push({ id, label });
  };
  return { what: 'note', label, act };
}

async function write() {
  const key = await addRecord('of writing'); // again and again the same
  const kept = (await notes()).map(({ id, note }) => ({ id, label: note.split(' ')[0] }));
  for (let n = 0; n !== Number(query.get('writes') ?? -1); n++) {
    const { what, label, act } = step(kept, key);
    await tell('doing', { what, label });
    await act();
    await tell('done', { what, label });
  }
}

/** End the worker in the middle of a write, and look what the next one has. */
async function killWorkers(times) {
  const key = await addRecord('of writing');
  const sure = new Set();
  const seen = { kills: 0, acknowledged: 0, lost: 0, doubled: 0, slowest_ms: 0, during: 0 };
  for (let n = 0; n < times; n++) {
    for (let w = random(4); w >= 0; w--) await one();
    let isUnderWay = true;
    const last = one().catch(() => {}).finally(() => (isUnderWay = false));
    await new Promise((done) => setTimeout(done, random(12)));
    if (isUnderWay) seen.during++;
    const from = performance.now();
    const worker = workers.at(-1);
    worker.terminate();
    worker.onerror(new ErrorEvent('error', { message: 'killed' }));
    await last;
    if (session.state === 'failed') session.start(); // too many deaths for it
    await ready();
    seen.slowest_ms = Math.max(seen.slowest_ms, Math.round(performance.now() - from));
    seen.kills++;
    check(await notes());
  }
  await tell('killed', seen);

  async function one() {
    const label = `w${random(1e9)}-${performance.now()}`;
    await session.call('annotate', { ...mark, document: key, note: label });
    sure.add(label);
    seen.acknowledged++;
  }

  function check(found) {
    const texts = found.map(({ note }) => note);
    for (const label of sure) if (!texts.includes(label)) seen.lost++;
    if (new Set(texts).size !== texts.length) seen.doubled++;
  }
}

run(async () => {
  session.start();
  await ready();
  const ms = Math.round(performance.now() - started);
  await tell('saved', new Uint8Array(await (await session.call('save')).arrayBuffer()));
  await tell('opened', { storage: info.storage, reason: info.reason, ms, ...(await holds()) });
  if (query.has('kills')) await killWorkers(Number(query.get('kills')));
  else await write();
  await tell('saved', new Uint8Array(await (await session.call('save')).arrayBuffer()));
  await tell('ended', await holds());
});
