// The engine, loaded once for all figures of a page.

import { engine } from "./assets.js";
import { once } from "./words.js";

/** @typedef {typeof import("../backflow-course.js")} Engine */
/** @typedef {import("../backflow-course.js").Lab} Lab */

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
export function load(name) {
  return engine(name);
}

/** The smallest module without vector instructions, for figures whose own work can do without. */
const plain = once(() => load("backflow-first-plain"));

/** Starts the engine where there are no vector instructions. */
export function startPlain() {
  return plain();
}

/** The modules, from the smallest on: each can do all that the ones before it can. */
const modules = ["backflow-first", "backflow", "backflow-course"].map((name) => ({ load: once(() => load(name)), asked: false }));

/** What figures need: handles and pipes alone; canvases; those of the course. */
export const PIPES = 0;
export const CANVASES = 1;
export const COURSE = 2;

/**
 * Starts the engine where it has not started yet: the smallest module that does, or one that is there already.
 * The first figure of a page does not wait for the others, but they for it.
 * @param {number} level what is needed
 */
export async function start(level) {
  const there = modules.find(({ asked }, index) => asked && index >= level && index > PIPES) ?? modules[level];
  there.asked = true;
  const [first] = modules;
  // What comes of the first is told by its own figure.
  if (there !== first && first.asked) await first.load().catch(() => undefined);
  return there.load();
}

/** @type {string[] | undefined} */
let names;

/**
 * Reads every number of a lab at once.
 * @param {Lab} lab
 * @returns {Reading}
 */
export function read(lab) {
  names ??= /** @type {typeof import("../backflow-course.js").Lab} */ (lab.constructor).readingNames();
  const values = lab.reading();
  /** @type {Record<string, number>} */
  const reading = {};
  names.forEach((name, index) => {
    reading[name] = values[index];
  });
  return reading;
}
