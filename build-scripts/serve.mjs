/**
 * serve.mjs -- a folder as a static site on 127.0.0.1, as any plain host would
 * serve it: content types, and headers that forbid guessing and telling. No
 * header that Capsa needs.
 *
 *   node build-scripts/serve.mjs FOLDER [--port N] [--base /some/path/]
 *
 * Without --port: 8080, or a free one where that is taken. With it: that one, or
 * a free one, and it says so. --base serves the folder below a path, as a host
 * with many projects does.
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const HOST = '127.0.0.1';
const DEFAULT_PORT = 8080;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/**
 * The file that a request's path names and its size, or null. Links are followed before the
 * comparison: nothing outside of `folder` is ever served.
 * @param {string} folder  as realpath() gives it
 * @param {string} path    decoded, below the base, without a leading slash
 */
async function find(folder, path) {
  if (path.includes('\0')) return null;
  try {
    let file = await realpath(join(folder, path));
    if ((await stat(file)).isDirectory()) file = await realpath(join(file, 'index.html'));
    return file.startsWith(folder + sep) ? { file, size: (await stat(file)).size } : null;
  } catch {
    return null;
  }
}

/** @returns {string | null} the decoded path below `base`, or null */
function below(base, url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://host').pathname);
    return path.startsWith(base) ? path.slice(base.length) : null;
  } catch {
    return null;
  }
}

function listen(server, port) {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, HOST, () => {
      server.off('error', failed);
      done(server.address().port);
    });
  });
}

/**
 * @param {string} folder
 * @param {{port?: number, base?: string,
 *   answer?: (path: string | null, request: any, response: any) => boolean}} [options]
 *     port 0 or none: a free one; `answer` is asked first, in tests, and says
 *     whether it has answered
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>}>}
 */
export async function serveFolder(folder, { port = 0, base = '/', answer } = {}) {
  const root = await realpath(resolve(folder));
  base = `/${base}/`.replace(/\/+/g, '/');

  const server = createServer(async (request, response) => {
    const end = (status, headers = {}) => response.writeHead(status, headers).end();
    if (answer?.(below(base, request.url), request, response)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
    if (request.url === base.slice(0, -1)) return end(301, { location: base });
    const path = below(base, request.url);
    const found = path === null ? null : await find(root, path);
    if (!found) return end(404);
    const { file, size } = found;
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    if (request.method === 'HEAD') return response.end();
    createReadStream(file).on('error', () => response.destroy()).pipe(response);
  });

  const taken = await listen(server, port);
  return {
    url: `http://${HOST}:${taken}${base}`,
    port: taken,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections(); // a browser keeps them open
      }),
  };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, base: { type: 'string' } },
  });
  const port = Number(values.port || DEFAULT_PORT);
  if (positionals.length !== 1 || !(port >= 0 && port <= 65535)) {
    console.error('usage: serve.mjs FOLDER [--port 0-65535] [--base /some/path/]');
    process.exit(2);
  }
  const [folder] = positionals;
  const site = await serveFolder(folder, { ...values, port }).catch((e) => {
    if (e.code !== 'EADDRINUSE' && e.code !== 'EACCES') throw e;
    console.log(`port ${port} cannot be had; taking a free one`);
    return serveFolder(folder, { ...values, port: 0 });
  });
  console.log(`Capsa is at ${site.url}  (Ctrl-C ends it)`);
  process.once('SIGINT', () => site.stop());
  process.once('SIGTERM', () => site.stop());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((e) => {
    console.error(`serve: ${e.message}`);
    process.exit(1);
  });
}
