// The controls of a run: step, play, rates and rules.

import { keys } from "./dial.js";
import { html, write } from "./dom.js";
import { NumberField } from "./number.js";
import { steps } from "./sentences.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** The selects, by their keys in the scenario. */
const CHOICES = ["preset", "optimizer", "error", "sensitivities"];

/** Buttons, the learning rate, the choices and the parameters. */
export class Controls {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    this.words = words;
    this.asks = asks;
    /** @param {string} name @param {() => void} act */
    const button = (name, act) => {
      const element = html("button", { type: "button", "data-control": name, "data-chosen": name }, words.say(`run.${name}`));
      element.addEventListener("click", act);
      return element;
    };
    this.play = button("play", asks.toggle);
    this.play.classList.add("main");
    const step = button("step", () => asks.act((lab) => lab.step(1)));
    const finish = button("finish", () => asks.act((lab) => lab.finish()));
    /** The buttons that go on. */
    this.onward = [step, this.play, finish];
    this.count = html("span", { class: "count", "data-control": "count" });
    /** Why they do not, while a guess is wanted first. */
    this.locked = html("p", { class: "note locked", hidden: "" }, words.say("run.asked"));

    this.rate = html("input", { type: "range", min: 0, max: 1, step: "any", id: "rate", "data-control": "rate" });
    keys(this.rate, asks.turning("rate"));
    this.rateNumber = new NumberField("rate", { "aria-label": words.say("number", { part: words.say("set.rate") }) }, asks.set);

    this.selects = [...CHOICES, "units"].map((name) => {
      const options = engine.Lab.choices(name).map((value) => html("option", { value }, words.say(`${name}.${value}`)));
      const select = html("select", { id: name, "data-control": name }, ...options);
      select.addEventListener("change", () => asks.set(name, select.value));
      return select;
    });
    /** @type {NumberField[]} */
    this.fields = [];
    this.fresh = false;
    this.parameters = html("div", { class: "parameters" });
    this.element = html(
      "section",
      { class: "controls", "aria-label": words.say("run.title") },
      html(
        "div",
        { class: "buttons" },
        step,
        this.play,
        button("back", () => asks.act((lab) => lab.back())),
        button("reset", () => asks.act((lab) => lab.reset())),
        finish,
      ),
      this.locked,
      html(
        "div",
        { class: "field rate", "data-chosen": "rate" },
        html("span", { class: "line" }, html("label", { for: "rate" }, words.say("set.rate")), this.count),
        html("span", { class: "value" }, this.rate, this.rateNumber.input),
      ),
      html(
        "div",
        { class: "choices" },
        ...CHOICES.map((name) => this.field(name)),
      ),
      html("details", { "data-chosen": "parameters" }, html("summary", {}, words.say("set.parameters")), this.field("units"), html("p", { class: "note" }, words.say("units.note")), this.parameters),
    );
  }

  /** A select with its label. @param {string} name */
  field(name) {
    const select = this.selects.find(({ id }) => id === name);
    const label = html("label", { for: name }, this.words.say(`set.${name}`));
    return html("div", { class: "field", "data-chosen": name }, label, ...(select ? [select] : []));
  }

  /** @param {Moment} moment */
  show({ lab, reading, running, asked }) {
    const { words } = this;
    this.locked.hidden = !asked;
    write(this.play, words.say(running ? "run.pause" : "run.play"));
    write(this.count, steps(words, reading.step));
    this.rate.value = String(reading.rate_fraction);
    const rate = words.setting(reading.rate);
    this.rate.setAttribute(
      "aria-valuetext",
      words.say("rate.text", { value: rate, m: words.number(reading.turn_m), h: words.number(reading.turn_h) }),
    );
    this.rateNumber.show(words.typed("rate", reading.rate));
    // A hand has made all its steps: there is nothing for the buttons to do until it turns again.
    const idle = asked || this.element.classList.contains("still") || (reading.by_hand > 0 && lab.ended());
    for (const button of this.onward) button.disabled = idle;
    // Before a branch and after it the settings are not the same.
    this.showSettings(lab);
  }

  /**
   * Shows what is set. It changes only with a setting, not while a valve turns.
   * @param {Lab} lab
   */
  showSettings(lab) {
    for (const select of this.selects) {
      select.value = lab.get(select.id) ?? "";
    }
    const names = lab.parameters();
    if (this.shown !== names.join()) {
      this.shown = names.join();
      this.fields = names.map((name) => new NumberField(name, { id: `set-${name}` }, this.asks.set));
      this.fresh = true;
      this.parameters.replaceChildren(
        ...this.fields.map(({ name, input }) =>
          html("div", { class: "field" }, html("label", { for: input.id }, this.words.say(`parameter.${name}`)), input),
        ),
      );
    }
    for (const field of this.fields) {
      field.show(lab.get(field.name) ?? "");
    }
  }
}
