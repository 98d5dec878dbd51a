/**
 * cite.js -- <capsa-cite>: how to cite a record or one of its turns.
 *
 * In:   engine {call(method, params)}; open({document, title, turn})
 * Out:  'say'
 */
import { html, nothing } from 'lit';

import { copy } from '../lib/clipboard.js';
import { download } from '../lib/download.js';
import { LightElement, sentence } from '../lib/element.js';
import { setCoreHtml } from '../lib/trusted.js';

const STYLES = [
  { style: 'chicago-note', name: 'Chicago note' },
  { style: 'archive', name: 'The archive’s own words' },
];

export class Cite extends LightElement {
  static properties = {
    engine: { attribute: false },
    subject: { state: true },
    citeStyle: { state: true },
    whole: { state: true },
    texts: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {{document: string, title: string, turn: number} | undefined} */
    this.subject = undefined;
    this.citeStyle = STYLES[0].style;
    this.whole = false;
    /** @type {{text: string, html: string} | undefined} */
    this.texts = undefined;
    this.problem = '';
  }

  /** @param {{document: string, title: string, turn?: number}} subject */
  async open({ document, title, turn = 0 }) {
    this.subject = { document, title, turn };
    this.whole = turn === 0;
    await this.#ask();
    this.one('dialog').showModal();
  }

  updated() {
    const preview = this.querySelector('.citation');
    if (preview) setCoreHtml(preview, this.texts?.html ?? '');
  }

  render() {
    const { subject } = this;
    return html`<dialog aria-labelledby="cite-title">
      ${subject
        ? html`<div class="sheet">
            <header>
              <h2 id="cite-title">Cite</h2>
              <button class="plain" @click=${() => this.one('dialog').close()}>Close</button>
            </header>
            <fieldset>
              <legend>Style</legend>
              <div class="choices">${STYLES.map(({ style, name }) => this.#style(style, name))}</div>
            </fieldset>
            ${subject.turn
              ? html`<fieldset>
                  <legend>What</legend>
                  <div class="choices">${this.#what(true, 'The record')}${this.#what(false, `Turn ${subject.turn}`)}</div>
                </fieldset>`
              : nothing}
            ${this.problem ? html`<p role="alert">${this.problem}</p>` : nothing}
            <p class="citation" ?hidden=${!!this.problem}></p>
            <div class="actions">
              <button class="main" ?disabled=${!this.texts} @click=${this.#copy}>Copy</button>
              <button @click=${this.#ris}>Download RIS</button>
              <span class="meta">RIS opens in Zotero and other reference managers.</span>
            </div>
          </div>`
        : nothing}
    </dialog>`;
  }

  #style(/** @type {string} */ style, /** @type {string} */ name) {
    const choose = () => {
      this.citeStyle = style;
      this.#ask();
    };
    return html`<label>
      <input type="radio" name="style" .checked=${this.citeStyle === style} @change=${choose} />${name}
    </label>`;
  }

  #what(/** @type {boolean} */ whole, /** @type {string} */ name) {
    const choose = () => {
      this.whole = whole;
      this.#ask();
    };
    return html`<label>
      <input type="radio" name="what" .checked=${this.whole === whole} @change=${choose} />${name}
    </label>`;
  }

  #cite(/** @type {string} */ form, style = this.citeStyle) {
    const { document = '', turn = 0 } = this.subject ?? {};
    const params = { name: document, turn: this.whole ? 0 : turn, style, form };
    return this.engine.call('cite', params);
  }

  async #ask() {
    try {
      const [text, markup] = await Promise.all([this.#cite('text'), this.#cite('html')]);
      this.texts = { text, html: markup };
      this.problem = '';
    } catch (/** @type {any} */ error) {
      this.texts = undefined;
      this.problem =
        error.code === 'ENOTFOUND' && this.citeStyle === 'archive'
          ? 'This record carries no citation of its own. Choose another style.'
          : sentence(error);
    }
  }

  async #copy() {
    try {
      await copy(this.texts?.text ?? '', this.texts?.html);
      this.say('Citation copied.');
    } catch (error) {
      this.problem = `Not copied. ${sentence(error)}`;
    }
  }

  async #ris() {
    try {
      const ris = await this.#cite('ris', STYLES[0].style);
      const name = (this.subject?.document ?? 'record').replace(/[^\w-]+/g, '-').slice(0, 60);
      download(`${ris}\r\n`, `${name}.ris`, 'application/x-research-info-systems');
    } catch (error) {
      this.problem = sentence(error);
    }
  }
}

customElements.define('capsa-cite', Cite);
