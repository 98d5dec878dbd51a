/** text.js -- the document's body in the page: its marks, numbers and places. */
import { toDocument } from '../lib/address.js';
import { setCoreHtml } from '../lib/trusted.js';
import { scrollToElement } from './scroll.js';

/** Speakers beyond this share marks with the first ones (styles/reading.css). */
const MARKS = 8;

/** From here on laying out the whole record at once is felt. */
const LONG_TURNS = 400;

/** Links whose other end is in a part that has not come. @type {WeakMap<Element, Set<HTMLAnchorElement>>} */
const loose = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {{html: string, next: number, entry: {turns?: number}}} reading
 * @param {string} name  of the document
 */
export function fillText(root, { html, next, entry: { turns = 0 } }, name) {
  root.classList.toggle('long', next > 0 || turns > LONG_TURNS);
  setCoreHtml(root, html);
  loose.set(root, new Set());
  dress(root, name);
  tieNotes(root, linksIn(root), name);
}

/**
 * Put a part behind those that are there. What begins with `data-continued` goes
 * on in the last element, and so do the elements in it.
 * @param {HTMLElement} root @param {string} html @param {string} name
 */
export function appendPart(root, html, name) {
  const template = document.createElement('template');
  setCoreHtml(template, html);
  const { content } = template;
  dress(content, name);
  const links = linksIn(content);
  append(root, content);
  tieNotes(root, links, name);
}

/** @param {Element} into @param {ParentNode} from */
function append(into, from) {
  const first = from.firstElementChild;
  if (first?.hasAttribute('data-continued') && into.lastElementChild) {
    append(into.lastElementChild, first);
    first.remove();
  }
  into.append(...from.childNodes);
}

/** What the page draws beside the text. @param {ParentNode} part @param {string} name */
function dress(part, name) {
  for (const turn of part.querySelectorAll('section.turn:not([data-continued])')) {
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
  for (const span of part.querySelectorAll('span.gloss')) {
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

/** @param {ParentNode} part @returns {HTMLAnchorElement[]} */
function linksIn(part) {
  return [...part.querySelectorAll('a.footnote_ref, a.footnote_number')].map(
    (link) => /** @type {HTMLAnchorElement} */ (link),
  );
}

/**
 * A mark and its note lead to each other. The address is the app's, so that it
 * can be copied; a click only goes there (reader.js).
 * @param {HTMLElement} root @param {HTMLAnchorElement[]} links  that are new
 * @param {string} name
 */
function tieNotes(root, links, name) {
  const waiting = loose.get(root) ?? new Set();
  for (const link of links) {
    link.dataset.to = link.hash.slice(1);
    waiting.add(link);
  }
  for (const link of waiting) {
    const { to = '' } = link.dataset;
    const block = /** @type {HTMLElement | null} */ (within(root, to)?.closest('[data-block]'))?.dataset.block;
    if (!block) continue;
    link.href = toDocument(name, { block: Number(block) });
    waiting.delete(link);
  }
}

/**
 * The element of the text with this id: found by the browser's own table, not
 * by a walk over a long record.
 * @param {Element} root @param {string} id
 */
export function within(root, id) {
  const element = document.getElementById(id);
  return element && root.contains(element) ? element : null;
}

/**
 * The id of what a click on a mark or on the number of a note leads to.
 * @param {MouseEvent} event
 */
export function jumpOf(event) {
  const link = /** @type {Element} */ (event.target).closest('a[data-to]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return '';
  return /** @type {HTMLElement} */ (link).dataset.to ?? '';
}

/** Show a note or its mark, and let keys go on from there. @param {Element} target */
export function jumpTo(target) {
  scrollToElement(target, { block: 'center' });
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
