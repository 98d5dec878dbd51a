/**
 * paste.js -- <capsa-paste>: a dialog that takes a record copied from a page.
 *
 * In: open().  Out: 'paste-text' {text}
 */
import { html } from 'lit';

import { LightElement } from '../lib/element.js';

export class Paste extends LightElement {
  open() {
    this.one('textarea').value = '';
    this.one('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="paste-title">
      <form class="sheet" method="dialog" @submit=${this.#submit}>
        <header>
          <h2 id="paste-title">Paste text</h2>
          <button class="plain" type="button" @click=${this.#close}>Close</button>
        </header>
        <p class="meta">
          On the archive’s page select all, copy, and paste it here. Menus and buttons of the page
          are left out by themselves.
        </p>
        <textarea rows="12" aria-label="Text of the record" spellcheck="false"></textarea>
        <div class="actions"><button class="main">Add to the library</button></div>
      </form>
    </dialog>`;
  }

  #close() {
    this.one('dialog').close();
  }

  #submit() {
    this.emit('paste-text', { text: this.one('textarea').value });
  }
}

customElements.define('capsa-paste', Paste);
