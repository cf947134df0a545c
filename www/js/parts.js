// The parts of a figure: which there are, how they are laid out, and what all of them are told.

import { Chain } from "./chain.js";
import { Challenge } from "./challenge.js";
import { html } from "./dom.js";
import { CANVASES, COURSE, PIPES } from "./engine.js";
import { Nudge } from "./nudge.js";
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
 * @property {string} look light, dark or projector
 * @property {number} ratio device pixels to a CSS pixel of the figure
 * @property {boolean} running
 * @property {boolean} paper whether it is for paper, on which nothing is out of sight
 * @property {boolean} [asked] whether the figure keeps to itself what a reader is asked for just now
 */

/**
 * A picture of a part that the engine draws.
 * @typedef {object} Picture
 * @property {number} width in CSS pixels
 * @property {number} height
 * @property {string} [name] among the engine's pictures
 * @property {string} [second] the second parameter of a rates map
 * @property {{ heading: string, names: string[] }} [legend] what it says first, and its names for the verdicts
 * @property {string} [over] pixels that lie over the engine's picture, as an address
 */

/**
 * One part of a figure.
 * @typedef {object} Part
 * @property {Element} element
 * @property {(moment: Moment) => void} [show] in each frame in which something changed: texts and places
 * @property {(moment: Moment) => void} [draw] then on canvases: their letters want the page to be laid out, and
 *   so all texts are written before the first is drawn
 * @property {(lab: Lab, byHand: boolean) => void} [settle] when the hand has let go, or the run has come to rest
 * @property {(lab: Lab) => void} [showSettings] when a setting has changed
 * @property {() => void} [layOut] when the size has changed
 * @property {() => Picture | HTMLElement} [portrait] what can be saved of it, as it is shown now: a picture of
 *   the engine's, or what stands on the page
 * @property {(lab: Lab, asked: boolean) => string} [describe] what is shown, in a sentence, where that is not the
 *   shower with its two valves
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
 * @property {(text: string) => void} say to those who listen
 * @property {(way: "undo" | "redo") => void} travel goes back to before the last thing that was done, or forth
 * @property {(wish: import("./files.js").Wish) => Promise<Blob>} image a picture of a part, as a file
 * @property {(format: string) => Promise<string>} data the run, as a table
 * @property {(name: string, value: string | null) => void} reflect sets an attribute of the figure, as a person wants
 * @property {(scenario: string) => void} stage shows a scenario, as something that can be undone
 * @property {(name: string, detail: object) => void} tell the page, by an event
 */

/**
 * How a figure is built.
 * @typedef {object} Manner
 * @property {boolean} calm nothing may move by itself
 * @property {string | null} label
 * @property {boolean} [challenge] whether the figure ends in its challenge
 */

/**
 * How a figure is laid out.
 * @typedef {object} Layout
 * @property {string[]} [first] the parts of its first column; `plot` is the drawing of the course that has the figure's name
 * @property {string[]} [second] those of its second
 * @property {boolean} [tags] whether sensitivities and pressure hang in the scene
 * @property {boolean} [desk] whether it is a desk instead
 * @property {boolean} [links] whether one can go through the chain link by link
 * @property {string[]} [settings] the keys that its settings offer
 * @property {string[]} [offers] what its controls offer, where that is not all
 * @property {number} [level] what it needs of the engine, where that is not canvases
 * @property {boolean} [plain] whether it also works where there are no vector instructions
 * @property {boolean} [hush] whether it keeps the answer to its challenge to itself until a guess is committed
 */

/** What the controls of a run offer where the idea needs no more. */
const RUN = ["step", "play", "back", "reset"];

/** The figures. @type {Record<string, Layout>} */
const FIGURES = {
  shower: { first: ["scene"], level: PIPES },
  ruler: { first: ["plot"], level: COURSE },
  shrink: { first: ["plot", "settings"], settings: ["span"], level: COURSE },
  hold: { first: ["plot", "settings"], settings: ["drift"], level: COURSE },
  chain: { first: ["scene", "nudge", "chain"], tags: true, level: PIPES },
  "two-paths": { first: ["scene", "settings", "paths", "chain"], tags: true, settings: ["Cother"], level: COURSE },
  passes: { first: ["scene", "chain"], tags: true, links: true },
  error: { first: ["plot", "settings"], settings: ["error", "delta"], level: COURSE },
  split: { first: ["plot"], level: COURSE, hush: true },
  landscape: { second: ["plane"] },
  "three-reasons": { first: ["plot", "settings"], settings: ["preset", "pressure", "jump"], level: COURSE },
  curves: { first: ["curves"] },
  history: { first: ["timeline"], second: ["controls"] },
  race: { first: ["verdict", "timeline", "race"], second: ["plane", "controls"] },
  rates: { first: ["loop", "controls", "timeline", "verdict"], second: ["plane", "rates"], offers: [...RUN, "finish", "rate"], hush: true, level: COURSE },
  plumber: { first: ["plot", "settings", "controls"], settings: ["sensitivities"], offers: RUN, level: COURSE },
  memory: { first: ["plane", "lanes"], second: ["settings", "controls", "memory"], settings: ["optimizer", "rate", "units"], offers: RUN, level: COURSE },
  starts: { first: ["starts"], second: ["controls"] },
  fade: { first: ["plot", "settings"], settings: ["fade", "m", "h"], hush: true, level: COURSE },
  "small-network": { first: ["network"], hush: true, level: COURSE },
  city: { first: ["city", "experiment"], level: PIPES, plain: true },
  lab: { desk: true },
};

/** Parts in which one turns a valve. */
const HANDS = ["scene", "plane", "curves", "plot"];
/** Parts whose controls change nothing but what they show themselves. */
const LOOKERS = ["starts", "memory", "measured", "code"];

/** @typedef {string} Figure one of the names of FIGURES */

/**
 * The figure of that name, the lab where there is none.
 * @param {string | null} name
 * @returns {Figure}
 */
export function known(name) {
  return name !== null && Object.hasOwn(FIGURES, name) ? name : "lab";
}

/**
 * What is wrong with a name, as the engine makes complaints; nothing where none is given.
 * @param {string | null} name
 */
export function misnamed(name) {
  if (name === null || Object.hasOwn(FIGURES, name)) return [];
  return [{ key: "figure", given: name, reason: "choice", names: Object.keys(FIGURES), used: known(name) }];
}

/**
 * What a figure needs of the engine.
 * @param {Figure} figure
 */
export function level(figure) {
  return FIGURES[figure].level ?? CANVASES;
}

/**
 * Whether a figure works without vector instructions, and so without the drawings of the engine.
 * @param {Figure} figure
 */
export function plain(figure) {
  return FIGURES[figure].plain === true;
}

/**
 * Whether a figure needs more than the scene and the plain chain.
 * @param {Figure} figure
 */
export function draws(figure) {
  return level(figure) > PIPES;
}

/** All parts of one figure. */
export class Parts {
  /**
   * @param {Figure} figure
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   * @param {Manner} manner
   */
  static async build(figure, engine, words, asks, manner) {
    const [panels, lessons, city] = await Promise.all([
      draws(figure) ? import("./panels.js") : undefined,
      level(figure) === COURSE ? import("./lessons.js") : undefined,
      plain(figure) ? import("./city.js") : undefined,
    ]);
    return new Parts(figure, { panels, lessons, city }, engine, words, asks, manner);
  }

  /**
   * @param {Figure} figure
   * @param {{ panels?: typeof import("./panels.js"), lessons?: typeof import("./lessons.js"), city?: typeof import("./city.js") }} modules those with its parts
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   * @param {Manner} manner
   */
  constructor(figure, { panels, lessons, city }, engine, words, asks, manner) {
    const layout = FIGURES[figure];
    /** The parts that there are, by name. @type {Map<string, Part>} */
    this.all = new Map();
    /** What was chosen last. @type {{ wanted: string[] | undefined, fixed: boolean, locked: string[] }} */
    this.chosen = { wanted: undefined, fixed: false, locked: [] };
    /** What locks controls. @type {import("./beside.js").Beside | undefined} */
    this.beside = undefined;
    /** Whether the sensitivities hang in the scene. */
    this.tagged = layout.tags === true;
    /** Whether one can go through the chain link by link. */
    this.linked = panels !== undefined && (layout.links === true || layout.desk === true);
    /** What the controls offer, where that is not all. */
    this.offers = layout.offers;
    this.hush = layout.hush === true;
    /** @type {Record<string, () => Part>} */
    this.builders = {
      scene: () => new Scene(words, asks, { calm: manner.calm, quiet: !this.tagged }),
      chain: () => (panels && this.linked ? new panels.Passes(new Chain(words), words, asks) : new Chain(words)),
      nudge: () => new Nudge(words),
      ...panels?.builders(engine, words, asks, manner.calm),
      ...city?.builders(words, asks, manner.calm),
      ...lessons?.builders(engine, words, asks, manner.calm, figure, layout.settings ?? []),
    };
    this.panels = panels;
    this.asks = asks;
    /** Parts out of sight, whose canvases are not drawn; their texts are always those of now. @type {Set<Element>} */
    this.hidden = new Set();
    this.sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.hidden.delete(target);
        else this.hidden.add(target);
      }
      if (entries.some(({ isIntersecting }) => isIntersecting)) asks.redraw();
    });
    const column = (/** @type {"first" | "second"} */ name) => {
      const members = (layout[name] ?? []).map((part) => this.add(part).element);
      // Pages with many figures would have as many landmarks of one name.
      for (const member of members.filter((element) => element.matches("section"))) member.setAttribute("role", "group");
      // Such a figure stands below a heading of its page, and has its own below that.
      for (const heading of members.flatMap((element) => [...element.querySelectorAll("h2")])) heading.setAttribute("aria-level", "4");
      return html("div", { class: `column ${name}` }, ...members);
    };
    /** @type {import("./desk.js").Desk | undefined} */
    this.desk = layout.desk && panels ? new panels.Desk(this, words, asks) : undefined;
    /** @type {HTMLElement[]} */
    const inside = this.desk ? [this.desk.element] : [column("first"), column("second")];
    // Not every figure has one.
    if (manner.challenge && `challenge.${figure}` in words.words) {
      const challenge = new Challenge(figure, words, asks);
      this.all.set("challenge", challenge);
      inside.push(challenge.element);
    }
    this.table = new Table(words);
    this.table.element.hidden = [...this.all.values()].some(({ describe }) => describe);
    const name = manner.label ?? words.say(`figure.${figure}`);
    this.element = html("div", { class: "parts", role: "group", "aria-label": name }, ...inside);
  }

  /** A key was pressed. @param {KeyboardEvent} event */
  press(event) {
    this.panels?.press(event, this, this.asks);
  }

  /** Makes a part. @param {string} name */
  add(name) {
    const part = this.builders[name]();
    this.all.set(name, part);
    this.sight.observe(part.element);
    return part;
  }

  /** Takes a part away. @param {string} name */
  remove(name) {
    const part = this.all.get(name);
    if (!part) return;
    part.free?.();
    this.sight.unobserve(part.element);
    this.hidden.delete(part.element);
    part.element.remove();
    this.all.delete(name);
  }

  /** The verdict on the run, where it is shown. */
  get verdict() {
    return /** @type {import("./verdict.js").Verdict | undefined} */ (this.all.get("verdict"));
  }

  /** The drawing of the course, where there is one. */
  get plot() {
    return /** @type {import("./plot.js").Plot | undefined} */ (this.all.get("plot"));
  }

  /** The chain, where one can go through it. */
  get chain() {
    return /** @type {import("./passes.js").Passes | undefined} */ (this.linked ? this.all.get("chain") : undefined);
  }

  layOut() {
    for (const part of this.all.values()) part.layOut?.();
  }

  /** Whether an answer is wanted that the figure must not give away, and before which it does not go on. */
  get asked() {
    return this.hush && this.challenge?.awaits === true;
  }

  /** The challenge at the end of the figure, where it has one. */
  get challenge() {
    return /** @type {Challenge | undefined} */ (this.all.get("challenge"));
  }

  /** What is shown, in a sentence, where a part has one of its own. @param {Lab} lab */
  describe(lab) {
    for (const part of this.all.values()) if (part.describe) return part.describe(lab, this.asked);
    return undefined;
  }

  /** @param {Moment} moment */
  show(moment) {
    moment.asked = this.asked;
    this.element.classList.toggle("asked", moment.asked);
    this.desk?.tell(moment);
    for (const part of this.all.values()) part.show?.(moment);
    this.#chooseFresh();
    for (const part of this.all.values()) {
      if (moment.paper || !this.hidden.has(part.element)) part.draw?.(moment);
    }
  }

  /** @param {Lab} lab */
  showSettings(lab) {
    for (const part of this.all.values()) part.showSettings?.(lab);
    this.#chooseFresh();
  }

  /**
   * @param {Lab} lab
   * @param {Reading} reading
   * @param {boolean} [byHand] whether it was a person's hand that has let go
   */
  settle(lab, reading, byHand = false) {
    this.table.show(reading);
    for (const part of this.all.values()) part.settle?.(lab, byHand);
    this.beside?.lock(this);
  }

  /** The water shows that something happened. */
  run() {
    /** @type {Scene | undefined} */ (this.all.get("scene"))?.run();
  }

  free() {
    this.sight.disconnect();
    for (const part of this.all.values()) part.free?.();
  }

  /**
   * Shows only the wanted controls, and none that work where the figure is read-only.
   * @param {string[] | undefined} wanted
   * @param {boolean} fixed
   * @param {import("./beside.js").Beside} [beside] what locks some
   */
  choose(wanted, fixed, beside) {
    this.chosen = { wanted, fixed, locked: beside?.locked ?? [] };
    this.beside = beside;
    beside?.unlock(this);
    for (const [name, part] of this.all) this.#choose(name, part);
    if (this.desk) this.#hide(this.desk.toolbar.parentElement);
    beside?.lock(this);
  }

  /**
   * Hides the controls in an element that are not wanted, or not offered.
   * @param {Element | null} element
   * @param {string[]} [offers]
   */
  #hide(element, offers) {
    const { wanted } = this.chosen;
    const without = (/** @type {string[] | undefined} */ list, /** @type {string} */ name) => list !== undefined && !list.includes(name);
    const own = /** @type {HTMLElement[]} */ (element?.matches("[data-chosen]") ? [element] : []);
    for (const control of [...own, .../** @type {NodeListOf<HTMLElement>} */ (element?.querySelectorAll("[data-chosen]") ?? [])]) {
      const { chosen = "" } = control.dataset;
      control.hidden = without(wanted, chosen) || without(offers, chosen);
    }
  }

  /**
   * The same for one part.
   * @param {string} name
   * @param {Part} part
   */
  #choose(name, part) {
    const { wanted, fixed, locked } = this.chosen;
    part.fresh = false;
    this.#hide(part.element, name === "controls" ? this.offers : undefined);
    if (name === "challenge") {
      // It sets its figure as it needs it, and its own fields are its own affair.
      if (fixed) /** @type {HTMLElement} */ (part.element).hidden = true;
      return;
    }
    const still = fixed || locked.includes("valves") || (wanted !== undefined && !wanted.includes("valves"));
    const off = (HANDS.includes(name) ? still : fixed) && !LOOKERS.includes(name);
    part.element.classList.toggle("still", off);
    for (const control of part.element.querySelectorAll(":is(input, button, select):not([data-act])")) {
      /** @type {HTMLInputElement} */ (control).disabled = off;
    }
  }

  /** Chooses the controls that parts have just made. */
  #chooseFresh() {
    for (const [name, part] of this.all) {
      if (part.fresh) this.#choose(name, part);
    }
    this.beside?.lock(this);
  }
}
