/** persist.js -- ask the browser to keep what is stored. */

/** Firefox asks the reader, who may never answer. */
const LIMIT_MS = 3_000;

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
