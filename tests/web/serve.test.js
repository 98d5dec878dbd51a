/** build-scripts/serve.mjs: what `make run` and the browser tests serve with. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serveFolder } from '../../build-scripts/serve.mjs';

let temp, site;

before(async () => {
  temp = mkdtempSync(join(tmpdir(), 'capsa-serve-'));
  mkdirSync(join(temp, 'site/sub'), { recursive: true });
  writeFileSync(join(temp, 'secret'), 'secret');
  writeFileSync(join(temp, 'site/index.html'), 'page');
  writeFileSync(join(temp, 'site/sub/core.wasm'), 'wasm');
  symlinkSync(join(temp, 'secret'), join(temp, 'site/link'));
  site = await serveFolder(join(temp, 'site'), { base: '/some/path' });
});

after(async () => {
  await site.stop();
  rmSync(temp, { recursive: true });
});

/** As sent: fetch() would tidy the path up first. */
const ask = (path) =>
  new Promise((done, failed) => {
    get({ host: '127.0.0.1', port: site.port, path }, (answer) => {
      answer.resume();
      answer.on('end', () => done([answer.statusCode, answer.headers['content-type']]));
    }).on('error', failed);
  });

test('a folder is served below its base, by type', async () => {
  assert.deepEqual(await ask('/some/path/'), [200, 'text/html; charset=utf-8']);
  assert.deepEqual(await ask('/some/path/?x#y'), [200, 'text/html; charset=utf-8']);
  assert.deepEqual(await ask('/some/path/sub/core.wasm'), [200, 'application/wasm']);
  assert.equal((await ask('/some/path'))[0], 301);
});

test('nothing outside of it is', async () => {
  for (const path of [
    '/', '/index.html', '//host/', '/some/path/none', '/some/path/sub/', '/some/path/link',
    '/some/path/../../secret', '/some/path/..%2fsecret', '/some/path/%2e%2e/secret',
    '/some/path/..%5csecret', '/some/path/%00', '/some/path/%zz',
  ]) {
    assert.equal((await ask(path))[0], 404, path);
  }
});

test('it hears this machine alone, and reading alone', async () => {
  assert.match(site.url, /^http:\/\/127\.0\.0\.1:\d+\/some\/path\/$/);
  assert.equal((await fetch(site.url, { method: 'POST' })).status, 405);
  const head = await fetch(site.url, { method: 'HEAD' });
  assert.equal(head.headers.get('content-length'), '4');
});

test('no header is set that Capsa would need', async () => {
  const answer = await fetch(site.url);
  const ours = [...answer.headers.keys()].filter(
    (name) => !['connection', 'date', 'keep-alive'].includes(name),
  );
  assert.deepEqual(ours.sort(), [
    'cache-control', 'content-length', 'content-type', 'referrer-policy', 'x-content-type-options',
  ]);
});

test('it forbids guessing and telling', async () => {
  const { headers } = await fetch(site.url);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
});
