/** excerpt.js -- cut an excerpt into pieces, marked or not. */

/**
 * @param {{excerpt: string, excerptStartUtf16: number,
 *   matches: {startUtf16: number, endUtf16: number}[]}} hit
 *     matches count in the block's text and may lie outside the excerpt
 * @returns {{text: string, found: boolean}[]}
 */
export function pieces({ excerpt, excerptStartUtf16, matches }) {
  const cut = [];
  let at = 0;
  for (const { startUtf16, endUtf16 } of matches) {
    const start = Math.max(startUtf16 - excerptStartUtf16, at);
    const end = Math.min(endUtf16 - excerptStartUtf16, excerpt.length);
    if (start >= end) continue;
    if (start > at) cut.push({ text: excerpt.slice(at, start), found: false });
    cut.push({ text: excerpt.slice(start, end), found: true });
    at = end;
  }
  if (at < excerpt.length) cut.push({ text: excerpt.slice(at), found: false });
  return cut;
}
