/** Excerpts in pieces, with matches that may lie beyond their ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pieces } from '../../web/search/excerpt.js';

const join = (hit) => pieces(hit).map(({ text, found }) => (found ? `[${text}]` : text)).join('');
const at = (startUtf16, endUtf16) => ({ startUtf16, endUtf16 });

for (const [name, start, matches, expected] of [
  ['a match in the middle', 10, [at(14, 19)], 'the [joint] fleet'],
  ['a match at either end', 10, [at(10, 13), at(20, 25)], '[the] joint [fleet]'],
  ['matches outside', 10, [at(0, 4), at(30, 33)], 'the joint fleet'],
  ['a match over the end', 10, [at(20, 40)], 'the joint [fleet]'],
  ['matches that touch', 10, [at(10, 13), at(13, 14)], '[the][ ]joint fleet'],
  ['no match', 0, [], 'the joint fleet'],
]) {
  test(`${name} keeps the text whole`, () => {
    const hit = { excerpt: 'the joint fleet', excerptStartUtf16: start, matches };
    assert.equal(join(hit), expected);
    assert.equal(pieces(hit).map(({ text }) => text).join(''), hit.excerpt);
  });
}
