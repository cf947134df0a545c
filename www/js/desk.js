// The desk of the lab: which parts lie on it, and which of them is large; its tools; an invitation at first.

import { html } from "./dom.js";
import { Help } from "./help.js";
import { pictureSaver } from "./save.js";

/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Part} Part */
/** @typedef {import("./parts.js").Parts} Parts */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** Where each part lies; the rule comes before the landscape where there is but one column. */
const COLUMNS = {
  first: ["scene", "chain", "timeline", "race"],
  third: ["controls", "verdict", "rates"],
  second: ["plane", "curves", "steps"],
  below: ["measured", "memory", "starts", "code"],
};
/** What stands for all parts but those below. */
const ALL = "all";
/** The sensitivities on the parts of the scene, and its pressure, are shown and hidden as a part is. */
const TAGS = "tags";
/** What lies on the desk where nothing else is asked for. */
const USUAL = ["scene", TAGS, ...COLUMNS.first.slice(1), ...COLUMNS.second, ...COLUMNS.third];
/** Every name. */
const NAMES = [...USUAL, ...COLUMNS.below];
/** Parts whose own drawing leaves room for their buttons. */
const ROOMY = ["scene", "timeline"];
/** What is said at first, after a turn, and where the water is at the mark. */
const INVITATIONS = ["invite", "more", "there"];
/** The looks that one can choose. */
const LOOKS = ["auto", "light", "dark", "projector"];

/**
 * The parts that an attribute names, in the order of the desk, and what is no name; the usual parts where it
 * names none.
 * @param {string | null} text
 */
function named(text) {
  const given = new Set((text ?? ALL).split(/[\s,.]+/).filter((name) => name !== "").flatMap((name) => (name === ALL ? USUAL : [name])));
  const known = NAMES.filter((name) => given.has(name));
  const unknown = [...given].filter((name) => !NAMES.includes(name));
  return { known: known.some((name) => name !== TAGS) ? known : USUAL, unknown };
}

/**
 * A complaint, as the engine makes them, about a name in an attribute.
 * @param {string} key
 * @param {string} given
 * @param {string} used
 */
function complaint(key, given, used) {
  return { key, given, reason: "choice", names: [...NAMES, ALL], used };
}

/** The desk. Nothing lies on it until it is shown what. */
export class Desk {
  /**
   * @param {Parts} parts
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(parts, words, asks) {
    this.parts = parts;
    this.words = words;
    this.asks = asks;
    /** @type {string[]} */
    this.names = [];
    /** The part that is large. @type {string | null} */
    this.large = null;
    /** The part that shall be. @type {string | null} */
    this.wanted = null;
    this.help = new Help(words);
    /** @type {Map<string, Part>} */
    this.open = new Map();
    /** The buttons that show and hide parts. @type {Map<string, HTMLButtonElement>} */
    this.chips = new Map(NAMES.map((name) => [name, this.#chip(name)]));
    this.all = html("button", { type: "button", "data-open": ALL }, words.say("desk.all"));
    this.all.addEventListener("click", () => {
      asks.reflect("parts", ALL);
      // The button is hidden now.
      this.chips.get(TAGS)?.focus({ preventScroll: true });
    });
    this.undo = this.#tool("undo", "↶", () => asks.travel("undo"));
    this.redo = this.#tool("redo", "↷", () => asks.travel("redo"));
    this.look = html("select", { "aria-label": words.say("desk.look"), "data-act": "look" }, ...LOOKS.map((name) => html("option", { value: name }, words.say(`look.${name}`))));
    this.look.addEventListener("change", () => asks.reflect("theme", this.look.value));
    const chips = html("div", { class: "openers", role: "group", "aria-label": words.say("desk.parts") }, ...this.chips.values(), this.all);
    // Play stays in sight, wherever one looks.
    this.play = this.#tool("play", "▶", asks.toggle);
    this.step = this.#tool("step", "⇥", () => asks.act((lab) => lab.step(1)));
    const tools = html("div", { class: "tools" }, html("span", { class: "ways" }, this.play, this.step), html("span", { class: "ways" }, this.undo, this.redo), this.look, this.#tool("help", "?", () => this.help.open()));
    this.toolbar = html("div", { class: "toolbar", "data-chosen": "desk" }, html("slot", { name: "title" }), chips, tools);
    this.invitation = html("div", { class: "invitation" }, ...INVITATIONS.map((name) => html("p", { "data-invites": name }, words.say(`desk.${name}`))));
    this.columns = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, html("div", { class: `column ${name}` })]));
    this.element = html("div", { class: "desk" }, this.toolbar, this.invitation, html("div", { class: "columns" }, ...Object.values(this.columns)), this.help.element);
  }

  /**
   * A button that shows a part, and hides it.
   * @param {string} name
   */
  #chip(name) {
    const button = html("button", { type: "button", "aria-pressed": "false", "data-open": name }, this.words.say(`open.${name}`));
    button.addEventListener("click", () => this.#toggle(name));
    return button;
  }

  /**
   * A tool, which is known by a sign.
   * @param {string} name
   * @param {string} sign
   * @param {() => void} act
   */
  #tool(name, sign, act) {
    const title = this.words.say(`desk.${name}`);
    const button = html("button", { type: "button", class: "tool", "aria-label": title, title, "data-act": name }, sign);
    // A tool without work keeps the focus.
    button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" && act());
    return button;
  }

  /** Shows a part, or hides it; the focus goes along. @param {string} name */
  #toggle(name) {
    const hides = this.names.includes(name);
    const now = hides ? this.names.filter((other) => other !== name) : [...this.names, name];
    if (!now.some((other) => other !== TAGS)) return;
    this.asks.reflect("parts", NAMES.filter((other) => now.includes(other)).join(" "));
    if (hides && this.wanted === name) this.asks.reflect("large", null);
    // Beside a large part nothing could be seen of it.
    if (!hides && this.large && name !== TAGS) this.asks.reflect("large", name);
    if (name === TAGS) return;
    const part = this.open.get(name)?.element;
    part?.scrollIntoView?.({ block: "nearest" });
    const next = part ? part.querySelector('[data-act="hide"]') : this.chips.get(name);
    /** @type {HTMLElement | null | undefined} */ (next)?.focus({ preventScroll: true });
  }

  /**
   * Lays out the parts that an attribute names, and lists what is wrong with it.
   * @param {string | null} text
   */
  show(text) {
    const { known, unknown } = named(text);
    this.names = known;
    const tagged = known.includes(TAGS);
    // The scene is built with its tags, or without.
    if (tagged !== this.parts.tagged) this.#lay("scene", "first", false);
    this.parts.tagged = tagged;
    for (const [column, names] of Object.entries(COLUMNS)) {
      for (const name of names) {
        const wanted = known.includes(name);
        if (wanted !== this.open.has(name)) this.#lay(name, column, wanted);
      }
      this.columns[column].hidden = !names.some((name) => this.open.has(name));
    }
    for (const [name, chip] of this.chips) chip.setAttribute("aria-pressed", String(known.includes(name)));
    this.all.hidden = USUAL.every((name) => known.includes(name));
    const quiet = known.join() === "scene";
    this.element.classList.toggle("quiet", quiet);
    // The last part cannot be hidden: a desk with nothing on it is none.
    this.element.classList.toggle("single", this.open.size === 1);
    this.invitation.hidden = !quiet;
    this.enlarge(this.wanted);
    return unknown.map((name) => complaint("parts", name, known.join(" ")));
  }

  /**
   * Lays a part on the desk, in its place, or takes it away.
   * @param {string} name
   * @param {string} column
   * @param {boolean} wanted
   */
  #lay(name, column, wanted) {
    if (!wanted) {
      this.parts.remove(name);
      this.open.delete(name);
      return;
    }
    const names = COLUMNS[/** @type {keyof typeof COLUMNS} */ (column)];
    const after = names.slice(names.indexOf(name) + 1).find((other) => this.open.has(other));
    const made = this.parts.add(name);
    made.element.prepend(this.#bar(name, made));
    made.element.setAttribute("data-part", name);
    this.columns[column].insertBefore(made.element, after ? (this.open.get(after)?.element ?? null) : null);
    this.open.set(name, made);
  }

  /**
   * The heading of a part, with the buttons that save its picture, make it large and hide it.
   * @param {string} name
   * @param {Part} made
   */
  #bar(name, { element, portrait }) {
    const { words } = this;
    const title = element.querySelector(":scope > h2") ?? html("h2", {}, words.say(`open.${name}`));
    const part = words.say(`open.${name}`);
    const button = (/** @type {string} */ act, /** @type {string} */ sign, /** @type {() => void} */ does) => {
      const label = words.say(`desk.${act}`, { part });
      const made = html("button", { type: "button", class: "tool", "aria-label": label, title: label, "data-act": act }, sign);
      made.addEventListener("click", does);
      return made;
    };
    const save = portrait ? [pictureSaver(name, words.say("desk.save", { part }), words, this.asks)] : [];
    const large = button("large", "⤢", () => this.asks.reflect("large", this.large === name ? null : name));
    large.setAttribute("aria-pressed", "false");
    const hide = button("hide", "×", () => this.#toggle(name));
    return html("div", { class: ROOMY.includes(name) ? "bar over" : "bar", "data-chosen": "desk" }, title, ...save, large, hide);
  }

  /**
   * Makes one part large, or none; one that is hidden becomes large when it is shown.
   * @param {string | null} name
   */
  enlarge(name) {
    this.wanted = name;
    this.large = name && this.open.has(name) ? name : null;
    this.element.classList.toggle("enlarged", this.large !== null);
    for (const [other, { element }] of this.open) {
      element.classList.toggle("large", other === this.large);
      element.querySelector('[data-act="large"]')?.setAttribute("aria-pressed", String(other === this.large));
    }
  }

  /** Shows which look was chosen. @param {string | null} theme */
  wear(theme) {
    this.look.value = theme && LOOKS.includes(theme) ? theme : LOOKS[0];
  }

  /** @param {Moment} moment */
  tell({ lab, running }) {
    const able = (/** @type {HTMLElement} */ tool, /** @type {boolean} */ can) =>
      tool.setAttribute("aria-disabled", String(!can || this.parts.chosen.fixed));
    // Play is one more thing to be undone.
    able(this.undo, running || lab.undoable() > 0);
    able(this.redo, !running && lab.redoable() > 0);
    able(this.play, !this.parts.chosen.locked.includes("play"));
    able(this.step, !this.parts.chosen.locked.includes("step"));
    this.play.setAttribute("aria-pressed", String(running));
    const begun = running || lab.undoable() > 0 || lab.redoable() > 0 || lab.scenario() !== "";
    this.element.classList.toggle("begun", begun);
    if (this.invitation.hidden) return;
    const now = !begun ? "invite" : lab.verdict().name === "arrived" ? "there" : "more";
    if (this.element.dataset.invites !== now) this.element.dataset.invites = now;
  }
}
