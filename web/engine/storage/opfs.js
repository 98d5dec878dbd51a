/**
 * opfs.js -- the library's files in the origin private file system, behind
 * synchronous access handles. All are opened here, since only opening is
 * asynchronous, and stay open as long as the worker holds the library.
 *
 * Handles outlive their files: where site data are cleared with the page open,
 * what is written goes nowhere, and no call says so (seen in Chromium). So a
 * call that wrote asks whether the folder still has the files.
 */

import { cleared } from './places.js';

/** @typedef {import('./memory.js').Handle} Handle */

export const FOLDER = 'capsa';

/** After it was cleared a file system may answer no question (seen in
 * Chromium, until the page is loaded again). */
const ANSWER_MS = 2_000;

/** @param {() => Promise<any>} getDirectory */
export async function openFolder(getDirectory) {
  const root = await soon(getDirectory());
  return soon(root.getDirectoryHandle(FOLDER, { create: true }));
}

/**
 * All or none.
 * @param {string[]} names
 * @param {() => Promise<any>} getDirectory
 */
export async function openFiles(names, getDirectory) {
  const folder = await openFolder(getDirectory);
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
  return { handles, keeper: watch(folder, names[0]) };
}

/**
 * A keeper (places.js) of files that a flush has kept, while they are there.
 * @param {any} folder @param {string} name  one of its files
 */
function watch(folder, name) {
  return {
    epoch: 0,
    onlost: () => {},
    onrevert: () => {},
    close() {},
    /** @param {number} _ @param {boolean} isChanged */
    async settle(_, isChanged) {
      if (!isChanged) return;
      try {
        await soon(folder.getFileHandle(name));
      } catch (e) {
        if (e instanceof Error && e.name === 'NotFoundError') throw cleared();
      }
    },
  };
}

/** @template T @param {Promise<T>} answer @returns {Promise<T>} */
function soon(answer) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    const error = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    timer = setTimeout(() => reject(error), ANSWER_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
