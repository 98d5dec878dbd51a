/**
 * licences.js -- a Vite plugin: `virtual:licences`, what ships and under which
 * terms. C comes from build-scripts/sources.txt, JavaScript and fonts from the
 * lock file: whatever the dependencies of package.json bring, tools not.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ID = 'virtual:licences';

/** MIT is our own licence: its text below their copyright.
 * @param {{Licence: string, Copyright?: string}} source @param {string} root */
function termsOf({ Licence, Copyright = '' }, root) {
  if (Licence !== 'MIT') return Copyright;
  const terms = licenceText(root).replace(/^[^]*?Copyright.*\n/, '');
  return `Copyright (c) ${Copyright}\n${terms}`;
}

/** @param {string} root  of the repository */
function sources(root) {
  const list = execFileSync(join(root, 'build-scripts/get-sources'), ['--list'], {
    encoding: 'utf8',
  });
  return JSON.parse(list)
    .filter(({ Ships }) => Ships === 'yes' || Ships === 'compiled-in')
    .map((source) => ({
      name: source.Title,
      version: source.Version,
      licence: source.Licence,
      home: source.Home ?? '',
      text: source.LicenceText ?? termsOf(source, root),
    }));
}

/** Packages in the lock file that no tool brings in. @param {string} web */
function packages(web) {
  const lock = JSON.parse(readFileSync(join(web, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional, peer }]) => path && !dev && !optional && !peer)
    .map(([path, { version, license }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license ?? '',
      home: `https://www.npmjs.com/package/${path.replace(/^.*node_modules\//, '')}`,
      text: licenceText(join(web, path)),
    }))
    .filter(({ name }) => !name.startsWith('@types/'));
}

/** @param {string} folder */
function licenceText(folder) {
  if (!existsSync(folder)) return '';
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|ofl)/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : '';
}

/** @param {{web: string, root: string}} where */
export function licences({ web, root }) {
  return {
    name: 'licences',
    resolveId: (/** @type {string} */ id) => (id === ID ? `\0${ID}` : undefined),
    load(/** @type {string} */ id) {
      if (id !== `\0${ID}`) return undefined;
      const { version } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
      const own = { name: 'Capsa', version, licence: 'see the text', home: '', text: licenceText(root) };
      const all = [own, ...sources(root), ...packages(web)];
      return `export const licences = ${JSON.stringify(all)};`;
    },
  };
}
