/** core.js -- call the core by name; the only file that touches wasm memory. */
import { EngineError } from './protocol.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Core {
  /** @param {any} raw  an instance of build/wasm/core.mjs */
  constructor(raw) {
    this.raw = raw;
  }

  /**
   * Call capsa_wasm_NAME; texts and bytes are lent as (pointer, length).
   * @param {string} name
   * @param {...(string | Uint8Array | number | boolean)} values
   */
  run(name, ...values) {
    /** @type {number[]} */
    const lent = [];
    try {
      const numbers = values.flatMap((value) => {
        if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
        const bytes = typeof value === 'string' ? encoder.encode(value) : value;
        const ptr = this.lend(bytes);
        lent.push(ptr);
        return [ptr, bytes.length];
      });
      this.check(this.raw[`_capsa_wasm_${name}`](...numbers));
    } finally {
      for (const ptr of lent) this.raw._free(ptr);
    }
  }

  /** @param {Uint8Array} bytes */
  lend(bytes) {
    const ptr = this.raw._malloc(bytes.length || 1);
    if (!ptr) throw new EngineError('ENOMEM', 'there is not enough memory for this');
    this.raw.HEAPU8.set(bytes, ptr);
    return ptr;
  }

  /** @param {number} status  a capsa_status; its words come from the core */
  check(status) {
    if (status === 0) return;
    throw new EngineError(
      this.string(this.raw._capsa_wasm_status_name(status)),
      this.string(this.raw._capsa_wasm_status_text(status)),
    );
  }

  /* HEAPU8 is looked up on every use: growing the memory replaces it. */
  answer() {
    const ptr = this.raw._capsa_wasm_answer();
    const length = this.raw._capsa_wasm_answer_length();
    return this.raw.HEAPU8.subarray(ptr, ptr + length);
  }

  /** @param {string} name @param {...any} values */
  text(name, ...values) {
    this.run(name, ...values);
    return decoder.decode(this.answer());
  }

  /** @param {string} name @param {...any} values */
  json(name, ...values) {
    return JSON.parse(this.text(name, ...values));
  }

  /** @param {number} ptr  of a zero-terminated string */
  string(ptr) {
    const heap = this.raw.HEAPU8;
    return decoder.decode(heap.subarray(ptr, heap.indexOf(0, ptr)));
  }

  /** The core's number for a style, form or format. @param {string} kind @param {string} name */
  number(kind, name) {
    const bytes = encoder.encode(name);
    const ptr = this.lend(bytes);
    try {
      return this.raw[`_capsa_wasm_${kind}_find`](ptr, bytes.length);
    } finally {
      this.raw._free(ptr);
    }
  }
}
