/**
 * search.js -- <capsa-search>: find words in all documents, as they are typed.
 *
 * In:   engine {call(method, params, {signal})}; query; focusBox()
 * Out:  'query' {query} when the reader has typed
 */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { plural } from '../lib/dates.js';
import { LightElement, isAbort, sentence } from '../lib/element.js';
import { pieces } from './excerpt.js';

const PAGE = 20;

export class Search extends LightElement {
  static properties = {
    engine: { attribute: false },
    query: { type: String },
    answer: { state: true },
    problem: { state: true },
  };

  /** @type {AbortController | undefined} */
  #asking;

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    this.query = '';
    /** @type {any} */
    this.answer = undefined;
    this.problem = '';
  }

  focusBox() {
    const box = this.querySelector('input');
    box?.focus();
    box?.select();
  }

  /** Ask again, as after a document was added. */
  refresh() {
    if (this.query) this.#ask(false);
  }

  willUpdate(/** @type {Map<string, any>} */ changed) {
    if (changed.has('query') && this.query !== this.answer?.query) this.#ask(true);
  }

  render() {
    return html`<search class="column">
      <h1 class="visually-hidden" tabindex="-1">Search</h1>
      <label class="search-box">
        <span class="visually-hidden">Words to look for in all records</span>
        <input type="search" .value=${this.query} @input=${this.#typed} enterkeyhint="search"
          autocomplete="off" spellcheck="false" placeholder="Search all records" />
      </label>
      <p class="meta" role="status">${this.#summary()}</p>
      <ol class="hits">
        ${(this.answer?.hits ?? []).map((/** @type {any} */ hit) => this.#hit(hit))}
      </ol>
      ${this.answer && this.answer.hits.length < this.answer.total
        ? html`<button @click=${() => this.#ask(false, this.answer.hits.length)}>Show more</button>`
        : nothing}
    </search>`;
  }

  #summary() {
    if (this.problem) return this.problem;
    if (!this.query.trim()) {
      return 'Every word must stand in the same paragraph; “words in quotes” must stand together.';
    }
    if (!this.answer) return 'Searching …';
    const { total, understood } = this.answer;
    if (!understood) return 'There is no word to look for in this.';
    return total
      ? `${plural(total, 'passage')} with ${understood}`
      : `No passage holds ${understood}. Try fewer words, or the beginning of one.`;
  }

  #hit(/** @type {any} */ hit) {
    const at = hit.block ? { block: hit.block, query: this.query } : {};
    return html`<li>
      <a href=${toDocument(hit.document, at)}>
        <span class="meta source">
          ${hit.speaker ? html`<b>${hit.speaker}</b> · ` : nothing}${hit.title}${hit.turn
            ? ` · turn ${hit.turn}`
            : nothing}
        </span>
        <span class="excerpt">
          ${hit.excerptStartUtf16 ? '… ' : nothing}${pieces(hit).map(({ text, found }) => (found ? html`<mark>${text}</mark>` : text))}
        </span>
      </a>
    </li>`;
  }

  #typed(/** @type {Event} */ { target }) {
    this.query = /** @type {HTMLInputElement} */ (target).value;
    this.emit('query', { query: this.query });
  }

  /** A later question makes this one void: its answer is dropped. */
  async #ask(typing = false, skip = 0) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { query } = this;
    if (!query.trim()) {
      this.answer = undefined;
      this.problem = '';
      return;
    }
    try {
      const params = { text: query, typing, limit: PAGE, skip };
      const answer = await this.engine.call('search', params, { signal });
      const before = skip ? this.answer.hits : [];
      this.answer = { ...answer, query, hits: [...before, ...answer.hits] };
      this.problem = '';
    } catch (error) {
      if (!isAbort(error)) this.problem = sentence(error);
    }
  }
}

customElements.define('capsa-search', Search);
