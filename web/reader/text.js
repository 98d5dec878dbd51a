/** text.js -- the document's body in the page: its marks, numbers and places. */
import { toDocument } from '../lib/address.js';
import { setCoreHtml } from '../lib/trusted.js';

/** Speakers beyond this share marks with the first ones (styles/reading.css). */
const MARKS = 8;

/** From here on laying out the whole record at once is felt. */
const LONG_TURNS = 400;

/**
 * @param {HTMLElement} root
 * @param {string} html  of the core
 * @param {string} name  of the document
 */
export function fillText(root, html, name) {
  setCoreHtml(root, html);
  const turns = root.querySelectorAll('section.turn');
  root.classList.toggle('long', turns.length > LONG_TURNS);
  for (const turn of turns) {
    const section = /** @type {HTMLElement} */ (turn);
    const { turn: number = '', speaker } = section.dataset;
    if (speaker) section.dataset.mark = markOf(Number(speaker));
    section.tabIndex = -1;
    const link = document.createElement('a');
    link.className = 'number';
    link.href = toDocument(name, { turn: Number(number) });
    link.textContent = number;
    link.setAttribute('aria-label', `Address of turn ${number}`);
    section.querySelector('.speaker')?.append(link);
  }
  for (const link of root.querySelectorAll('a.footnote_ref, a.footnote_number')) {
    linkNote(root, /** @type {HTMLAnchorElement} */ (link), name);
  }
  root.addEventListener('click', jump); // the same function is added once
  for (const span of root.querySelectorAll('span.gloss')) {
    /** @type {HTMLElement} */ (span).title = 'A word of the original language';
  }
}

/**
 * The title stands above the text; a heading that only says it again is kept for
 * notes and addresses, but not shown twice. One with a note's mark is shown.
 * @param {HTMLElement} root  filled
 * @param {string} title
 */
export function foldTitle(root, title) {
  const first = root.querySelector('[data-block]');
  if (!first || !/^H[1-6]$/.test(first.tagName) || first.querySelector('a')) return;
  if (!saysAgain(first.textContent ?? '', title)) return;
  first.classList.add('visually-hidden');
  first.setAttribute('aria-hidden', 'true');
}

/** @param {string} heading @param {string} title */
export function saysAgain(heading, title) {
  const words = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  return words(heading) !== '' && words(heading) === words(title);
}

/**
 * A mark and its note lead to each other. The address is the app's, so that it
 * can be copied; a click only goes there.
 * @param {HTMLElement} root @param {HTMLAnchorElement} link @param {string} name
 */
function linkNote(root, link, name) {
  link.dataset.to = link.hash.slice(1);
  const target = root.querySelector(`[id="${link.dataset.to}"]`);
  const block = /** @type {HTMLElement | null} */ (target?.closest('[data-block]'))?.dataset.block;
  if (block) link.href = toDocument(name, { block: Number(block) });
}

/** Go from a mark to its note, or back, and let keys go on from there. */
function jump(/** @type {MouseEvent} */ event) {
  const link = /** @type {Element} */ (event.target).closest('a[data-to]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const to = /** @type {HTMLElement} */ (link).dataset.to;
  const root = /** @type {HTMLElement} */ (event.currentTarget);
  const target = root.querySelector(`[id="${to}"]`);
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: 'center' });
  const focus = target.querySelector('a.footnote_number') ?? target;
  /** @type {HTMLElement} */ (focus).focus({ preventScroll: true });
}

/** @param {number} speaker  from 1 */
export function markOf(speaker) {
  return String(((speaker - 1) % MARKS) + 1);
}

/**
 * The last of `elements` (in document order) that begins above `y`.
 * @param {ArrayLike<Element>} elements
 * @param {number} y  of the window
 */
export function elementAbove(elements, y) {
  let low = 0;
  let high = elements.length; // the first that begins below y is in [low, high]
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().top <= y) low = middle + 1;
    else high = middle;
  }
  return elements[Math.max(low - 1, 0)];
}
