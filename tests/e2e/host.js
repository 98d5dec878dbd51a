/**
 * host.js -- the built site, pages of tests/e2e/pages beside it, and an ear:
 * what a page tells (pages/tell.js) arrives here at once, so that a kill a
 * moment later takes nothing back.
 */
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

import { serveFolder } from '../../build-scripts/serve.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = process.env.SITE ?? join(root, 'build/dist');

/** Parts of an address that are other folders than the site. */
const FOLDERS = { 'pages/': join(root, 'tests/e2e/pages/'), 'source/': join(root, 'web/') };
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };

/** The worker's name in the built site. */
export function workerName() {
  return readdirSync(join(dist, 'assets')).find((name) => /^worker-.*\.js$/.test(name));
}

export class Host {
  /** @type {any[]} */
  #told = [];
  #wake = () => {};
  #site;

  static async start() {
    const host = new Host();
    host.#site = await serveFolder(dist, {
      base: '/courses/history/',
      answer: (path, request, response) => host.#answer(path, request, response),
    });
    return host;
  }

  /** Address of a page of tests/e2e/pages. @param {string} name @param {Record<string, any>} [query] */
  page(name, query = {}) {
    const worker = `${this.#site.url}assets/${workerName()}`;
    return `${this.#site.url}pages/${name}.html?${new URLSearchParams({ worker, ...query })}`;
  }

  get url() {
    return this.#site.url;
  }

  /**
   * The next word of that name; those before it are passed over.
   * @param {string} name @param {number} limit_ms
   * @returns {Promise<any>}
   */
  async next(name, limit_ms) {
    const deadline = Date.now() + limit_ms;
    for (;;) {
      while (this.#told.length) {
        const word = this.#told.shift();
        if (word.name === 'failed') throw new Error(`the page failed: ${word.detail}`);
        if (word.name === name) return word.detail;
      }
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no word “${name}” within ${limit_ms} ms`);
      let timer;
      await Promise.race([
        new Promise((done) => (this.#wake = () => done(undefined))),
        new Promise((done) => (timer = setTimeout(done, left))),
      ]);
      clearTimeout(timer);
    }
  }

  /** Forget what was told. */
  clear() {
    this.#told.length = 0;
  }

  /** Where what a page sends to `keep` is written, however long it is. */
  keepIn = '';

  /** @type {(word: {name: string, detail: any}) => void}  called as it arrives */
  onword = () => {};

  stop() {
    return this.#site.stop();
  }

  /** @param {string | null} path @param {any} request @param {any} response */
  #answer(path, request, response) {
    if (path?.startsWith('tell/')) {
      this.#hear(path.slice(5), request, response);
      return true;
    }
    if (path === 'keep' && this.keepIn) {
      pipeline(request, createWriteStream(this.keepIn)).then(
        () => response.writeHead(204).end(),
        () => response.destroy(),
      );
      return true;
    }
    const folder = Object.keys(FOLDERS).find((prefix) => path?.startsWith(prefix));
    if (!folder) return false;
    try {
      const bytes = readFileSync(join(FOLDERS[folder], path.slice(folder.length)));
      const type = TYPES[path.split('.').at(-1)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
    return true;
  }

  async #hear(name, request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const isJson = request.headers['content-type']?.startsWith('application/json');
    const word = { name, detail: isJson ? JSON.parse(body.toString()) : body };
    this.#told.push(word);
    this.onword(word);
    this.#wake();
    response.writeHead(204).end();
  }
}
