/**
 * notes.js -- <capsa-notes>: all highlights and notes, or one document's.
 *
 * In:   engine {call(method, params)}; document (its name, or empty); refresh()
 * Out:  'edit-note' {note}; 'notes-changed'; 'say'
 */
import { html, nothing } from 'lit';

import { formatAddress, toDocument } from '../lib/address.js';
import { dayWords, plural } from '../lib/dates.js';
import { LightElement, sentence } from '../lib/element.js';

export class Notes extends LightElement {
  static properties = {
    engine: { attribute: false },
    document: { type: String },
    notes: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    this.document = '';
    /** @type {any[] | undefined} */
    this.notes = undefined;
  }

  async refresh() {
    try {
      this.notes = await this.engine.call('notes', { document: this.document });
    } catch (error) {
      this.notes ??= [];
      this.say(sentence(error));
    }
  }

  updated(/** @type {Map<string, any>} */ changed) {
    if (changed.has('document') && this.notes) this.refresh();
  }

  render() {
    const notes = this.notes ?? [];
    const groups = groupBy(notes, (note) => note.document);
    return html`<div class="column">
      <div class="place-head">
        <h1 tabindex="-1">Notes</h1>
        <p class="quiet" role="status">${this.#count(notes)}</p>
        ${this.document
          ? html`<p class="meta">Of one record. <a href=${formatAddress({ place: 'notes' })}>Show all notes</a></p>`
          : nothing}
      </div>
      ${[...groups].map(
        ([document, list]) => html`<section class="note-group">
          <h2><a href=${toDocument(document)}>${list[0].title || 'A record that was removed'}</a></h2>
          <ul class="note-list">
            ${list.map((/** @type {any} */ note) => this.#item(note))}
          </ul>
        </section>`,
      )}
    </div>`;
  }

  #count(/** @type {any[]} */ notes) {
    if (!this.notes) return 'Reading the notes …';
    return notes.length
      ? plural(notes.length, 'passage marked', 'passages marked')
      : 'Nothing is marked yet. Select words in a record to highlight them or write a note.';
  }

  #item(/** @type {any} */ note) {
    const at = { block: note.startBlock, note: note.id };
    const where = [
      note.speaker,
      note.turn ? `turn ${note.turn}` : '',
      dayWords(note.modified),
      note.anchor === 'moved' ? 'found again in a newer text' : '',
    ];
    return html`<li>
      ${note.startBlock
        ? html`<a class="quote" data-colour=${note.colour} href=${toDocument(note.document, at)}>${note.quote}</a>`
        : html`<p class="quote" data-colour=${note.colour}>${note.quote}</p>
            <p class="meta">These words do not stand in the library any more; the note is kept.</p>`}
      ${note.note ? html`<p class="note-text">${note.note}</p>` : nothing}
      <div class="foot">
        <span class="meta">${where.filter(Boolean).join(' · ')}</span>
        <span class="actions">
          <button class="plain" @click=${() => this.emit('edit-note', { note })}>
            ${note.note ? 'Edit' : 'Add a note'}
          </button>
          <button class="plain" @click=${() => this.#remove(note)}>Delete</button>
        </span>
      </div>
    </li>`;
  }

  #remove(/** @type {any} */ note) {
    removeNote(this, note);
  }
}

/**
 * Delete with a way back.
 * @param {LightElement & {engine: any}} element  that says so
 * @param {any} note
 */
async function removeNote(element, note) {
  const change = async (/** @type {string} */ method) => {
    try {
      await element.engine.call(method, { id: note.id });
      element.emit('notes-changed');
      return true;
    } catch (error) {
      element.say(sentence(error));
      return false;
    }
  };
  if (!(await change('removeNote'))) return;
  element.say(note.note ? 'Note deleted.' : 'Highlight deleted.', {
    label: 'Undo',
    action: () => change('restoreNote'),
  });
}

/** Map.groupBy, which is younger than our browsers. @param {any[]} list @param {(item: any) => string} of */
function groupBy(list, of) {
  const groups = new Map();
  for (const item of list) groups.set(of(item), [...(groups.get(of(item)) ?? []), item]);
  return groups;
}

customElements.define('capsa-notes', Notes);
