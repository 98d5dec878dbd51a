/**
 * opfs.js -- the library's files in the origin private file system, behind
 * synchronous access handles. All are opened here, since only opening is
 * asynchronous, and stay open as long as the worker holds the library.
 */

/** @typedef {import('./memory.js').Handle} Handle */

export const FOLDER = 'capsa';

/**
 * All or none.
 * @param {string[]} names
 * @param {() => Promise<any>} getDirectory
 * @returns {Promise<Map<string, Handle>>}
 */
export async function openHandles(names, getDirectory) {
  const root = await getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  /** @type {Map<string, Handle>} */
  const handles = new Map();
  try {
    for (const name of names) {
      const file = await folder.getFileHandle(name, { create: true });
      handles.set(name, await file.createSyncAccessHandle());
    }
  } catch (e) {
    for (const handle of handles.values()) handle.close();
    throw e;
  }
  return handles;
}
