// One valve of a city with all that is known of it, and what a shower hangs on.

import { portion } from "./city-units.js";
import { html, write } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */

/** How many of its sensitivities are listed at once. */
const LARGEST = 4;
/** The part of a shower that its carriers carry. */
const CARRIED = 0.9;
/** What is told of a valve. */
const ROWS = ["pipe", "position", "opening", "carries", "reach", "most"];

/** The sheet. */
export class Sheet {
  /**
   * @param {Words} words
   * @param {{ find: (valve: number) => void, light: (shower: number) => void }} does
   */
  constructor(words, does) {
    this.words = words;
    this.does = does;
    const number = (/** @type {string} */ name, /** @type {(value: number | undefined) => void} */ act) => {
      const input = html("input", { type: "number", class: "number", min: 1, step: 1, "data-act": `city-${name}` });
      input.addEventListener("change", () => act(Number.isInteger(input.valueAsNumber) && input.checkValidity() ? input.valueAsNumber - 1 : undefined));
      return input;
    };
    this.showers = number("shower", (shower) => does.light(shower ?? -1));
    this.valves = number("valve", (valve) => valve !== undefined && does.find(valve));
    const none = html("button", { type: "button", "data-act": "city-none" }, words.say("city.shower.none"));
    none.addEventListener("click", () => does.light(-1));
    this.carried = html("p", { class: "carriers", role: "status", "data-city": "carriers" }, words.say("city.carriers.none"));
    this.cells = ROWS.map((name) => html("dd", { "data-valve": name }, "–"));
    this.list = html("ol", { class: "largest" });
    this.body = html("tbody");
    const column = (/** @type {string} */ name) => html("th", { scope: "col", class: "number" }, words.say(`city.valve.${name}`));
    this.all = html(
      "details",
      {},
      html("summary", {}, words.say("city.valve.all")),
      html("div", { class: "scrolls", tabindex: 0, role: "group", "aria-label": words.say("city.valve.all") }, html("table", {}, html("thead", {}, html("tr", {}, column("shower"), column("sensitivity"))), this.body)),
    );
    this.all.addEventListener("toggle", () => this.#fill());
    this.none = html("p", { class: "note none" }, words.say("city.valve.none"));
    this.known = html("div", { class: "known" }, html("dl", {}, ...ROWS.map((name, row) => html("div", {}, html("dt", {}, words.say(`city.valve.${name}`)), this.cells[row]))), html("p", { class: "note" }, words.say("city.valve.largest")), this.list);
    this.element = html(
      "div",
      { class: "sheet-of" },
      html("div", { class: "line" }, html("label", {}, words.say("city.shower"), " ", this.showers), none),
      this.carried,
      html("div", { class: "line" }, html("label", {}, words.say("city.valve"), " ", this.valves)),
      html("div", { class: "valve-card", "data-city": "valve" }, this.none, this.known, this.all),
    );
    /** @type {any} */
    this.valve = undefined;
    this.show(undefined);
  }

  /** Another city. @param {number} showers */
  begin(showers) {
    this.showers.max = String(showers);
  }

  /** A shower is lit, or none. @param {number} shower */
  light(shower) {
    this.showers.value = shower < 0 ? "" : String(shower + 1);
    if (shower < 0) write(this.carried, this.words.say("city.carriers.none"));
  }

  /** How many valves carry a shower. @param {number} shower @param {number} count @param {number} all */
  tell(shower, count, all) {
    const { words } = this;
    write(this.carried, words.say("city.carriers", { count: words.count(count), part: portion(words, count / all), most: portion(words, CARRIED), shower: words.count(shower + 1) }));
  }

  /** Shows a valve, or none. @param {any} valve @param {Uint32Array} [sizes] of the city */
  show(valve, sizes) {
    this.valve = valve;
    this.element.classList.toggle("empty", valve === undefined);
    this.none.setAttribute("aria-hidden", String(valve !== undefined));
    if (valve && sizes) {
      const { words } = this;
      const node = (/** @type {number} */ level, /** @type {number} */ index) => {
        const number = words.count(index + 1);
        if (level === 0) return words.say("city.pump", { number });
        if (level === sizes.length - 1) return words.say("city.shower.at", { number });
        return words.say("city.junction", { number, level: words.count(level) });
      };
      const pipe = words.say("city.pipe", { from: node(valve.layer, valve.from), to: node(valve.layer + 1, valve.to) });
      const texts = [pipe, words.number(valve.position), words.fine(valve.opening), words.fine(valve.carried), words.number(valve.reach), node(sizes.length - 1, valve.most)];
      this.cells.forEach((cell, row) => write(cell, texts[row]));
      if (this.valves !== this.#focused) this.valves.value = String(valve.index + 1);
      const largest = Array.from(valve.sensitivities, (value, shower) => ({ value, shower }));
      largest.sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
      const items = largest.slice(0, LARGEST).map(({ value, shower }) => html("li", {}, words.say("city.valve.item", { shower: words.count(shower + 1), value: words.fine(value) })));
      this.list.replaceChildren(...items);
    }
    this.#fill();
  }

  /** The field that has the focus. */
  get #focused() {
    return /** @type {ShadowRoot | Document} */ (this.element.getRootNode()).activeElement;
  }

  /** Fills the table, where it is open. */
  #fill() {
    if (!this.all.open) return;
    const { words, valve } = this;
    const rows = Array.from(/** @type {Float64Array} */ (valve?.sensitivities ?? []), (value, shower) =>
      html("tr", {}, html("th", { scope: "row", class: "number" }, words.count(shower + 1)), html("td", { class: "number" }, words.fine(value))),
    );
    this.body.replaceChildren(...rows);
  }
}
