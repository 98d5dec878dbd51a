/**
 * memory.js -- a file that is pieces of memory.
 *
 * Blocks are as large as the library's pages (core/store/library.c), so that
 * a page that changes is one block. A block that was never written is not
 * there and reads as zeros.
 */

export const BLOCK_BYTES = 8192;

/**
 * What the core's VFS needs of a file: FileSystemSyncAccessHandle's methods.
 * @typedef {{read: (view: Uint8Array, options: {at: number}) => number,
 *   write: (view: Uint8Array, options: {at: number}) => number,
 *   truncate: (size: number) => void, flush: () => void,
 *   getSize: () => number, close: () => void}} Handle
 */

export class MemoryHandle {
  /** @type {(Uint8Array | undefined)[]} */
  #blocks = [];
  #size = 0;

  /** @param {Uint8Array} view @param {{at: number}} options */
  read(view, { at }) {
    const length = Math.max(0, Math.min(view.length, this.#size - at));
    for (const { block, from, start, end } of pieces(at, length)) {
      const bytes = this.#blocks[block];
      if (bytes) view.set(bytes.subarray(start, end), from);
      else view.fill(0, from, from + end - start);
    }
    return length;
  }

  /** @param {Uint8Array} view @param {{at: number}} options */
  write(view, { at }) {
    for (const { block, from, start, end } of pieces(at, view.length)) {
      const bytes = (this.#blocks[block] ??= new Uint8Array(BLOCK_BYTES));
      bytes.set(view.subarray(from, from + end - start), start);
    }
    this.#size = Math.max(this.#size, at + view.length);
    return view.length;
  }

  /** @param {number} size */
  truncate(size) {
    const kept = Math.ceil(size / BLOCK_BYTES);
    if (this.#blocks.length > kept) this.#blocks.length = kept;
    const inLast = size % BLOCK_BYTES;
    if (size < this.#size && inLast) this.#blocks[kept - 1]?.fill(0, inLast);
    this.#size = size;
  }

  flush() {}

  getSize() {
    return this.#size;
  }

  close() {}

  /** @param {number} number @returns {Uint8Array | undefined} its own, not a copy */
  block(number) {
    return this.#blocks[number];
  }

  /** @param {number} number @param {Uint8Array | undefined} bytes  BLOCK_BYTES, kept */
  setBlock(number, bytes) {
    this.#blocks[number] = bytes;
  }
}

/**
 * The blocks that hold `length` bytes from `at` on: bytes `start` to `end` of
 * each stand at `from` of the whole.
 * @param {number} at @param {number} length
 */
function* pieces(at, length) {
  for (let from = 0; from < length; ) {
    const block = Math.floor((at + from) / BLOCK_BYTES);
    const start = (at + from) % BLOCK_BYTES;
    const end = Math.min(BLOCK_BYTES, start + length - from);
    yield { block, from, start, end };
    from += end - start;
  }
}

/** What a file holds. @param {MemoryHandle | undefined} handle */
export function blobOf(handle) {
  const size = handle?.getSize() ?? 0;
  const blocks = [];
  for (let n = 0; n * BLOCK_BYTES < size; n++) {
    blocks.push(handle?.block(n) ?? new Uint8Array(BLOCK_BYTES));
  }
  return new Blob(/** @type {BlobPart[]} */ (blocks)).slice(0, size);
}
