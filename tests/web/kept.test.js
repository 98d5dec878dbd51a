/** A library that the browser cleared is missed, and not taken for a new one. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Kept } from '../../web/app/kept.js';

let items;
beforeEach(() => {
  items = new Map();
  globalThis.localStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
  };
});

/** An engine whose library has so many records and notes. */
function library(records = 2, notes = 0) {
  const settings = new Map();
  const methods = {
    list: () => Array(records).fill({}),
    notes: () => Array(notes).fill({}),
    setting: ({ name }) => settings.get(name) ?? '',
    setSetting: ({ name, value }) => settings.set(name, value),
  };
  return { call: async (method, params) => methods[method](params) };
}

test('a library that is there is not missed', async () => {
  const mine = library(3, 1);
  assert.equal(await new Kept(mine).look(), undefined);
  assert.equal(await new Kept(mine).look(), undefined);
});

test('one that is gone is missed until the reader begins anew', async () => {
  await new Kept(library(5, 7)).look();
  const other = library();
  const kept = new Kept(other);
  const missed = await kept.look();
  assert.equal(missed.records, 5);
  assert.equal(missed.notes, 7);
  await kept.note();
  assert.ok(await new Kept(other).look(), 'still, at the next start');
  await kept.begin();
  assert.equal(await new Kept(other).look(), undefined);
});

test('the samples alone are not missed', async () => {
  await new Kept(library()).look();
  assert.equal(await new Kept(library()).look(), undefined);
  const kept = new Kept(library(3));
  await kept.look();
  items.set('capsa-kept', JSON.stringify({ ...JSON.parse(items.get('capsa-kept')), records: 2 }));
  assert.equal(await new Kept(library()).look(), undefined);
});

test('what goes with the marker is missed while the page is open', async () => {
  const engine = { ...library(4) };
  const kept = new Kept(engine);
  await kept.look();
  items.clear();
  engine.call = library().call;
  assert.equal((await kept.look()).records, 4);
});

test('a marker that cannot be read or written does no harm', async () => {
  items.set('capsa-kept', '{broken');
  assert.equal(await new Kept(library(3)).look(), undefined);
  globalThis.localStorage = {
    getItem: () => assert.fail('refused'),
    setItem: () => assert.fail('refused'),
  };
  assert.equal(await new Kept(library(3)).look(), undefined);
});
