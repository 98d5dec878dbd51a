/**
 * tab-engines.mjs -- a browser with the hub (tests/e2e/pages/hub.js) and as
 * many tabs as are asked for, and how a tab of it goes:
 *
 *   open(tab, opened)  close(tab)  crash(tab)  reload(tab)  sleep(tab)  wake(tab)
 *   clear(tab)  what is left of one that crashed;  end()  the browser
 */
import { readFileSync } from 'node:fs';

import { newProfile, removeProfile, send, startBrowser } from '../e2e/engines.js';

const HUB_MS = 60_000;

class Tabs {
  /** Processes of tabs. @type {Map<string, number>} */
  pids = new Map();

  /** @param {any} browser @param {import('../e2e/host.js').Host} host @param {string} profile */
  constructor(browser, host, profile) {
    this.browser = browser;
    this.host = host;
    this.profile = profile;
  }

  /** @param {string} tab */
  address(tab) {
    return `${this.host.url}?tab=${tab}#/about`;
  }

  /** @param {string} tab @param {string} deed  of pages/tab.js */
  tell(tab, deed) {
    this.host.order({ to: tab, deed });
  }

  async end() {
    await this.browser.kill();
    removeProfile(this.profile);
  }
}

class Chromium extends Tabs {
  /** @type {Map<string, {targetId: string, session: string}>} */
  #targets = new Map();

  /** @param {string} tab @param {() => Promise<any>} opened */
  async open(tab, opened) {
    const { devtools } = this.browser;
    const { targetId } = await devtools.send('Target.createTarget', { url: this.address(tab), background: true });
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    this.#targets.set(tab, { targetId, session: sessionId });
    await opened();
  }

  /** @param {string} tab @param {string} method @param {object} [params] */
  #page(tab, method, params) {
    return this.browser.devtools.send(method, params, this.#targets.get(tab)?.session);
  }

  async close(tab) {
    const { targetId } = /** @type {any} */ (this.#targets.get(tab));
    this.#targets.delete(tab);
    await this.browser.devtools.send('Target.closeTarget', { targetId });
  }

  async crash(tab) {
    this.#page(tab, 'Page.crash').catch(() => {}); // it has no answer
  }

  async clear(tab) {
    if (this.#targets.has(tab)) await this.close(tab).catch(() => {});
  }

  async reload(tab) {
    await this.#page(tab, 'Page.reload');
  }

  async sleep(tab) {
    await this.#page(tab, 'Page.setWebLifecycleState', { state: 'frozen' });
  }

  async wake(tab) {
    await this.#page(tab, 'Page.setWebLifecycleState', { state: 'active' });
  }
}

/** A tab of it goes to sleep when the reader leaves its page, and wakes when
 * he comes back to it. */
class Firefox extends Tabs {
  /** @param {string} tab @param {() => Promise<any>} opened */
  async open(tab, opened) {
    const before = new Set(this.#pages());
    this.host.order({ open: this.address(tab) });
    await opened();
    const [pid] = this.#pages().filter((one) => !before.has(one));
    if (pid) this.pids.set(tab, pid); // else it has its process with others
  }

  /** Processes of pages from a site. @returns {number[]} */
  #pages() {
    return this.browser.pids.filter((/** @type {number} */ pid) => {
      try {
        return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('Isolated Web');
      } catch {
        return false;
      }
    });
  }

  async close(tab) {
    this.tell(tab, 'close');
  }

  async crash(tab) {
    const pid = this.pids.get(tab);
    if (!pid) throw new Error(`no process of ${tab} is known`);
    send(pid, 'SIGKILL');
    this.pids.delete(tab);
  }

  async reload(tab) {
    this.tell(tab, 'reload');
  }

  async sleep(tab) {
    this.tell(tab, 'leave');
  }

  async wake(tab) {
    this.tell(tab, 'return');
  }
}

/** Popups are the tabs; each has a process of its own. */
const FIREFOX_TABS = {
  'dom.disable_open_during_load': false,
  'dom.popup_maximum': -1,
  'dom.allow_scripts_to_close_windows': true,
  'dom.ipc.processCount.webIsolated': 40,
  'dom.ipc.processPrelaunch.enabled': false,
  'dom.ipc.keepProcessesAlive.webIsolated.max': 0,
  'browser.link.open_newwindow': 3,
  'browser.link.open_newwindow.restriction': 0,
};

/** @param {string} engine @param {import('../e2e/host.js').Host} host */
export async function startTabs(engine, host) {
  const profile = newProfile();
  const url = host.page('hub');
  const browser = await startBrowser(engine, { profile, url, isDriven: engine === 'chromium', prefs: FIREFOX_TABS });
  const tabs = new { chromium: Chromium, firefox: Firefox }[engine](browser, host, profile);
  try {
    await host.next('hub', HUB_MS);
  } catch (e) {
    await tabs.end();
    throw e;
  }
  return tabs;
}
