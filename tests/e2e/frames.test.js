/** Capsa in a frame of another page, as on a course's site: what it says where it gets no storage. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';

import { launch, serveSite, skip } from './browser.js';

const options = { skip, timeout: 90_000 };
let site, other, browser;

/** Attributes of the frame. */
let frame = '';

before(async () => {
  if (skip) return;
  site = await serveSite();
  const address = site.url.replace('127.0.0.1', 'localhost'); // another site than the page around it
  other = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe ${frame} src="${address}"></iframe>`));
  await new Promise((done) => other.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
});

after(async () => {
  other?.close();
  await site?.stop();
});

/** @param {string} attributes */
async function embedded(attributes) {
  frame = attributes;
  browser = await launch();
  const page = await browser.context.newPage();
  await page.goto(`http://127.0.0.1:${other.address().port}/`);
  return page.frameLocator('iframe');
}

test('in a frame of another site, which gets no storage, Capsa works in memory and says so', options, async () => {
  const inside = await embedded('width="900" height="700"');
  await inside.getByText('This library is not kept').waitFor({ timeout: 60_000 });
  await inside.locator('.catalogue li').first().waitFor();
  assert.match(await inside.locator('.notice').first().innerText(), /refuses files to this window/);
});

test('in a frame that may load no program there are words, and a way out', options, async () => {
  const inside = await embedded('sandbox="allow-scripts" width="900" height="700"');
  await inside.getByText('Capsa could not start here').waitFor();
  await inside.getByRole('link', { name: 'Open it in a window of its own' }).waitFor();
});
