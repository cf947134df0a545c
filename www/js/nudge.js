// A nudge along the pipes: by how much the last turn of a valve has changed each flow on its way.

import { html, write } from "./dom.js";

/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The ways from a valve: each change with its letter, and between them what multiplies one to give the next. */
const WAYS = {
  m: [["turned_m", "m"], ["times_m_x"], ["changed_x", "x"], ["times_x_y"], ["changed_y", "y"]],
  h: [["turned_h", "h"], ["times_h_y"], ["changed_y", "y"]],
};

/** What became of the last turn. */
export class Nudge {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const change = (/** @type {string} */ name, /** @type {string} */ letter) =>
      html("span", { class: `link of-${letter}` }, html("span", { class: "letter" }, "Δ", html("i", {}, letter)), html("span", { class: "number", "data-change": name }));
    const times = (/** @type {string} */ name, /** @type {string} */ per) => html("span", { class: "times" }, html("span", {}, "× ", html("span", { class: "number", "data-times": name, "data-per": per })), html("span", { class: "arrow", "aria-hidden": "true" }));
    this.ways = Object.entries(WAYS).map(([valve, steps]) => {
      const links = steps.map(([name, letter], place) => (letter ? change(name, letter) : times(name, steps[place - 1][0])));
      return { valve, element: html("div", { class: "way", "data-way": valve, dir: "ltr" }, ...links) };
    });
    this.note = html("p", { class: "note" }, words.say("nudge.idle"));
    this.element = html("section", { class: "nudge", "aria-label": words.say("nudge.title") }, html("h2", {}, words.say("nudge.title")), ...this.ways.map(({ element }) => element), this.note);
    /** @type {NodeListOf<HTMLElement>} */
    this.times = this.element.querySelectorAll("[data-times]");
    /** @type {NodeListOf<HTMLElement>} */
    this.changes = this.element.querySelectorAll("[data-change]");
  }

  /** @param {Moment} moment */
  show({ reading }) {
    const { words } = this;
    // Where both were turned at once, nobody can say whose work the change is.
    const turned = reading.turned_m !== 0 && reading.turned_h !== 0 ? "" : reading.turned_m !== 0 ? "m" : reading.turned_h !== 0 ? "h" : "";
    for (const { valve, element } of this.ways) element.hidden = valve !== turned;
    this.note.hidden = turned !== "";
    // Of no change nobody can say how many times it goes on.
    for (const times of this.times) {
      const { times: name = "", per = "" } = times.dataset;
      write(times, reading[per] === 0 ? "–" : words.number(reading[name]));
    }
    for (const change of this.changes) write(change, words.change(reading[change.dataset.change ?? ""]));
  }

  portrait() {
    return this.element;
  }
}
