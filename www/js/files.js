// Files to take away: pictures as SVG and PNG, the run as CSV and JSON. A worker writes what the engine draws. Each
// says where it comes from, and under which licence.

import { LICENCE, RIGHTS, signed } from "./about.js";
import { written } from "./errands.js";
import { labelled } from "./png.js";

/** @typedef {import("./parts.js").Parts} Parts */
/** @typedef {import("./parts.js").Picture} Picture */
/** @typedef {import("./parts.js").Moment} Moment */
/** @typedef {import("./words.js").Words} Words */

/** What each format is called on its way. */
export const TYPES = { svg: "image/svg+xml", png: "image/png", csv: "text/csv", json: "application/json" };
/** The formats of pictures, and those of a run. */
const IMAGES = ["svg", "png"];
const TABLES = ["csv", "json"];
/** The least and the most that a picture may have: of CSS pixels across, and of pixels to each of them. */
const LIMITS = { width: [96, 4096], scale: [1, 4] };
/** The part whose picture stands for a whole lab. */
const MAIN = "plane";

/**
 * How a picture is wanted.
 * @typedef {object} Wish
 * @property {string} [format] svg or png
 * @property {number} [width] in CSS pixels; as wide as it is where none is given
 * @property {number} [scale] pixels of a PNG to a CSS pixel
 * @property {string} [part]
 * @property {boolean} [transparent] whether the background is left out
 */

/** What a wish may say. */
const WISHES = ["format", "width", "scale", "part", "transparent"];

/**
 * What a figure shows, and where one finds it again.
 * @typedef {object} Shown
 * @property {Parts} [parts] nothing until it is ready
 * @property {Words} [words]
 * @property {Moment} [moment]
 * @property {string} source an address
 */

/**
 * An error that says what was given, and what is wanted.
 * @param {string} name
 * @param {unknown} given
 * @param {string} wanted
 */
function refusal(name, given, wanted) {
  const text = typeof given === "string" ? given : (JSON.stringify(given) ?? String(given));
  return new TypeError(`${name}=${text.slice(0, 40)}: ${wanted} is wanted`);
}

/**
 * One of some names.
 * @param {string} name
 * @param {unknown} given
 * @param {string[]} allowed
 * @returns {string}
 */
function oneOf(name, given, allowed) {
  if (typeof given === "string" && allowed.includes(given)) return given;
  throw refusal(name, given, `one of ${allowed.join(", ")}`);
}

/**
 * A number within its limits.
 * @param {keyof typeof LIMITS} name
 * @param {unknown} given
 * @returns {number}
 */
function within(name, given) {
  const [least, most] = LIMITS[name];
  if (typeof given === "number" && given >= least && given <= most) return given;
  throw refusal(name, given, `a number from ${least} to ${most}`);
}

/**
 * A picture of a part of a figure.
 * @param {Shown} shown
 * @param {Wish} [wish]
 */
export async function image({ parts, words, moment, source }, wish = {}) {
  if (!parts || !words || !moment) throw new Error("the figure is not ready; wait for its promise `ready`");
  for (const [name, value] of Object.entries(wish)) {
    if (!WISHES.includes(name)) throw refusal(name, value, `one of ${WISHES.join(", ")}`);
  }
  const format = oneOf("format", wish.format ?? "svg", IMAGES);
  const scale = within("scale", wish.scale ?? 1);
  const width = wish.width === undefined ? undefined : within("width", wish.width);
  const transparent = wish.transparent ?? false;
  if (typeof transparent !== "boolean") throw refusal("transparent", transparent, "true or false");
  const names = [...parts.all].filter(([, part]) => part.portrait).map(([name]) => name);
  const name = oneOf("part", wish.part ?? (names.includes(MAIN) && parts.desk ? MAIN : names[0]), names);
  const part = parts.all.get(name);
  // Numbers out of sight may be of a moment ago.
  part?.show?.(moment);
  const portrait = part?.portrait && picturing(part.portrait());
  if (!portrait || !(portrait.width > 0 && portrait.height > 0)) throw new Error(`part=${name}: it has no size on this page, and so no picture`);
  const title = parts.desk ? words.say(`open.${name}`) : (parts.element.getAttribute("aria-label") ?? name);
  const opaque = await drawn(portrait, moment, { title, source, width: width ?? portrait.width });
  const svg = transparent ? bared(opaque) : opaque;
  return picture(svg, { format, scale, title, source });
}

/**
 * A picture as a file that says where it comes from: an SVG document that is signed already, or pixels of it.
 * @param {string} svg
 * @param {{ format: string, scale: number, title: string, source: string }} wanted
 */
export async function picture(svg, { format, scale, title, source }) {
  if (format === "svg") return new Blob([svg], { type: TYPES.svg });
  return labelled(await pixels(svg, scale), { Title: title, Source: source, Copyright: RIGHTS });
}

/**
 * A picture with its size: what stands on the page is as large as it is laid out, whatever zooms it.
 * @param {Picture | HTMLElement} picture
 */
function picturing(picture) {
  if (!(picture instanceof HTMLElement)) return picture;
  return { element: picture, width: picture.offsetWidth, height: picture.offsetHeight };
}

/**
 * A picture as an SVG document: of an element of the page, or the engine's.
 * @param {Picture & { element?: Element }} picture
 * @param {Moment} moment
 * @param {{ title: string, source: string, width: number }} wanted
 */
async function drawn({ element, width, height, ...picture }, { lab, look }, wanted) {
  if (element) {
    const { snapshot } = await import("./snapshot.js");
    return snapshot(element, wanted);
  }
  const svg = await written({
    format: "svg",
    scenario: lab.scenario(),
    lengths: lab.lengths(),
    grabbed: lab.grabbed(),
    ...picture,
    width: wanted.width,
    height: (height * wanted.width) / width,
    theme: look,
  });
  return signed(svg, wanted.title, wanted.source);
}

/**
 * A run as a table.
 * @param {string} scenario
 * @param {string} source an address
 * @param {unknown} [format] csv or json
 */
export async function data(scenario, source, format = "csv") {
  const text = await written({ format: oneOf("format", format, TABLES), scenario });
  if (format === "csv") return `# ${source}\n# ${RIGHTS}\n${text}`;
  // The numbers stay as the engine has written them.
  const origin = JSON.stringify({ source, licence: LICENCE });
  return text.replace("{", () => `${origin.slice(0, -1)},`);
}

/** An SVG document as elements. @param {string} svg */
function parsed(svg) {
  return new DOMParser().parseFromString(svg, /** @type {DOMParserSupportedType} */ (TYPES.svg)).documentElement;
}

/** The same document without its background, which is its first rectangle. @param {string} svg */
function bared(svg) {
  const root = parsed(svg);
  root.querySelector(":scope > rect")?.remove();
  return new XMLSerializer().serializeToString(root);
}

/**
 * An SVG document as pixels.
 * @param {string} svg
 * @param {number} scale pixels to a CSS pixel
 * @returns {Promise<Blob>}
 */
async function pixels(svg, scale) {
  const root = parsed(svg);
  const [width, height] = ["width", "height"].map((side) => Math.round(Number(root.getAttribute(side)) * scale));
  const picture = new Image(width, height);
  picture.src = `data:${TYPES.svg};charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives the canvas no 2d context");
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: TYPES.png });
}

/**
 * Hands a file to the person.
 * @param {Blob} blob
 * @param {string} name
 */
export function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken what it needs by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
