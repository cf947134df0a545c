// The entry of notebooks, for anywidget: a figure in the output of a cell, and what it shows in Python.

import "./backflow-figure.js";
import { ATTRIBUTES } from "./frame-query.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */

/**
 * What the widget has in Python: its traits, by name.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, act: () => void) => void} on
 * @property {(event: string, act: () => void) => void} off
 */

/** What is told to Python, where it has a trait of the name. @type {Record<string, (figure: BackflowFigure) => unknown>} */
const TOLD = {
  scenario: (figure) => figure.getState().scenario,
  value: (figure) => figure.value,
  reading: (figure) => figure.reading,
};

/**
 * Shows a figure. The trait `scenario` goes both ways: setting it sets the figure, and it follows the learner whenever a
 * hand lets go. `value` and `reading` follow in each moment. The attributes of the figure are traits too, with `_` in
 * the place of `-`.
 * @param {{ model: Model, el: HTMLElement }} place
 * @returns {() => void} takes it away
 */
function render({ model, el }) {
  const figure = /** @type {BackflowFigure} */ (document.createElement("backflow-figure"));
  /** @type {[string, () => void][]} */
  const heard = [];
  const hear = (/** @type {string} */ trait, /** @type {() => void} */ act) => {
    heard.push([`change:${trait}`, act]);
    model.on(`change:${trait}`, act);
  };
  for (const name of ATTRIBUTES) {
    const trait = name.replaceAll("-", "_");
    const show = () => reflect(figure, name, model.get(trait));
    show();
    hear(trait, show);
  }
  const stage = () => {
    const scenario = String(model.get("scenario") ?? "");
    // What the learner did comes back as a change of the trait.
    if (scenario !== figure.getState().scenario) figure.setState({ scenario });
  };
  stage();
  hear("scenario", stage);

  const save = (/** @type {string[]} */ ...names) => {
    for (const name of names) if (model.get(name) !== undefined) model.set(name, TOLD[name](figure));
    model.save_changes();
  };
  figure.addEventListener("input", () => save("value", "reading"));
  for (const name of ["backflow-ready", "backflow-state"]) figure.addEventListener(name, () => save("scenario", "value", "reading"));

  // The keys of the notebook, of which one removes a cell, are not meant where a figure has the focus.
  el.dataset.lmSuppressShortcuts = "true";
  el.append(figure);
  return () => {
    for (const [event, act] of heard) model.off(event, act);
    figure.remove();
  };
}

/** @param {BackflowFigure} figure @param {string} name @param {unknown} value of the trait */
function reflect(figure, name, value) {
  if (value === undefined || value === null || value === false || value === "") figure.removeAttribute(name);
  else figure.setAttribute(name, value === true ? "" : Array.isArray(value) ? value.join(" ") : String(value));
}

export default { render };
