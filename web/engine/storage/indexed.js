/**
 * indexed.js -- the library's files in memory and, block by block, in
 * IndexedDB, for browsers without synchronous file handles.
 *
 *   IndexedFiles.open(names)  reads all files into memory
 *   settle(since)             brings what changed to the disk
 *
 * Invariant: what lies in IndexedDB is always the files as they were after
 * some whole call. Blocks and sizes of all files that a call changed go there
 * in one transaction of strict durability; its completion is the promise
 * that `settle` keeps, and the worker answers only then. A journal that came
 * and went within a call never leaves memory. Where the transaction fails,
 * memory goes back to what the disk has, and every call that built on it
 * fails too: `epoch` counts these failures, and a call tells by it when it
 * began.
 */
import { EngineError } from '../protocol.js';
import { MemoryHandle, BLOCK_BYTES } from './memory.js';
import { cleared } from './places.js';

export const DATABASE = 'capsa-library';

/** Blocks read at once, 4 MiB: the copies that a read makes are bounded. */
const BATCH_BLOCKS = 512;

/**
 * What a file was: the blocks that changed, and its size.
 * @typedef {{blocks: Map<number, Uint8Array | undefined>, size: number}} Before
 */

/** A file that remembers what it was when it was last settled. */
export class KeptHandle extends MemoryHandle {
  /** @type {Before | undefined} */
  #before;

  /** @param {Uint8Array} view @param {{at: number}} options */
  write(view, { at }) {
    this.#remember(at, at + view.length);
    return super.write(view, { at });
  }

  /** @param {number} size */
  truncate(size) {
    this.#remember(size, this.getSize());
    super.truncate(size);
  }

  /** What it was since the last time; from now on it remembers anew. */
  take() {
    const before = this.#before;
    this.#before = undefined;
    return before;
  }

  /** @param {Before | undefined} before */
  revert(before) {
    if (!before) return;
    super.truncate(before.size);
    for (const [number, bytes] of before.blocks) this.setBlock(number, bytes);
    this.#before = undefined;
  }

  /** @param {number} start @param {number} end  bytes that are about to change */
  #remember(start, end) {
    this.#before ??= { blocks: new Map(), size: this.getSize() };
    const { blocks } = this.#before;
    for (let n = Math.floor(start / BLOCK_BYTES); n * BLOCK_BYTES < end; n++) {
      if (!blocks.has(n)) blocks.set(n, this.block(n)?.slice());
    }
  }
}

export class IndexedFiles {
  #database;
  #owner = crypto.randomUUID();
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  /** @type {unknown} */
  #failure;
  #isCleared = false;
  /** @type {Map<string, KeptHandle>} */
  handles = new Map();
  epoch = 0;

  /** Called around going back, so that nobody holds pages of what is gone.
   * @type {(revert: () => void) => void} */
  onrevert = (revert) => revert();

  /** The database does not work, or another window took it. @type {() => void} */
  onlost = () => {};

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
    database.onclose = database.onversionchange = () => (this.#isCleared = true);
  }

  /**
   * @param {string[]} names
   * @param {IDBFactory} [factory]
   */
  static async open(names, factory = indexedDB) {
    const files = new IndexedFiles(await openDatabase(factory));
    try {
      await files.#own();
      for (const name of names) files.handles.set(name, await files.#load(name));
    } catch (e) {
      files.close();
      throw e;
    }
    return files;
  }

  /** @param {string[]} names */
  static async exists(names, factory = globalThis.indexedDB) {
    const all = (await factory?.databases?.().catch(() => [])) ?? [];
    if (!all.some(({ name }) => name === DATABASE)) return false;
    const database = await openDatabase(factory);
    const sizes = database.transaction('sizes').objectStore('sizes');
    const found = await Promise.all(names.map((name) => result(sizes.get(name))));
    database.close();
    return found.some((size) => size > 0);
  }

  /** @param {IDBFactory} factory */
  static remove(factory = indexedDB) {
    return result(factory.deleteDatabase(DATABASE));
  }

  /**
   * Resolves when all that was changed so far is on the disk.
   * @param {number} since  `epoch` when the call began
   * @throws {EngineError} when it is not: then it is undone in memory too
   */
  settle(since) {
    const done = this.#queue.then(() => {
      if (this.epoch !== since) throw this.#failure;
      return this.#write();
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  close() {
    this.#database.onclose = this.#database.onversionchange = null;
    this.#database.close();
  }

  async #write() {
    const changed = [...this.handles]
      .map(([name, handle]) => ({ name, handle, before: handle.take() }))
      .filter(({ before }) => before);
    if (!changed.length) return;
    if (this.#isCleared) throw cleared();
    try {
      const transaction = this.#begin();
      const whole = completion(transaction);
      const owner = transaction.objectStore('owner').get(0);
      owner.onsuccess = () => {
        if (owner.result === this.#owner) putAll(transaction, changed);
        else transaction.abort();
      };
      await whole;
    } catch (e) {
      this.epoch++;
      this.#failure = explain(e);
      this.onrevert(() => {
        // What came while the disk was at work goes first, being newer.
        for (const handle of this.handles.values()) handle.revert(handle.take());
        for (const { handle, before } of changed) handle.revert(before);
      });
      if (!isFull(e)) this.onlost();
      throw this.#failure;
    }
  }

  /** @returns {IDBTransaction} */
  #begin() {
    const stores = ['blocks', 'sizes', 'owner'];
    return this.#database.transaction(stores, 'readwrite', { durability: 'strict' });
  }

  /**
   * Write our name over that of a window that had the library before: where
   * there are no locks it is kept from writing into ours. A disk that is full
   * can still be read, under the old name.
   */
  async #own() {
    try {
      const transaction = this.#begin();
      transaction.objectStore('owner').put(this.#owner, 0);
      await completion(transaction);
    } catch (e) {
      if (!isFull(e)) throw e;
      this.#owner = await result(this.#database.transaction('owner').objectStore('owner').get(0));
    }
  }

  /** @param {string} name */
  async #load(name) {
    const handle = new KeptHandle();
    const transaction = this.#database.transaction(['sizes', 'blocks']);
    const size = (await result(transaction.objectStore('sizes').get(name))) ?? 0;
    const store = transaction.objectStore('blocks');
    for (let n = 0; n * BLOCK_BYTES < size; n += BATCH_BLOCKS) {
      const range = IDBKeyRange.bound([name, n], [name, n + BATCH_BLOCKS - 1]);
      const keys = result(store.getAllKeys(range));
      const blocks = await result(store.getAll(range));
      (await keys).forEach((/** @type {any} */ key, /** @type {number} */ i) =>
        handle.setBlock(key[1], blocks[i]),
      );
    }
    handle.truncate(size);
    handle.take();
    return handle;
  }
}

/**
 * @param {IDBTransaction} transaction
 * @param {{name: string, handle: KeptHandle, before: Before | undefined}[]} changed
 */
function putAll(transaction, changed) {
  const blocks = transaction.objectStore('blocks');
  for (const { name, handle, before } of changed) {
    for (const [number, was] of before?.blocks ?? []) {
      const bytes = handle.block(number);
      if (bytes) blocks.put(bytes, [name, number]);
      else if (was) blocks.delete([name, number]);
    }
    if (handle.getSize() !== before?.size) {
      transaction.objectStore('sizes').put(handle.getSize(), name);
    }
  }
}

/** @param {IDBFactory} factory @returns {Promise<IDBDatabase>} */
function openDatabase(factory) {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    for (const store of ['blocks', 'sizes', 'owner']) request.result.createObjectStore(store);
  };
  return result(request);
}

/** @param {IDBRequest} request @returns {Promise<any>} */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction */
export function completion(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was ended'));
  });
}

/** @param {unknown} e */
function isFull(e) {
  return e instanceof Error && e.name === 'QuotaExceededError';
}

/** @param {unknown} cause */
function explain(cause) {
  return isFull(cause)
    ? new EngineError(
        'EFULL',
        'the browser’s storage is full; this was not saved, all before it is safe; make room and try again',
        { cause },
      )
    : new EngineError(
        'EIO',
        'the browser did not save this; all that was saved before is safe; try once more, or reload the page',
        { cause },
      );
}
