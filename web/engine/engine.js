/**
 * engine.js -- the core's functions as methods; the only file that touches
 * wasm memory. What each takes and gives is in protocol.js.
 */
import { EngineError } from './protocol.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * What a method needs of the place where the files are (storage.js).
 * @typedef {{kind: 'opfs' | 'indexeddb' | 'memory', reason: string, path: string,
 *   canUndo: boolean, bytes: () => Uint8Array,
 *   replace: (bytes: Uint8Array) => void, swap: () => void}} Storage
 */

export class Engine {
  #core;
  #storage;

  /**
   * @param {any} core  an instance of build/wasm/core.mjs
   * @param {Storage} storage
   */
  constructor(core, storage) {
    this.#core = core;
    this.#storage = storage;
  }

  open() {
    this.#run('open', this.#storage.path, true);
    return {
      storage: this.#storage.kind,
      reason: this.#storage.reason,
      version: this.#string(this.#core._capsa_wasm_version()),
      undo: this.#storage.canUndo,
    };
  }

  close() {
    this.#core._capsa_wasm_close();
  }

  /** @param {{bytes: Uint8Array | string, name: string, format?: string}} params */
  add({ bytes, name, format = 'auto' }) {
    const number = this.#number('format', format);
    const { added, entries } = this.#json('add', bytes, name, number);
    return { added, entry: entries[0] };
  }

  /** @param {{bytes: Uint8Array, path: string, inFolder?: boolean}} params */
  import({ bytes, path, inFolder = false }) {
    const words = inFolder ? this.#text('path_problem', path) : '';
    if (words) return [{ status: 'EBINARY', words }];
    const outcomes = this.#json('import', bytes, path);
    return outcomes.map((/** @type {any} */ { entries, ...outcome }) => ({
      ...outcome,
      entry: entries?.[0],
    }));
  }

  /** @param {{name: string}} params */
  remarks({ name }) {
    return this.#json('remarks', name);
  }

  list() {
    return this.#json('list');
  }

  /** @param {{name: string}} params */
  document({ name }) {
    const { entries, head, html } = this.#json('document', name);
    return { entry: entries[0], head, html };
  }

  /** @param {{name: string, as: 'text' | 'json'}} params */
  export({ name, as }) {
    return this.#text('export', name, as === 'text');
  }

  /** @param {{name: string}} params */
  remove({ name }) {
    this.#run('remove', name);
  }

  /** @param {{name: string}} params */
  versions({ name }) {
    return this.#json('versions', name);
  }

  /** @param {{names: string[]}} params */
  declareVersions({ names }) {
    this.#run('versions_declare', names.join('\n'));
  }

  /** @param {{name: string}} params */
  dissolveVersion({ name }) {
    this.#run('versions_dissolve', name);
  }

  /** @param {{one: string, other: string}} params */
  align({ one, other }) {
    return this.#json('versions_align', one, other);
  }

  /** @param {{name: string}} params */
  repairs({ name }) {
    return this.#json('repairs', name);
  }

  /** @param {{name: string, number?: number, rule?: string}} params */
  undoRepair({ name, number = 0, rule = '' }) {
    return this.#json('repairs_change', name, number, rule, true);
  }

  /** @param {{name: string, number?: number, rule?: string}} params */
  redoRepair({ name, number = 0, rule = '' }) {
    return this.#json('repairs_change', name, number, rule, false);
  }

  /**
   * @param {{text: string, document?: string, typing?: boolean,
   *   limit?: number, skip?: number}} params
   */
  search({ text, document = '', typing = false, limit = 0, skip = 0 }) {
    return this.#json('search', text, document, typing, limit, skip);
  }

  /** @param {{name: string, turn?: number, style: string, form: string}} params */
  cite({ name, turn = 0, style, form }) {
    const numbers = [this.#number('style', style), this.#number('form', form)];
    return this.#text('cite', name, turn, ...numbers);
  }

  /** @param {import('./protocol.js').Mark} mark */
  annotate({ document, startBlock, startUtf16, endBlock, endUtf16, colour, note }) {
    const places = [startBlock, startUtf16, endBlock, endUtf16];
    return this.#json('annotation_create', document, ...places, colour, note)[0];
  }

  /** @param {{id: string, colour: number, note: string}} params */
  updateNote({ id, colour, note }) {
    this.#run('annotation_update', id, colour, note);
  }

  /** @param {{id: string}} params */
  removeNote({ id }) {
    this.#run('annotation_remove', id);
  }

  /** @param {{id: string}} params */
  restoreNote({ id }) {
    this.#run('annotation_restore', id);
  }

  /** @param {{document?: string}} params */
  notes({ document = '' }) {
    return this.#json('annotations', document);
  }

  /** @param {{name: string}} params */
  setting({ name }) {
    return this.#text('setting', name);
  }

  /** @param {{name: string, value: string}} params */
  setSetting({ name, value }) {
    this.#run('set_setting', name, value);
  }

  save() {
    this.#run('save');
    return this.#answer().slice();
  }

  /** The library's file as it lies there, whatever is wrong with it. */
  rescue() {
    return this.#storage.bytes();
  }

  /**
   * Put a saved library in the place of this one, which is kept beside it.
   * The saved one is opened first: where that fails, nothing has changed.
   * @param {{bytes: Uint8Array}} params
   */
  openCopy({ bytes }) {
    this.close();
    this.#storage.replace(bytes);
    try {
      this.#run('open', this.#storage.path, false);
      this.#run('list');
      return this.open();
    } catch (e) {
      this.undoCopy();
      throw e;
    }
  }

  /** Back to the library that was there before openCopy. */
  undoCopy() {
    this.close();
    this.#storage.swap();
    return this.open();
  }

  /**
   * Call capsa_wasm_NAME; texts and bytes are lent as (pointer, length).
   * @param {string} name
   * @param {...(string | Uint8Array | number | boolean)} values
   */
  #run(name, ...values) {
    /** @type {number[]} */
    const lent = [];
    try {
      const numbers = values.flatMap((value) => {
        if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
        const bytes = typeof value === 'string' ? encoder.encode(value) : value;
        const ptr = this.#lend(bytes);
        lent.push(ptr);
        return [ptr, bytes.length];
      });
      this.#check(this.#core[`_capsa_wasm_${name}`](...numbers));
    } finally {
      for (const ptr of lent) this.#core._free(ptr);
    }
  }

  /** @param {Uint8Array} bytes */
  #lend(bytes) {
    const ptr = this.#core._malloc(bytes.length || 1);
    if (!ptr) throw new EngineError('ENOMEM', 'there is not enough memory for this');
    this.#core.HEAPU8.set(bytes, ptr);
    return ptr;
  }

  /** @param {number} status  a capsa_status; its words come from the core */
  #check(status) {
    if (status === 0) return;
    throw new EngineError(
      this.#string(this.#core._capsa_wasm_status_name(status)),
      this.#string(this.#core._capsa_wasm_status_text(status)),
    );
  }

  /* HEAPU8 is looked up on every use: growing the memory replaces it. */
  #answer() {
    const ptr = this.#core._capsa_wasm_answer();
    const length = this.#core._capsa_wasm_answer_length();
    return this.#core.HEAPU8.subarray(ptr, ptr + length);
  }

  /** @param {string} name @param {...any} values */
  #text(name, ...values) {
    this.#run(name, ...values);
    return decoder.decode(this.#answer());
  }

  /** @param {string} name @param {...any} values */
  #json(name, ...values) {
    return JSON.parse(this.#text(name, ...values));
  }

  /** @param {number} ptr  of a zero-terminated string */
  #string(ptr) {
    const heap = this.#core.HEAPU8;
    return decoder.decode(heap.subarray(ptr, heap.indexOf(0, ptr)));
  }

  /** The core's number for a style, form or format. @param {string} kind @param {string} name */
  #number(kind, name) {
    const bytes = encoder.encode(name);
    const ptr = this.#lend(bytes);
    try {
      return this.#core[`_capsa_wasm_${kind}_find`](ptr, bytes.length);
    } finally {
      this.#core._free(ptr);
    }
  }
}
