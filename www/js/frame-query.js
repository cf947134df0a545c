// What a frame's address says: the attributes of its figure, what is the frame's own, and the scenario.

/** The attributes of the figure that an author may give. */
export const ATTRIBUTES = ["figure", "challenge", "controls", "locked", "locale", "theme", "motion", "label", "readonly", "no-links", "parts", "large", "prompt"];
/** Attributes that are there or not. */
const SWITCHES = ["challenge", "readonly", "no-links"];
/** What switches one off. */
const OFF = ["off", "no", "false", "0"];
/** Whether and how a frame tells its height. */
const RESIZE = ["off", "on", "lti"];
/** The most characters of a value. */
const MOST = 2000;

/** The figures that the small file has inside: what needs the course, the city or a worker is in the other. */
export const SMALL = ["shower", "chain", "passes", "landscape", "curves", "history", "race"];

/**
 * The file that shows a figure.
 * @param {string | null} figure
 * @param {boolean} challenged whether it ends in its challenge
 */
export function file(figure, challenged) {
  return figure !== null && SMALL.includes(figure) && !challenged ? "embed.html" : "embed-all.html";
}

/**
 * A complaint, as the engine makes them.
 * @typedef {{ key: string, given: string, reason: string, names?: string[], used?: string }} Complaint
 */

/**
 * What a query says.
 * @typedef {object} Asked
 * @property {Map<string, string>} attributes
 * @property {string} scenario
 * @property {string} resize off, on or lti
 * @property {string | undefined} origin of the page round the frame, or `*`; where a wrong one is given, nobody is spoken with
 * @property {Complaint[]} complaints
 */

/** A part of a query as text; as it is where it is no encoding. @param {string} text */
function decoded(text) {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/**
 * Reads a query. The scenario's part stays as it was written: the engine reads it.
 * @param {string} query
 * @returns {Asked}
 */
export function asked(query) {
  /** @type {Asked} */
  const found = { attributes: new Map(), scenario: "", resize: RESIZE[0], origin: "*", complaints: [] };
  /** @type {string[]} */
  const rest = [];
  for (const pair of query.replace(/^\?/, "").split("&")) {
    if (pair === "") continue;
    const [name, ...values] = pair.split("=");
    const key = decoded(name);
    const value = decoded(values.join("=")).slice(0, MOST);
    if (ATTRIBUTES.includes(key)) attribute(found, key, value);
    else if (key === "resize") found.resize = resize(found, value);
    else if (key === "origin") found.origin = origin(found, value);
    else rest.push(pair);
  }
  found.scenario = rest.join("&");
  return found;
}

/** @param {Asked} found @param {string} key @param {string} value */
function attribute({ attributes }, key, value) {
  if (!SWITCHES.includes(key)) attributes.set(key, value);
  else if (OFF.includes(value)) attributes.delete(key);
  else attributes.set(key, "");
}

/** @param {Asked} found @param {string} value */
function resize({ complaints }, value) {
  if (RESIZE.includes(value)) return value;
  complaints.push({ key: "resize", given: value, reason: "choice", names: RESIZE, used: RESIZE[0] });
  return RESIZE[0];
}

/** Whom the frame speaks to: an origin as browsers write it. @param {Asked} found @param {string} value */
function origin({ complaints }, value) {
  try {
    const url = new URL(value);
    if (url.origin !== "null" && ["http:", "https:"].includes(url.protocol)) return url.origin;
  } catch {
    // Not an address: said below.
  }
  complaints.push({ key: "origin", given: value, reason: "choice", names: ["https://example.org"], used: "–" });
  return undefined;
}
