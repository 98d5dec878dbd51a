/**
 * repairs.js -- <capsa-repairs>: what was repaired in a text, each with a
 * switch that takes it back or makes it again.
 *
 * In:   engine; name of the document; load()
 * Out:  'repaired' after a change: the text is another edition; 'say'
 */
import { html, nothing } from 'lit';

import { LightElement, sentence } from '../lib/element.js';

const RULES = /** @type {Record<string, string>} */ ({
  'split-word': 'a word was split',
  'hyphen-space': 'a word was broken at a line’s end',
  'broken-paragraph': 'a paragraph was broken',
  'broken-bracket': 'a bracket was broken',
  'misread-label': 'a speaker’s name was misread',
  'misread-label-sign': 'a sign behind a speaker’s name was misread',
});

export class Repairs extends LightElement {
  static properties = {
    engine: { attribute: false },
    name: { attribute: false },
    repairs: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    this.name = '';
    /** @type {import('../engine/protocol.js').Repair[]} */
    this.repairs = [];
    this.busy = false;
  }

  async load() {
    this.repairs = [];
    try {
      this.repairs = await this.engine.call('repairs', { name: this.name });
    } catch (error) {
      this.say(sentence(error));
    }
  }

  render() {
    if (!this.repairs.length) return nothing;
    return html`<h3>Repairs</h3>
      <p class="quiet">Take a tick away, and the words stand as printed.</p>
      <ul class="panel-list repairs">${this.repairs.map((repair) => this.#row(repair))}</ul>`;
  }

  #row(/** @type {import('../engine/protocol.js').Repair} */ repair) {
    const { original, rule, turn, undone } = repair;
    return html`<li>
      <label>
        <input type="checkbox" .checked=${!undone} ?disabled=${this.busy}
          @change=${() => this.#change(repair)} />
        <span>
          ${original ? printed(repair) : nothing}
          <span class="meta">${RULES[rule] ?? rule}${turn ? ` · turn ${turn}` : ''}${original ? '' : ' · all of them'}</span>
        </span>
      </label>
    </li>`;
  }

  async #change(/** @type {import('../engine/protocol.js').Repair} */ { number, undone }) {
    this.busy = true;
    try {
      const method = undone ? 'redoRepair' : 'undoRepair';
      const { notesLost } = await this.engine.call(method, { name: this.name, number });
      if (notesLost) this.say('A note stood on words that changed. It is kept, without a place.');
      this.emit('repaired');
    } catch (error) {
      this.say(`Nothing was changed. ${sentence(error)}`);
    }
    await this.load();
    this.busy = false;
  }
}

/** The words, with what was printed beside what they read now; what was broken
 * shows by a sign where it was. @param {import('../engine/protocol.js').Repair} repair */
function printed({ original, corrected, before = '', after = '' }) {
  const isBreak = !original?.trim();
  const start = before.replace(/^ +(?=\S)/, '… ');
  const end = after.replace(/(?<=[\p{L}\p{N},;:]) *$/u, ' …');
  return html`<span class="printed">${start}<del>${isBreak ? '¶' : original}</del>${
    isBreak ? ' ' : html` <ins>${corrected}</ins>`}${end}</span>`;
}

customElements.define('capsa-repairs', Repairs);
