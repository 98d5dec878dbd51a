/** A file from outside: looked at apart, taken out of it what is whole; and all the
 * while nothing is asked of any other host. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch, open, serveSite, skip, titles, untilState } from './browser.js';

const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

async function openFile(page, file) {
  const choosing = page.waitForEvent('filechooser');
  await page.evaluate(() => document.querySelector('capsa-library').emit('open-copy'));
  await (await choosing).setFiles(file);
}

test('a library from outside is opened by way of another worker, and what is none is refused', { skip, timeout: 120_000 }, async () => {
  const site = await serveSite();
  const browser = await launch();
  try {
    const page = await open(browser.context, site.url);
    const workers = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    const before = await titles(page);

    await openFile(page, fixture('record.txt'));
    await page.getByText('the file is no Capsa library').waitFor();
    await page.getByText('your library is as it was').waitFor();
    assert.deepEqual(await titles(page), before);

    await openFile(page, fixture('library-1.capsa'));
    await page.getByRole('button', { name: 'Replace this library by it' }).click();
    await page.getByText('The copy is open.').waitFor();
    await untilState(page);
    await page.getByText('Talk about Ink').first().waitFor();
    assert.equal(workers.length, 2, 'one for each file');
    assert.equal(page.workers().length, 1, 'and both are gone');
    const left = await page.evaluate(async () => {
      const names = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
      return names;
    });
    assert.deepEqual(left, ['capsa'], 'they leave nothing');

    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload(); // now the worker comes from the service worker, with a policy
    await untilState(page);
    await page.getByText('Talk about Ink').first().waitFor();
    for (const url of browser.requests) assert.ok(url.startsWith(site.url) || url.startsWith('blob:'), url);
    assert.deepEqual(browser.problems, []);
  } finally {
    await browser.close();
    await site.stop();
  }
});
