// The experiment: the rules compared at equal error, each with several seeds, in a small city.

import { Line } from "./city-line.js";
import { html, write } from "./dom.js";

/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {{ rule: string, arrived: number, error: number, steps: number, untrained: number, reach: number, least: number, most: number, information: number }} Result */

/** The numbers of a rule, in the order of the engine. */
const NUMBERS = ["arrived", "error", "steps", "untrained", "reach", "least", "most", "information"];
const COLUMNS = ["rule", "steps", "reach", "range", "untrained", "information"];
/** The seeds that one can choose, and those at first. */
const SEEDS = { least: 2, most: 8, first: 4 };

/** The panel. */
export class Experiment {
  /**
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(words, asks) {
    this.words = words;
    this.asks = asks;
    const counts = Array.from({ length: SEEDS.most - SEEDS.least + 1 }, (_, index) => SEEDS.least + index);
    this.seeds = html("select", { "data-act": "trial-seeds" }, ...counts.map((count) => html("option", { value: count }, words.count(count))));
    this.seeds.value = String(SEEDS.first);
    this.start = html("button", { type: "button", class: "main", "data-act": "trial-start" }, words.say("city.trial.start"));
    this.start.addEventListener("click", () => (this.line ? this.#stop() : this.#begin()));
    this.bar = html("progress", { max: 1, value: 0, "aria-label": words.say("city.trial.progress") });
    this.status = html("p", { class: "note", role: "status", "data-city": "trial-status" }, words.say("city.trial.idle"));
    this.body = html("tbody");
    this.head = html("tr", {}, ...COLUMNS.map((name) => html("th", { scope: "col", class: name === "rule" ? "" : "number" }, words.say(`city.trial.${name}`))));
    this.said = html("p", { class: "said", "data-city": "trial-said" });
    this.table = html("div", { class: "scrolls", tabindex: 0, role: "group", "aria-label": words.say("city.trial.results"), hidden: "" }, html("table", {}, html("thead", {}, this.head), this.body));
    this.element = html(
      "details",
      { class: "experiment" },
      html("summary", {}, words.say("city.trial")),
      html("p", {}, words.say("city.trial.what")),
      html("div", { class: "buttons" }, html("label", {}, words.say("city.trial.seeds"), " ", this.seeds), this.start, this.bar),
      this.status,
      this.table,
      this.said,
    );
    /** The work that goes on. @type {Line | undefined} */
    this.line = undefined;
    /** What was chosen when it began. */
    this.chosen = { demand: "", seeds: 0 };
    this.seen = true;
    this.sight = new IntersectionObserver((entries) => {
      this.seen = entries[entries.length - 1].isIntersecting;
      this.#wake();
    });
    this.sight.observe(this.element);
    document.addEventListener("visibilitychange", this.#wake);
    addEventListener("pagehide", this.#wake);
    addEventListener("pageshow", this.#wake);
  }

  /** @param {Event} [event] */
  #wake = (event) => {
    const awake = this.seen && document.visibilityState === "visible" && event?.type !== "pagehide";
    this.line?.send({ kind: awake ? "wake" : "sleep" });
  };

  free() {
    this.sight.disconnect();
    document.removeEventListener("visibilitychange", this.#wake);
    removeEventListener("pagehide", this.#wake);
    removeEventListener("pageshow", this.#wake);
    this.line?.close();
  }

  #begin() {
    const { words, asks } = this;
    const lab = asks.lab();
    if (!lab) return;
    this.chosen = { demand: lab.get("demand") ?? "own", seeds: Number(this.seeds.value) };
    this.line = new Line("trial", (answer) => this.#hear(answer));
    this.line.send({ kind: "trial", scenario: lab.scenario(), seeds: this.chosen.seeds });
    write(this.start, words.say("city.trial.stop"));
    write(this.status, words.say("city.trial.runs", this.#names));
    this.bar.value = 0;
  }

  #stop() {
    this.line?.close();
    this.line = undefined;
    write(this.start, this.words.say("city.trial.start"));
    if (this.bar.value < 1) this.bar.value = 0;
  }

  /** What was chosen, for a sentence about it. */
  get #names() {
    const { words, chosen } = this;
    return { demand: words.say(`demand.${chosen.demand}`), seeds: words.count(chosen.seeds) };
  }

  /** @param {any} answer */
  #hear({ kind, progress, rules, results, reason }) {
    if (kind === "failed") {
      this.#stop();
      write(this.status, this.words.say("city.failed", { reason }));
      return;
    }
    this.bar.value = progress;
    if (!results) return;
    this.#stop();
    const width = NUMBERS.length;
    this.#show(rules.map((/** @type {string} */ rule, /** @type {number} */ row) => ({ rule, ...Object.fromEntries(NUMBERS.map((name, column) => [name, results[row * width + column]])) })));
  }

  /** @param {Result[]} results */
  #show(results) {
    const { words, chosen } = this;
    write(this.status, words.say("city.trial.ran", { ...this.#names, error: words.fine(results[0].error) }));
    const cell = (/** @type {string} */ text) => html("td", { class: "number" }, text);
    const rows = results.map((result) => {
      const { rule, arrived, steps, reach, least, most, untrained, information } = result;
      const head = html("th", { scope: "row" }, words.say(`rule.${rule}`));
      if (arrived === 0) return html("tr", {}, head, html("td", { colspan: COLUMNS.length - 1 }, words.say("city.trial.never")));
      const range = words.say("city.trial.between", { least: words.number(least), most: words.number(most) });
      const some = arrived < chosen.seeds ? ` (${words.count(arrived)}/${words.count(chosen.seeds)})` : "";
      return html("tr", {}, head, cell(words.count(steps) + some), cell(words.number(reach)), cell(range), cell(words.number(untrained)), cell(words.number(information)));
    });
    this.body.replaceChildren(...rows);
    this.table.hidden = false;
    write(this.said, this.sentence(results));
  }

  /** What the numbers say, and no more. @param {Result[]} results */
  sentence(results) {
    const { words } = this;
    const there = results.filter(({ arrived }) => arrived > 0);
    if (there.length === 0) return words.say("city.trial.nobody");
    const lowest = there.reduce((one, other) => (other.reach < one.reach ? other : one));
    const said = [words.say("city.trial.lowest", { rule: words.say(`rule.${lowest.rule}`), reach: words.number(lowest.reach) })];
    const [proportion, equal] = ["proportion", "equal"].map((name) => there.find(({ rule }) => rule === name));
    if (proportion && equal) {
      const [below, above] = [proportion.most < equal.least, proportion.least > equal.most];
      const more = proportion.most < proportion.untrained;
      if (Math.min(proportion.arrived, equal.arrived) < this.chosen.seeds) said.push(words.say("city.trial.some"));
      else if (below) said.push(words.say(more ? "city.trial.held" : "city.trial.less"));
      else said.push(words.say(above ? "city.trial.against" : "city.trial.open"));
    }
    return said.join(" ");
  }
}
