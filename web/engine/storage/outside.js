/**
 * outside.js -- the files of the worker that looks at a library from outside:
 * `from`, as it came in, and `into`, what was taken out of it and written anew.
 *
 * They lie in a folder of their own, so that their size is not memory, and in
 * memory where the browser has no such files, or another window uses them. The
 * library's own files are never opened here.
 */
import { EngineError } from '../protocol.js';
import { blobOf, MemoryHandle } from './memory.js';

/** @typedef {import('./memory.js').Handle} Handle */

const FOLDER = 'capsa-outside';
const NAMES = ['from', 'into', 'into-journal'];

export class Outside {
  #handles;
  #getFile;
  #remove;
  kind = 'memory';
  reason = '';
  path = 'into';
  canUndo = false;

  /**
   * @param {Map<string, Handle>} handles
   * @param {() => Promise<Blob>} getFile  `into`, once it is closed
   * @param {() => Promise<void>} [remove]  the files, once they are closed
   */
  constructor(handles, getFile, remove = async () => {}) {
    this.#handles = handles;
    this.#getFile = getFile;
    this.#remove = remove;
    for (const handle of handles.values()) handle.truncate(0); // of one that was ended
  }

  /** What the core's VFS opens. */
  get files() {
    return {
      open: (/** @type {string} */ name) => {
        const handle = this.#handles.get(name);
        return handle ? new Lent(handle) : null;
      },
    };
  }

  /** @param {Uint8Array} bytes @param {number} at */
  receive(bytes, at) {
    const put = this.#handle('from').write(bytes, { at });
    if (put === bytes.length) return;
    throw new EngineError('EFULL', 'there is not enough storage to look at this file');
  }

  /**
   * What was written anew, which changes no more. It is not brought into
   * memory, and is there until `close`.
   */
  clean() {
    this.#handle('into').close();
    return this.#getFile();
  }

  async close() {
    for (const handle of this.#handles.values()) handle.close();
    await this.#remove();
  }

  /** @param {string} name @returns {Handle} */
  #handle(name) {
    return /** @type {Handle} */ (this.#handles.get(name));
  }
}

/** A handle that stays open when the core closes it. */
class Lent {
  #handle;

  /** @param {Handle} handle */
  constructor(handle) {
    this.#handle = handle;
  }

  /** @param {Uint8Array} view @param {{at: number}} options */
  read(view, options) {
    return this.#handle.read(view, options);
  }

  /** @param {Uint8Array} view @param {{at: number}} options */
  write(view, options) {
    return this.#handle.write(view, options);
  }

  /** @param {number} size */
  truncate(size) {
    this.#handle.truncate(size);
  }

  flush() {
    this.#handle.flush();
  }

  getSize() {
    return this.#handle.getSize();
  }

  close() {}
}

/** @param {() => Promise<any>} [getDirectory]  the browser's, replaced in tests */
export async function openOutside(getDirectory = async () => navigator.storage.getDirectory()) {
  /** @type {Map<string, Handle>} */
  const handles = new Map();
  try {
    const root = await getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    for (const name of NAMES) {
      const file = await folder.getFileHandle(name, { create: true });
      handles.set(name, await file.createSyncAccessHandle());
    }
    const into = await folder.getFileHandle('into');
    const remove = () => root.removeEntry(FOLDER, { recursive: true }).catch(() => {});
    return new Outside(handles, () => into.getFile(), remove);
  } catch {
    for (const handle of handles.values()) handle.close();
    const memory = new Map(NAMES.map((name) => [name, new MemoryHandle()]));
    return new Outside(memory, async () => blobOf(memory.get('into')));
  }
}
