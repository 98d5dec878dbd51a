/**
 * hub.js -- stands between the test and the tabs, which are too many for a
 * connection each: gives on the test's orders, tells it what the tabs say, and
 * opens tabs. It has no timers: nobody looks at this page.
 */
import { channels } from './hub-words.js';
import { run, tell } from './tell.js';

/** @type {any[]} */
let words = [];
let isTelling = false;

async function giveOn() {
  if (isTelling) return;
  isTelling = true;
  while (words.length) {
    const some = words;
    words = [];
    await tell('words', some);
  }
  isTelling = false;
}

channels.hub.onmessage = ({ data }) => {
  words.push(data);
  giveOn();
};

/** @param {any} order */
function follow(order) {
  if (order.open) open(order.open, '_blank', 'noopener');
  else channels.all.postMessage(order);
}

run(async () => {
  const { body } = await fetch('../orders');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  await tell('hub');
  for (let rest = ''; ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) follow(JSON.parse(line));
  }
});
