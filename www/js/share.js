// The panel that shares a figure: what is to be shared, what that is as text, how it looks, and the lesson.

import { frame as frameOf } from "./assets.js";
import { html, write } from "./dom.js";
import { listed } from "./setup.js";
import { element, frame, link, TOOLS, usable } from "./share-texts.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./words.js").Words} Words */

/** What a shared figure takes over as it is. */
const TAKEN = ["figure", "challenge", "motion", "label", "readonly", "parts", "large"];
/** Where what a shared figure begins with comes from. */
const STARTS = ["now", "author", "start"];
/** What the run and the hand leave in a scenario. */
const DONE = ["m", "h", "steps", "until", "turns", "rival"];
const LOOKS = ["auto", "light", "dark", "projector"];
/** Each language calls itself by its name. */
const LANGUAGES = ["reader", "en", "es", "zh", "ar"];
/** The figure that is no house. */
const CITY = "city";
/** The most characters of a question. */
const MOST = 300;
/** The least height of a frame, in CSS pixels. */
const LEAST = 160;
/** What a frame has round its figure: its edges, and the way to share it, in CSS pixels. */
const ROUND = 56;
/** What the figure that is shown here tells is no matter of the page's. */
const EVENTS = ["input", "change", "backflow-state", "backflow-ready", "backflow-run-end", "backflow-error", "backflow-view", "backflow-answer"];

/** Controls whose names stand elsewhere among the words. @type {Record<string, string>} */
const CALLED = {
  ...Object.fromEntries(["step", "play", "back", "reset", "finish"].map((name) => [name, `run.${name}`])),
  passes: "pass.title",
  scrub: "history.scrub",
  hand: "race.hand",
  second: "rates.second",
  city: "city.size",
};
const OWN = ["valves", "desk", "share", "race", "remedy", "export", "challenge"];

/** The lesson of the page, whichever of its figures a state is of. @type {import("./lesson-file.js").State[]} */
const lesson = [];
/** What shows it: each open panel has a list. @type {Set<() => void>} */
const lists = new Set();
const redraw = () => lists.forEach((draw) => draw());

/** The address of the frame: the site's; a page's own where it is a frame on a site; one beside the page where neither is known. */
function site() {
  const address = frameOf() ?? location.href.replace(/[?#].*$/s, "");
  return /^https?:.*\/embed(-all)?\.html$/.test(address) ? address : "embed.html";
}

/** The panel. */
export class SharePanel {
  /**
   * @param {BackflowFigure} figure
   * @param {Engine} engine
   * @param {import("./beside.js").Say} say
   * @param {() => void} close
   */
  static async of(figure, engine, say, close) {
    return new SharePanel(figure, engine, await say(true), close);
  }

  /**
   * @param {BackflowFigure} figure
   * @param {Engine} engine
   * @param {Words} words
   * @param {() => void} close
   */
  constructor(figure, engine, words, close) {
    this.figure = figure;
    this.engine = engine;
    this.words = words;
    this.kind = figure.getAttribute("figure") ?? "lab";
    const say = (/** @type {string} */ key) => words.say(key);
    const options = (/** @type {string[]} */ names, /** @type {(name: string) => string} */ text) => names.map((name) => html("option", { value: name }, text(name)));
    const menu = (/** @type {string} */ name, /** @type {HTMLOptionElement[]} */ all) => html("select", { "data-share": name }, ...all);
    const field = (/** @type {string} */ key, /** @type {Element} */ control) => html("label", { class: "field" }, html("span", {}, say(key)), control);

    this.start = menu("start", options(STARTS, (name) => say(`share.start.${name}`)));
    // The small engine of a first figure has no list of them.
    const presets = this.kind === CITY ? [] : Object.keys(words.words).flatMap((key) => (key.startsWith("preset.") ? [key.slice("preset.".length)] : []));
    this.preset = menu("preset", [html("option", { value: "" }, say("share.preset.same")), ...options(presets, (name) => say(`preset.${name}`))]);
    this.locale = menu("locale", options(LANGUAGES, (name) => (name === "reader" ? say("share.reader") : (new Intl.DisplayNames([name], { type: "language" }).of(name) ?? name))));
    this.theme = menu("theme", options(LOOKS, (name) => say(`look.${name}`)));
    this.locale.value = LANGUAGES.find((name) => name === figure.getAttribute("locale")?.split("-")[0]) ?? "reader";
    this.theme.value = LOOKS.find((name) => name === figure.getAttribute("theme")) ?? "auto";
    this.prompt = html("textarea", { rows: 2, maxlength: MOST, dir: "auto", "data-share": "prompt" });
    this.prompt.value = figure.getAttribute("prompt")?.slice(0, MOST) ?? "";
    this.address = html("input", { type: "text", inputmode: "url", dir: "ltr", spellcheck: "false", "data-share": "address" });
    this.address.value = site();
    this.wrong = html("p", { class: "note", role: "alert", id: "share-wrong" });
    this.controls = this.#controls();

    this.preview = /** @type {BackflowFigure} */ (document.createElement(figure.localName));
    this.status = html("p", { class: "note", role: "status" });
    /** @type {Map<string, HTMLTextAreaElement>} */
    this.results = new Map();
    this.tool = html("select", { "aria-label": say("share.tool"), "data-share": "tool" }, ...options(Object.keys(TOOLS), (name) => say(`share.tool.${name}`)));
    this.where = html("p", { class: "note" });
    const results = ["link", "frame", "element", "tool"].map((name) => this.#result(name));

    const shut = html("button", { type: "button", class: "tool", "aria-label": say("share.close"), title: say("share.close"), "data-act": "close" }, "×");
    shut.addEventListener("click", close);
    this.title = html("h2", { tabindex: -1 }, say("share.title"));
    const choices = html(
      "div",
      { class: "choices" },
      field("share.start", this.start),
      ...(presets.length > 0 ? [field("set.preset", this.preset)] : []),
      field("share.locale", this.locale),
      field("desk.look", this.theme),
    );
    /** Takes its list of the lesson away. @type {(() => void) | undefined} */
    this.undrawn = undefined;
    this.lesson = this.#lesson();
    // Somebody else's page has no file to save it in.
    this.lesson.element.hidden = frameOf() === undefined && !("backflowPage" in globalThis);
    this.element = html(
      "div",
      { class: "sharer", role: "group", "aria-label": say("share.title") },
      html("div", { class: "head" }, this.title, shut),
      html(
        "div",
        { class: "sides" },
        html("div", { class: "side" }, choices, field("share.prompt", this.prompt), this.controls.element, field("share.address", this.address), this.wrong),
        html("div", { class: "side" }, html("h3", {}, say("share.preview")), html("div", { class: "preview" }, this.preview)),
      ),
      html("div", { class: "results" }, ...results),
      this.status,
      this.lesson.element,
    );
    // Its keys and what it tells are its own.
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close();
    });
    for (const name of EVENTS) this.element.addEventListener(name, (event) => event.stopPropagation());
    for (const control of this.element.querySelectorAll("[data-share]")) {
      control.addEventListener("input", () => this.#show());
      control.addEventListener("change", () => this.#show());
    }
    this.moved = () => this.#show();
    figure.addEventListener("backflow-state", this.moved);
    figure.addEventListener("backflow-view", this.moved);
    this.sized = new ResizeObserver(() => this.#write());
    this.sized.observe(this.preview);
    this.preview.addEventListener("backflow-view", () => this.#write());
    this.preview.ready.then(
      () => this.#write(),
      () => {}, // the figure itself says what is wrong
    );
    this.#show();
  }

  /** Takes the focus, where it is on the page. */
  begin() {
    this.title.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  free() {
    this.figure.removeEventListener("backflow-state", this.moved);
    this.figure.removeEventListener("backflow-view", this.moved);
    this.sized.disconnect();
    this.undrawn?.();
    this.element.remove();
  }

  /** What a control is called. @param {string} name */
  #called(name) {
    if (OWN.includes(name)) return this.words.say(`share.control.${name}`);
    const key = CALLED[name] ?? `set.${name}`;
    return key in this.words.words ? this.words.say(key) : name;
  }

  /** The controls that the figure has, each with whether it is shown and whether it is locked. */
  #controls() {
    const { words, figure } = this;
    const found = [...(figure.shadowRoot?.querySelectorAll("[data-chosen]") ?? [])].map((element) => /** @type {HTMLElement} */ (element).dataset.chosen ?? "");
    const names = [...new Set(["valves", ...found, "share"])];
    const [wanted, locked] = [figure.getAttribute("controls"), listed(figure.getAttribute("locked"))];
    const rows = names.map((name) => {
      const box = (/** @type {string} */ act, /** @type {boolean} */ on) => {
        const made = html("input", { type: "checkbox", "data-share": act, "data-name": name, "aria-label": words.say(`share.${act}.one`, { name: this.#called(name) }) });
        made.checked = on;
        return made;
      };
      const shown = box("shown", wanted === null || listed(wanted).includes(name));
      const stays = box("locked", locked.includes(name));
      const cells = name === "share" ? [html("td", {}, shown), html("td")] : [html("td", {}, shown), html("td", {}, stays)];
      return { name, shown, stays, element: html("tr", {}, html("th", { scope: "row" }, this.#called(name)), ...cells) };
    });
    const head = html("tr", {}, ...["control", "shown", "locked"].map((name) => html("th", { scope: "col" }, words.say(`share.${name}`))));
    const table = html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows.map((row) => row.element)));
    return { rows, element: html("details", {}, html("summary", {}, words.say("share.controls")), table) };
  }

  /** A text to be copied. @param {string} name */
  #result(name) {
    const { words } = this;
    const label = words.say(`share.${name}`);
    const text = html("textarea", { rows: name === "link" ? 2 : 3, readonly: "", dir: "ltr", spellcheck: "false", "aria-label": label, "data-result": name });
    const copy = html("button", { type: "button", "data-copy": name, "aria-label": words.say("share.copy.one", { name: label }) }, words.say("share.copy"));
    copy.addEventListener("click", () => this.#copy(text, label));
    text.addEventListener("focus", () => text.select());
    this.results.set(name, text);
    const own = name === "tool" ? [this.tool] : [];
    const note = name === "tool" ? [this.where] : [];
    return html("div", { class: "result" }, html("div", { class: "head" }, html("h3", {}, label), ...own, copy), text, ...note);
  }

  /** Copies a text; where the browser does not let it, selects it. @param {HTMLTextAreaElement} text @param {string} name */
  async #copy(text, name) {
    // A frame may have no clipboard, or may not be allowed to write to it.
    const copied = await Promise.resolve(navigator.clipboard?.writeText(text.value)).then(
      () => navigator.clipboard !== undefined,
      () => false,
    );
    if (!copied) {
      text.focus({ preventScroll: true });
      text.select();
    }
    this.#tell(copied ? "share.copied" : "share.selected", { name });
  }

  /** Says something, also where it was just said. @param {string} key @param {Record<string, string>} [values] */
  #tell(key, values = {}) {
    this.status.replaceChildren(this.words.say(key, values));
  }

  /** What is shared begins with this. */
  #scenario() {
    const now = this.start.value === "author" ? (this.figure.getAttribute("scenario") ?? "") : this.figure.getState().scenario;
    let scenario = this.start.value === "start" ? now.split("&").filter((pair) => !DONE.includes(pair.split("=")[0])).join("&") : now;
    if (this.preset.value !== "") {
      const lab = new this.engine.Lab(scenario);
      lab.set("preset", this.preset.value);
      scenario = lab.scenario();
      lab.free();
    }
    return scenario;
  }

  /** The attributes that are shared. @returns {import("./lesson-file.js").State} */
  attributes() {
    /** @type {Record<string, string>} */
    const shared = {};
    for (const name of TAKEN) {
      const value = this.figure.getAttribute(name);
      if (value !== null) shared[name] = value;
    }
    shared.scenario = this.#scenario();
    const { rows } = this.controls;
    if (!rows.every(({ shown }) => shown.checked)) shared.controls = rows.filter(({ shown }) => shown.checked).map(({ name }) => name).join(" ");
    const locked = rows.filter(({ shown, stays }) => shown.checked && stays.checked).map(({ name }) => name);
    if (locked.length > 0) shared.locked = locked.join(" ");
    if (this.locale.value !== "reader") shared.locale = this.locale.value;
    if (this.theme.value !== "auto") shared.theme = this.theme.value;
    if (this.prompt.value.trim()) shared.prompt = this.prompt.value.trim();
    for (const name of ["scenario", "label"]) if (shared[name] === "") delete shared[name];
    return { ...shared, figure: this.kind };
  }

  /** Shows in the preview what is shared, and writes the texts. */
  #show() {
    const wanted = { ...this.attributes(), "no-links": "" };
    for (const name of this.preview.getAttributeNames()) if (!(name in wanted)) this.preview.removeAttribute(name);
    for (const [name, value] of Object.entries(wanted)) if (this.preview.getAttribute(name) !== value) this.preview.setAttribute(name, value);
    this.#write();
  }

  /** Writes the texts. */
  #write() {
    // A page has one landmark of a name, and its own figure has it.
    for (const section of this.preview.shadowRoot?.querySelectorAll("section") ?? []) section.setAttribute("role", "group");
    const address = this.address.value.trim();
    const fine = usable(address);
    write(this.wrong, fine ? "" : this.words.say("share.address.wrong", { given: address.slice(0, 80) }));
    this.address.setAttribute("aria-invalid", String(!fine));
    const [attributes, title] = [this.attributes(), this.#title()];
    const height = Math.max(LEAST, Math.ceil(this.preview.getBoundingClientRect().height)) + ROUND;
    /** @type {Record<string, () => string>} */
    const texts = {
      link: () => link(address, attributes),
      frame: () => frame(address, attributes, title, height),
      element: () => element(address, attributes),
      tool: () => TOOLS[this.tool.value](address, attributes, title, height),
    };
    for (const [name, field] of this.results) {
      const text = fine ? texts[name]() : "";
      if (field.value !== text) field.value = text;
    }
    write(this.where, this.words.say(`share.where.${this.tool.value}`));
  }

  /** What the figure is called. */
  #title() {
    const key = `figure.${this.kind}`;
    return this.figure.getAttribute("label") || this.words.say(key in this.words.words ? key : "figure.lab");
  }

  /** The lesson: states in their order. */
  #lesson() {
    const { words } = this;
    const list = html("ol", {});
    const title = html("input", { type: "text", maxlength: 120, dir: "auto", "data-lesson": "title" });
    const button = (/** @type {string} */ act, /** @type {string} */ text, /** @type {() => void} */ does, label = text) => {
      const made = html("button", { type: "button", "data-lesson": act, "aria-label": label }, text);
      made.addEventListener("click", does);
      return made;
    };
    const save = button("save", words.say("share.lesson.save"), () => this.#save(title.value.trim() || words.say("share.lesson")));
    const move = (/** @type {number} */ from, /** @type {number} */ to) => {
      lesson.splice(to, 0, ...lesson.splice(from, 1));
      redraw();
      const row = list.children[to];
      const [up, down] = row?.querySelectorAll("button") ?? [];
      (to < from ? (up?.disabled ? down : up) : down?.disabled ? up : down)?.focus();
      this.#tell("share.lesson.moved", { place: words.count(to + 1) });
    };
    const remove = (/** @type {number} */ at) => {
      lesson.splice(at, 1);
      redraw();
      const next = list.children[Math.min(at, lesson.length - 1)]?.querySelector('[data-lesson="remove"]') ?? add;
      /** @type {HTMLElement} */ (next).focus();
      this.#tell("share.lesson.removed");
    };
    const draw = () => {
      list.replaceChildren(
        ...lesson.map((state, at) => {
          const name = words.say("share.lesson.state", { place: words.count(at + 1) });
          const what = state.label || words.say(`figure.${state.figure}`);
          const up = button("up", "↑", () => move(at, at - 1), words.say("share.lesson.up", { name }));
          const down = button("down", "↓", () => move(at, at + 1), words.say("share.lesson.down", { name }));
          up.disabled = at === 0;
          down.disabled = at === lesson.length - 1;
          const gone = button("remove", "×", () => remove(at), words.say("share.lesson.remove", { name }));
          return html("li", {}, html("span", { dir: "auto" }, [what, state.prompt].filter(Boolean).join(" · ")), html("span", { class: "buttons" }, up, down, gone));
        }),
      );
      save.disabled = lesson.length === 0;
    };
    const add = button("add", words.say("share.lesson.add"), () => {
      lesson.push(this.attributes());
      redraw();
      this.#tell("share.lesson.added", { place: words.count(lesson.length) });
    });
    draw();
    lists.add(draw);
    this.undrawn = () => lists.delete(draw);
    const name = html("label", { class: "field" }, html("span", {}, words.say("share.lesson.title")), title);
    return { element: html("div", { class: "lesson" }, html("h3", {}, words.say("share.lesson")), html("div", { class: "buttons" }, add), list, name, html("div", { class: "buttons" }, save)) };
  }

  /** @param {string} title */
  async #save(title) {
    try {
      const [{ lessonFile }, { hand }] = await Promise.all([import("./lesson-file.js"), import("./files.js")]);
      hand(await lessonFile({ title, locale: this.words.locale, states: [...lesson] }), "backflow-lesson.html");
      this.#tell("share.lesson.saved");
    } catch (error) {
      this.#tell("save.failed", { reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
