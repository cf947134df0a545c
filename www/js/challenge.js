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
    this.asks = asks;
    /** What the figure showed before its challenge was opened. @type {string | undefined} */
    this.before = undefined;
    this.element.addEventListener("toggle", () => {
      if (this.element.open) this.#enter(figure, words);
      else this.leave();
      // What a figure keeps to itself while a guess is wanted goes, or comes back.
      asks.redraw();
    });
  }

  /**
   * Sets the stage; the first time, brings the questions.
   * @param {string} figure
   * @param {Words} words
   */
  async #enter(figure, words) {
    this.before ??= this.asks.lab()?.scenario();
    if (this.questions) {
      this.questions.set();
      return;
    }
    try {
      const { Questions } = await import("./questions.js");
      const questions = await Questions.of(figure, words, this.asks);
      // Meanwhile it may have been closed again, or its figure rebuilt.
      if (this.questions || !this.element.open || !this.element.isConnected) return;
      this.questions = questions;
      this.inside.replaceChildren(questions.element);
      questions.put(0);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.inside.replaceChildren(html("p", { role: "alert" }, words.say("broken", { reason })));
    }
  }

  /** Shows again what the figure showed before, which is what the text round it speaks of. */
  leave() {
    const { before } = this;
    this.before = undefined;
    this.element.open = false;
    if (before !== undefined && this.questions) this.asks.stage(before);
  }

  /** Whether a guess is wanted before the figure goes on. */
  get awaits() {
    return this.element.open && this.questions?.awaits === true;
  }

  /**
   * Things have come to rest. Whoever meets a challenge by doing may have met it, if it was a hand that did.
   * @param {import("./engine.js").Lab} lab
   * @param {boolean} byHand
   */
  settle(lab, byHand) {
    if (this.element.open) this.questions?.settle(lab, byHand);
  }
}
