/** A new version never comes without a word, and an old page goes on until then. */
import assert from 'node:assert/strict';
import {
  appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { dist, launch, open, serveSite, skip, titles, untilState } from './browser.js';

test('an update is offered, and comes when the reader says so', { skip, timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-dist-'));
  cpSync(dist, folder, { recursive: true });
  const site = await serveSite(folder);
  const browser = await launch();
  try {
    const page = await open(browser.context, site.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await untilState(page);
    assert.equal(await page.locator('.toast').count(), 0);

    appendFileSync(join(folder, 'service-worker.js'), '\n// the next version\n');
    await page.reload();
    await page.getByText('A new version of Capsa is ready').waitFor();
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Restart now' }).click();
    await loaded;
    await page.waitForSelector('body[data-shown]');
    assert.equal((await titles(page)).length, 2);
    assert.equal(await page.locator('.toast').count(), 0);
  } finally {
    await browser.close();
    await site.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A site whose files may be taken away or changed, and a page that it has served. */
async function startOld(t) {
  const folder = mkdtempSync(join(tmpdir(), 'capsa-dist-'));
  cpSync(dist, folder, { recursive: true });
  const site = await serveSite(folder);
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    await site.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const page = await open(browser.context, site.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await untilState(page);
  return { folder, page };
}

/** Ask for the next version; gives what became of its service worker. */
function update(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const next = registration.installing ?? registration.waiting;
    if (!next) return 'none';
    while (next.state === 'installing') await new Promise((done) => next.addEventListener('statechange', done, { once: true }));
    return next.state;
  });
}

/** Every file that the old version has is still served, from its cache. */
async function oldIsWhole(page) {
  await page.context().setOffline(true);
  await page.reload();
  await untilState(page);
  assert.equal((await titles(page)).length, 2);
  await page.context().setOffline(false);
}

/** A next version: its list asks for every file anew, under other revisions. */
function publishNext(folder) {
  const worker = join(folder, 'service-worker.js');
  const text = readFileSync(worker, 'utf8').replace(/(revision"?:["`])/g, "$1next-");
  writeFileSync(worker, `${text}\n// the next version\n`);
}

test('an update that is cut off after some of its files leaves the old version whole', { skip, timeout: 90_000 }, async (t) => {
  const { folder, page } = await startOld(t);
  publishNext(folder);
  const files = ['index.html', 'icon.svg', 'manifest.webmanifest'].map((name) => join(folder, name));
  for (const file of files.slice(1)) rmSync(file);
  assert.equal(await update(page), 'redundant');
  await oldIsWhole(page);
});

test('a file that is not the one of its list is no part of a version', { skip, timeout: 90_000 }, async (t) => {
  const { folder, page } = await startOld(t);
  publishNext(folder);
  appendFileSync(join(folder, 'index.html'), '<script src="https://elsewhere.example/x.js"></script>');
  assert.equal(await update(page), 'redundant');
  await oldIsWhole(page);
});
