// The landscape on three stacked canvases, with a dot that one drags.

import { keys } from "./dial.js";
import { html } from "./dom.js";
import { hold } from "./hold.js";
import { lay } from "./lay.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./dial.js").Turning} Turning */

/** The landscape of a lab. */
export class Plane {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, { turning, turn }) {
    this.words = words;
    this.field = html("canvas", { class: "field", "aria-hidden": "true" });
    this.map = html("canvas", { class: "marks map", "aria-hidden": "true" });
    this.walk = html("canvas", { class: "marks walk", "aria-hidden": "true" });
    this.plane = engine.LandscapeView.plane;
    this.view = new engine.LandscapeView(this.field, this.map, this.walk);
    const range = (/** @type {string} */ name) =>
      html("input", { type: "range", class: "behind", min: 0, max: 1, step: "any", "aria-label": words.say(`plane.${name}`), "data-plane": name });
    this.m = range("m");
    this.h = range("h");
    keys(this.m, turning("m"));
    keys(this.h, turning("h"));
    this.dot = html("div", { class: "dot" });
    this.pad = html("div", { class: "pad" }, this.dot);
    this.element = html(
      "figure",
      { class: "landscape" },
      html("div", { class: "sheets", role: "group", "aria-label": words.say("plane") }, this.m, this.h, this.field, this.map, this.walk, this.pad),
      html("figcaption", {}, words.say("landscape.caption")),
    );
    this.sheets = /** @type {HTMLElement} */ (this.element.firstElementChild);
    this.width = 0;
    this.height = 0;
    this.#drag(turn, turning("m"));
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, ratio, look);
  }

  /** @param {Moment} moment */
  show({ reading }) {
    const { style } = this.dot;
    style.left = `${reading.m_fraction * 100}%`;
    style.top = `${(1 - reading.h_fraction) * 100}%`;
    const values = { y: this.words.number(reading.y), E: this.words.number(reading.E) };
    for (const [input, name] of /** @type {const} */ ([[this.m, "m"], [this.h, "h"]])) {
      input.value = String(reading[`${name}_fraction`]);
      input.setAttribute("aria-valuetext", this.words.say("handle.text", { value: this.words.number(reading[name]), ...values }));
    }
  }

  /** Puts the field where the engine will draw the plane, at the size that there is now. */
  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
    lay([this.field, this.pad], this.plane(this.width, this.height));
  }

  portrait() {
    // The plane is a square; beside it is nothing.
    const side = Math.min(this.width, this.height);
    return { name: "landscape", width: side, height: side };
  }

  /** Gives the engine its memory back. */
  free() {
    this.view.free();
  }

  /**
   * @param {(m: number, h: number) => void} turn
   * @param {Turning} turning
   */
  #drag(turn, turning) {
    const { pad, dot } = this;
    const set = (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top, width, height } = pad.getBoundingClientRect();
      turn((x - left) / width, 1 - (y - top) / height);
    };
    hold(dot, this.m, set, turning.end);
    // A tap on the plane sends the dot there; a swipe over it scrolls the page.
    pad.addEventListener("click", (event) => {
      if (event.target === dot || this.m.disabled) return;
      set(event.clientX, event.clientY);
      turning.end();
    });
  }
}
