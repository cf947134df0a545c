// The parts of figures of the course: what the lab does not need.

import { Lanes } from "./lanes.js";
import { Loop } from "./loop.js";
import { Network } from "./network.js";
import { Paths } from "./paths.js";
import { Plot } from "./plot.js";
import { Settings } from "./settings.js";

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
 * @param {string} figure what it is called
 * @param {string[]} keys that its settings offer
 * @returns {Record<string, () => Part>}
 */
export function builders(engine, words, asks, calm, figure, keys) {
  return {
    lanes: () => new Lanes(words),
    loop: () => new Loop(words, calm),
    network: () => new Network(engine, words, asks),
    paths: () => new Paths(words),
    plot: () => new Plot(figure, engine, words, asks),
    settings: () => new Settings(keys, engine, words, asks),
  };
}
