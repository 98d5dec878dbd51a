/** main.js -- the only file that knows all parts: wires, nothing else. */
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/reading.css';

import workerUrl from './engine/worker.js?worker&url';

import './about/about.js';
import './about/keys.js';
import './app/bar.js';
import { describe, rescue } from './app/copies.js';
import { addSamples } from './app/first-start.js';
import { Kept } from './app/kept.js';
import { keepLook, keptLook, showLook } from './app/look.js';
import './app/more.js';
import './app/notices.js';
import './app/reminder.js';
import './cite/cite.js';
import { Examiner } from './engine/examiner.js';
import { EXAMINER } from './engine/protocol.js';
import { Session } from './engine/session.js';
import './library/library.js';
import { formatAddress, parseAddress } from './lib/address.js';
import { copy } from './lib/clipboard.js';
import { sentence } from './lib/element.js';
import { listenToKeys } from './lib/keys.js';
import { askToPersist, isNews } from './lib/persist.js';
import './lib/toast.js';
import { scriptUrl } from './lib/trusted.js';
import { watchForUpdates } from './lib/updates.js';
import './notes/editor.js';
import './notes/notes.js';
import './reader/panel.js';
import './reader/reader.js';
import { addDeclaration } from './samples/declaration.js';
import './search/search.js';

/** @param {string} name @returns {any} */
const part = (name) => document.querySelector(name);
const [bar, notices, toasts, main] = ['capsa-bar', 'capsa-notices', 'x-toasts', '#main'].map(part);
const [cite, editor, more, keys] = ['capsa-cite', 'capsa-note-editor', 'capsa-more', 'capsa-keys'].map(part);
const [copies, reminder] = ['capsa-copies', 'capsa-reminder'].map(part);
const places = /** @type {Record<string, any>} */ ({
  library: part('capsa-library'),
  reader: part('capsa-reader'),
  search: part('capsa-search'),
  notes: part('capsa-notes'),
  about: part('capsa-about'),
  nowhere: part('#nowhere'),
});

const session = new Session({
  startWorker: () => new Worker(scriptUrl(workerUrl), { type: 'module' }),
  locks: navigator.locks,
  openChannel: (name) => new BroadcastChannel(name),
});
for (const element of [...Object.values(places), cite, editor, copies, reminder]) element.engine = session;

/** For a file from outside. */
copies.startExaminer = () =>
  new Examiner(new Worker(scriptUrl(workerUrl), { type: 'module', name: EXAMINER }));

const kept = new Kept(session);

/* ---- the places */

/** Where each list was scrolled to when it was left. */
const left = new Map();
let place = '';
let isFirst = true;

async function route() {
  const address = parseAddress(location.hash);
  if (place) left.set(place, scrollY);
  if (place === 'reader') places.reader.keepPosition();
  const isNew = place !== address.place;
  ({ place } = address);
  bar.place = place;
  bar.document = address.document ?? '';
  for (const [name, element] of Object.entries(places)) element.hidden = name !== place;
  if (isNew) document.title = 'Capsa';
  await enter(address);
  if (isNew && place !== 'reader') scrollTo(0, left.get(place) ?? 0);
  if (isNew && !isFirst && !address.turn) focusHeading(places[place]);
  isFirst = false;
}

/** @param {import('./lib/address.js').Address} address */
async function enter(address) {
  const element = places[address.place];
  if (address.place === 'search') {
    element.query = address.query ?? element.query;
    await element.updateComplete;
    return;
  }
  if (address.place === 'notes') element.document = address.document ?? '';
  if (address.place === 'reader') return element.show(address);
  await element.refresh?.();
}

/** @param {HTMLElement} element */
function focusHeading(element) {
  if (element === places.search) return places.search.focusBox();
  element.querySelector('h1')?.focus({ preventScroll: true });
}

addEventListener('hashchange', () => {
  if (location.hash !== '#main' && session.state === 'ready') route();
});

/* ---- the library */

/** What can wait until the reader reads. */
const LOOK_AFTER_MS = 3_000;

/** Is this library on the screen? When its worker or its tab was replaced,
 * nobody needs to be disturbed. */
let isShown = false;

session.addEventListener('state', async (event) => {
  const { state, info, error, progress } = /** @type {CustomEvent} */ (event).detail;
  Object.assign(notices, { state, info, error, progress, isShown });
  document.body.dataset.state = state;
  main.hidden = bar.hidden = notices.stops;
  if (notices.stops) isShown = false;
  if (state !== 'ready') return;
  places.about.opened = info;
  if (isShown) return;
  isShown = true;
  try {
    await followLook();
    if (info.storage !== 'memory') notices.missed = await kept.look();
    if (notices.missed) document.dispatchEvent(new CustomEvent('evicted', { detail: notices.missed }));
    await addSamples(session);
  } catch (e) {
    say({ text: sentence(e) });
  }
  places.reader.reset();
  await route();
  document.body.dataset.shown = place;
  setTimeout(lookAfter, LOOK_AFTER_MS);
});

/** Another tab changed something: what is shown here follows. */
session.addEventListener('changed', async (event) => {
  const { what, name, isOwn } = /** @type {CustomEvent} */ (event).detail;
  if (what === 'library') {
    isShown = false; // `ready` comes behind it
    if (!isOwn) location.hash = '#/';
  }
  if (isOwn || session.state !== 'ready') return;
  if (what === 'documents') await places[place].refresh?.(name);
  else if (what === 'notes') await (places[place].refreshNotes ?? places[place].refresh)?.call(places[place]);
  else if (what === 'settings' && name === 'look') await followLook();
});

async function followLook() {
  more.look = await keptLook(session);
  showLook(more.look);
}

session.addEventListener('newer', () =>
  say({
    text: 'A newer Capsa is open in another window. Reload this one, and that one goes on; all that was saved is kept.',
    label: 'Reload',
    action: () => reload(),
    stays: true,
  }),
);

/** Run what may fail, and say so. @param {() => Promise<any>} act @param {string} [done] */
async function attempt(act, done) {
  try {
    const result = await act();
    if (done) say({ text: done });
    return result;
  } catch (error) {
    say({ text: sentence(error) });
  }
}

/** Another library than before is open, and begins at its beginning. @param {any} info  Opened */
function reopened(info) {
  if (info) location.hash = '#/';
}

const undoCopy = () =>
  attempt(async () => {
    reopened(await session.call('undoCopy'));
    await beginAnew();
  });

let reload = () => location.reload();
on('reload', () => reload());
on('retry', () => session.start());
on('rescue', () => attempt(() => rescue(session)));
on('add-declaration', () =>
  attempt(async () => {
    const { library } = places;
    try {
      await addDeclaration(session, (done, total) => (library.busy = `Adding ${done + 1} of ${total} …`));
    } finally {
      library.busy = '';
      await library.refresh();
    }
  }, 'Added in twelve languages. Each of them leads to the others.'),
);
on('save-copy', () => copies.save());
on('saved', () => {
  say({ text: 'A copy of the library was saved as a file.' });
  lookAfter();
});
on('undo-copy', undoCopy);
/* What waits to be undone belongs to the library as it is now. */
on('open-copy', () => {
  toasts.clear();
  copies.choose();
});
on('open-generation', ({ generation }) => {
  toasts.clear();
  copies.receive({ generation });
});
on('merged', ({ report }) => {
  say({ text: sentence(`It brought ${describe(report).join(', ')}`) });
  route();
});
on('replaced', async ({ info }) => {
  reopened(info);
  await beginAnew();
  say({ text: 'The copy is open. The library before it is kept.', label: 'Back to it', action: undoCopy });
});
on('copy-failed', ({ error }) => say({ text: sentence(error) }));

/** Once the library is open: remind of a copy elsewhere, and keep one beside it. */
async function lookAfter() {
  if (session.state !== 'ready') return;
  await reminder.look().catch(() => {}); // the next time will do
  await keepGeneration();
}

/** Keep a copy beside the library when one is due. */
async function keepGeneration() {
  const { kept = false, words = '' } = await session.call('keepGeneration').catch(() => ({}));
  if (kept && place === 'about') await places.about.refresh();
  if (words && !toldOfRoom) say({ text: sentence(`No copy was kept this time: ${words}`) });
  toldOfRoom ||= Boolean(words);
}
let toldOfRoom = false;

/** The library of another time or place counts from now on. */
async function beginAnew() {
  await attempt(() => kept.begin());
  notices.missed = undefined; // said only when it is so: a reload finds no more to miss
}
on('begin-anew', beginAnew);

/** The browser is asked to keep the library when there is something to keep. */
on('kept', async () => {
  if (notices.info?.storage === 'memory') return;
  await attempt(() => kept.note());
  const answer = await askToPersist();
  if (!isNews(answer)) return;
  if (answer) say({ text: 'The browser has agreed to keep your library.' });
  else say({ text: 'The browser may clear your library when space is short: save a copy now and then.' });
  keepGeneration(); // the reminder says the same: it comes at the next start
});

/* ---- between the places */

/** @param {any} toast */
const say = (toast) => toasts.show(toast);

on('say', (detail) => say(detail));
on('title', ({ title }) => {
  bar.heading = title;
  document.title = `${title} · Capsa`;
});
on('query', ({ query }) => {
  history.replaceState(null, '', formatAddress({ place: 'search', query }));
});
on('cite', (subject) => cite.open(subject));
on('copy-citation', (subject) =>
  attempt(async () => {
    const { document: name, turn } = subject;
    const ask = (/** @type {string} */ form) =>
      session.call('cite', { name, turn, style: 'chicago-note', form });
    await copy(await ask('text'), await ask('html'));
    say({ text: 'Citation copied.', label: 'Show', action: () => cite.open(subject) });
  }),
);
on('edit-note', ({ note }) => editor.open(note));
on('notes-changed', () => {
  reminder.look().catch(() => {}); // the next time will do
  if (place === 'reader') places.reader.refreshNotes();
  else places.notes.refresh();
});
on('contents', () => places.reader.openContents());
on('find', () => places.reader.openFind());
on('more', () => more.open());
on('keys', () => keys.open());
on('look', ({ look }) => {
  more.look = look;
  showLook(look);
  attempt(() => keepLook(session, look));
});

/** @param {string} event @param {(detail: any) => void} act */
function on(event, act) {
  document.addEventListener(event, (e) => act(/** @type {CustomEvent} */ (e).detail));
}

listenToKeys((key, event) => {
  if (session.state !== 'ready') return false;
  if (key === '?') keys.open();
  else if (key === '/' && place === 'search') places.search.focusBox();
  else if (key === '/') location.hash = '#/search';
  else return place === 'reader' && places.reader.command(key, event);
  return true;
});

/* ---- as an app */

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  places.about.canInstall = true;
  document.addEventListener('install', async () => {
    await /** @type {any} */ (event).prompt();
    places.about.canInstall = false;
  }, { once: true });
});

/* What waits to be undone is done before the page goes. */
addEventListener('pagehide', () => toasts.clear());

/* A page that sleeps may not keep the library from others. */
document.addEventListener('freeze', () => session.rest());
document.addEventListener('resume', () => session.wake());
addEventListener('pagehide', ({ persisted }) => persisted && session.rest());
addEventListener('pageshow', ({ persisted }) => persisted && session.wake());

watchForUpdates('./service-worker.js', (restart) => {
  reload = restart;
  say({ text: 'A new version of Capsa is ready.', label: 'Restart now', action: restart, stays: true });
});

session.start();
