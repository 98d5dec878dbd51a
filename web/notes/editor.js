/**
 * editor.js -- <capsa-note-editor>: a dialog to write or change one note.
 *
 * In:   engine {call(method, params)}; open(note): an existing one (with `id`),
 *       or a mark that is to be made (Mark of engine/protocol.js, with `quote`)
 * Out:  'notes-changed' {note}; 'kept' after the first writing; 'say'
 */
import { html, nothing } from 'lit';

import { LightElement, sentence } from '../lib/element.js';

const INKS = ['Yellow', 'Green', 'Blue', 'Pink', 'Violet'];

export class NoteEditor extends LightElement {
  static properties = {
    engine: { attribute: false },
    note: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {any} */
    this.note = undefined;
    this.problem = '';
  }

  /** @param {any} note */
  async open(note) {
    this.note = note;
    this.problem = '';
    await this.updateComplete;
    this.one('textarea').value = note.note ?? ''; // bound, Lit would keep what was typed last
    this.one('dialog').showModal();
    this.one('textarea').focus();
  }

  render() {
    const { note } = this;
    return html`<dialog aria-labelledby="note-title">
      ${note
        ? html`<form class="sheet" method="dialog" @submit=${this.#submit} @keydown=${this.#keys}>
            <header>
              <h2 id="note-title">${note.id && note.note ? 'Note' : 'New note'}</h2>
              <button class="plain" type="button" @click=${this.#close}>Close</button>
            </header>
            <p class="quote" data-colour=${note.colour}>${shorten(note.quote)}</p>
            <textarea rows="5" aria-label="Your note" placeholder="Your note"></textarea>
            <fieldset class="inks">
              <legend class="visually-hidden">Colour</legend>
              ${INKS.map(
                (name, colour) => html`<label title=${name}>
                  <input type="radio" name="colour" value=${colour} aria-label=${name}
                    .checked=${colour === note.colour}
                    @change=${() => (this.note = { ...note, colour })} />
                  <span class="swatch" data-colour=${colour} aria-hidden="true">a</span>
                </label>`,
              )}
            </fieldset>
            ${this.problem ? html`<p class="meta" role="alert">${this.problem}</p>` : nothing}
            <div class="actions"><button class="main">Keep the note</button></div>
          </form>`
        : nothing}
    </dialog>`;
  }

  #words() {
    return this.one('textarea').value;
  }

  #close() {
    this.one('dialog').close();
  }

  #keys(/** @type {KeyboardEvent} */ event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.one('form').requestSubmit();
    }
  }

  /** The dialog stays open, with what was typed, until the note is kept. */
  async #submit(/** @type {Event} */ event) {
    event.preventDefault();
    const note = { ...this.note, note: this.#words() };
    try {
      if (note.id) await this.engine.call('updateNote', note);
      else Object.assign(note, await this.engine.call('annotate', note));
    } catch (error) {
      this.problem = `The note was not kept. ${sentence(error)}`;
      return;
    }
    this.#close();
    this.emit('notes-changed', { note });
    this.emit('kept');
  }
}

/** @param {string} quote */
function shorten(quote) {
  return quote.length > 240 ? `${quote.slice(0, 239).trimEnd()}…` : quote;
}

customElements.define('capsa-note-editor', NoteEditor);
