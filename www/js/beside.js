// What comes beside a figure that works, so that a first one need not wait for it: locked controls, a question above
// the figure, the way to share it, and what is said of junk.

import { listed, lock, question, unknown, unlock, values } from "./setup.js";
import { ShareButton } from "./share-button.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Parts} Parts */

/** The words of the button, or those of the panel. @typedef {(panel?: boolean) => Promise<import("./words.js").Words>} Say */

/**
 * What it asks of its figure.
 * @typedef {object} Round
 * @property {() => { parts: Parts | undefined, engine: import("./engine.js").Engine | undefined, words: Say, sheet: typeof import("./styles.js").sheet }} now what there is now; and what the figure has of modules, so that a first
 *   one is not divided
 * @property {(complaints: any[]) => void} complain
 * @property {() => void} choose shows the controls anew
 */

/** The style sheet of sharing, fetched once. @type {(() => Promise<CSSStyleSheet>) | undefined} */
let shared;
/** @param {typeof import("./styles.js").sheet} sheet */
const looks = (sheet) => (shared ??= sheet("share"));

/** All of that for one figure. */
export class Beside {
  /** @type {ShareButton | undefined} */
  #share;

  /**
   * @param {BackflowFigure} figure
   * @param {Round} round
   */
  constructor(figure, round) {
    this.figure = figure;
    this.round = round;
  }

  /** What is shown and stays as it is. */
  get locked() {
    return listed(this.figure.getAttribute("locked"));
  }

  /** What is wrong with lists of controls. */
  wrong(names = ["controls", "locked"]) {
    return names.flatMap((name) => unknown(name, this.figure.getAttribute(name)));
  }

  /** An attribute has changed. @param {string} name */
  changed(name) {
    this.round.choose();
    this.built();
    if (["controls", "locked"].includes(name)) this.round.complain(this.wrong([name]));
  }

  /** The figure has its parts: puts the question above them, and the button below once the figure works. */
  built() {
    const { figure } = this;
    const { parts, engine, words, sheet } = this.round.now();
    const root = figure.shadowRoot;
    root?.querySelector(".prompt")?.remove();
    if (root) {
      looks(sheet)().then(
        (style) => (root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((other) => other !== style), style]),
        () => {}, // plain, then
      );
    }
    const text = figure.getAttribute("prompt")?.trim();
    if (text) parts?.element.parentElement?.prepend(question(text));
    const place = /** @type {HTMLElement | null | undefined} */ (root?.querySelector(".sharing"));
    if (!place) return;
    const wanted = figure.getAttribute("controls");
    place.hidden = figure.hasAttribute("no-links") || (wanted !== null && !listed(wanted).includes("share"));
    // A desk has a row of tools, unless that is hidden.
    const bar = /** @type {HTMLElement | null | undefined} */ (root?.querySelector(".toolbar"));
    const tools = bar && !bar.hidden ? bar.querySelector(".tools") : null;
    if (place.hidden || (this.#share && this.#share.tools !== tools)) this.free();
    if (place.hidden || !engine || this.#share) return;
    figure.ready.then(
      () => (this.#share ??= place.isConnected && !place.hidden ? new ShareButton(figure, place, tools, words, engine) : undefined),
      () => {}, // the figure itself says what is wrong
    );
  }

  free() {
    this.#share?.free();
    this.#share = undefined;
  }

  /** Does something, and puts back what it changed of locked settings. @param {Lab} lab @param {(lab: Lab) => unknown} act */
  keep(lab, act) {
    const before = values(lab, this.locked);
    act(lab);
    for (const { name, value } of before) if (lab.get(name) !== value) lab.set(name, value);
  }

  /** Goes back or forth, but not to where a locked setting was another. @param {Lab} lab @param {"undo" | "redo"} way */
  travel(lab, way) {
    const before = values(lab, this.locked);
    const went = lab[way]();
    if (before.every(({ name, value }) => lab.get(name) === value)) return went;
    lab[way === "undo" ? "redo" : "undo"]();
    return false;
  }

  /** @param {Parts} parts */
  lock(parts) {
    const { locked } = this;
    if (locked.length > 0) lock(parts, locked);
  }

  /** @param {Parts} parts */
  unlock(parts) {
    unlock(parts);
  }

  /** Says what was given in place of such an object. @param {string} key @param {unknown} given @param {object} such */
  refuse(key, given, such) {
    let text = typeof given === "symbol" ? "Symbol" : "…";
    try {
      text = JSON.stringify(given) ?? String(given);
    } catch {} // it holds itself, or the like
    const complaint = { key, given: text, reason: "object", names: [JSON.stringify(such)] };
    this.figure.ready.then(
      () => this.round.complain([complaint]),
      () => {}, // the figure itself says what is wrong
    );
  }
}
