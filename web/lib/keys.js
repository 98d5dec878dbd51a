/** keys.js -- single keys as commands, out of the way of whoever types. */

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || !!target.closest('input:not([type=radio]), textarea, select'))
  );
}

/**
 * @param {(key: string, event: KeyboardEvent) => boolean} command  true: taken
 */
export function listenToKeys(command) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    if (command(event.key, event)) event.preventDefault();
  });
}
