/**
 * reader.js -- <capsa-reader>: one document, read, searched and marked.
 *
 * In:   engine {call(method, params, {signal})}; show(address); command(key,
 *       event); refresh(name); refreshNotes(); keepPosition(); openContents(); openFind()
 * Out:  'title' {title}; 'cite' {document, title, turn}; 'edit-note' {note};
 *       'notes-changed', 'kept', 'say'
 *
 * The text is filled by text.js and stays out of Lit's hands; marks are drawn
 * over it (paint.js), never into it.
 */
import { html, nothing } from 'lit';

import { LightElement, isAbort, sentence } from '../lib/element.js';
import { directionOf, documentHead, whyNot } from './document-head.js';
import './find.js';
import { moveSelection, selectFirstWord } from './keyboard.js';
import './margin.js';
import './mark-bar.js';
import { paintFound, paintNotes } from './paint.js';
import { outlineList } from './panel.js';
import { blockElement, blockNumber, covers, placeAt, rangeOf } from './places.js';
import { Parts } from './parts.js';
import { scrollToElement, scrollToRange } from './scroll.js';
import { elementAbove, foldTitle, jumpOf, jumpTo, within } from './text.js';

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
  #parts = new Parts();
  /** Each way to a place of the text has a number: the last one is gone. */
  #way = 0;
  /** Ways that have not ended: where one read last is not to be forgotten. */
  #arriving = 0;
  /** What find.js found. @type {{matches: any[], now: number}} */
  #hits = { matches: [], now: -1 };

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
    this.#arriving++;
    if (name !== this.#name || !this.reading) {
      await this.#load(name);
      scrollTo(0, 0);
    }
    if (this.reading && name === this.#name) {
      await this.refreshNotes();
      if (query) await this.one('capsa-find').open(query, { block: address.block });
      else await this.#goTo(address);
    }
    this.#arriving--;
  }

  /** Forget what is shown, as when the library was exchanged. */
  reset() {
    this.#asking?.abort();
    this.#parts.clear(this.text);
    this.#name = '';
    this.reading = undefined;
  }

  /** Follow a change of this document that another tab made; one that was
   * removed stays on the screen. @param {string} [name] */
  async refresh(name) {
    if (!this.reading || ![this.#name, this.reading.entry.key].includes(name ?? '')) return;
    const now = await this.engine.call('document', { name: this.#name }).catch(() => undefined);
    if (!now || now.entry.edition === this.reading.entry.edition) return;
    const at = scrollY;
    await this.#repaired();
    scrollTo(0, at);
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
    const { head } = this.reading ?? {};
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
        ${head ? documentHead(this.reading, this.versions, this.#actions()) : nothing}
        <div class="text" lang=${head?.metadata.language ?? nothing} dir=${directionOf(head?.metadata)} @click=${this.#clicked}></div>
        <capsa-margin class="margin" role="complementary" aria-label="Your notes"
          .notes=${this.notes.filter((note) => note.note && note.startBlock && note.endBlock < this.#parts.reached)}></capsa-margin>
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

  #actions() {
    return html`<button class="plain" @click=${() => this.one('capsa-panel').open('about')}>About this text</button>
      <button class="plain" @click=${() => this.#cite(0)}>Cite</button>
      <button class="plain" aria-pressed=${this.asPrinted} @click=${this.#compare}>As printed</button>`;
  }

  async #repaired() {
    this.keepPosition();
    await this.#load(this.#name);
    await this.refreshNotes();
    if (this.reading?.next) await this.#goTo({ place: 'reader', block: this.here });
  }

  async #compare() {
    this.asPrinted = !this.asPrinted;
    if (!this.asPrinted) return;
    const repair = await this.#parts.until(() => this.text.querySelector('.emendation'));
    if (repair === null) this.say('Nothing was repaired in this record: it stands as printed.');
  }

  /** @param {string} name */
  async #load(name) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#name = name;
    this.one('capsa-find')?.close();
    try {
      const { signal } = this.#asking;
      const ask = (/** @type {string} */ method) => this.engine.call(method, { name }, { signal });
      const [reading, { versions }] = await Promise.all([ask('document'), ask('versions')]);
      Object.assign(this, { reading, versions });
      this.problem = '';
      await this.updateComplete;
      this.#parts.begin(this.text, this.reading, name);
      foldTitle(this.text, this.heading);
      this.#fill(name, signal);
    } catch (/** @type {any} */ error) {
      if (isAbort(error)) return;
      this.reading = undefined;
      this.#parts.clear(this.text);
      this.problem = whyNot(error);
    }
    this.emit('title', { title: this.heading || 'Not found' });
  }

  /** The rest of a long record comes behind what is read. @param {string} name @param {AbortSignal} signal */
  async #fill(name, signal) {
    const { edition } = this.reading.entry;
    const fetchPart = (/** @type {number} */ from) =>
      this.engine.call('documentPart', { name, edition, from }, { signal });
    try {
      await this.#parts.fill(this.text, name, fetchPart, (from) => this.#partCame(from));
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      this.#parts.end(this.text);
      this.say(`Only the beginning of this record is shown; open it again. ${sentence(error)}`);
    }
  }

  /** @param {number} from  its first block */
  #partCame(from) {
    const { reached } = this.#parts;
    const isHere = (/** @type {number} */ block) => block >= from && block < reached;
    if (this.notes.some(({ endBlock }) => isHere(endBlock))) {
      paintNotes(this.text, this.notes);
      this.notes = [...this.notes]; // more of them have a place
    }
    const { matches, now } = this.#hits;
    if (matches.some(({ block }) => isHere(block))) paintFound(this.text, matches, now);
  }

  /**
   * What is sought in the text, when it is there; undefined where one has gone
   * another way in the meantime.
   * @template T @param {() => T} find @returns {Promise<T | undefined>}
   */
  async #arrival(find) {
    const way = ++this.#way;
    this.#arriving++;
    const found = await this.#parts.until(find);
    this.#arriving--;
    return way === this.#way ? found : undefined;
  }

  /** @param {Address} address */
  async #goTo({ turn, block, note }) {
    if (turn) return this.#goToTurn(turn);
    const marked = note && this.notes.find(({ id, startBlock }) => id === note && startBlock);
    const range = marked && (await this.#arrival(() => rangeOf(this.text, marked)));
    if (marked) return range && scrollToRange(range);
    if (!block) return this.#goToKept();
    const element = await this.#arrival(() => blockElement(this.text, block));
    if (element) await scrollToElement(element);
  }

  /** Where one read last, unless the reader went somewhere meanwhile. */
  async #goToKept() {
    scrollTo(0, 0);
    const block = await this.#keptPosition();
    const element = block ? await this.#arrival(() => blockElement(this.text, block)) : null;
    if (element?.previousElementSibling && scrollY === 0) await scrollToElement(element);
  }

  async #goToTurn(/** @type {number} */ number) {
    const find = () => this.text.querySelector(`[data-turn="${number}"]`);
    const turn = /** @type {HTMLElement | null | undefined} */ (await this.#arrival(find));
    if (turn === undefined) return;
    if (!turn) return this.say(`This record has no turn ${number}.`);
    this.text.querySelector('.turn.here')?.classList.remove('here');
    turn.classList.add('here');
    turn.focus({ preventScroll: true });
    await scrollToElement(turn);
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
    this.#resting = window.setTimeout(() => this.keepPosition(), REST_MS);
  };

  /** For when one comes back. */
  keepPosition() {
    clearTimeout(this.#resting);
    if (!this.reading || this.#arriving || this.closest('[hidden]')) return;
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

  async #found(/** @type {CustomEvent} */ { detail }) {
    const { matches, now } = (this.#hits = detail);
    paintFound(this.text, matches, now);
    const match = matches[now];
    if (!match) return;
    const { block: startBlock, block: endBlock } = match;
    const range = await this.#arrival(() => rangeOf(this.text, { startBlock, endBlock, ...match }));
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
    const to = jumpOf(event);
    if (to) {
      event.preventDefault();
      this.#arrival(() => within(this.text, to)).then((target) => target && jumpTo(target));
      return;
    }
    if (/** @type {Element} */ (event.target).closest('a') || !getSelection()?.isCollapsed) return;
    const place = placeAt(this.text, event.clientX, event.clientY);
    const note = place && this.notes.find((n) => n.startBlock && covers(n, place));
    if (note) this.emit('edit-note', { note });
  }
}

customElements.define('capsa-reader', Reader);
