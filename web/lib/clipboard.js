/** clipboard.js -- copy text, with its formatting where the browser takes it. */

/**
 * @param {string} text
 * @param {string} [html]
 * @throws where the browser refuses
 */
export async function copy(text, html) {
  const { clipboard } = navigator;
  if (html && clipboard?.write && typeof ClipboardItem === 'function') {
    const as = (/** @type {string} */ content, /** @type {string} */ type) =>
      new Blob([content], { type });
    await clipboard.write([
      new ClipboardItem({
        'text/plain': as(text, 'text/plain'),
        'text/html': as(html, 'text/html'),
      }),
    ]);
    return;
  }
  if (clipboard) return clipboard.writeText(text);
  copyByEvent(text, html);
}

/** Inside a frame, or without a secure context, the event is what is left. */
function copyByEvent(/** @type {string} */ text, /** @type {string} */ html = '') {
  const fill = (/** @type {ClipboardEvent} */ event) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    if (html) event.clipboardData?.setData('text/html', html);
  };
  document.addEventListener('copy', fill, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', fill);
  if (!done) throw new Error('the browser does not let this page copy; select it and copy by hand');
}
