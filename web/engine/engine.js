/**
 * engine.js -- the core's functions as methods. What each takes and gives is in
 * protocol.js.
 */
import { Core } from './core.js';
import { forgetOlder, keepGeneration, keepOlder, listKept } from './generations.js';
import { EXPORT, PART } from './storage.js';

/**
 * What a method needs of the place where the files are (storage.js).
 * @typedef {import('./storage.js').Storage} Storage
 * @typedef {import('./steps.js').Progress} Progress
 */

export class Engine {
  #core;
  #storage;
  #isOpen = false;

  /**
   * @param {any} core  an instance of build/wasm/core.mjs
   * @param {Storage} storage
   */
  constructor(core, storage) {
    this.#core = new Core(core);
    this.#storage = storage;
  }

  /**
   * Open the library for the first time. One of an older schema is copied
   * before it is brought along; then one transaction does that, and nothing
   * else is done meanwhile.
   * @returns {AsyncGenerator<Progress, import('./protocol.js').Opened, void>}
   */
  async *start() {
    const older = this.#openOlder();
    if (older) yield* keepOlder(this, this.#storage, older);
    const opened = this.open();
    if (!older && !opened.readOnly) await forgetOlder(this.#storage);
    return opened;
  }

  /** Its schema; 0 where it is none, and `open` says what is wrong with it. */
  #openOlder() {
    if (!this.#storage.copies.keeps) return 0;
    try {
      return this.#core.json('open_older', this.#storage.path);
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError) throw e;
      return 0;
    }
  }

  open() {
    this.#isOpen = false;
    this.#core.run('open', this.#storage.path, true);
    this.#isOpen = true;
    return {
      storage: this.#storage.kind,
      reason: this.#storage.reason,
      version: this.#core.string(this.#core.raw._capsa_wasm_version()),
      undo: this.#storage.canUndo,
      readOnly: this.#core.string(this.#core.raw._capsa_wasm_access_text()),
    };
  }

  close() {
    this.#isOpen = false;
    this.#core.raw._capsa_wasm_close();
  }

  /**
   * Make a change, with all its parts, unless it was made before; then give
   * what was answered before.
   * @param {string} request  its id
   * @param {() => any} change
   */
  once(request, change) {
    const before = this.#core.text('request_begin', request);
    if (before) return JSON.parse(before) ?? undefined;
    let answer;
    try {
      answer = change();
    } catch (e) {
      if (!(e instanceof WebAssembly.RuntimeError)) this.#core.run('request_undo', request);
      throw e;
    }
    this.#core.run('request_end', request, JSON.stringify(answer ?? null));
    return answer;
  }

  /** @param {{bytes: Uint8Array | string, name: string, format?: string}} params */
  add({ bytes, name, format = 'auto' }) {
    const number = this.#core.number('format', format);
    const { added, entries } = this.#core.json('add', bytes, name, number);
    return { added, entry: entries[0] };
  }

  /**
   * A step is a record. What became of it is noted with it, so that one who
   * has to ask again hears the same.
   * @param {{bytes: Uint8Array, path: string, inFolder?: boolean}} params
   * @param {string} [request]  its id
   */
  *import({ bytes, path, inFolder = false }, request) {
    const words = inFolder ? this.#core.text('path_problem', path) : '';
    if (words) return [{ status: 'EBINARY', words }];
    const lent = this.#core.lend(bytes);
    try {
      const outcomes = [];
      const { total } = this.#core.json('import_begin', lent, bytes.length, path);
      for (let done = 1; done <= total; done++) {
        outcomes.push(request ? this.#importOnce(`${request}/${done}`) : this.#importStep());
        yield { done, total };
      }
      return outcomes;
    } finally {
      this.#core.raw._capsa_wasm_work_end();
      this.#core.raw._free(lent);
    }
  }

  #importStep() {
    const { entries, ...outcome } = this.#core.json('import_step');
    return { ...outcome, entry: entries?.[0] };
  }

  /** @param {string} request */
  #importOnce(request) {
    let isNew = false;
    const outcome = this.once(request, () => {
      isNew = true;
      return this.#importStep();
    });
    if (!isNew) this.#core.run('import_pass');
    return outcome;
  }

  /** @param {{name: string}} params */
  remarks({ name }) {
    return this.#core.json('remarks', name);
  }

  list() {
    return this.#core.json('list');
  }

  /** @param {{name: string}} params */
  document({ name }) {
    const { entries, head, html, next = 0 } = this.#core.json('document', name);
    return { entry: entries[0], head, html, next };
  }

  /** @param {{name: string, edition: string, from: number}} params */
  documentPart({ name, edition, from }) {
    const { html, next = 0 } = this.#core.json('document_part', name, edition, from);
    return { html, next };
  }

  /** @param {{name: string, as: 'text' | 'json'}} params */
  export({ name, as }) {
    return this.#core.text('export', name, as === 'text');
  }

  /** @param {{name: string}} params */
  remove({ name }) {
    this.#core.run('remove', name);
  }

  /** @param {{name: string}} params */
  versions({ name }) {
    return this.#core.json('versions', name);
  }

  /** @param {{names: string[]}} params */
  declareVersions({ names }) {
    this.#core.run('versions_declare', names.join('\n'));
  }

  /** @param {{name: string}} params */
  dissolveVersion({ name }) {
    this.#core.run('versions_dissolve', name);
  }

  /** @param {{one: string, other: string}} params */
  align({ one, other }) {
    return this.#core.json('versions_align', one, other);
  }

  /** @param {{name: string}} params */
  repairs({ name }) {
    return this.#core.json('repairs', name);
  }

  /** @param {{name: string, number?: number, rule?: string}} params */
  undoRepair({ name, number = 0, rule = '' }) {
    return this.#core.json('repairs_change', name, number, rule, true);
  }

  /** @param {{name: string, number?: number, rule?: string}} params */
  redoRepair({ name, number = 0, rule = '' }) {
    return this.#core.json('repairs_change', name, number, rule, false);
  }

  /**
   * @param {{text: string, document?: string, typing?: boolean,
   *   limit?: number, skip?: number}} params
   */
  search({ text, document = '', typing = false, limit = 0, skip = 0 }) {
    return this.#core.json('search', text, document, typing, limit, skip);
  }

  /** @param {{name: string, turn?: number, style: string, form: string}} params */
  cite({ name, turn = 0, style, form }) {
    const numbers = [this.#core.number('style', style), this.#core.number('form', form)];
    return this.#core.text('cite', name, turn, ...numbers);
  }

  /** @param {import('./protocol.js').Mark} mark */
  annotate({ document, startBlock, startUtf16, endBlock, endUtf16, colour, note }) {
    const places = [startBlock, startUtf16, endBlock, endUtf16];
    return this.#core.json('annotation_create', document, ...places, colour, note)[0];
  }

  /** @param {{id: string, colour: number, note: string}} params */
  updateNote({ id, colour, note }) {
    this.#core.run('annotation_update', id, colour, note);
  }

  /** @param {{id: string}} params */
  removeNote({ id }) {
    this.#core.run('annotation_remove', id);
  }

  /** @param {{id: string}} params */
  restoreNote({ id }) {
    this.#core.run('annotation_restore', id);
  }

  /** @param {{document?: string}} params */
  notes({ document = '' }) {
    return this.#core.json('annotations', document);
  }

  /** @param {{name: string}} params */
  setting({ name }) {
    return this.#core.text('setting', name);
  }

  /** @param {{name: string, value: string}} params */
  setSetting({ name, value }) {
    this.#core.run('set_setting', name, value);
  }

  /**
   * All of the library in a file beside it, while it is in use.
   * @param {{name?: string}} [params]
   * @returns {AsyncGenerator<Progress, Blob, void>}
   */
  async *save({ name = EXPORT } = {}) {
    const { copies } = this.#storage;
    let isWhole = false;
    await copies.begin();
    try {
      this.#core.run('backup_begin', PART);
      yield* this.#all('backup_step');
      this.#core.raw._capsa_wasm_work_end();
      await copies.finish(name);
      isWhole = true;
    } finally {
      if (!isWhole) {
        this.#core.raw._capsa_wasm_work_end();
        await copies.discard();
      }
    }
    return copies.file(name);
  }

  /** The last copy that was saved was given to the reader. */
  saved() {
    this.#core.run('mark_saved');
  }

  care() {
    return this.#core.json('care');
  }

  generations() {
    return listKept(this.#storage);
  }

  keepGeneration() {
    return keepGeneration(this, this.#storage);
  }

  /** The library's file as it lies there, whatever is wrong with it. */
  rescue() {
    return this.#storage.blob();
  }

  /**
   * Take in a copy, piece by piece, beside the library, which does not change.
   * Then `merge`, `replace` or `forget` it.
   * @param {{file?: Blob, generation?: string}} params
   * @returns {AsyncGenerator<Progress, any, void>}  what `merge` would bring;
   *     nothing where no library is open
   */
  async *receive({ file, generation = '' }) {
    const blob = file ?? (await this.#storage.copies.file(generation));
    const reader = blob.stream().getReader();
    let isWhole = false;
    try {
      this.#storage.beginReceive();
      for (let done = 0; ; yield { done, total: blob.size }) {
        const { value } = await reader.read();
        if (!value) break;
        this.#storage.receive(value);
        done += value.length;
      }
      this.#storage.endReceive();
      const report = this.#isOpen ? yield* this.#merge(true) : undefined;
      isWhole = true;
      return report;
    } finally {
      reader.cancel().catch(() => {});
      if (!isWhole) this.forget();
    }
  }

  /** Bring in what the received copy has and the library lacks. */
  *merge() {
    const report = yield* this.#merge(false);
    this.forget();
    return report;
  }

  /**
   * Put the received copy in the place of the library, which is kept beside
   * it. Where it cannot be opened nothing has changed.
   */
  replace() {
    this.close();
    this.#storage.swap();
    try {
      this.#core.run('open', this.#storage.path, false);
      this.#core.run('list');
      return this.open();
    } catch (e) {
      this.undoCopy();
      throw e;
    }
  }

  /** The received copy is not wanted. */
  forget() {
    this.#storage.forgetOther();
  }

  /** Back to the library that was there before `replace`. */
  undoCopy() {
    this.close();
    this.#storage.swap();
    return this.open();
  }

  /** @param {boolean} dryRun */
  *#merge(dryRun) {
    this.#core.run('merge_begin', this.#storage.other, dryRun);
    try {
      yield* this.#all('merge_step');
      return this.#core.json('merge_tell');
    } finally {
      this.#core.raw._capsa_wasm_work_end();
    }
  }

  /** Steps of the core, up to the last. @param {string} name */
  *#all(name) {
    for (let step = this.#core.json(name); !step.finished; step = this.#core.json(name)) {
      yield { done: step.done, total: step.total };
    }
  }
}
