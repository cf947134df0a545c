// The style sheets of figures, each fetched once.

import { draws } from "./parts.js";
import { once } from "./words.js";

/** A style sheet, fetched once for all figures. @param {string} name */
const sheet = (name) =>
  once(async () => {
    const answer = await fetch(new URL(`../style/${name}.css`, import.meta.url));
    if (!answer.ok) throw new Error(`style/${name}.css: ${answer.status}`);
    return new CSSStyleSheet().replace(await answer.text());
  });
const sheets = ["tokens", "figure"].map(sheet);
const panels = sheet("panels");

/** The style sheets of a figure. @param {import("./parts.js").Figure} figure */
export function styled(figure) {
  return Promise.all([...sheets, ...(draws(figure) ? [panels] : [])].map((load) => load()));
}
