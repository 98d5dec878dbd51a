/**
 * more.js -- <capsa-more>: how the page looks, and the ways to the rest.
 *
 * In:   look ('system' | 'light' | 'dark'); open()
 * Out:  'look' {look}; 'keys', 'save-copy', 'open-copy'
 */
import { html } from 'lit';

import { LightElement } from '../lib/element.js';

const LOOKS = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export class More extends LightElement {
  static properties = { look: { type: String } };

  constructor() {
    super();
    this.look = 'system';
  }

  open() {
    this.one('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="more-title">
      <div class="sheet panel">
        <header>
          <h2 id="more-title">More</h2>
          <button class="plain" @click=${this.#close}>Close</button>
        </header>
        <fieldset>
          <legend>Look</legend>
          <div class="choices">
            ${LOOKS.map(
              ([look, name]) => html`<label>
                <input type="radio" name="look" .checked=${this.look === look}
                  @change=${() => this.emit('look', { look })} />${name}
              </label>`,
            )}
          </div>
        </fieldset>
        <ul class="panel-list">
          <li><a href="#/search" @click=${this.#close}>Search all records</a></li>
          <li><button @click=${() => this.#go('save-copy')}>Save a copy of the library</button></li>
          <li><button @click=${() => this.#go('open-copy')}>Open a copy</button></li>
          <li><button @click=${() => this.#go('keys')}>Keys</button></li>
          <li><a href="#/about" @click=${this.#close}>About Capsa, and licences</a></li>
        </ul>
      </div>
    </dialog>`;
  }

  /** @param {string} event */
  #go(event) {
    this.#close();
    this.emit(event);
  }

  #close() {
    this.one('dialog').close();
  }
}

customElements.define('capsa-more', More);
