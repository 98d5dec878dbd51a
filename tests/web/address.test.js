/** Addresses of places: what is written is read back, and anything can come in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatAddress, parseAddress, toDocument } from '../../web/lib/address.js';

const clean = (address) => JSON.parse(JSON.stringify(address)); // without undefined

for (const [hash, address] of [
  ['', { place: 'library' }],
  ['#/', { place: 'library' }],
  ['#/search?q=joint%20fleet', { place: 'search', query: 'joint fleet' }],
  ['#/notes', { place: 'notes' }],
  ['#/notes?d=key', { place: 'notes', document: 'key' }],
  ['#/about', { place: 'about' }],
  ['#/d/1958-07-31-talk', { place: 'reader', document: '1958-07-31-talk' }],
  ['#/d/key@0123ab/t/12', { place: 'reader', document: 'key@0123ab', turn: 12 }],
  ['#/d/key/b/30?q=%22a%20b%22', { place: 'reader', document: 'key', block: 30, query: '"a b"' }],
  ['#/d/key/b/30?n=id-1', { place: 'reader', document: 'key', block: 30, note: 'id-1' }],
  ['#/d/key/t/zero', { place: 'reader', document: 'key' }],
  ['#/d/key/t/0', { place: 'reader', document: 'key' }],
  ['#/d/', { place: 'nowhere' }],
  ['#/d/%E0%A4%A', { place: 'reader', document: '%E0%A4%A' }],
  ['#/constructor', { place: 'nowhere' }],
  ['#/somewhere/else', { place: 'nowhere' }],
]) {
  test(`“${hash}” is ${address.place}`, () => {
    assert.deepEqual(clean(parseAddress(hash)), address);
  });
}

test('an address that was written is read back as it was', () => {
  for (const address of [
    { place: 'library' },
    { place: 'about' },
    { place: 'search', query: 'C++ & "100 %" #1?' },
    { place: 'notes', document: 'a/b' },
    { place: 'reader', document: 'a/b@c d', turn: 7 },
    { place: 'reader', document: 'хрущёв', block: 9, query: 'мир?', note: 'x&y' },
  ]) {
    assert.deepEqual(clean(parseAddress(formatAddress(address))), address);
  }
});

test('addresses are relative to the page', () => {
  assert.ok(toDocument('key', { turn: 3 }).startsWith('#/'));
});
