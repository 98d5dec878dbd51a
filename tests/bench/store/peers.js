/**
 * peers.js -- one door to each program that store.mjs measures, in a worker:
 *
 *   open(name), exec(sql), close()   throw when SQLite says so
 *
 * All of them run the text of a statement through sqlite3_exec, so that no
 * wrapper is measured.
 */

/** Our build of SQLite over core/store/opfs.{c,js} and the reader's storage. */
async function capsa() {
  const [{ default: createCore }, { openStorage }] = await Promise.all([
    import('./core/bench-store.mjs'),
    import('./web/engine/storage.js'),
  ]);
  const storage = await openStorage();
  if (storage.kind !== 'opfs') throw new Error(`no file system: ${storage.reason}`);
  const wasmBinary = await (await fetch('./core/bench-store.wasm')).arrayBuffer();
  const core = await createCore({ capsaFiles: storage.files, wasmBinary });
  const check = (/** @type {number} */ code) => {
    if (code) throw new Error(`SQLite code ${code}`);
  };
  const lend = (/** @type {string} */ text, /** @type {(ptr: number) => number} */ use) => {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const ptr = core._malloc(bytes.length);
    core.HEAPU8.set(bytes, ptr);
    try {
      check(use(ptr));
    } finally {
      core._free(ptr);
    }
  };
  return {
    open: () => lend(storage.path, core._bench_open),
    exec: (/** @type {string} */ sql) => lend(sql, core._bench_exec),
    close: () => check(core._bench_close()),
  };
}

/** The official build with its pool of sync handles. */
async function sahpool() {
  const { default: init } = await import('./sahpool/index.mjs');
  const sqlite3 = await init();
  const pool = await sqlite3.installOpfsSAHPoolVfs({});
  /** @type {any} */
  let db;
  return {
    open(/** @type {string} */ name) {
      db = new pool.OpfsSAHPoolDb(`/${name}`);
    },
    exec(/** @type {string} */ sql) {
      const scope = sqlite3.wasm.scopedAllocPush();
      try {
        const code = sqlite3.wasm.exports.sqlite3_exec(db.pointer, sqlite3.wasm.scopedAllocCString(sql), 0, 0, 0);
        if (code) throw new Error(`SQLite code ${code}`);
      } finally {
        sqlite3.wasm.scopedAllocPop(scope);
      }
    },
    close: () => db.close(),
  };
}

export const peers = { capsa, sahpool };
