/** What became of files that came in, and a repair that is taken back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeZip } from '../zip.js';
import { addFile, go, launch, open, serveSite, skip } from './browser.js';

const options = { skip, timeout: 60_000 };
const RECORD = `A talk on the harbour

4 May 1911

ANDERS: We said tha t the harbour would be closed.

BELLO: It was closed, and the bell was taken down.

ANDERS: Nobody was told of it.
`;
const PAGE = `<!doctype html><title>Minutes of the pilots</title>
<article><h1>Minutes of the pilots</h1><p>They met at noon, and parted at one.</p></article>`;
const FILES = {
  'harbour/talk.txt': RECORD,
  'harbour/minutes.html': PAGE,
  'harbour/plan.pdf': Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'),
  'harbour/bad.xml': '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>cut',
};

let site, browser, page;

before(async () => {
  if (skip) return;
  site = await serveSite();
  browser = await launch();
  page = await open(browser.context, site.url);
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

test('of every record in a zip the reader is told what became of it', options, async () => {
  await addFile(page, 'harbour.zip', makeZip(FILES));
  await page.waitForSelector('.report');
  const fates = await page.locator('.report li').evaluateAll((rows) =>
    Object.fromEntries(rows.map((row) => [/\w+\.\w+$|talk on|pilots|bad/.exec(
      row.querySelector('strong').textContent)?.[0], row.dataset.fate])));
  assert.deepEqual(fates, {
    'talk on': 'kept', pilots: 'kept', 'plan.pdf': 'passed', bad: 'kept',
  });
  await page.locator('.report li', { hasText: 'bad' }).getByText(/loss/i).waitFor();
  const noticed = page.locator('.report details', { hasText: 'repair' });
  await noticed.locator('summary').click();
  await noticed.getByText('tha t').first().waitFor();
  await page.locator('.report').getByRole('link', { name: 'Read it' }).first().click();
  await page.waitForSelector('.document-head');
});

const words = (turn) => page.locator(`.turn[data-turn="${turn}"] [data-block]`).first().textContent();

test('a repair is taken back and made again, and a note stays where it was', options, async () => {
  await go(page, '#/');
  await page.getByRole('link', { name: 'A talk on the harbour' }).last().click();
  await page.waitForSelector('.turn[data-turn="3"]');
  assert.match(await words(1), /said that the/);
  await go(page, page.url().replace(/.*(#\/d\/[^/]+).*/, '$1/t/2'));
  await page.waitForSelector('.turn.here[data-turn="2"]');
  await page.keyboard.press('s');
  await page.waitForSelector('.mark-bar');
  await page.keyboard.press('2');
  await page.waitForFunction(() => CSS.highlights.get('ink-1')?.size === 1);
  for (const [ticked, expected] of [[false, /said tha t the/], [true, /said that the/]]) {
    await page.getByRole('button', { name: 'About this text' }).click();
    const box = page.locator('.repairs input').first();
    await box.setChecked(ticked);
    await page.waitForFunction(
      ([source]) => new RegExp(source).test(document.querySelector('.turn[data-turn="1"] [data-block]')?.textContent),
      [expected.source],
    );
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => CSS.highlights.get('ink-1')?.size === 1);
  }
});

test('nothing complained', options, () => {
  assert.deepEqual(browser.problems, []);
});
