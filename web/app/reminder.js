/**
 * reminder.js -- <capsa-reminder>: notes that no saved copy has, in a browser
 * that has not promised to keep them. Quiet, and gone for a week when asked.
 *
 * In:   engine; look()
 * Out:  'save-copy'
 */
import { html, nothing } from 'lit';

import { LightElement } from '../lib/element.js';
import { isPersisted } from '../lib/persist.js';

const KEY = 'capsa-reminded';
const WEEK_MS = 7 * 24 * 3_600_000;

/** @param {{saved?: string, noted?: string}} care  ISO times */
export function isBehind({ saved = '', noted = '' }) {
  return noted > saved;
}

export class Reminder extends LightElement {
  static properties = { isShown: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.engine = undefined;
    this.isShown = false;
  }

  /** Call when a library was opened, and after what may have changed it. */
  async look() {
    const care = await this.engine.call('care');
    this.isShown = isBehind(care) && !isDismissed() && !(await isPersisted());
  }

  render() {
    if (!this.isShown) return nothing;
    return html`<div class="notice" role="status">
      <p>There are notes that no saved copy has, and the browser may clear the library when space is
        short.</p>
      <div class="actions">
        <button class="plain" @click=${() => this.emit('save-copy')}>Save a copy</button>
        <button class="plain" @click=${this.#dismiss}>Not this week</button>
      </div>
    </div>`;
  }

  #dismiss() {
    this.isShown = false;
    try {
      localStorage.setItem(KEY, String(Date.now()));
    } catch {
      /* refused: it comes again at the next start */
    }
  }
}

/** A clock that went back does not silence it for longer than a week. */
function isDismissed() {
  try {
    const age = Date.now() - Number(localStorage.getItem(KEY));
    return age >= 0 && age < WEEK_MS;
  } catch {
    return false;
  }
}

customElements.define('capsa-reminder', Reminder);
