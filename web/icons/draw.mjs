/**
 * draw.mjs -- public/icon.svg as the PNG files that the manifest names. Run
 * when the drawing changes: `node icons/draw.mjs`; the files are kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const folder = fileURLToPath(new URL('../public/', import.meta.url));
const svg = readFileSync(`${folder}icon.svg`, 'utf8');

/** A launcher may cut a maskable icon down to the inner 80 %: the drawing
 * shrinks, the ground fills the square. */
const maskable = svg
  .replace('rx="96"', '')
  .replace('<g stroke-linejoin', '<g transform="translate(61 61) scale(.76)" stroke-linejoin');

const FILES = [
  { name: 'icon-180.png', size: 180, drawing: svg.replace('rx="96"', '') },
  { name: 'icon-192.png', size: 192, drawing: svg },
  { name: 'icon-512.png', size: 512, drawing: svg },
  { name: 'icon-maskable-512.png', size: 512, drawing: maskable },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { name, size, drawing } of FILES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = drawing.replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(`<body style="margin:0">${sized}`);
  writeFileSync(folder + name, await page.screenshot({ omitBackground: true }));
}
await browser.close();
