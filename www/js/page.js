// What pages round one figure have in common: their language, what they say, and the choice of a look.

import { html } from "./dom.js";
import { written } from "./words.js";

/** @typedef {import("./words.js").Words} Words */

/** The looks that one can choose. */
const LOOKS = ["auto", "light", "dark", "projector"];

/** What the address asks for. */
export const asked = new URLSearchParams(location.search);
/** The page speaks as its address says, or else as the reader does. */
export const locale = asked.get("locale") || navigator.language;
/** Where a look is chosen. */
export const look = /** @type {HTMLSelectElement} */ (document.querySelector("#look"));

Object.assign(document.documentElement, written(locale));

/** A look by its name, the system's where it is none. @param {string | null} name */
export function lookOf(name) {
  return name !== null && LOOKS.includes(name) ? name : LOOKS[0];
}

/**
 * Says what the page says, and offers the looks.
 * @param {Words} words
 * @param {string} title the key of the page's title
 * @param {string[]} keys what the page itself says, by the elements that say it
 * @param {string | null} chosen the look of now
 */
export function speak(words, title, keys, chosen) {
  document.title = words.say(title);
  for (const key of keys) {
    const element = document.querySelector(`[data-say="${key}"]`);
    if (element) element.textContent = words.say(key);
  }
  if (asked.get("locale")) {
    for (const link of document.querySelectorAll(".title a")) /** @type {HTMLAnchorElement} */ (link).search = `?locale=${words.locale}`;
  }
  look.append(...LOOKS.map((name) => html("option", { value: name }, words.say(`look.${name}`))));
  look.setAttribute("aria-label", words.say("desk.look"));
  look.value = lookOf(chosen);
  look.hidden = false;
}
