// What is copied: the link, the frame, the element and what course tools take, from the attributes of a figure.

import { file } from "./frame-query.js";

/** @typedef {Record<string, string>} Attributes by name; "" where one only is there */

/** A text between the quotes of an attribute. @param {string} text */
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A text in Markdown that is no markup. @param {string} text */
const literal = (text) => text.replace(/[\\[\]<>*_`]/g, "\\$&");

/** A whole address or one beside the page; nothing else may be fetched or followed. @param {string} text */
export function usable(text) {
  if (text === "" || /[\s?#<>"'\\]/.test(text)) return false;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return true;
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** The address at which embed.html shows a figure. @param {string} address @param {Attributes} attributes */
export function link(address, { scenario = "", ...others }) {
  // A frame under a name of its own shows what it has inside.
  const page = address.replace(/(^|\/)embed(-all)?\.html$/, (_, before) => before + file(others.figure ?? null, others.challenge !== undefined));
  const query = new URLSearchParams(others).toString();
  // The keys of the experiment stand as they are everywhere, but a plus is none in a query.
  const experiment = scenario.replaceAll("+", "%2B").replaceAll("#", "%23");
  return `${page}?${[query, experiment].filter(Boolean).join("&")}`;
}

/** @param {string} address @param {Attributes} attributes @param {string} title @param {number} height */
export function frame(address, attributes, title, height) {
  return `<iframe src="${quoted(link(address, attributes))}" title="${quoted(title)}" width="100%" height="${height}"></iframe>`;
}

/** @param {string} address @param {Attributes} attributes */
export function element(address, attributes) {
  const module = address.replace(/[^/]*$/, "js/backflow-figure.js");
  // A module's name without a dot or a slash before it would be that of a package.
  const source = /^([a-z]+:|\.{0,2}\/)/i.test(module) ? module : `./${module}`;
  const all = Object.entries(attributes).map(([name, value]) => (value === "" ? ` ${name}` : ` ${name}="${quoted(value)}"`));
  return `<script type="module" src="${quoted(source)}"></script>\n<backflow-figure${all.join("")}></backflow-figure>`;
}

/** What tools take, by what each is called in the words. @type {Record<string, (address: string, attributes: Attributes, title: string, height: number) => string>} */
export const TOOLS = {
  link: (address, attributes, title) => `[${literal(title)}](<${link(address, attributes)}>)`,
  markdown: frame,
  moodle: frame,
  wordpress: (...given) => `<!-- wp:html -->\n${frame(...given)}\n<!-- /wp:html -->`,
};
