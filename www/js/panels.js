// The parts of figures that draw on canvases or steer runs: what a page with a shower alone does not need.

import { Code } from "./code.js";
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Measured } from "./measured.js";
import { Memory } from "./memory.js";
import { Plane } from "./plane.js";
import { Race } from "./race.js";
import { Rates } from "./rates.js";
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
 * @returns {Record<string, () => Part>}
 */
export function builders(engine, words, asks, calm) {
  return {
    code: () => new Code(words),
    controls: () => new Controls(engine, words, asks),
    curves: () => new Curves(engine, words, asks),
    measured: () => new Measured(engine, words),
    memory: () => new Memory(engine, words),
    plane: () => new Plane(engine, words, asks),
    race: () => new Race(engine, words, asks),
    rates: () => new Rates(engine, words, asks),
    starts: () => new Starts(engine, words, calm, asks.redraw),
    steps: () => new Steps(engine, words, asks),
    timeline: () => new Timeline(engine, words, asks),
    verdict: () => new Verdict(words, asks),
  };
}
