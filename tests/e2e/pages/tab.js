/**
 * tab.js -- comes before the first script of the built reader: writes notes
 * into its library as it is told, and tells each before and after.
 */
import { now, orders, tellHub } from './hub-words.js';

const tab = new URLSearchParams(location.search).get('tab');
const life = `${tab}.${crypto.randomUUID().slice(0, 6)}`;
const KEPT = 6; // then the oldest is removed, and must be there
const tell = (/** @type {string} */ name, more = {}) => tellHub({ name, tab, life, at: now(), ...more });

/* The worker learns whose it is (watched.js). */
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...more) {
  return post.call(this, message.method === 'open' ? { ...message, tab } : message, ...more);
};

/** @type {any} */
let session;
let document_ = '';
let isBusy = false;
let count = 0;
/** @type {{id: string, label: string}[]} */
const kept = [];

async function annotate(/** @type {string} */ label) {
  const place = { startBlock: 1, startUtf16: 0, endBlock: 1, endUtf16: 3, colour: 0 };
  const { id } = await session.call('annotate', { ...place, document: document_, note: label });
  kept.push({ id, label });
}

async function write() {
  isBusy = true;
  const old = kept.length >= KEPT ? kept.shift() : undefined;
  const [what, label] = old ? ['remove', old.label] : ['note', `${life}-${++count}`];
  tell('doing', { what, label });
  try {
    if (old) await session.call('removeNote', { id: old.id });
    else await annotate(label);
    tell('done', { what, label });
  } catch (e) {
    tell('refused', { what, label, code: e.code ?? e.name, words: e.message });
  }
  isBusy = false;
}

/** What a tab may be told to do. @type {Record<string, () => any>} */
const DEEDS = {
  close: () => close(),
  reload: () => location.reload(),
  leave: () => (location.href = new URL(`pages/away.html?tab=${tab}`, document.baseURI).href),
  notes: async () => {
    const labels = (await session.call('notes', {})).map(({ note }) => note);
    tell('notes', { labels });
  },
  state: () => tell('state', { state: session.state, shown: document.body.dataset.shown }),
};

orders(async (order) => {
  if (order.tick && session && !isBusy && (order.tick === true || order.tick.includes(tab))) write();
  if (order.to === tab) await DEEDS[order.deed]();
});

/** Not by looking again and again: timers of a page that nobody looks at are slow. */
function untilShown() {
  return new Promise((done) => {
    const look = () => document.body.dataset.shown && document.body.dataset.state === 'ready' && done(undefined);
    new MutationObserver(look).observe(document.body, { attributes: true });
    look();
  });
}

addEventListener('load', async () => {
  await untilShown();
  const ready = /** @type {any} */ (document.querySelector('capsa-library')).engine;
  document_ = (await ready.call('list'))[0].key;
  session = ready;
  session.addEventListener('state', ({ detail }) => tell('turned', { state: detail.state, words: detail.error?.message }));
  tell('hello');
});

addEventListener('pageshow', ({ persisted }) => persisted && tell('back'));
