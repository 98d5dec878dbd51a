/**
 * remarks.js -- what reading a record noticed and did, for who proof-reads it:
 * the worst first, each with its words.
 */
import { html, nothing } from 'lit';

import { toDocument } from './address.js';
import { plural } from './dates.js';

const KINDS = /** @type {Record<string, {title: string, about: string, one: string, many: string}>} */ ({
  loss: {
    title: 'Left out',
    about: 'Words or marks of the record that are not in this text.',
    one: 'loss',
    many: 'losses',
  },
  warning: {
    title: 'To be looked at',
    about: 'Guesses that may be wrong.',
    one: 'guess',
    many: 'guesses',
  },
  repair: {
    title: 'Repairs',
    about: 'Scanning errors that were corrected. What was printed is kept.',
    one: 'repair',
    many: 'repairs',
  },
  info: {
    title: 'Set aside',
    about: 'The record itself is whole without these.',
    one: 'remark',
    many: 'remarks',
  },
});

/**
 * "2 repairs, 1 guess"; '' where nothing has to be looked at.
 * @param {Record<string, number>} [counts]
 */
export function remarkWords(counts = {}) {
  return Object.entries(KINDS)
    .filter(([kind]) => kind !== 'info' && counts[kind])
    .map(([kind, { one, many }]) => plural(counts[kind], one, many))
    .join(', ');
}

/** @param {any} remark @param {string} name  of the document */
function words(remark, name) {
  const { kind, block, before = '', after = '', original, text, action } = remark;
  if (kind !== 'repair') {
    return html`${action}${text ? html`<blockquote>${text}</blockquote>` : nothing}`;
  }
  return html`<a href=${toDocument(name, { block })}>${before}<del>${original}</del> → <ins>${text}</ins>${after}</a>`;
}

/** @param {any} remark */
function where({ kind, line, turn, code, confidence }) {
  return [
    turn && `turn ${turn}`,
    line && `line ${line} of the source`,
    kind === 'repair' && `${String(code).replaceAll('-', ' ')}, ${confidence} % sure`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** @param {any[]} remarks @param {string} name */
function list(remarks, name) {
  return html`<ul>
    ${remarks.map(
      (remark) => html`<li>${words(remark, name)}<span class="meta">${where(remark)}</span></li>`,
    )}
  </ul>`;
}

/** @param {string} kind @param {any[]} remarks @param {string} name */
function section(kind, remarks, name) {
  const { title, about } = KINDS[kind];
  const of = remarks.filter((remark) => remark.kind === kind);
  if (!of.length) return nothing;
  return html`<h3>${title} (${of.length})</h3>
    <p class="meta">${about}</p>
    ${list(of, name)}`;
}

/**
 * @param {any[]} remarks  Remark[] of engine/protocol.js
 * @param {string} name  of the document they are about
 */
export function remarkList(remarks, name) {
  return html`<div class="remarks">
    ${remarks.length
      ? Object.keys(KINDS).map((kind) => section(kind, remarks, name))
      : html`<p class="quiet">Nothing was repaired or left out: the text stands as it came.</p>`}
  </div>`;
}
