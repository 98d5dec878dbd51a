/**
 * indexed-copies.js -- copies beside a library that is in IndexedDB: in a
 * database of their own, piece by piece, for browsers without files. One is
 * written in one transaction, when it is whole.
 *
 * The copy that is only given to the reader is in memory: it needs no keeping.
 */
import { EXPORT, MemoryCopies } from './copies.js';
import { completion, result } from './indexed.js';
import { blobOf } from './memory.js';

const DATABASE = 'capsa-copies';
const PIECE_BYTES = 4 << 20;

/** @typedef {import('./copies.js').Copy} Copy */

export class IndexedCopies extends MemoryCopies {
  #factory;
  keeps = true;

  /** @param {IDBFactory} [factory] */
  constructor(factory = indexedDB) {
    super();
    this.#factory = factory;
  }

  /** @param {string} name */
  async finish(name) {
    if (name === EXPORT) return super.finish(name);
    const blob = blobOf(this.handle);
    this.handle = undefined;
    /** @type {Uint8Array[]} */
    const pieces = [];
    for (let at = 0; at < blob.size; at += PIECE_BYTES) {
      pieces.push(new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer()));
    }
    await this.#change((copies, all) => {
      all.delete(rangeOf(name));
      for (const [n, piece] of pieces.entries()) all.put(piece, [name, n]);
      copies.put({ size: blob.size, time: Date.now() }, name);
    });
  }

  /** Is there room for so many bytes more? @param {number} bytes */
  async hasRoomFor(bytes) {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    return quota === undefined || quota - (usage ?? 0) >= bytes;
  }

  /** @returns {Promise<Copy[]>}  newest first */
  async list() {
    const database = await this.#open();
    try {
      const copies = database.transaction('copies').objectStore('copies');
      const [names, values] = await Promise.all([result(copies.getAllKeys()), result(copies.getAll())]);
      const list = names.map((/** @type {string} */ name, /** @type {number} */ n) => ({ name, ...values[n] }));
      return list.sort((/** @type {Copy} */ a, /** @type {Copy} */ b) => b.time - a.time);
    } finally {
      database.close();
    }
  }

  /** @param {string} name @returns {Promise<Blob>} */
  async file(name) {
    if (name === EXPORT) return super.file(name);
    const database = await this.#open();
    try {
      const all = database.transaction('pieces').objectStore('pieces');
      return new Blob(await result(all.getAll(rangeOf(name))));
    } finally {
      database.close();
    }
  }

  /** @param {string} name */
  async remove(name) {
    await this.#change((copies, all) => {
      all.delete(rangeOf(name));
      copies.delete(name);
    });
  }

  /** @param {(copies: IDBObjectStore, pieces: IDBObjectStore) => void} act  all of it, or nothing */
  async #change(act) {
    const database = await this.#open();
    try {
      const transaction = database.transaction(['copies', 'pieces'], 'readwrite', { durability: 'strict' });
      const whole = completion(transaction);
      act(transaction.objectStore('copies'), transaction.objectStore('pieces'));
      await whole;
    } finally {
      database.close();
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  #open() {
    const request = this.#factory.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const store of ['copies', 'pieces']) request.result.createObjectStore(store);
    };
    return result(request);
  }
}

/** All pieces of a copy. @param {string} name */
function rangeOf(name) {
  return IDBKeyRange.bound([name, 0], [name, Infinity]);
}
