/**
 * choose.js -- the best place for the library that this browser has.
 *
 *   1. the origin private file system, by synchronous handles    'opfs'
 *   2. memory and IndexedDB, where there are no such handles     'indexeddb'
 *   3. memory alone, where that is refused too                   'memory'
 *
 * Only a browser that lacks something is passed over. One that has it and
 * fails is an error: in the next place there would be an empty library, and
 * the reader would think that all is lost.
 *
 * A browser may learn: a library that lies in IndexedDB moves to the file
 * system once there is one, and nothing in it yet.
 */
import { EngineError } from '../protocol.js';
import { IndexedFiles } from './indexed.js';
import { FileCopies } from './copies.js';
import { IndexedCopies } from './indexed-copies.js';
import { openFiles, openFolder } from './opfs.js';
import { CURRENT, memoryStorage, MOVING, names, Storage } from './places.js';

/** A worker that was just terminated may still hold its handles: Firefox lets
 * the lock go before them. Waits add up to some six seconds. */
const WAITS_MS = [20, 50, 100, 200, 400, 800, 1600, 3000];

/** What is tried again: held elsewhere, and no answer. */
const AGAIN = ['NoModificationAllowedError', 'TimeoutError'];

const COPY_BYTES = 1 << 20;

/**
 * What a lack is called, in words that follow on “because”.
 * @type {Record<string, string>}
 */
const LACKS = {
  ReferenceError: 'this browser has no such storage',
  TypeError: 'this browser has no files that a page can write as it must',
  NotSupportedError: 'this browser’s files cannot be written as they must be',
  SecurityError: 'the browser refuses files to this window, as it does in some private windows and frames',
  NotAllowedError: 'the browser refuses files to this window',
};

/** What IndexedDB says in private windows of old browsers, beside these. */
const LACKS_INDEXED = { ...LACKS, InvalidStateError: LACKS.SecurityError };

/** And in Chromium's frames of another site, which get nothing (measured). The
 * same name stands for a disk that fails: only the words tell. */
const REFUSED = /denied permission/;

/** @typedef {import('./memory.js').Handle} Handle */

/**
 * @param {{getDirectory?: () => Promise<any>, factory?: IDBFactory,
 *   wait?: (ms: number) => Promise<void>}} [from]
 *     the browser's, replaced in tests
 * @returns {Promise<Storage>}
 * @throws {EngineError} EBUSY when another worker does not let go of the
 *     files, EIO when the browser has them and does not open them
 */
export async function openStorage({
  getDirectory = async () => navigator.storage.getDirectory(),
  factory = globalThis.indexedDB,
  wait = (ms) => new Promise((done) => setTimeout(done, ms)),
} = {}) {
  const files = await tryFiles(getDirectory, wait);
  const isThere = typeof files !== 'string';
  if (isThere && (await hasMoved(files.handles, factory))) {
    const copies = new FileCopies(() => openFolder(getDirectory));
    return new Storage('opfs', '', files.handles, files.keeper, copies);
  }
  const reason = isThere ? 'there is too little room to move it to files' : files;
  const indexed = await openIndexed(factory);
  if (typeof indexed === 'string') return memoryStorage(reason);
  return new Storage('indexeddb', reason, indexed.handles, indexed, new IndexedCopies(factory));
}

/**
 * @param {() => Promise<any>} getDirectory
 * @param {(ms: number) => Promise<void>} wait
 * @returns {Promise<Awaited<ReturnType<typeof openFiles>> | string>}  or what is lacking
 */
async function tryFiles(getDirectory, wait) {
  let late;
  for (const ms of [...WAITS_MS, 0]) {
    try {
      return await openFiles(names(), getDirectory);
    } catch (e) {
      if (!AGAIN.includes(nameOf(e))) return lackOf(e, LACKS);
      late = nameOf(e) === 'TimeoutError' ? e : undefined;
    }
    await wait(ms);
  }
  if (late) return lackOf(late, LACKS);
  throw new EngineError(
    'EBUSY',
    'another window still holds the library; close it there and try again',
  );
}

/** @param {IDBFactory} factory @returns {Promise<IndexedFiles | string>} */
async function openIndexed(factory) {
  try {
    if (!factory) throw new ReferenceError('no indexedDB');
    return await IndexedFiles.open(names(), factory);
  } catch (e) {
    if (nameOf(e) === 'UnknownError' && REFUSED.test(String(e))) return LACKS.SecurityError;
    return lackOf(e, LACKS_INDEXED);
  }
}

/** @param {unknown} e */
function nameOf(e) {
  return e instanceof Error ? e.name : '';
}

/** @param {unknown} e @param {Record<string, string>} lacks @returns {string} */
function lackOf(e, lacks) {
  const lack = Object.hasOwn(lacks, nameOf(e)) && lacks[nameOf(e)];
  if (lack) return lack;
  throw new EngineError(
    'EIO',
    'the browser does not open the library’s files; nothing in them was changed; try again, or start the browser anew',
    { cause: e },
  );
}

/**
 * What IndexedDB holds is copied, and goes only when the copy is whole: until
 * then `current` says MOVING, and the next start copies it again.
 * @param {Map<string, Handle>} files
 * @param {IDBFactory} factory
 * @returns {Promise<boolean>}  false: it has no room here, and stays there
 */
async function hasMoved(files, factory) {
  const current = /** @type {Handle} */ (files.get(CURRENT));
  const byte = new Uint8Array(1);
  current.read(byte, { at: 0 });
  const isEmpty = [...files.values()].every((file) => file.getSize() === 0);
  if (byte[0] !== MOVING && !isEmpty) return true;
  if (!(await IndexedFiles.exists(names(), factory))) return true;

  const from = await IndexedFiles.open(names(), factory);
  try {
    put(current, MOVING);
    for (const [name, file] of files) {
      if (file !== current) copy(/** @type {Handle} */ (from.handles.get(name)), file);
    }
    from.handles.get(CURRENT)?.read(byte.fill(0), { at: 0 });
    put(current, byte[0]);
  } catch {
    for (const file of files.values()) file.truncate(0);
    for (const file of files.values()) file.close();
    return false;
  } finally {
    from.close();
  }
  await IndexedFiles.remove(factory);
  return true;
}

/** @param {Handle} file @param {number} byte */
function put(file, byte) {
  write(file, new Uint8Array([byte]), 0);
  file.flush();
}

/** @param {Handle} from @param {Handle} to */
function copy(from, to) {
  const bytes = new Uint8Array(COPY_BYTES);
  const size = from.getSize();
  to.truncate(0);
  for (let at = 0; at < size; at += COPY_BYTES) {
    write(to, bytes.subarray(0, from.read(bytes, { at })), at);
  }
  to.flush();
}

/** @param {Handle} file @param {Uint8Array} bytes @param {number} at */
function write(file, bytes, at) {
  if (file.write(bytes, { at }) !== bytes.length) throw new Error('short write');
}
