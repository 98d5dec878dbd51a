/**
 * notices.js -- <capsa-notices>: what the reader must know about the library
 * before reading on: not kept, not to be opened, held by another window.
 *
 * In:   state, info, error, progress (events 'state' of engine/session.js);
 *       isShown: are the places on the screen?;
 *       missed (kept.js: Marker), a library that the browser cleared
 * Out:  'reload', 'retry', 'save-copy', 'open-copy', 'rescue', 'begin-anew'
 */
import { html, nothing } from 'lit';

import { dayWords, plural } from '../lib/dates.js';
import { LightElement, sentence } from '../lib/element.js';

export class Notices extends LightElement {
  static properties = {
    state: { type: String },
    info: { attribute: false },
    error: { attribute: false },
    missed: { attribute: false },
    progress: { attribute: false },
    isShown: { attribute: false },
  };

  constructor() {
    super();
    this.state = 'starting';
    /** @type {any} */
    this.info = undefined;
    /** @type {any} */
    this.error = undefined;
    /** @type {import('./kept.js').Marker | undefined} */
    this.missed = undefined;
    /** @type {{done?: number, total?: number, written?: number} | undefined} */
    this.progress = undefined;
    this.isShown = false;
  }

  /** Do the places have to stand back? */
  get stops() {
    return this.state === 'failed' || (this.state === 'outdated' && !this.isShown);
  }

  render() {
    if (this.state === 'outdated') return this.#outdated();
    if (this.state === 'failed') {
      return this.#stop(
        'Your library could not be opened',
        html`<p role="alert">${sentence(this.error)}</p>
          <p>Nothing in it was changed.</p>`,
        html`${this.#button('retry', 'Try again', true)} ${this.#button('open-copy', 'Open a copy')}
          ${this.#button('rescue', 'Save the file as it is')}`,
      );
    }
    if (this.state === 'stuck') {
      return html`<div class="notice" role="status">
        <p><strong>Another window of Capsa does not answer.</strong> It holds the library, so what
          you do here waits. Close it, and all goes on here by itself.</p>
      </div>`;
    }
    if (this.state === 'starting' && this.progress) return this.#bringingAlong(this.progress);
    if (this.state !== 'ready') return nothing;
    if (this.info?.storage === 'memory') return this.#memory();
    if (this.missed) return this.#missed(this.missed);
    return this.info?.readOnly ? this.#readOnly() : nothing;
  }

  /** It was made by an older Capsa, is copied first, and then changed at one stroke.
   * @param {{done?: number, total?: number, written?: number}} progress */
  #bringingAlong({ done = 0, total = 0, written = 0 }) {
    const isCopied = done >= total;
    const label = isCopied ? 'Bringing the library along' : 'Copying the library';
    return html`<div class="notice" role="status">
      <p><strong>Your library is being brought to the form of this Capsa</strong>, once. ${isCopied
        ? html`A copy of it is kept; ${Math.floor(written / 1e6)} MB were written.`
        : html`First it is copied: ${Math.floor((100 * done) / total)} %.`}
        It may take a while. If this window is closed, the library stays as it was, and it is done at the
        next start.</p>
      ${isCopied
        ? html`<progress aria-label=${label}></progress>`
        : html`<progress aria-label=${label} max=${total} .value=${done}></progress>`}
    </div>`;
  }

  #readOnly() {
    return html`<div class="notice" role="status">
      <p><strong>This library can be read, not changed.</strong> ${sentence({ message: this.info.readOnly })}
        Reload this page while there is a network: if a newer Capsa is there, it comes with that.
        Nothing in the library is lost.</p>
      <div class="actions">
        ${this.#button('reload', 'Reload', false, 'plain')}
        ${this.#button('save-copy', 'Save a copy', false, 'plain')}
      </div>
    </div>`;
  }

  /** @param {import('./kept.js').Marker} marker */
  #missed({ records, notes, changed }) {
    return html`<div class="notice" role="alert">
      <p><strong>Your library is not here any more.</strong> On ${dayWords(changed)} it held
        ${plural(records, 'record')} and ${plural(notes, 'note')}. The browser has cleared it, or the
        site’s data were cleared. If you saved a copy, open it.</p>
      <div class="actions">
        ${this.#button('open-copy', 'Open a copy', false, 'plain')}
        ${this.#button('begin-anew', 'Begin anew', false, 'plain')}
      </div>
    </div>`;
  }

  #outdated() {
    const [title, words, actions] = this.info.isNewer
      ? [
          'An older Capsa is open in another window',
          'Reload that window, or close it. This one then goes on by itself, and nothing is lost.',
          nothing,
        ]
      : [
          'A newer Capsa is open in another window',
          `All that was saved is kept. ${this.isShown ? 'Copy what you are writing just now, then reload' : 'Reload'} this window to go on.`,
          this.#button('reload', 'Reload', true),
        ];
    if (!this.isShown) return this.#stop(title, html`<p>${words}</p>`, actions);
    return html`<div class="notice" role="alert">
      <p><strong>${title}.</strong> ${words}</p>
      <div class="actions">${actions}</div>
    </div>`;
  }

  #memory() {
    return html`<div class="notice" role="status">
      <p><strong>This library is not kept</strong>, because ${this.info.reason}. Records and
        notes are gone when the page is closed, unless you save a copy.</p>
      <div class="actions">
        ${this.#button('save-copy', 'Save a copy', false, 'plain')}
        ${this.#button('open-copy', 'Open a copy', false, 'plain')}
      </div>
    </div>`;
  }

  /** @param {string} title @param {unknown} words @param {unknown} actions */
  #stop(title, words, actions) {
    return html`<main class="stop" tabindex="-1">
      <h1 tabindex="-1">${title}</h1>
      ${words}
      <div class="actions">${actions}</div>
    </main>`;
  }

  /** @param {string} event @param {string} name */
  #button(event, name, main = false, kind = main ? 'main' : '') {
    return html`<button class=${kind} @click=${() => this.emit(event)}>${name}</button>`;
  }
}

customElements.define('capsa-notices', Notices);
