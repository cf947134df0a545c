// <backflow-figure>: one figure of the engine, anywhere on a page.

import { Complaints } from "./complaints.js";
import { html, write } from "./dom.js";
import { capable, COURSE, PIPES, read, start, startPlain } from "./engine.js";
import { draws, known, level, misnamed, Parts, plain } from "./parts.js";
import { origin } from "./origin.js";
import { Player } from "./player.js";
import { told } from "./said.js";
import { sheet, styled } from "./styles.js";
import { CITY, CITY_COURSE, SHARE, Words } from "./words.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */

/** Where there is no document, as on a server, importing this does nothing. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** The looks that the drawings have. */
const LOOKS = ["light", "dark", "projector"];
/** How long a figure has been ready before it offers to be shared, in milliseconds. */
const PATIENCE = 500;
/** Attributes that want more than a first figure has. */
const RARE = ["controls", "locked", "prompt"];
/** The most steps at once. */
const MOST = 100_000;

/**
 * A figure. Attributes: figure, scenario, challenge, controls (what is shown), locked (what is shown and stays), locale,
 * theme, motion, label, readonly, no-links, prompt (a question above the figure); of the lab also parts (what lies on the
 * desk) and large (which of it is).
 * @fires input while a person turns something
 * @fires change when a person lets go
 * @fires backflow-view when a person shows, hides or enlarges a part of the lab, or chooses a look
 */
export class BackflowFigure extends Base {
  static observedAttributes = ["figure", "scenario", "challenge", "controls", "locale", "theme", "motion", "label", "readonly", "parts", "large", "locked", "no-links", "prompt"];

  #box = html("div", { class: "box" }, html("slot"));
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #paper = matchMedia("print");
  #resized = new ResizeObserver(() => {
    this.#measured = false;
    this.#render();
  });
  /** Whether the parts know their sizes. Asking anew in each frame would lay the page out twice. */
  #measured = false;
  /** It is started when it comes near the viewport. */
  #near = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#begin(), { rootMargin: "400px" });
  #begun = false;
  /** @type {Lab | undefined} */
  #lab;
  /** What to begin with, where that is not the attribute. @type {string | undefined} */
  #first;
  /** @type {Partial<{m: number, h: number}> | undefined} */
  #placed;
  /** Whether a hand holds on to something. */
  #held = false;
  /** Counts what was built, so that only the last of several at once is shown. */
  #built = 0;
  /** The frame in which the figure is drawn next. */
  #frame = 0;
  #player = new Player(() => {
    const goes = this.#lab !== undefined && this.#lab.step(1) && !this.#lab.ended();
    this.#parts?.run();
    this.#render();
    if (!goes) this.pause();
  });
  /** @type {Words | undefined} */
  #words;
  /** @type {Engine | undefined} */
  #engine;
  /** @type {Parts | undefined} */
  #parts;
  #complaints = new Complaints();
  #voice = html("p", { class: "unseen", "aria-live": "polite" });
  /** What stands below the figure on paper: where one finds it, and its licence. */
  #origin = html("p", { class: "origin" });
  /** What comes when it is wanted, or later: locks, a question, the way to share. @type {import("./beside.js").Beside | undefined} */
  #beside;
  /** @type {(value: BackflowFigure) => void} */
  #resolve = () => {};
  /** @type {(reason: Error) => void} */
  #reject = () => {};

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.append(this.#box);
    // The figure tells of its own; what its fields tell while someone types is no turn yet.
    root.addEventListener("input", (event) => event.stopPropagation());
    /** Resolves when the figure works. @type {Promise<BackflowFigure>} */
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.ready.catch(() => {}); // whoever does not wait for it hears of `backflow-error`
    this.addEventListener("keydown", (event) => {
      this.#parts?.press(event);
      // Keys that do something here do nothing in the page round the figure, such as the arrows that turn its slides.
      if (event.defaultPrevented || written(event)) event.stopPropagation();
    });
  }

  connectedCallback() {
    if (Object.hasOwn(this, "value")) {
      // Set before the element was defined.
      const { value } = this;
      delete (/** @type {Partial<BackflowFigure>} */ (this).value);
      this.value = value;
    }
    this.#dark.addEventListener("change", this.#render);
    this.#still.addEventListener("change", this.#rebuild);
    this.#paper.addEventListener("change", this.#print);
    // Also where only the pixels of the screen become finer.
    addEventListener("resize", this.#render);
    this.#watch();
    if (this.#lab) {
      this.#render();
      return;
    }
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#dark.removeEventListener("change", this.#render);
    this.#still.removeEventListener("change", this.#rebuild);
    this.#paper.removeEventListener("change", this.#print);
    removeEventListener("resize", this.#render);
    this.#resized.disconnect();
    this.#near.disconnect();
    // A figure that only moves is back at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#lab) return;
    switch (name) {
      case "scenario":
        this.setState({ scenario: now ?? "" });
        break;
      case "theme":
      case "parts":
      case "large":
        this.#complain(this.#furnish(name), true);
        this.#opened();
        break;
      case "controls":
      case "locked":
      case "prompt":
      case "no-links":
        this.#choose();
        this.#bring().then((beside) => beside.changed(name)).catch(() => {}); // it goes without
        break;
      case "readonly":
        this.pause();
        if (this.#held) this.#release();
        this.#choose();
        break;
      default:
        if (name === "figure") this.#complain(misnamed(now), true);
        this.#rebuild();
    }
  }

  async #begin() {
    this.#near.disconnect();
    if (this.#begun) return;
    this.#begun = true;
    try {
      // What can do without vector instructions still needs WebAssembly.
      const able = capable();
      if (!able && !(plain(this.#figure) && typeof WebAssembly === "object")) throw new Error("wasm");
      const [engine] = await Promise.all([able ? start(this.#level) : startPlain(), styled(this.#figure, this.hasAttribute("challenge")), Words.in(this.#locale, this.#talk)]);
      if (!this.isConnected) {
        this.#begun = false;
        return;
      }
      this.#engine = engine;
      const lab = new engine.Lab(this.#first ?? this.getAttribute("scenario") ?? "");
      this.#lab = lab;
      if (this.#placed) lab.turnTo(this.#placed.m ?? NaN, this.#placed.h ?? NaN);
      await this.#build();
      // It has left the page meanwhile, or begun anew: whoever began last tells.
      if (this.#lab !== lab) return;
      this.#complain([...misnamed(this.getAttribute("figure")), ...lab.complaints(), ...this.#furnish("parts"), ...(this.#beside?.wrong() ?? [])]);
      this.#resolve(this);
      this.#tell("backflow-ready", {});
      // Whatever the page needs comes first.
      setTimeout(() => this.#bring(), PATIENCE);
    } catch (error) {
      this.#begun = false;
      await this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Gives the engine its memory back, and keeps what was shown for a later return. */
  #end() {
    this.pause();
    if (!this.#lab) return;
    this.#first = this.getState().scenario;
    this.#dismantle();
    this.#lab.free();
    this.#lab = undefined;
    this.#begun = false;
  }

  #dismantle() {
    this.#beside?.free();
    // What a hand holds is gone with the parts.
    if (this.#held) this.#release();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#parts?.free();
    this.#parts = undefined;
  }

  /** @param {Error} error */
  async #fail(error) {
    // Without words there is still the reason, and what the page's author put inside.
    const words = await Words.in(this.#locale, this.#talk).catch(() => undefined);
    const reason = error.message === "wasm" ? (words?.say("broken.wasm") ?? "WebAssembly") : error.message;
    const text = words?.say("broken", { reason }) ?? reason;
    if (words) Object.assign(this.#box, { lang: words.lang, dir: words.dir });
    this.#box.replaceChildren(html("slot"), html("p", { role: "alert" }, text));
    this.#tell("backflow-error", { reason: text });
    this.#reject(new Error(text));
  }

  /** Which figure it is. */
  get #figure() {
    return known(this.getAttribute("figure"));
  }

  /** What it needs of the engine. Figures that draw on canvases share one that can do what all of them need. @returns {number} */
  get #level() {
    if (!draws(this.#figure)) return level(this.#figure);
    return Math.max(...[this, ...document.querySelectorAll(this.localName)].map((figure) => level(known(figure.getAttribute("figure")))));
  }

  /** Which words it says: with a challenge those of the course too, but not before a first figure works. */
  get #talk() {
    const own = level(this.#figure);
    if (plain(this.#figure)) return this.hasAttribute("challenge") ? CITY_COURSE : CITY;
    return this.hasAttribute("challenge") && own > PIPES ? COURSE : own;
  }

  /** The language: the attribute's, the page's, or the reader's. */
  get #locale() {
    const near = /** @type {HTMLElement | null} */ (this.closest("[lang]"));
    return this.getAttribute("locale") || near?.lang || navigator.language;
  }

  /** The look that the drawings take. */
  get #look() {
    const theme = this.getAttribute("theme");
    if (this.#paper.matches && theme !== "projector") return "light";
    if (theme && LOOKS.includes(theme)) return theme;
    return this.#dark.matches ? "dark" : "light";
  }

  /** Watches the sizes of the figure and of its drawings. */
  #watch() {
    this.#measured = false;
    this.#resized.disconnect();
    for (const element of [this.#box, ...this.#box.querySelectorAll(".sheets")]) this.#resized.observe(element);
  }

  #rebuild = () => {
    if (this.#lab) this.#build().catch((error) => this.#fail(error));
  };

  /** Builds the parts of the figure. */
  async #build() {
    this.#built += 1;
    this.#parts?.challenge?.leave();
    const built = this.#built;
    const figure = this.#figure;
    const engine = this.#engine;
    const [words, styles] = await Promise.all([Words.in(this.#locale, this.#talk), styled(figure, this.hasAttribute("challenge")), RARE.some((name) => this.hasAttribute(name)) && this.#bring()]);
    if (!engine) return;
    const calm = this.getAttribute("motion") === "reduced" || this.#still.matches;
    // A figure that came with the small part of the engine may have become one that needs the whole.
    if (draws(figure) && engine !== (await start(this.#level))) {
      await this.#beginAgain();
      return;
    }
    if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = styles;
    const parts = await Parts.build(figure, engine, words, this.#asks, {
      calm,
      label: this.getAttribute("label"),
      // Asking wants the engine of the course.
      challenge: this.hasAttribute("challenge") && capable(),
    });
    if (built !== this.#built || !this.#lab) {
      parts.free();
      return;
    }
    this.#dismantle();
    this.#words = words;
    this.#parts = parts;
    Object.assign(this.#box, { lang: words.lang, dir: words.dir });
    this.#box.className = `box shows-${figure}`;
    // On paper stands the picture that the page's author put inside, where there is one.
    const paper = html("div", { class: "paper" }, html("slot"));
    this.#box.classList.toggle("pictured", this.querySelector("picture, img, svg") !== null);
    this.#box.replaceChildren(this.#complaints.element, parts.element, html("div", { class: "sharing" }), parts.table.element, this.#voice, this.#origin, paper);
    for (const name of ["parts", "large", "theme"]) this.#furnish(name);
    this.#watch();
    this.#choose();
    this.#beside?.built();
    parts.showSettings(this.#lab);
    parts.settle(this.#lab, read(this.#lab));
    this.#draw();
  }

  /** Lays the desk out as an attribute says, and lists what is wrong with it. @param {string} name */
  #furnish(name) {
    const desk = this.#parts?.desk;
    const now = this.getAttribute(name);
    if (name === "parts") return desk?.show(now) ?? [];
    if (name === "large") desk?.enlarge(now);
    else desk?.wear(now);
    return [];
  }

  /** Starts anew with what is shown, in the whole engine. */
  async #beginAgain() {
    this.#end();
    await this.#begin();
  }

  /** What the parts ask for. @type {import("./parts.js").Asks} */
  #asks = {
    lab: () => this.#lab,
    turning: (key) => this.#turning(key),
    set: (key, text) => this.#set(key, text),
    turn: (m, h) => this.#change((lab) => lab.turn(m, h)),
    act: (act) => this.#act(act),
    move: (act) => this.#change(act),
    end: () => this.#release(),
    complain: (complaints) => this.#complain(complaints),
    toggle: () => (this.running ? this.pause() : this.play()),
    redraw: () => this.#render(),
    travel: (way) => {
      if (!this.#fixed && this.#travel(way, true)) this.#tell("change", undefined);
    },
    say: (text) => write(this.#voice, text),
    image: (wish) => this.exportImage(wish),
    data: (format) => this.exportData(format),
    reflect: (name, value) => this.#reflect(name, value),
    stage: (scenario) => this.setState({ scenario }, { undoable: true }),
    tell: (name, detail) => this.#tell(name, detail),
  };

  /**
   * A person wants another look, another part, or another size of one.
   * @param {string} name of the attribute
   * @param {string | null} value
   */
  #reflect(name, value) {
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
    this.#tell("backflow-view", {});
  }

  /** Parts were shown, hidden, or made large. */
  #opened() {
    if (!this.#lab) return;
    this.#watch();
    this.#choose();
    this.#parts?.layOut();
    this.#render();
    this.#parts?.settle(this.#lab, read(this.#lab));
  }

  /** Shows only the controls that the attribute names, and none that work where the figure is read-only or locked. */
  #choose() {
    this.#parts?.choose(this.getAttribute("controls")?.split(/[\s,]+/), this.#fixed, this.#beside);
  }

  /** Brings what comes later than a first figure. */
  async #bring() {
    const { Beside } = await import("./beside.js");
    this.#beside ??= new Beside(this, {
      now: () => ({ parts: this.#parts, engine: this.#engine, words: (/** @type {boolean | undefined} */ panel) => Words.in(this.#locale, panel ? SHARE + 1 : SHARE), sheet }),
      complain: (complaints) => this.#complain(complaints, true),
      choose: () => {
        if (this.#held) this.#release();
        this.#choose();
        this.#render();
      },
    });
    if (this.#parts) this.#beside.built();
    return this.#beside;
  }

  /** Does what a hand wants, but for what is locked. @param {Lab} lab @param {(lab: Lab) => unknown} act */
  #keep(lab, act) {
    if (this.#beside) this.#beside.keep(lab, act);
    else act(lab);
  }

  /** Draws in the next frame, once, however many things changed. */
  #render = () => {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  };

  /** From the screen to paper, or back: no frame comes between. */
  #print = () => {
    write(this.#origin, `${origin(this.#link)} · CC BY 4.0`);
    this.#measured = false;
    this.#draw();
  };

  /** One frame: one call that reads every number, one draw for each visible figure. */
  #draw() {
    this.#frame = 0;
    const lab = this.#lab;
    if (!lab || !this.isConnected || !this.#words) return;
    if (!this.#measured) {
      this.#measured = true;
      // In their order: the scene's height follows from its width, and others stand below it.
      this.#parts?.layOut();
    }
    this.#parts?.show(this.#moment(lab));
  }

  /** What there is to show. @param {Lab} lab */
  #moment(lab) {
    const ratio = devicePixelRatio * (/** @type {any} */ (this.#box).currentCSSZoom ?? 1);
    return { lab, reading: read(lab), look: this.#look, ratio, running: this.running, paper: this.#paper.matches };
  }

  /**
   * What a handle does.
   * @param {string} key
   * @returns {import("./dial.js").Turning}
   */
  #turning(key) {
    return {
      set: (fraction) => this.#change((lab) => lab.setFraction(key, fraction)),
      nudge: (part) => this.#change((lab) => lab.nudge(key, part)),
      end: () => this.#release(),
    };
  }

  /** Something moves under a person's hand. @param {(lab: Lab) => unknown} act */
  #change(act) {
    if (!this.#lab || this.#fixed) return;
    this.#halt();
    this.#held = true;
    this.#keep(this.#lab, act);
    this.#parts?.run();
    this.#render();
    this.#tell("input", undefined);
  }

  /** The hand lets go. */
  #release() {
    this.#held = false;
    this.#lab?.settle();
    // What can be undone is one thing more.
    this.#render();
    this.#say();
    this.#tell("change", undefined);
    this.#tell("backflow-state", this.getState());
  }

  /** A button of the run. @param {(lab: Lab) => void} act */
  #act(act) {
    if (!this.#lab || this.#fixed) return;
    this.#halt();
    this.#keep(this.#lab, act);
    this.#parts?.run();
    this.#render();
    this.#release();
  }

  /** Whether nobody may change anything. */
  get #fixed() {
    return this.hasAttribute("readonly");
  }

  /** @param {string} key @param {string} text */
  #set(key, text) {
    this.#act((lab) => {
      const complaint = lab.set(key, text);
      this.#complain(complaint ? [complaint] : []);
      this.#parts?.showSettings(lab);
    });
  }

  /** The host changed something. @param {(lab: Lab) => void} act */
  #host(act) {
    if (!this.#lab) return;
    this.#halt();
    act(this.#lab);
    this.#lab.settle();
    this.#parts?.showSettings(this.#lab);
    this.#parts?.run();
    this.#render();
    this.#parts?.settle(this.#lab, read(this.#lab));
    this.#tell("backflow-state", this.getState());
  }

  /**
   * Lists what is wrong, in place of what was listed before.
   * @param {ArrayLike<any>} complaints
   * @param {boolean} [only] where something is wrong
   */
  #complain(complaints, only = false) {
    if (only && complaints.length === 0) return;
    const texts = this.#words ? this.#complaints.list(this.#words, complaints) : [];
    if (texts.length > 0) this.#tell("backflow-error", { complaints: texts });
  }

  /** Speaks to those who listen. */
  #say() {
    if (this.#lab) this.#parts?.settle(this.#lab, read(this.#lab), true);
    write(this.#voice, this.describe());
  }

  /**
   * @param {string} name
   * @param {object | undefined} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** Whether steps are being played. */
  get running() {
    return this.#player.running;
  }

  /** Both positions; until the figure is ready, those that were set. Setting one of them leaves the other. */
  get value() {
    const { m = NaN, h = NaN } = this.#lab ? this.reading : (this.#placed ?? {});
    return { m, h };
  }

  set value(/** @type {Partial<{m: number, h: number}>} */ value) {
    const place = (/** @type {unknown} */ wanted) => (["number", "string"].includes(typeof wanted) ? Number(wanted) : NaN);
    const [m, h] = [place(value?.m), place(value?.h)];
    if (Number.isNaN(m) && Number.isNaN(h)) {
      this.#refuse("value", value, { m: 4, h: 5 });
      return;
    }
    this.#placed = { m: Number.isNaN(m) ? this.#placed?.m : m, h: Number.isNaN(h) ? this.#placed?.h : h };
    this.#host((lab) => lab.turnTo(m, h));
  }

  /** Says what is wrong with what was given. @param {string} key @param {unknown} given @param {object} such */
  #refuse(key, given, such) {
    this.#bring().then((beside) => beside.refuse(key, given, such)).catch(() => {}); // it goes without
  }

  /** Every number of this moment, by name. */
  get reading() {
    if (!this.#lab) throw new Error("the figure is not ready; wait for its promise `ready`");
    return read(this.#lab);
  }

  /** What is shown, as a scenario string; until the figure is ready, what it will begin with. */
  getState() {
    return { scenario: this.#lab?.scenario() ?? this.#first ?? this.getAttribute("scenario") ?? "" };
  }

  /**
   * Shows another state. Where it is not undoable, what was done before is forgotten.
   * @param {{scenario: string}} state
   * @param {{undoable?: boolean}} [manner]
   */
  setState(state, manner) {
    const string = state?.scenario;
    if (typeof string !== "string") {
      this.#refuse("state", state, { scenario: "m=4" });
      return;
    }
    if (!this.#lab) {
      this.#first = string;
      return;
    }
    let complaints = this.#lab.complaints();
    this.#host((lab) => {
      complaints = lab.open(string, manner?.undoable === true);
    });
    this.#complain(complaints);
  }

  /** Goes back to before the last thing that was done; false where there is no such thing. */
  undo() {
    return this.#travel("undo");
  }

  /** Does again what was undone last; false where there is no such thing. */
  redo() {
    return this.#travel("redo");
  }

  /** @param {"undo" | "redo"} way @param {boolean} [byHand] */
  #travel(way, byHand = false) {
    this.#halt();
    const there = (way === "undo" ? this.#lab?.undoable() : this.#lab?.redoable()) ?? 0;
    if (there === 0 && !this.#held) return false;
    let went = false;
    this.#host((lab) => {
      went = byHand && this.#beside ? this.#beside.travel(lab, way) : lab[way]();
    });
    if (went) this.#say();
    return went;
  }

  /** Back to where the run began. */
  reset() {
    this.#host((lab) => lab.reset());
  }

  /** @param {number} [count] */
  step(count = 1) {
    this.#host((lab) => lab.step(typeof count === "number" && count > 0 ? Math.min(count, MOST) : 0));
  }

  /** Makes step after step until paused. */
  play() {
    if (!this.#lab) return;
    this.#player.start();
    this.#render();
  }

  /** Stops where it is. */
  pause() {
    if (!this.#halt()) return;
    this.#render();
    this.#say();
    this.#tell("backflow-state", this.getState());
  }

  /** Ends play, which is one thing to be undone; true where it was on. */
  #halt() {
    if (!this.#player.stop()) return false;
    this.#lab?.settle();
    this.#tell("backflow-run-end", this.getState());
    return true;
  }

  /** What is shown, in a sentence; where there is a verdict on the run, that too. */
  describe() {
    const [words, lab] = [this.#words, this.#lab];
    return words && lab ? told(this.#parts, words, lab) : "";
  }

  /**
   * The picture of the figure as a file, as it looks now; of a lab, that of a part.
   * @param {import("./files.js").Wish} [wish]
   */
  async exportImage(wish) {
    const { image } = await import("./files.js");
    return image({ parts: this.#parts, words: this.#words, moment: this.#lab && this.#moment(this.#lab), source: origin(this.#link) }, wish);
  }

  /** The run as a table. @param {string} [format] csv or json, which has all runs */
  async exportData(format) {
    const { data } = await import("./files.js");
    return data(this.getState().scenario, origin(this.#link), format);
  }

  #link = (/** @type {string} */ base) => this.permalink(base);

  /** The address of a page, the page's own where none is given, with what is shown behind its #. @param {string} [base] */
  permalink(base = location.href) {
    const url = new URL(base);
    url.hash = this.getState().scenario;
    return url.href;
  }
}

/** Whether a key is for the field that has the focus. @param {KeyboardEvent} event */
function written(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || ["Escape", "Tab"].includes(event.key)) return false;
  const [field] = event.composedPath();
  return field instanceof Element && field.matches("input, select, textarea");
}

if (globalThis.customElements && !customElements.get("backflow-figure")) customElements.define("backflow-figure", BackflowFigure);
