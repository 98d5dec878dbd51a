/**
 * places.js -- from the DOM to places of a document and back.
 *
 * A place is (block, UTF-16 units of its text). An element with `data-block`
 * has exactly the block's text as its text content, so that counting its text
 * nodes is all there is to it.
 */

import { within } from './text.js';

/**
 * @typedef {{startBlock: number, startUtf16: number, endBlock: number,
 *   endUtf16: number}} Stretch
 */

/** @param {Element} root @param {number} number @returns {HTMLElement | null} */
export function blockElement(root, number) {
  return within(root, `b${number}`);
}

/** @param {Element} block */
export function blockNumber(block) {
  return Number(/** @type {HTMLElement} */ (block).dataset.block);
}

/** The text node and offset of a place. @param {Element} block @param {number} utf16 */
function nodeAt(block, utf16) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let rest = utf16;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (rest <= length) return { node, offset: rest };
    rest -= length;
    last = { node, offset: length };
  }
  return last ?? { node: block, offset: 0 };
}

/**
 * @param {Element} root
 * @param {Partial<Stretch>} stretch
 * @returns {Range | null}  null where its blocks are not there
 */
export function rangeOf(root, { startBlock, startUtf16, endBlock, endUtf16 }) {
  if (!startBlock || !endBlock) return null;
  const first = blockElement(root, startBlock);
  const last = blockElement(root, endBlock);
  if (!first || !last) return null;
  const range = document.createRange();
  const start = nodeAt(first, startUtf16 ?? 0);
  const end = nodeAt(last, endUtf16 ?? 0);
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/** UTF-16 units from the block's start. @param {Element} block @param {Node} node @param {number} offset */
function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/**
 * What a selection marks: whole words of blocks, without the labels between
 * them and without white space at its ends.
 * @param {Element} root
 * @param {Range} range
 * @returns {(Stretch & {quote: string}) | null}
 */
export function stretchOf(root, range) {
  const blocks = [...root.querySelectorAll('[data-block]')].filter((b) => range.intersectsNode(b));
  const pieces = blocks
    .map((block) => {
      const text = block.textContent ?? '';
      const { startContainer, startOffset, endContainer, endOffset } = range;
      const start = block.contains(startContainer)
        ? unitsBefore(block, startContainer, startOffset)
        : 0;
      const end = block.contains(endContainer)
        ? unitsBefore(block, endContainer, endOffset)
        : text.length;
      const inside = text.slice(start, end);
      const lead = inside.length - inside.trimStart().length;
      return { block: blockNumber(block), start: start + lead, text: inside.trim() };
    })
    .filter(({ text }) => text);
  if (!pieces.length) return null;
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  return {
    startBlock: first.block,
    startUtf16: first.start,
    endBlock: last.block,
    endUtf16: last.start + last.text.length,
    quote: pieces.map(({ text }) => text).join('\n'),
  };
}

/**
 * The place under a point of the window.
 * @param {Element} root @param {number} x @param {number} y
 * @returns {{block: number, utf16: number} | null}
 */
export function placeAt(root, x, y) {
  const from = /** @type {any} */ (document);
  const caret = from.caretPositionFromPoint?.(x, y);
  const range = caret ? null : from.caretRangeFromPoint?.(x, y);
  const node = caret?.offsetNode ?? range?.startContainer;
  const block = node?.parentElement?.closest('[data-block]');
  if (!block || !root.contains(block)) return null;
  const offset = caret?.offset ?? range.startOffset;
  return { block: blockNumber(block), utf16: unitsBefore(block, node, offset) };
}

/** Does a stretch cover a place? @param {Stretch} at @param {{block: number, utf16: number}} place */
export function covers(at, { block, utf16 }) {
  const after = block > at.startBlock || (block === at.startBlock && utf16 >= at.startUtf16);
  const before = block < at.endBlock || (block === at.endBlock && utf16 <= at.endUtf16);
  return after && before;
}
