// The runs of a race by their colours: which rule each follows, and how far it has come.

import { html, write } from "./dom.js";
import { steps } from "./sentences.js";

/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The runs. */
export class Lanes {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {HTMLElement[]} */
    this.texts = [];
    this.list = html("ul");
    this.element = html("section", { class: "lanes", "aria-label": words.say("race.title") }, this.list);
  }

  /** @param {Moment} moment */
  show({ lab }) {
    const { words } = this;
    const lanes = lab.lanes();
    if (lanes.length !== this.texts.length) {
      this.texts = lanes.map(() => html("span", { "data-lane": "said" }));
      const swatch = (/** @type {number} */ index) => html("span", { class: index > 0 ? `swatch rival-${index}` : "swatch", "aria-hidden": "true" }, index > 0 ? String(index) : "");
      this.list.replaceChildren(...this.texts.map((text, index) => html("li", {}, swatch(index), text)));
    }
    lanes.forEach((/** @type {any} */ lane, /** @type {number} */ index) => {
      const rule = words.say(lane.byHand ? "race.by-hand" : `optimizer.${lane.optimizer}`);
      write(this.texts[index], words.say("lanes.said", { rule, steps: steps(words, lane.steps), E: words.number(lane.E) }));
    });
  }

  portrait() {
    return this.element;
  }
}
