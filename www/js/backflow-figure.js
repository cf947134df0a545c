// <backflow-figure>: one figure of the engine, anywhere on a page.

import { Chain } from "./chain.js";
import { Controls } from "./controls.js";
import { html, write } from "./dom.js";
import { Lab, read, start } from "./engine.js";
import { Plane } from "./plane.js";
import { Scene } from "./scene.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

/** The parts of each figure. */
const FIGURES = {
  shower: ["scene"],
  chain: ["scene", "chain"],
  landscape: ["plane"],
  history: ["controls", "timeline"],
  lab: ["scene", "chain", "timeline", "plane", "controls"],
};

/** The steps that one second of play makes. */
const PACE = 10;
/** Play stops where the run has made this many steps in a row. */
const PLAYED = 500;

/** The style sheets of all figures, fetched once. */
/** @type {Promise<CSSStyleSheet[]> | undefined} */
let styles;

function styled() {
  styles ??= Promise.all(
    ["tokens", "figure"].map(async (name) => {
      const sheet = new CSSStyleSheet();
      const answer = await fetch(new URL(`../style/${name}.css`, import.meta.url));
      return sheet.replace(await answer.text());
    }),
  );
  return styles;
}

/** Whether the browser can run the engine: WebAssembly with vector instructions. */
function capable() {
  // The smallest module with one vector instruction.
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  return typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(module));
}

/**
 * A figure. Attributes: figure, scenario, controls, locale, theme, motion, label, readonly.
 * @fires input while a person turns something
 * @fires change when a person lets go
 */
export class BackflowFigure extends HTMLElement {
  static observedAttributes = ["figure", "scenario", "controls", "locale", "theme", "motion", "label", "readonly"];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: false });
    this.box = html("div", { class: "box" }, html("slot"));
    root.append(this.box);
    this.running = false;
    this.pending = 0;
    /** @type {(value: BackflowFigure) => void} */
    let resolve = () => {};
    /** Resolves when the figure works. @type {Promise<BackflowFigure>} */
    this.ready = new Promise((done) => {
      resolve = done;
    });
    this.isReady = resolve;
    this.resized = new ResizeObserver(() => this.#layOut());
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.render();
  }

  connectedCallback() {
    this.dark.addEventListener("change", this.redraw);
    this.resized.observe(this.box);
    if (this.lab) {
      this.render();
      return;
    }
    // Started when it comes near the viewport.
    this.near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          this.near?.disconnect();
          this.#begin();
        }
      },
      { rootMargin: "400px" },
    );
    this.near.observe(this);
  }

  disconnectedCallback() {
    this.dark.removeEventListener("change", this.redraw);
    this.resized.disconnect();
    this.near?.disconnect();
    this.pause();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.lab) return;
    if (name === "scenario") this.setState({ scenario: now ?? "" });
    else if (name === "figure" || name === "locale" || name === "motion" || name === "controls" || name === "label" || name === "readonly") this.#build();
    else this.render();
  }

  async #begin() {
    if (this.begun) return;
    this.begun = true;
    try {
      if (!capable()) throw new Error("wasm");
      const [sheets] = await Promise.all([styled(), start()]);
      if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = sheets;
      this.lab = new Lab(this.getAttribute("scenario") ?? "");
      await this.#build();
      this.#complain(this.lab.complaints());
      this.isReady(this);
      this.#tell("backflow-ready", {});
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** @param {unknown} error */
  async #fail(error) {
    const words = await Words.in(this.locale);
    const reason = error instanceof Error ? error.message : String(error);
    const text = words.say("broken", { reason: reason === "wasm" ? words.say("broken.wasm") : reason });
    this.box.replaceChildren(html("slot"), html("p", { role: "alert" }, text));
    this.#tell("backflow-error", { reason: text });
  }

  /** The language: the attribute's, the page's, or the reader's. */
  get locale() {
    const near = /** @type {HTMLElement | null} */ (this.closest("[lang]"));
    return this.getAttribute("locale") ?? near?.lang ?? navigator.language;
  }

  /** The look that the drawings take. */
  get look() {
    const theme = this.getAttribute("theme");
    if (theme === "light" || theme === "dark") return theme;
    return this.dark.matches ? "dark" : "light";
  }

  get calm() {
    return this.getAttribute("motion") === "reduced" || matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Builds the parts of the figure. */
  async #build() {
    const words = await Words.in(this.locale);
    const name = this.getAttribute("figure") ?? "lab";
    const figure = /** @type {keyof typeof FIGURES} */ (name in FIGURES ? name : "lab");
    const parts = FIGURES[figure];
    const has = (/** @type {string} */ part) => parts.includes(part);
    this.words = words;
    const turning = (/** @type {string} */ key) => this.#turning(key);
    const set = (/** @type {string} */ key, /** @type {string} */ text) => this.#set(key, text);
    this.scene = has("scene") ? new Scene(words, { turning, set }, this.calm) : undefined;
    this.chain = has("chain") ? new Chain(words) : undefined;
    this.timeline = has("timeline") ? new Timeline(words) : undefined;
    this.plane = has("plane") ? new Plane(words, turning, (m, h) => this.#turn(m, h)) : undefined;
    this.panel = has("controls")
      ? new Controls(words, {
          turning,
          set,
          step: () => this.#act(() => this.lab?.step(1)),
          back: () => this.#act(() => this.lab?.back()),
          toggle: () => (this.running ? this.pause() : this.play()),
          reset: () => this.#act(() => this.lab?.reset()),
        })
      : undefined;
    this.#choose();
    this.complaints = html("ul", { class: "complaints", role: "alert" });
    this.voice = html("p", { class: "voice", "aria-live": "polite" });
    const column = (/** @type {string} */ name, /** @type {({element: Element} | undefined)[]} */ members) =>
      html("div", { class: `column ${name}` }, ...members.flatMap((member) => (member ? [member.element] : [])));
    this.box.className = `box ${figure}`;
    this.box.replaceChildren(
      this.complaints,
      html(
        "div",
        { class: "parts", role: "group", "aria-label": this.getAttribute("label") ?? words.say(`figure.${figure}`) },
        column("first", [this.scene, this.chain, this.timeline]),
        column("second", [this.plane, this.panel]),
      ),
      this.voice,
    );
    this.#layOut();
    this.render();
    this.showSettings();
  }

  /** Shows only the controls that the attribute names. */
  #choose() {
    const wanted = this.getAttribute("controls")?.split(/\s+/);
    if (wanted && this.panel) {
      for (const control of this.panel.element.querySelectorAll("[data-control], [data-group]")) {
        const { control: name, group } = /** @type {HTMLElement} */ (control).dataset;
        if (name && name !== "rate" && !CHOSEN_BY_GROUP.has(name)) /** @type {HTMLElement} */ (control).hidden = !wanted.includes(name);
        if (group) /** @type {HTMLElement} */ (control).hidden = !wanted.includes(group);
      }
    }
    const inert = this.hasAttribute("readonly") || (wanted !== undefined && !wanted.includes("valves"));
    for (const part of [this.scene, this.plane]) part?.element.toggleAttribute("inert", inert);
    this.panel?.element.toggleAttribute("inert", this.hasAttribute("readonly"));
  }

  #layOut() {
    if (this.scene) this.scene.layOut(Math.floor(this.scene.stage.clientWidth));
    this.render();
  }

  /** Draws the next frame, once, however many things changed. */
  render() {
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.#draw();
    });
  }

  /** One frame: one call that reads every number, one draw for each visible figure. */
  #draw() {
    const { lab } = this;
    if (!lab || !this.isConnected) return;
    const reading = read(lab);
    const forked = reading.paths > 1;
    this.scene?.show(reading, (key) => lab.get(key) ?? "", forked);
    this.chain?.show(reading, forked);
    this.panel?.show(lab, reading, this.running);
    this.plane?.show(lab, reading, this.look);
    this.timeline?.show(lab, this.look);
  }

  showSettings() {
    if (this.lab) this.panel?.showSettings(this.lab);
  }

  /**
   * What a handle does.
   * @param {string} key
   * @returns {import("./dial.js").Turning}
   */
  #turning(key) {
    return {
      set: (fraction) => this.#change(() => this.lab?.setFraction(key, fraction)),
      nudge: (part) => this.#change(() => this.lab?.nudge(key, part)),
      end: () => this.#release(),
    };
  }

  /** @param {number} m @param {number} h */
  #turn(m, h) {
    this.#change(() => this.lab?.turn(m, h));
  }

  /** Something moves under a person's hand. @param {() => void} act */
  #change(act) {
    this.pause();
    act();
    this.scene?.run();
    this.render();
    this.#tell("input", undefined);
  }

  /** The hand lets go. */
  #release() {
    this.#say();
    this.showSettings();
    this.#tell("change", undefined);
    this.#told();
  }

  /** A button of the run. @param {() => void} act */
  #act(act) {
    this.pause();
    act();
    this.scene?.run();
    this.render();
    this.#release();
  }

  /** @param {string} key @param {string} text */
  #set(key, text) {
    this.pause();
    const complaint = this.lab?.set(key, text);
    this.#complain(complaint ? [complaint] : []);
    this.scene?.run();
    this.render();
    this.#release();
  }

  /**
   * Lists what was wrong with an input.
   * @param {ArrayLike<any>} complaints
   */
  #complain(complaints) {
    const { words } = this;
    if (!this.complaints || !words) return;
    const items = Array.from(complaints, ({ key, given, reason, used, least, most, names, preset }) => {
      const short = (/** @type {string} */ text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
      const text = words.say(`complaint.${reason}`, {
        given: `${short(key)}=${short(given)}`,
        used: used ?? "",
        least: least?.toString() ?? "",
        most: most?.toString() ?? "",
        names: names?.join(", ") ?? "",
        preset: preset ?? "",
      });
      return html("li", {}, text);
    });
    if (items.length > 0) {
      const close = html("button", { type: "button" }, words.say("complaint.close"));
      close.addEventListener("click", () => this.complaints?.replaceChildren());
      items.push(html("li", { class: "close" }, close));
      this.#tell("backflow-error", { complaints: items.map((item) => item.textContent) });
    }
    this.complaints.replaceChildren(...items);
  }

  /** Speaks to those who listen. */
  #say() {
    if (!this.voice || !this.words || !this.lab) return;
    const reading = read(this.lab);
    const number = (/** @type {string} */ name) => this.words?.number(reading[name]) ?? "";
    write(this.voice, this.words.say("said", { m: number("m"), h: number("h"), y: number("y"), E: number("E") }));
  }

  /**
   * @param {string} name
   * @param {object | undefined} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  #told() {
    this.#tell("backflow-state", this.getState());
  }

  /** Both positions. */
  get value() {
    const { m, h } = this.reading;
    return { m, h };
  }

  set value({ m, h }) {
    this.lab?.turnTo(m, h);
    this.render();
  }

  /** Every number of this moment, by name. */
  get reading() {
    if (!this.lab) throw new Error("the figure is not ready; wait for its promise `ready`");
    return read(this.lab);
  }

  /** What is shown, as a scenario string. */
  getState() {
    return { scenario: this.lab?.scenario() ?? this.getAttribute("scenario") ?? "" };
  }

  /** @param {{scenario: string}} state */
  setState({ scenario }) {
    this.pause();
    this.lab?.free();
    this.lab = new Lab(scenario);
    this.#complain(this.lab.complaints());
    this.showSettings();
    this.render();
  }

  /** Back to where the run began. */
  reset() {
    this.pause();
    this.lab?.reset();
    this.render();
  }

  /** @param {number} [count] */
  step(count = 1) {
    this.lab?.step(count);
    this.scene?.run();
    this.render();
  }

  /** Makes step after step until paused. */
  play() {
    if (this.running || !this.lab) return;
    this.running = true;
    let due = performance.now();
    let made = 0;
    const go = (/** @type {number} */ now) => {
      if (!this.running || !this.isConnected) return;
      while (now >= due && this.running) {
        due += 1000 / PACE;
        made += 1;
        if (!this.lab?.step(1) || made >= PLAYED) this.pause();
      }
      this.scene?.run();
      this.render();
      requestAnimationFrame(go);
    };
    requestAnimationFrame(go);
  }

  /** Stops where it is. */
  pause() {
    if (!this.running) return;
    this.running = false;
    this.render();
    this.#say();
    this.#tell("backflow-run-end", this.getState());
    this.#told();
  }

  /** What is shown, in a sentence. */
  describe() {
    return this.voice?.textContent || (this.#say(), this.voice?.textContent ?? "");
  }

  /** @param {string} [base] */
  permalink(base = location.href) {
    const url = new URL(base);
    url.hash = this.getState().scenario;
    return url.href;
  }
}

/** Controls that are shown or hidden with the group that they stand in. */
const CHOSEN_BY_GROUP = new Set(["preset", "optimizer", "error", "sensitivities", "rate", "count"]);

if (!customElements.get("backflow-figure")) customElements.define("backflow-figure", BackflowFigure);
