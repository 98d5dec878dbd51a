/** persist.js -- ask the browser to keep what is stored. */

/** Firefox asks the reader, who may never answer. */
const LIMIT_MS = 3_000;

/** The answer that the reader was told last. */
const KEY = 'capsa-persisted';

/** @returns {Promise<boolean | undefined>}  undefined: not known yet */
export async function askToPersist() {
  const { storage } = navigator;
  if (!storage?.persist) return undefined;
  const late = new Promise((done) => setTimeout(done, LIMIT_MS));
  return Promise.race([storage.persist().catch(() => undefined), late.then(() => undefined)]);
}

/** @returns {Promise<boolean | undefined>}  undefined: the browser does not say */
export async function isPersisted() {
  return navigator.storage?.persisted?.().catch(() => undefined);
}

/** Is this another answer than the last one? @param {boolean | undefined} answer */
export function isNews(answer) {
  if (answer === undefined) return false;
  try {
    if (localStorage.getItem(KEY) === String(answer)) return false;
    localStorage.setItem(KEY, String(answer));
    return true;
  } catch {
    return false; // it could not be told only once
  }
}
