/**
 * node-program.js -- put before a wasm program for Node: its bytes. Left to
 * itself emcc 3.1.6 takes Node's fetch() for a browser's and asks it for a file.
 */
Module['wasmBinary'] = require('fs').readFileSync(
  __filename.replace(/\.cjs$/, '.wasm'),
);
