/**
 * mark-bar.js -- <capsa-mark-bar>: what to do with the words that are selected.
 *
 * In:   root: the element whose selection counts; take(key): a key as a command
 * Out:  'mark' {stretch, colour}, 'mark-note' {stretch}, 'mark-cite' {stretch}
 *
 * By mouse and touch it follows the selection; by keyboard it is reached with
 * Enter, or its commands by their keys.
 */
import { html, nothing } from 'lit';

import { LightElement } from '../lib/element.js';
import { stretchOf } from './places.js';

const INKS = ['Yellow', 'Green', 'Blue', 'Pink', 'Violet'];

/** A selection that is being drawn changes many times a second. */
const SETTLE_MS = 120;

/** Between the bar and the words. */
const GAP = 8;

export class MarkBar extends LightElement {
  static properties = { stretch: { state: true } };

  #timer = 0;

  constructor() {
    super();
    /** @type {Element | undefined} */
    this.root = undefined;
    /** @type {any} */
    this.stretch = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('selectionchange', this.#changed);
  }

  disconnectedCallback() {
    document.removeEventListener('selectionchange', this.#changed);
    super.disconnectedCallback();
  }

  /** A key as a command on the selection. @param {string} key */
  take(key) {
    if (!this.stretch) return false;
    if (/^[1-5]$/.test(key)) this.#act('mark', { colour: Number(key) - 1 });
    else if (key === 'w') this.#act('mark-note');
    else if (key === 'c') this.#act('mark-cite');
    else if (key === 'Enter') this.querySelector('button')?.focus();
    else if (key === 'Escape') getSelection()?.removeAllRanges();
    else return false;
    return true;
  }

  render() {
    if (!this.stretch) return nothing;
    const keep = (/** @type {Event} */ event) => event.preventDefault(); // the selection
    return html`<div class="mark-bar" role="toolbar" aria-label="Selected words" @pointerdown=${keep} @mousedown=${keep}>
      <div class="inks">
        ${INKS.map(
          (name, colour) => html`<button class="plain" title="${name} (${colour + 1})"
            aria-label="Highlight in ${name.toLowerCase()}" @click=${() => this.#act('mark', { colour })}>
            <span class="swatch" data-colour=${colour} aria-hidden="true">a</span>
          </button>`,
        )}
      </div>
      <button class="plain" @click=${() => this.#act('mark-note')}>Note</button>
      <button class="plain" title="Copy the citation of this turn" @click=${() => this.#act('mark-cite')}>Cite</button>
    </div>`;
  }

  updated() {
    const bar = /** @type {HTMLElement | null} */ (this.querySelector('.mark-bar'));
    const selection = getSelection();
    const frame = bar?.offsetParent;
    if (!bar || !selection?.rangeCount || !frame) return; // fixed below on phones
    const words = selection.getRangeAt(0).getBoundingClientRect();
    const { left, top, width } = frame.getBoundingClientRect();
    const x = words.left + words.width / 2 - left - bar.offsetWidth / 2;
    bar.style.left = `${Math.max(0, Math.min(x, width - bar.offsetWidth))}px`;
    const above = words.top - bar.offsetHeight - GAP;
    bar.style.top = `${(above > 60 ? above : words.bottom + GAP) - top}px`;
  }

  #changed = () => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#look(), SETTLE_MS);
  };

  #look() {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (this.contains(document.activeElement) && this.stretch && !range?.collapsed) return;
    const isOurs = range && !range.collapsed && this.root && range.intersectsNode(this.root);
    this.stretch = isOurs ? stretchOf(/** @type {Element} */ (this.root), range) : undefined;
  }

  /** @param {string} name @param {object} [more] */
  #act(name, more) {
    const { stretch } = this;
    getSelection()?.removeAllRanges();
    this.stretch = undefined;
    this.emit(name, { stretch, ...more });
  }
}

customElements.define('capsa-mark-bar', MarkBar);
