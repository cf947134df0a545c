// The race: several runs from one start on one clock, one of them perhaps made by hand.

import { html, write } from "./dom.js";
import { NumberField } from "./number.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The numbers of a lane, in the order of their columns. */
const COLUMNS = ["steps", "E", "overshoot", "wasted", "readings"];

/** The table of all runs. */
export class Race {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    this.words = words;
    this.asks = asks;
    this.optimizers = engine.Lab.choices("optimizer");
    /** @type {{ show: (lane: any) => void }[]} */
    this.rows = [];
    this.body = html("tbody");
    this.fresh = false;
    /** Which rows there are. @type {string | undefined} */
    this.shape = undefined;
    this.add = this.#select("race-add", words.say("race.add"));
    this.add.value = "momentum";
    this.most = engine.Lab.mostRivals();
    const join = html("button", { type: "button", "data-control": "challenge" }, words.say("race.join"));
    join.addEventListener("click", () =>
      asks.act((lab) => asks.complain(lab.challenge(this.add.value))),
    );
    this.join = join;
    this.hand = html("button", { type: "button", "aria-pressed": "false", "data-control": "hand", "data-chosen": "hand" }, words.say("race.hand"));
    this.hand.addEventListener("click", () => {
      const on = this.hand.getAttribute("aria-pressed") !== "true";
      asks.act((lab) => lab.setByHand(on));
    });
    const column = (/** @type {string} */ key, kind = "") => html("th", { scope: "col", class: kind }, words.say(key));
    const head = [column("race.rule"), column("race.rate"), ...COLUMNS.map((name) => column(`race.${name}`, "number")), column("race.verdict")];
    this.element = html(
      "section",
      { class: "race", "aria-label": words.say("race.title") },
      html("h2", {}, words.say("race.title")),
      html("p", { class: "note" }, words.say("race.note")),
      html("div", { class: "buttons" }, html("span", { class: "buttons", "data-chosen": "race" }, this.add, join), this.hand),
      html(
        "div",
        { class: "scrolls", tabindex: "0", role: "group", "aria-label": words.say("race.title") },
        html(
          "table",
          {},
          html(
            "thead",
            {},
            html("tr", {}, html("th", { scope: "col" }, "#"), ...head, html("td")),
          ),
          this.body,
        ),
      ),
    );
  }

  /** @param {Moment} moment */
  show({ lab, reading }) {
    const lanes = lab.lanes();
    const shape = lanes.map(({ byHand, branched }) => `${byHand} ${branched}`).join();
    if (shape !== this.shape) {
      this.shape = shape;
      this.rows = lanes.map((lane, index) => this.#row(lane, index));
      this.fresh = true;
    }
    lanes.forEach((lane, index) => this.rows[index].show(lane));
    this.join.disabled = lanes.length > this.most || this.element.classList.contains("still");
    this.hand.setAttribute("aria-pressed", String(reading.by_hand > 0));
  }

  /**
   * @param {string} id
   * @param {string} label
   */
  #select(id, label) {
    const options = this.optimizers.map((value) => html("option", { value }, this.words.say(`optimizer.${value}`)));
    return html("select", { id, "aria-label": label }, ...options);
  }

  /**
   * The row of a lane. The main run's rule is set in the controls, a rival's here.
   * @param {any} first the lane
   * @param {number} index
   */
  #row(first, index) {
    const { words, asks } = this;
    if (index === 0) this.body.replaceChildren();
    const rival = index - 1;
    const who = words.say("race.lane", { number: String(index) });
    const set = (/** @type {string} */ key, /** @type {string} */ text) =>
      asks.act((lab) => {
        const complaint = lab.setRival(rival, key, text);
        asks.complain(complaint ? [complaint] : []);
      });
    const own = index > 0 && !first.byHand;
    const rule = own ? this.#select(`race-rule-${index}`, `${who}: ${words.say("race.rule")}`) : html("span");
    const rate = new NumberField("rate", { "aria-label": `${who}: ${words.say("race.rate")}` }, set);
    delete rate.input.dataset.input;
    rate.input.dataset.rival = String(index);
    if (rule instanceof HTMLSelectElement) rule.addEventListener("change", () => set("optimizer", rule.value));
    const plainRate = html("span", { class: "number" });
    const cells = COLUMNS.map((name) => html("td", { class: "number", "data-lane": name }));
    const verdict = html("td", { "data-lane": "verdict" });
    const remove = html("button", { type: "button", class: "turn", "aria-label": words.say("race.remove", { lane: who }) }, "×");
    remove.addEventListener("click", () => {
      asks.act((lab) => lab.removeRival(rival));
      // The button goes with its row.
      this.add.focus({ preventScroll: true });
    });
    const branched = first.branched === undefined ? "" : words.say("race.branched", { step: words.count(first.branched) });
    const swatch = html("span", { class: index > 0 ? `swatch rival-${index}` : "swatch" }, index > 0 ? String(index) : "");
    const row = html(
      "tr",
      { class: index === 0 ? "main" : "rival" },
      html("th", { scope: "row" }, swatch, html("span", { class: "unseen" }, index === 0 ? words.say("race.main") : who)),
      html("td", { "data-lane": "rule" }, rule, html("span", { class: "note" }, branched)),
      html("td", {}, own ? rate.input : plainRate),
      ...cells,
      verdict,
      html("td", {}, ...(index > 0 ? [remove] : [])),
    );
    this.body.append(row);
    return {
      show: (/** @type {any} */ lane) => {
        if (rule instanceof HTMLSelectElement) rule.value = lane.optimizer;
        else write(rule, lane.byHand ? words.say("race.by-hand") : words.say(`optimizer.${lane.optimizer}`));
        if (own) rate.show(words.typed("rate", lane.rate));
        else write(plainRate, lane.byHand ? "–" : words.setting(lane.rate));
        COLUMNS.forEach((name, column) => {
          const value = lane[name];
          const whole = name === "steps" || name === "readings";
          write(cells[column], value === undefined ? "–" : whole ? words.count(value) : words.number(value));
        });
        write(verdict, words.say(`verdict.${lane.verdict.name}`));
      },
    };
  }
}
