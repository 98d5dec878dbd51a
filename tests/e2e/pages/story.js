/**
 * story.js -- the reader in a frame of the same origin, used as a student uses
 * it: paste a record, mark a word, write a note, find it. Tells what the
 * library holds at the start and at the end, and how it is kept.
 *
 *   ?look=N   only look, at N notes
 */
import { run, tell, until } from './tell.js';

const RECORD = `A talk on the harbour

4 May 1911

ANDERS: The bell is silent.

BELLO: It was taken down. Nobody was told.
`;
const query = new URLSearchParams(location.search);
const NOTE = 'Who took it down?';

const frame = document.body.appendChild(document.createElement('iframe'));
const page = () => frame.contentDocument;
const find = (/** @type {string} */ selector) => page()?.querySelector(selector);
const all = (/** @type {string} */ selector) => [...page().querySelectorAll(selector)];
const wait = (/** @type {string} */ selector, limit_ms = 20_000) => until(() => find(selector), selector, limit_ms);
const button = (/** @type {string} */ name) =>
  until(() => all('button').find((b) => b.textContent.trim() === name && b.offsetParent), name);

async function go(hash) {
  frame.contentWindow.location.hash = hash;
}

/** @param {number} expected  notes, which come a moment later than their place */
async function look(expected) {
  await go('#/');
  await wait('.catalogue li');
  const titles = all('.catalogue h2').map((h) => h.textContent.trim());
  await go('#/notes');
  await wait('capsa-notes:not([hidden])');
  await until(() => all('.note-text').length === expected, 'notes', 5_000).catch(() => {});
  const notes = all('.note-text').map((n) => n.textContent.trim());
  await go('#/about');
  const about = await until(() => find('capsa-about .about')?.textContent.match(/Where your library is\s+([\s\S]*?)Save a copy/)?.[1]);
  return {
    titles,
    notes,
    where: about.replace(/\s+/g, ' ').trim(),
    notice: find('.notice')?.textContent.replace(/\s+/g, ' ').trim() ?? '',
  };
}

async function paste() {
  await go('#/');
  (await button('Paste text')).click();
  const box = await wait('textarea');
  box.value = RECORD;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  (await button('Add to the library')).click();
  await wait('.document-head h1');
}

async function note() {
  await until(() => {
    const block = find('.text [data-block]:last-of-type');
    frame.contentWindow.focus();
    if (block) frame.contentWindow.getSelection().selectAllChildren(block);
    page().dispatchEvent(new Event('selectionchange')); // WebKit tells none in a window nobody sees
    return wait('.mark-bar', 1_000).catch(() => false);
  }, 'the bar for marks');
  const write = await until(() => all('.mark-bar button').find((b) => /note/i.test(b.title + b.ariaLabel + b.textContent)));
  write.click();
  const box = await until(() => all('capsa-note-editor textarea').find((t) => t.offsetParent));
  box.value = NOTE;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
  await until(() => all('.margin-note').some((n) => n.textContent.includes(NOTE)));
}

async function search() {
  await go('#/search?q=silent');
  return (await until(() => all('.hits a').length && all('.hits a'))).length;
}

run(async () => {
  frame.src = '../index.html';
  await wait('body[data-shown]');
  const before = await look(Number(query.get('look') ?? 0));
  if (query.has('look')) return tell('seen', before);
  await paste();
  await note();
  const hits = await search();
  await tell('seen', { before, hits, after: await look(1) });
});
