/**
 * disk.mjs -- disk.h in JavaScript: files with the interface of the browser's
 * FileSystemSyncAccessHandle, logged, and what a power cut leaves of them.
 *
 *   Disk      files; `log` has every write, truncate and flush; `fail` may
 *             throw or give a count in a call's place
 *   Replay    goes through a log: `now` is what a kill leaves, cut() what a
 *             power cut may leave
 *   random()  a sequence that a seed gives
 */
const SECTOR = 512;
const DEVICE_SECTOR = 4096; // what the VFS tells SQLite

/** @param {number} seed @returns {(below: number) => number} */
export function random(seed) {
  let state = (seed >>> 0) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A file: bytes that grow. */
class Piece {
  constructor(bytes = new Uint8Array(0)) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  copy() {
    return new Piece(this.bytes.slice(0, this.size));
  }

  resize(size) {
    if (size > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(size, 2 * this.bytes.length));
      bytes.set(this.bytes.subarray(0, this.size));
      this.bytes = bytes;
    }
    if (size > this.size) this.bytes.fill(0, this.size, size);
    this.size = size;
  }

  put(at, bytes) {
    if (at + bytes.length > this.size) this.resize(at + bytes.length);
    this.bytes.set(bytes, at);
  }
}

/** @typedef {Map<string, Piece>} Image */

/** @param {Image} image @returns {Image} */
export function copyImage(image) {
  return new Map([...image].map(([name, piece]) => [name, piece.copy()]));
}

export class Disk {
  /** @type {{kind: string, name: string, at: number, bytes?: Uint8Array}[]} */
  log = [];
  calls = 0;
  /** @type {(what: string, name: string) => number | void} */
  fail = () => {};

  /** @param {Image} [image] */
  constructor(image = new Map()) {
    this.image = image;
  }

  /** @param {string[]} names  that are there from the beginning */
  handles(names) {
    return new Map(names.map((name) => [name, this.#handle(name)]));
  }

  #handle(name) {
    if (!this.image.has(name)) this.image.set(name, new Piece());
    const piece = this.image.get(name);
    const step = (what) => {
      this.calls++;
      return this.fail(what, name);
    };
    const note = (kind, at, bytes) => this.log.push({ kind, name, at, bytes: bytes?.slice() });
    return {
      read(view, { at }) {
        const short = step('read');
        const end = Math.min(piece.size, at + (short ?? view.length));
        if (end <= at) return 0;
        view.set(piece.bytes.subarray(at, end));
        return end - at;
      },
      write(view, { at }) {
        const short = step('write');
        const bytes = short === undefined ? view : view.subarray(0, short);
        piece.put(at, bytes);
        note('write', at, bytes);
        return bytes.length;
      },
      truncate(size) {
        step('truncate');
        piece.resize(size);
        note('truncate', size);
      },
      flush() {
        step('flush');
        note('flush', 0);
      },
      getSize() {
        step('getSize');
        return piece.size;
      },
      close() {},
    };
  }
}

export class Replay {
  /** @param {Image} start  all of it flushed */
  constructor(start) {
    this.now = copyImage(start);
    this.safe = copyImage(start);
    /** @type {Map<string, any[]>} */
    this.pending = new Map();
  }

  step(op) {
    for (const image of [this.now, this.safe]) {
      if (!image.has(op.name)) image.set(op.name, new Piece());
    }
    const pending = this.pending.get(op.name) ?? [];
    this.pending.set(op.name, pending);
    if (op.kind !== 'flush') {
      pending.push(op);
      putAll(this.now.get(op.name), op);
    } else {
      for (const each of pending) putAll(this.safe.get(op.name), each);
      pending.length = 0;
    }
  }

  /** @param {(below: number) => number} rnd @returns {Image} */
  cut(rnd) {
    const image = copyImage(this.safe);
    for (const [name, ops] of this.pending) {
      if (ops.length) WAYS[rnd(WAYS.length)](image.get(name), ops, rnd, this.now.get(name).size);
    }
    return image;
  }
}

function putAll(file, op) {
  if (op.kind === 'truncate') file.resize(op.at);
  else file.put(op.at, op.bytes);
}

function* sectors(op) {
  for (let from = 0; from < op.bytes.length; ) {
    const to = Math.min(
      (Math.floor((op.at + from) / SECTOR) + 1) * SECTOR - op.at,
      op.bytes.length,
    );
    yield [from, to];
    from = to;
  }
}

function garble(file, from, to, rnd) {
  if (to > file.size) file.resize(to);
  for (let i = from; i < to; i++) file.bytes[i] = rnd(256);
}

/** Half of the sectors; one in `odds` is garbled, where that is not 0. */
function putSome(file, op, rnd, odds = 0) {
  if (op.kind === 'truncate') {
    if (rnd(2)) file.resize(op.at);
    return;
  }
  for (const [from, to] of sectors(op)) {
    if (odds && !rnd(odds)) garble(file, op.at + from, op.at + to, rnd);
    else if (rnd(2)) file.put(op.at + from, op.bytes.subarray(from, to));
  }
}

function putBeginning(file, ops, rnd) {
  const whole = rnd(ops.length);
  for (const op of ops.slice(0, whole)) putAll(file, op);
  const last = ops[whole];
  if (last.kind !== 'write') return;
  let left = rnd(17);
  for (const [from, to] of sectors(last)) {
    if (!left--) return;
    file.put(last.at + from, last.bytes.subarray(from, to));
  }
}

function shuffled(ops, rnd) {
  const order = ops.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = rnd(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function damageLast(file, ops, rnd) {
  for (const op of ops) putAll(file, op);
  const last = ops.at(-1);
  if (last.kind !== 'write') return;
  const from = Math.floor(last.at / DEVICE_SECTOR) * DEVICE_SECTOR;
  garble(file, from, Math.min(from + DEVICE_SECTOR, file.size), rnd);
}

/** How a file fares whose last writes were not flushed: as in cut.c. */
const WAYS = [
  () => {},
  (file, ops) => ops.forEach((op) => putAll(file, op)),
  putBeginning,
  (file, ops, rnd) => ops.forEach((op) => putSome(file, op, rnd)),
  (file, ops, rnd) => shuffled(ops, rnd).forEach((op) => putSome(file, op, rnd)),
  (file, ops, rnd, size) => {
    if (size > file.size) file.resize(size);
    ops.forEach((op) => putSome(file, op, rnd));
  },
  (file, ops, rnd) => ops.forEach((op) => putSome(file, op, rnd, 8)),
  damageLast,
];
