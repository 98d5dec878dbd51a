/**
 * engines.js -- three browsers without a driver: a program, a profile, an
 * address. What happens in a page is told by the page (host.js), so that the
 * same page runs in all of them and a kill finds nothing of ours in its way.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Without these it asks the network at every start. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** No page of its own at the start, no network, no care for the crashes before. */
const FIREFOX_PREFS = {
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.firstRunURL': '',
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'services.settings.server': 'http://127.0.0.1:9/',
  'toolkit.startup.max_resumed_crashes': -1,
  'toolkit.telemetry.enabled': false,
};

const WEBKIT_FILES = 'FileSystem,AccessHandle,FileSystemWritableStream,StorageAPI,StorageAPIEstimate';
const SHELL = fileURLToPath(new URL('webkit-shell.py', import.meta.url));

/**
 * @typedef {{profile: string, url: string, isPrivate?: boolean,
 *   prefs?: Record<string, any>, hasFiles?: boolean}} Start
 *     `prefs`: Firefox only; `hasFiles`: WebKit's features that are off as shipped
 */

/** @type {Record<string, {program: string, command: (start: Start) => string[]}>} */
export const ENGINES = {
  chromium: {
    program: process.env.CHROMIUM ?? '/usr/bin/chromium',
    command: ({ profile, url, isPrivate }) => [
      ...CHROMIUM_ARGS, '--headless=new', `--user-data-dir=${profile}`,
      ...(isPrivate ? ['--incognito'] : []), url,
    ],
  },
  firefox: {
    program: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    command: ({ profile, url, isPrivate, prefs = {} }) => {
      const all = { ...FIREFOX_PREFS, ...prefs, 'browser.privatebrowsing.autostart': !!isPrivate };
      const lines = Object.entries(all).map(([k, v]) => `user_pref("${k}", ${JSON.stringify(v)});`);
      writeFileSync(join(profile, 'user.js'), lines.join('\n'));
      return ['--headless', '--no-remote', '--profile', profile, url];
    },
  },
  webkit: {
    program: '/usr/bin/python3',
    command: ({ profile, url, isPrivate, hasFiles }) => [
      SHELL, `--data=${profile}`, ...(hasFiles ? [`--features=${WEBKIT_FILES}`] : []),
      ...(isPrivate ? ['--private'] : []), url,
    ],
  },
};

const TYPELIB = 'girepository-1.0/WebKit2-4.1.typelib';
const hasWebkit = () =>
  existsSync('/usr/bin/Xvfb') &&
  ['/usr/lib', ...readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`)].some((folder) =>
    existsSync(join(folder, TYPELIB)));

/** Why an engine cannot be had here, or false. @param {string} name */
export function lacks(name) {
  const { program } = ENGINES[name];
  if (!existsSync(program)) return `no ${program}`;
  return name === 'webkit' && !hasWebkit() ? 'no WebKitGTK with Xvfb' : false;
}

/** @returns {string} a folder for one browser's data */
export function newProfile() {
  return mkdtempSync(join(tmpdir(), 'capsa-engine-'));
}

/** @type {Promise<{display: string, end: () => void}> | undefined} */
let screen;

/** A display in memory, for all WebKits of this run. */
function startScreen() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.stdio[3].once('data', (number) =>
      resolve({ display: `:${String(number).trim()}`, end: () => server.kill() }));
  });
}

/** Call at the end of a run. */
export async function endScreen() {
  (await screen)?.end();
  screen = undefined;
}

/** @param {string} name  of ENGINES @param {Start} start */
export async function startBrowser(name, start) {
  const { program, command } = ENGINES[name];
  const home = join(start.profile, 'home');
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, NO_AT_BRIDGE: '1' };
  if (name === 'webkit') {
    screen ??= startScreen();
    Object.assign(env, {
      DISPLAY: (await screen).display,
      GDK_BACKEND: 'x11',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
  }
  const child = spawn(program, command(start), { env, stdio: 'ignore' });
  return new Browser(child);
}

class Browser {
  #child;
  #ended;

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.#child = child;
    this.#ended = new Promise((done) => child.once('exit', done));
  }

  /** Of all its processes. @returns {number[]} */
  get pids() {
    const all = [];
    for (let more = [this.#child.pid]; more.length; more = children(more)) all.push(...more);
    return all;
  }

  /** As a power cut does it to all its processes at one moment: stop, then kill. */
  async kill() {
    let all = [];
    for (let more = [this.#child.pid]; more.length; ) {
      for (const pid of more) send(pid, 'SIGSTOP');
      all = [...all, ...more];
      more = children(all).filter((pid) => !all.includes(pid));
    }
    for (const pid of all) send(pid, 'SIGKILL');
    await this.#ended;
    await untilGone(all);
  }

  /** As a reader closes it: asked, and killed when it does not go. */
  async quit() {
    const all = this.pids;
    this.#child.kill('SIGTERM');
    await Promise.race([this.#ended, new Promise((done) => setTimeout(done, 5_000))]);
    for (const pid of all) send(pid, 'SIGKILL');
    await this.#ended;
    await untilGone(all);
  }
}

/** @param {number} pid @param {NodeJS.Signals | 0} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // it is gone
  }
}

/** @param {number[]} parents */
function children(parents) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parents.includes(parentOf(name)))
    .map(Number);
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return -1;
  }
}

const isZombie = (/** @type {number} */ pid) => {
  try {
    return /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
};

/** @param {number[]} pids */
async function untilGone(pids) {
  const deadline = Date.now() + 10_000;
  while (pids.some((pid) => !isZombie(pid))) {
    if (Date.now() > deadline) throw new Error('a browser does not die');
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** @param {string} profile */
export function removeProfile(profile) {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** The version that an engine tells. @param {string} name */
export function versionOf(name) {
  if (name === 'webkit') {
    const code = 'import gi; gi.require_version("WebKit2","4.1"); from gi.repository import WebKit2 as w;' +
      'print(f"WebKitGTK {w.get_major_version()}.{w.get_minor_version()}")';
    return spawnSync('/usr/bin/python3', ['-c', code], { encoding: 'utf8' }).stdout.trim();
  }
  return spawnSync(ENGINES[name].program, ['--version'], { encoding: 'utf8' }).stdout.trim();
}
