/**
 * scroll.js -- bring a place on the screen, and leave it there.
 *
 * What is above a place in a long record is laid out only when it comes near
 * the screen (styles/reading.css), and is then rarely as high as was thought.
 */

/** A page that is not on the screen has no frames to wait for. */
const FRAME_MS = 50;

/** So often a place is scrolled to anew, as what is above takes its height. */
const TRIES = 4;

/** The browser shows what there is, and hears what the reader wants. */
export function frame() {
  return new Promise((done) => {
    setTimeout(done, FRAME_MS);
    requestAnimationFrame(() => setTimeout(done));
  });
}

/** @param {Element | Range} place @param {() => void} scroll */
async function settle(place, scroll) {
  for (let i = 0; i < TRIES; i++) {
    scroll();
    const { top } = place.getBoundingClientRect();
    await frame();
    if (Math.abs(place.getBoundingClientRect().top - top) < 1) return;
  }
}

/** @param {Element} element @param {ScrollIntoViewOptions} [options] */
export function scrollToElement(element, options) {
  return settle(element, () => element.scrollIntoView(options));
}

/** Near the middle, unless it is on the screen. @param {Range} range */
export function scrollToRange(range) {
  return settle(range, () => {
    const { top, bottom } = range.getBoundingClientRect();
    if (top > 80 && bottom < innerHeight - 120) return;
    scrollTo(0, scrollY + top - innerHeight * 0.3);
  });
}
