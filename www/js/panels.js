// The parts of figures that draw on canvases or steer runs: what a page with a shower alone does not need.

import { Code } from "./code.js";
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Lanes } from "./lanes.js";
import { Loop } from "./loop.js";
import { Measured } from "./measured.js";
import { Memory } from "./memory.js";
import { Network } from "./network.js";
import { Paths } from "./paths.js";
import { Plane } from "./plane.js";
import { Plot } from "./plot.js";
import { Race } from "./race.js";
import { Rates } from "./rates.js";
import { Settings } from "./settings.js";
import { Starts } from "./starts.js";
import { Steps } from "./steps.js";
import { Timeline } from "./timeline.js";
import { Verdict } from "./verdict.js";

export { Desk } from "./desk.js";
export { press } from "./keys.js";
export { Passes } from "./passes.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Part} Part */
/** @typedef {import("./words.js").Words} Words */

/**
 * What makes each part.
 * @param {Engine} engine
 * @param {Words} words
 * @param {Asks} asks
 * @param {boolean} calm whether nothing may move by itself
 * @param {{ figure: string, keys: string[] }} own what this figure is called, and the keys that its settings offer
 * @returns {Record<string, () => Part>}
 */
export function builders(engine, words, asks, calm, { figure, keys }) {
  return {
    code: () => new Code(words),
    controls: () => new Controls(engine, words, asks),
    curves: () => new Curves(engine, words, asks),
    lanes: () => new Lanes(words),
    loop: () => new Loop(words, calm),
    measured: () => new Measured(engine, words),
    memory: () => new Memory(engine, words),
    network: () => new Network(engine, words, asks),
    paths: () => new Paths(words),
    plane: () => new Plane(engine, words, asks),
    plot: () => new Plot(figure, engine, words, asks),
    race: () => new Race(engine, words, asks),
    rates: () => new Rates(engine, words, asks),
    settings: () => new Settings(keys, engine, words, asks),
    starts: () => new Starts(engine, words, calm, asks.redraw),
    steps: () => new Steps(engine, words, asks),
    timeline: () => new Timeline(engine, words, asks),
    verdict: () => new Verdict(words, asks),
  };
}
