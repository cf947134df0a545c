// What is happening in the run, in words, and what would help.

import { html, write } from "./dom.js";
import { help, why } from "./sentences.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The verdict on a run. */
export class Verdict {
  /**
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(words, asks) {
    this.words = words;
    this.name = html("strong", { class: "name" });
    this.why = html("span", { class: "why" });
    this.end = html("span", { class: "end" });
    this.help = html("span", { class: "help" });
    this.try = html("button", { type: "button", "data-control": "remedy" }, words.say("remedy.try"));
    this.try.addEventListener("click", () => {
      asks.act((lab) => lab.applyRemedy());
      // The button may be gone now; who used keys goes on from here.
      if (this.try.hidden) this.element.focus({ preventScroll: true });
    });
    this.element = html(
      "section",
      { class: "verdict", "aria-label": words.say("verdict.title"), tabindex: -1 },
      html("p", {}, this.name, " ", this.why, " ", this.end),
      html("p", { class: "remedy" }, this.help, html("span", { "data-chosen": "remedy" }, this.try)),
    );
    this.#offer(undefined);
  }

  /** @param {Moment} moment */
  show({ lab, running }) {
    this.#judge(lab);
    // What would help is looked for when the hand lets go; while it moves nothing is said of it.
    if (running || lab.scenario() !== this.settled) this.#offer(undefined);
  }

  /** @param {Lab} lab */
  settle(lab) {
    this.#judge(lab);
    this.settled = lab.scenario();
    this.#offer(lab.remedy());
  }

  /** What it says, for those who hear. */
  text() {
    const text = (/** @type {Element} */ element) => element.textContent ?? "";
    return { name: text(this.name), why: text(this.why), end: text(this.end), help: text(this.help) };
  }

  /** @param {Lab} lab */
  #judge(lab) {
    const verdict = lab.verdict();
    this.element.dataset.verdict = verdict.name;
    write(this.name, this.words.say(`verdict.${verdict.name}`));
    write(this.why, why(this.words, verdict));
    const ending = lab.ending();
    write(this.end, ending ? this.words.say(`ending.${ending}`) : "");
  }

  /** @param {any} remedy */
  #offer(remedy) {
    write(this.help, remedy ? help(this.words, remedy) : "");
    this.try.hidden = !remedy;
    // What it would change, by the names of the controls.
    this.try.dataset.changes = remedy ? [remedy.change === "exact" ? "sensitivities" : remedy.change, "rate" in remedy ? "rate" : ""].join(" ") : "";
  }
}
