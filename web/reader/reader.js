/**
 * reader.js -- <capsa-reader>: one document, read, searched and marked.
 *
 * In:   engine {call(method, params, {signal})}; show(address); command(key,
 *       event); refreshNotes(); openContents(); openFind()
 * Out:  'title' {title}; 'cite' {document, title, turn}; 'edit-note' {note};
 *       'notes-changed', 'kept', 'say'
 *
 * The text is filled by text.js and stays out of Lit's hands; marks are drawn
 * over it (paint.js), never into it.
 */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { dateWords } from '../lib/dates.js';
import { LightElement, isAbort, sentence } from '../lib/element.js';
import './find.js';
import { moveSelection, selectFirstWord } from './keyboard.js';
import './margin.js';
import './mark-bar.js';
import { paintFound, paintNotes } from './paint.js';
import { outlineList } from './panel.js';
import { languageWords } from './provenance.js';
import { blockElement, blockNumber, covers, placeAt, rangeOf } from './places.js';
import { elementAbove, fillText, foldTitle } from './text.js';

/** @typedef {import('../lib/address.js').Address} Address */

/** The line of the window that counts as "where one reads". */
const EYE = 140;

/** The reading position is kept this long after the last scroll. */
const REST_MS = 700;

export class Reader extends LightElement {
  static properties = {
    engine: { attribute: false },
    reading: { state: true },
    problem: { state: true },
    notes: { state: true },
    asPrinted: { state: true },
    versions: { state: true },
    here: { state: true },
  };

  /** @type {AbortController | undefined} */
  #asking;
  #resting = 0;
  #name = '';

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {any} */
    this.reading = undefined;
    this.problem = '';
    /** @type {any[]} */
    this.notes = [];
    this.asPrinted = false;
    /** @type {any[]} of this record, itself among them */
    this.versions = [];
    this.here = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', this.#scrolled, { passive: true });
    new ResizeObserver(() => this.#placeNotes()).observe(this);
  }

  get heading() {
    return this.reading?.head.metadata.title ?? '';
  }

  /** @returns {HTMLElement} */
  get text() {
    return this.one('.text');
  }

  /** @param {Address} address */
  async show(address) {
    const { document: name = '', query } = address;
    if (name !== this.#name || !this.reading) await this.#load(name);
    if (!this.reading || name !== this.#name) return;
    await this.refreshNotes();
    if (query) await this.one('capsa-find').open(query, { block: address.block });
    else await this.#goTo(address);
  }

  /** Forget what is shown, as when the library was exchanged. */
  reset() {
    this.#name = '';
    this.reading = undefined;
  }

  async refreshNotes() {
    try {
      this.notes = await this.engine.call('notes', { document: this.#name });
      paintNotes(this.text, this.notes);
    } catch (error) {
      this.say(sentence(error));
    }
  }

  openContents() {
    this.one('capsa-panel').open('contents');
  }

  openFind() {
    const find = this.one('capsa-find');
    if (find.isOpen) find.focusBox();
    else find.open(find.query, { focus: true });
  }

  /** @param {string} key @param {KeyboardEvent} event @returns {boolean} taken */
  command(key, event) {
    if (moveSelection(this.text, event) || this.one('capsa-mark-bar').take(key)) return true;
    if (key === 'j' || key === 'n') this.#step(1);
    else if (key === 'k' || key === 'p') this.#step(-1);
    else if (key === 's') selectFirstWord(this.#place().block);
    else if (key === 'o') this.openContents();
    else if (key === 'i') this.one('capsa-panel').open('about');
    else if (key === 'f') this.openFind();
    else if (key === 'c') this.#cite(this.#place().turn);
    else if (key === 'Escape') this.one('capsa-find').close();
    else return false;
    return true;
  }

  render() {
    const { head, entry } = this.reading ?? {};
    return html`${this.problem
        ? html`<div class="stop"><h1 tabindex="-1">This record cannot be shown</h1>
            <p>${this.problem}</p><p><a href="#/">To the library</a></p></div>`
        : nothing}
      <article class="reader ${this.asPrinted ? 'as-printed' : ''}" ?hidden=${!this.reading}
        @found=${this.#found} @mark=${this.#mark} @mark-note=${this.#markNote} @mark-cite=${this.#markCite}>
        ${head?.outline?.length
          ? html`<nav class="outline-aside" aria-label="Contents"><h2>Contents</h2>
              ${outlineList(head.outline, this.#name, this.here)}</nav>`
          : nothing}
        ${head ? this.#head(head, entry) : nothing}
        <div class="text" lang=${head?.metadata.language ?? nothing} dir=${head?.metadata.direction ?? 'auto'} @click=${this.#clicked}></div>
        <capsa-margin class="margin" role="complementary" aria-label="Your notes"
          .notes=${this.notes.filter((note) => note.note && note.startBlock)}></capsa-margin>
        <capsa-mark-bar></capsa-mark-bar>
      </article>
      <capsa-find .engine=${this.engine} .document=${this.#name} @found=${this.#found}></capsa-find>
      <capsa-panel .engine=${this.engine} .reading=${this.reading} @repaired=${this.#repaired}></capsa-panel>`;
  }

  updated(/** @type {Map<string, any>} */ changed) {
    if (changed.has('notes')) this.#placeNotes();
  }

  firstUpdated() {
    this.one('capsa-mark-bar').root = this.text;
    document.fonts?.ready.then(() => this.#placeNotes());
  }

  #head(/** @type {any} */ { metadata }, /** @type {any} */ entry) {
    const line = [dateWords(metadata.date), metadata.place, metadata.collection];
    return html`<header class="document-head">
      <h1 tabindex="-1" dir="auto" lang=${metadata.language ?? nothing}>${metadata.title || 'Untitled'}</h1>
      <p class="dateline">${line.filter(Boolean).join(' · ')}</p>
      ${entry.superseded ? html`<p class="meta">An earlier text of this record; the library holds a newer one.</p>` : nothing}
      ${this.#otherVersions(entry)}
      ${metadata.summary ? html`<p class="summary">${metadata.summary}</p>` : nothing}
      <div class="actions">
        <button class="plain" @click=${() => this.one('capsa-panel').open('about')}>About this text</button>
        <button class="plain" @click=${() => this.#cite(0)}>Cite</button>
        <button class="plain" aria-pressed=${this.asPrinted} @click=${this.#compare}>As printed</button>
      </div>
    </header>`;
  }

  /** In their own languages; the core lists them by language. */
  #otherVersions(/** @type {any} */ { key }) {
    const others = this.versions.filter((version) => version.key !== key);
    if (!others.length) return nothing;
    return html`<nav class="versions" aria-label="Other versions of this record">
      <h2>Other versions of this record</h2>
      <ul>${others.map(
        ({ key: name, title, language }) => html`<li>
          <a href=${toDocument(name)} hreflang=${language ?? nothing}>
            ${language ? html`<span>${languageWords(language)}</span> ` : nothing}
            <bdi lang=${language ?? nothing}>${title || 'Untitled'}</bdi></a>
        </li>`,
      )}</ul>
    </nav>`;
  }

  async #repaired() {
    await this.#load(this.#name);
    await this.refreshNotes();
  }

  #compare() {
    this.asPrinted = !this.asPrinted;
    const count = this.text.querySelectorAll('.emendation').length;
    if (this.asPrinted && !count) this.say('Nothing was repaired in this record: it stands as printed.');
  }

  /** @param {string} name */
  async #load(name) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#keepPosition();
    this.#name = name;
    this.one('capsa-find')?.close();
    try {
      const { signal } = this.#asking;
      this.reading = await this.engine.call('document', { name }, { signal });
      ({ versions: this.versions } = await this.engine.call('versions', { name }, { signal }));
      this.problem = '';
      await this.updateComplete;
      fillText(this.text, this.reading.html, name);
      foldTitle(this.text, this.heading);
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      this.reading = undefined;
      this.problem =
        error.code === 'ENOTFOUND'
          ? 'The library holds no record at this address. It may have been removed, or it is in another browser’s library.'
          : sentence(error);
    }
    this.emit('title', { title: this.heading || 'Not found' });
  }

  /** @param {Address} address */
  async #goTo({ turn, block, note }) {
    if (turn) return this.#goToTurn(turn);
    if (note) {
      const range = rangeOf(this.text, this.notes.find(({ id }) => id === note) ?? {});
      if (range) return scrollToRange(range);
    }
    const element = blockElement(this.text, block || (await this.#keptPosition()));
    if (element && (block || element.previousElementSibling)) element.scrollIntoView();
    else scrollTo(0, 0);
  }

  #goToTurn(/** @type {number} */ number) {
    const turn = /** @type {HTMLElement | null} */ (
      this.text.querySelector(`[data-turn="${number}"]`)
    );
    if (!turn) return this.say(`This record has no turn ${number}.`);
    this.text.querySelector('.turn.here')?.classList.remove('here');
    turn.classList.add('here');
    turn.scrollIntoView();
    turn.focus({ preventScroll: true });
  }

  /** Where one reads: the block at the eye, and its turn. */
  #place() {
    const focused = document.activeElement?.closest('.turn');
    const block = focused
      ? /** @type {Element} */ (focused.querySelector('[data-block]'))
      : elementAbove(this.text.querySelectorAll('[data-block]'), EYE);
    const turn = /** @type {HTMLElement | null} */ (block?.closest('.turn'));
    return { block, turn: Number(turn?.dataset.turn ?? 0) };
  }

  #step(/** @type {number} */ by) {
    const turns = [...this.text.querySelectorAll('.turn')];
    const focused = document.activeElement?.closest('.turn');
    const at = focused ? turns.indexOf(focused) : turns.findIndex((t) => t.getBoundingClientRect().bottom > EYE) - (by > 0 ? 1 : 0);
    const next = /** @type {HTMLElement | undefined} */ (turns[Math.max(at + by, 0)]);
    if (next) this.#goToTurn(Number(next.dataset.turn));
  }

  #scrolled = () => {
    if (!this.reading || this.hidden) return;
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#keepPosition(), REST_MS);
  };

  #keepPosition() {
    clearTimeout(this.#resting);
    if (!this.reading || this.closest('[hidden]')) return;
    const block = elementAbove(this.text.querySelectorAll('[data-block]'), EYE);
    if (!block) return;
    this.here = blockNumber(block);
    const params = { name: `position/${this.reading.entry.key}`, value: String(this.here) };
    this.engine.call('setSetting', params).catch(() => {}); // a place lost is no harm
  }

  async #keptPosition() {
    const name = `position/${this.reading.entry.key}`;
    return Number(await this.engine.call('setting', { name }).catch(() => 0));
  }

  #found(/** @type {CustomEvent} */ { detail: { matches, now } }) {
    const range = paintFound(this.text, matches, now);
    if (range) scrollToRange(range);
  }

  #placeNotes() {
    this.one('capsa-margin')?.place((/** @type {any} */ note) => rangeOf(this.text, note));
  }

  #mark(/** @type {CustomEvent} */ { detail: { stretch, colour } }) {
    this.#annotate({ ...stretch, colour, note: '' });
  }

  async #annotate(/** @type {any} */ mark) {
    try {
      const note = await this.engine.call('annotate', { ...mark, document: this.#name });
      this.emit('notes-changed', { note });
      this.emit('kept');
    } catch (error) {
      this.say(`Not highlighted. ${sentence(error)}`);
    }
  }

  #markNote(/** @type {CustomEvent} */ { detail: { stretch } }) {
    this.emit('edit-note', { note: { ...stretch, colour: 0, note: '', document: this.#name } });
  }

  #markCite(/** @type {CustomEvent} */ { detail: { stretch } }) {
    const turn = blockElement(this.text, stretch.startBlock)?.closest('.turn');
    const number = Number(/** @type {HTMLElement | null} */ (turn)?.dataset.turn ?? 0);
    this.emit('copy-citation', { document: this.#name, title: this.heading, turn: number });
  }

  #cite(/** @type {number} */ turn) {
    this.emit('cite', { document: this.#name, title: this.heading, turn });
  }

  /** A click on a highlight opens it; links and selections keep their clicks. */
  #clicked(/** @type {MouseEvent} */ event) {
    if (/** @type {Element} */ (event.target).closest('a') || !getSelection()?.isCollapsed) return;
    const place = placeAt(this.text, event.clientX, event.clientY);
    const note = place && this.notes.find((n) => n.startBlock && covers(n, place));
    if (note) this.emit('edit-note', { note });
  }
}

/** @param {Range} range */
function scrollToRange(range) {
  const { top, bottom } = range.getBoundingClientRect();
  if (top > 80 && bottom < innerHeight - 120) return;
  scrollTo(0, scrollY + top - innerHeight * 0.3);
}

customElements.define('capsa-reader', Reader);
