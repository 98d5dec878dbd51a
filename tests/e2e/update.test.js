/** A new version never comes without a word, and an old page goes on until then. */
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
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
