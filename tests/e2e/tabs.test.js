/** Several tabs, one library: all work, see what the others do, and outlive each other. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { go, launch, open, paste, serveSite, skip, titles, untilState } from './browser.js';

const options = { skip, timeout: 120_000 };
const RECORD = `A talk on the harbour

4 May 1911

ANDERS: The bell is silent.

BELLO: It was taken down. Nobody was told.
`;

let site, browser;

before(async () => {
  if (!skip) site = await serveSite();
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
});

after(() => site?.stop());

/** @param {number} count */
async function start(count) {
  browser = await launch();
  const pages = [];
  for (let n = 0; n < count; n++) pages.push(await open(browser.context, site.url));
  return pages;
}

const listed = (page, count) =>
  page.waitForFunction((n) => document.querySelectorAll('.catalogue li').length === n, count);

test('a second tab works fully, and each sees what the other adds', options, async () => {
  const [one, two] = await start(2);
  assert.equal(one.workers().length + two.workers().length, 1, 'one of them has the worker');
  await go(one, '#/');
  await paste(two, RECORD);
  await two.waitForSelector('.document-head');
  await listed(one, 3);
  assert.equal((await titles(two)).length, 3);
});

test('a note of one tab appears in the other, where a half-written one stays', options, async () => {
  const [one, two] = await start(2);
  await paste(one, RECORD);
  await one.waitForSelector('.document-head');
  await go(two, new URL(one.url()).hash);
  await two.waitForSelector('.document-head');
  const write = async (page, words) => {
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByLabel('Your note', { exact: true }).fill(words);
  };
  await write(two, 'half a th');
  await write(one, 'a whole thought');
  await one.getByRole('button', { name: 'Keep the note' }).click();
  await two.getByText('a whole thought').waitFor({ state: 'attached' });
  assert.equal(await two.getByLabel('Your note', { exact: true }).inputValue(), 'half a th');
  assert.ok(await two.getByLabel('Your note', { exact: true }).evaluate((box) => box === document.activeElement));
});

test('when the tab with the worker closes, another goes on at once', options, async () => {
  const [one, two, three] = await start(3);
  await one.close();
  const since = Date.now();
  await paste(two, RECORD);
  await two.waitForSelector('.document-head');
  assert.equal((await titles(three)).length, 3);
  assert.equal(two.workers().length + three.workers().length, 1);
  console.log(`# gone on after ${Date.now() - since} ms`);
});

test('a page that is frozen lets the library go, and works again when it wakes', options, async () => {
  const [one, two] = await start(2);
  const devtools = await browser.context.newCDPSession(one);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await paste(two, RECORD);
  await two.waitForSelector('.document-head');
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await untilState(one);
  assert.equal((await titles(one)).length, 3);
});

test('beside a tab of a newer release an older one says what to do', options, async () => {
  const [one] = await start(1);
  await one.evaluate(() => {
    const channel = new BroadcastChannel('capsa-library');
    channel.postMessage({ from: 'x', ask: true, protocol: 1_000 });
  });
  await one.getByText('A newer Capsa is open in another window').waitFor();
  assert.equal((await titles(one)).length, 2, 'it works until it is reloaded');
});
