// What the address of the course holds behind the #: where one reads, what was answered, and the way that a
// hand went in the first figure, as in `#ruler&done=shower.ruler&path=turns%3D4:5`.

/** @typedef {{ place: string, done: Set<string>, path: string }} Bookmark */

/** Reads it; what cannot be read is as if it were not there. @param {string} hash @returns {Bookmark} */
export function read(hash) {
  const [place, ...pairs] = hash.replace(/^#/, "").split("&");
  const values = new Map(pairs.map((pair) => /** @type {[string, string]} */ (pair.split(/=(.*)/s).slice(0, 2))));
  return { place, done: new Set(values.get("done")?.split(".").filter(Boolean)), path: decoded(values.get("path") ?? "") };
}

/** Whether it holds more than a place. @param {Bookmark} bookmark */
export function isRich({ done, path }) {
  return done.size > 0 || path !== "";
}

/** Writes it. @param {Bookmark} bookmark */
export function print({ place, done, path }) {
  const way = encodeURIComponent(path).replaceAll("%3A", ":").replaceAll("%2C", ",");
  const pairs = [done.size > 0 && `done=${[...done].join(".")}`, way && `path=${way}`].filter(Boolean);
  return [place, ...pairs].join("&");
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // somebody cut the address
  }
}
