/** add.js -- give files to the core, and say of each record what became of it. */
import { sentence } from '../lib/element.js';

/**
 * @typedef {'kept' | 'failed' | 'passed'} Fate
 * @typedef {{fate: Fate, title: string, words: string, from?: string,
 *   name?: string, added?: string, remarks?: Record<string, number>}} Report
 *     `from`: where in what came in; `name`: of the document, where there is
 *     one now
 */

/** What the core reads at most (CAPSA_SOURCE_BYTES_MAX); it is asked only for
 * files that a page can hold twice. */
const BYTES_MAX = 64 * 2 ** 20;

const ADDED = /** @type {Record<string, string>} */ ({
  new: 'added.',
  same: 'is in the library already, word for word; nothing was changed.',
  edition: 'is another text of a record that is in the library; both are kept.',
});

const NO_TEXT = ['EBINARY', 'EEMPTY'];

/**
 * @param {{call: Function}} engine
 * @param {import('../lib/folders.js').Found[]} found
 * @param {(file: number, record?: {done: number, total: number}) => void} progress
 *     before each file, and behind each record of one that has several
 * @param {AbortSignal} signal
 * @returns {Promise<Report[]>}  up to where it was stopped
 */
export async function addFiles(engine, found, progress, signal) {
  const reports = [];
  for (const [index, one] of found.entries()) {
    if (signal.aborted) break;
    progress(index);
    const onProgress = (/** @type {any} */ record) => progress(index, record);
    reports.push(...(await addFile(engine, one, { signal, onProgress })));
  }
  return reports;
}

/**
 * @param {{call: Function}} engine
 * @param {import('../lib/folders.js').Found} found
 * @param {{signal: AbortSignal, onProgress: (record: any) => void}} options
 * @returns {Promise<Report[]>}
 */
async function addFile(engine, { file, path, inFolder }, options) {
  try {
    if (file.size > BYTES_MAX) {
      throw new Error('it is larger than the 64 MB that Capsa reads; split it into parts');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const outcomes = await engine.call('import', { bytes, path, inFolder }, options);
    if (!outcomes.length) throw new Error('no file is in it');
    const alone = outcomes.length === 1 && !outcomes[0].path && !inFolder;
    return outcomes.map((/** @type {any} */ outcome) => report(outcome, path, alone));
  } catch (error) {
    if (options.signal.aborted) return [stopped(path)];
    return [failed(path, sentence(error))];
  }
}

/** @param {string} title @returns {Report} */
function stopped(title) {
  return { fate: 'failed', title, words: 'was stopped. The records of it that came in are whole.' };
}

/** @param {string} title @param {string} words @returns {Report} */
function failed(title, words) {
  return { fate: 'failed', title, words: `was not added. ${words} The library is as it was.` };
}

/**
 * @param {import('../engine/protocol.js').Outcome} outcome
 * @param {string} path  of the file
 * @param {boolean} alone  nothing else came with it
 * @returns {Report}
 */
function report({ status, words = '', entry, added = 'new', remarks, ...part }, path, alone) {
  const from = [path, part.path].filter(Boolean).join(' › ');
  const title = part.number ? `${from}, record ${part.number}` : from;
  if (!entry) {
    if (alone || !NO_TEXT.includes(status)) return failed(title, sentence(words));
    return { fate: 'passed', title, words: `passed over: ${words}.` };
  }
  const name = entry.superseded ? `${entry.key}@${entry.edition}` : entry.key;
  const kept = { fate: /** @type {Fate} */ ('kept'), title: entry.title || title, words: ADDED[added] };
  return { ...kept, name, added, remarks, from: alone ? undefined : title };
}
