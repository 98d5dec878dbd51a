/** paint.js -- draw marks and hits over the text, without touching it. */
import { canHighlight, highlight } from '../lib/highlights.js';
import { rangeOf } from './places.js';

const COLOURS = 5; // CAPSA_COLOUR_COUNT

/** Hits are drawn over highlights, the current one over all. */
const OVER = { ink: 0, found: 1, now: 2 };

/** @param {Element} root @param {any[]} notes */
export function paintNotes(root, notes) {
  const ranges = /** @type {Range[][]} */ (Array.from({ length: COLOURS }, () => []));
  for (const note of notes) {
    const range = rangeOf(root, note);
    if (range) ranges[note.colour]?.push(range);
  }
  ranges.forEach((list, colour) => highlight(`ink-${colour}`, list, OVER.ink));
}

/**
 * @param {Element} root
 * @param {{block: number, startUtf16: number, endUtf16: number}[]} matches
 * @param {number} now  index of the current one, or -1
 * @returns {Range | null}  of the current one
 */
export function paintFound(root, matches, now) {
  const ranges = matches.map(({ block, startUtf16, endUtf16 }) =>
    rangeOf(root, { startBlock: block, startUtf16, endBlock: block, endUtf16 }),
  );
  const current = ranges[now] ?? null;
  const others = ranges.filter((range) => range && range !== current);
  highlight('found', /** @type {Range[]} */ (others), OVER.found);
  highlight('found-now', current ? [current] : [], OVER.now);
  if (current && !canHighlight) select(current);
  return current;
}

/** Where the browser draws no highlights, a selection shows the current hit. */
function select(/** @type {Range} */ range) {
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
