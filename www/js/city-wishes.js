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
  law: ["share", "throttle"],
  error: ["absolute", "squared"],
};
/** What one types. */
const NUMBERS = ["range", "batch", "pace", "seed"];
/** What a scenario says of the sizes. */
const SIZED = /(?:^|&)city=([\d,]+)/;
/** Seeds are whole numbers below this. */
const SEEDS = 2 ** 32;

/** The sizes of the city of a lab. @param {Lab} lab */
export function sizes(lab) {
  return SIZED.exec(lab.scenario())?.[1] ?? SIZES.whole;
}

/** What a city is set to, as far as it is a city's. @param {Lab} lab */
export function wished(lab) {
  return [...Object.keys(CHOICES), ...NUMBERS].map((key) => `${key}=${lab.get(key)}`).join("&") + sizes(lab);
}

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
    const menu = (/** @type {string} */ key, /** @type {[string, string][]} */ options, set = asks.set) => {
      const select = html("select", { "data-setting": key }, ...options.map(([value, text]) => html("option", { value }, text)));
      select.addEventListener("change", () => set(key, select.value));
      return select;
    };
    // Sizes are a list in the scenario, and no key.
    const resize = (/** @type {string} */ key, /** @type {string} */ value) => {
      const others = asks.lab()?.scenario().split("&").filter((pair) => pair !== "" && !pair.startsWith(`${key}=`)) ?? [];
      asks.stage([...others, `${key}=${value}`].join("&"));
    };
    this.size = menu("city", Object.entries(SIZES).map(([name, sizes]) => [sizes, words.say(`city.size.${name}`)]), resize);
    /** A size of none of these. */
    this.other = html("option");
    /** @type {Map<string, HTMLSelectElement>} */
    this.menus = new Map(Object.entries(CHOICES).map(([key, values]) => [key, menu(key, values.map((value) => [value, words.say(`${key}.${value}`)]))]));
    this.fields = NUMBERS.map((key) => new NumberField(key, {}, (name, text) => asks.set(name, text)));
    // A number only that nobody has to think of.
    const anew = html("button", { type: "button", class: "tool", title: words.say("city.seed.new"), "aria-label": words.say("city.seed.new"), "data-act": "city-seed", "data-chosen": "seed" }, "⟳");
    anew.addEventListener("click", () => asks.set("seed", String(crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS)));
    const named = (/** @type {[string, HTMLSelectElement]} */ [key, select]) => field(key, words.say(`set.${key}`), select);
    const [range, batch, pace, seed] = this.fields.map(({ input }) => input);
    this.element = html(
      "div",
      { class: "wishes", role: "group", "aria-label": words.say("city.settings") },
      ...[...this.menus].slice(0, 3).map(named),
      field("city", words.say("city.size"), this.size),
      ...[...this.menus].slice(3).map(named),
      field("range", words.say("set.range"), range),
      field("batch", words.say("set.batch"), batch),
      field("pace", words.say("set.pace"), pace),
      html("div", { class: "with" }, field("seed", words.say("set.seed"), seed), anew),
    );
  }

  /** @param {Lab} lab */
  show(lab) {
    const wanted = sizes(lab);
    if (Object.values(SIZES).some((known) => known === wanted)) this.other.remove();
    else {
      this.other.value = wanted;
      this.other.textContent = wanted.replaceAll(",", " · ");
      this.size.append(this.other);
    }
    this.size.value = wanted;
    for (const [key, select] of this.menus) select.value = lab.get(key) ?? CHOICES[key][0];
    for (const field of this.fields) field.show(this.words.typed(field.name, Number(lab.get(field.name) ?? 1)));
  }
}
