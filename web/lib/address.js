/**
 * address.js -- the addresses of the page's places, after its `#`.
 *
 *   /                       the library
 *   /d/NAME                 a document, where it was left
 *   /d/NAME/t/12            at a turn
 *   /d/NAME/b/30?q=words    at a block, with hits shown;  ?n=ID with a note
 *   /search?q=words   /notes   /notes?d=NAME   /about
 *
 * Relative by nature: they hold on any host and sub-path.
 */

/**
 * @typedef {{place: 'library' | 'reader' | 'search' | 'notes' | 'about' | 'nowhere',
 *   document?: string, turn?: number, block?: number, query?: string,
 *   note?: string}} Address
 */

const PLACES = /** @type {Record<string, Address['place']>} */ ({
  '': 'library',
  d: 'reader',
  search: 'search',
  notes: 'notes',
  about: 'about',
});

/** @param {string} text @returns {number | undefined} */
function count(text) {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % in an address typed by hand
  }
}

/**
 * @param {string} hash  as in location.hash
 * @returns {Address}
 */
export function parseAddress(hash) {
  const [path, search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const [first, name, kind, number] = path.split('/');
  const place = Object.hasOwn(PLACES, first) ? PLACES[first] : 'nowhere';
  const asked = new URLSearchParams(search);
  const query = asked.get('q') || undefined;
  if (place === 'notes') return { place, document: asked.get('d') || undefined };
  if (place === 'search') return { place, query };
  if (place !== 'reader') return { place };
  if (!name) return { place: 'nowhere' };
  return {
    place,
    document: decode(name),
    turn: kind === 't' ? count(number) : undefined,
    block: kind === 'b' ? count(number) : undefined,
    query,
    note: asked.get('n') || undefined,
  };
}

/** @param {Address} address @returns {string}  begins with '#' */
export function formatAddress({ place, document, turn, block, query, note }) {
  const path = {
    library: '',
    reader: `d/${encodeURIComponent(document ?? '')}`,
    search: 'search',
    notes: 'notes',
    about: 'about',
    nowhere: '',
  }[place];
  const at = turn ? `/t/${turn}` : block ? `/b/${block}` : '';
  const asked = new URLSearchParams();
  if (query) asked.set('q', query);
  if (note) asked.set('n', note);
  if (place === 'notes' && document) asked.set('d', document);
  const search = asked.size ? `?${asked}` : '';
  return `#/${path}${place === 'reader' ? at : ''}${search}`;
}

/** @param {string} document @param {Partial<Address>} [at] */
export function toDocument(document, at = {}) {
  return formatAddress({ place: 'reader', document, ...at });
}
