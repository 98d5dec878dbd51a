/**
 * opfs.js -- the JavaScript half of the VFS (contract: opfs.h), linked into
 * the core with `emcc --js-library`.
 *
 * No exception leaves this file: C cannot catch one, and SQLite would be left
 * in the middle of a transaction. The SQLite codes below are those that
 * sqlite3.h gives these failures.
 */
const library = {
  /** Open files by number; a closed one leaves a hole that is used again. */
  $capsaHandles: [],

  $CapsaCode: {
    OK: 0,
    FULL: 13,
    IOERR_WRITE: 778,
    IOERR_FSYNC: 1034,
    IOERR_TRUNCATE: 1546,
    IOERR_LOCK: 3850,
    IOERR_CLOSE: 4106,
    IOERR_AUTH: 7178,
  },

  /** What a refusal is, whatever was tried. Others, such as InvalidStateError
   * after a sleep, are the failure of what was tried. */
  $capsaRefusals__deps: ['$CapsaCode'],
  $capsaRefusals: function (name) {
    switch (name) {
      case 'QuotaExceededError': return CapsaCode.FULL;
      case 'NoModificationAllowedError': return CapsaCode.IOERR_LOCK;
      case 'SecurityError':
      case 'NotAllowedError': return CapsaCode.IOERR_AUTH;
    }
  },

  /** Run `act` on a handle. */
  $capsaTry__deps: ['$capsaHandles', '$capsaRefusals'],
  $capsaTry: function (file, failure, act) {
    try {
      return act(capsaHandles[file]);
    } catch (e) {
      return capsaRefusals(e && e.name) || failure;
    }
  },

  capsa_js_file_open__deps: ['$capsaHandles'],
  capsa_js_file_open: function (name, create) {
    try {
      const handle = Module['capsaFiles'].open(UTF8ToString(name), !!create);
      if (!handle) return -1;
      const hole = capsaHandles.indexOf(null);
      const file = hole < 0 ? capsaHandles.length : hole;
      capsaHandles[file] = handle;
      return file;
    } catch (e) {
      return e && e.name === 'TypeMismatchError' ? -3 : -2; // a folder
    }
  },

  capsa_js_file_close__deps: ['$capsaHandles', '$capsaTry', '$CapsaCode'],
  capsa_js_file_close: function (file) {
    const code = capsaTry(file, CapsaCode.IOERR_CLOSE, (handle) => {
      handle.close();
      return CapsaCode.OK;
    });
    capsaHandles[file] = null;
    return code;
  },

  capsa_js_file_read__deps: ['$capsaHandles'],
  capsa_js_file_read: function (file, into, amount, at) {
    try {
      return capsaHandles[file].read(HEAPU8.subarray(into, into + amount), { at });
    } catch (e) {
      return -1;
    }
  },

  capsa_js_file_write__deps: ['$capsaTry', '$CapsaCode'],
  capsa_js_file_write: function (file, from, amount, at) {
    return capsaTry(file, CapsaCode.IOERR_WRITE, (handle) => {
      const put = handle.write(HEAPU8.subarray(from, from + amount), { at });
      return put === amount ? CapsaCode.OK : CapsaCode.FULL;
    });
  },

  capsa_js_file_truncate__deps: ['$capsaTry', '$CapsaCode'],
  capsa_js_file_truncate: function (file, size) {
    return capsaTry(file, CapsaCode.IOERR_TRUNCATE, (handle) => {
      handle.truncate(size);
      return CapsaCode.OK;
    });
  },

  capsa_js_file_sync__deps: ['$capsaTry', '$CapsaCode'],
  capsa_js_file_sync: function (file) {
    return capsaTry(file, CapsaCode.IOERR_FSYNC, (handle) => {
      handle.flush();
      return CapsaCode.OK;
    });
  },

  capsa_js_file_size__deps: ['$capsaHandles'],
  capsa_js_file_size: function (file) {
    try {
      return capsaHandles[file].getSize();
    } catch (e) {
      return -1;
    }
  },

  capsa_js_random: function (into, amount) {
    try {
      const bytes = new Uint8Array(amount); // not the heap: Node refuses some views
      for (let at = 0; at < amount; at += 65536) {
        globalThis.crypto.getRandomValues(bytes.subarray(at, at + 65536));
      }
      HEAPU8.set(bytes, into);
      return amount;
    } catch (e) {
      return 0;
    }
  },

  capsa_js_now: function () {
    return Date.now();
  },
};

mergeInto(LibraryManager.library, library);
