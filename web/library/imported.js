/**
 * imported.js -- <capsa-imported>: what became of the files that were added,
 * record by record, and what reading each of them noticed.
 *
 * In:   engine {call(method, params)}; reports (add.js)
 * Out:  'close-report'
 */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { plural } from '../lib/dates.js';
import { LightElement, sentence } from '../lib/element.js';
import { remarkList, remarkWords } from '../lib/remarks.js';

/** @typedef {import('./add.js').Report} Report */

export class Imported extends LightElement {
  static properties = {
    engine: { attribute: false },
    reports: { attribute: false },
    remarks: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    /** @type {Report[]} */
    this.reports = [];
    /** @type {Map<string, any>} of documents, once they were asked for */
    this.remarks = new Map();
  }

  render() {
    if (!this.reports.length) return nothing;
    const [kept, failed, passed] = ['kept', 'failed', 'passed'].map((fate) =>
      this.reports.filter((report) => report.fate === fate),
    );
    return html`<section class="report" role="status">
      <header>
        <h2>${headline(kept, failed, passed)}</h2>
        <button class="plain" @click=${() => this.emit('close-report')}>Close</button>
      </header>
      <ul class="fates">
        ${[...failed, ...kept].map((report) => this.#row(report))}
      </ul>
      ${passed.length
        ? html`<details>
            <summary>${plural(passed.length, 'file')} passed over</summary>
            <ul class="fates">
              ${passed.map((report) => this.#row(report))}
            </ul>
          </details>`
        : nothing}
    </section>`;
  }

  #row(/** @type {Report} */ report) {
    const { fate, title, words, from, name } = report;
    return html`<li class="meta" data-fate=${fate}>
      <strong>${title}</strong> — ${words}
      ${name ? html`<a href=${toDocument(name)}>Read it</a>` : nothing}
      ${from ? html`<br /><span class="from">${from}</span>` : nothing}
      ${name ? this.#noticed(report, name) : nothing}
    </li>`;
  }

  #noticed(/** @type {Report} */ { remarks }, /** @type {string} */ name) {
    const words = remarkWords(remarks);
    if (!words) return nothing;
    const asked = this.remarks.get(name);
    return html`<details @toggle=${() => this.#ask(name)}>
      <summary>${words}</summary>
      ${!asked ? html`<p class="quiet">Reading …</p>` : nothing}
      ${asked?.problem ? html`<p role="alert">${asked.problem}</p>` : nothing}
      ${asked?.list ? remarkList(asked.list, name) : nothing}
    </details>`;
  }

  async #ask(/** @type {string} */ name) {
    if (this.remarks.has(name)) return;
    const answer = await this.engine.call('remarks', { name }).then(
      (/** @type {any[]} */ list) => ({ list }),
      (/** @type {unknown} */ error) => ({ problem: sentence(error) }),
    );
    this.remarks = new Map(this.remarks).set(name, answer);
  }
}

/** @param {Report[]} kept @param {Report[]} failed @param {Report[]} passed */
function headline(kept, failed, passed) {
  const parts = [
    kept.length && `${plural(kept.length, 'record')} read`,
    failed.length && `${failed.length.toLocaleString('en-GB')} not added`,
    passed.length && `${passed.length.toLocaleString('en-GB')} passed over`,
  ];
  return parts.filter(Boolean).join(' · ');
}

customElements.define('capsa-imported', Imported);
