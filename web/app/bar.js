/**
 * bar.js -- <capsa-bar>: the ways between the places. Below on phones, within
 * the thumb's reach; on top of wide screens. It leaves while one reads.
 *
 * In:   place; heading (of the open record); document (its name)
 * Out:  'contents', 'find', 'more'
 */
import { html, nothing } from 'lit';

import { formatAddress } from '../lib/address.js';
import { LightElement } from '../lib/element.js';
import { icons } from '../lib/icons.js';

/** Small scrolls, as when a line is adjusted, are no reading. */
const SCROLL_MIN = 12;

export class Bar extends LightElement {
  static properties = {
    place: { type: String },
    heading: { type: String },
    document: { type: String },
    away: { state: true },
  };

  #lastY = 0;

  constructor() {
    super();
    this.place = '';
    this.heading = '';
    this.document = '';
    this.away = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  render() {
    const isReading = this.place === 'reader';
    const notes = { place: /** @type {const} */ ('notes'), document: isReading ? this.document : '' };
    return html`<nav class="bar" aria-label="Places" ?data-away=${this.away && isReading}>
      <a class="wordmark" href="#/" tabindex="-1" aria-hidden="true">Capsa<span>.</span></a>
      <span class="running">${isReading ? this.heading : nothing}</span>
      ${this.#link('library', '#/', 'Library', icons.library)}
      ${isReading ? this.#button('contents', 'Contents', icons.contents) : nothing}
      ${isReading
        ? this.#button('find', 'Search', icons.search)
        : this.#link('search', '#/search', 'Search', icons.search)}
      ${this.#link('notes', formatAddress(notes), 'Notes', icons.notes)}
      ${this.#button('more', 'More', icons.more)}
    </nav>`;
  }

  /** @param {string} place @param {string} href @param {string} name @param {unknown} icon */
  #link(place, href, name, icon) {
    const current = this.place === place ? 'page' : nothing;
    return html`<a class="item" href=${href} aria-current=${current}>${icon}<span>${name}</span></a>`;
  }

  /** @param {string} event @param {string} name @param {unknown} icon */
  #button(event, name, icon) {
    return html`<button class="item" @click=${() => this.emit(event)}>${icon}<span>${name}</span></button>`;
  }

  #scrolled() {
    const by = scrollY - this.#lastY;
    if (scrollY < 80) this.away = false;
    else if (Math.abs(by) >= SCROLL_MIN) this.away = by > 0;
    if (Math.abs(by) >= SCROLL_MIN || scrollY < 80) this.#lastY = scrollY;
  }
}

customElements.define('capsa-bar', Bar);
