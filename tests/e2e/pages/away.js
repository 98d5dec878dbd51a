/** away.js -- where a tab goes when it is told to leave, and comes back from. */
import { now, orders, tellHub } from './hub-words.js';

const tab = new URLSearchParams(location.search).get('tab');
orders(({ to, deed }) => to === tab && deed === 'return' && history.back());
tellHub({ name: 'away', tab, at: now() });
