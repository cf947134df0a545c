// Thousands of starts at once: their paths, and how soon each arrives.

import { html, write } from "./dom.js";
import { worker } from "./errands.js";
import { lay } from "./lay.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** Starts along m and along h. */
const CROWDS = [
  [100, 100],
  [400, 250],
  [1000, 1000],
];
/** Pixels of the picture along each axis. */
const PIXELS = 512;
/** What the picture shows, with the steps that everyone makes from one frame to the next. */
const SHOWS = { paths: 1, ends: 4 };
/** Nobody walks for longer. */
const LIMIT = 2000;

/** A crowd on the landscape of a lab. */
export class Starts {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {boolean} calm
   * @param {() => void} redraw
   */
  constructor(engine, words, calm, redraw) {
    this.words = words;
    this.calm = calm;
    this.redraw = redraw;
    this.plane = engine.LandscapeView.plane;
    this.field = html("canvas", { class: "field", "aria-hidden": "true" });
    this.map = html("canvas", { class: "marks", "aria-hidden": "true" });
    this.crowd = html("canvas", { class: "field crowd", width: PIXELS, height: PIXELS, role: "img", "aria-label": words.say("starts.picture") });
    // The walk of the lab's own run is drawn on a canvas that is not shown.
    this.view = new engine.LandscapeView(this.field, this.map, html("canvas"));
    this.sheets = html("div", { class: "sheets" }, this.field, this.crowd, this.map);
    const choice = (/** @type {string} */ id, /** @type {() => void} */ act, /** @type {[string, string][]} */ options) => {
      const select = html("select", { id, "aria-label": words.say(id.replace("-", ".")) }, ...options.map(([value, text]) => html("option", { value }, text)));
      select.addEventListener("change", act);
      return select;
    };
    this.count = choice("starts-count", () => this.#restart(), CROWDS.map(([columns, rows], index) => [String(index), words.count(columns * rows)]));
    this.shows = choice("starts-shows", () => this.#ask(0), Object.keys(SHOWS).map((name) => [name, words.say(`starts.${name}`)]));
    const button = (/** @type {string} */ name, /** @type {() => void} */ act) => {
      const element = html("button", { type: "button", "data-control": `starts-${name}` }, words.say(`run.${name}`));
      element.addEventListener("click", act);
      return element;
    };
    this.play = button("play", () => this.#toggle());
    this.caption = html("figcaption");
    this.status = html("p", { class: "note", "data-control": "starts-status" });
    this.element = html(
      "figure",
      { class: "starts landscape" },
      html("h2", {}, words.say("starts.title")),
      html("div", { class: "buttons" }, this.play, button("reset", () => this.#restart()), this.count, this.shows),
      this.sheets,
      this.status,
      this.caption,
    );
    /** @type {string | undefined} */
    this.look = undefined;
    this.ratio = 1;
    /** What the crowd walks on. @type {string | undefined} */
    this.settings = undefined;
    this.job = worker().open((answer) => this.#drawn(answer));
    this.walking = false;
    this.asked = false;
    this.frame = 0;
    this.width = 0;
    this.height = 0;
  }

  /** @param {Moment} moment */
  show({ lab, look, ratio }) {
    // While a valve turns the picture stays; it follows when the hand lets go.
    if (look !== this.look || ratio !== this.ratio || this.resized) {
      this.look = look;
      this.ratio = ratio;
      this.resized = false;
      this.#draw(lab);
    }
  }

  /** @param {Lab} lab */
  settle(lab) {
    const settings = lab.crowdSettings();
    if (settings === this.settings) return;
    this.settings = settings;
    this.#draw(lab);
    this.#restart();
  }

  layOut() {
    this.width = this.sheets.clientWidth;
    this.height = this.sheets.clientHeight;
    this.resized = true;
    lay([this.field, this.crowd], this.plane(this.width, this.height));
  }

  /** The landscape with everyone where they stand now. */
  portrait() {
    const side = Math.min(this.width, this.height);
    return { name: "starts", width: side, height: side, over: this.crowd.toDataURL() };
  }

  free() {
    this.#pause();
    this.view.free();
    this.job.close();
  }

  /** Draws the landscape behind the crowd. @param {Lab} lab */
  #draw(lab) {
    if (this.width > 0 && this.look) this.view.draw(lab, this.width, this.height, this.ratio, this.look);
  }

  #toggle() {
    if (this.walking) {
      this.#pause();
      return;
    }
    if (this.calm) {
      // Nothing slides: one press, some steps.
      if (!this.asked) this.#ask(8);
      return;
    }
    this.walking = true;
    write(this.play, this.words.say("run.pause"));
    const go = () => {
      this.frame = requestAnimationFrame(go);
      // A frame that is not there yet is waited for.
      if (!this.asked) this.#ask(SHOWS[/** @type {keyof typeof SHOWS} */ (this.shows.value)]);
    };
    go();
  }

  #pause() {
    this.walking = false;
    cancelAnimationFrame(this.frame);
    write(this.play, this.words.say("run.play"));
  }

  #restart() {
    this.#pause();
    const [columns, rows] = CROWDS[Number(this.count.value)];
    this.asked = true;
    write(this.caption, this.words.say(`starts.caption.${this.shows.value}`));
    this.job.ask({ kind: "crowd", scenario: this.settings ?? "", columns, rows, pixels: PIXELS, ends: this.shows.value === "ends", limit: LIMIT });
  }

  /** @param {number} steps */
  #ask(steps) {
    this.asked = true;
    write(this.caption, this.words.say(`starts.caption.${this.shows.value}`));
    this.job.ask({ kind: "frame", steps, ends: this.shows.value === "ends", limit: LIMIT });
  }

  /** @param {{ pixels: Uint8ClampedArray<ArrayBuffer>, steps: number, arrived: number, count: number, failed?: string }} answer */
  #drawn({ pixels, steps, arrived, count, failed }) {
    this.asked = false;
    if (failed) {
      this.#pause();
      write(this.status, this.words.say("worker.failed", { reason: failed }));
      return;
    }
    this.crowd.getContext("2d")?.putImageData(new ImageData(pixels, PIXELS), 0, 0);
    const { words } = this;
    write(this.status, words.say("starts.status", { arrived: words.count(arrived), count: words.count(count), steps: words.count(steps) }));
    if (arrived === count || steps >= LIMIT) this.#pause();
  }
}
