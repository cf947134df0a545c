// The shower flow over the handle on two stacked canvases, with a dot that one drags to turn the handle.

import { keys } from "./dial.js";
import { html, partial, place } from "./dom.js";
import { hold } from "./hold.js";
import { lay } from "./lay.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./dial.js").Turning} Turning */

/** The curves of a lab. */
export class Curves {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, { turning }) {
    this.words = words;
    this.family = html("canvas", { class: "marks family", "aria-hidden": "true" });
    this.present = html("canvas", { class: "marks present", "aria-hidden": "true" });
    this.plane = engine.CurvesView.plane;
    this.level = engine.CurvesView.level;
    this.view = new engine.CurvesView(this.family, this.present);
    this.h = html("input", { type: "range", class: "behind", min: 0, max: 1, step: "any", "aria-label": words.say("curves.h"), "data-curve": "h" });
    keys(this.h, turning("h"));
    this.dot = html("div", { class: "dot" });
    this.pad = html("div", { class: "pad" }, this.dot);
    this.slope = place("dy_dh");
    this.sheets = html("div", { class: "sheets" }, this.h, this.family, this.present, this.pad);
    this.element = html(
      "figure",
      { class: "curves" },
      this.sheets,
      html("figcaption", {}, words.say("curves.caption"), " ", html("span", { class: "formula" }, partial("y", "h"), " = ", this.slope)),
    );
    this.width = 0;
    this.height = 0;
    this.#drag(turning("h"));
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, ratio, look);
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    const { words, h } = this;
    const number = (/** @type {string} */ name) => words.number(reading[name]);
    this.dot.style.left = `${reading.h_fraction * 100}%`;
    this.dot.style.top = `${(1 - this.level(lab)) * 100}%`;
    h.value = String(reading.h_fraction);
    h.setAttribute("aria-valuetext", words.say("handle.text", { value: number("h"), y: number("y"), E: number("E") }));
    this.slope.textContent = number("dy_dh");
  }

  /** Puts the pad where the engine draws the plane, at the size that there is now. */
  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
    lay([this.pad], this.plane(this.width, this.height));
  }

  portrait() {
    return { name: "curves", width: this.width, height: this.height };
  }

  /** Gives the engine its memory back. */
  free() {
    this.view.free();
  }

  /** @param {Turning} turning */
  #drag(turning) {
    const { pad, dot } = this;
    const set = (/** @type {number} */ x) => {
      const { left, width } = pad.getBoundingClientRect();
      turning.set((x - left) / width);
    };
    hold(dot, this.h, set, turning.end);
    // A tap turns the handle to where it is; a swipe scrolls the page.
    pad.addEventListener("click", (event) => {
      if (event.target === dot || this.h.disabled) return;
      set(event.clientX);
      turning.end();
    });
  }
}
