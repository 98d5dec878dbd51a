/** provenance.js -- a record's metadata in words, in the order of a catalogue. */
import { dateWords } from '../lib/dates.js';

const TERMS = /** @type {[string, string][]} */ ([
  ['place', 'Place'],
  ['repository', 'Repository'],
  ['collection', 'Collection'],
  ['copy', 'Copy'],
  ['translator', 'Translated by'],
  ['translated_from', 'Translated from'],
  ['publication', 'Published'],
  ['support', 'Supported by'],
  ['site', 'Site'],
  ['source', 'Address'],
  ['rights', 'Rights'],
  ['citation', 'Cited there as'],
]);

/** @param {{fond?: string, opis?: string, delo?: string, leaves?: string}} [locator] */
function locatorWords({ fond, opis, delo, leaves } = {}) {
  return [
    fond && `fond ${fond}`,
    opis && `opis ${opis}`,
    delo && `delo ${delo}`,
    leaves && `leaves ${leaves}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** @param {string | undefined} tag  BCP 47 */
export function languageWords(tag) {
  if (!tag) return '';
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // not well-formed
  }
}

/**
 * @param {any} metadata  as in capsa_document_to_json
 * @returns {[string, string][]}  what is absent is left out
 */
export function provenance(metadata) {
  const [place, ...rest] = TERMS.map(([key, term]) => [term, metadata[key] ?? '']);
  return /** @type {[string, string][]} */ ([
    ['Date', dateWords(metadata.date)],
    ['As printed', metadata.date_text ?? ''],
    place,
    ['Present', (metadata.participants ?? []).join(', ')],
    ['Language', languageWords(metadata.language)],
    ['Locator', locatorWords(metadata.locator)],
    ...rest,
  ]).filter(([, value]) => value);
}
