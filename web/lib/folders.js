/**
 * folders.js -- the files that were dropped or picked, folders read with all
 * that is below them.
 */

/** @typedef {{file: File, path: string, inFolder: boolean}} Found */

/** What a page takes at once; who has more takes a part. */
export const FILES_MAX = 10_000;
const FOLDERS_MAX = 32;

/** @param {Iterable<File>} files @returns {Found[]} */
export function foundFiles(files) {
  return [...files].map((file) => {
    const path = file.webkitRelativePath || file.name;
    return { file, path, inFolder: path !== file.name };
  });
}

/**
 * The browser forgets what was dropped when the event is over: this takes the
 * entries at once, before the first `await`.
 * @param {DataTransfer | null} transfer
 * @returns {Promise<Found[]>}  by path
 */
export async function droppedFiles(transfer) {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  if (!entries.some((entry) => entry?.isDirectory)) return foundFiles(transfer?.files ?? []);
  /** @type {Found[]} */
  const found = [];
  for (const entry of entries) if (entry) await walk(entry, 0, found);
  return found;
}

/** @param {any} entry @param {number} depth @param {Found[]} found */
async function walk(entry, depth, found) {
  if (found.length >= FILES_MAX || depth > FOLDERS_MAX) return;
  if (!entry.isDirectory) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, ''), inFolder: depth > 0 });
    return;
  }
  for (const below of await entriesOf(entry)) await walk(below, depth + 1, found);
}

/** A folder gives its entries a hundred at a time. @param {any} folder */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    all.push(...some);
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Can this browser pick a whole folder? Phones cannot. */
export const canPickFolder =
  'webkitdirectory' in HTMLInputElement.prototype && !matchMedia('(pointer: coarse)').matches;
