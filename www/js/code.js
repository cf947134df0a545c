// This very run as a program, in three languages.

import { html, write } from "./dom.js";
import { written } from "./errands.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./words.js").Words} Words */

/** The languages, with the name that each gives itself. */
const LANGUAGES = { numpy: "NumPy", pytorch: "PyTorch", rust: "Rust" };

/** The program of a run. */
export class Code {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {string | undefined} */
    this.scenario = undefined;
    this.language = Object.keys(LANGUAGES)[0];
    const options = Object.entries(LANGUAGES).map(([value, name]) => html("option", { value }, name));
    const select = html("select", { id: "code-language", "aria-label": words.say("code.language") }, ...options);
    select.addEventListener("change", () => {
      this.language = select.value;
      this.#ask();
    });
    this.text = html("code");
    this.copied = html("span", { class: "note", role: "status" });
    const copy = html("button", { type: "button", "data-control": "copy" }, words.say("code.copy"));
    copy.addEventListener("click", () => this.#copy());
    this.element = html(
      "section",
      { class: "code", "aria-label": words.say("code.title") },
      html("h2", {}, words.say("code.title")),
      html("p", { class: "note" }, words.say("code.note")),
      html("div", { class: "buttons" }, select, copy, this.copied),
      html("pre", { class: "scrolls", tabindex: "0", role: "group", "aria-label": words.say("code.title") }, this.text),
    );
  }

  /** The program is that of the run where the hand has let go. @param {Lab} lab */
  settle(lab) {
    const scenario = lab.scenario();
    if (scenario === this.scenario) return;
    this.scenario = scenario;
    this.#ask();
  }

  /** Asks for the program. */
  #ask() {
    const question = { format: "program", language: this.language, scenario: this.scenario ?? "" };
    const isWanted = () => question.language === this.language && question.scenario === this.scenario;
    write(this.copied, "");
    written(question).then(
      (text) => isWanted() && write(this.text, text),
      (error) => isWanted() && write(this.text, this.words.say("worker.failed", { reason: error.message })),
    );
  }

  /** Copies the program; where the browser does not let it, selects it, ready to be copied. */
  async #copy() {
    const text = this.text.textContent ?? "";
    // A frame may have no clipboard, or may not be allowed to write to it.
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      (/** @type {DOMException} */ { name }) => name !== "NotAllowedError" && Promise.reject(new Error(name)),
    );
    if (!copied) getSelection()?.selectAllChildren(this.text);
    write(this.copied, this.words.say(copied ? "code.copied" : "code.selected"));
  }
}
