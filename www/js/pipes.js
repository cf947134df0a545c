// The drawing of the plumbing: pipes, moving water, shower head and gauge.

import { svg, write } from "./dom.js";

/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */

/** Lines of water that fall from an open shower. */
const JETS = 7;
/** How far drops move in a second, in CSS pixels: with hardly any flow, and so much more at full flow. */
const CRAWL = 20;
const SPEED = 190;
/** The distance between drops with hardly any flow, and at full flow, in CSS pixels. */
const SPARSE = 46;
const DENSE = 15;
/** Water rests when nothing has happened for this long, in milliseconds. */
const REST = 4000;

/**
 * Where everything stands, in CSS pixels.
 * @typedef {object} Plan
 * @property {boolean} narrow
 * @property {boolean} quiet without the pressure
 * @property {number} width
 * @property {number} height
 * @property {number} level of the pipe's middle
 * @property {number} bore of the pipe
 * @property {number} radius of the valves
 * @property {Record<"w" | "m" | "tee" | "h" | "head" | "gauge", number>} spots from the left
 */

/** A length of pipe with drops in it. */
class Pipe {
  /**
   * @param {string} d the path
   * @param {number} bore
   * @param {number} [start] where it begins along the pipe before it, so that the drops go on
   */
  constructor(d, bore, start = 0) {
    this.drops = svg("path", { d, class: "drops", "stroke-width": bore / 5 });
    this.water = svg("path", { d, class: "water", "stroke-width": bore - 6 });
    this.element = svg(
      "g",
      {},
      svg("path", { d, class: "edge", "stroke-width": bore + 3 }),
      svg("path", { d, class: "wall", "stroke-width": bore }),
      this.water,
      this.drops,
    );
    this.share = 0;
    this.offset = start;
    this.flow(0);
  }

  /** @param {number} share of full flow */
  show(share) {
    this.share = Math.min(share, 1);
    this.element.classList.toggle("dry", this.share <= 0);
    this.drops.setAttribute("stroke-dasharray", `0 ${Math.round(SPARSE + (DENSE - SPARSE) * this.share)}`);
  }

  /** @param {number} seconds */
  flow(seconds) {
    this.offset -= (CRAWL + SPEED * this.share) * seconds;
    this.drops.setAttribute("stroke-dashoffset", this.offset.toFixed(1));
  }
}

/** Pipes, jets and gauge, drawn for one plan. */
export class Pipes {
  /**
   * @param {Words} words
   * @param {boolean} calm whether nothing may move by itself
   */
  constructor(words, calm) {
    this.words = words;
    this.calm = calm;
    this.element = svg("g", { class: "waterworks" });
    /** Each pipe with the name of its share in the reading. @type {[Pipe, string][]} */
    this.pipes = [];
    /** @type {SVGPathElement[]} */
    this.jets = [];
    this.other = svg("g", { class: "other" });
    this.level = svg("rect", { class: "level" });
    this.ideal = svg("g", { class: "ideal" });
    this.gap = svg("path", { class: "gap" });
    // What was promised of a turn, and how far the flow is from that.
    this.off = svg("rect", { fill: "url(#hatch)" });
    this.promised = svg("g");
    this.ghost = svg("g", { class: "ghost shut" }, this.off, this.promised);
    const number = (/** @type {string} */ of) => svg("text", { class: `of-${of} value`, "text-anchor": "middle", "data-number": of });
    this.numbers = { x: number("x"), y: number("y"), E: number("E") };
    this.tube = { left: 0, top: 0, width: 0, height: 0 };
    this.share = 0;
    this.offset = 0;
    this.frame = 0;
  }

  /** @param {Plan} plan */
  layOut({ narrow, quiet, width, height, level, bore, radius, spots }) {
    const drop = level + (narrow ? 28 : 34);
    const floor = height - 14;
    const main = new Pipe(`M0 ${level} H${spots.m}`, bore);
    const house = new Pipe(`M${spots.m} ${level} H${spots.tee}`, bore, spots.m);
    const branch = new Pipe(`M${spots.tee} ${level} H${spots.h}`, bore, spots.tee);
    const tap = new Pipe(`M${spots.tee} ${level} V${narrow ? 20 : 26}`, bore);
    const bend = 14;
    const riser = new Pipe(
      `M${spots.h} ${level} H${spots.head - bend} Q${spots.head} ${level} ${spots.head} ${level + bend} V${drop}`,
      bore,
      spots.h,
    );
    this.pipes = [
      [main, "x_share"],
      [house, "x_share"],
      [tap, "other_share"],
      [branch, "riser_share"],
      [riser, "y_share"],
    ];

    const say = (/** @type {string} */ part) => this.words.say(`part.${part}`);
    /** @param {string} of @param {number} x @param {number} y */
    const name = (of, x, y) => svg("text", { class: `of-${of}`, x, y, "text-anchor": "middle" }, say(of));
    const otherName = svg("text", { class: "of-x", x: spots.tee, y: narrow ? 14 : 18, "text-anchor": "middle" }, say("other"));
    this.other.replaceChildren(tap.element, otherName);
    const above = level - radius - 10;
    const names = narrow ? [] : [name("m", spots.m, above), name("h", spots.h, above)];
    if (!narrow && !quiet) names.push(name("w", spots.w, above));

    const spread = narrow ? 12 : 17;
    this.jets = Array.from({ length: JETS }, (_, index) => {
      const side = (index / (JETS - 1)) * 2 - 1;
      const d = `M${spots.head + side * spread} ${drop + 14} L${spots.head + side * spread * 1.7} ${floor}`;
      return svg("path", { class: "drops jet", d, "stroke-width": 3 });
    });
    const lip = narrow ? 10 : 14;
    const head = svg("path", { class: "head", d: `M${spots.head - 7} ${drop} h14 l${lip} 12 h-${14 + 2 * lip} z` });

    const top = 26;
    this.tube = { left: spots.gauge - 11, top, width: 22, height: floor - top };
    const { left, width: across, height: down } = this.tube;
    this.level = svg("rect", { class: "level", x: left + 3, width: across - 6, y: floor, height: 0, rx: 3 });
    this.ideal.replaceChildren(
      svg("path", { d: `M${left - 6} 0 h${across + 12}` }),
      svg("path", { class: "grip", d: `M${left - 5} 0 l-11 -7 v14 z` }),
    );

    this.off.setAttribute("x", String(left + 3));
    this.off.setAttribute("width", String(across - 6));
    const needle = `M${left - 3} 0 h${across + 6}`;
    const label = svg("text", { x: left - 20, y: 4, "text-anchor": "end" }, this.words.say("promise"));
    this.promised.replaceChildren(svg("path", { d: needle }), svg("path", { d: needle }), ...(narrow ? [] : [label]));

    const over = level - bore / 2 - 8;
    const put = (/** @type {SVGTextElement} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
      text.setAttribute("x", String(x));
      text.setAttribute("y", String(y));
    };
    put(this.numbers.x, narrow ? spots.tee : (spots.m + radius + spots.tee - bore / 2) / 2, narrow ? level + radius + 18 : over);
    put(this.numbers.y, spots.head - (narrow ? 4 : 8), over);
    put(this.numbers.E, narrow ? width : spots.gauge, top - 8);
    this.numbers.E.setAttribute("text-anchor", narrow ? "end" : "middle");

    // The branch lies below the house pipe that it leaves.
    this.element.replaceChildren(
      svg(
        "pattern",
        { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        svg("path", { d: "M1,0V5" }),
        svg("path", { d: "M3,0V5" }),
      ),
      this.other,
      main.element,
      house.element,
      branch.element,
      riser.element,
      head,
      ...this.jets,
      svg("rect", { class: "tube", x: left, y: top - 3, width: across, height: down + 6, rx: 8 }),
      this.level,
      this.ghost,
      this.gap,
      this.ideal,
      ...names,
      this.numbers.x,
      this.numbers.y,
      this.numbers.E,
    );
  }

  /**
   * Shows one moment. Widths and distances are those of the drawing; the shares that they show
   * come from the engine.
   * @param {Reading} reading
   */
  show(reading) {
    for (const letter of /** @type {const} */ (["x", "y", "E"])) {
      write(this.numbers[letter], `${letter} ${this.words.number(reading[letter])}`);
    }
    this.other.classList.toggle("shut", reading.paths < 2);
    for (const [pipe, share] of this.pipes) pipe.show(reading[share]);
    const share = Math.min(reading.y_share, 1);
    this.share = share;
    this.jets.forEach((jet, index) => {
      // The outer jets start last.
      const rank = Math.abs(index - (JETS - 1) / 2) / JETS;
      jet.classList.toggle("dry", share <= 0 || share < rank * 0.6);
      jet.setAttribute("stroke-dasharray", `${(4 + 10 * share).toFixed(1)} ${(13 - 5 * share).toFixed(1)}`);
    });
    const { top, height, left, width } = this.tube;
    const heightOf = (/** @type {number} */ fraction) => top + height * (1 - fraction);
    const level = heightOf(reading.y_fraction);
    const ideal = heightOf(reading.target_fraction);
    this.level.setAttribute("y", String(level));
    this.level.setAttribute("height", String(top + height - level));
    this.ideal.setAttribute("transform", `translate(0 ${ideal})`);
    const promised = heightOf(reading.promised_fraction);
    this.ghost.classList.toggle("shut", !reading.has_promise);
    this.promised.setAttribute("transform", `translate(0 ${promised})`);
    this.off.setAttribute("y", String(Math.min(promised, level)));
    this.off.setAttribute("height", String(Math.abs(promised - level)));
    this.gap.setAttribute("d", `M${left + width + 9} ${level} V${ideal}`);
  }

  /** Lets the water move for a while. */
  run() {
    if (this.calm) return;
    this.until = performance.now() + REST;
    if (!this.frame) {
      this.last = performance.now();
      this.frame = requestAnimationFrame((now) => this.#flow(now));
    }
  }

  /** @param {number} now */
  #flow(now) {
    const seconds = Math.min(Math.max(now - (this.last ?? now), 0), 50) / 1000;
    this.last = now;
    for (const [pipe] of this.pipes) pipe.flow(seconds);
    this.offset -= (CRAWL + SPEED * this.share) * seconds;
    this.jets.forEach((jet, index) => jet.setAttribute("stroke-dashoffset", (this.offset + index * 5).toFixed(1)));
    const going = this.element.isConnected && now < (this.until ?? 0);
    this.frame = going ? requestAnimationFrame((next) => this.#flow(next)) : 0;
  }
}
