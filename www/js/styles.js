// The style sheets of figures, each fetched once.

import { draws } from "./parts.js";
import { once } from "./words.js";

/** A style sheet, taken from the page where that has it, and fetched once where not. @param {string} name */
const sheet = (name) =>
  once(async () => {
    const { href } = new URL(`../style/${name}.css`, import.meta.url);
    const own = new CSSStyleSheet();
    const linked = [...document.styleSheets].find((other) => other.href === href);
    if (linked) return own.replace([...linked.cssRules].map(({ cssText }) => cssText).join("\n"));
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(`style/${name}.css: ${answer.status}`);
    return own.replace(await answer.text());
  });
const sheets = ["tokens", "figure"].map(sheet);
const others = ["panels", "passes", "desk"].map(sheet);

/** The style sheets of a figure. @param {import("./parts.js").Figure} figure */
export function styled(figure) {
  return Promise.all([...sheets, ...(draws(figure) ? others : [])].map((load) => load()));
}
