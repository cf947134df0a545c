// What a challenge asks: the stage is set, a guess is committed, and then the engine's answer is shown with the
// reason for that very guess. Nothing is counted and nothing leaves the page.

import { html, write } from "./dom.js";
import { COURSE, start } from "./engine.js";
import { texts } from "./sentences.js";
import { Words } from "./words.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */

/**
 * What the engine says of a challenge.
 * @typedef {object} Asked
 * @property {string} id
 * @property {string} stage the scenario to think about
 * @property {{ name: string, right: boolean, shown?: string }[]} guesses none where the challenge is met by doing; each perhaps
 *   with a scenario that shows what comes of it
 * @property {string} [shown] the scenario that shows the answer
 * @property {Record<string, number>} numbers
 */

/** @typedef {{ name: string, right: boolean, numbers: Record<string, number> }} Outcome */

let groups = 0;

/** The challenges of a figure, one after the other. */
export class Questions {
  /**
   * Brings what asking needs: the engine of the course, and all words.
   * @param {string} figure
   * @param {Words} words
   * @param {Asks} asks
   */
  static async of(figure, words, asks) {
    const [{ Lessons }, all] = await Promise.all([start(COURSE), Words.in(words.locale, COURSE)]);
    return new Questions(figure, Lessons, all, asks);
  }

  /**
   * @param {string} figure
   * @param {typeof import("../backflow-course.js").Lessons} lessons
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(figure, lessons, words, asks) {
    this.figure = figure;
    this.lessons = lessons;
    this.words = words;
    this.asks = asks;
    this.element = html("div");
    this.turns = html("p");
    /** @type {Asked[]} */
    this.all = /** @type {Asked[]} */ (lessons.challenges(figure));
    this.at = 0;
    /** What the figure shows with the challenge: its stage, or the answer. @type {string | undefined} */
    this.scene = undefined;
  }

  /** Whether a guess is still wanted. */
  get awaits() {
    return this.open !== undefined && this.open.guesses.length > 0;
  }

  /** Sets the stage again, as whoever opens the challenge anew finds it. */
  set() {
    if (this.scene === undefined) return;
    this.asks.stage(this.scene);
    if (this.open) this.#count(this.open, this.asks.lab());
  }

  /**
   * @param {Lab} lab
   * @param {boolean} byHand
   */
  settle(lab, byHand) {
    const { open, figure } = this;
    if (!open || open.guesses.length > 0) return;
    this.#count(open, lab);
    if (!byHand) return;
    const outcome = /** @type {Outcome | undefined} */ (this.lessons.judge(figure, open.id, lab.scenario()));
    if (outcome) this.#answer(outcome.name, outcome.right, outcome.numbers);
  }

  /**
   * How far one has come, where that is counted.
   * @param {Asked} asked
   * @param {Lab | undefined} lab
   */
  #count({ id }, lab) {
    const { figure } = this;
    const numbers = lab ? /** @type {Record<string, number>} */ (this.lessons.progress(figure, id, lab.scenario())) : {};
    write(this.turns, Object.keys(numbers).length > 0 ? this.#say(`challenge.${figure}.${id}.turns`, numbers) : "");
  }

  /** A text with numbers. @param {string} key @param {Record<string, number>} [numbers] */
  #say(key, numbers = this.all[this.at].numbers) {
    return this.words.say(key, texts(this.words, numbers, true));
  }

  /** Puts a challenge: sets its stage, and asks. @param {number} at its place */
  put(at) {
    this.at = at;
    const asked = this.all[at];
    this.open = asked;
    this.scene = asked.stage;
    this.asks.stage(asked.stage);
    this.answer = html("div", { class: "answer", role: "status" });
    this.turns = html("p", { class: "turns", role: "status" });
    const inside = asked.guesses.length > 0 ? this.#guesses(asked) : [this.turns];
    this.element.replaceChildren(html("fieldset", { "data-challenge": asked.id }, html("legend", { tabindex: -1 }, this.#say(`challenge.${this.figure}.${asked.id}`)), ...inside), this.answer);
    if (asked.guesses.length === 0) this.#count(asked, this.asks.lab());
    this.asks.redraw();
  }

  /** @param {Asked} asked */
  #guesses({ id, guesses }) {
    groups += 1;
    const commit = html("button", { type: "button", class: "main", "data-act": "commit", disabled: "" }, this.words.say("challenge.commit"));
    const radios = guesses.map(({ name }) => html("input", { type: "radio", name: `guess-${groups}`, value: name, "data-guess": name }));
    const labels = radios.map((radio) => html("label", { class: "guess" }, radio, " ", html("span", {}, this.#say(`challenge.${this.figure}.${id}.${radio.value}`))));
    for (const radio of radios) radio.addEventListener("change", () => commit.toggleAttribute("disabled", false));
    commit.addEventListener("click", () => {
      const { value } = /** @type {HTMLInputElement} */ (radios.find(({ checked }) => checked));
      const guess = guesses.find(({ name }) => name === value);
      for (const radio of radios) radio.disabled = true;
      commit.remove();
      const { numbers, shown } = this.all[this.at];
      this.#answer(value, guess?.right === true, numbers, guess?.shown ?? shown);
      // The button that had the focus is gone.
      this.answer?.querySelector("button")?.focus();
    });
    return [...labels, commit];
  }

  /**
   * Says what the engine says, and why.
   * @param {string} guess
   * @param {boolean} right
   * @param {Record<string, number>} numbers
   * @param {string} [shown] the scenario that shows it
   */
  #answer(guess, right, numbers, shown = this.all[this.at].shown) {
    const { words, asks, figure, all, at } = this;
    const { id: challenge } = all[at];
    this.open = undefined;
    const verdict = html("strong", { class: right ? "right" : "wrong" }, words.say(right ? "challenge.right" : "challenge.wrong"));
    const again = this.#button("again", at);
    const next = at + 1 < all.length ? [this.#button("next", at + 1)] : [];
    this.answer?.replaceChildren(html("p", {}, verdict, " ", this.#say(`challenge.${figure}.${challenge}.${guess}.why`, numbers)), html("div", { class: "buttons" }, ...next, again));
    if (shown !== undefined) {
      this.scene = shown;
      asks.stage(shown);
    }
    asks.tell("backflow-answer", { figure, challenge, guess, right });
    asks.redraw();
  }

  /**
   * A button that puts a challenge.
   * @param {string} name
   * @param {number} at
   */
  #button(name, at) {
    const button = html("button", { type: "button", "data-act": name });
    write(button, this.words.say(`challenge.${name}`));
    button.addEventListener("click", () => {
      this.put(at);
      const { element } = this;
      /** @type {HTMLElement | null} */ (element.querySelector("input") ?? element.querySelector("legend"))?.focus();
    });
    return button;
  }
}
