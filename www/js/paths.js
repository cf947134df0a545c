// Two paths from the handle to the shower flow: each with its links, and their sum.

import { link, sign } from "./chain.js";
import { heldPartial, html, place, write } from "./dom.js";

/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The paths, and what both come to. */
export class Paths {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const path = (/** @type {string} */ key, /** @type {HTMLElement[]} */ ...links) =>
      html("span", { class: "path" }, html("span", { class: "links" }, ...links), html("span", { class: "note" }, words.say(key)));
    const held = html("span", { class: "link" }, heldPartial("y", "h", "x"), place("dy_dh_x"));
    const total = html("span", { class: "row" }, link("dy_dh", "y", "h"), sign("="));
    this.said = html("p", { class: "said" });
    this.element = html(
      "section",
      { class: "two-paths", "aria-label": words.say("paths.title") },
      html("h2", {}, words.say("paths.title")),
      html("div", { class: "sum", dir: "ltr" }, total, path("chain.direct", held), sign("+"), path("chain.via", link("dy_dx", "y", "x"), sign("×"), link("dx_dh", "x", "h"))),
      this.said,
    );
    /** @type {NodeListOf<HTMLElement>} */
    this.numbers = this.element.querySelectorAll("[data-number]");
  }

  /** @param {Moment} moment */
  show({ reading }) {
    const { words } = this;
    const number = (/** @type {string} */ name) => words.number(reading[name]);
    for (const place of this.numbers) write(place, number(place.dataset.number ?? ""));
    write(this.said, words.say("paths.said", { direct: number("dy_dh_x"), via: number("dy_dh_via_x"), sum: number("dy_dh") }));
  }

  portrait() {
    return this.element;
  }
}
