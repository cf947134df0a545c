// The help sheet: every key and what it does.

import { html } from "./dom.js";
import { KEYS } from "./keys.js";

/** @typedef {import("./words.js").Words} Words */

/** What a handle that has the focus does with keys. */
const HANDLE = ["arrows", "fine", "pages", "ends"];

/** The help sheet. */
export class Help {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const close = html("button", { type: "button", class: "main" }, words.say("help.close"));
    close.addEventListener("click", () => this.element.close());
    const rows = KEYS.map(({ act, keys }) => this.#row(keys.map((key) => this.#key(key)), words.say(`key.${act}`)));
    const handles = HANDLE.map((name) => this.#row([html("span", {}, words.say(`help.${name}.keys`))], words.say(`help.${name}`)));
    this.element = html(
      "dialog",
      { class: "sheet", "aria-label": words.say("help.title") },
      html("h2", {}, words.say("help.title")),
      html("table", {}, html("tbody", {}, ...rows)),
      html("h3", {}, words.say("help.handle")),
      html("table", {}, html("tbody", {}, ...handles)),
      html("p", { class: "note" }, words.say("help.note")),
      close,
    );
    // A tap beside the sheet closes it.
    this.element.addEventListener("click", (event) => {
      const { left, top, right, bottom } = this.element.getBoundingClientRect();
      const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
      // A key that presses a button has no place.
      if (!inside && event.target === this.element) this.element.close();
    });
  }

  /**
   * @param {Element[]} keys
   * @param {string} does
   */
  #row(keys, does) {
    const between = keys.flatMap((key, index) => (index > 0 ? [", ", key] : [key]));
    return html("tr", {}, html("th", { scope: "row" }, ...between), html("td", {}, does));
  }

  /** A key or a combination, as it stands on the keyboard. @param {string} name */
  #key(name) {
    const caps = name.split("+").map((key) => {
      const word = `cap.${key === " " ? "Space" : key}`;
      return html("kbd", {}, word in this.words.words ? this.words.say(word) : key.toUpperCase());
    });
    return html("span", { class: "keys" }, ...caps);
  }

  open() {
    if (!this.element.open) this.element.showModal();
  }
}
