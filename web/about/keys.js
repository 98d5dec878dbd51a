/** keys.js -- <capsa-keys>: the keys, in a dialog. In: open() */
import { html } from 'lit';

import { LightElement } from '../lib/element.js';

const KEYS = [
  ['Anywhere', [
    [['/'], 'search all records'],
    [['?'], 'show these keys'],
    [['Esc'], 'close what is open'],
  ]],
  ['In a record', [
    [['j', 'n'], 'next turn'],
    [['k', 'p'], 'previous turn'],
    [['f'], 'search in this record'],
    [['o'], 'contents'],
    [['i'], 'about this text'],
    [['c'], 'cite the turn'],
    [['s'], 'select words: the first one of the turn'],
  ]],
  ['While words are selected', [
    [['←', '→'], 'the word before, the next one'],
    [['Shift', '→'], 'stretch the selection'],
    [['1', '…', '5'], 'highlight in a colour'],
    [['w'], 'write a note'],
    [['c'], 'copy the citation'],
  ]],
];

export class Keys extends LightElement {
  open() {
    this.one('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="keys-title">
      <div class="sheet panel">
        <header>
          <h2 id="keys-title">Keys</h2>
          <button class="plain" @click=${() => this.one('dialog').close()}>Close</button>
        </header>
        ${KEYS.map(
          ([title, keys]) => html`<h3>${title}</h3>
            <dl class="keys">
              ${/** @type {any[]} */ (keys).map(
                ([names, what]) => html`<dt>${names.map((/** @type {string} */ n) => html`<kbd>${n}</kbd> `)}</dt><dd>${what}</dd>`,
              )}
            </dl>`,
        )}
      </div>
    </dialog>`;
  }
}

customElements.define('capsa-keys', Keys);
