/**
 * generations.js -- copies that are kept beside the library: against a slip of
 * the reader's, the last three days on which something changed; and against a
 * slip of ours, the library as it was before a newer Capsa brought it along.
 */

import { EngineError } from './protocol.js';

const PREFIX = 'generation-';

/** And what an older Capsa had, with the number of its schema. */
export const OLDER = 'before-';

const KEPT_MAX = 3;

/** How old the last one is when the next is made. */
const AGE_MS = 24 * 3_600_000;

/** A library's times are whole seconds. */
const SECOND_MS = 1000;

/** @typedef {import('./storage.js').Storage} Storage */

/** Newest first. @param {Storage} storage */
export async function listGenerations({ copies }) {
  return (await copies.list()).filter(({ name }) => name.startsWith(PREFIX));
}

/** Those, and what is kept from before a migration. @param {Storage} storage */
export async function listKept({ copies }) {
  return (await copies.list()).filter(({ name }) => name.startsWith(PREFIX) || name.startsWith(OLDER));
}

/**
 * Keep the library as it is, before it is brought along from this schema. It
 * is not brought along without: there is no other way back.
 * @param {import('./engine.js').Engine} engine
 * @param {Storage} storage
 * @param {number} schema
 */
export async function* keepOlder(engine, storage, schema) {
  try {
    yield* engine.save({ name: OLDER + schema });
    yield { done: 1, total: 1 }; // so that it can be told from what comes now
  } catch (e) {
    if (!(e instanceof EngineError) || e.code !== 'EFULL') throw e;
    throw new EngineError(
      'EFULL',
      'a newer Capsa keeps a library in another form, and there is no room for the copy that it makes before it changes anything; make room and try again, or save the file as it is',
      { cause: e },
    );
  } finally {
    engine.close();
  }
}

/** It has proved right: it was opened again on another day. @param {Storage} storage */
export async function forgetOlder({ copies }) {
  for (const { name, time } of await copies.list()) {
    if (name.startsWith(OLDER) && Date.now() - time >= AGE_MS) await copies.remove(name);
  }
}

/**
 * Keep one, where there were changes since the last and that is a day old.
 * @param {import('./engine.js').Engine} engine
 * @param {Storage} storage
 * @returns {AsyncGenerator<import('./steps.js').Progress, {kept: boolean, words?: string}, void>}
 */
export async function* keepGeneration(engine, storage) {
  const { copies } = storage;
  const [last] = await listGenerations(storage);
  if (!copies.keeps || !isDue(last, engine.care())) return { kept: false };
  if (!(await copies.hasRoomFor(2 * storage.size))) {
    return { kept: false, words: 'there is too little room for a copy of the library beside it' };
  }
  yield* engine.save({ name: PREFIX + new Date().toISOString().replace(/[:.]/g, '-') });
  for (const { name } of (await listGenerations(storage)).slice(KEPT_MAX)) await copies.remove(name);
  return { kept: true };
}

/**
 * @param {{time: number} | undefined} last  the newest one
 * @param {{noted?: string, added?: string}} care
 */
function isDue(last, { noted = '', added = '' }) {
  if (!last) return Boolean(noted || added);
  const age = Date.now() - last.time; // below 0 where the clock went back
  const changed = Math.max(Date.parse(noted) || 0, Date.parse(added) || 0);
  return changed > last.time - SECOND_MS && (age < 0 || age >= AGE_MS);
}
