// The chain: the backward pass as links with live numbers.

import { html, partial, place, write } from "./dom.js";

/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/**
 * A link: a symbol above its number.
 * @param {string} name of the number
 * @param {string} above
 * @param {string} below
 */
export function link(name, above, below) {
  return html("span", { class: "link" }, partial(above, below), place(name));
}

/** @param {string} sign */
export function sign(sign) {
  return html("span", { class: "sign" }, sign);
}

/** The chain of both valves. */
export class Chain {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const e = () => link("dE_dy", "E", "y");
    const yx = () => link("dy_dx", "y", "x");
    const note = (/** @type {string} */ key, /** @type {string} */ name) =>
      html("span", { class: "part" }, html("span", { class: "note" }, words.say(key)), place(name));
    this.element = html(
      "section",
      { class: "chain", "aria-label": words.say("figure.chain") },
      html("h2", {}, words.say("chain.title")),
      html("div", { class: "row", "data-chain": "m" }, link("dE_dm", "E", "m"), sign("="), e(), sign("×"), yx(), sign("×"), link("dx_dm", "x", "m")),
      html(
        "div",
        { class: "row", "data-chain": "h" },
        link("dE_dh", "E", "h"),
        sign("="),
        e(),
        sign("×"),
        html("span", { class: "only" }, sign("(")),
        link("dy_dh_x", "y", "h"),
        html("span", { class: "only" }, sign("+"), yx(), sign("×"), link("dx_dh", "x", "h"), sign(")")),
      ),
      html(
        "div",
        { class: "only paths" },
        note("chain.direct", "dE_dh_direct"),
        sign("+"),
        note("chain.via", "dE_dh_via_x"),
      ),
      html(
        "div",
        { class: "row totals" },
        html("span", { class: "note" }, words.say("chain.totals")),
        link("dE_dx", "E", "x"),
        link("dy_dm", "y", "m"),
        link("dy_dh", "y", "h"),
      ),
    );
    /** @type {NodeListOf<HTMLElement>} */
    this.numbers = this.element.querySelectorAll("[data-number]");
  }

  portrait() {
    return this.element;
  }

  /** @param {Moment} moment */
  show({ reading }) {
    // Whether two paths lead from the handle to the shower.
    this.element.classList.toggle("forked", reading.paths > 1);
    for (const number of this.numbers) {
      write(number, this.words.number(reading[number.dataset.number ?? ""]));
    }
  }
}
