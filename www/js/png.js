// What a PNG says of itself: texts in chunks of their own, behind its header (PNG, third edition, 11.3.3).

/** The signature, and the header with its length, name and checksum. */
const HEAD = 8 + 25;

/** Remainders of the checksum, by byte (annex D). */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** @param {Uint8Array} bytes */
function checksum(bytes) {
  return bytes.reduce((rest, byte) => REMAINDERS[(rest ^ byte) & 0xff] ^ (rest >>> 8), 0xffffffff) ^ 0xffffffff;
}

/**
 * A chunk with a text: `tEXt` where its letters are plain, so that every program reads it, or else `iTXt`.
 * @param {string} keyword
 * @param {string} text
 */
function chunk(keyword, text) {
  const plain = /^[\x20-\x7e]*$/.test(text);
  // Between the keyword and a text in UTF-8 stand: not compressed, by no method, in no language, no other keyword.
  const body = new TextEncoder().encode(plain ? `tEXt${keyword}\0${text}` : `iTXt${keyword}\0\0\0\0\0${text}`);
  const bytes = new Uint8Array(body.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length - 4);
  bytes.set(body, 4);
  view.setUint32(body.length + 4, checksum(body));
  return bytes;
}

/**
 * A PNG with texts.
 * @param {Blob} png
 * @param {Record<string, string>} texts by keyword
 */
export function labelled(png, texts) {
  const chunks = Object.entries(texts).map(([keyword, text]) => chunk(keyword, text));
  return new Blob([png.slice(0, HEAD), ...chunks, png.slice(HEAD)], { type: png.type });
}
