/** element.js -- what all our elements share: light DOM, and events outwards. */
import { LitElement } from 'lit';

/**
 * The page's styles reach in, and selections, the browser's own find and other
 * annotation tools see the text as part of the page.
 */
export class LightElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** The element inside that a selector names. @param {string} selector @returns {any} */
  one(selector) {
    return this.querySelector(selector);
  }

  /**
   * Tell whoever wired this element. Bubbles, so that a parent can wire too.
   * @param {string} name
   * @param {any} [detail]
   */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Show a line of text for a moment. @param {string} text @param {object} [more] */
  say(text, more) {
    this.emit('say', { text, ...more });
  }
}

/** The words of an error, as a sentence. @param {any} error */
export function sentence(error) {
  const words = String(error?.message || error || 'something went wrong');
  const start = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Was this call given up by us? @param {any} error */
export function isAbort(error) {
  return error?.name === 'AbortError';
}
