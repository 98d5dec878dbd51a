/**
 * node-files.js -- the core's files (core/store/opfs.h) on Node's disk: put
 * before the core with `emcc --pre-js` in the command line and the unit tests
 * that are built as wasm.
 *
 * A missing file is made only when it is opened for that. One that is left
 * empty is taken away when it is closed, so that a deleted journal leaves no
 * name behind.
 */
Module['capsaFiles'] = (() => {
  const fs = require('fs');
  globalThis.crypto ??= require('crypto').webcrypto; // Node 18

  function descriptor(name, create) {
    try {
      return fs.openSync(name, 'r+');
    } catch (e) {
      if (e.code === 'ENOENT') return create ? fs.openSync(name, 'wx+') : null;
      if (e.code === 'EACCES' || e.code === 'EROFS') return fs.openSync(name, 'r');
      throw e.code === 'EISDIR' ? Object.assign(new Error(e.message), { name: 'TypeMismatchError' }) : e;
    }
  }

  function quota(e) {
    return e.code === 'ENOSPC' || e.code === 'EDQUOT'
      ? Object.assign(new Error(e.message), { name: 'QuotaExceededError' })
      : e;
  }

  class NodeHandle {
    constructor(name, fd) {
      this.name = name;
      this.fd = fd;
    }
    read(view, { at }) {
      return fs.readSync(this.fd, view, 0, view.length, at);
    }
    write(view, { at }) {
      try {
        return fs.writeSync(this.fd, view, 0, view.length, at);
      } catch (e) {
        throw quota(e);
      }
    }
    truncate(size) {
      fs.ftruncateSync(this.fd, size);
    }
    flush() {
      fs.fsyncSync(this.fd);
    }
    getSize() {
      return fs.fstatSync(this.fd).size;
    }
    close() {
      const isEmpty = this.getSize() === 0;
      fs.closeSync(this.fd);
      if (isEmpty) fs.rmSync(this.name, { force: true });
    }
  }

  return {
    open(name, create) {
      const fd = descriptor(name, create);
      return fd === null ? null : new NodeHandle(name, fd);
    },
  };
})();
