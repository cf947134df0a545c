// How long something takes, how much memory, and parts of a whole, in the reader's language.

/** @typedef {import("./words.js").Words} Words */

/** Units of time, each with its seconds, and how many of them are counted in it. @type {[string, number, number][]} */
const TIMES = [["millisecond", 0.001, 1000], ["second", 1, 120], ["minute", 60, 120], ["hour", 3600, 48], ["day", 86_400, 700], ["year", 31_557_600, Infinity]];

/**
 * @param {Words} words
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
function format({ locale }, value, options) {
  // The digits of all other numbers: words.js.
  return new Intl.NumberFormat(new Intl.Locale(locale, { numberingSystem: "latn" }), options).format(value);
}

/** How long something takes. @param {Words} words @param {number} seconds */
export function time(words, seconds) {
  const [unit, size] = TIMES.find(([, size, most]) => seconds < size * most) ?? TIMES[TIMES.length - 1];
  return format(words, seconds / size, { style: "unit", unit, unitDisplay: "long", maximumSignificantDigits: 3 });
}

/** How much memory something takes. @param {Words} words @param {number} bytes */
export function memory(words, bytes) {
  return format(words, bytes / 1e6, { style: "unit", unit: "megabyte", unitDisplay: "short", maximumSignificantDigits: 3 });
}

/** A part of a whole. @param {Words} words @param {number} value */
export function portion(words, value) {
  return format(words, value, { style: "percent", maximumSignificantDigits: 2 });
}
