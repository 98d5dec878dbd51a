/** The whole way once, as a student goes it; then the network is gone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { go, launch, open, paste, record, serveSite, skip, titles, untilState } from './browser.js';

const NOTE = 'Who had spoken of it? Compare the ambassador’s report.';
const text = record();
const options = { skip: skip || (text ? false : 'no record at hand'), timeout: 120_000 };

let site, browser, page;

before(async () => {
  if (options.skip) return;
  site = await serveSite();
  browser = await launch({ permissions: ['clipboard-read', 'clipboard-write'] });
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

/** Is there anything that scrolls sideways? */
const overflow = () =>
  document.documentElement.scrollWidth - document.documentElement.clientWidth;

test('the first start shows a guide and a transcript', options, async () => {
  page = await open(browser.context, site.url);
  assert.equal((await titles(page)).length, 2);
});

test('the Declaration comes in twelve languages, each with the others', options, async () => {
  await page.getByRole('button', { name: /Declaration of Human Rights in twelve/ }).click();
  await page.waitForSelector('.toast:has-text("twelve languages")');
  assert.equal((await titles(page)).length, 14);
  await page.getByRole('link', { name: 'Universal Declaration of Human Rights' }).click();
  await page.waitForSelector('.versions li');
  assert.equal(await page.locator('.versions li').count(), 11);
  await page.locator('.versions a[hreflang="ar"]').click();
  await page.waitForSelector('.document-head h1[lang="ar"]');
  const direction = await page.locator('.text').evaluate((text) => getComputedStyle(text).direction);
  assert.equal(direction, 'rtl');
  await go(page, '#/');
});

test('a record that is pasted opens, with its speakers', options, async () => {
  await paste(page, text);
  await page.waitForSelector('.document-head h1');
  assert.match(page.url(), /#\/d\/./);
  assert.ok((await page.locator('.turn .speaker').count()) > 2);
});

test('words are found as they are typed, and a hit opens at its place', options, async () => {
  await page.keyboard.press('/');
  await page.getByLabel('Words to look for in all records').pressSequentially('joint fl');
  const hit = page.locator('.hits a', { has: page.locator('mark') }).first();
  await hit.waitFor();
  await page.getByLabel('Words to look for in all records').fill('joint fleet');
  await page.waitForFunction(() => /passage/.test(document.querySelector('capsa-search .meta').textContent));
  assert.match(page.url(), /search\?q=joint\+fleet$/);
  await page.locator('.hits a[href*="/b/"]').first().click();
  await page.waitForFunction(() => CSS.highlights.has('found-now'));
  const now = await page.evaluate(() => {
    const [range] = CSS.highlights.get('found-now');
    const { top, bottom } = range.getBoundingClientRect();
    return { text: range.toString(), isVisible: top > 0 && bottom < innerHeight };
  });
  assert.match(now.text, /joint|fleet/i);
  assert.ok(now.isVisible);
  const count = page.locator('.find-bar output');
  const first = await count.textContent();
  await page.getByLabel('Next hit').click();
  await page.waitForFunction((was) => document.querySelector('.find-bar output').textContent !== was, first);
  await page.getByLabel('Close search').click();
});

test('words selected by mouse are highlighted', options, async () => {
  await go(page, await turnAddress(2));
  const box = await page.locator('.turn[data-turn="2"] [data-block]').first().boundingBox();
  await page.mouse.move(box.x + 2, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 12, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Highlight in green' }).click();
  await page.waitForFunction(() => CSS.highlights.get('ink-1')?.size === 1);
});

test('words selected by keyboard get a note', options, async () => {
  await go(page, await turnAddress(3));
  await page.waitForSelector('.turn.here[data-turn="3"]');
  await page.keyboard.press('s');
  await page.keyboard.press('Shift+ArrowRight');
  await page.waitForSelector('.mark-bar');
  await page.keyboard.press('w');
  await page.keyboard.type(NOTE);
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => CSS.highlights.get('ink-0')?.size === 1);
  assert.equal(await page.locator('.margin-note').textContent(), NOTE);
  await go(page, await turnAddress(4));
  await page.waitForSelector('.turn.here[data-turn="4"]');
  await page.keyboard.press('s');
  await page.waitForSelector('.mark-bar');
  await page.keyboard.press('w');
  assert.equal(await page.getByLabel('Your note', { exact: true }).inputValue(), '', 'a new note is empty');
  await page.keyboard.press('Escape');
  await go(page, await turnAddress(3));
});

test('a turn is cited, and the citation copied', options, async () => {
  await page.keyboard.press('c');
  await page.waitForSelector('.citation:not(:empty)');
  const shown = await page.locator('.citation').textContent();
  assert.match(shown, /\d{4}/);
  await page.getByRole('radio', { name: 'The record' }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.waitForSelector('.toast:has-text("Citation copied")');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied.trim(), (await page.locator('.citation').textContent()).trim());
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download RIS' }).click();
  assert.match((await download).suggestedFilename(), /\.ris$/);
  await page.keyboard.press('Escape');
});

test('no view scrolls sideways at 320 pixels', options, async () => {
  const document_ = new URL(page.url()).hash;
  await page.setViewportSize({ width: 320, height: 640 });
  for (const hash of ['#/', document_, '#/search?q=joint+fleet', '#/notes', '#/about']) {
    await go(page, hash);
    await page.waitForFunction((to) => location.hash === to, hash);
    await page.waitForTimeout(200);
    assert.ok((await page.evaluate(overflow)) <= 0, `${hash} scrolls sideways`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('with the server gone everything is still there, and searchable', options, async () => {
  const before = await titles(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await site.stop();
  await page.goto(`${site.url}#/notes`);
  await page.reload();
  await untilState(page);
  await page.waitForSelector('.note-text');
  assert.equal(await page.locator('.note-text').textContent(), NOTE);
  assert.equal(await page.locator('.note-list > li').count(), 2);
  assert.deepEqual(await titles(page), before);
  await go(page, '#/search?q=joint+fleet');
  await page.waitForSelector('.hits a[href*="/b/"]');
  await page.locator('.hits a[href*="/b/"]').first().click();
  await page.waitForFunction(() => CSS.highlights.has('found-now'));
});

test('a deep address opens by itself', options, async () => {
  const address = await turnAddress(3);
  await page.goto('about:blank');
  await page.goto(`${site.url}${address}`);
  await page.waitForSelector('.turn.here[data-turn="3"]');
  await page.waitForFunction(() => CSS.highlights.get('ink-0')?.size === 1);
});

test('nothing was asked of another origin, and nothing complained', options, () => {
  const { origin } = new URL(site.url);
  const foreign = browser.requests.filter(
    (url) => !url.startsWith(origin) && !/^(blob|data|about):/.test(url),
  );
  assert.deepEqual(foreign, []);
  const offline = /ERR_CONNECTION_REFUSED|ERR_FAILED|service.?worker/i;
  assert.deepEqual(browser.problems.filter((words) => !offline.test(words)), []);
});

/** Address of a turn of the record that was added last. */
async function turnAddress(turn) {
  const hash = await page.evaluate(() => location.hash);
  const name = /^#\/d\/([^/?]+)/.exec(hash)?.[1];
  if (name) record_ = name;
  return `#/d/${record_}/t/${turn}`;
}

let record_ = '';
