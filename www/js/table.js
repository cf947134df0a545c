// A table of the numbers behind the pictures, for those who do not see them.

import { html, write } from "./dom.js";

/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */

/** Each number with its name: a word, or a symbol that reads as it is. */
const ROWS = [
  ["pressure", "part.w"],
  ["m", "part.m"],
  ["h", "part.h"],
  ["x", "part.x"],
  ["y", "part.y"],
  ["target", "part.target"],
  ["E", "part.E"],
  ["dx_dm", "∂x/∂m"],
  ["dy_dx", "∂y/∂x"],
  ["dy_dh", "∂y/∂h"],
  ["dE_dy", "∂E/∂y"],
  ["dE_dm", "∂E/∂m"],
  ["dE_dh", "∂E/∂h"],
];

/** The table. It changes when the hand lets go, not while a valve turns. */
export class Table {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {[string, HTMLElement][]} */
    this.cells = ROWS.map(([name]) => [name, html("td")]);
    const table = html(
      "table",
      {},
      html("caption", {}, words.say("table.caption")),
      ...ROWS.map(([, label], row) =>
        html("tr", {}, html("th", { scope: "row" }, label.startsWith("part.") ? words.say(label) : label), this.cells[row][1]),
      ),
    );
    this.element = html("div", { class: "unseen" }, table);
  }

  /** @param {Reading} reading */
  show(reading) {
    for (const [name, cell] of this.cells) write(cell, this.words.number(reading[name]));
  }
}
