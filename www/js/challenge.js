// The challenge at the end of a figure: a line that opens, and what is behind it, which comes when it is opened.

import { html } from "./dom.js";

/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./questions.js").Questions} Questions */

/** The line, and the questions behind it. */
export class Challenge {
  /**
   * @param {string} figure
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(figure, words, asks) {
    /** @type {Questions | undefined} */
    this.questions = undefined;
    this.inside = html("div", { class: "questions" });
    this.element = html(
      "details",
      { class: "challenge", "data-chosen": "challenge" },
      html("summary", {}, html("span", { class: "name" }, words.say("challenge")), " ", words.say(`challenge.${figure}`)),
      this.inside,
    );
    let asked = false;
    this.element.addEventListener("toggle", async () => {
      // What a figure keeps to itself while it is open comes back.
      asks.redraw();
      if (asked || !this.element.open) return;
      asked = true;
      try {
        const { Questions } = await import("./questions.js");
        this.questions = await Questions.of(figure, words, asks);
        this.inside.replaceChildren(this.questions.element);
      } catch (error) {
        asked = false;
        const reason = error instanceof Error ? error.message : String(error);
        this.inside.replaceChildren(html("p", { role: "alert" }, words.say("broken", { reason })));
      }
    });
  }

  /** Whether a guess is wanted before the figure goes on. */
  get awaits() {
    return this.element.open && this.questions?.awaits === true;
  }

  /** The hand has let go: whoever meets a challenge by doing may have met it. @param {import("./engine.js").Lab} lab */
  settle(lab) {
    if (this.element.open) this.questions?.settle(lab);
  }
}
