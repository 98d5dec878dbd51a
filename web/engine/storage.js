/** storage.js -- the door to storage/: where the library's files are kept. Runs in the worker. */
export { openStorage } from './storage/choose.js';
export { MemoryHandle } from './storage/memory.js';
export { openOutside, Outside } from './storage/outside.js';
export { memoryStorage, Storage } from './storage/places.js';
export { EXPORT, PART } from './storage/copies.js';
