// A lesson: states of figures, one after the other, in a file of its own.

import { html, write } from "./dom.js";
import { CANVASES } from "./engine.js";
import { ATTRIBUTES } from "./frame-query.js";
import { Words } from "./words.js";

/**
 * What a file has inside, as JSON.
 * @typedef {object} Content
 * @property {string} title
 * @property {string} [locale]
 * @property {Record<string, string>[]} states attributes of the figure, and its scenario
 */

/** What a state may have. */
const NAMES = [...ATTRIBUTES, "scenario"];

/**
 * Reads what a file has inside; nothing where there is no lesson.
 * @param {string} json
 * @returns {Content | undefined}
 */
export function read(json) {
  const given = parsed(json);
  if (!Array.isArray(given?.states)) return undefined;
  const states = given.states.map(state).filter((/** @type {Record<string, string> | undefined} */ one) => one !== undefined);
  const text = (/** @type {any} */ value) => (typeof value === "string" ? value : "");
  return states.length > 0 ? { title: text(given.title), locale: text(given.locale) || undefined, states } : undefined;
}

/** @param {string} json @returns {any} */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // somebody has written into the file: then it is a frame without a lesson
  }
}

/** The texts of a state. @param {any} given @returns {Record<string, string> | undefined} */
function state(given) {
  if (typeof given !== "object" || given === null) return undefined;
  const texts = NAMES.filter((name) => Object.hasOwn(given, name) && typeof given[name] === "string").map((name) => [name, given[name]]);
  return Object.fromEntries(texts);
}

/** The heading of a lesson, and the way through its states. */
export class Lesson {
  /** What was done in each state. @type {Map<number, string>} */
  #left = new Map();
  #at = 0;

  /**
   * @param {Content} content
   * @param {import("./backflow-figure.js").BackflowFigure} figure
   */
  constructor({ title, locale, states }, figure) {
    this.states = states;
    this.figure = figure;
    this.locale = locale;
    this.back = this.#button("‹", -1);
    this.on = this.#button("›", 1);
    this.count = html("span", { "aria-live": "polite" });
    const nav = html("nav", {}, this.back, this.count, this.on);
    nav.hidden = states.length < 2;
    this.element = html("header", { class: "lesson" }, html("h1", { dir: "auto" }, title), nav);
    if (title) document.title = title;
    if (locale) figure.setAttribute("locale", locale);
    this.#show(0);
    void this.#name();
  }

  /** @param {string} sign @param {number} way */
  #button(sign, way) {
    const button = html("button", { type: "button" }, sign);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") this.#show(this.#at + way);
    });
    return button;
  }

  async #name() {
    const words = await Words.in(this.figure.getAttribute("locale") || navigator.language, CANVASES);
    for (const [button, key] of /** @type {const} */ ([[this.back, "frame.back"], [this.on, "frame.on"]])) button.setAttribute("aria-label", words.say(key));
  }

  /** Shows a state, as it was left. @param {number} at */
  #show(at) {
    const { figure, states } = this;
    if (figure.isConnected) this.#left.set(this.#at, figure.getState().scenario);
    this.#at = at;
    const { scenario = "", ...attributes } = states[at];
    for (const name of ATTRIBUTES) {
      const value = attributes[name] ?? (name === "locale" ? this.locale : undefined);
      if (value === undefined) figure.removeAttribute(name);
      else figure.setAttribute(name, value);
    }
    const now = this.#left.get(at) ?? scenario;
    figure.setAttribute("scenario", now);
    if (figure.isConnected) figure.setState({ scenario: now });
    write(this.count, `${at + 1} / ${states.length}`);
    this.back.setAttribute("aria-disabled", String(at === 0));
    this.on.setAttribute("aria-disabled", String(at === states.length - 1));
  }
}
