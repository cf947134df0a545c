// Words and numbers in the reader's language. Words live in locales/*.json.

/** @type {Map<string, Promise<Record<string, string>>>} */
const loaded = new Map();

/** The language in which nothing is missing. */
const fallback = "en";

/** @param {string} locale */
function load(locale) {
  let words = loaded.get(locale);
  if (!words) {
    words = fetch(new URL(`../locales/${locale}.json`, import.meta.url)).then((answer) =>
      answer.ok ? answer.json() : {},
    );
    loaded.set(locale, words);
  }
  return words;
}

/** Words and numbers of one language. */
export class Words {
  /**
   * @param {string} locale
   * @param {Record<string, string>} words
   * @param {Record<string, string>} others
   */
  constructor(locale, words, others) {
    this.locale = locale;
    this.words = words;
    this.others = others;
    /** @param {number} least @param {number} most */
    const format = (least, most) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most });
    this.two = format(2, 2);
    this.four = format(4, 4);
    this.plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
    this.typed = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false });
    this.plural = new Intl.PluralRules(locale);
  }

  /**
   * The words of a language, English where some are missing.
   * @param {string} locale
   */
  static async in(locale) {
    const language = locale.split("-")[0];
    const others = await load(fallback);
    const words = language === fallback ? others : await load(language);
    return new Words(locale, words, others);
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  say(key, values = {}) {
    const text = this.words[key] ?? this.others[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /**
   * A number with two decimals, or four where two would show next to nothing.
   * @param {number} value
   */
  number(value) {
    const size = Math.abs(value);
    const text = (size > 0 && size < 0.0995 ? this.four : this.two).format(value);
    // A zero has no sign; a minus is as wide as a plus.
    return text.replace("-", size < 0.00005 ? "" : "−");
  }

  /**
   * A position, as one types it: with a decimal point in every language.
   * @param {number} value
   */
  position(value) {
    return this.typed.format(value);
  }

  /**
   * A setting, as short as it can be.
   * @param {number} value
   */
  setting(value) {
    return this.plain.format(value);
  }

  /** @param {number} count */
  steps(count) {
    const form = count === 0 ? "zero" : this.plural.select(count);
    const key = `run.count.${form}`;
    return this.say(key in this.words ? key : "run.count.other", { count: this.plain.format(count) });
  }
}
