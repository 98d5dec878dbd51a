/** download.js -- hand the reader a file; take one from the reader. */

/** The address must outlive the click; how long the browser does not say. */
const KEEP_MS = 60_000;

/**
 * @param {BlobPart} content
 * @param {string} name
 * @param {string} type
 */
export function download(content, name, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

/**
 * @param {{accept?: string, multiple?: boolean}} [options]
 * @returns {Promise<File[]>}  never settles when the reader gives up
 */
export function pickFiles({ accept = '', multiple = false } = {}) {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.multiple = multiple;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.click();
  });
}

/** @returns {Promise<File[]>}  all files below a folder, by path */
export function pickFolder() {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.webkitdirectory = true;
    input.onchange = () => {
      const files = [...(input.files ?? [])];
      resolve(files.sort((a, b) => (a.webkitRelativePath < b.webkitRelativePath ? -1 : 1)));
    };
    input.click();
  });
}
