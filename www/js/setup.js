// What an author sets up: controls that are shown and stay as they are, a question above the figure, and the names
// that both lists of controls may have. It comes when one of these is wanted.

import { html } from "./dom.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Parts} Parts */

/** Names of controls beside those that a figure has just now: parts come and go. */
const NAMES = (
  "valves share desk step play back reset finish rate preset optimizer error sensitivities parameters units delta span drift Cother " +
  "pressure jump angle fade m h scrub race hand passes second remedy export challenge city law range demand rule batch pace seed"
).split(" ");
/** Where valves stand is a matter of the run. */
const MOVING = ["m", "h"];

/** The names in an attribute. @param {string | null} text */
export const listed = (text) => (text ?? "").split(/[\s,]+/).filter((name) => name !== "");

/**
 * Complaints, as the engine makes them, about names of no control.
 * @param {string} key
 * @param {string | null} text
 */
export function unknown(key, text) {
  const [given, known] = [listed(text), listed(text).filter((name) => NAMES.includes(name))];
  return given.filter((name) => !NAMES.includes(name)).map((name) => ({ key, given: name, reason: "choice", used: known.join(" ") || "–", names: NAMES }));
}

/** The values of locked settings. @param {Lab} lab @param {string[]} locked */
export function values(lab, locked) {
  return locked.flatMap((name) => {
    try {
      const value = MOVING.includes(name) ? undefined : lab.get(name);
      return value === undefined ? [] : [{ name, value }];
    } catch {
      return []; // a button, and no setting
    }
  });
}

/**
 * Switches locked controls off, also those that a part has just switched on, and what would change them.
 * @param {Parts} parts
 * @param {string[]} locked
 */
export function lock({ all, desk }, locked) {
  for (const element of [...[...all.values()].map((part) => part.element), ...(desk ? [desk.element] : [])]) {
    for (const holder of [element, .../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-chosen], [data-changes]"))]) {
      if (!(holder instanceof HTMLElement)) continue;
      const { chosen = "", changes = "" } = holder.dataset;
      // Nothing is offered that would change them.
      if (!holder.hidden && locked.some((name) => changes.split(" ").includes(name))) {
        holder.hidden = true;
        holder.toggleAttribute("data-withheld", true);
      }
      if (!locked.includes(chosen)) continue;
      for (const control of [holder, ...holder.querySelectorAll("button, input, select")]) {
        // What is off already stays so when this is free again.
        if (control.hasAttribute("disabled")) continue;
        control.toggleAttribute("disabled", control.matches("button, input, select"));
        control.toggleAttribute("data-locked", true);
      }
    }
  }
}

/** Frees what is locked. @param {Parts} parts */
export function unlock({ element }) {
  for (const control of element.querySelectorAll("[data-locked]")) {
    control.removeAttribute("data-locked");
    control.removeAttribute("disabled");
  }
  for (const offer of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-withheld]"))) {
    offer.removeAttribute("data-withheld");
    offer.hidden = false;
  }
}

/** A question or task, above the figure. @param {string} text */
export const question = (text) => html("p", { class: "prompt", dir: "auto" }, text);
