// Words and numbers in the reader's language. Words live in locales/*.json.

/** The language in which nothing is missing. */
const fallback = "en";
/** The languages in locales/. */
const languages = [fallback];

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

/** A file of words, fetched once. @type {Map<string, () => Promise<Record<string, string>>>} */
const loaders = new Map(
  languages
    .flatMap((language) => [language, `first/${language}`])
    .map((file) => [
      file,
      once(async () => {
        const answer = await fetch(new URL(`../locales/${file}.json`, import.meta.url));
        if (!answer.ok) throw new Error(`locales/${file}.json: ${answer.status}`);
        return answer.json();
      }),
    ]),
);

/**
 * A language tag that Intl accepts, of a language that there are words in.
 * @param {string} text
 */
function known(text) {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    return tag && languages.includes(tag.split("-")[0]) ? tag : fallback;
  } catch {
    return fallback; // not a language tag at all
  }
}

/** At most 40 characters of a text, so that a sentence about it stays a sentence. @param {string} text */
function short(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Words and numbers of one language. */
export class Words {
  /**
   * @param {string} locale
   * @param {Record<string, string>} words
   * @param {Record<string, string>} others English, for what is missing
   */
  constructor(locale, words, others) {
    this.locale = locale;
    this.words = { ...others, ...words };
    /** @param {string} language @param {Intl.NumberFormatOptions} options */
    const format = (language, options) => new Intl.NumberFormat(language, options);
    const digits = (/** @type {number} */ count) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
    this.two = format(locale, digits(2));
    this.four = format(locale, digits(4));
    this.plain = format(locale, { maximumSignificantDigits: 4 });
    this.whole = format(locale, { maximumFractionDigits: 0 });
    this.share = format(locale, { style: "percent", ...digits(1), signDisplay: "exceptZero" });
    this.scientific = format(locale, { notation: "scientific", maximumSignificantDigits: 2 });
    // What one types has a decimal point in every language.
    this.typedPosition = format(fallback, { ...digits(2), useGrouping: false });
    this.typedNumber = format(fallback, { maximumSignificantDigits: 6, useGrouping: false });
    this.plural = new Intl.PluralRules(locale);
  }

  /**
   * The words of a language, English where there are none.
   * @param {string} locale
   * @param {boolean} [whole] all of them, and not only what handles, pipes and the chain say
   */
  static async in(locale, whole = true) {
    const tag = known(locale);
    const load = async (/** @type {string} */ language) => (await loaders.get(whole ? language : `first/${language}`)?.()) ?? {};
    return new Words(tag, await load(tag.split("-")[0]), await load(fallback));
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  say(key, values = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /**
   * A number with two decimals, or four where two would show next to nothing.
   * @param {number} value
   */
  number(value) {
    const size = Math.abs(value);
    const text = (size > 0 && size < 0.0995 ? this.four : this.two).format(value);
    // A zero has no sign; a minus is as wide as a plus.
    return text.replace(/[-−]/, size < 0.00005 ? "" : "−");
  }

  /**
   * A setting, as short as it can be.
   * @param {number} value
   */
  setting(value) {
    return this.plain.format(value);
  }

  /**
   * A part of a whole, with its sign.
   * @param {number} value
   */
  percent(value) {
    return this.share.format(value).replace("-", "−");
  }

  /**
   * A number next to nothing, as a power of ten.
   * @param {number} value
   */
  tiny(value) {
    const raised = (/** @type {string} */ power) => power.replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
    return this.scientific.format(value).replace(/E(-?\d+)/, (_, power) => ` × 10${raised(power)}`);
  }

  /**
   * A number of things.
   * @param {number} value
   */
  count(value) {
    return this.whole.format(value);
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
  complaint({ key, given, reason, used, count, least, most, names, preset }) {
    const comma = reason === "number" && /^[^,]*\d,\d+$/.test(given);
    const number = used !== undefined && used !== "" && Number.isFinite(Number(used));
    return this.say(comma ? "complaint.comma" : `complaint.${reason}`, {
      given: `${short(key)}=${short(given)}`,
      used: number ? this.typedNumber.format(Number(used)) : (used ?? ""),
      count: count?.toString() ?? "",
      least: least?.toString() ?? "",
      most: most?.toString() ?? "",
      names: names?.join(", ") ?? "",
      preset: preset ?? "",
    });
  }
}
