// The figure of the city: its mosaic, what it is set to, its numbers, a valve of it, and what a shower hangs on.

import { Experiment } from "./city-experiment.js";
import { Facts } from "./city-facts.js";
import { Line } from "./city-line.js";
import { Mosaic } from "./city-mosaic.js";
import { Sheet } from "./city-sheet.js";
import { sizes, wished, Wishes } from "./city-wishes.js";
import { html, write } from "./dom.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./parts.js").Part} Part */
/** @typedef {import("./words.js").Words} Words */

/** The time between two states of the numbers, where things may move by themselves and where not, in milliseconds. */
const EVERY = { lively: 100, calm: 1000 };
/** The time between two charts, in milliseconds. */
const CHART = 500;

/**
 * What makes each part.
 * @param {Words} words
 * @param {Asks} asks
 * @param {boolean} calm whether nothing may move by itself
 * @returns {Record<string, () => Part>}
 */
export function builders(words, asks, calm) {
  return { city: () => new City(words, asks, calm), experiment: () => new Experiment(words, asks) };
}

/** The city. */
export class City {
  /**
   * @param {Words} words
   * @param {Asks} asks
   * @param {boolean} calm
   */
  constructor(words, asks, calm) {
    this.words = words;
    this.asks = asks;
    this.every = calm ? EVERY.calm : EVERY.lively;
    this.line = new Line("city", (answer) => this.#hear(answer));
    this.mosaic = new Mosaic(words, {
      look: () => this.#look(),
      point: (x, y) => this.#point(x, y, false),
      leave: () => this.#leave(),
      pick: (x, y) => this.#point(x, y, true),
      drop: () => this.#light(-1),
    });
    this.wishes = new Wishes(words, asks);
    this.facts = new Facts(words);
    this.sheet = new Sheet(words, { find: (valve) => this.line.ask("valve", { valve, finds: true }), light: (shower) => this.#light(shower) });
    const button = (/** @type {string} */ name, /** @type {() => void} */ act, kind = "") => {
      const element = html("button", { type: "button", class: kind, "data-act": `city-${name}`, "data-chosen": name }, words.say(`run.${name}`));
      element.addEventListener("click", act);
      return element;
    };
    this.play = button("play", () => this.#run(!this.playing), "main");
    const step = button("step", () => {
      // A pause would take back the steps that are still to be made.
      if (this.playing) this.#run(false);
      this.line.send({ kind: "step", count: 1 });
      this.#listen();
    });
    const reset = button("reset", () => this.#restart(false));
    this.count = html("span", { class: "count", "data-city": "steps" });
    this.told = html("p", { class: "note told", role: "status" });
    this.chart = html("div", { class: "chart", role: "img", "aria-label": words.say("city.chart") });
    const left = html(
      "div",
      { class: "left" },
      html("div", { class: "buttons" }, this.play, step, reset, this.mosaic.tools, this.count),
      this.mosaic.sheet,
      html("p", { class: "note legend" }, words.say("city.legend")),
      html("div", { class: "charted" }, this.chart, html("p", { class: "note" }, words.say("city.chart.note"))),
    );
    const right = html("div", { class: "right" }, this.told, this.facts.element, this.wishes.element, this.sheet.element);
    this.element = html("section", { class: "city", "aria-label": words.say("figure.city") }, left, right);
    /** Whether it shall make steps, as a person wants. */
    this.playing = false;
    /** How many times the valves of this city have been read. */
    this.readings = 0;
    /** What the city of now was made of, and its number among those of this page. @type {string | undefined} */
    this.wished = undefined;
    this.id = 0;
    /** The city that answers. @type {any} */
    this.made = undefined;
    this.steps = 0;
    this.look = "light";
    this.shower = -1;
    /** The valve that stays while nothing else is pointed at. @type {number | undefined} */
    this.pinned = undefined;
    this.pointing = false;
    this.charted = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.chartDue = undefined;
    /** Whether someone could see it. */
    this.seen = false;
    this.awake = true;
    this.sight = new IntersectionObserver((entries) => {
      this.seen = entries[entries.length - 1].isIntersecting;
      this.#wake();
    });
    this.sight.observe(this.element);
    document.addEventListener("visibilitychange", this.#wake);
    addEventListener("pagehide", this.#wake);
    addEventListener("pageshow", this.#wake);
  }

  /** Nobody's city does no work. @param {Event} [event] */
  #wake = (event) => {
    const awake = this.seen && document.visibilityState === "visible" && event?.type !== "pagehide";
    if (awake === this.awake) return;
    this.awake = awake;
    this.line.send({ kind: awake ? "wake" : "sleep" });
  };

  free() {
    this.sight.disconnect();
    document.removeEventListener("visibilitychange", this.#wake);
    removeEventListener("pagehide", this.#wake);
    removeEventListener("pageshow", this.#wake);
    clearTimeout(this.chartDue);
    this.line.close();
  }

  /** @param {Lab} lab */
  showSettings(lab) {
    this.wishes.show(lab);
    if (wished(lab) !== this.wished) this.#restart(this.playing);
  }

  /** @param {Lab} lab */
  settle(lab) {
    this.showSettings(lab);
  }

  /** @param {Moment} moment */
  show({ look, ratio }) {
    const other = look !== this.look;
    this.look = look;
    if (this.mosaic.measure(ratio) || other) {
      this.#look();
      this.#draw();
    }
  }

  /** A city from its beginning. @param {boolean} plays whether it trains at once */
  #restart(plays) {
    const lab = this.asks.lab();
    if (!lab) return;
    this.wished = wished(lab);
    this.id += 1;
    this.readings = 0;
    this.element.setAttribute("data-settled", "false");
    // What is asked for next is asked of this one.
    this.line.send({ kind: "city", id: this.id, scenario: lab.scenario() });
    this.#run(plays);
  }

  /** @param {boolean} plays */
  #run(plays) {
    this.playing = plays;
    write(this.play, this.words.say(plays ? "run.pause" : "run.play"));
    this.line.send({ kind: plays ? "play" : "pause" });
    this.#listen();
  }

  /** Waits for the next state of the numbers. */
  #listen() {
    this.line.ask("state", { every: this.every });
  }

  /** Asks for a picture of what is in sight. */
  #look() {
    const { mosaic, made } = this;
    // The mosaic looks as soon as it is made.
    if (!made || mosaic.width === 0) return;
    this.line.ask("picture", { ...mosaic.view, theme: this.look, shower: this.shower });
  }

  /** Asks for the chart, but not too often. */
  #draw() {
    if (!this.made) return;
    clearTimeout(this.chartDue);
    const wait = this.charted + Math.max(CHART, this.every) - performance.now();
    if (wait > 0) {
      this.chartDue = setTimeout(() => this.#draw(), wait);
      return;
    }
    this.charted = performance.now();
    const { clientWidth: width, clientHeight: height } = this.chart;
    if (width > 0 && height > 0) this.line.ask("chart", { width, height, theme: this.look });
  }

  /** @param {number} x @param {number} y @param {boolean} picks */
  #point(x, y, picks) {
    this.pointing = true;
    this.mosaic.point({ x, y });
    this.line.ask("at", { x, y, picks });
  }

  /** Nothing is pointed at: the valve that was picked stays. */
  #leave() {
    this.pointing = false;
    this.mosaic.point(undefined);
    if (this.pinned === undefined) this.sheet.show(undefined);
    else this.line.ask("valve", { valve: this.pinned });
  }

  /** Lights up what carries a shower, or nothing. @param {number} shower */
  #light(shower) {
    this.shower = shower;
    this.sheet.light(shower);
    if (shower >= 0) this.line.ask("carriers", { shower });
    this.#look();
  }

  /** What comes from the line. @param {any} answer */
  #hear(answer) {
    if (answer.kind === "failed") {
      write(this.told, this.words.say("city.failed", { reason: answer.reason }));
      return;
    }
    // A city that was there before.
    if (answer.id === this.id) this.#answers[answer.kind]?.(answer);
    else if (answer.kind === "state") this.#listen();
  }

  /** @type {Record<string, (answer: any) => void>} */
  #answers = {
    city: (made) => {
      const lab = this.asks.lab();
      this.made = made;
      const showers = made.sizes[made.sizes.length - 1];
      this.mosaic.extend(made.extent[0], made.extent[1]);
      this.facts.begin(made);
      this.sheet.begin(showers);
      this.#tell(lab);
      if (this.shower >= showers) this.shower = -1;
      if (this.pinned !== undefined && this.pinned >= made.valves) this.pinned = undefined;
      this.#light(this.shower);
      this.#look();
    },
    state: (state) => {
      this.steps = state.steps;
      this.state = state;
      const read = state.readings !== this.readings;
      this.readings = state.readings;
      write(this.count, this.#counted());
      this.facts.show(state);
      this.#draw();
      if (read) {
        this.#look();
        if (this.shower >= 0) this.line.ask("carriers", { shower: this.shower });
        if (this.pinned !== undefined && !this.pointing) this.line.ask("valve", { valve: this.pinned });
      }
      this.element.setAttribute("data-settled", String(state.settled));
      this.#listen();
    },
    picture: ({ pixels, width, height }) => {
      if (pixels) this.mosaic.draw(pixels, width, height);
    },
    at: ({ valve, shower, picks }) => {
      if (picks) {
        this.pinned = valve?.index;
        // A second click on the same line puts its light out.
        if (shower >= 0) this.#light(shower === this.shower ? -1 : shower);
      }
      if (!this.pointing && !picks) return;
      // A pointer marks valves alone; what keys move is seen in the gaps too.
      if (!valve && !this.mosaic.canvas.matches(":focus-visible")) this.mosaic.point(undefined);
      this.#see(valve);
    },
    valve: ({ valve, finds }) => {
      if (finds && valve) {
        this.pinned = valve.index;
        const [x, y] = valve.place;
        this.mosaic.find(x, y);
        this.mosaic.cursor = { x, y };
        this.mosaic.point({ x, y });
        // Where all stands in one column it may be far above.
        this.mosaic.sheet.scrollIntoView({ block: "nearest" });
      } else if (this.pointing) return;
      this.#see(valve);
    },
    carriers: ({ shower, count }) => {
      if (shower === this.shower && count !== undefined) this.sheet.tell(shower, count, this.made.valves);
    },
    chart: ({ text }) => {
      const drawing = text && new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      if (drawing?.localName === "svg") this.chart.replaceChildren(document.importNode(drawing, true));
    },
  };

  /** Shows a valve. @param {any} valve */
  #see(valve) {
    this.sheet.show(valve, this.made?.sizes);
  }

  /** What is to be said of where this city lives. @param {Lab | undefined} lab */
  #tell(lab) {
    const { words, line, made } = this;
    const smaller = lab !== undefined && sizes(lab) !== Array.from(made.sizes).join(",");
    const told = [line.here && words.say("city.here"), line.plain && words.say("city.plain"), smaller && words.say("city.smaller", { valves: words.count(made.valves) })];
    write(this.told, told.filter(Boolean).join(" "));
  }

  #counted() {
    const { words, steps } = this;
    // What is beside the numbers of now is read before the first step.
    if (this.readings === 0) return words.say("city.reading");
    const key = `city.count.${words.plural.select(steps)}`;
    return words.say(key in words.words ? key : "city.count.other", { count: words.count(steps) });
  }

  /** What is shown, for those who listen. */
  describe() {
    const { words, state } = this;
    if (!state) return words.say("city.mosaic");
    return words.say("city.said", { steps: this.#counted(), error: words.number(state.now.error), reach: words.number(state.now.reach), untrained: words.number(state.untrained.reach) });
  }
}
