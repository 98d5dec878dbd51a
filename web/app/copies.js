/** copies.js -- save the library to a file, open one in its place. */
import { download, pickFiles } from '../lib/download.js';

const TYPE = 'application/vnd.sqlite3';

function today() {
  return new Date().toISOString().slice(0, 10);
}

/** @param {{call: Function}} engine */
export async function saveCopy(engine) {
  download(await engine.call('save'), `capsa-library-${today()}.capsa`, TYPE);
}

/** The file of a library that cannot be opened. @param {{repair: Function}} engine */
export async function rescue(engine) {
  download(await engine.repair('rescue'), `capsa-library-as-it-is-${today()}.capsa`, TYPE);
}

/** @param {{repair: Function}} engine @returns {Promise<any>} Opened */
export async function openCopy(engine) {
  const [file] = await pickFiles({ accept: '.capsa,.sqlite,application/vnd.sqlite3' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return engine.repair('openCopy', { bytes });
}
