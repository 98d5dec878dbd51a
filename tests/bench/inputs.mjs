/**
 * inputs.mjs -- documents of any size in every format, for the bench.
 *
 * The text is real records where they lie beside the checkout (../shared) and
 * the sample records otherwise, over and over, with words that a seed
 * exchanges. So every machine with the same texts measures the same bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const root = new URL('../../', import.meta.url).pathname;
const shared = join(root, '../shared/records');

/* About the size of the record that is repeated. */
const UNIT_BYTES = 10_000;

/* A generator with a seed (mulberry32): the same text everywhere. */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `copies` of a text, in each of them some words exchanged for others; tags stay. */
export function varied(text, copies) {
  const words = text.match(/[a-z]{4,}/g);
  const next = random(1911);
  const copy = () =>
    text.replace(/<[^<>]*>|[a-z]{4,}/g, (w) => (w[0] !== '<' && next() < 0.2 ? words[Math.floor(next() * words.length)] : w));
  return Array.from({ length: copies }, copy).join('\n\n');
}

const withoutFront = (/** @type {string} */ text) => text.replace(/^---[^]*?\n---\n/, '');
const bodyOf = (/** @type {string} */ text) => /<body[^>]*>([^]*)<\/body>/.exec(text)?.[1] ?? '';

/* The bodies of all records in a format. */
function texts(/** @type {string} */ folder, /** @type {(text: string) => string} */ cut, /** @type {string} */ sample) {
  const path = join(shared, folder);
  if (!existsSync(path)) return [sample];
  return readdirSync(path).map((name) => cut(readFileSync(join(path, name), 'utf8')));
}

const sample = (/** @type {string} */ name) => readFileSync(join(root, 'web/samples', name), 'utf8');
export const guide = withoutFront(sample('guide.md'));

/* The transcript's turns, for the formats that have no sample. */
const turns = sample('transcript.txt')
  .split(/\n\n+/)
  .map((text) => /^([A-Z][A-Z.]+(?: [A-Z.]+)?):? (.*)$/s.exec(text)?.slice(1))
  .filter((turn) => turn !== undefined);
const TEI_HEAD =
  '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Fog</title></titleStmt>' +
  '<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>';

const page = (/** @type {string} */ body) =>
  `<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Fog</title></head><body>${body}</body></html>`;

const whole = (/** @type {string} */ text) => text;
const kinds = {
  markdown: { bodies: texts('md', withoutFront, guide), wrap: whole },
  archive: { bodies: texts('txt', whole, sample('transcript.txt')), wrap: whole },
  html: {
    bodies: texts('html', bodyOf, turns.map(([who, said]) => `<p><b>${who}:</b> ${said}</p>`).join('\n')),
    wrap: page,
  },
  tei: {
    bodies: texts('tei', bodyOf, turns.map(([who, said]) => `<sp><speaker>${who}</speaker><p>${said}</p></sp>`).join('\n'))
      .map((text) => text.replace(/ xml:id="[^"]*"/g, '')),
    wrap: (/** @type {string} */ body) => `${TEI_HEAD}${body}</body></text></TEI>`,
  },
};

/** The formats that there are inputs for. */
export const formats = [...Object.keys(kinds), 'epub'];

function grown(/** @type {string} */ body, /** @type {number} */ size, /** @type {(body: string) => string} */ wrap) {
  return Buffer.from(wrap(varied(body, Math.max(1, Math.round(size / Buffer.byteLength(body))))));
}

/** All records of `format` as one document of about `size` bytes, or of all their bytes. */
export function records(/** @type {string} */ format, /** @type {number} */ size) {
  const { bodies, wrap } = kinds[format];
  return grown(bodies.join('\n\n'), size, wrap);
}

/** One record of `format` over and over: the same at every size. */
export function repeated(/** @type {string} */ format, /** @type {number} */ size) {
  if (format === 'epub') return book(size);
  const { bodies, wrap } = kinds[format];
  const off = (/** @type {string} */ text) => Math.abs(text.length - UNIT_BYTES);
  return grown(bodies.reduce((a, b) => (off(a) <= off(b) ? a : b)), size, wrap);
}

/* ---- EPUB: a zip without compression */

function zip(/** @type {[string, Buffer][]} */ files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, bytes] of files) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), bytes);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, entry, Buffer.from(name));
    at += 30 + name.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
}

const CHAPTER_BYTES = 200_000;

function book(/** @type {number} */ size) {
  const chapters = Math.max(1, Math.round(size / CHAPTER_BYTES));
  const chapter = repeated('html', Math.min(size, CHAPTER_BYTES));
  const ids = Array.from({ length: chapters }, (_, i) => `c${i}`);
  const opf =
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    '<dc:title>Fog</dc:title></metadata><manifest>' +
    ids.map((id) => `<item id="${id}" href="${id}.xhtml" media-type="application/xhtml+xml"/>`).join('') +
    `</manifest><spine>${ids.map((id) => `<itemref idref="${id}"/>`).join('')}</spine></package>`;
  const container =
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>' +
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';
  return zip([
    ['mimetype', Buffer.from('application/epub+zip')],
    ['META-INF/container.xml', Buffer.from(container)],
    ['book.opf', Buffer.from(opf)],
    ...ids.map((id) => /** @type {[string, Buffer]} */ ([`${id}.xhtml`, chapter])),
  ]);
}
