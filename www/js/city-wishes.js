// What a city is set to: its size, its pipes, what its showers want, and how its valves are turned.

import { html } from "./dom.js";
import { NumberField } from "./number.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./words.js").Words} Words */

/** The sizes that one can choose: the whole city, one for telephones, and that of the experiment. */
const SIZES = { whole: "256,1024,1024,512,256", small: "64,256,256,128,64", least: "16,32,32,16" };
/** What one chooses from, by its key. Errors that bend are not a city's. @type {Record<string, string[]>} */
const CHOICES = {
  rule: ["proportion", "equal", "momentum", "adam"],
  demand: ["own", "blend", "constant"],
  error: ["absolute", "squared"],
  law: ["share", "throttle"],
};
/** What one types. */
const NUMBERS = ["batch", "pace", "seed"];
/** The keys of a scenario that are a city's. */
export const KEYS = ["city", ...Object.keys(CHOICES), ...NUMBERS];
/** Seeds are whole numbers below this. */
const SEEDS = 2 ** 32;

/** The settings. */
export class Wishes {
  /**
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(words, asks) {
    this.words = words;
    const field = (/** @type {string} */ key, /** @type {string} */ said, /** @type {Element[]} */ ...inside) =>
      html("label", { class: `field of-${key}`, "data-chosen": key }, html("span", {}, said), ...inside);
    const menu = (/** @type {string} */ key, /** @type {[string, string][]} */ options) => {
      const select = html("select", { "data-setting": key }, ...options.map(([value, text]) => html("option", { value }, text)));
      select.addEventListener("change", () => asks.set(key, select.value));
      return select;
    };
    this.size = menu("city", Object.entries(SIZES).map(([name, sizes]) => [sizes, words.say(`city.size.${name}`)]));
    /** A size of none of these. */
    this.other = html("option");
    /** @type {Map<string, HTMLSelectElement>} */
    this.menus = new Map(Object.entries(CHOICES).map(([key, values]) => [key, menu(key, values.map((value) => [value, key === "error" ? words.say(`error.${value}`) : words.say(`city.${key}.${value}`)]))]));
    this.fields = NUMBERS.map((key) => new NumberField(key, {}, (name, text) => asks.set(name, text)));
    // A number only that nobody has to think of.
    const anew = html("button", { type: "button", class: "tool", title: words.say("city.seed.new"), "aria-label": words.say("city.seed.new"), "data-act": "city-seed", "data-chosen": "seed" }, "⟳");
    anew.addEventListener("click", () => asks.set("seed", String(crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS)));
    const named = (/** @type {[string, HTMLSelectElement]} */ [key, select]) => field(key, key === "error" ? words.say("set.error") : words.say(`city.${key}`), select);
    const [batch, pace, seed] = this.fields.map(({ input }) => input);
    this.element = html(
      "div",
      { class: "wishes", role: "group", "aria-label": words.say("city.settings") },
      ...[...this.menus].slice(0, 2).map(named),
      field("city", words.say("city.size"), this.size),
      ...[...this.menus].slice(2).map(named),
      field("batch", words.say("city.batch"), batch),
      field("pace", words.say("city.pace"), pace),
      html("div", { class: "with" }, field("seed", words.say("city.seed"), seed), anew),
    );
  }

  /** @param {Lab} lab */
  show(lab) {
    const sizes = lab.get("city") ?? SIZES.whole;
    const isKnown = Object.values(SIZES).some((known) => known === sizes);
    if (isKnown) this.other.remove();
    else {
      this.other.value = sizes;
      this.other.textContent = sizes.replaceAll(",", " · ");
      this.size.append(this.other);
    }
    this.size.value = sizes;
    for (const [key, select] of this.menus) select.value = lab.get(key) ?? CHOICES[key][0];
    for (const field of this.fields) field.show(this.words.typed(field.name, Number(lab.get(field.name) ?? 1)));
  }
}
