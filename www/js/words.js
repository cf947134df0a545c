// Words and numbers in the reader's language. Words live in locales/*.json.

import * as assets from "./assets.js";

/** The language of those who read none of the others; of what is typed; and of a word that another has not. */
const fallback = "en";
/** The languages in locales/. */
const languages = [fallback, "es", "zh", "ar"];
/** Those that are written from right to left. */
const leftward = ["ar"];
/** What a language is called where its tag alone leaves the script open. @type {Record<string, string>} */
const scripts = { zh: "zh-Hans" };
/** Signs without a shape that Intl puts round minus and percent; each text gets its direction as a whole. */
const MARKS = /[\u200e\u200f\u061c]/g;
/** What stands between these has a direction of its own: that of its first letter, of a number rightward. */
const [APART, TOGETHER] = ["\u2068", "\u2069"];

/**
 * Does something once, and again only where it failed.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {() => Promise<T>}
 */
export function once(act) {
  /** @type {Promise<T> | undefined} */
  let done;
  return () => {
    done ??= act().catch((error) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}

/** What is said: the levels of the engine (engine.js), and beside them what a city says, alone or in the course. */
export const CITY = 3;
export const CITY_COURSE = 4;
/** And what the button says that shares a figure; its panel says one more. */
export const SHARE = 5;
/** What the page of a class says. */
export const CLASS = 7;
/** The folders of the words that come with each: a first figure's; the lab's; the course's; the city's; those of sharing; a class's. */
const levels = [["first/"], [""], ["", "course/"], ["first/", "city/"], ["", "course/", "city/"], ["share/"], ["", "city/", "share/"], ["", "class/"]];
/** A file of words, fetched once. @type {Map<string, () => Promise<Record<string, string>>>} */
const loaders = new Map(
  languages
    .flatMap((language) => [...new Set(levels.flat())].map((folder) => folder + language))
    .map((file) => [
      file,
      once(() => assets.words(file)),
    ]),
);

/** The language of a tag. @param {string} tag */
const tongue = (tag) => tag.split("-")[0];

/**
 * A language tag that Intl accepts, of a language that there are words in.
 * @param {string} text
 */
function known(text) {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    return tag && languages.includes(tongue(tag)) ? tag : fallback;
  } catch {
    return fallback; // not a language tag at all
  }
}

/**
 * What an element says of the language that a locale stands for: its attributes `lang` and `dir`.
 * @param {string} locale
 */
export function written(locale) {
  const tag = known(locale);
  return { lang: scripts[tongue(tag)] ?? tag, dir: leftward.includes(tongue(tag)) ? "rtl" : "ltr" };
}

/** A number or a sign of Intl's, with a minus as wide as a plus. @param {string} text */
const plain = (text) => text.replace(MARKS, "").replace(/-/g, "−");

/** At most 40 characters of a text, so that a sentence about it stays a sentence. @param {string} text */
function short(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Words and numbers of one language. */
export class Words {
  /**
   * @param {string} locale
   * @param {Record<string, string>} words
   */
  constructor(locale, words) {
    this.locale = locale;
    this.words = words;
    const { lang, dir } = written(locale);
    this.lang = lang;
    this.dir = dir;
    // The same digits everywhere: what one types, formulas and powers of ten have those of Latin in every
    // language, and a number that is shown in others (as for Egypt) could not be compared with them.
    const pinned = new Intl.Locale(locale, { numberingSystem: "latn" });
    /** @param {Intl.Locale | string} language @param {Intl.NumberFormatOptions} options */
    const format = (language, options) => new Intl.NumberFormat(language, options);
    const digits = (/** @type {number} */ count) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
    this.two = format(pinned, digits(2));
    this.four = format(pinned, digits(4));
    this.plain = format(pinned, { maximumSignificantDigits: 4 });
    this.whole = format(pinned, { maximumFractionDigits: 0 });
    this.share = format(pinned, { style: "percent", ...digits(1), signDisplay: "exceptZero" });
    this.scientific = format(pinned, { notation: "scientific", maximumSignificantDigits: 2 });
    // What one types has a decimal point in every language.
    this.typedPosition = format(fallback, { ...digits(2), useGrouping: false });
    this.typedNumber = format(fallback, { maximumSignificantDigits: 6, useGrouping: false });
    this.plural = new Intl.PluralRules(locale);
  }

  /**
   * The words of a language; English where they cannot be had. A built page has no language in which a word
   * is missing: xtask/words.mjs puts English in its place, so that nobody waits for two.
   * @param {string} locale
   * @param {number} level of the engine that says them
   */
  static async in(locale, level) {
    const tag = known(locale);
    const load = async (/** @type {string} */ language) => {
      const files = await Promise.all(levels[level].map((folder) => loaders.get(folder + language)?.()));
      return Object.assign({}, ...files);
    };
    try {
      return new Words(tag, await load(tongue(tag)));
    } catch (error) {
      if (tongue(tag) === fallback) throw error;
      return new Words(fallback, await load(fallback));
    }
  }

  /**
   * A text with its places filled. From right to left, what fills a place is kept apart: else the minus of a
   * number would stand behind it.
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  say(key, values = {}) {
    const apart = (/** @type {string} */ value) => (this.dir === "rtl" && value !== "" ? APART + value + TOGETHER : value);
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : apart(values[name])));
  }

  /**
   * A number with two decimals, or four where two would show next to nothing.
   * @param {number} value
   */
  number(value) {
    const size = Math.abs(value);
    const text = plain((size > 0 && size < 0.0995 ? this.four : this.two).format(value));
    // A zero has no sign.
    return size < 0.00005 ? text.replace("−", "") : text;
  }

  /**
   * A change, with its sign.
   * @param {number} value
   */
  change(value) {
    const text = this.number(value);
    return value > 0 && text !== this.number(0) ? `+${text}` : text;
  }

  /**
   * A setting, as short as it can be.
   * @param {number} value
   */
  setting(value) {
    return plain(this.plain.format(value));
  }

  /**
   * A part of a whole, with its sign.
   * @param {number} value
   */
  percent(value) {
    return plain(this.share.format(value));
  }

  /**
   * A number next to nothing, as a power of ten.
   * @param {number} value
   */
  tiny(value) {
    const raised = (/** @type {string} */ power) => power.replace("−", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
    return plain(this.scientific.format(value)).replace(/E(−?\d+)/, (_, power) => ` × 10${raised(power)}`);
  }

  /**
   * A number of a figure: two decimals, up to four where it is small, and a power of ten where it is next to
   * nothing.
   * @param {number} value
   */
  fine(value) {
    const size = Math.abs(value);
    if (size > 0 && size < 0.00095) return `${value < 0 ? "−" : ""}${this.tiny(size)}`.replaceAll(" ", "\u00a0");
    return this.number(value).replace(/(\D\d\d\d*?)0{1,2}$/, "$1");
  }

  /**
   * So many things, in the form that their number wants.
   * @param {(form: string) => string} key of a form
   * @param {number} value
   */
  counted(key, value) {
    const own = key(this.plural.select(value));
    return this.say(own in this.words ? own : key("other"), { count: this.count(value) });
  }

  /**
   * A number of things.
   * @param {number} value
   */
  count(value) {
    return plain(this.whole.format(value));
  }

  /**
   * A number as one types it: a position with two decimals, anything else as it is.
   * @param {string} name
   * @param {number} value
   */
  typed(name, value) {
    return (name === "m" || name === "h" ? this.typedPosition : this.typedNumber).format(value);
  }

  /**
   * A complaint of the engine as a sentence: what was given, what is allowed, what is used.
   * @param {Record<string, any>} complaint
   */
  complaint({ key, given, reason, used, count, least, most, valves, names, preset }) {
    const comma = reason === "number" && /^[^,]*\d,\d+$/.test(given);
    const number = used !== undefined && used !== "" && Number.isFinite(Number(used));
    return this.say(comma ? "complaint.comma" : `complaint.${reason}`, {
      given: `${short(key)}=${short(given)}`,
      used: number ? this.typedNumber.format(Number(used)) : (used ?? ""),
      count: count?.toString() ?? "",
      least: least?.toString() ?? "",
      most: most?.toString() ?? "",
      valves: valves?.toString() ?? "",
      names: names?.join(", ") ?? "",
      preset: preset ?? "",
    });
  }
}
