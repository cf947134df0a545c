// The few settings that a figure of the course needs, each as a slider with its number, or as a menu.

import { keys } from "./dial.js";
import { html } from "./dom.js";
import { NumberField } from "./number.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** Keys that matter with one choice of another key alone; the engine says when. */
const DEPENDENT = ["delta"];
/** Keys with which a run begins anew: what it has done with another choice would only mislead. */
const ANEW = ["optimizer", "sensitivities"];

/** Settings by their keys in the scenario. */
export class Settings {
  /**
   * @param {string[]} names the keys
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(names, engine, words, asks) {
    this.words = words;
    this.rows = names.map((name) => {
      const choices = engine.Lab.choices(name);
      return choices.length > 0 ? this.#menu(name, choices, asks) : this.#slider(name, asks);
    });
    this.element = html("div", { class: "settings" }, ...this.rows.map(({ element }) => element));
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    for (const { name, element, show } of this.rows) {
      const value = lab.get(name);
      const matters = value !== undefined && (!DEPENDENT.includes(name) || lab.parameters().includes(name));
      element.classList.toggle("idle", !matters);
      if (matters) show(lab, value, reading);
    }
  }

  /**
   * @param {string} name
   * @param {string[]} choices
   * @param {Asks} asks
   */
  #menu(name, choices, asks) {
    const options = choices.map((value) => html("option", { value }, this.words.say(`${name}.${value}`)));
    const select = html("select", { "data-setting": name }, ...options);
    select.addEventListener("change", () => {
      if (ANEW.includes(name)) asks.act((lab) => lab.restartWith(name, select.value));
      else asks.set(name, select.value);
    });
    const label = html("label", { class: "field", "data-chosen": name }, this.words.say(`set.${name}`), select);
    const show = (/** @type {Lab} */ _, /** @type {string} */ value) => {
      select.value = value;
    };
    return { name, element: label, show };
  }

  /**
   * @param {string} name
   * @param {Asks} asks
   */
  #slider(name, asks) {
    const said = this.words.say(`set.${name}`);
    const range = html("input", { type: "range", min: 0, max: 1, step: "any", "aria-label": said, "data-setting": name });
    keys(range, asks.turning(name));
    const field = new NumberField(name, { "aria-label": this.words.say("number", { part: said }) }, asks.set);
    const element = html("div", { class: "field", "data-chosen": name }, html("span", { class: "line" }, said), html("span", { class: "value" }, range, field.input));
    const show = (/** @type {Lab} */ lab, /** @type {string} */ value, /** @type {Reading} */ reading) => {
      // Where the valves stand is told by the run.
      const text = this.words.typed(name, reading[name] ?? Number(value));
      range.value = String(reading[`${name}_fraction`] ?? lab.fraction(name) ?? 0);
      range.setAttribute("aria-valuetext", text);
      field.show(text);
    };
    return { name, element, show };
  }
}
