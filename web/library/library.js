/**
 * library.js -- <capsa-library>: the documents, and ways to add one.
 *
 * In:   engine {call(method, params)}; refresh(); add(found)
 * Out:  'say' {text, label, action, gone}; 'kept' after something was added;
 *       'save-copy', 'open-copy', 'add-declaration'
 */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { dateWords, plural } from '../lib/dates.js';
import { pickFiles, pickFolder } from '../lib/download.js';
import { LightElement, sentence } from '../lib/element.js';
import { canPickFolder, droppedFiles, foundFiles } from '../lib/folders.js';
import { addFiles } from './add.js';
import './imported.js';
import './paste.js';

/** @typedef {import('./add.js').Report} Report */

/** What is offered first; the core goes by content, not by these. */
const ACCEPT = [
  '.txt,.text,.md,.markdown,.html,.htm,.xhtml,.xml,.tei,.epub,.zip',
  'text/plain,text/markdown,text/html,application/xhtml+xml,text/xml,application/xml',
  'application/epub+zip,application/zip',
].join(',');

/** With no more records than these, a sample is offered. */
const FEW = 2;

export class Library extends LightElement {
  static properties = {
    engine: { attribute: false },
    entries: { state: true },
    reports: { state: true },
    busy: { state: true },
    over: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {any[] | undefined} */
    this.entries = undefined;
    /** @type {Report[]} */
    this.reports = [];
    this.busy = '';
    /** @type {AbortController | undefined} */
    this.stopping = undefined;
    this.over = false;
    /** @type {Set<string>} keys that go when their toast goes */
    this.leaving = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listenToDrops();
  }

  async refresh() {
    try {
      this.entries = await this.engine.call('list');
    } catch (error) {
      this.say(sentence(error));
    }
  }

  /** @param {import('../lib/folders.js').Found[]} found */
  async add(found) {
    const stopping = (this.stopping = new AbortController());
    const reports = await addFiles(this.engine, found, (file, record) => {
      const of = record && record.total > 1 ? `record ${record.done} of ${record.total} in ` : '';
      this.busy = `Adding ${of}${file + 1} of ${plural(found.length, 'file')} …`;
    }, stopping.signal);
    this.busy = '';
    this.stopping = undefined;
    await this.refresh();
    if (reports.some((report) => report.name)) this.emit('kept');
    const [only] = reports;
    if (reports.length === 1 && only.added === 'new') {
      this.reports = [];
      location.hash = toDocument(only.name ?? '');
    } else {
      this.reports = reports;
    }
  }

  render() {
    return html`<div class="column">
      <div class="place-head">
        <h1 tabindex="-1">Library</h1>
        <p class="quiet">${this.#count()}</p>
        <div class="actions">
          <button class="main" @click=${this.#pick}>Add files</button>
          ${canPickFolder ? html`<button @click=${this.#pickFolder}>Add a folder</button>` : nothing}
          <button @click=${this.#paste}>Paste text</button>
          <span class="meta" role="status">${this.busy}</span>
          ${this.stopping
            ? html`<button class="plain" @click=${() => this.stopping?.abort()}>Stop</button>`
            : nothing}
        </div>
      </div>
      <capsa-imported .engine=${this.engine} .reports=${this.reports}
        @close-report=${() => (this.reports = [])}></capsa-imported>
      <ul class="catalogue">
        ${this.#shown().map((entry) => this.#row(entry))}
      </ul>
      ${this.#offer()}
      <footer class="page-foot">
        <p class="meta">
          Your library is kept in this browser alone. A copy saved as a file opens in any other.
        </p>
        <div class="actions">
          <button class="plain" @click=${() => this.emit('save-copy')}>Save a copy</button>
          <button class="plain" @click=${() => this.emit('open-copy')}>Open a copy</button>
        </div>
      </footer>
      <capsa-paste @paste-text=${this.#pasted}></capsa-paste>
      ${this.over ? html`<div class="drop-here">Let go to add to the library</div>` : nothing}
    </div>`;
  }

  #shown() {
    return (this.entries ?? []).filter((entry) => !this.leaving.has(nameOf(entry)));
  }

  #count() {
    if (!this.entries) return 'Opening the library …';
    const { length } = this.#shown();
    return length ? plural(length, 'record') : 'No records yet. Add a file, or paste what you copied from an archive’s page.';
  }

  #row(/** @type {any} */ entry) {
    const details = [
      entry.collection,
      entry.turns ? plural(entry.turns, 'turn') : '',
      entry.superseded ? 'an earlier text of this record' : '',
    ];
    return html`<li>
      <span class="date">${dateWords(entry.date) || 'Undated'}</span>
      <h2><a href=${toDocument(nameOf(entry))}>${entry.title || 'Untitled'}</a></h2>
      <p class="meta">${details.filter(Boolean).join(' · ')}</p>
      <button class="plain" @click=${() => this.#remove(entry)} aria-label="Remove ${entry.title}">
        Remove
      </button>
    </li>`;
  }

  /** One more thing to try, while there is little else. */
  #offer() {
    if (!this.entries || this.#shown().length > FEW) return nothing;
    return html`<p class="meta offer">
      <button class="plain" ?disabled=${Boolean(this.busy)} @click=${() => this.emit('add-declaration')}>
        Add the Universal Declaration of Human Rights in twelve languages
      </button>
    </p>`;
  }

  async #pick() {
    this.add(foundFiles(await pickFiles({ accept: ACCEPT, multiple: true })));
  }

  async #pickFolder() {
    this.add(foundFiles(await pickFolder()));
  }

  #paste() {
    this.one('capsa-paste').open();
  }

  #pasted(/** @type {CustomEvent} */ { detail }) {
    this.add(foundFiles([new File([detail.text], 'Pasted text', { type: 'text/plain' })]));
  }

  /** It leaves the library when its toast goes, so that it can be taken back. */
  #remove(/** @type {any} */ entry) {
    const name = nameOf(entry);
    const back = () => {
      this.leaving.delete(name);
      this.requestUpdate();
    };
    this.leaving.add(name);
    this.requestUpdate();
    this.say(`“${entry.title || 'Untitled'}” removed. Its notes are kept.`, {
      label: 'Undo',
      action: back,
      gone: async () => {
        try {
          await this.engine.call('remove', { name });
        } catch (error) {
          this.say(sentence(error));
        }
        await this.refresh();
        back();
      },
    });
  }

  /** The whole page takes files. */
  #listenToDrops() {
    const hasFiles = (/** @type {DragEvent} */ event) =>
      event.dataTransfer?.types.includes('Files') ?? false;
    addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.over = true;
    });
    addEventListener('dragleave', (event) => {
      if (!event.relatedTarget) this.over = false;
    });
    addEventListener('drop', async (event) => {
      this.over = false;
      if (!hasFiles(event)) return;
      event.preventDefault();
      location.hash = '#/';
      try {
        this.add(await droppedFiles(event.dataTransfer));
      } catch (error) {
        this.say(sentence(error));
      }
    });
  }
}

/** An earlier edition is named with it. @param {any} entry */
function nameOf(entry) {
  return entry.superseded ? `${entry.key}@${entry.edition.slice(0, 12)}` : entry.key;
}

customElements.define('capsa-library', Library);
