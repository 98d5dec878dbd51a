/* The title is said once: the first heading that only repeats it is kept in the
   text, for notes and addresses, and not shown. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { foldTitle, saysAgain } from '../../web/reader/text.js';

/** A root whose first block is an element with that tag and text. */
function rootWith(tagName, textContent, link = null) {
  const classes = new Set();
  const first = {
    tagName,
    textContent,
    classList: { add: (/** @type {string} */ name) => classes.add(name) },
    setAttribute() {},
    querySelector: () => link,
  };
  return { root: { querySelector: () => first }, classes };
}

test('a heading says the title again in any case and spacing', () => {
  assert.equal(saysAgain('TALK ABOUT\n INK ', 'Talk about Ink'), true);
  assert.equal(saysAgain('Talk about Ink, second part', 'Talk about Ink'), false);
  assert.equal(saysAgain('', ''), false);
});

test('a first heading that repeats the title is folded', () => {
  const { root, classes } = rootWith('H2', 'Talk about Ink');
  foldTitle(/** @type {any} */ (root), 'Talk about Ink');
  assert.deepEqual([...classes], ['visually-hidden']);
});

test('a paragraph, another heading, and one with a mark of a note stay', () => {
  for (const { root, classes } of [
    rootWith('P', 'Talk about Ink'),
    rootWith('H2', 'I. The ink'),
    rootWith('H2', 'Talk about Ink', {}),
  ]) {
    foldTitle(/** @type {any} */ (root), 'Talk about Ink');
    assert.equal(classes.size, 0);
  }
});
