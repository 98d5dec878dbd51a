/** add.js -- give files to the core, and say of each what became of it. */
import { sentence } from '../lib/element.js';

/**
 * @typedef {{file: string, words: string, name?: string, added?: string}} Report
 *     `name`: of the document, where there is one now
 */

/** What the core reads at most (CAPSA_SOURCE_BYTES_MAX); it is asked only for
 * files that a page can hold twice. */
const BYTES_MAX = 64 * 2 ** 20;

const ADDED = /** @type {Record<string, string>} */ ({
  new: 'added.',
  same: 'is in the library already, word for word; nothing was changed.',
  edition: 'is another text of a record that is in the library; both are kept.',
});

/**
 * @param {{call: Function}} engine
 * @param {File[]} files
 * @param {(done: number) => void} progress  before each
 * @returns {Promise<Report[]>}
 */
export async function addFiles(engine, files, progress) {
  const reports = [];
  for (const [index, file] of files.entries()) {
    progress(index);
    reports.push(await addFile(engine, file));
  }
  return reports;
}

/**
 * @param {{call: Function}} engine
 * @param {File} file
 * @returns {Promise<Report>}
 */
async function addFile(engine, file) {
  const title = file.name.replace(/\.[^.]*$/, '');
  try {
    if (file.size > BYTES_MAX) {
      throw new Error('it is larger than the 64 MB that Capsa reads; split it into parts');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { added, entry } = await engine.call('add', { bytes, name: title });
    const name = entry.superseded ? `${entry.key}@${entry.edition}` : entry.key;
    return { file: entry.title || file.name, words: ADDED[added], name, added };
  } catch (error) {
    return { file: file.name, words: `was not added. ${sentence(error)} The library is as it was.` };
  }
}
