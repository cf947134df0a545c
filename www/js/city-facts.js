// The numbers of a city: what it has learned beside what it was, and what its work takes here.

import { memory, time } from "./city-units.js";
import { html, write } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */

/** What is measured, trained and untrained. */
const MEASURES = ["error", "reach", "information"];
/** What the work takes. */
const COSTS = ["valves", "memory", "pace", "sweeps"];

/** The numbers. */
export class Facts {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const cell = (/** @type {string} */ name) => html("td", { class: "number", "data-city": name }, "–");
    this.now = MEASURES.map((name) => cell(name));
    this.untrained = MEASURES.map((name) => cell(`untrained-${name}`));
    this.costs = COSTS.map((name) => html("dd", { class: "number", "data-city": name }, "–"));
    this.probing = html("p", { class: "probing", "data-city": "probing" });
    const head = html("tr", {}, html("td"), ...["now", "untrained"].map((name) => html("th", { scope: "col", class: "number" }, words.say(`city.${name}`))));
    const rows = MEASURES.map((name, row) => html("tr", {}, html("th", { scope: "row" }, words.say(`city.measure.${name}`)), this.now[row], this.untrained[row]));
    this.element = html(
      "div",
      { class: "facts" },
      html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows)),
      html("dl", {}, ...COSTS.map((name, index) => html("div", {}, html("dt", {}, words.say(`city.cost.${name}`)), this.costs[index]))),
      this.probing,
    );
  }

  /** Another city. @param {{ valves: number }} made */
  begin({ valves }) {
    const { words } = this;
    const texts = [words.count(valves), "–", "–", "–"];
    this.costs.forEach((cost, index) => write(cost, texts[index]));
  }

  /** @param {any} state of the line */
  show({ now, untrained, bytes, pace, sweeps, both, probing }) {
    const { words } = this;
    const number = (/** @type {number} */ value) => (Number.isNaN(value) ? "–" : words.fine(value));
    MEASURES.forEach((name, row) => {
      write(this.now[row], number(now[name]));
      write(this.untrained[row], number(untrained[name]));
    });
    const [, room, speed, ratio] = this.costs;
    write(room, memory(words, bytes));
    write(speed, Number.isNaN(pace) ? "–" : pace < 10 ? words.number(pace) : words.count(pace));
    write(ratio, Number.isNaN(sweeps) ? "–" : words.setting(Number(sweeps.toPrecision(2))));
    const said = Number.isNaN(both)
      ? words.say("city.probing.alone", { probing: time(words, probing) })
      : words.say("city.probing", { probing: time(words, probing), both: time(words, both) });
    write(this.probing, said);
  }
}
