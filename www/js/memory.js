// What the optimizer remembers: velocity, squares, and the rate that comes of them.

import { html, place, write } from "./dom.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The numbers of a valve. */
const ROWS = ["velocity", "squares", "divisor", "effective"];

/** The memory of the optimizer. */
export class Memory {
  /**
   * @param {Engine} engine
   * @param {Words} words
   */
  constructor(engine, words) {
    this.words = words;
    this.canvas = html("canvas", { class: "marks", role: "img", "aria-label": words.say("memory.picture") });
    this.view = new engine.MemoryView(this.canvas);
    this.sheets = html("div", { class: "sheets" }, this.canvas);
    this.note = html("p", { class: "note" });
    const numbers = ROWS.map((name) =>
      html("tr", {}, html("th", { scope: "row" }, words.say(`memory.${name}`)), ...["m", "h"].map((valve) => html("td", {}, place(`${name}_${valve}`)))),
    );
    const valve = (/** @type {string} */ letter) => html("th", { scope: "col", class: `of-${letter} letter` }, letter);
    this.element = html(
      "section",
      { class: "memory", "aria-label": words.say("memory.title") },
      html("h2", {}, words.say("memory.title")),
      this.note,
      this.sheets,
      html("table", {}, html("thead", {}, html("tr", {}, html("td"), valve("m"), valve("h"))), html("tbody", {}, ...numbers)),
    );
    /** @type {NodeListOf<HTMLElement>} */
    this.numbers = this.element.querySelectorAll("[data-number]");
    this.width = 0;
    this.height = 0;
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, ratio, look);
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    for (const number of this.numbers) write(number, this.words.number(reading[number.dataset.number ?? ""]));
    const rule = lab.get("optimizer");
    write(this.note, this.words.say(`memory.note.${rule}`));
    // Rules that do not divide have no square.
    this.element.classList.toggle("empty", reading.divides === 0);
  }

  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
  }

  portrait() {
    // Without squares there is the table.
    if (this.element.classList.contains("empty")) return this.element;
    return { name: "memory", width: this.width, height: this.height };
  }

  free() {
    this.view.free();
  }
}
