// The engine, loaded once for all figures of a page.

import { once } from "./words.js";

/** @typedef {typeof import("../backflow.js")} Engine */
/** @typedef {import("../backflow.js").Lab} Lab */

/**
 * Every number of one moment, by name.
 * @typedef {Readonly<Record<string, number>>} Reading
 */

/** Whether the browser can run the engine: WebAssembly with vector instructions. */
export function capable() {
  // The smallest module with one vector instruction.
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  return typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(module));
}

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
