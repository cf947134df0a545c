// A drawing of the course on a canvas, with grips that one drags, and what it tells in numbers.

import { keys } from "./dial.js";
import { html, write } from "./dom.js";
import { hold } from "./hold.js";
import { texts } from "./sentences.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** A drawing. */
export class Plot {
  /**
   * @param {string} name of the figure
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(name, engine, words, asks) {
    this.name = name;
    this.words = words;
    this.lessons = engine.Lessons;
    this.canvas = html("canvas", { class: "marks", "aria-hidden": "true" });
    this.view = new engine.PlotView(name, this.canvas);
    this.sheets = html("div", { class: "sheets" }, this.canvas);
    this.said = html("p", { class: "said" });
    this.element = html("figure", { class: `plot plot-${name}` }, this.sheets, html("figcaption", {}, this.said));
    this.width = 0;
    this.height = 0;
    const lab = asks.lab();
    /** What one drags, each with the range input that does the same by keys. */
    this.grips = (lab ? this.view.keys(lab) : []).map((key) => this.#grip(key, asks));
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio, asked }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, width, height, ratio, look, asked === true);
  }

  /** @param {Moment} moment */
  show({ lab, asked }) {
    const { words } = this;
    write(this.said, this.sentence(lab, asked));
    const places = this.view.grips(lab, this.width, this.height);
    this.grips.forEach(({ dot, input, key }, index) => {
      dot.style.left = `${places[2 * index]}px`;
      dot.style.top = `${places[2 * index + 1]}px`;
      input.value = String(lab.fraction(key) ?? 0);
      input.setAttribute("aria-valuetext", words.typed(key, Number(lab.get(key))));
    });
  }

  /** What it tells, in words. */
  get text() {
    return this.said.textContent ?? "";
  }

  /**
   * What it tells in numbers; not while a reader is asked for that.
   * @param {import("./engine.js").Lab} lab
   * @param {boolean} [asked]
   */
  sentence(lab, asked) {
    const { name, words } = this;
    if (asked) return words.say("challenge.hush");
    const values = /** @type {Record<string, number>} */ (this.lessons.numbers(name, lab));
    const form = this.lessons.form(name, lab);
    return words.say(form ? `plot.${name}.said.${form}` : `plot.${name}.said`, texts(words, values, true));
  }

  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
  }

  portrait() {
    return { name: this.name, width: this.width, height: this.height };
  }

  /** Gives the engine its memory back. */
  free() {
    this.view.free();
  }

  /**
   * @param {string} key
   * @param {Asks} asks
   */
  #grip(key, asks) {
    const turning = asks.turning(key);
    const input = html("input", { type: "range", class: "behind", min: 0, max: 1, step: "any", "aria-label": this.words.say(`plot.${this.name}.${key}`), "data-grip": key });
    keys(input, turning);
    const dot = html("div", { class: "dot" });
    const pull = (/** @type {number} */ x, /** @type {number} */ y) => {
      const { left, top } = this.sheets.getBoundingClientRect();
      asks.move((lab) => this.view.pull(lab, key, x - left, y - top, this.width, this.height));
    };
    hold(dot, input, pull, turning.end);
    this.sheets.append(input, dot);
    return { key, dot, input };
  }
}
