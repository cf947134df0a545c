// The numbers in the text of the course, each worked out by the engine for its scenario.

/** What stands for a number that there is not yet, in a draft. */
const UNKNOWN = '▢';

/** @typedef {{ of: string, scenario: string, digits?: number }} Asked */

/** Asks an engine. */
export class Numbers {
  /**
   * @param {any} engine the module with the classes Lab and Lessons
   * @param {boolean} draft whether numbers may be missing
   * @param {Map<string, Record<string, number>>} told what was told before, by figure and scenario: an experiment takes
   *   seconds
   */
  constructor({ Lab, Lessons }, draft, told = new Map()) {
    this.Lab = Lab;
    this.Lessons = Lessons;
    this.draft = draft;
    this.told = told;
    /** @type {string[]} */
    this.names = Lab.readingNames();
    /** What a draft lacks. @type {Set<string>} */
    this.missing = new Set();
  }

  /**
   * A number as HTML.
   * @param {Asked} asked
   * @param {string} language
   */
  html({ of, scenario, digits }, language) {
    const value = this.value(of, scenario);
    const attributes = { class: 'computed', value: value === undefined ? '' : String(value), 'data-of': of, 'data-scenario': scenario, 'data-digits': digits };
    const written = Object.entries(attributes).map(([name, given]) => (given === undefined ? '' : ` ${name}="${String(given).replaceAll('&', '&amp;')}"`));
    return `<data${written.join('')}>${value === undefined ? UNKNOWN : shown(value, language, digits)}</data>`;
  }

  /**
   * A number; undefined where a draft lacks it.
   * @param {string} of
   * @param {string} scenario
   */
  value(of, scenario) {
    const lab = new this.Lab(scenario);
    try {
      const [complaint] = lab.complaints();
      if (complaint) this.#lack(`the scenario ${scenario} is not understood at ${complaint.key}`);
      const value = this.#find(lab, of);
      if (Number.isFinite(value)) return value;
      this.#lack(`there is no number {${of}@${scenario}}`);
      return undefined;
    } finally {
      lab.free();
    }
  }

  /** A draft goes on without it. @param {string} what */
  #lack(what) {
    if (!this.draft) throw new Error(what);
    this.missing.add(what);
  }

  /**
   * @param {any} lab
   * @param {string} of
   * @returns {number | undefined}
   */
  #find(lab, of) {
    const [, group, name] = /^([\w-]+)\.(\w+)$/.exec(of) ?? [];
    if (group === undefined) return lab.reading()[this.names.indexOf(of)];
    if (group === 'set') return Number(lab.get(name));
    if (group === 'run') return name === 'arrival' ? this.#arrival(lab) : undefined;
    return this.#tell(group, lab)[name];
  }

  /** What a figure tells. @param {string} figure @param {any} lab @returns {Record<string, number>} */
  #tell(figure, lab) {
    const asked = `${figure}@${lab.scenario()}`;
    const told = this.told.get(asked) ?? this.Lessons.numbers(figure, lab);
    this.told.set(asked, told);
    return told;
  }

  /** How many steps a run makes until it arrives. @param {any} lab */
  #arrival(lab) {
    lab.finish();
    return lab.ending() === 'arrived' ? lab.reading()[this.names.indexOf('step')] : undefined;
  }
}

/**
 * A number as a reader of the language writes it: as short as it can be, or with as many decimals as asked for.
 * @param {number} value
 * @param {string} language
 * @param {number} [digits]
 */
export function shown(value, language, digits) {
  const manner = digits === undefined ? { maximumSignificantDigits: 4 } : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  // The same digits everywhere, as in formulas; a minus as wide as a plus, without the signs that give it a
  // direction, because the whole number has one.
  const text = new Intl.NumberFormat(language, { ...manner, numberingSystem: 'latn', signDisplay: 'negative' }).format(value);
  return text.replace(/[\u200e\u200f\u061c]/g, '').replace('-', '−');
}
