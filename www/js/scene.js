// The plumbing scene: the drawing, the dials on it, the tags that hang on it, the numbers below it.

import { Dial, keys } from "./dial.js";
import { html, svg, write } from "./dom.js";
import { hold } from "./hold.js";
import { NumberField } from "./number.js";
import { Pipes } from "./pipes.js";
import { Tags } from "./tags.js";

/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./dial.js").Turning} Turning */

/** Narrower than this, in CSS pixels, the parts are drawn smaller. */
const NARROW = 520;
/** Narrower than this they stand closer together, and the tags are long. */
const TIGHT = 760;
/** The − and + turn by this part of the range, and by the smaller one with Shift. */
const CLICK = { coarse: 1 / 20, fine: 1 / 100 };

/**
 * What the scene asks of the figure round it.
 * @typedef {object} Asks
 * @property {(name: string) => Turning} turning
 * @property {(name: string, text: string) => void} set
 */

/** The scene. */
export class Scene {
  /**
   * @param {Words} words
   * @param {Asks} asks
   * @param {object} manner
   * @param {boolean} manner.calm whether nothing may move by itself
   * @param {boolean} manner.quiet whether there are but two handles and a stream: no tags, no pressure
   */
  constructor(words, asks, { calm, quiet }) {
    this.words = words;
    this.quiet = quiet;
    this.pipes = new Pipes(words, calm);
    this.tags = new Tags(words);
    this.dials = {
      w: new Dial("w", words.say("part.w"), asks.turning("pressure")),
      m: new Dial("m", words.say("part.m"), asks.turning("m")),
      h: new Dial("h", words.say("part.h"), asks.turning("h")),
    };
    const dials = Object.values(this.dials);
    this.target = html("input", {
      type: "range",
      class: "behind target",
      min: 0,
      max: 1,
      step: "any",
      "aria-orientation": "vertical",
      "aria-label": words.say("part.target"),
      "data-dial": "target",
    });
    keys(this.target, asks.turning("target"));
    this.tube = html("div", { class: "tube-pad" });
    this.grip = html("div", { class: "grip-pad", "data-handle": "target" });
    this.#dragIdeal(asks.turning("target"));
    this.picture = svg("svg", { class: "plumbing", "aria-hidden": "true" }, this.pipes.element, ...dials.map((dial) => dial.group));
    this.stage = html("div", { class: "stage" }, ...dials.map((dial) => dial.input), this.target, this.picture, this.tube, this.grip);
    this.promise = html("p", { class: "promise" });
    this.stage.append(this.promise);
    if (!quiet) this.stage.append(this.tags.element);
    /** @type {NumberField[]} */
    this.fields = [];
    const knobs = html(
      "div",
      { class: "knobs" },
      ...(quiet ? [] : [this.#knob("w", "pressure", asks)]),
      this.#knob("m", "m", asks),
      this.#knob("h", "h", asks),
      this.#knob("y′", "target", asks),
    );
    if (quiet) {
      this.dials.w.group.remove();
      this.dials.w.input.remove();
    }
    this.element = html("section", { class: quiet ? "scene quiet" : "scene", "aria-label": words.say("figure.shower") }, this.stage, knobs);
    this.width = 0;
  }

  /**
   * A number with its − and +.
   * @param {string} letter
   * @param {string} name in the scenario
   * @param {Asks} asks
   */
  #knob(letter, name, asks) {
    const part = this.words.say(name === "pressure" ? "part.w" : `part.${name}`);
    const turning = asks.turning(name);
    /** @param {string} sign @param {string} word @param {number} direction */
    const button = (sign, word, direction) => {
      const element = html("button", { type: "button", class: "turn", "aria-label": this.words.say(word, { part }) }, sign);
      element.addEventListener("click", (event) => {
        turning.nudge((event.shiftKey ? CLICK.fine : CLICK.coarse) * direction);
        turning.end();
      });
      return element;
    };
    const field = new NumberField(name, { "aria-label": this.words.say("number", { part }) }, asks.set);
    this.fields.push(field);
    return html(
      "div",
      { class: `knob of-${letter[0]}` },
      html("span", { class: "name" }, html("i", {}, letter), " ", html("span", {}, part)),
      html("span", { class: "value" }, button("−", "less", -1), field.input, button("+", "more", 1)),
    );
  }

  /** Lays the parts out where the width has changed. */
  layOut() {
    const width = Math.floor(this.stage.clientWidth);
    if (width === this.width || width <= 0) return;
    this.width = width;
    const { quiet } = this;
    const narrow = width < NARROW;
    const tight = !narrow && !quiet && width < TIGHT;
    const radius = narrow ? 30 : tight ? 36 : 40;
    const height = narrow ? 190 : quiet ? 220 : tight ? 238 : 256;
    const level = narrow ? 74 : tight ? 84 : 88;
    const bore = narrow ? 18 : 24;
    const at = (/** @type {number} */ part) => Math.round(width * part);
    const spots = narrow
      ? quiet
        ? { w: 0, m: at(0.22), tee: at(0.37), h: at(0.52), head: at(0.755), gauge: at(0.93) }
        : { w: at(0.1), m: at(0.33), tee: at(0.455), h: at(0.58), head: at(0.775), gauge: at(0.93) }
      : quiet
        ? { w: 0, m: at(0.2), tee: at(0.38), h: at(0.52), head: at(0.76), gauge: at(0.92) }
        : tight
          ? { w: at(0.07), m: at(0.225), tee: at(0.387), h: at(0.53), head: at(0.685), gauge: at(0.795) }
          : { w: at(0.07), m: at(0.2), tee: at(0.352), h: at(0.5), head: at(0.68), gauge: at(0.785) };
    this.element.classList.toggle("narrow", narrow);
    this.element.classList.toggle("tight", tight);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.setAttribute("width", String(width));
    this.picture.setAttribute("height", String(height));
    this.dials.w.layOut(spots.w, level, radius * 0.86, 11);
    this.dials.m.layOut(spots.m, level, radius, 10);
    this.dials.h.layOut(spots.h, level, radius, 10);
    this.pipes.layOut({ narrow, quiet, width, height, level, bore, radius, spots });
    this.tags.layOut({
      top: level + radius + (tight ? 12 : 18),
      start: tight ? 2 : spots.m - radius - 34,
      end: spots.head - (tight ? 30 : 44),
      error: spots.gauge + (tight ? 24 : 34),
      width,
      dial: level + radius,
      pipe: level + bore / 2,
      parts: {
        dx_dm: spots.m,
        dy_dx: (spots.tee + spots.h - radius) / 2,
        dx_dh: spots.h - radius - 4,
        dy_dh_x: spots.h,
      },
    });
    const { left, top, width: across, height: down } = this.pipes.tube;
    const place = { left: `${left}px`, top: `${top}px`, width: `${across}px`, height: `${down}px` };
    Object.assign(this.target.style, place);
    Object.assign(this.tube.style, place);
    this.grip.style.left = `${left + across / 2}px`;
  }

  /** @param {import("./parts.js").Moment} moment */
  show({ reading }) {
    const { words } = this;
    const y = words.number(reading.y);
    const E = words.number(reading.E);
    /** @param {string} name */
    const text = (name) => words.say("handle.text", { value: words.number(reading[name]), y, E });
    this.dials.w.show(reading.pressure_fraction, text("pressure"));
    this.dials.m.show(reading.m_fraction, text("m"));
    this.dials.h.show(reading.h_fraction, text("h"));
    this.target.value = String(reading.target_fraction);
    this.target.setAttribute("aria-valuetext", text("target"));
    this.grip.style.top = `${this.pipes.tube.top + this.pipes.tube.height * (1 - reading.target_fraction)}px`;
    for (const field of this.fields) {
      field.show(words.typed(field.name, reading[field.name]));
    }
    this.tags.show(reading);
    this.pipes.show(reading);
    const [promised, came, off] = ["promised", "y", "promised_off"].map((name) => words.number(reading[name]));
    write(this.promise, reading.has_promise ? words.say("promise.said", { promised, came, off }) : "");
  }

  portrait() {
    return this.element;
  }

  /** Lets the water move for a while. */
  run() {
    this.pipes.run();
  }

  /**
   * The ideal is dragged by its mark; a tap on the gauge sends it there.
   * @param {Turning} turning
   */
  #dragIdeal(turning) {
    const { grip, tube } = this;
    const set = (/** @type {number} */ y) => {
      const { top, height } = tube.getBoundingClientRect();
      turning.set(1 - (y - top) / height);
    };
    hold(grip, this.target, (_, y) => set(y), turning.end);
    tube.addEventListener("click", (event) => {
      if (this.target.disabled) return;
      set(event.clientY);
      turning.end();
    });
  }
}
