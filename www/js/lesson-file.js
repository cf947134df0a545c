// A lesson as one file: the page of a frame with the states inside. What reads them is lesson.js.

import { page } from "./assets.js";
import { file } from "./frame-query.js";

/** What stands round the states. */
const [BEFORE, AFTER] = ['<script type="application/json" id="lesson">', "</script>"];

/** One state of a lesson: the attributes of its figure by their names, and its scenario. @typedef {Record<string, string>} State */

/**
 * Makes the file.
 * @param {import("./lesson.js").Content} content
 * @returns {Promise<Blob>}
 */
export async function lessonFile({ title, locale, states }) {
  const name = states.every(({ figure, challenge }) => file(figure ?? null, challenge !== undefined) === "embed.html") ? "embed.html" : "embed-all.html";
  /** @type {string | undefined} */
  const own = /** @type {any} */ (globalThis).backflowPage?.();
  const text = own ?? (await page(name));
  const start = text.indexOf(BEFORE) + BEFORE.length;
  const end = text.indexOf(AFTER, start);
  if (start < BEFORE.length || end < 0) throw new Error(name);
  // No text of a lesson can end the script that it stands in.
  const json = JSON.stringify({ version: 1, title, locale, states }).replaceAll("<", "\\u003c");
  return new Blob([text.slice(0, start), json, text.slice(end)], { type: "text/html" });
}
