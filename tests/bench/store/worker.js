/** worker.js -- measure one peer (peers.js) in a fresh worker; answer once. */
import { peers } from './peers.js';

const PARAGRAPHS = 10_000;
const IN_ONE_TRANSACTION = 500;
const COMMITS = 200;
const POINT_READS = 2_000;
const QUERIES = ['fleet', 'fleet treaty', '"the treaty"', 'harb*', 'minister OR admiral'];
const WORDS = (
  'the of and to in that was it for on with as at by fleet treaty minister admiral harbour ' +
  'question answer comrade government station radio joint friendship party army border ' +
  'peace letter meeting island water power plan year month proposal agreement doubt trust'
).split(' ');

/** The same text everywhere: a seeded choice of words. */
function* paragraphs() {
  let state = 1958;
  const pick = () => (state = (state * 1103515245 + 12345) % 2 ** 31);
  for (let n = 0; n < PARAGRAPHS; n++) {
    const words = Array.from({ length: 40 + (pick() >> 16) % 80 }, () => WORDS[(pick() >> 16) % WORDS.length]);
    yield words.join(' ');
  }
}

/** @param {string} journal */
const settings = (journal) => `PRAGMA page_size = 8192; PRAGMA cache_size = -16384;
  PRAGMA journal_mode = ${journal}; PRAGMA synchronous = FULL;`;

const SETUP = `DROP TABLE IF EXISTS note; DROP TABLE IF EXISTS passage_fts; DROP TABLE IF EXISTS passage;
  CREATE TABLE passage (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE passage_fts USING fts5 (text, content = 'passage', content_rowid = 'id');
  CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;`;

/** Workloads in order; each gets the peer. */
const WORK = {
  'bulk insert with FTS'(/** @type {any} */ { exec }) {
    let batch = [];
    const put = () => {
      const rows = batch.map((text) => `('${text}')`).join(',');
      exec(`BEGIN; INSERT INTO passage (text) VALUES ${rows};
        INSERT INTO passage_fts (rowid, text) SELECT id, text FROM passage ORDER BY id DESC LIMIT ${batch.length}; COMMIT`);
      batch = [];
    };
    for (const text of paragraphs()) if (batch.push(text) === IN_ONE_TRANSACTION) put();
  },
  '200 single-row commits'(/** @type {any} */ { exec }) {
    for (let n = 0; n < COMMITS; n++) exec(`INSERT INTO note (text) VALUES ('a note, number ${n}')`);
  },
  'point reads'(/** @type {any} */ { exec }) {
    for (let n = 0; n < POINT_READS; n++) exec(`SELECT text FROM passage WHERE id = ${1 + ((n * 7919) % PARAGRAPHS)}`);
  },
  'FTS queries'(/** @type {any} */ { exec }) {
    for (const query of QUERIES) {
      exec(`SELECT rowid, snippet(passage_fts, 0, '[', ']', '…', 16) FROM passage_fts
        WHERE passage_fts MATCH '${query}' ORDER BY rank LIMIT 20`);
    }
  },
  'open and first row'(/** @type {any} */ peer) {
    peer.close();
    peer.open('bench');
    peer.exec('SELECT text FROM passage LIMIT 1');
  },
  'cold scan'(/** @type {any} */ peer) {
    peer.close();
    peer.open('bench');
    peer.exec(`SELECT count(*), sum(length(text)) FROM passage WHERE text LIKE '%no such words%'`);
  },
};

self.onmessage = async ({ data }) => {
  try {
    const { name, journal } = data;
    const peer = await peers[/** @type {keyof typeof peers} */ (name)]();
    const open = peer.open;
    peer.open = (/** @type {string} */ file) => {
      open(file);
      peer.exec(settings(journal));
    };
    peer.open('bench');
    peer.exec(SETUP);
    /** @type {Record<string, number>} */
    const times = {};
    for (const [title, work] of Object.entries(WORK)) {
      const start = performance.now();
      work(peer);
      times[title] = performance.now() - start;
    }
    peer.close();
    self.postMessage({ times });
  } catch (e) {
    self.postMessage({ error: String(e) });
  }
};
