/** The marks of notes: reached with the keyboard, they lead there and back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, open, paste, serveSite, skip } from './browser.js';

const options = { skip, timeout: 60_000 };
const RECORD = `A talk on the harbour1

4 May 1911

[Page 7]ANDERS: The bell is silent.2

BELLO: It was taken down. Nobody was told.

Bell           bronze     1
Rope           hemp       2
Clapper        iron       1

1. Source: Harbour Papers, Box 3.
2. Not printed.
`;

let site, browser, page;

before(async () => {
  if (skip) return;
  site = await serveSite();
  browser = await launch();
  page = await open(browser.context, site.url);
  await paste(page, RECORD);
  await page.waitForSelector('.document-head');
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

const focused = () => page.evaluate(() => {
  const { className, dataset } = /** @type {HTMLElement} */ (document.activeElement);
  return `${className} ${dataset.mark}`;
});

test('a mark opens its note, and the note leads back', options, async () => {
  const address = page.url();
  await page.locator('a.footnote_ref').nth(1).focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'footnote_number 2');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'footnote_ref 2');
  assert.equal(page.url(), address);
});

test('marks and cells add nothing to the text', options, async () => {
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll('.text [data-block]')].map((block) => block.textContent));
  assert.deepEqual(texts, [
    'A talk on the harbour', '4 May 1911', 'ANDERS: The bell is silent.',
    'BELLO: It was taken down. Nobody was told.',
    'Bell\tbronze\t1\nRope\themp\t2\nClapper\tiron\t1\n',
    'Source: Harbour Papers, Box 3.', 'Not printed.',
  ]);
  assert.deepEqual(browser.problems, []);
});
