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
    /** @type {{ row: HTMLTableRowElement, step: HTMLButtonElement, cells: HTMLElement[] }[]} */
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
    this.rows.forEach(({ row, step, cells }, index) => {
      row.hidden = index >= count;
      if (row.hidden) return;
      const values = numbers.subarray(index * width, (index + 1) * width);
      write(step, words.count(values[0]));
      step.dataset.step = String(values[0]);
      cells.forEach((cell, column) => write(cell, words.number(values[column + 1])));
      const now = values[0] === reading.step;
      row.classList.toggle("now", now);
      if (now) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
    });
    this.here = reading.step - first;
  }

  draw() {
    this.#follow(this.here ?? 0);
  }

  /** Keeps the row of now in sight, without moving the page. @param {number} index */
  #follow(index) {
    if (index === this.followed) return;
    this.followed = index;
    const row = this.rows[index]?.row;
    if (!row) return;
    const high = row.offsetHeight;
    this.scroll.scrollTop = (index + 2) * high - this.scroll.clientHeight;
  }

  /** One more row, whose number goes to its step. */
  #grow() {
    const step = html("button", { type: "button", class: "plain" });
    step.addEventListener("click", () => this.asks.act((lab) => lab.seek(Number(step.dataset.step))));
    const cells = this.columns.slice(1).map(() => html("td", { class: "number" }));
    const row = html("tr", {}, html("th", { scope: "row", class: "number" }, step), ...cells);
    this.body.append(row);
    this.rows.push({ row, step, cells });
    this.fresh = true;
  }
}
