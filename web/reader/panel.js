/**
 * panel.js -- <capsa-panel>: contents of a document, and what is known of it.
 *
 * In:   engine; reading (engine/protocol.js); open('contents' | 'about')
 */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { LightElement, sentence } from '../lib/element.js';
import { remarkList } from '../lib/remarks.js';
import { provenance } from './provenance.js';
import './repairs.js';
import { markOf } from './text.js';

export class Panel extends LightElement {
  static properties = {
    engine: { attribute: false },
    reading: { attribute: false },
    view: { state: true },
    remarks: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {any} */
    this.reading = undefined;
    this.view = 'contents';
    /** @type {any[] | undefined} once they were asked for */
    this.remarks = undefined;
    this.problem = '';
  }

  /** @param {'contents' | 'about'} view */
  async open(view) {
    this.view = view;
    this.remarks = undefined;
    this.problem = '';
    await this.updateComplete;
    this.one('dialog').showModal();
    if (view !== 'about') return;
    this.#readRemarks();
    await this.updateComplete;
    /** @type {any} */ (this.querySelector('capsa-repairs'))?.load();
  }

  render() {
    const title = this.view === 'about' ? 'About this text' : 'Contents';
    return html`<dialog aria-labelledby="panel-title">
      <div class="sheet panel">
        <header>
          <h2 id="panel-title">${title}</h2>
          <button class="plain" @click=${this.#close}>Close</button>
        </header>
        ${this.reading ? html`<div>${this.view === 'about' ? this.#about() : this.#contents()}</div>` : nothing}
      </div>
    </dialog>`;
  }

  #close() {
    this.one('dialog').close();
  }

  #contents() {
    const { head, entry } = this.reading;
    return html`<div @click=${this.#follow}>
      ${outlineList(head.outline ?? [], nameOf(entry))}
      ${head.outline?.length ? nothing : html`<p class="quiet">This record has no headings.</p>`}
    </div>
    ${head.speakers?.length
      ? html`<h3>Speakers</h3>
          <ul class="panel-list">
            ${head.speakers.map(
              (/** @type {any} */ { name, turns }, /** @type {number} */ index) => html`<li class="meta">
                <span class="mark" data-mark=${markOf(index + 1)}></span>${name} · ${turns} ${turns === 1 ? 'turn' : 'turns'}
              </li>`,
            )}
          </ul>`
      : nothing}`;
  }

  #follow(/** @type {Event} */ { target }) {
    if (/** @type {Element} */ (target).closest('a')) this.#close();
  }

  #about() {
    const { metadata } = this.reading.head;
    return html`${metadata.summary ? html`<p>${metadata.summary}</p>` : nothing}
      <h3>Where it comes from</h3>
      <dl>${provenance(metadata).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
      <h3>How it is set</h3>
      <div class="text legend">
        <p><span class="gloss">[slovo]</span> a word of the original language</p>
        <p><span class="supplied">[good]</span> words that the editor put in</p>
        <p><span class="note">[that is, in 1957]</span> the editor’s remark</p>
        <p class="as-printed"><span class="emendation" data-original="yo ur">your</span> a repair, and what was printed</p>
      </div>
      <capsa-repairs .engine=${this.engine} .name=${nameOf(this.reading.entry)}></capsa-repairs>
      ${this.#remarks()}`;
  }

  #remarks() {
    if (this.problem) return html`<p role="alert">${this.problem}</p>`;
    if (!this.remarks) return html`<p class="quiet">Reading …</p>`;
    return html`<div @click=${this.#follow}>${remarkList(this.remarks, nameOf(this.reading.entry))}</div>`;
  }

  async #readRemarks() {
    try {
      this.remarks = await this.engine.call('remarks', { name: nameOf(this.reading.entry) });
    } catch (error) {
      this.problem = sentence(error);
    }
  }
}

/**
 * @param {any[]} outline
 * @param {string} name  of the document
 * @param {number} [here]  block that is being read
 */
export function outlineList(outline, name, here = 0) {
  const now = outline.filter(({ block }) => block <= here).at(-1);
  return html`<ul class="panel-list">
    ${outline.map(
      (item) => html`<li>
        <a data-kind=${item.kind} href=${toDocument(name, { block: item.block })}
          aria-current=${item === now ? 'location' : nothing}>
          <span>${item.text}</span>
          ${item.turn ? html`<span class="number">${item.turn}</span>` : nothing}
        </a>
      </li>`,
    )}
  </ul>`;
}

/** @param {any} entry */
export function nameOf(entry) {
  return entry.superseded ? `${entry.key}@${entry.edition}` : entry.key;
}

customElements.define('capsa-panel', Panel);
