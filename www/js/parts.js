// The parts of a figure: which there are, how they are laid out, and what all of them are told.

import { Chain } from "./chain.js";
import { html } from "./dom.js";
import { Scene } from "./scene.js";
import { Table } from "./table.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./dial.js").Turning} Turning */

/**
 * What there is to show in one frame.
 * @typedef {object} Moment
 * @property {Lab} lab
 * @property {Reading} reading
 * @property {string} look light or dark
 * @property {boolean} running
 */

/**
 * One part of a figure.
 * @typedef {object} Part
 * @property {Element} element
 * @property {(moment: Moment) => void} [show] in each frame in which something changed: texts and places
 * @property {(moment: Moment) => void} [draw] then on canvases: their letters want the page to be laid out, and
 *   so all texts are written before the first is drawn
 * @property {(lab: Lab) => void} [settle] when the hand has let go, or the run has come to rest
 * @property {(lab: Lab) => void} [showSettings] when a setting has changed
 * @property {() => void} [layOut] when the size has changed
 * @property {() => void} [free] gives back what it holds
 * @property {boolean} [fresh] whether it has made controls that have not been chosen yet
 */

/**
 * What the parts ask of the figure round them.
 * @typedef {object} Asks
 * @property {() => Lab | undefined} lab the lab of now: another one takes its place when a state is set
 * @property {(key: string) => Turning} turning what a handle does
 * @property {(key: string, text: string) => void} set
 * @property {(m: number, h: number) => void} turn both valves, to fractions
 * @property {(act: (lab: Lab) => unknown) => void} act something that a button does, at once
 * @property {(act: (lab: Lab) => unknown) => void} move something that goes on while the hand moves
 * @property {() => void} end the hand lets go
 * @property {(complaints: ArrayLike<any>) => void} complain
 * @property {() => void} toggle plays or pauses
 * @property {() => void} redraw
 * @property {() => void} opened a part was opened or closed
 */

/**
 * The parts of each figure, in two columns; those that one can open below them; `tags` are the
 * sensitivities and the pressure in the scene.
 */
const FIGURES = {
  shower: { first: ["scene"] },
  chain: { first: ["scene", "chain"], tags: true },
  landscape: { second: ["plane"] },
  curves: { first: ["curves"] },
  history: { first: ["timeline"], second: ["controls"] },
  race: { first: ["verdict", "timeline", "race"], second: ["plane", "controls"] },
  rates: { first: ["rates", "verdict"], second: ["plane"] },
  plumber: { first: ["verdict", "measured"], second: ["controls"] },
  memory: { first: ["memory"], second: ["plane", "controls"] },
  starts: { first: ["starts"], second: ["controls"] },
  lab: {
    first: ["scene", "chain", "verdict", "timeline"],
    second: ["plane", "controls"],
    below: ["curves", "race", "measured", "memory", "rates", "starts"],
    tags: true,
  },
};

/** @typedef {keyof typeof FIGURES} Figure */

/**
 * The figure of that name, the lab where there is none.
 * @param {string | null} name
 * @returns {Figure}
 */
export function known(name) {
  return /** @type {Figure} */ (name !== null && Object.hasOwn(FIGURES, name) ? name : "lab");
}

/**
 * Whether a figure needs more than the scene and the chain.
 * @param {Figure} figure
 */
export function draws(figure) {
  return figure !== "shower" && figure !== "chain";
}

/** All parts of one figure. */
export class Parts {
  /**
   * @param {Figure} figure
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   * @param {{ calm: boolean, label: string | null, open: string[] }} manner calm: nothing may move by
   *   itself; open: the parts below that are open already
   */
  static async build(figure, engine, words, asks, manner) {
    const panels = draws(figure) ? await import("./panels.js") : undefined;
    return new Parts(figure, panels, engine, words, asks, manner);
  }

  /**
   * @param {Figure} figure
   * @param {typeof import("./panels.js") | undefined} panels
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   * @param {{ calm: boolean, label: string | null, open: string[] }} manner
   */
  constructor(figure, panels, engine, words, asks, { calm, label, open }) {
    const layout = /** @type {{ first?: string[], second?: string[], below?: string[], tags?: boolean }} */ (FIGURES[figure]);
    /** @type {Part[]} */
    this.all = [];
    /** Parts whose controls can be chosen, by name. @type {Record<string, Part>} */
    this.choosable = {};
    /** What was chosen last. @type {{ wanted: string[] | undefined, fixed: boolean }} */
    this.chosen = { wanted: undefined, fixed: false };
    /** @type {Scene | undefined} */
    this.scene = undefined;
    /** @type {import("./verdict.js").Verdict | undefined} */
    this.verdict = undefined;
    /** @type {Record<string, () => Part>} */
    const builders = {
      scene: () => (this.scene = this.choosable.scene = new Scene(words, asks, { calm, quiet: !layout.tags })),
      chain: () => new Chain(words),
    };
    if (panels) {
      Object.assign(builders, {
        controls: () => (this.choosable.controls = new panels.Controls(engine, words, asks)),
        curves: () => (this.choosable.curves = new panels.Curves(engine, words, asks)),
        measured: () => new panels.Measured(engine, words),
        memory: () => new panels.Memory(engine, words),
        plane: () => (this.choosable.plane = new panels.Plane(engine, words, asks)),
        race: () => (this.choosable.race = new panels.Race(engine, words, asks)),
        rates: () => (this.choosable.rates = new panels.Rates(engine, words, asks)),
        starts: () => new panels.Starts(engine, words, calm, asks.redraw),
        timeline: () => (this.choosable.timeline = new panels.Timeline(engine, words, asks)),
        verdict: () => (this.verdict = this.choosable.verdict = new panels.Verdict(words, asks)),
      });
    }
    const column = (/** @type {"first" | "second"} */ name) => {
      const members = (layout[name] ?? []).map((part) => builders[part]());
      this.all.push(...members);
      return html("div", { class: `column ${name}` }, ...members.map(({ element }) => element));
    };
    const columns = [column("first"), column("second")];
    this.builders = builders;
    this.asks = asks;
    this.below = html("div", { class: "column below" });
    /** The parts that are open below. @type {Map<string, Part>} */
    this.open = new Map();
    /** Their buttons. @type {Map<string, Element>} */
    this.openers = new Map();
    /** Those of them out of sight, which are not drawn. @type {Set<Element>} */
    this.hidden = new Set();
    this.sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.hidden.delete(target);
        else this.hidden.add(target);
      }
      if (entries.some(({ isIntersecting }) => isIntersecting)) asks.redraw();
    });
    if (layout.below) {
      const buttons = layout.below.map((part) => this.#opener(part, words.say(`open.${part}`)));
      this.choosable.controls?.element.append(html("div", { class: "openers", role: "group", "aria-label": words.say("open"), "data-chosen": "more" }, ...buttons));
    }
    this.table = new Table(words);
    for (const part of open.filter((name) => this.openers.has(name))) this.#toggle(part);
    const name = label ?? words.say(`figure.${figure}`);
    this.element = html("div", { class: "parts", role: "group", "aria-label": name }, ...columns, this.below);
  }

  /**
   * A button that opens a part below the others, and closes it.
   * @param {string} name
   * @param {string} text
   */
  #opener(name, text) {
    const button = html("button", { type: "button", "aria-pressed": "false", "data-open": name }, text);
    button.addEventListener("click", () => {
      this.#toggle(name);
      this.open.get(name)?.element.scrollIntoView?.({ block: "nearest" });
      this.asks.opened();
    });
    this.openers.set(name, button);
    return button;
  }

  /** Opens a part below the others, or closes it. @param {string} name */
  #toggle(name) {
    const open = this.open.get(name);
    if (open) {
      open.free?.();
      this.sight.unobserve(open.element);
      this.hidden.delete(open.element);
      open.element.remove();
      this.open.delete(name);
      delete this.choosable[name];
      this.all = this.all.filter((part) => part !== open);
    } else {
      const part = this.builders[name]();
      this.open.set(name, part);
      this.all.push(part);
      this.below.append(part.element);
      this.sight.observe(part.element);
    }
    this.openers.get(name)?.setAttribute("aria-pressed", String(!open));
  }

  layOut() {
    for (const part of this.all) part.layOut?.();
  }

  /** @param {Moment} moment */
  show(moment) {
    const seen = this.all.filter((part) => !this.hidden.has(part.element));
    for (const part of seen) part.show?.(moment);
    this.#chooseFresh();
    for (const part of seen) part.draw?.(moment);
  }

  /** @param {Lab} lab */
  showSettings(lab) {
    for (const part of this.all) part.showSettings?.(lab);
    this.#chooseFresh();
  }

  /**
   * @param {Lab} lab
   * @param {Reading} reading
   */
  settle(lab, reading) {
    this.table.show(reading);
    for (const part of this.all) part.settle?.(lab);
  }

  /** The water shows that something happened. */
  run() {
    this.scene?.run();
  }

  free() {
    this.sight.disconnect();
    for (const part of this.all) part.free?.();
  }

  /**
   * Shows only the wanted controls, and none that work where the figure is read-only.
   * @param {string[] | undefined} wanted
   * @param {boolean} fixed
   */
  choose(wanted, fixed) {
    this.chosen = { wanted, fixed };
    for (const name of Object.keys(this.choosable)) this.#choose(name);
  }

  /** The same for one part. @param {string} name */
  #choose(name) {
    const { wanted, fixed } = this.chosen;
    const part = this.choosable[name];
    part.fresh = false;
    for (const control of part.element.querySelectorAll("[data-chosen]")) {
      const { chosen = "" } = /** @type {HTMLElement} */ (control).dataset;
      /** @type {HTMLElement} */ (control).hidden = wanted !== undefined && !wanted.includes(chosen);
    }
    const still = fixed || (wanted !== undefined && !wanted.includes("valves"));
    const off = ["scene", "plane", "curves"].includes(name) ? still : fixed;
    part.element.classList.toggle("still", off);
    for (const control of part.element.querySelectorAll("input, button:not([data-open]), select")) {
      /** @type {HTMLInputElement} */ (control).disabled = off;
    }
  }

  /** Chooses the controls that parts have just made. */
  #chooseFresh() {
    for (const [name, part] of Object.entries(this.choosable)) {
      if (part.fresh) this.#choose(name);
    }
  }
}
