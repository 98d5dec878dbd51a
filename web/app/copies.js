/**
 * copies.js -- <capsa-copies>: save the library to a file, take one in; how
 * far it is, what it brings, and the choice between bringing it in and putting
 * it in the place of this library.
 *
 * A file from outside is first looked at by a worker that is thrown away; the
 * library's own gets only what was taken out of it and written anew.
 *
 * In:   engine; startExaminer() (engine/examiner.js); save(), choose(),
 *       receive({file} | {generation})
 * Out:  'saved', 'merged' {report}, 'replaced' {info}, 'copy-failed' {error}
 */
import { html, nothing } from 'lit';

import { download, pickFiles } from '../lib/download.js';
import { LightElement } from '../lib/element.js';

const TYPE = 'application/vnd.sqlite3';

/** Work that is done sooner is not shown. */
const SHOWN_AFTER_MS = 200;

/** Titles that are listed; the rest is counted. */
const TITLES_MAX = 8;

function today() {
  return new Date().toISOString().slice(0, 10);
}

/** The file of a library that cannot be opened. @param {{repair: Function}} engine */
export async function rescue(engine) {
  download(await engine.repair('rescue'), `capsa-library-as-it-is-${today()}.capsa`, TYPE);
}

/** @param {number | undefined} count @param {string} one @param {string} many */
const counted = (count, one, many) => (count ? `${count} ${count === 1 ? one : many}` : '');

/** @param {any} report  Merge of engine/protocol.js @returns {string[]} */
export function describe({ records, notes, settings, versions }) {
  return [
    counted(records.new, 'new record', 'new records'),
    counted(records.edition, 'other edition of a record', 'other editions of records'),
    counted(notes.new, 'note', 'notes'),
    counted(notes.changed, 'note as it was changed later', 'notes as they were changed later'),
    counted(notes.removed, 'note removed, as it was there later', 'notes removed, as they were there later'),
    counted(versions.new, 'record said to be a version of another', 'records said to be versions of others'),
    counted(settings.new, 'setting or place of reading', 'settings and places of reading'),
  ].filter(Boolean);
}

export class Copies extends LightElement {
  static properties = {
    title: { state: true },
    progress: { state: true },
    rate: { state: true },
    report: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {() => {takeOut: Function}} */
    this.startExaminer = () => {
      throw new Error('no examiner');
    };
    /** Records and notes of the file that were not whole. */
    this.left = 0;
    this.title = '';
    /** @type {import('../engine/steps.js').Progress | undefined} */
    this.progress = undefined;
    this.rate = '';
    /** @type {any} */
    this.report = undefined;
    /** @type {AbortController | undefined} */
    this.stopping = undefined;
  }

  /** All of the library to a file. */
  save() {
    return this.#work('Saving the library', 'saved', async (options) => {
      const blob = await this.engine.call('save', {}, options);
      download(blob, `capsa-library-${today()}.capsa`, TYPE);
      await this.engine.call('saved').catch(() => {}); // the file is there all the same
    });
  }

  /** Let the reader choose a file. */
  async choose() {
    const [file] = await pickFiles({ accept: '.capsa,.sqlite,application/vnd.sqlite3' });
    return this.receive({ file });
  }

  /** @param {{file?: Blob, generation?: string}} from */
  receive(from) {
    return this.#work('Reading the copy', '', async (options) => {
      this.left = 0;
      const take = async (/** @type {object} */ own) => {
        this.title = 'Reading the copy';
        this.report = await this.engine.repair('receive', own, options);
      };
      if (from.file) await this.#takeOut(from.file, take, options);
      else await take(from);
      if (!this.report) return this.#replace();
      await this.updateComplete;
      this.one('dialog').showModal();
    });
  }

  /** @param {Blob} file @param {(own: object) => Promise<void>} take @param {any} options */
  #takeOut(file, take, { signal }) {
    const tell = (/** @type {string} */ words) => (this.title = words);
    const use = async (/** @type {Blob} */ copy, /** @type {any} */ { left = 0 }) => {
      this.left = left;
      await take({ file: copy });
    };
    return this.startExaminer().takeOut(file, use, tell, signal);
  }

  #merge() {
    return this.#work('Bringing it in', 'merged', (options) => this.engine.call('merge', {}, options));
  }

  async #replace() {
    this.#close();
    const info = await this.engine.repair('replace');
    this.emit('replaced', { info });
  }

  #forget() {
    this.#close();
    this.engine.repair('forget').catch(() => {}); // the next copy takes its place
  }

  /**
   * @param {string} title
   * @param {string} event  when it is done; none where it is empty
   * @param {(options: object) => Promise<any>} act
   */
  async #work(title, event, act) {
    this.#close();
    Object.assign(this, { title, progress: undefined, rate: '' });
    const stopping = (this.stopping = new AbortController());
    const shown = setTimeout(() => this.one('dialog').showModal(), SHOWN_AFTER_MS);
    const since = performance.now();
    const onProgress = (/** @type {any} */ progress) => {
      this.progress = progress;
      this.rate = remaining(progress, performance.now() - since);
    };
    try {
      const report = await act({ signal: stopping.signal, onProgress });
      if (event) this.emit(event, { report });
    } catch (error) {
      if (!stopping.signal.aborted) this.emit('copy-failed', { error });
    } finally {
      clearTimeout(shown);
      this.stopping = undefined;
      if (!this.report) this.one('dialog').close();
    }
  }

  #stop() {
    this.stopping?.abort();
  }

  #close() {
    this.report = undefined;
    this.one('dialog')?.close();
  }

  render() {
    return html`<dialog aria-labelledby="copies-title" @cancel=${this.#cancel}>
      <div class="sheet panel">${this.report ? this.#choice() : this.#busy()}</div>
    </dialog>`;
  }

  /** Escape stops the work, or lets the copy go. @param {Event} event */
  #cancel(event) {
    event.preventDefault();
    if (this.report) this.#forget();
    else this.#stop();
  }

  #busy() {
    const { done, total } = this.progress ?? { done: 0, total: 0 };
    return html`<header><h2 id="copies-title">${this.title}</h2></header>
      <progress aria-label=${this.title} max=${total || 1} .value=${total ? done / 1 : 0}></progress>
      <p class="quiet" role="status">${total ? `${Math.floor((100 * done) / total)} %` : ''} ${this.rate}</p>
      <div class="actions"><button @click=${this.#stop}>Stop</button></div>`;
  }

  #choice() {
    const { report } = this;
    const brings = describe(report);
    const titles = report.titles.slice(0, TITLES_MAX);
    const all = (report.records.new ?? 0) + (report.records.edition ?? 0);
    return html`<header><h2 id="copies-title">
        ${report.sameLibrary ? 'A copy of this library' : 'A copy of another library'}
      </h2></header>
      ${brings.length
        ? html`<p>It would bring</p>
            <ul>${brings.map((line) => html`<li>${line}</li>`)}</ul>
            ${titles.length
              ? html`<ul class="quiet">${titles.map(
                  (/** @type {any} */ { title, edition }) =>
                    html`<li>${title}${edition ? ' · another edition' : ''}</li>`,
                )}${all > titles.length ? html`<li>and ${all - titles.length} more</li>` : nothing}</ul>`
              : nothing}`
        : html`<p>All that is in it is here already.</p>`}
      ${this.left ? html`<p>${counted(this.left, 'record or note was', 'records and notes were')} not whole in the file, and left out.</p>` : nothing}
      <p class="quiet">Left alone: ${report.records.kept ?? 0} of its records,
        ${report.notes.kept ?? 0} of its notes. Nothing has been changed yet.</p>
      <div class="actions">
        ${brings.length
          ? html`<button class="main" @click=${this.#merge}>Merge into this library</button>`
          : nothing}
        <button @click=${this.#chooseReplace}>Replace this library by it</button>
        <button @click=${this.#forget}>Leave it</button>
      </div>`;
  }

  async #chooseReplace() {
    try {
      await this.#replace();
    } catch (error) {
      this.emit('copy-failed', { error });
    }
  }
}

/** @param {{done: number, total: number}} progress @param {number} ms  since it began */
function remaining({ done, total }, ms) {
  if (!done || ms < 1000) return '';
  const seconds = Math.ceil(((total - done) / done) * (ms / 1000));
  return seconds < 60 ? `· ${seconds} s left` : `· ${Math.ceil(seconds / 60)} min left`;
}

customElements.define('capsa-copies', Copies);
