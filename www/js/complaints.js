// What was wrong with an input, listed in a box that one can close.

import { html } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */

/** The box. */
export class Complaints {
  element = html("div", { class: "complaints", role: "alert" });

  /**
   * Lists complaints, in place of those before; returns them as sentences.
   * @param {Words} words
   * @param {ArrayLike<any>} complaints
   */
  list(words, complaints) {
    const items = Array.from(complaints, (complaint) => html("li", {}, words.complaint(complaint)));
    this.element.replaceChildren();
    if (items.length > 0) {
      const close = html("button", { type: "button" }, words.say("complaint.close"));
      close.addEventListener("click", () => this.element.replaceChildren());
      this.element.append(html("ul", {}, ...items), close);
    }
    return items.map((item) => item.textContent);
  }
}
