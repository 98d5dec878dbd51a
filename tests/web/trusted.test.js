/** trusted.js: what may become markup in the page is what the core's writer makes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { isCoreHtml } from '../../web/lib/trusted.js';

const CAPSA = fileURLToPath(new URL('../../build/native/capsa', import.meta.url));

test('what the core writes may stand', { skip: existsSync(CAPSA) ? false : 'make native first' }, () => {
  for (const [file, from] of [['tests/fixtures/record.txt', 'archive'], ['web/samples/guide.md', 'markdown']]) {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
    const { stdout } = spawnSync(CAPSA, ['parse', path, '--from', from, '--to', 'html'], { encoding: 'utf8' });
    assert.ok(stdout.length > 500);
    assert.equal(isCoreHtml(stdout), true, file);
  }
  assert.equal(isCoreHtml('<p class="paragraph" id="b2" data-block="2">1 &lt; 2 <a href="https://a.example/?b=c&amp;d" rel="noopener noreferrer">x</a></p>\n'), true);
});

test('nothing else does', () => {
  for (const html of [
    '<script>alert(1)</script>', '<p onclick="x">', '<p style="position:fixed">', '<style>*{}</style>',
    '<img src="https://elsewhere.example/x.png">', '<a href="javascript:alert(1)">', '<a href="data:text/html,x">',
    '<iframe src="x">', '<form action="x">', '<p id="main">', '<p class="toast &quot;">', '<div class="skip stop">',
    '<p class=a>', '<p', '<', '<!-- x -->', '<svg onload="x">', '<p data-a="x" data-b="<">', '<link rel="stylesheet">',
    '<p class="a"onclick="x">', '<span data-rule="x" onclick="y">',
  ]) {
    assert.equal(isCoreHtml(html), false, html);
  }
});
