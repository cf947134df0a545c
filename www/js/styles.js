// The style sheets of figures, each fetched once.

import * as assets from "./assets.js";
import { COURSE } from "./engine.js";
import { draws, level, plain } from "./parts.js";
import { once } from "./words.js";

/** A style sheet, taken from the page where that has it, and fetched once where not. @param {string} name */
export const sheet = (name) =>
  once(async () => {
    const { href, text } = assets.sheet(name);
    const own = new CSSStyleSheet();
    const linked = href && [...document.styleSheets].find((other) => other.href === href);
    if (linked) return own.replace([...linked.cssRules].map(({ cssText }) => cssText).join("\n"));
    return own.replace(await text());
  });
const sheets = ["tokens", "figure"].map(sheet);
const others = ["panels", "passes", "desk"].map(sheet);
const lesson = sheet("lesson");
const challenge = sheet("challenge");
const city = sheet("city");

/**
 * The style sheets of a figure.
 * @param {import("./parts.js").Figure} figure
 * @param {boolean} challenged whether it ends in its challenge
 */
export function styled(figure, challenged) {
  const more = [...(draws(figure) ? others : []), ...(level(figure) === COURSE ? [lesson] : []), ...(plain(figure) ? [others[0], city] : []), ...(challenged ? [challenge] : [])];
  return Promise.all([...sheets, ...more].map((load) => load()));
}
