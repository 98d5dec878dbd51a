/**
 * trusted.js -- the one Trusted Types policy of the page.
 *
 * index.html demands it: no other string can become markup or a script. What
 * goes through here is HTML that the core wrote (it escapes every text and
 * lets no element or address of a source through), and addresses of scripts
 * that the build put beside this one.
 */
const policy = globalThis.window?.trustedTypes?.createPolicy('capsa', {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL(/** @type {string} */ url) {
    const base = new URL('./', document.baseURI);
    const { origin, pathname } = new URL(url, base);
    if (origin === base.origin && pathname.startsWith(base.pathname)) return url;
    throw new TypeError('a script of another place');
  },
});

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
