// The engine, loaded once for all figures of a page.

import { once } from "./words.js";

/** @typedef {typeof import("../backflow.js")} Engine */
/** @typedef {import("../backflow.js").Lab} Lab */

/**
 * Every number of one moment, by name.
 * @typedef {Readonly<Record<string, number>>} Reading
 */

/**
 * Loads a module of the engine. All have the same classes; a part has only some of them inside.
 * @param {string} name
 * @returns {Promise<Engine>}
 */
export async function load(name) {
  const engine = await import(new URL(`../${name}.js`, import.meta.url).href);
  await engine.default({ module_or_path: new URL(`../${name}_bg.wasm`, import.meta.url) });
  return engine;
}

const whole = once(() => load("backflow"));
const first = once(() => load("backflow-first"));
let wholeIsWanted = false;

/**
 * Starts the engine where it has not started yet. A page whose figures draw nothing on canvases gets a
 * small part of it, which is there sooner.
 * @param {boolean} draws whether this figure or another of its page draws on canvases
 */
export function start(draws) {
  wholeIsWanted ||= draws;
  return wholeIsWanted ? whole() : first();
}

/** @type {string[] | undefined} */
let names;

/**
 * Reads every number of a lab at once.
 * @param {Lab} lab
 * @returns {Reading}
 */
export function read(lab) {
  names ??= /** @type {typeof import("../backflow.js").Lab} */ (lab.constructor).readingNames();
  const values = lab.reading();
  /** @type {Record<string, number>} */
  const reading = {};
  names.forEach((name, index) => {
    reading[name] = values[index];
  });
  return reading;
}
