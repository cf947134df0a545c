// Everybody in a table: the verdict, the steps, where it ended; and in short what came of the class.

import { html, write } from "./dom.js";
import { steps, why } from "./sentences.js";

/** @typedef {import("./words.js").Words} Words */

/** The columns of numbers. */
const NUMBERS = ["steps", "m", "h", "y", "E"];
/** Settings whose name is that of a part, or of a setting. @type {Record<string, string>} */
const NAMED = { pressure: "part.w", target: "part.target", error: "set.error", units: "set.units", preset: "set.preset" };
/** Settings whose values are names. */
const CHOICES = ["preset", "error", "units"];
/** Of this many differences between two landscapes each is said. */
const SAID = 3;

/** The table and the summary. */
export class Roll {
  /** Whom a press keeps before the others. @type {number | undefined} */
  kept = undefined;
  /** The summary as one text. */
  said = "";
  /** @type {Map<number, HTMLElement>} */
  #rows = new Map();

  /**
   * @param {Words} words
   * @param {{ name: string, color: string }[]} verdicts
   * @param {(lit: number | undefined) => void} light
   */
  constructor(words, verdicts, light) {
    this.words = words;
    this.verdicts = verdicts;
    this.light = light;
    this.legend = html("ul", { class: "legend", "aria-label": words.say("cohort.verdicts") });
    this.summary = html("div", { class: "summary" });
    const head = (/** @type {string} */ key, kind = "") => html("th", { scope: "col", class: kind }, words.say(key));
    this.head = html("tr", {}, head("cohort.who"), head("race.verdict"), ...NUMBERS.map((name) => head(`cohort.column.${name}`, "number")));
    this.table = html("table", {}, html("caption", { class: "unseen" }, words.say("cohort.table")), html("thead", {}, this.head));
    this.element = html("section", { class: "roll", "aria-label": words.say("cohort.table") }, this.summary, html("div", { class: "scrolls", tabindex: 0, role: "group", "aria-label": words.say("cohort.table") }, this.table));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.keep(undefined);
    });
  }

  /**
   * Shows everybody; those of another landscape below the others, with the reason.
   * @param {any[]} students
   * @param {any} summary
   * @param {(index: number) => string[][]} differences
   */
  show(students, summary, differences) {
    const { words } = this;
    this.kept = undefined;
    this.#rows.clear();
    for (const body of [...this.table.tBodies]) body.remove();
    if (!summary) return;
    this.#summarize(students, summary);
    const on = new Set(summary.on);
    const here = html("tbody", {}, ...students.flatMap((student, index) => (on.has(index) ? this.#row(student, index, "") : [])));
    this.table.append(here);
    const others = students.flatMap((student, index) => (on.has(index) ? [] : this.#row(student, index, this.#reason(differences(index)))));
    if (others.length > 0) this.table.append(html("tbody", { class: "others" }, html("tr", {}, html("th", { scope: "rowgroup", colspan: 2 + NUMBERS.length }, words.say("cohort.elsewhere"))), ...others));
  }

  /** Marks who is looked at. @param {number | undefined} lit */
  mark(lit) {
    for (const [index, row] of this.#rows) row.classList.toggle("lit", index === lit);
  }

  /** Keeps someone before the others, or nobody. @param {number | undefined} index */
  keep(index) {
    this.kept = index === this.kept ? undefined : index;
    for (const [at, row] of this.#rows) row.querySelector("button")?.setAttribute("aria-pressed", String(at === this.kept));
    this.light(this.kept);
  }

  /** A setting with its value. @param {string} key @param {string} value */
  setting(key, value) {
    return `${this.#key(key)} ${this.#value(key, value)}`;
  }

  /** @param {string} key */
  #key(key) {
    return this.words.say(NAMED[key] ?? `parameter.${key}`);
  }

  /** @param {string} key @param {string} value */
  #value(key, value) {
    if (CHOICES.includes(key)) return this.words.say(`${key}.${value}`);
    const number = Number(value);
    return value === "" ? "–" : Number.isFinite(number) ? this.words.setting(number) : value;
  }

  /** Why someone is not on the landscape. @param {string[][]} differences */
  #reason(differences) {
    const { words } = this;
    const house = differences.find(([key]) => key === "preset");
    const said = house ? [house] : differences.slice(0, SAID);
    return said.map(([key, theirs, here]) => words.say("cohort.reason", { what: this.#key(key), theirs: this.#value(key, theirs), here: this.#value(key, here) })).join(" ");
  }

  /** The name of someone, who may have given none. @param {any} student @param {number} index */
  #name({ name }, index) {
    return name || this.words.say("cohort.nobody", { number: this.words.count(index + 1) });
  }

  /**
   * @param {any[]} students
   * @param {any} summary
   */
  #summarize(students, { counts, fastest, slowest }) {
    const { words, verdicts } = this;
    const all = verdicts.map(({ name, color }, kind) => ({ name: words.say(`verdict.${name}`), color, count: counts[kind] }));
    const there = all.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count);
    this.legend.replaceChildren(...there.map(({ name, color, count }) => html("li", {}, swatch(color), html("span", {}, name), " ", html("b", {}, words.count(count)))));
    const who = (/** @type {number[]} */ places) => {
      const named = places.map((place) => this.#name(students[place], place));
      return new Intl.ListFormat(words.locale, { type: "conjunction" }).format(named);
    };
    const lines = [];
    if (fastest.length === 0) lines.push(words.say("cohort.none"));
    else {
      const needed = (/** @type {number} */ place) => steps(words, students[place].arrived);
      lines.push(words.say("cohort.fastest", { who: who(fastest), steps: needed(fastest[0]) }));
      if (needed(slowest[0]) !== needed(fastest[0])) lines.push(words.say("cohort.slowest", { who: who(slowest), steps: needed(slowest[0]) }));
    }
    this.summary.replaceChildren(...lines.map((line) => html("p", {}, line)));
    this.said = [...lines, ...there.map(({ name, count }) => `${name}: ${words.count(count)}.`)].join(" ");
  }

  /**
   * The row of someone, and below it what there is to say.
   * @param {any} student
   * @param {number} index
   * @param {string} reason why not on the landscape; empty for whoever is
   */
  #row(student, index, reason) {
    const { words } = this;
    const { color } = this.verdicts.find(({ name }) => name === student.verdict.name) ?? { color: "" };
    const on = reason === "";
    const button = html("button", { type: "button", class: "who" }, swatch(color, words.count(index + 1)), html("bdi", {}, this.#name(student, index)));
    if (on) button.setAttribute("aria-pressed", "false");
    const off = student.off === undefined ? "" : words.say("cohort.off", { off: words.number(student.off) });
    const note = [reason, off].filter(Boolean).join(" ");
    const open = student.scenario === undefined ? [] : [html("a", { href: `lab.html#${student.scenario}`, target: "_blank", rel: "noopener", "aria-label": words.say("cohort.open", { who: this.#name(student, index) }) }, "↗")];
    const verdict = html("td", {}, html("span", { title: why(words, student.verdict) }, words.say(`verdict.${student.verdict.name}`)));
    const cells = NUMBERS.map((name) => html("td", { class: "number", "data-cell": name }, name === "steps" ? words.count(student.steps) : words.number(student[name])));
    const row = html("tr", note ? { class: "explained" } : {}, html("th", { scope: "row" }, on ? button : html("span", { class: "who" }, ...button.childNodes), ...open), verdict, ...cells);
    const rows = note ? [row, html("tr", { class: "why" }, html("td", { colspan: 2 + NUMBERS.length }, html("span", { class: "note" }, note)))] : [row];
    if (!on) return rows;
    this.#rows.set(index, row);
    button.addEventListener("click", () => this.keep(index));
    button.addEventListener("focus", () => this.light(index));
    button.addEventListener("blur", () => this.light(this.kept));
    row.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") this.light(index);
    });
    row.addEventListener("pointerleave", () => this.light(this.kept));
    return rows;
  }
}

/** The colour of a verdict, with a number perhaps. @param {string} color @param {string} [text] */
function swatch(color, text = "") {
  const element = html("span", { class: "swatch", "aria-hidden": "true" });
  // A property that a script sets is no style of the page's text.
  element.style.background = color;
  write(element, text);
  return element;
}
