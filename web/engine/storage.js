/**
 * storage.js -- where the library's files are kept. Runs in the worker.
 *
 *   openStorage()  -> Storage: the origin private file system, or memory
 *
 * `storage.files` is what the core's VFS asks for handles (core/store/opfs.h).
 * All handles are opened here, since only opening is asynchronous, and stay
 * open as long as the worker lives.
 *
 * There are two places, `library-0` and `library-1`, of three files each, and
 * a file `current` whose one byte says which is in use. A library that comes
 * in from outside is written to the other place and opened there before that
 * byte changes: whenever the power goes, one whole library is current.
 */
import { EngineError } from './protocol.js';

const FOLDER = 'capsa';
const PLACES = ['library-0', 'library-1'];
const SUFFIXES = ['', '-journal', '-wal'];
const CURRENT = 'current';

/** A worker that was just terminated may still hold its handles: Firefox lets
 * the lock go before them. Waits add up to some six seconds. */
const WAITS_MS = [20, 50, 100, 200, 400, 800, 1600, 3000];

/** @typedef {{read: Function, write: Function, truncate: Function,
 *   flush: Function, getSize: () => number, close: () => void}} Handle */

/** A handle whose file is a piece of memory. */
export class MemoryHandle {
  #bytes = new Uint8Array(0);
  #size = 0;

  /** @param {Uint8Array} view @param {{at: number}} options */
  read(view, { at }) {
    const end = Math.min(this.#size, at + view.length);
    if (end <= at) return 0;
    view.set(this.#bytes.subarray(at, end));
    return end - at;
  }

  /** @param {Uint8Array} view @param {{at: number}} options */
  write(view, { at }) {
    const end = at + view.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(view, at);
    this.#size = Math.max(this.#size, end);
    return view.length;
  }

  /** @param {number} size */
  truncate(size) {
    if (size > this.#bytes.length) this.#grow(size);
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }

  flush() {}

  getSize() {
    return this.#size;
  }

  close() {}

  /** @param {number} size */
  #grow(size) {
    const bytes = new Uint8Array(Math.max(size, this.#bytes.length * 2, 65536));
    bytes.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = bytes;
  }
}

export class Storage {
  #handles;

  /**
   * @param {'opfs' | 'memory'} kind
   * @param {string} reason  why it is not 'opfs'
   * @param {Map<string, Handle>} handles
   */
  constructor(kind, reason, handles) {
    this.kind = kind;
    this.reason = reason;
    this.#handles = handles;
  }

  /** What the core's VFS opens. To close is to lend the handle back. */
  get files() {
    return {
      open: (/** @type {string} */ name) => {
        const handle = this.#handles.get(name);
        return handle ? lend(handle) : null;
      },
    };
  }

  /** Name of the library in use. */
  get path() {
    return PLACES[this.#current()];
  }

  /** Is there another library to swap with? */
  get canUndo() {
    return this.#handle(PLACES[1 - this.#current()]).getSize() > 0;
  }

  /** The bytes of the library's main file. */
  bytes() {
    const handle = this.#handle(this.path);
    const bytes = new Uint8Array(handle.getSize());
    handle.read(bytes, { at: 0 });
    return bytes;
  }

  /**
   * Make `bytes` the current library. No library may be open.
   * @param {Uint8Array} bytes
   */
  replace(bytes) {
    const other = PLACES[1 - this.#current()];
    try {
      for (const suffix of SUFFIXES) this.#handle(other + suffix).truncate(0);
      const put = this.#handle(other).write(bytes, { at: 0 });
      if (put !== bytes.length) throw new Error('short write');
      for (const suffix of SUFFIXES) this.#handle(other + suffix).flush();
    } catch (e) {
      this.#handle(other).truncate(0);
      throw new EngineError(
        'EFULL',
        'there is not enough storage for this library; the present one is as it was',
        { cause: e },
      );
    }
    this.swap();
  }

  /** Make the other place the current one. No library may be open. */
  swap() {
    const handle = this.#handle(CURRENT);
    handle.write(new Uint8Array([1 - this.#current()]), { at: 0 });
    handle.flush();
  }

  #current() {
    const byte = new Uint8Array(1);
    this.#handle(CURRENT).read(byte, { at: 0 });
    return byte[0] === 1 ? 1 : 0;
  }

  /** @param {string} name @returns {Handle} */
  #handle(name) {
    const handle = this.#handles.get(name);
    if (!handle) throw new EngineError('EBUG', `no file “${name}”`);
    return handle;
  }
}

/** @param {Handle} handle  stays open when the borrower closes it */
function lend(handle) {
  return {
    read: handle.read.bind(handle),
    write: handle.write.bind(handle),
    truncate: handle.truncate.bind(handle),
    flush: handle.flush.bind(handle),
    getSize: handle.getSize.bind(handle),
    close() {},
  };
}

/** @returns {string[]} */
function names() {
  return [CURRENT, ...PLACES.flatMap((place) => SUFFIXES.map((end) => place + end))];
}

/** @param {string} reason */
export function memoryStorage(reason) {
  const handles = names().map((name) => /** @type {[string, Handle]} */ ([name, new MemoryHandle()]));
  return new Storage('memory', reason, new Map(handles));
}

/**
 * @param {{getDirectory?: () => Promise<any>, wait?: (ms: number) => Promise<void>}} [from]
 *     the browser's, replaced in tests
 * @returns {Promise<Storage>}
 * @throws {EngineError} EBUSY when another worker does not let go of the files
 */
export async function openStorage({
  getDirectory = () => navigator.storage.getDirectory(),
  wait = (ms) => new Promise((done) => setTimeout(done, ms)),
} = {}) {
  for (const ms of [...WAITS_MS, 0]) {
    try {
      return new Storage('opfs', '', await openHandles(getDirectory));
    } catch (e) {
      if (!(e instanceof Error) || e.name !== 'NoModificationAllowedError') {
        return memoryStorage(e instanceof Error ? e.message : String(e));
      }
    }
    await wait(ms);
  }
  throw new EngineError(
    'EBUSY',
    'another window still holds the library; close it there and try again',
  );
}

/** All or none. @param {() => Promise<any>} getDirectory */
async function openHandles(getDirectory) {
  const root = await getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  /** @type {Map<string, Handle>} */
  const handles = new Map();
  try {
    for (const name of names()) {
      const file = await folder.getFileHandle(name, { create: true });
      handles.set(name, await file.createSyncAccessHandle());
    }
  } catch (e) {
    for (const handle of handles.values()) handle.close();
    throw e;
  }
  return handles;
}
