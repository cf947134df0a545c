// The small network: its drawing, a control over each valve in it, and the button that turns all of them one step.

import { keys } from "./dial.js";
import { html, write } from "./dom.js";
import { hold } from "./hold.js";
import { Plot } from "./plot.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Lab} Lab */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** A hand that goes up so far opens a shut valve all the way, in CSS pixels. */
const TRAVEL = 160;
/** No valve is smaller than this to a finger, in CSS pixels. */
const LEAST = 24;

/** The drawing with its valves. */
export class Network extends Plot {
  /**
   * @param {Engine} engine
   * @param {Words} words
   * @param {Asks} asks
   */
  constructor(engine, words, asks) {
    super("small-network", engine, words, asks);
    this.places = engine.PlotView.valves;
    /** The valve that was in hand last. @type {number | undefined} */
    this.chosen = undefined;
    const pipes = asks.lab()?.network().pipes ?? [];
    this.valves = Array.from({ length: pipes.length / 3 }, (_, valve) => this.#valve(valve, pipes.slice(3 * valve, 3 * valve + 3), asks));
    this.step = html("button", { type: "button", "data-control": "step", "data-chosen": "step" }, words.say("run.step"));
    this.step.addEventListener("click", () => asks.act((lab) => lab.stepNetwork()));
    /** Why it does not, while a guess is wanted first. */
    this.locked = html("p", { class: "note locked", hidden: "" }, words.say("run.asked"));
    this.sheets.after(html("div", { class: "buttons" }, this.step), this.locked);
    /** What is known of the valve in hand. */
    this.told = html("p", { class: "of-valve" });
    this.said.after(this.told);
  }

  /** @param {Moment} moment */
  show(moment) {
    super.show(moment);
    const { lab, asked } = moment;
    const network = lab.network();
    this.valves.forEach(({ dot, input }, valve) => {
      input.value = String(network.openings[valve]);
      input.setAttribute("aria-valuetext", this.#state(network, valve, asked));
      dot.classList.toggle("chosen", valve === this.chosen);
    });
    write(this.told, this.#tell(network, asked));
    this.locked.hidden = !asked;
    this.step.disabled = asked === true || this.element.classList.contains("still");
  }

  layOut() {
    super.layOut();
    const [radius, ...middles] = this.places(this.width, this.height);
    this.sheets.style.setProperty("--valve", `${Math.max(LEAST, 2 * radius)}px`);
    this.valves.forEach(({ dot, input }, valve) => {
      for (const element of [dot, input]) Object.assign(element.style, { left: `${middles[2 * valve]}px`, top: `${middles[2 * valve + 1]}px` });
    });
  }

  /** What is shown, for those who listen. @param {Lab} lab @param {boolean} asked */
  describe(lab, asked) {
    return this.sentence(lab, asked);
  }

  /** What is known of the valve in hand, or how one takes one. @param {any} network @param {boolean} [asked] */
  #tell(network, asked) {
    const { chosen, words } = this;
    if (chosen === undefined) return words.say("plot.small-network.take");
    return words.say("plot.small-network.valve", { valve: this.valves[chosen].label, state: this.#state(network, chosen, asked) });
  }

  /**
   * Where a valve stands, and what a turn of it would do.
   * @param {any} network
   * @param {number} valve
   * @param {boolean} [asked] whether a reader is to guess what it would do
   */
  #state({ valves, sensitivities }, valve, asked) {
    const { words } = this;
    const position = words.number(valves[valve]);
    if (asked) return words.say("plot.small-network.at", { position });
    return words.say("plot.small-network.state", { position, slope: words.fine(sensitivities[valve]) });
  }

  /**
   * @param {number} valve
   * @param {number[]} pipe its layer, and where in it the pipe begins and ends, counted from 0
   * @param {Asks} asks
   */
  #valve(valve, [layer, from, to], asks) {
    const { words } = this;
    const places = { from: words.count(from + 1), to: words.count(to + 1) };
    const label = words.say(layer === 0 ? "plot.small-network.pump" : "plot.small-network.junction", places);
    const input = html("input", { type: "range", class: "behind valve", min: 0, max: 1, step: "any", "aria-label": label, "data-valve": valve, "data-chosen": "valves" });
    const dot = html("div", { class: "dot valve", "data-chosen": "valves" });
    const turn = (/** @type {number} */ fraction) => asks.move((lab) => lab.turnPipe(valve, fraction));
    keys(input, { set: turn, nudge: (part) => asks.move((lab) => lab.nudgePipe(valve, part)), end: asks.end });
    input.addEventListener("focus", () => {
      this.chosen = valve;
      asks.redraw();
    });
    // The valve stays where it is while the hand goes up and down.
    let before = 0;
    dot.addEventListener("pointerdown", () => {
      before = input.valueAsNumber;
    });
    const drag = (/** @type {number} */ _, /** @type {number} */ y) => {
      const { top, height } = dot.getBoundingClientRect();
      turn(Math.min(Math.max(before + (top + height / 2 - y) / TRAVEL, 0), 1));
    };
    hold(dot, input, drag, asks.end);
    this.sheets.append(input, dot);
    return { label, input, dot };
  }
}
