// The engine, loaded once for all figures of a page.

import init, { HistoryView, Lab, LandscapeView } from "../backflow.js";
import { once } from "./words.js";

/** Starts the engine where it has not started yet. */
export const start = once(() => init({ module_or_path: new URL("../backflow_bg.wasm", import.meta.url) }));

/**
 * Every number of one moment, by name.
 * @typedef {Readonly<Record<string, number>>} Reading
 */

/** @type {string[] | undefined} */
let names;

/**
 * Reads every number of a lab at once.
 * @param {Lab} lab
 * @returns {Reading}
 */
export function read(lab) {
  names ??= Lab.readingNames();
  const values = lab.reading();
  /** @type {Record<string, number>} */
  const reading = {};
  names.forEach((name, index) => {
    reading[name] = values[index];
  });
  return reading;
}

export { HistoryView, Lab, LandscapeView };
