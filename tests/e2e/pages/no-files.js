/** no-files.js -- a browser that refuses files, as Firefox in a private window. */
StorageManager.prototype.getDirectory = () =>
  Promise.reject(new DOMException('refused', 'SecurityError'));
