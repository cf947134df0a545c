// The loop of five steps in which a run goes round; the one that is being done lights up, with its numbers.

import { html, write } from "./dom.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./passes.js").Link} Link */
/** @typedef {import("./words.js").Words} Words */

/** The steps, in their order. */
const STEPS = ["back", "turn", "water", "anew", "again"];
/** Which of them a phase of the engine's step belongs to. @type {Record<string, string>} */
const OF = { update: "turn", forward: "water", error: "water", backward: "anew", measured: "anew" };
/** How long each step lights up while one looks on, in milliseconds. */
const BEAT = 450;

/** The loop. */
export class Loop {
  /**
   * @param {Words} words
   * @param {boolean} calm whether nothing may move by itself
   */
  constructor(words, calm) {
    this.words = words;
    this.calm = calm;
    this.steps = STEPS.map((name) => {
      const numbers = html("span", { class: "number" });
      const element = html("li", { "data-loop": name }, html("span", {}, html("span", { class: "does" }, words.say(`loop.${name}`)), " ", numbers));
      return { name, element, numbers };
    });
    this.element = html("section", { class: "loop", "aria-label": words.say("loop.title") }, html("ol", {}, ...this.steps.map(({ element }) => element)));
    /** The step of the run that was shown last. @type {number | undefined} */
    this.shown = undefined;
    /** What is still to light up, one after the other. @type {string[]} */
    this.queue = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.due = undefined;
  }

  /** @param {Moment} moment */
  show({ lab, reading, running }) {
    const pass = /** @type {Link[]} */ (lab.pass());
    this.#tell(pass);
    const { step } = reading;
    if (step === this.shown && !running) return;
    const one = this.shown !== undefined && step === this.shown + 1;
    this.shown = step;
    clearTimeout(this.due);
    // At the start only the first step has been done: there is nothing to repeat yet.
    this.queue = step === 0 ? ["back"] : [...new Set(pass.map(({ phase }) => OF[phase])), ...(lab.ended() ? [] : ["again"])];
    // The loop of a run that goes on by itself would only flicker: it rests where the loop closes.
    if (this.calm || running || !one) this.queue = this.queue.slice(-1);
    this.#advance();
  }

  free() {
    clearTimeout(this.due);
  }

  /** Lights up the next step of the queue, and those after it in turn. */
  #advance() {
    const [name, ...rest] = this.queue;
    this.queue = rest;
    for (const step of this.steps) {
      if (step.name === name) step.element.setAttribute("aria-current", "step");
      else step.element.removeAttribute("aria-current");
    }
    if (rest.length > 0) this.due = setTimeout(() => this.#advance(), BEAT);
  }

  /** The numbers of the step that was made: the gradient that it went by, the turns, the water, and the gradient of now. @param {Link[]} pass */
  #tell(pass) {
    const { words } = this;
    const all = Object.assign({}, ...pass.map(({ numbers }) => numbers));
    const [m, h] = ["m", "h"].map((part) => pass.find((link) => link.phase === "update" && link.part === part)?.numbers);
    const number = (/** @type {number | undefined} */ value) => (value === undefined ? "" : words.number(value));
    const now = { m: number(all.dE_dm), h: number(all.dE_dh) };
    const made = m !== undefined && h !== undefined;
    /** @type {Record<string, string>} */
    const texts = {
      back: words.say("loop.gradient", made ? { m: number(m.gradient), h: number(h.gradient) } : now),
      turn: made ? words.say("loop.turns", { m: number(m.turn), h: number(h.turn) }) : "",
      water: made ? words.say("loop.flows", { y: number(all.y), E: number(all.E) }) : "",
      anew: made ? words.say("loop.gradient", now) : "",
      again: "",
    };
    for (const { name, numbers } of this.steps) write(numbers, texts[name]);
  }
}
