/**
 * keyboard.js -- select words without a mouse: `s` takes the first word of the
 * turn, the arrows move it word by word, with Shift they stretch it.
 */

/** @param {Element} block */
export function selectFirstWord(block) {
  const selection = getSelection();
  selection?.collapse(block, 0);
  selection?.modify('extend', 'forward', 'word');
}

/**
 * @param {Element} root
 * @param {KeyboardEvent} event
 * @returns {boolean}  was it ours?
 */
export function moveSelection(root, { key, shiftKey }) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !root.contains(selection.anchorNode)) return false;
  const by = /** @type {Record<string, [string, string]>} */ ({
    ArrowRight: ['forward', 'word'],
    ArrowLeft: ['backward', 'word'],
    ArrowDown: ['forward', 'line'],
    ArrowUp: ['backward', 'line'],
  })[key];
  if (!by) return false;
  const [direction, unit] = by;
  if (shiftKey) {
    selection.modify('extend', direction, unit);
    return true;
  }
  if (direction === 'forward') selection.collapseToEnd();
  else selection.collapseToStart();
  if (unit === 'line') selection.modify('move', direction, 'line');
  else if (direction === 'backward') selection.modify('move', 'backward', 'word');
  selection.modify('extend', 'forward', 'word');
  return true;
}
