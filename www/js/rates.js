// The rates map: what comes of the run at every learning rate and every value of a second parameter.

import { keys } from "./dial.js";
import { html, write } from "./dom.js";
import { worker } from "./errands.js";
import { lay } from "./lay.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** A map is asked for when nothing has changed for so long, in milliseconds. */
const QUIET = 60;
/** The second parameters that there are. */
const SECONDS = ["momentum", "pressure"];

/**
 * The middle of the cell in which a place lies.
 * @param {number[]} place
 * @param {number} side cells along each axis
 */
function cell(place, side) {
  return place.map((part) => (Math.min(Math.max(Math.floor(part * side), 0), side - 1) + 0.5) / side);
}

/** The rates map of a lab. */
export class Rates {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    this.words = words;
    this.asks = asks;
    this.names = engine.RatesMap.names();
    // Runs along each axis, and the most steps of each.
    const [side, limit] = engine.RatesMap.usual();
    this.side = side;
    this.limit = limit;
    this.field = html("canvas", { class: "field", width: side, height: side, "aria-hidden": "true" });
    this.axes = html("canvas", { class: "marks", "aria-hidden": "true" });
    this.view = new engine.RatesView(this.axes);
    this.plane = engine.RatesView.plane;
    /** Where the cross stands that keys move, as fractions. */
    this.at = [0, 0];
    /** The steps and the verdict of each run, row by row from the lowest. @type {Uint32Array | undefined} */
    this.cells = undefined;
    const range = (/** @type {number} */ axis, /** @type {string} */ label) => {
      const input = html("input", { type: "range", class: "behind", min: 0, max: 1, step: "any", "aria-label": label, "data-rates": axis });
      const move = (/** @type {number} */ to) => {
        this.at = cell(this.at.map((old, index) => (index === axis ? to : old)), side);
        this.#aim();
      };
      keys(input, { set: move, nudge: (part) => move(this.at[axis] + part), end: () => this.#go() });
      return input;
    };
    this.x = range(0, words.say("rates.x"));
    this.y = range(1, words.say("rates.y"));
    this.cross = html("div", { class: "cross", hidden: "" });
    this.pad = html("div", { class: "pad" }, this.cross);
    this.second = html("select", { id: "rates-second" }, ...SECONDS.map((value) => html("option", { value }, words.say(`rates.${value}`))));
    /** The second parameter that a person wants; not every rule has a momentum. */
    this.wanted = SECONDS[0];
    this.second.addEventListener("change", () => {
      this.wanted = this.second.value;
      asks.redraw();
    });
    this.here = html("span", { class: "number", "data-control": "rates-values" });
    this.counts = this.names.slice(1).map((name, index) => {
      const color = engine.RatesMap.color(limit, index + 1, limit);
      return html("li", { "data-verdict": name }, this.#swatch(color), words.say(`verdict.${name}`));
    });
    const scale = Array.from(engine.RatesMap.shown(), (steps) =>
      html("li", {}, this.#swatch(engine.RatesMap.color(steps, 0, limit)), words.count(steps)),
    );
    this.sheets = html(
      "div",
      { class: "sheets", role: "group", "aria-label": words.say("rates.title") },
      this.x,
      this.y,
      this.field,
      this.axes,
      this.pad,
    );
    this.element = html(
      "figure",
      { class: "rates" },
      html("h2", {}, words.say("rates.title")),
      html("div", { class: "line" }, html("span", { "data-chosen": "second" }, html("label", { for: "rates-second" }, words.say("rates.second")), " ", this.second), this.here),
      this.sheets,
      html("figcaption", {}, words.say("rates.caption", { limit: words.count(limit) })),
      html("div", { class: "legend" }, html("span", {}, words.say("rates.steps")), html("ul", {}, ...scale), html("ul", {}, ...this.counts)),
    );
    /** What the map shows. @type {string | undefined} */
    this.settings = undefined;
    /** @type {string | undefined} */
    this.drawn = undefined;
    this.job = worker().open((answer) => this.#grown(answer));
    this.width = 0;
    this.height = 0;
    this.due = 0;
    this.#point();
  }

  /** @param {Moment} moment */
  draw({ lab, look, ratio }) {
    const { width, height } = this;
    if (width > 0 && height > 0) this.view.draw(lab, this.second.value, width, height, ratio, look);
  }

  /** @param {Moment} moment */
  show({ lab }) {
    const momentum = lab.hasMomentum();
    const [first] = this.second.options;
    first.disabled = !momentum;
    const second = momentum ? this.wanted : SECONDS[1];
    this.second.value = second;
    const settings = lab.ratesSettings(second);
    if (settings !== this.settings || second !== this.drawn) {
      this.settings = settings;
      this.drawn = second;
      this.cells = undefined;
      delete this.element.dataset.made;
      // While a hand turns something, each frame asks for another map: the last one is made when it rests.
      clearTimeout(this.due);
      const question = { kind: "rates", scenario: lab.settings(), second, columns: this.side, rows: this.side, limit: this.limit, asked: settings };
      this.due = setTimeout(() => this.job.ask(question), QUIET);
    }
    if (this.cross.hidden) {
      this.at = [...lab.ratesHere(second)];
      this.#tell(this.at);
    }
  }

  /** Puts the map where the engine draws its axes. */
  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
    lay([this.field, this.pad], this.plane(this.width, this.height));
  }

  portrait() {
    const { words, width, height } = this;
    const legend = { heading: words.say("rates.steps"), names: this.names.map((name) => words.say(`verdict.${name}`)) };
    return { name: "rates", width, height, second: this.second.value, legend };
  }

  free() {
    clearTimeout(this.due);
    this.view.free();
    this.job.close();
  }

  /** @param {string} color */
  #swatch(color) {
    const swatch = html("span", { class: "swatch" });
    swatch.style.backgroundColor = color;
    return swatch;
  }

  /**
   * The map has grown: from the lowest row upward.
   * @param {{ pixels: Uint8ClampedArray<ArrayBuffer>, columns: number, rows: number, made: number, counts: Uint32Array, cells: Uint32Array, asked: string, failed?: string }} answer
   */
  #grown({ pixels, columns, rows, made, counts, cells, asked, failed }) {
    // Some rows of an older map were on their way.
    if (!failed && asked !== this.settings) return;
    if (failed) {
      write(this.here, this.words.say("worker.failed", { reason: failed }));
      return;
    }
    this.cells = made === rows ? cells : undefined;
    const context = this.field.getContext("2d");
    context?.putImageData(new ImageData(pixels, columns, rows), 0, 0, 0, rows - made, columns, made);
    this.element.dataset.made = String(made);
    this.counts.forEach((item, index) => {
      item.hidden = counts[index + 1] === 0;
    });
    this.#tell(this.at, !this.cross.hidden);
  }

  /** A tap goes to a place; a pointer above it tells what is there. */
  #point() {
    const { pad } = this;
    const place = (/** @type {MouseEvent} */ event) => {
      const box = pad.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    };
    pad.addEventListener("click", (event) => {
      if (this.x.disabled) return;
      this.at = cell(place(event), this.side);
      this.#go();
    });
    pad.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse") return;
      this.#tell(cell(place(event), this.side), true);
    });
    pad.addEventListener("pointerleave", () => this.#tell(this.at, !this.cross.hidden));
  }

  /** Keys move the cross. */
  #aim() {
    this.cross.hidden = false;
    this.cross.style.left = `${100 * this.at[0]}%`;
    this.cross.style.top = `${100 * (1 - this.at[1])}%`;
    this.#tell(this.at, true);
  }

  /**
   * Says where a place is, and what comes of the run whose cell it is.
   * @param {number[]} at
   * @param {boolean} [isCell] whether it is the middle of a cell, and not just where the settings stand
   */
  #tell(at, isCell = false) {
    const { words } = this;
    const lab = this.asks.lab();
    if (!lab) return;
    const [x, y] = at;
    const second = this.second.value;
    const [rate, value] = lab.ratesValues(second, x, y);
    const place = words.say(`rates.at.${second}`, { rate: words.setting(rate), value: words.number(value) });
    const text = this.cells && isCell ? this.#comes(place, x, y) : place;
    write(this.here, text);
    if (at !== this.at) return;
    for (const [input, part] of /** @type {const} */ ([[this.x, x], [this.y, y]])) {
      input.value = String(part);
      input.setAttribute("aria-valuetext", text);
    }
  }

  /**
   * What comes of the run in whose cell a place lies.
   * @param {string} at
   * @param {number} x
   * @param {number} y
   */
  #comes(at, x, y) {
    const { words } = this;
    const [column, row] = [x, y].map((part) => Math.min(Math.floor(part * this.side), this.side - 1));
    const [steps, verdict] = this.cells?.slice(2 * (row * this.side + column)) ?? [];
    const values = { at, steps: words.count(steps), verdict: words.say(`verdict.${this.names[verdict]}`) };
    return words.say(verdict === 0 ? "rates.arrives" : "rates.ends", values);
  }

  /** Goes to the run at a place. */
  #go() {
    const [x, y] = this.at;
    this.cross.hidden = true;
    this.asks.act((lab) => {
      lab.goTo(this.second.value, x, y);
    });
  }
}
