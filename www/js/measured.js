// Exact and measured sensitivities side by side, step by step; and the check of every place at once.

import { html, partial, write } from "./dom.js";
import { worker } from "./errands.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** How many steps the table shows. */
const ROWS = 6;
/** The numbers of a step: its own, and what is known there. */
const WIDTH = 9;
/** Places along each axis that are checked. */
const NODES = 512;
/** Where the measured numbers of a row stand, and the differences, which are parts of a whole. */
const MEASURED = [1, 3, 4, 6, 7];
const DIFFERENCES = [3, 6];

/** The table of what a plumber believes. */
export class Measured {
  /**
   * @param {Engine} engine
   * @param {Words} words
   */
  constructor(engine, words) {
    this.words = words;
    const kinds = ["measured.measured", "measured.exact", "measured.off"].map((key) => words.say(key));
    // A fraction for the eye, a line of text for the ear.
    const seen = (/** @type {string} */ valve) => {
      const fraction = partial("y", valve);
      fraction.setAttribute("aria-hidden", "true");
      return html("span", {}, fraction, html("span", { class: "unseen" }, `∂y/∂${valve}`));
    };
    const over = (/** @type {Node | string} */ what, /** @type {number} */ span) => html("th", { colspan: span, scope: "colgroup" }, what);
    /** @type {HTMLTableCellElement[][]} */
    this.cells = Array.from({ length: ROWS }, () => Array.from({ length: WIDTH }, () => html("td", { class: "number" })));
    this.rows = this.cells.map((cells) => html("tr", {}, ...cells));
    this.readings = html("span", { class: "number", "data-count": "readings" });
    this.note = html("p", { class: "note" });
    this.table = html(
      "table",
      {},
      html(
        "thead",
        {},
        html("tr", {}, html("th", { rowspan: 2, scope: "col", class: "number" }, words.say("measured.step")), ...["m", "h"].map((valve) => over(seen(valve), 3)), over(words.say("measured.ratio"), 2)),
        html("tr", {}, ...[...kinds, ...kinds, ...kinds.slice(0, 2)].map((kind) => html("th", { scope: "col", class: "number" }, kind))),
      ),
      html("tbody", {}, ...this.rows),
    );
    this.picture = html("canvas", { class: "audit", width: NODES, height: NODES, role: "img", "aria-label": words.say("audit.picture") });
    this.verdict = html("p", { class: "note", "data-control": "audit" });
    this.element = html(
      "section",
      { class: "measured", "aria-label": words.say("measured.title") },
      html("h2", {}, words.say("measured.title")),
      this.note,
      html("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": words.say("measured.title") }, this.table),
      html("p", { class: "note" }, words.say("measured.readings"), " ", this.readings),
      html("div", { class: "audited" }, this.picture, html("div", {}, html("h3", {}, words.say("audit.title")), this.verdict)),
    );
    /** The house that was checked last. @type {string | undefined} */
    this.house = undefined;
    this.job = worker().open((answer) => this.#checked(answer));
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    const values = lab.measurements(ROWS);
    const { words } = this;
    this.cells.forEach((cells, row) => {
      const start = WIDTH * row;
      this.rows[row].hidden = start >= values.length;
      if (start >= values.length) return;
      cells.forEach((cell, column) => {
        const value = values[start + column];
        const nobody = reading.measured === 0 && MEASURED.includes(column);
        const text = nobody ? "–" : column === 0 ? words.count(value) : DIFFERENCES.includes(column) ? words.percent(value) : words.number(value);
        write(cell, text);
      });
    });
    write(this.readings, words.count(reading.measured > 0 ? reading.readings : 0));
    write(this.note, words.say(reading.measured > 0 ? "measured.note" : "measured.note.exact"));
    const house = lab.houseSettings();
    if (house !== this.house) {
      this.house = house;
      this.job.ask({ kind: "audit", scenario: house, nodes: NODES });
    }
  }

  /** The audit, with as many pixels as places. */
  portrait() {
    return { name: "audit", width: NODES, height: NODES, legend: { heading: this.words.say("audit.picture"), names: [] } };
  }

  free() {
    this.job.close();
  }

  /** @param {{ pixels: Uint8ClampedArray<ArrayBuffer>, worst: number, m: number, h: number, failed?: string }} answer */
  #checked({ pixels, worst, m, h, failed }) {
    const { words } = this;
    if (failed) {
      write(this.verdict, words.say("worker.failed", { reason: failed }));
      return;
    }
    this.picture.getContext("2d")?.putImageData(new ImageData(pixels, NODES), 0, 0);
    const places = words.count(NODES * NODES);
    write(this.verdict, words.say("audit.worst", { places, worst: words.tiny(worst), m: words.number(m), h: words.number(h) }));
  }
}
