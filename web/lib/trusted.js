/**
 * trusted.js -- the one Trusted Types policy of the page.
 *
 * index.html demands it: no other string can become markup or a script. What
 * goes through here is HTML that the core wrote (it escapes every text and
 * lets no element or address of a source through), and addresses of scripts
 * that the build put beside this one.
 */
const policy = globalThis.window?.trustedTypes?.createPolicy('capsa', {
  createHTML(/** @type {string} */ html) {
    if (isCoreHtml(html)) return html;
    throw new TypeError('HTML that the core does not write');
  },
  createScriptURL(/** @type {string} */ url) {
    const base = new URL('./', document.baseURI);
    const { origin, pathname } = new URL(url, base);
    if (origin === base.origin && pathname.startsWith(base.pathname)) return url;
    throw new TypeError('a script of another place');
  },
});

/** The elements and attributes that core/document/writers/html.c writes. */
const NAMES =
  'a|blockquote|code|del|div|em|figcaption|figure|h[2-6]|hr|i|ins|li|p|pre|section|span|strong|table|tbody|td|time|tr|ul';
const ATTRIBUTES = [
  'class="[a-z_-]+"',
  'id="[br][0-9]+"',
  'data-continued',
  'href="(?:https?://|mailto:|#)[^"<>]*"',
  '(?:data-[a-z]+|aria-label|role|rel|lang|dir|tabindex|datetime)="[^"<>]*"',
];
const TAG = new RegExp(`<(?:/(?:${NAMES})|(?:${NAMES})(?: (?:${ATTRIBUTES.join('|')}))*)>`, 'iy');

/**
 * Is all that is no text in it an element as the core writes it? A second
 * look, should the core ever let something through: no class or id of a source,
 * no address but a web page's, no handler, style or script.
 * @param {string} html
 */
export function isCoreHtml(html) {
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    TAG.lastIndex = at;
    if (!TAG.test(html)) return false;
  }
  return true;
}

/**
 * Put HTML that the core wrote in an element.
 * @param {Element} element
 * @param {string} html
 */
export function setCoreHtml(element, html) {
  // eslint-disable-next-line no-restricted-syntax -- the one place
  element.innerHTML = policy ? policy.createHTML(html) : html;
}

/** @param {string} url  of a script of this build @returns {any} */
export function scriptUrl(url) {
  return policy ? policy.createScriptURL(url) : url;
}
