/**
 * places.js -- the library's files, wherever they are kept.
 *
 *   Storage           what the engine and the worker ask (engine.js, worker.js)
 *   memoryStorage()   one that keeps nothing
 *
 * There are two places, `library-0` and `library-1`, of three files each, and
 * a file `current` whose one byte says which is in use. A library that comes
 * in from outside is written to the other place and opened there before that
 * byte changes: whenever the power goes, one whole library is current.
 */
import { EngineError } from '../protocol.js';
import { MemoryCopies, PART } from './copies.js';
import { MemoryHandle } from './memory.js';

/**
 * @typedef {import('./memory.js').Handle} Handle
 * @typedef {'opfs' | 'indexeddb' | 'memory'} Kind
 *
 * What keeps the files where a flush is not enough (indexed.js, opfs.js).
 * @typedef {{epoch: number,
 *   settle: (since: number, isChanged: boolean) => Promise<void>,
 *   onrevert: (revert: () => void) => void, onlost: () => void,
 *   close: () => void}} Keeper
 */

/** What comes in is flushed so often: no step then waits for all of it. */
const UNFLUSHED_BYTES_MAX = 8 << 20;

const PLACES = ['library-0', 'library-1'];
const SUFFIXES = ['', '-journal', '-wal'];
export const CURRENT = 'current';

/** Of a library that is read whole. */
export const PIECE_BYTES = 4 << 20;

/** Written to `current` while files are being moved here (choose.js). */
export const MOVING = 2;

/** Of all files. @returns {string[]} */
export function names() {
  return [CURRENT, ...PLACES.flatMap((place) => SUFFIXES.map((end) => place + end))];
}

/**
 * The reader cleared the site's data with the page open. What is open stays
 * readable, and can be saved; another worker would find nothing.
 */
export function cleared() {
  return new EngineError(
    'ECLEARED',
    'the site’s data were cleared while this window was open, and the library is in this window alone; save a copy before you close it',
  );
}

/** A flush is enough, or all that can be done. @returns {Keeper} */
function noKeeper() {
  return { epoch: 0, settle: async () => {}, onrevert() {}, onlost() {}, close() {} };
}

export class Storage {
  #handles;
  #keeper;
  #isChanged = false;
  #received = 0;
  #unflushed = 0;
  #first = new Uint8Array(0);

  /** Called when the files are not ours any more: nothing that the engine
   * holds can be trusted. @type {(cause: unknown) => void} */
  onlost = () => {};

  /**
   * @param {Kind} kind
   * @param {string} reason  why it is not 'opfs', for the reader
   * @param {Map<string, Handle>} handles
   * @param {Keeper} [keeper]
   * @param {import('./copies.js').FileCopies | MemoryCopies} [copies]  IndexedCopies is one
   */
  constructor(kind, reason, handles, keeper = noKeeper(), copies = new MemoryCopies()) {
    this.copies = copies;
    this.kind = kind;
    this.reason = reason;
    this.#handles = handles;
    this.#keeper = keeper;
    keeper.onlost = () => this.onlost(new Error('the browser took the files away'));
  }

  /** What the core's VFS opens. To close is to lend the handle back. */
  get files() {
    return {
      open: (/** @type {string} */ name) => {
        if (name === PART) return this.copies.lend();
        const handle = this.#handles.get(name);
        return handle ? this.#lend(handle) : null;
      },
    };
  }

  /** To be handed to `settle` by a call that begins now. */
  get epoch() {
    return this.#keeper.epoch;
  }

  /**
   * Resolves when what was changed so far is kept; an answer waits for it.
   * @param {number} since  `epoch` when the call began
   * @throws {EngineError} EFULL, EIO when it is not kept: the files are as
   *     before; ECLEARED when they are not there any more (`cleared`)
   */
  settle(since) {
    const isChanged = this.#isChanged;
    this.#isChanged = false;
    return this.#keeper.settle(since, isChanged).catch((e) => {
      // Copies beside it would be gone as well: they are made in memory.
      if (e.code === 'ECLEARED' && this.copies.keeps) this.copies = new MemoryCopies();
      throw e;
    });
  }

  /** @param {(revert: () => void) => void} act  called when files go back to
   * what they were: closes the library, calls `revert`, opens it again */
  set onrevert(act) {
    this.#keeper.onrevert = act;
  }

  /** Let the files go. No library may be open. */
  close() {
    for (const handle of this.#handles.values()) {
      try {
        handle.close();
      } catch {
        /* the browser closed it before */
      }
    }
    this.#keeper.close();
    this.copies.close();
  }

  /** Name of the library in use. */
  get path() {
    return PLACES[this.#current()];
  }

  /** Is there another library to swap with? */
  get canUndo() {
    const first = new Uint8Array(1);
    this.#handle(this.other).read(first, { at: 0 });
    return first[0] > 0; // 0 while a copy is being received
  }

  /** Name of the library that is not in use. */
  get other() {
    return PLACES[1 - this.#current()];
  }

  /** Bytes of the library in use. */
  get size() {
    return this.#handle(this.path).getSize();
  }

  /** The bytes of the library's main file. */
  bytes() {
    const handle = this.#handle(this.path);
    const bytes = new Uint8Array(handle.getSize());
    handle.read(bytes, { at: 0 });
    return bytes;
  }

  /**
   * The same, read piece by piece: where a blob keeps its pieces is the
   * browser's affair, and a gigabyte is never in the worker's memory.
   */
  blob() {
    const handle = this.#handle(this.path);
    const size = handle.getSize();
    const pieces = [];
    for (let at = 0; at < size; at += PIECE_BYTES) {
      const bytes = new Uint8Array(Math.min(PIECE_BYTES, size - at));
      handle.read(bytes, { at });
      pieces.push(new Blob([bytes]));
    }
    return new Blob(pieces);
  }

  /** An empty file in the other place, for what comes in. */
  beginReceive() {
    this.forgetOther();
    this.#received = 0;
    this.#first = new Uint8Array(0);
  }

  /**
   * The next piece of it. Its first byte comes last: as long as it is missing
   * nobody takes the file for a library.
   * @param {Uint8Array} bytes
   */
  receive(bytes) {
    if (!this.#received) this.#first = bytes.slice(0, 1);
    const at = this.#received || 1;
    const rest = this.#received ? bytes : bytes.subarray(1);
    this.#put(rest, at);
    this.#received += bytes.length;
    this.#unflushed += bytes.length;
    if (this.#unflushed < UNFLUSHED_BYTES_MAX) return;
    this.#handle(this.other).flush();
    this.#unflushed = 0;
  }

  /** It is whole. */
  endReceive() {
    this.#handle(this.other).flush();
    this.#put(this.#first, 0);
    this.#handle(this.other).flush();
  }

  /** Empty the other place. */
  forgetOther() {
    for (const suffix of SUFFIXES) {
      this.#handle(this.other + suffix).truncate(0);
      this.#handle(this.other + suffix).flush();
    }
  }

  /** @param {Uint8Array} bytes @param {number} at */
  #put(bytes, at) {
    try {
      const put = this.#handle(this.other).write(bytes, { at });
      if (put !== bytes.length) throw new Error('short write');
    } catch (e) {
      this.#handle(this.other).truncate(0);
      throw new EngineError(
        'EFULL',
        'there is not enough storage for this library; the present one is as it was',
        { cause: e },
      );
    }
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

  /** A handle that stays open when the core closes it.
   * @param {Handle} handle @returns {Handle} */
  #lend(handle) {
    return {
      read: (view, options) => this.#try(() => handle.read(view, options)),
      write: (view, options) => {
        this.#isChanged = true;
        return this.#try(() => handle.write(view, options));
      },
      truncate: (size) => this.#try(() => handle.truncate(size)),
      flush: () => this.#try(() => handle.flush()),
      getSize: () => this.#try(() => handle.getSize()),
      close() {},
    };
  }

  /**
   * A handle that the browser closed under us, as after a phone's sleep, does
   * not come back: the files have to be opened anew.
   * @template T @param {() => T} act @returns {T}
   */
  #try(act) {
    try {
      return act();
    } catch (e) {
      if (e instanceof Error && e.name === 'InvalidStateError') this.onlost(e);
      throw e;
    }
  }

  /** @param {string} name @returns {Handle} */
  #handle(name) {
    const handle = this.#handles.get(name);
    if (!handle) throw new EngineError('EBUG', `no file “${name}”`);
    return handle;
  }
}

/** @param {string} reason  for the reader */
export function memoryStorage(reason) {
  const handles = names().map((name) => /** @type {[string, Handle]} */ ([name, new MemoryHandle()]));
  return new Storage('memory', reason, new Map(handles));
}
