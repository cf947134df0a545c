// The plumbing: water main, main valve, house pipe, handle, shower head and gauge, with the numbers
// and the paper tags that hang on them.

import { Dial, keys } from "./dial.js";
import { html, partial, place, svg, write } from "./dom.js";
import { NumberField } from "./number.js";

/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./dial.js").Turning} Turning */

/** Narrower than this, in CSS pixels, the parts are drawn smaller. */
const NARROW = 520;
/** Lines of water that fall from an open shower. */
const JETS = 7;
/** How far drops move in a second at full flow, in CSS pixels. */
const SPEED = 190;
/** The widest distance between drops, and the narrowest, in CSS pixels. */
const SPARSE = 46;
const DENSE = 15;

/**
 * What the scene asks of the figure round it.
 * @typedef {object} Asks
 * @property {(name: string) => Turning} turning
 * @property {(name: string, text: string) => void} set
 */

/** The scene, with its dials, numbers and tags. */
export class Scene {
  /**
   * @param {Words} words
   * @param {Asks} asks
   * @param {boolean} calm whether nothing may move by itself
   */
  constructor(words, asks, calm) {
    this.words = words;
    this.calm = calm;
    this.dials = {
      w: new Dial("w", words.say("part.w"), asks.turning("pressure")),
      m: new Dial("m", words.say("part.m"), asks.turning("m")),
      h: new Dial("h", words.say("part.h"), asks.turning("h")),
    };
    this.target = html("input", {
      type: "range",
      class: "target",
      min: 0,
      max: 1,
      step: "any",
      orient: "vertical",
      "aria-label": words.say("part.target"),
      "data-dial": "target",
    });
    keys(this.target, asks.turning("target"));

    this.pipes = svg("g", { class: "pipes" });
    this.jets = svg("g", { class: "jets" });
    this.gauge = svg("g", { class: "gauge" });
    this.letters = svg("g", { class: "letters" });
    this.picture = svg(
      "svg",
      { class: "plumbing", "aria-hidden": "true" },
      this.pipes,
      this.jets,
      this.gauge,
      this.letters,
      this.dials.w.group,
      this.dials.m.group,
      this.dials.h.group,
    );
    this.stage = html(
      "div",
      { class: "stage" },
      this.dials.w.input,
      this.dials.m.input,
      this.dials.h.input,
      this.picture,
      this.target,
    );
    /** @type {NumberField[]} */
    this.fields = [];
    this.knobs = html(
      "div",
      { class: "knobs" },
      this.#knob("w", "pressure", asks),
      this.#knob("m", "m", asks),
      this.#knob("h", "h", asks),
      this.#knob("y′", "target", asks),
    );
    this.tags = html(
      "div",
      { class: "tags" },
      this.#tag("dx_dm", "x", "m"),
      this.#tag("dy_dx", "y", "x"),
      this.#tag("dx_dh", "x", "h"),
      this.#tag("dy_dh_x", "y", "h"),
      this.#tag("dE_dy", "E", "y"),
    );
    this.element = html("section", { class: "scene", "aria-label": words.say("figure.shower") }, this.stage, this.knobs, this.tags);
    this.width = 0;
    this.offset = 0;
    this.moving = 0;
    this.frame = 0;
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
    const color = letter === "y′" ? "y" : letter;
    /** @param {string} sign @param {string} word @param {number} direction */
    const button = (sign, word, direction) => {
      const element = html("button", { type: "button", class: "turn", "aria-label": this.words.say(word, { part }) }, sign);
      element.addEventListener("click", (event) => {
        turning.nudge((event.shiftKey ? 0.01 : 0.05) * direction);
        turning.end();
      });
      return element;
    };
    const field = new NumberField(name, { "aria-label": this.words.say("number", { part }) }, asks.set);
    this.fields.push(field);
    return html(
      "div",
      { class: `knob of-${color}` },
      html("span", { class: "name" }, html("i", {}, letter), " ", html("span", {}, part)),
      html("span", { class: "value" }, button("−", "less", -1), field.input, button("+", "more", 1)),
    );
  }

  /**
   * A paper tag.
   * @param {string} name of the number
   * @param {string} above
   * @param {string} below
   */
  #tag(name, above, below) {
    const line = html("span", { class: "says" });
    line.dataset.says = name;
    return html(
      "div",
      { class: "tag", "data-tag": name },
      html("span", { class: "head" }, partial(above, below), place(name)),
      line,
    );
  }

  /**
   * Lays the parts out for a width in CSS pixels.
   * @param {number} width
   */
  layOut(width) {
    if (width === this.width || width <= 0) return;
    this.width = width;
    const narrow = width < NARROW;
    const radius = narrow ? 30 : 40;
    const height = narrow ? 190 : 230;
    const level = narrow ? 74 : 88;
    const bore = narrow ? 18 : 24;
    const at = (/** @type {number} */ part) => Math.round(width * part);
    const spots = { w: at(0.1), m: at(0.315), tee: at(0.45), h: at(0.58), head: at(0.765), gauge: at(0.925) };
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.setAttribute("width", String(width));
    this.picture.setAttribute("height", String(height));
    this.dials.w.layOut(spots.w, level, radius * 0.86, 11);
    this.dials.m.layOut(spots.m, level, radius, 10);
    this.dials.h.layOut(spots.h, level, radius, 10);

    const drop = level + (narrow ? 28 : 34);
    const floor = height - 14;
    const routes = {
      main: `M0 ${level} H${spots.m}`,
      house: `M${spots.m} ${level} H${spots.h}`,
      other: `M${spots.tee} ${level} V${floor}`,
      riser: `M${spots.h} ${level} H${spots.head - 14} Q${spots.head} ${level} ${spots.head} ${level + 14} V${drop}`,
    };
    this.wet = Object.entries(routes).map(([name, d]) => ({
      name,
      water: svg("path", { d, class: "water", "stroke-width": bore - 6 }),
      drops: svg("path", { d, class: "drops", "stroke-width": narrow ? 4 : 5 }),
    }));
    this.other = svg("g", { class: "other" });
    const pieces = Object.entries(routes).map(([name, d]) => {
      const wet = this.wet?.find((pipe) => pipe.name === name);
      const pipe = svg(
        "g",
        {},
        svg("path", { d, class: "edge", "stroke-width": bore + 3 }),
        svg("path", { d, class: "wall", "stroke-width": bore }),
        wet?.water ?? "",
        wet?.drops ?? "",
      );
      if (name === "other") {
        this.other?.append(pipe);
        return this.other;
      }
      return pipe;
    });
    // The house pipe is drawn over the branch that leaves it.
    pieces.sort((a, b) => Number(b === this.other) - Number(a === this.other));
    this.pipes.replaceChildren(
      ...pieces,
      svg("path", { class: "head", d: `M${spots.head - 7} ${drop} h14 l${narrow ? 10 : 14} 12 h-${narrow ? 34 : 42} z` }),
    );

    const spread = narrow ? 12 : 17;
    this.rays = Array.from({ length: JETS }, (_, index) => {
      const side = (index / (JETS - 1)) * 2 - 1;
      return svg("path", {
        class: "drops jet",
        d: `M${spots.head + side * spread} ${drop + 14} L${spots.head + side * spread * 1.7} ${floor}`,
        "stroke-width": 3,
      });
    });
    this.jets.replaceChildren(...this.rays);

    const top = 22;
    const tube = { left: spots.gauge - 11, top, width: 22, height: floor - top };
    this.tube = tube;
    this.fill = svg("rect", { class: "level", x: tube.left + 3, width: tube.width - 6, y: floor, height: 0, rx: 3 });
    this.ideal = svg("g", { class: "ideal" }, svg("path", { d: `M${tube.left - 6} 0 h${tube.width + 12}` }), svg("path", { class: "grip", d: `M${tube.left - 5} 0 l-11 -7 v14 z` }));
    this.gap = svg("path", { class: "gap" });
    this.gauge.replaceChildren(
      svg("rect", { class: "tube", x: tube.left, y: tube.top - 3, width: tube.width, height: tube.height + 6, rx: 8 }),
      this.fill,
      this.gap,
      this.ideal,
    );
    Object.assign(this.target.style, {
      left: `${tube.left - 20}px`,
      top: `${tube.top}px`,
      width: `${tube.width + 30}px`,
      height: `${tube.height}px`,
    });

    /** @param {string} of @param {number} x @param {number} y @param {string} text @param {string} [anchor] */
    const letter = (of, x, y, text, anchor = "middle") => svg("text", { class: `of-${of}`, x, y, "text-anchor": anchor }, text);
    const above = level - radius - 10;
    const say = (/** @type {string} */ part) => this.words.say(`part.${part}`);
    this.numbers = {
      x: svg("text", { class: "of-x value", x: (spots.m + spots.h) / 2, y: level - bore / 2 - 8, "text-anchor": "middle", "data-number": "x" }),
      y: svg("text", { class: "of-y value", x: spots.head + (narrow ? 2 : 0), y: level - bore / 2 - 8, "text-anchor": "middle", "data-number": "y" }),
      E: svg("text", { class: "of-E value", x: width - 2, y: top - 8, "text-anchor": "end", "data-number": "E" }),
    };
    const names = narrow
      ? []
      : [
          letter("w", spots.w, above, say("w")),
          letter("m", spots.m, above, say("m")),
          letter("h", spots.h, above, say("h")),
          letter("x", (spots.m + spots.h) / 2, level + bore / 2 + 18, say("x"), "middle"),
          letter("y", spots.head - 36, floor - 4, say("y"), "end"),
        ];
    this.otherName = narrow ? svg("text") : letter("x", spots.tee - 18, floor - 4, say("other"), "end");
    this.letters.replaceChildren(...names, this.otherName, this.numbers.x, this.numbers.y, this.numbers.E);
    this.narrow = narrow;
  }

  /**
   * Shows one moment.
   * @param {Reading} reading
   * @param {(name: string) => string} setting what is set for a key, as text
   * @param {boolean} forked whether the handle also reaches the shower through the house flow
   */
  show(reading, setting, forked) {
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

    for (const field of this.fields) {
      field.show(setting(field.name));
    }
    for (const number of this.tags.querySelectorAll("output")) {
      write(number, words.number(reading[number.dataset.number ?? ""]));
    }
    for (const line of this.tags.querySelectorAll(".says")) {
      const name = /** @type {HTMLElement} */ (line).dataset.says ?? "";
      write(line, this.#consequence(name, reading[name]));
    }
    this.tags.classList.toggle("forked", forked);
    this.other?.classList.toggle("shut", !forked);
    this.otherName?.classList.toggle("shut", !forked);

    if (this.numbers) {
      write(this.numbers.x, `x ${words.number(reading.x)}`);
      write(this.numbers.y, `y ${y}`);
      write(this.numbers.E, `E ${E}`);
    }
    this.#water(reading);
  }

  /**
   * What a sensitivity means, in words.
   * @param {string} name
   * @param {number} value
   */
  #consequence(name, value) {
    const amount = { value: this.words.number(Math.abs(value)) };
    const way = value > 0 ? "more" : value < 0 ? "less" : "none";
    switch (name) {
      case "dE_dy":
        return this.words.say(`tag.error.${way}`, amount);
      case "dy_dx":
        return this.words.say(value > 0 ? "tag.flow.more" : "tag.flow.none", amount);
      case "dx_dh":
        return this.words.say("tag.x.h", amount);
      default:
        return this.words.say(`tag.${way}`, amount);
    }
  }

  /**
   * Fills pipes, jets and gauge. Widths and distances are those of the drawing; the shares that
   * they show come from the engine.
   * @param {Reading} reading
   */
  #water(reading) {
    if (!this.wet || !this.rays || !this.tube) return;
    const shares = { main: reading.x_share, house: reading.x_share, other: reading.x_share, riser: reading.y_share };
    this.shares = shares;
    for (const { name, water, drops } of this.wet) {
      const share = Math.min(shares[/** @type {keyof typeof shares} */ (name)], 1);
      water.classList.toggle("dry", share <= 0);
      drops.classList.toggle("dry", share <= 0);
      drops.setAttribute("stroke-dasharray", `0 ${this.#distance(share)}`);
    }
    const share = Math.min(reading.y_share, 1);
    this.rays.forEach((ray, index) => {
      // The outer jets start last.
      const rank = Math.abs(index - (JETS - 1) / 2) / JETS;
      ray.classList.toggle("dry", share <= 0 || share < rank * 0.6);
      ray.setAttribute("stroke-dasharray", `${(3 + 8 * share).toFixed(1)} ${this.#distance(share)}`);
    });
    const { top, height, left, width } = this.tube;
    const heightOf = (/** @type {number} */ fraction) => top + height * (1 - Math.min(fraction, 1));
    const level = heightOf(reading.y_fraction);
    const ideal = heightOf(reading.target_fraction);
    this.fill?.setAttribute("y", String(level));
    this.fill?.setAttribute("height", String(top + height - level));
    this.ideal?.setAttribute("transform", `translate(0 ${ideal})`);
    this.gap?.setAttribute("d", `M${left + width + 9} ${level} V${ideal}`);
  }

  /** Between two drops. @param {number} share */
  #distance(share) {
    return Math.round(SPARSE + (DENSE - SPARSE) * share);
  }

  /** Lets the water move for a while; it rests again when nothing has happened for some seconds. */
  run() {
    if (this.calm) return;
    this.until = performance.now() + 4000;
    if (!this.frame) {
      this.last = performance.now();
      this.frame = requestAnimationFrame((now) => this.#flow(now));
    }
  }

  /** @param {number} now */
  #flow(now) {
    const seconds = Math.min(now - (this.last ?? now), 50) / 1000;
    this.last = now;
    this.offsets ??= { main: 0, house: 0, other: 0, riser: 0 };
    for (const { name, drops } of this.wet ?? []) {
      const key = /** @type {keyof typeof this.offsets} */ (name);
      const share = Math.min(this.shares?.[key] ?? 0, 1);
      if (share <= 0) continue;
      this.offsets[key] -= (20 + SPEED * share) * seconds;
      drops.setAttribute("stroke-dashoffset", this.offsets[key].toFixed(1));
    }
    this.offset -= (60 + SPEED * Math.min(this.shares?.riser ?? 0, 1)) * seconds;
    this.rays?.forEach((ray, index) => ray.setAttribute("stroke-dashoffset", (this.offset + index * 5).toFixed(1)));
    const going = this.element.isConnected && now < (this.until ?? 0);
    this.frame = going ? requestAnimationFrame((next) => this.#flow(next)) : 0;
  }
}
