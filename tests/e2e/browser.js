/**
 * browser.js -- Chromium with a profile of its own, the built page served at a
 * sub-path, and words for what a reader does.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serveFolder } from '../../build-scripts/serve.mjs';

const require = createRequire(new URL('../../web/', import.meta.url));
const { chromium } = require('playwright-core');

const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = process.env.SITE ?? join(root, 'build/dist');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why the browser tests cannot run here, or false. */
export const skip = !existsSync(join(dist, 'index.html'))
  ? 'make dist first'
  : !existsSync(executablePath)
    ? `no ${executablePath}`
    : false;

/** Without these it asks the network at every start. */
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The built page on a host without special headers, at a sub-path. */
export function serveSite(folder = dist) {
  return serveFolder(folder, { base: '/courses/history/' });
}

/** @param {object} [options]  of launchPersistentContext */
export async function launch(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'capsa-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGS,
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const requests = [];
  const problems = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('weberror', (error) => problems.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return {
    context,
    requests,
    /** What pages complained of: uncaught errors, violations of the policy. */
    problems,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** @param {any} page @param {string} [state] */
export function untilState(page, state = 'ready') {
  return page.waitForSelector(`body[data-state="${state}"]`);
}

export async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('body[data-shown]');
  return page;
}

export async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
}

export async function paste(page, text) {
  await go(page, '#/');
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page.getByLabel('Text of the record').fill(text);
  await page.getByRole('button', { name: 'Add to the library' }).click();
}

/** @param {any} page @param {string} name @param {Buffer | string} content */
export async function addFile(page, name, content) {
  await go(page, '#/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
}

/** Titles in the library. */
export async function titles(page) {
  await go(page, '#/');
  await page.waitForSelector('.catalogue li');
  return page.locator('.catalogue h2').allTextContents();
}

/** The real record where it is at hand, else a short one of the same shape. */
export function record() {
  const places = ['../shared/seed/conversation-1958-07-31.txt', 'tests/fixtures/record.txt'];
  const found = places.map((place) => join(root, place)).find(existsSync);
  return found ? readFileSync(found, 'utf8') : undefined;
}
