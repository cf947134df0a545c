// The history of the runs: error and valves over steps, with a slider to go back and forth.

import { html } from "./dom.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The history of a lab. */
export class Timeline {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    this.words = words;
    this.plane = engine.HistoryView.plane;
    this.steps = engine.HistoryView.steps;
    this.canvas = html("canvas", { class: "marks", role: "img", "aria-label": words.say("history.caption") });
    this.view = new engine.HistoryView(this.canvas);
    this.scrub = html("input", { type: "range", class: "scrub", min: 0, max: 0, step: 1, "aria-label": words.say("history.scrub"), "data-scrub": "step", "data-chosen": "scrub" });
    this.scrub.addEventListener("input", () => asks.move((lab) => lab.seek(this.scrub.valueAsNumber)));
    this.scrub.addEventListener("change", () => asks.end());
    this.sheets = html("div", { class: "sheets" }, this.canvas);
    this.element = html("figure", { class: "history" }, this.sheets, this.scrub);
    this.width = 0;
    this.height = 0;
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, ratio, look);
  }

  /** @param {Moment} moment */
  show({ lab, reading, asked }) {
    const { scrub } = this;
    scrub.max = String(this.steps(lab));
    scrub.value = String(reading.clock);
    scrub.disabled = asked || this.element.classList.contains("still");
    scrub.setAttribute("aria-valuetext", this.words.say("history.at", { step: this.words.count(reading.clock), E: this.words.number(reading.E) }));
  }

  /** Takes the size that there is now; the slider stands below the steps. */
  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
    const [left, , across] = this.plane(this.width, this.height);
    this.scrub.style.setProperty("--left", `${left}px`);
    this.scrub.style.setProperty("--across", `${across}px`);
  }

  portrait() {
    return { name: "history", width: this.width, height: this.height };
  }

  /** Gives the engine its memory back. */
  free() {
    this.view.free();
  }
}
