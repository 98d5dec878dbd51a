/**
 * copies.js -- files beside the library: copies of it that lie in the same
 * storage, and the one that is being written.
 *
 *   begin()        an empty file, which the core knows as PART
 *   finish(name)   it is whole: it gets its name, in the place of an older one
 *   discard()      it is not
 *   list(), file(name), remove(name), close()
 *
 * A file has its name only when it is whole, so that one that was interrupted
 * is never taken for a copy. FileCopies keeps them in the origin private file
 * system, IndexedCopies in IndexedDB (indexed-copies.js), MemoryCopies for as
 * long as the worker lives.
 */
import { blobOf, MemoryHandle } from './memory.js';

/** @typedef {import('./memory.js').Handle} Handle */

export const PART = 'copy.part';

/** The copy that is given to the reader. */
export const EXPORT = 'export';

const ENDING = '.capsa';

/** A handle that stays open when the core closes it. @param {Handle | undefined} handle */
function lent(handle) {
  if (!handle) return null;
  return {
    read: (/** @type {any} */ view, /** @type {any} */ options) => handle.read(view, options),
    write: (/** @type {any} */ view, /** @type {any} */ options) => handle.write(view, options),
    truncate: (/** @type {number} */ size) => handle.truncate(size),
    flush: () => handle.flush(),
    getSize: () => handle.getSize(),
    close() {},
  };
}

/** @typedef {{name: string, size: number, time: number}} Copy  `time`: ms since 1970 */

export class FileCopies {
  #getFolder;
  /** Of PART, while it is being written. @type {Handle | undefined} */
  handle;
  keeps = true;

  /** @param {() => Promise<any>} getFolder  a FileSystemDirectoryHandle */
  constructor(getFolder) {
    this.#getFolder = getFolder;
  }

  async begin() {
    const folder = await this.#getFolder();
    const file = await folder.getFileHandle(PART, { create: true });
    this.handle = await file.createSyncAccessHandle();
    this.handle?.truncate(0);
  }

  /** @param {string} name */
  async finish(name) {
    this.close();
    const folder = await this.#getFolder();
    await folder.removeEntry(name + ENDING).catch(() => {}); // there was none
    const file = await folder.getFileHandle(PART);
    await file.move(name + ENDING);
  }

  async discard() {
    this.close();
    const folder = await this.#getFolder();
    await folder.removeEntry(PART).catch(() => {}); // it is gone
  }

  /** Is there room for so many bytes more? @param {number} bytes */
  async hasRoomFor(bytes) {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    return quota === undefined || quota - (usage ?? 0) >= bytes;
  }

  /** @returns {Promise<Copy[]>}  newest first */
  async list() {
    const copies = [];
    const folder = await this.#getFolder();
    for await (const [name, handle] of folder.entries()) {
      if (!name.endsWith(ENDING)) continue;
      const { size, lastModified } = await handle.getFile();
      copies.push({ name: name.slice(0, -ENDING.length), size, time: lastModified });
    }
    return copies.sort((a, b) => b.time - a.time);
  }

  /** @param {string} name @returns {Promise<Blob>} */
  async file(name) {
    const folder = await this.#getFolder();
    return (await folder.getFileHandle(name + ENDING)).getFile();
  }

  /** @param {string} name */
  async remove(name) {
    const folder = await this.#getFolder();
    await folder.removeEntry(name + ENDING).catch(() => {}); // it is gone
  }

  /** @returns {Handle | null}  of PART, for the core */
  lend() {
    return lent(this.handle);
  }

  close() {
    this.handle?.close();
    this.handle = undefined;
  }
}

export class MemoryCopies {
  /** @type {Map<string, {blob: Blob, time: number}>} */
  #copies = new Map();
  /** @type {MemoryHandle | undefined} */
  handle;
  keeps = false;

  async begin() {
    this.handle = new MemoryHandle();
  }

  /** @param {string} name */
  async finish(name) {
    this.#copies.set(name, { blob: blobOf(this.handle), time: Date.now() });
    this.handle = undefined;
  }

  async discard() {
    this.handle = undefined;
  }

  /** @param {number} _ */
  async hasRoomFor(_) {
    return true;
  }

  /** @returns {Promise<Copy[]>} */
  async list() {
    return [...this.#copies].map(([name, { blob, time }]) => ({ name, size: blob.size, time }));
  }

  /** @param {string} name @returns {Promise<Blob>} */
  async file(name) {
    return this.#copies.get(name)?.blob ?? new Blob();
  }

  /** @param {string} name */
  async remove(name) {
    this.#copies.delete(name);
  }

  /** @returns {Handle | null}  of PART, for the core */
  lend() {
    return lent(this.handle);
  }

  close() {
    this.handle = undefined;
  }
}
