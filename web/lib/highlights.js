/**
 * highlights.js -- colour ranges of text without touching the DOM (the CSS
 * Custom Highlight API), so that no offset shifts.
 */

export const canHighlight = typeof CSS !== 'undefined' && 'highlights' in CSS;

/**
 * @param {string} name  as in `::highlight(name)`
 * @param {Range[]} ranges
 * @param {number} [priority]  the higher is drawn on top
 */
export function highlight(name, ranges, priority = 0) {
  if (!canHighlight) return;
  if (!ranges.length) {
    CSS.highlights.delete(name);
    return;
  }
  const marks = new Highlight(...ranges);
  marks.priority = priority;
  CSS.highlights.set(name, marks);
}
