/**
 * find.js -- <capsa-find>: search within the open document, hit by hit.
 *
 * In:   engine; document (its name); open(query, {block}); close(); step(±1)
 * Out:  'found' {matches, now}: matches in reading order ({block, startUtf16,
 *       endUtf16}), `now` the index of the current one, -1 for none
 */
import { html, nothing } from 'lit';

import { icons } from '../lib/icons.js';
import { LightElement, isAbort, sentence } from '../lib/element.js';

const LIMIT = 1000;

export class Find extends LightElement {
  static properties = {
    engine: { attribute: false },
    document: { type: String },
    isOpen: { state: true },
    query: { state: true },
    found: { state: true },
    now: { state: true },
  };

  /** @type {AbortController | undefined} */
  #asking;

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    this.document = '';
    this.isOpen = false;
    this.query = '';
    /** @type {any[]} */
    this.found = [];
    this.now = -1;
  }

  /**
   * @param {string} query
   * @param {{block?: number, focus?: boolean}} [options]  begin at the block
   */
  async open(query, { block = 0, focus = false } = {}) {
    this.isOpen = true;
    this.query = query;
    await this.updateComplete;
    if (focus) this.focusBox();
    return this.#ask(block);
  }

  focusBox() {
    const box = this.querySelector('input');
    box?.focus();
    box?.select();
  }

  close() {
    this.#asking?.abort();
    this.isOpen = false;
    this.found = [];
    this.now = -1;
    this.#tell();
  }

  /** @param {number} by */
  step(by) {
    const { length } = this.found;
    if (!length) return;
    this.now = (this.now + by + length) % length;
    this.#tell();
  }

  render() {
    if (!this.isOpen) return nothing;
    const { length } = this.found;
    return html`<search class="find-bar" @keydown=${this.#keys}>
      <input type="search" .value=${this.query} @input=${this.#typed} aria-label="Words to look for in this record"
        placeholder="In this record" autocomplete="off" spellcheck="false" enterkeyhint="next" />
      <output class="meta" aria-live="polite">${this.#count()}</output>
      <button aria-label="Previous hit" ?disabled=${!length} @click=${() => this.step(-1)}>${icons.up}</button>
      <button aria-label="Next hit" ?disabled=${!length} @click=${() => this.step(1)}>${icons.down}</button>
      <button aria-label="Close search" @click=${this.close}>${icons.close}</button>
    </search>`;
  }

  #count() {
    if (!this.query.trim()) return '';
    const { length } = this.found;
    return length ? html`${this.now + 1} <span class="visually-hidden">of</span><span aria-hidden="true">/</span> ${length}` : 'none';
  }

  #typed(/** @type {Event} */ { target }) {
    this.query = /** @type {HTMLInputElement} */ (target).value;
    this.#ask(0);
  }

  #keys(/** @type {KeyboardEvent} */ event) {
    if (event.key === 'Enter') this.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} block  the current hit is the first one from here on */
  async #ask(block) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const params = { text: this.query, document: this.document, typing: true, limit: LIMIT };
    try {
      const { hits } = this.query.trim()
        ? await this.engine.call('search', params, { signal })
        : { hits: [] };
      this.found = hits
        .filter((/** @type {any} */ hit) => hit.block)
        .sort((/** @type {any} */ a, /** @type {any} */ b) => a.block - b.block)
        .flatMap((/** @type {any} */ hit) =>
          hit.matches.map((/** @type {any} */ match) => ({ block: hit.block, ...match })),
        );
      const first = this.found.findIndex((match) => match.block >= block);
      this.now = this.found.length ? Math.max(first, 0) : -1;
      this.#tell();
    } catch (error) {
      if (!isAbort(error)) this.say(sentence(error));
    }
  }

  #tell() {
    this.emit('found', { matches: this.found, now: this.now });
  }
}

customElements.define('capsa-find', Find);
