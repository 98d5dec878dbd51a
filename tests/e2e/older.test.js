/** A library that another Capsa made: an older one, and a newer one. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, test } from 'node:test';

import { serveFolder } from '../../build-scripts/serve.mjs';
import { dist, go, launch, open, skip, titles, untilState } from './browser.js';

const options = { skip, timeout: 90_000 };
const OLD = fileURLToPath(new URL('../fixtures/library-2.capsa', import.meta.url));
const TITLES = ['Talk about Ink', 'Talk about Ink', 'Talks on the Strait in the Lighthouse Room'];

/** Until the copy is made there is time to close a window. */
const LARGE_MB = 80;
const ENLARGE = `
import sqlite3, sys
source, target, megabytes = sys.argv[1], sys.argv[2], int(sys.argv[3])
open(target, "wb").write(open(source, "rb").read())
db = sqlite3.connect(target)
for n in range(megabytes):
    db.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (f"large-{n}", str(n % 10) * 10**6))
db.commit()
`;

let site, browser, folder;

/** What the site gives as `old.capsa`. */
let library = OLD;

function answer(path, _, response) {
  if (path !== 'old.capsa') return false;
  createReadStream(library).pipe(response);
  return true;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'capsa-older-'));
  if (!skip) site = await serveFolder(dist, { base: '/courses/history/', answer });
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
});

after(() => {
  rmSync(folder, { recursive: true });
  return site?.stop();
});

/** Put a file where the library is kept, before Capsa looks there. @param {string} file */
async function startWith(file) {
  browser = await launch();
  library = file;
  const page = await browser.context.newPage();
  await page.goto(`${site.url}icon.svg`);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const capsa = await root.getDirectoryHandle('capsa', { create: true });
    const handle = await capsa.getFileHandle('library-0', { create: true });
    const response = await fetch('./old.capsa');
    await response.body.pipeTo(await handle.createWritable());
  });
  return page;
}

/** But that there is no picture for the page that we begin with. */
const problems = () => browser.problems.filter((words) => !/status of 404/.test(words));

/** Change a byte of the library while it is closed. @param {any} page */
async function patch(page, at, byte) {
  await page.goto(`${site.url}icon.svg`);
  await page.evaluate(async ([position, value]) => {
    const root = await navigator.storage.getDirectory();
    const capsa = await root.getDirectoryHandle('capsa');
    const handle = await capsa.getFileHandle('library-0');
    for (let n = 0; n < 100; n++) {
      try {
        const writable = await handle.createWritable({ keepExistingData: true });
        await writable.write({ type: 'write', position, data: new Uint8Array([value]) });
        return await writable.close();
      } catch {
        await new Promise((done) => setTimeout(done, 50)); // the worker before lets go of it
      }
    }
    throw new Error('the library stays closed');
  }, [at, byte]);
}

async function show(page) {
  await page.goto(site.url);
  await page.waitForSelector('body[data-shown]');
}

test('an older library is brought along, and what it was stands in the list of copies', options, async () => {
  const page = await startWith(OLD);
  await show(page);
  assert.deepEqual((await titles(page)).sort(), TITLES);
  await go(page, '#/about');
  await page.getByRole('button', { name: /As it was before this Capsa/ }).waitFor();
  assert.deepEqual(problems(), []);
});

test('a window that is closed while a library is brought along leaves it whole', options, async () => {
  const large = join(folder, 'large.capsa');
  execFileSync('python3', ['-c', ENLARGE, OLD, large, String(LARGE_MB)]);
  let page = await startWith(large);
  for (const words of [/First it is copied/, /were written/]) {
    await page.goto(site.url);
    await page.getByText(words).first().waitFor();
    await page.close();
    page = await browser.context.newPage();
  }
  await show(page);
  assert.deepEqual((await titles(page)).sort(), TITLES);
  await go(page, '#/about');
  await page.getByRole('button', { name: /As it was before this Capsa/ }).waitFor();
});

test('a library that a newer Capsa made is read, and the reader hears what can be done', options, async () => {
  let page = await startWith(OLD);
  await show(page);
  await patch(page, 63, 99); // the number of its schema
  page = await open(browser.context, site.url);
  await untilState(page);
  const notice = page.locator('.notice', { hasText: 'This library can be read, not changed.' });
  await notice.waitFor();
  assert.match(await notice.innerText(), /newer Capsa made this library.*Reload this page while there is a network/s);
  assert.deepEqual((await titles(page)).sort(), TITLES);
  await page.getByRole('link', { name: /Strait/ }).first().click();
  await page.waitForSelector('.document-head h1');
  const saved = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Save a copy' }).click();
  assert.match((await saved).suggestedFilename(), /^capsa-library-.*\.capsa$/);
  assert.deepEqual(problems(), []);
});
