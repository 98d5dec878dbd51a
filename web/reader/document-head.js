/** document-head.js -- what stands above the text: title, date, other versions. */
import { html, nothing } from 'lit';

import { toDocument } from '../lib/address.js';
import { dateWords } from '../lib/dates.js';
import { sentence } from '../lib/element.js';
import { languageWords } from './provenance.js';

/**
 * @param {{head: any, entry: any}} reading  engine/protocol.js
 * @param {any[]} versions  of this record, itself among them
 * @param {unknown} actions  buttons
 */
export function documentHead({ head: { metadata }, entry }, versions, actions) {
  const line = [dateWords(metadata.date), metadata.place, metadata.collection];
  return html`<header class="document-head">
    <h1 tabindex="-1" dir="auto" lang=${metadata.language ?? nothing}>${metadata.title || 'Untitled'}</h1>
    <p class="dateline">${line.filter(Boolean).join(' · ')}</p>
    ${entry.superseded ? html`<p class="meta">An earlier text of this record; the library holds a newer one.</p>` : nothing}
    ${otherVersions(versions.filter(({ key }) => key !== entry.key))}
    ${metadata.summary ? html`<p class="summary">${metadata.summary}</p>` : nothing}
    <div class="actions">${actions}</div>
  </header>`;
}

/** In their own languages; the core lists them by language. @param {any[]} others */
function otherVersions(others) {
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

/** Only where nothing is known is the browser to look: it does so again for
 * every element that comes. @param {any} metadata */
export function directionOf({ direction, language } = /** @type {any} */ ({})) {
  return direction ?? (language ? 'ltr' : 'auto');
}

/** Why there is nothing to read. @param {any} error */
export function whyNot(error) {
  return error.code === 'ENOTFOUND'
    ? 'The library holds no record at this address. It may have been removed, or it is in another browser’s library.'
    : sentence(error);
}
