/** toast.js -- <x-toasts>: a line of text for a moment, with one action. */
import { html } from 'lit';

import { LightElement } from './element.js';

const SHOWN_MS = 8_000;

/** @typedef {{text: string, label?: string, action?: () => void, gone?: () => void,
 *   stays?: boolean}} Toast */

export class Toasts extends LightElement {
  static properties = { toasts: { state: true } };

  constructor() {
    super();
    /** @type {Toast[]} */
    this.toasts = [];
  }

  /**
   * `gone` is called when it goes without `action` having been taken.
   * @param {Toast} toast
   */
  show(toast) {
    if (!toast.label) this.toasts = this.toasts.filter((t) => t.label);
    this.toasts = [...this.toasts, toast];
    if (!toast.stays) setTimeout(() => this.#drop(toast), SHOWN_MS);
  }

  /** Let all go now, as when the page is left. */
  clear() {
    for (const toast of this.toasts) this.#drop(toast);
  }

  render() {
    return html`<div role="status" aria-live="polite">
      ${this.toasts.map(
        (toast) => html`<div class="toast">
          <span>${toast.text}</span>
          ${toast.label
            ? html`<button class="plain" @click=${() => this.#take(toast)}>${toast.label}</button>`
            : ''}
          <button class="plain close" aria-label="Close" @click=${() => this.#drop(toast)}>×</button>
        </div>`,
      )}
    </div>`;
  }

  /** @param {Toast} toast */
  #take(toast) {
    this.#drop({ ...toast, gone: undefined }, toast);
    toast.action?.();
  }

  /** @param {Toast} toast @param {Toast} [shown] */
  #drop(toast, shown = toast) {
    if (!this.toasts.includes(shown)) return;
    this.toasts = this.toasts.filter((t) => t !== shown);
    toast.gone?.();
  }
}

customElements.define('x-toasts', Toasts);
