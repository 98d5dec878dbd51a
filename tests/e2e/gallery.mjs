/**
 * gallery.mjs -- pictures of every view at three widths, light and dark, in
 * build/gallery (`make gallery`), for looking at.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { go, launch, open, paste, record, serveSite } from './browser.js';

const folder = fileURLToPath(new URL('../../build/gallery/', import.meta.url));
const SIZES = [
  { width: 360, height: 740 },
  { width: 800, height: 1000 },
  { width: 1920, height: 1080 },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const site = await serveSite();
const browser = await launch();
const page = await open(browser.context, site.url);

/** Take one view in every size and both looks. */
async function take(name, show = async () => {}) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await show();
      await page.waitForTimeout(350);
      await page.screenshot({ path: `${folder}${name}-${size.width}-${colorScheme}.png` });
    }
  }
}

const escape = () => page.keyboard.press('Escape');
const press = (key) => async () => {
  await escape();
  await page.evaluate(() => document.querySelector('dialog[open]')?.close());
  await page.keyboard.press(key);
};

await paste(page, record() ?? 'A talk\n\n4 May 1911\n\nANDERS: Yes.\n\nBELLO: No.\n');
await page.waitForSelector('.document-head');
const name = /#\/d\/([^/?]+)/.exec(page.url())[1];
const at = (turn) => async () => {
  await go(page, `#/d/${name}`);
  await go(page, `#/d/${name}/t/${turn}`);
};

/* A record that has been worked with. */
for (const [turn, key, note] of [
  [2, '2'], [3, 'w', 'Who had spoken of it? Compare the ambassador’s report.'], [5, '3'],
  [6, 'w', 'He says the same again in the second talk.'], [7, '4'], [8, '5'],
]) {
  await at(turn)();
  await page.waitForSelector(`.turn.here[data-turn="${turn}"]`, { timeout: 3000 }).catch(() => {});
  for (const stroke of ['s', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) {
    await page.keyboard.press(stroke);
  }
  await page.waitForSelector('.mark-bar', { timeout: 3000 }).catch(() => {});
  await page.keyboard.press(key);
  if (!note) continue;
  await page.keyboard.type(note);
  await page.keyboard.press('Control+Enter');
}
await page.waitForTimeout(500);

await take('library', () => go(page, '#/'));
await take('reader-head', async () => {
  await go(page, `#/d/${name}`);
  await page.waitForTimeout(200);
  await page.evaluate(() => scrollTo(0, 0));
});
await take('reader-turns', at(2));
await take('reader-selection', async () => {
  await at(4)();
  await page.waitForTimeout(150);
  await page.keyboard.press('s');
  await page.keyboard.press('Shift+ArrowRight');
});
await escape();
await take('reader-as-printed', async () => {
  await at(12)();
  await page.evaluate(() => {
    const button = document.querySelector('[aria-pressed="false"]');
    button?.click();
  });
});
await page.evaluate(() => document.querySelector('[aria-pressed="true"]')?.click());
await take('reader-find', () => go(page, `#/d/${name}/b/1?q=fleet`));
await page.evaluate(() => document.querySelector('[aria-label="Close search"]')?.click());
await at(3)();
await take('cite', press('c'));
await take('contents', press('o'));
await take('about-text', press('i'));
await take('keys', press('?'));
await page.evaluate(() => document.querySelector('dialog[open]')?.close());
await take('search', () => go(page, '#/search?q=joint+fleet'));
await take('notes', () => go(page, '#/notes'));
await take('paste', async () => {
  await page.evaluate(() => document.querySelector('dialog[open]')?.close());
  await go(page, '#/');
  await page.getByRole('button', { name: 'Paste text' }).click();
});
await page.evaluate(() => document.querySelector('dialog[open]')?.close());
await take('more', async () => {
  await page.evaluate(() => document.querySelector('dialog[open]')?.close());
  await page.getByRole('button', { name: 'More' }).click();
});
await page.evaluate(() => document.querySelector('dialog[open]')?.close());
await take('about', () => go(page, '#/about'));

await browser.close();
await site.stop();
