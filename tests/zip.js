/** zip.js -- a zip of a few texts, stored as they are, for tests. */

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {[number, number][]} fields  [value, bytes] */
function numbers(...fields) {
  return Buffer.concat(
    fields.map(([value, length]) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}

/** @param {Record<string, string | Buffer>} files  by path */
export function makeZip(files) {
  const local = [];
  const directory = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(content);
    const fields = numbers(
      [20, 2], [0x800, 2], [0, 2], [0, 4],
      [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2],
    );
    const member = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, bytes]);
    const place = numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    directory.push(Buffer.from('PK\x01\x02'), numbers([20, 2]), fields, place, name);
    local.push(member);
    at += member.length;
  }
  const entries = Buffer.concat(directory);
  const count = Object.keys(files).length;
  const end = numbers([0, 4], [count, 2], [count, 2], [entries.length, 4], [at, 4], [0, 2]);
  return Buffer.concat([...local, entries, Buffer.from('PK\x05\x06'), end]);
}
