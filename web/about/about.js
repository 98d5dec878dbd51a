/**
 * about.js -- <capsa-about>: what this is, what is stored, and the licences of
 * all that ships.
 *
 * In: version; opened (Opened of engine/protocol.js); canInstall, isOldApple
 * Out: 'save-copy', 'open-copy', 'undo-copy', 'open-generation', 'install'
 */
import { html, nothing } from 'lit';

import { dayWords } from '../lib/dates.js';
import { LightElement } from '../lib/element.js';
import { isPersisted } from '../lib/persist.js';

/** What the browser says of keeping. @type {Record<string, string>} */
const KEPT = {
  true: 'The browser has agreed to keep it.',
  false: 'The browser may clear it when space is short: save a copy now and then.',
  undefined: 'This browser does not say whether it keeps it: save a copy now and then.',
};

export class About extends LightElement {
  static properties = {
    opened: { attribute: false },
    canInstall: { type: Boolean },
    licences: { state: true },
    persisted: { state: true },
    generations: { state: true },
    saved: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.opened = undefined;
    this.canInstall = false;
    /** @type {any[]} */
    this.licences = [];
    /** @type {boolean | undefined} */
    this.persisted = undefined;
    /** @type {any} */
    this.engine = undefined;
    /** @type {import('../engine/protocol.js').Copy[]} */
    this.generations = [];
    this.saved = '';
  }

  async refresh() {
    this.persisted = await isPersisted();
    this.generations = await this.engine.call('generations').catch(() => []);
    const { saved = '' } = await this.engine.call('care').catch(() => ({}));
    this.saved = saved;
    this.licences = (await import('virtual:licences')).licences;
  }

  render() {
    return html`<div class="column about">
      <div class="place-head">
        <h1 tabindex="-1">About Capsa</h1>
        <p class="quiet">Version ${this.opened?.version ?? ''}</p>
      </div>
      <p>A <i>capsa</i> was the round box in which a Roman pupil’s scrolls were carried to school. This
        one holds archival records: it takes a record as an archive’s page gives it, and keeps it
        readable, searchable and citable, with your notes, and without a network.</p>
      <h2>Where your library is</h2>
      ${this.#where()}
      <div class="actions">
        <button @click=${() => this.emit('save-copy')}>Save a copy</button>
        <button @click=${() => this.emit('open-copy')}>Open a copy</button>
        ${this.opened?.undo
          ? html`<button @click=${() => this.emit('undo-copy')}>Back to the library before</button>`
          : nothing}
      </div>
      <p class="quiet">${this.saved ? `A copy was last saved on ${dayWords(this.saved)}.` : 'No copy was saved yet.'}</p>
      ${this.generations.length
        ? html`<p>These copies are kept beside the library. They help against a slip of yours, not
              against the loss of the device.</p>
            <ul class="panel-list">${this.generations.map(
              ({ name, time }) => html`<li>
                <button @click=${() => this.emit('open-generation', { generation: name })}>
                  ${name.startsWith('before-') ? 'As it was before this Capsa, on' : 'As it was on'}
                  ${dayWords(new Date(time).toISOString())}
                </button>
              </li>`,
            )}</ul>`
        : nothing}
      <h2>As an app</h2>
      ${this.canInstall
        ? html`<p>Capsa can stand among your other programs and open in a window of its own.</p>
            <div class="actions"><button @click=${() => this.emit('install')}>Install</button></div>`
        : html`<p>Capsa opens without a network from the second start on. To have it among your apps:
            on an iPhone or iPad choose <i>Share</i>, then <i>Add to Home Screen</i>, before you write
            your first note, since the app keeps a library of its own; elsewhere choose
            <i>Install</i> in the browser’s menu, where it offers that.</p>`}
      <h2>Licences</h2>
      <p>Capsa and everything that it is made of, as it ships here:</p>
      ${this.licences.map(
        ({ name, version, licence, home, text }) => html`<details>
          <summary>${name} <span class="meta">${version} · ${licence}</span></summary>
          ${home ? html`<p class="meta"><a href=${home} rel="noopener noreferrer">${home}</a></p>` : nothing}
          ${text ? html`<pre>${text}</pre>` : nothing}
        </details>`,
      )}
    </div>`;
  }

  #where() {
    const { storage, reason } = this.opened ?? {};
    if (!storage) return html`<p>It is not open.</p>`;
    if (storage === 'memory') {
      return html`<p>In memory only, because ${reason}. It is gone when the page is closed: save a copy
        before.</p>`;
    }
    return html`<p>In this browser, on this device, and nowhere else; a private window forgets it when
        it is closed. ${KEPT[String(this.persisted)]}</p>
      <p class="quiet">${storage === 'opfs'
        ? 'It is kept in files of its own.'
        : `It is kept in the browser’s database and, while it is open, in memory, because ${reason}.`}</p>`;
  }
}

customElements.define('capsa-about', About);
