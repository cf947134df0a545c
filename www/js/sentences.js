// What the engine found out about a run, as sentences.

/** @typedef {import("./words.js").Words} Words */

/** Numbers that count something. */
const COUNTS = ["step", "steps", "crossings", "from", "to", "arrives", "needed", "turns", "left", "most", "readings", "valves", "probes", "sweeps", "paths", "showers", "seeds"];
/** Numbers that one sets, or that are as short as those. */
const SETTINGS = ["rate", "pressure", "angle", "size"];

/**
 * Numbers of the engine as texts: counts and settings as they are, others with two decimals or four. What a number is
 * stands before the first `_` of its name.
 * @param {Words} words
 * @param {Record<string, any>} values
 * @param {boolean} [fine] whether what is next to nothing is a power of ten, and no row of zeros
 * @returns {Record<string, string>}
 */
export function texts(words, values, fine = false) {
  const text = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (typeof value !== "number") return String(value);
    const [kind] = name.split("_");
    if (COUNTS.includes(kind)) return words.count(value);
    return SETTINGS.includes(kind) ? words.setting(value) : fine ? words.fine(value) : words.number(value);
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(name, value)]));
}

/**
 * Why a verdict is what it is, as a sentence with its numbers.
 * @param {Words} words
 * @param {{ name: string, numbers: Record<string, number> }} verdict
 */
export function why(words, { name, numbers }) {
  const has = (/** @type {string} */ key) => numbers[key] !== undefined;
  let form = "why";
  if (name === "blowing-up" && numbers.crossings === 0) form = "away";
  if (name === "crawling" && !has("needed")) form = "not";
  if (name === "at-stop") form = has("m") && has("h") ? "both" : has("m") ? "m" : "h";
  if (name === "out-of-reach" && !has("pressure")) form = "ever";
  return words.say(`verdict.${name}.${form}`, texts(words, numbers));
}

/**
 * What would help, as a sentence.
 * @param {Words} words
 * @param {Record<string, any>} remedy
 */
export function help(words, remedy) {
  const optimizer = remedy.optimizer ? words.say(`optimizer.${remedy.optimizer}`) : "";
  const values = { ...texts(words, remedy), optimizer };
  if (remedy.times === 0.5) return words.say("remedy.rate.half", values);
  if (remedy.times === 2) return words.say("remedy.rate.double", values);
  return words.say(`remedy.${remedy.change}`, values);
}

/**
 * How many steps were made.
 * @param {Words} words
 * @param {number} count
 */
export function steps(words, count) {
  const key = `run.count.${count === 0 ? "zero" : words.plural.select(count)}`;
  return words.say(key in words.words ? key : "run.count.other", { count: words.count(count) });
}
