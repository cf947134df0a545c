// The history of the run: error and valves over steps.

import { html } from "./dom.js";
import { HistoryView } from "./engine.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./words.js").Words} Words */

/** The history of a lab. */
export class Timeline {
  /** @param {Words} words */
  constructor(words) {
    this.canvas = html("canvas", { class: "marks", role: "img", "aria-label": words.say("history.caption") });
    this.view = new HistoryView(this.canvas);
    this.element = html("figure", { class: "history" }, html("div", { class: "sheets" }, this.canvas));
    this.sheets = /** @type {HTMLElement} */ (this.element.firstElementChild);
    this.width = 0;
    this.height = 0;
  }

  /**
   * @param {Lab} lab
   * @param {string} theme
   */
  show(lab, theme) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, devicePixelRatio, theme);
  }

  /** Takes the size that there is now. */
  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
  }

  /** Gives the engine its memory back. */
  free() {
    this.view.free();
  }
}
