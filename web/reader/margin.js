/**
 * margin.js -- <capsa-margin>: the reader's own notes beside their words, on
 * screens that have room for it.
 *
 * In:   notes; place(rangeFor): put them level with their words
 * Out:  'edit-note' {note}
 */
import { html } from 'lit';

import { LightElement } from '../lib/element.js';

/** Between two notes that would lie on each other. */
const GAP = 10;

export class Margin extends LightElement {
  static properties = { notes: { attribute: false } };

  constructor() {
    super();
    /** @type {any[]} */
    this.notes = [];
  }

  render() {
    return html`${this.notes.map(
      (note) => html`<button class="margin-note quote" data-colour=${note.colour}
        @click=${() => this.emit('edit-note', { note })}>${note.note}</button>`,
    )}`;
  }

  /** @param {(note: any) => Range | null} rangeFor */
  async place(rangeFor) {
    await this.updateComplete;
    const { top } = this.getBoundingClientRect();
    let free = 0;
    for (const [index, element] of [...this.querySelectorAll('button')].entries()) {
      const words = rangeFor(this.notes[index])?.getBoundingClientRect();
      const y = Math.max((words?.top ?? top) - top, free);
      element.style.top = `${y}px`;
      free = y + element.offsetHeight + GAP;
    }
  }
}

customElements.define('capsa-margin', Margin);
