// A class on one landscape: links and files go in, everybody's path and verdict come out. Nothing is kept.

import { signed } from "./about.js";
import { Given } from "./cohort-given.js";
import { Roll } from "./cohort-roll.js";
import { html, write } from "./dom.js";
import { load } from "./engine.js";
import { lay } from "./lay.js";

/** @typedef {typeof import("../backflow-cohort.js")} Engine */
/** @typedef {import("./words.js").Words} Words */

/** What is shown follows what is typed when nothing was for this long, in milliseconds. */
const QUIET = 250;
/** The width of a saved picture, and the pixels of a PNG to each of these. */
const [SAVED, SCALE] = [720, 2];

/** The page's tool. */
export class Cohort {
  /**
   * @param {Words} words
   * @param {() => string} look
   */
  static async open(words, look) {
    return new Cohort(/** @type {Engine} */ (/** @type {unknown} */ (await load("backflow-cohort"))), words, look);
  }

  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {() => string} look
   */
  constructor(engine, words, look) {
    this.engine = engine;
    this.words = words;
    this.look = look;
    this.cohort = new engine.Cohort("");
    /** The landscape that is shown, as a scenario string; that of most where there is none such. */
    this.chosen = "";
    /** The house of tables that do not say theirs. */
    this.house = "";
    /** @type {number | undefined} */
    this.lit = undefined;
    this.due = 0;
    this.given = new Given(engine, words, () => this.soon());
    this.roll = new Roll(words, engine.Cohort.verdicts(), (lit) => this.light(lit));
    const canvas = (/** @type {string} */ name) => html("canvas", { class: name, "aria-hidden": "true" });
    this.canvases = ["field", "map", "walk"].map(canvas);
    const [field, map, walk] = this.canvases;
    this.view = new engine.CohortView(field, map, walk);
    this.sheets = html("div", { class: "sheets", role: "img" }, ...this.canvases);
    this.which = html("select", { id: "which" });
    this.whose = html("select", { id: "whose" });
    const chooser = (/** @type {string} */ key, /** @type {HTMLSelectElement} */ select) => html("label", { class: "chooser" }, html("span", {}, words.say(key)), select);
    this.choosers = [chooser("cohort.landscape", this.which), chooser("cohort.house", this.whose)];
    this.alert = html("p", { class: "note", role: "alert" });
    const picture = html(
      "figure",
      { class: "picture" },
      ...this.choosers,
      this.sheets,
      this.roll.legend,
      html("div", { class: "buttons" }, this.#saver("svg"), this.#saver("png"), this.#saver("csv")),
      this.alert,
    );
    this.shown = html("div", { class: "shown" }, picture, this.roll.element);
    this.shown.hidden = true;
    this.element = html("div", { class: "cohort" }, this.given.element, this.shown);
    this.#listen();
  }

  /** What is shown follows what was given. */
  begin() {
    new ResizeObserver(() => this.draw()).observe(this.sheets);
    this.given.begin();
  }

  /** Shows what was given once nobody types any more. */
  soon() {
    clearTimeout(this.due);
    this.due = setTimeout(() => this.read(), QUIET);
  }

  /** Reads everything anew. */
  read() {
    const { engine, given } = this;
    this.cohort.free();
    this.cohort = new engine.Cohort(this.house);
    const remarks = [...this.cohort.addText(given.text)];
    for (const { name, text } of given.files) remarks.push(...this.cohort.addTable(name, text));
    this.lit = undefined;
    this.#choices();
    this.show(remarks);
  }

  /**
   * Shows the landscape that is chosen, and what is wrong with what was given.
   * @param {any[]} [remarks] those of now, where they may be others
   */
  show(remarks) {
    const { cohort, chosen, words } = this;
    const students = cohort.students();
    const summary = cohort.summary(chosen);
    this.shown.hidden = students.length === 0;
    if (remarks) this.given.complain(remarks);
    this.roll.show(students, summary, (index) => cohort.differences(index, chosen));
    const [all, on] = [students.length, summary?.on.length ?? 0];
    const count = [words.counted((form) => `cohort.count.${form}`, all)];
    if (all > on) count.push(words.counted((form) => `cohort.others.${form}`, all - on));
    this.given.tell(all > 0 || given(this) ? count.join(" ") : "");
    this.sheets.setAttribute("aria-label", [words.say("cohort.picture"), ...count, this.roll.said].join(" "));
    this.draw();
  }

  /** Someone is looked at, or nobody. @param {number | undefined} lit */
  light(lit) {
    if (lit === this.lit) return;
    this.lit = lit;
    this.roll.mark(lit);
    this.draw();
  }

  /** Draws the picture at the size that there is. */
  draw() {
    const { clientWidth: width, clientHeight: height } = this.sheets;
    if (this.shown.hidden || width === 0 || height === 0) return;
    lay([this.canvases[0]], this.engine.CohortView.plane(width, height));
    this.view.draw(this.cohort, this.chosen, this.lit, width, height, devicePixelRatio, this.look());
  }

  /** The landscapes and houses that one may choose. */
  #choices() {
    const { cohort, words } = this;
    const all = cohort.landscapes();
    const names = all.map(({ of, count }) => html("option", { value: of.scenario }, words.say("cohort.of", { house: this.#named(of), count: words.count(count) })));
    this.which.replaceChildren(...names);
    const there = all.some(({ of }) => of.scenario === this.chosen);
    if (!there) this.chosen = all[0]?.of.scenario ?? "";
    this.which.value = this.chosen;
    this.choosers[0].hidden = all.length < 2;
    const tables = cohort.bareTables() > 0;
    this.choosers[1].hidden = !tables;
    if (!tables) return;
    const own = html("option", { value: "" }, words.say("cohort.house.first"));
    const houses = this.engine.Cohort.houses().map((name) => html("option", { value: `preset=${name}` }, words.say(`preset.${name}`)));
    this.whose.replaceChildren(own, ...houses);
    this.whose.value = this.house;
  }

  /** A landscape by its house and by what is not usual there. @param {any} of */
  #named({ preset, settings }) {
    return [this.words.say(`preset.${preset}`), ...settings.map((/** @type {string[]} */ [key, value]) => this.roll.setting(key, value))].join(" · ");
  }

  #listen() {
    this.which.addEventListener("change", () => {
      this.chosen = this.which.value;
      this.lit = undefined;
      this.show();
    });
    this.whose.addEventListener("change", () => {
      this.house = this.whose.value;
      this.read();
    });
    const at = (/** @type {MouseEvent} */ event) => {
      const { left, top, width, height } = this.sheets.getBoundingClientRect();
      return this.cohort.at(this.chosen, width, height, event.clientX - left, event.clientY - top);
    };
    this.sheets.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") this.light(at(event) ?? this.roll.kept);
    });
    this.sheets.addEventListener("pointerleave", () => this.light(this.roll.kept));
    this.sheets.addEventListener("click", (event) => this.roll.keep(at(event)));
  }

  /** A button that saves the picture or the table. @param {"svg" | "png" | "csv"} format */
  #saver(format) {
    const { words } = this;
    const text = format === "csv" ? words.say("save.csv") : words.say(`save.${format}`, { scale: words.count(SCALE) });
    const button = html("button", { type: "button", "data-save": format }, text);
    button.addEventListener("click", async () => {
      write(this.alert, "");
      try {
        const files = await import("./files.js");
        files.hand(await this.#file(format, files), `backflow-class.${format}`);
      } catch (error) {
        write(this.alert, words.say("save.failed", { reason: error instanceof Error ? error.message : String(error) }));
      }
    });
    return button;
  }

  /**
   * @param {"svg" | "png" | "csv"} format
   * @param {typeof import("./files.js")} files
   */
  async #file(format, { picture, TYPES }) {
    if (format === "csv") return new Blob([this.cohort.csv()], { type: TYPES.csv });
    const names = this.engine.Cohort.verdicts().map(({ name }) => this.words.say(`verdict.${name}`));
    const drawn = this.cohort.svg(this.chosen, SAVED, SAVED, this.look(), names.join("\n")) ?? "";
    // Where it comes from is the page, and not who was on it.
    const [title, source] = [this.words.say("cohort.title"), location.origin + location.pathname];
    return picture(signed(drawn, title, source), { format, scale: SCALE, title, source });
  }
}

/** Whether anything was given. @param {Cohort} cohort */
function given({ given: { text, files } }) {
  return text.trim() !== "" || files.length > 0;
}
