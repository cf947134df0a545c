// What a figure shows, in a sentence.

import { read } from "./engine.js";

/**
 * The sentence; where there is a verdict on the run, that too.
 * @param {import("./parts.js").Parts | undefined} parts
 * @param {import("./words.js").Words} words
 * @param {import("./engine.js").Lab} lab
 */
export function told(parts, words, lab) {
  const own = parts?.describe(lab);
  if (own !== undefined) return own;
  const reading = read(lab);
  const number = (/** @type {string} */ name) => words.number(reading[name]);
  const said = words.say("said", { m: number("m"), h: number("h"), y: number("y"), E: number("E") });
  const drawing = parts?.plot?.text;
  if (drawing) return drawing;
  // What comes of a run is not told while one is to guess it.
  const verdict = parts?.asked ? undefined : parts?.verdict?.text();
  return verdict ? words.say("said.verdict", { said, ...verdict }).replace(/ +/g, " ").trim() : said;
}
