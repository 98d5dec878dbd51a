/**
 * fake-indexeddb.js -- as much of IndexedDB as storage/indexed*.js use, in
 * memory: transactions are atomic and run one after another.
 *
 * `disk` is what survives: another fake over the same disk is the browser
 * after it was killed. `refuse(what)` may throw or return an error with which
 * the transaction ends at its completion.
 */

/** Keys in IndexedDB's order: arrays by their members. */
const compare = (a, b) => {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
};

export class FakeKeyRange {
  static bound(lower, upper) {
    return { includes: (key) => compare(lower, key) <= 0 && compare(key, upper) <= 0 };
  }
}

function request(answer) {
  const made = { result: undefined, error: null, onsuccess: null, onerror: null };
  return Object.assign(made, {
    run() {
      made.result = answer();
      made.onsuccess?.({ target: made });
    },
  });
}

class FakeStore {
  #rows;
  #ask;

  constructor(rows, ask) {
    this.#rows = rows;
    this.#ask = ask;
  }

  put(value, key) {
    const copy = structuredClone(value);
    return this.#ask(() => void this.#rows().set(JSON.stringify(key), copy));
  }

  delete(key) {
    const isRange = typeof key?.includes === 'function' && !Array.isArray(key) && typeof key !== 'string';
    const keys = () => (isRange ? this.#found(key).map(([one]) => one) : [key]);
    return this.#ask(() => keys().forEach((one) => this.#rows().delete(JSON.stringify(one))));
  }

  get(key) {
    return this.#ask(() => structuredClone(this.#rows().get(JSON.stringify(key))));
  }

  getAllKeys(range) {
    return this.#ask(() => this.#found(range).map(([key]) => key));
  }

  getAll(range) {
    return this.#ask(() => this.#found(range).map(([, value]) => structuredClone(value)));
  }

  #found(range) {
    const all = [...this.#rows()].map(([key, value]) => [JSON.parse(key), value]);
    return all.filter(([key]) => !range || range.includes(key)).sort(([a], [b]) => compare(a, b));
  }
}

export class FakeIndexedDB {
  databases = async () => (this.disk.stores.size ? [{ name: this.disk.name }] : []);
  refuse = () => null;
  transactions = 0;
  #queue = Promise.resolve();

  constructor(disk = { stores: new Map() }) {
    this.disk = disk;
  }

  open(name) {
    this.disk.name = name;
    const opened = request(() => this.#database());
    setTimeout(() => {
      opened.result = this.#database();
      const error = this.refuse('open');
      if (error) return opened.onerror(Object.assign(opened, { error }));
      if (!this.disk.stores.size) opened.onupgradeneeded();
      opened.run();
    });
    return opened;
  }

  deleteDatabase() {
    const deleted = request(() => this.disk.stores.clear());
    setTimeout(() => deleted.run());
    return deleted;
  }

  #database() {
    this.database ??= {
      createObjectStore: (store) => this.disk.stores.set(store, new Map()),
      transaction: (names, mode, options) => this.#transaction(mode, options),
      close: () => {},
    };
    return this.database;
  }

  #transaction(mode = 'readonly', options = {}) {
    const requests = [];
    let draft; // of its own from when its turn comes
    const ask = (answer) => requests[requests.push(request(answer)) - 1];
    const made = {
      error: null,
      oncomplete: null,
      onabort: null,
      durability: options.durability,
      objectStore: (name) => new FakeStore(() => draft.get(name), ask),
      abort: () => (made.isAborted = true),
    };
    const begin = () => {
      draft = new Map([...this.disk.stores].map(([name, rows]) => [name, new Map(rows)]));
      return draft;
    };
    this.#queue = this.#queue.then(() => this.#run(made, requests, begin(), mode)).catch(() => {});
    return made;
  }

  async #run(made, requests, draft, mode) {
    if (mode === 'readwrite') this.transactions++;
    do {
      while (requests.length && !made.isAborted) requests.shift().run();
      await new Promise((done) => setTimeout(done)); // what its answers ask for
    } while (requests.length && !made.isAborted);
    made.error = mode === 'readwrite' ? this.refuse('complete', made) : null;
    if (made.isAborted || made.error) return made.onabort?.();
    if (mode === 'readwrite') this.disk.stores = draft;
    made.oncomplete?.();
  }
}
