/**
 * A record of 5 MB: its first screen comes before a third of it is there, what
 * is read does not move while the rest comes, and every way to a place in a
 * part that is not there yet ends at that place.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { addFile, go, launch, open, serveSite, skip } from './browser.js';

const options = { skip, timeout: 240_000 };
const TURNS = 9900;
const SECTION = 550; // turns
const WORDS = ['harbour', 'bell', 'rope', 'lantern', 'ledger', 'ferry', 'tide', 'crew'];

/** Turns with a list each, a heading now and then, notes at the end. */
function record() {
  const said = (/** @type {number} */ i) =>
    Array.from({ length: 8 }, (_, k) => `The ${WORDS[(i + k) % 8]} of ${i + k} was seen by nobody, and that is all we know.`).join(' ');
  const turn = (/** @type {number} */ i) =>
    (i % SECTION ? '' : `## Day ${i / SECTION + 1}\n\n`) +
    `**${i % 2 ? 'ANDERS' : 'BELLO'}:** ${said(i)}${i % 90 ? '' : `[^${i}]`}${i === TURNS - 2 ? ' The zeppelin came.' : ''}\n\n` +
    (i % 3 ? '' : `- the ${WORDS[i % 8]}\n- the crew\n\n`);
  const turns = Array.from({ length: TURNS }, (_, i) => turn(i));
  const notes = Array.from({ length: TURNS / 90 }, (_, i) => `[^${i * 90}]: See ledger ${i}.\n`);
  return `# The long talk\n\n${turns.join('')}${notes.join('\n')}`;
}

const text = record();
let site, browser, page, address;

/** Go from the library to an address of the record, so that it is set anew. */
async function enter(/** @type {string} */ place = '') {
  await go(page, '#/');
  await page.waitForSelector('.catalogue li');
  await go(page, '#/d/harbour'); // no such record: the last one is let go
  await page.waitForFunction(() => !document.querySelector('.document-head'));
  await go(page, address + place);
}

/** Until the last part is there. */
const whole = () => page.waitForFunction((n) => document.querySelectorAll('.text .turn').length === n && !document.querySelector('.text.partial'), TURNS);

/** Is what a selector names on the screen? */
const isVisible = (/** @type {string} */ selector) =>
  page.waitForFunction((s) => {
    const { top, bottom } = document.querySelector(s)?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
    return top >= 0 && top < innerHeight && bottom > 0;
  }, selector);

before(async () => {
  if (skip) return;
  site = await serveSite();
  browser = await launch();
  browser.context.setDefaultTimeout(60_000);
  page = await open(browser.context, site.url);
  await addFile(page, 'long.md', text);
  await page.waitForSelector('.document-head', { timeout: 60_000 });
  address = await page.evaluate(() => location.hash);
  await whole();
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

test('the first screen is there before a third of the record', options, async (t) => {
  assert.ok(text.length > 5e6, `${text.length}`);
  await go(page, '#/');
  await page.waitForSelector('.catalogue li');
  await go(page, '#/d/harbour');
  await page.waitForFunction(() => !document.querySelector('.document-head'));
  const frames = await page.evaluate(async (hash) => {
    const start = performance.now();
    const seen = [];
    location.hash = hash;
    for (let done = false; !done; ) {
      await new Promise(requestAnimationFrame);
      const root = document.querySelector('.text');
      const blocks = document.querySelector('.document-head') ? root.querySelectorAll('[data-block]').length : 0;
      seen.push({ ms: performance.now() - start, blocks, scrollY });
      done = blocks > 0 && !root.classList.contains('partial');
    }
    return seen;
  }, address);
  const first = frames.find(({ blocks }) => blocks > 0);
  const last = frames.at(-1);
  const gaps = frames.slice(1).map(({ ms }, i) => ms - frames[i].ms);
  t.diagnostic(
    `${text.length} bytes; first screen ${first.ms.toFixed(0)} ms with ${first.blocks} of ${last.blocks} blocks; ` +
      `all ${last.ms.toFixed(0)} ms; longest time between two frames ${Math.max(...gaps).toFixed(0)} ms`,
  );
  assert.ok(first.blocks * 3 < last.blocks, `${first.blocks} of ${last.blocks}`);
  assert.ok(first.blocks > 50);
  assert.ok(frames.every(({ scrollY: y }) => y === 0));
});

test('parts together are what one piece would be', options, async () => {
  const found = await page.evaluate(() => {
    const all = (/** @type {string} */ s) => [...document.querySelectorAll(`.text ${s}`)];
    const turns = all('.turn').map((turn) => Number(turn.dataset.turn));
    const blocks = all('[data-block]').map((block) => Number(block.dataset.block));
    return {
      continued: all('[data-continued]').length,
      turns: turns.every((turn, i) => turn === i + 1) && turns.length,
      ordered: blocks.every((block, i) => block === i + 1),
      marked: all('.turn > .speaker a.number').length,
      lists: all('ul').filter((list) => list.children.length !== 2).length,
      notes: all('section.footnotes').length,
      loose: all('a.footnote_ref, a.footnote_number').filter((link) => !link.href.includes('/b/')).length,
    };
  });
  assert.deepEqual(found, {
    continued: 0, turns: TURNS, ordered: true, marked: TURNS, lists: 0, notes: 1, loose: 0,
  });
});

test('what is read does not move while the rest comes', options, async () => {
  await enter('/t/12');
  await isVisible('[data-turn="12"]');
  const moved = await page.evaluate(async () => {
    const place = () => document.querySelector('[data-turn="14"]').getBoundingClientRect().top;
    document.querySelector('[data-turn="12"]').scrollIntoView();
    await new Promise(requestAnimationFrame);
    const wasPartial = document.querySelector('.text').classList.contains('partial');
    const before = place();
    let most = 0;
    while (document.querySelector('.text').classList.contains('partial')) {
      await new Promise(requestAnimationFrame);
      most = Math.max(most, Math.abs(place() - before));
    }
    return { wasPartial, most };
  });
  assert.ok(moved.wasPartial);
  assert.ok(moved.most < 1, `${moved.most} px`);
});

test('the address of the last turn leads there', options, async () => {
  await enter(`/t/${TURNS}`);
  await isVisible(`[data-turn="${TURNS}"].here`);
});

test('one who asks for another turn meanwhile goes to that one', options, async () => {
  await enter(`/t/${TURNS}`);
  await page.waitForSelector('.text.partial .turn');
  await go(page, `${address}/t/20`);
  await isVisible('[data-turn="20"].here');
  await whole();
  await isVisible('[data-turn="20"].here');
  assert.equal(await page.locator('.turn.here').count(), 1);
});

test('a turn that is not in the record is told of when all is there', options, async () => {
  await enter(`/t/${TURNS + 1}`);
  await page.waitForSelector(`.toast:has-text("no turn ${TURNS + 1}")`);
});

test('a hit near the end is shown', options, async () => {
  await enter('/b/9000?q=zeppelin');
  await page.waitForFunction(() => {
    const [range] = CSS.highlights.get('found-now') ?? [];
    const { top, bottom } = range?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
    return range?.toString() === 'zeppelin' && top > 0 && bottom < innerHeight;
  });
  await page.getByLabel('Close search').click();
});

test('the contents lead to the last day', options, async () => {
  await enter();
  await page.waitForSelector('.text.partial .turn');
  const day = TURNS / SECTION;
  await page.keyboard.press('o');
  await page.locator('capsa-panel a', { hasText: `Day ${day}` }).click();
  await page.waitForFunction((title) => {
    const heading = [...document.querySelectorAll('.text h3, .text h2')].find((h) => h.textContent === title);
    const { top = -1 } = heading?.getBoundingClientRect() ?? {};
    return top >= 0 && top < innerHeight;
  }, `Day ${day}`);
});

test('a mark of the first part opens its note in the last', options, async () => {
  await enter();
  await page.waitForSelector('.text.partial a.footnote_ref');
  await page.locator('a.footnote_ref').first().click();
  await page.waitForFunction(() => document.activeElement?.matches('a.footnote_number'));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('a.footnote_ref'));
});

test('a highlight near the end is painted, and one is back where one read last', options, async () => {
  await enter(`/t/${TURNS - 4}`);
  await isVisible(`[data-turn="${TURNS - 4}"].here`);
  await page.keyboard.press('s');
  await page.waitForSelector('.mark-bar');
  await page.keyboard.press('2');
  await page.waitForFunction(() => CSS.highlights.get('ink-1')?.size === 1);
  const place = `position/${address.slice('#/d/'.length)}`;
  const kept = () => page.evaluate((name) => document.querySelector('capsa-reader').engine.call('setting', { name }), place);
  for (const end = Date.now() + 10_000; Number(await kept()) < TURNS && Date.now() < end; );
  const block = Number(await kept());
  assert.ok(block > TURNS, `${block}`);
  await go(page, '#/');
  await page.waitForSelector('.catalogue li');
  await page.reload();
  await page.waitForSelector('body[data-shown]');
  await enter();
  await isVisible(`[data-block="${block}"]`);
  const words = await page.evaluate(() => [...(CSS.highlights.get('ink-1') ?? [])].map(String));
  assert.equal(words.length, 1);
  assert.match(words[0], /\w/);
  assert.deepEqual(browser.problems, []);
});
