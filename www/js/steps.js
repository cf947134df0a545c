// The table of the run, step by step; and the run as a file.

import { html, write } from "./dom.js";
import { tableSavers } from "./save.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** Rows round the step of now that are shown; a file has them all. */
const BEFORE = 60;
const ROWS = 120;

/** The quantity of a column, whose colour it has. */
const COLORS = ["", "m", "h", "x", "y", "E", "m", "h"];

/** The table. */
export class Steps {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    this.words = words;
    this.asks = asks;
    this.columns = engine.Lab.columns();
    this.body = html("tbody");
    /** The row of now, and the one that was brought in sight last. @type {number | undefined} */
    this.here = 0;
    /** @type {number | undefined} */
    this.followed = undefined;
    /** The height of a row, and of what shows the rows, in CSS pixels. */
    this.high = 0;
    this.room = 0;
    /** @type {{ row: HTMLTableRowElement, step: HTMLButtonElement, cells: HTMLElement[], kept: Float64Array }[]} */
    this.rows = [];
    const head = this.columns.map((name, index) =>
      html("th", { scope: "col", class: `number of-${COLORS[index]}` }, index === 0 ? words.say("steps.step") : name.replace(/^d(.)_d(.)$/, "∂$1/∂$2")),
    );
    this.scroll = html(
      "div",
      { class: "scrolls", tabindex: "0", role: "group", "aria-label": words.say("open.steps") },
      html("table", {}, html("thead", {}, html("tr", {}, ...head)), this.body),
    );
    this.fresh = false;
    this.#grow();
    this.element = html("section", { class: "steps", "aria-label": words.say("open.steps") }, this.scroll, tableSavers(words, asks));
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    const { words } = this;
    const width = this.columns.length;
    const first = Math.max(0, reading.step - BEFORE);
    const numbers = lab.rows(first, ROWS);
    const count = numbers.length / width;
    while (this.rows.length < count) this.#grow();
    this.rows.forEach(({ row, step, cells, kept }, index) => {
      row.hidden = index >= count;
      if (row.hidden) return;
      const values = numbers.subarray(index * width, (index + 1) * width);
      const now = values[0] === reading.step;
      if (row.classList.toggle("now", now)) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
      // Most rows are those of the frame before.
      if (values.every((value, column) => Object.is(value, kept[column]))) return;
      kept.set(values);
      step.dataset.step = String(values[0]);
      write(step, words.count(values[0]));
      cells.forEach((cell, column) => write(cell, words.number(values[column + 1])));
    });
    this.here = reading.step - first;
  }

  draw() {
    this.#follow(this.here ?? 0);
  }

  /** Takes the sizes of now: asking for them in a frame would lay the page out again. */
  layOut() {
    this.high = this.rows[0]?.row.offsetHeight ?? 0;
    this.room = this.scroll.clientHeight;
    this.followed = undefined;
  }

  /** Keeps the row of now in sight, without moving the page. @param {number} index */
  #follow(index) {
    if (index === this.followed) return;
    this.followed = index;
    // A row stands below the head, which is about as high.
    this.scroll.scrollTop = (index + 2) * this.high - this.room;
  }

  /** One more row, whose number goes to its step. */
  #grow() {
    const step = html("button", { type: "button", class: "plain" });
    step.addEventListener("click", () => this.asks.act((lab) => lab.seek(Number(step.dataset.step))));
    const cells = this.columns.slice(1).map(() => html("td", { class: "number" }));
    const row = html("tr", {}, html("th", { scope: "row", class: "number" }, step), ...cells);
    this.body.append(row);
    this.rows.push({ row, step, cells, kept: new Float64Array(this.columns.length).fill(NaN) });
    this.fresh = true;
  }
}
