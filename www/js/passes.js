// The chain with a walk through it: one step of the run, link by link, each with a sentence.

import { html, write } from "./dom.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/**
 * A link of a pass, as the engine gives it.
 * @typedef {object} Link
 * @property {string} phase
 * @property {[string, string]} says
 * @property {Record<string, [string, string]>} clauses
 * @property {string | undefined} part
 * @property {string[]} lit
 * @property {Record<string, number>} numbers
 */

/** The digits of a number in a sentence. */
const DIGITS = 4;
/** What is nearer to a shown number than this part of it is shown whole. */
const WHOLE = 1e-9;
/** Beyond these sizes a number is a power of ten. */
const [LEAST, MOST] = [1e-4, 1e6];

/**
 * A number in a sentence, short but with enough digits that products come out as shown.
 * @param {Words} words
 * @param {number} value
 */
function digits(words, value) {
  const size = Math.abs(value);
  return size > 0 && (size < LEAST || size >= MOST) ? words.tiny(value) : words.setting(value);
}

/**
 * A link as a sentence with its numbers. Where a number of its equation is rounded, the sign says so.
 * @param {Words} words
 * @param {Link} link
 */
export function sentence(words, { says, clauses, part, numbers }) {
  const values = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, digits(words, value)]));
  const say = (/** @type {[string, string]} */ [name, form], /** @type {Record<string, string>} */ more) => words.say(`pass.${name}.${form}`, more);
  const whole = (/** @type {number} */ value) => Math.abs(Number(value.toPrecision(DIGITS)) - value) <= WHOLE * Math.abs(value);
  const bare = say(says, {});
  const is = Object.keys(numbers).every((key) => !bare.includes(`{${key}}`) || whole(numbers[key])) ? "=" : "≈";
  const parts = Object.fromEntries(Object.entries(clauses).map(([place, clause]) => [place, say(clause, values)]));
  return say(says, { ...values, ...parts, is, part: part ? words.say(`part.${part}`) : "" });
}

/** The chain, through which one can go. */
export class Passes {
  /**
   * @param {import("./chain.js").Chain} chain
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(chain, words, asks) {
    this.chain = chain;
    this.element = chain.element;
    this.words = words;
    this.asks = asks;
    /** Where the walk is in the pass; nowhere at first. @type {number | undefined} */
    this.at = undefined;
    /** What was shown when the walk came there. */
    this.scenario = "";
    this.running = false;
    /** @param {string} name @param {string} sign @param {() => void} act */
    const button = (name, sign, act) => {
      const element = html("button", { type: "button", "data-control": name, "aria-label": words.say(`pass.${name}`), title: words.say(`pass.${name}`) }, sign);
      element.addEventListener("click", act);
      return element;
    };
    this.leave = button("leave", words.say("pass.all"), () => {
      this.end();
      this.next.focus({ preventScroll: true });
    });
    this.back = button("backward", "‹", () => this.backward());
    this.next = button("onward", "›", () => this.onward());
    this.place = html("span", { class: "note" });
    this.told = html("p", { class: "told", "data-chosen": "passes" });
    const group = html("div", { class: "walk walks", role: "group", "aria-label": words.say("pass.title"), "data-chosen": "passes" }, this.place, this.leave, html("span", { class: "ways" }, this.back, this.next));
    group.addEventListener("keydown", (event) => this.#key(event, { ArrowRight: "onward", ArrowLeft: "backward" }));
    this.element.addEventListener("keydown", (event) => this.#key(event, { ".": "onward", ",": "backward", Escape: "end" }));
    // The heading stays where it is, the walk stands beside it, and the links come below with what is told.
    const title = this.element.querySelector("h2");
    const links = [...this.element.children].filter((child) => child !== title);
    this.element.classList.add("walked");
    this.element.append(group, html("div", { class: "links" }, ...links, this.told));
    /** What is lit in turn: links and parts of paths. @type {HTMLElement[]} */
    this.links = [...this.element.querySelectorAll(".link, .part")].map((element) => /** @type {HTMLElement} */ (element));
    this.#plain();
  }

  /** @param {Moment} moment */
  show(moment) {
    this.chain.show(moment);
    this.running = moment.running;
    if (this.at === undefined) return;
    // Whatever else happens ends the walk.
    if (moment.running || moment.lab.scenario() !== this.scenario) this.end();
    else this.#light(moment.lab, moment.reading.step);
  }

  portrait() {
    return this.element;
  }

  /** Leaves nothing lit. */
  free() {
    this.#tellScene("", "");
  }

  /** Goes on to the next link; after the last of a step the run makes another. */
  onward() {
    this.#go((lab, at) => (at === undefined ? 0 : lab.onward(at)));
  }

  /** Goes back to the link before; before the first of a step the run goes one back. */
  backward() {
    this.#go((lab, at) => (at === undefined ? lab.pass().length - 1 : lab.backward(at)));
  }

  /** Shows everything again. */
  end() {
    this.at = undefined;
    this.#plain();
  }

  /** @param {(lab: Lab, at: number | undefined) => number | undefined} where */
  #go(where) {
    const lab = this.asks.lab();
    if (!lab || this.next.disabled || this.next.closest("[hidden]")) return;
    if (this.running) this.asks.toggle();
    // A walk that something has ended, though that is not drawn yet.
    if (lab.scenario() !== this.scenario) this.at = undefined;
    const before = lab.scenario();
    const at = where(lab, this.at);
    if (at === undefined) return;
    this.at = at;
    this.scenario = lab.scenario();
    // A step of the run is one wherever it is made: it can be undone, and others hear of it.
    if (this.scenario !== before) this.asks.act(() => {});
    else this.asks.redraw();
  }

  /** @param {KeyboardEvent} event @param {Record<string, "onward" | "backward" | "end">} keys */
  #key(event, keys) {
    const idle = event.key === "Escape" && this.at === undefined;
    if (idle || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    this[keys[event.key]]();
  }

  /** Lights one link, and dims those that are not computed yet. @param {Lab} lab @param {number} step */
  #light(lab, step) {
    const pass = /** @type {Link[]} */ (lab.pass());
    const link = pass[/** @type {number} */ (this.at)];
    const later = new Set(pass.slice(/** @type {number} */ (this.at) + 1).flatMap(({ lit }) => lit));
    for (const element of this.links) {
      const name = /** @type {HTMLElement} */ (element.querySelector("[data-number]")).dataset.number ?? "";
      element.classList.toggle("lit", link.lit.includes(name));
      element.classList.toggle("later", later.has(name));
    }
    this.#tellScene(link.lit.join(" "), [...later].join(" "));
    this.#offer(lab.hasBackward(/** @type {number} */ (this.at)), lab.hasOnward(/** @type {number} */ (this.at)));
    const { words } = this;
    const texts = { step: words.count(step), phase: words.say(`pass.phase.${link.phase}`), place: words.count(/** @type {number} */ (this.at) + 1), of: words.count(pass.length) };
    write(this.place, words.say("pass.place", texts));
    const said = sentence(words, link);
    if (said !== this.told.textContent) this.asks.say(said);
    write(this.told, said);
    this.element.classList.add("walking");
  }

  /** Shows all links, and what one can do. */
  #plain() {
    for (const element of this.links) element.classList.remove("lit", "later");
    this.#tellScene("", "");
    // From nowhere, a walk begins at either end of the step.
    this.#offer(true, true);
    write(this.place, "");
    write(this.told, this.words.say("pass.idle"));
    this.element.classList.remove("walking");
  }

  /** Marks the button that leads nowhere; it keeps the focus. @param {boolean} back @param {boolean} on */
  #offer(back, on) {
    this.back.setAttribute("aria-disabled", String(!back));
    this.next.setAttribute("aria-disabled", String(!on));
  }

  /** The scene beside it lights up by what stands on the figure. @param {string} lit @param {string} later */
  #tellScene(lit, later) {
    const parts = /** @type {HTMLElement | null} */ (this.element.closest(".parts"));
    if (parts) Object.assign(parts.dataset, { lit, later });
  }
}
