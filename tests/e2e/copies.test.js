/** Copies of the library, over the browser's own files. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { go, launch, open, paste, serveSite, skip, titles } from './browser.js';

const options = { skip, timeout: 120_000 };
const RECORD = `Search in

Digital Archive

July 31, 1958

Conversation between two ministers

31 July 1958

ANDERS: The joint fleet is a misunderstanding. Nobody proposed a joint fleet.

BELLO: Then who spoke of it?
`;

let site, browser, page, folder;

before(async () => {
  if (options.skip) return;
  site = await serveSite();
  folder = mkdtempSync(join(tmpdir(), 'capsa-copies-'));
});

afterEach(() => browser?.close());
after(async () => {
  await site?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

async function start() {
  browser = await launch();
  page = await open(browser.context, site.url);
  await paste(page, RECORD);
  await page.waitForSelector('.document-head');
}

async function saveCopy() {
  await go(page, '#/about');
  const download = page.waitForEvent('download');
  await page.getByRole('main').getByRole('button', { name: 'Save a copy' }).click();
  const path = join(folder, 'copy.capsa');
  await (await download).saveAs(path);
  await page.waitForSelector('.toast:has-text("saved as a file")');
  return path;
}

async function openCopy(path) {
  await go(page, '#/about');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('main').getByRole('button', { name: 'Open a copy' }).click();
  await (await chooser).setFiles(path);
}

const waitForRecords = (count) =>
  page.waitForFunction((n) => document.querySelectorAll('.catalogue li').length === n, count);

test('a copy shows what it would bring, and brings it', options, async () => {
  await start();
  const path = await saveCopy();
  await browser.close();
  browser = await launch();
  page = await open(browser.context, site.url);
  await openCopy(path);
  await page.getByText('1 new record').waitFor();
  await page.getByRole('button', { name: 'Merge into this library' }).click();
  await page.waitForSelector('.toast:has-text("1 new record")');
  await go(page, '#/');
  await waitForRecords(3);
  await openCopy(path);
  await page.getByText('All that is in it is here already').waitFor();
  await page.keyboard.press('Escape');
  await go(page, '#/');
  assert.equal((await titles(page)).length, 3);
});

test('a copy takes the place of the library, which can be had back', options, async () => {
  await start();
  const path = await saveCopy();
  await go(page, '#/');
  await page.getByRole('button', { name: 'Remove Digital Archive' }).click();
  await waitForRecords(2);
  await openCopy(path);
  await page.getByRole('button', { name: 'Replace this library by it' }).click();
  await waitForRecords(3);
  await page.getByRole('button', { name: 'Back to it' }).click();
  await waitForRecords(2);
});

test('a copy is kept beside the library, and gives back what was removed', options, async () => {
  await start();
  await page.waitForFunction(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('capsa');
    for await (const name of folder.keys()) if (name.startsWith('generation-')) return true;
    return false;
  });
  const kept = page.getByRole('button', { name: /^As it was on/ });
  for (let tries = 0; tries < 20 && !(await kept.isVisible()); tries++) {
    await go(page, '#/'); // the list is made when the place is entered
    await go(page, '#/about');
    await kept.waitFor({ timeout: 2_000 }).catch(() => {});
  }
  await kept.click();
  await page.getByText('A copy of this library').waitFor();
});
