// Buttons that save: the one of a part, with the small menu that it opens, and those of the table.

import { html, write } from "./dom.js";

/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./words.js").Words} Words */

/** Pixels of a PNG to a CSS pixel. */
const SCALES = [1, 2, 3, 4];

/**
 * A button that saves a file, and says where it could not.
 * @param {string} text
 * @param {string} format
 * @param {string} file its name
 * @param {() => Promise<Blob>} make
 * @param {Words} words
 * @param {HTMLElement} alert
 */
function saves(text, format, file, make, words, alert) {
  const button = html("button", { type: "button", "data-act": "file", "data-save": format }, text);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    write(alert, "");
    try {
      const [blob, { hand }] = await Promise.all([make(), import("./files.js")]);
      hand(blob, file);
      button.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
    } catch (error) {
      write(alert, words.say("save.failed", { reason: error instanceof Error ? error.message : String(error) }));
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  return button;
}

/**
 * The buttons that save the run as a table.
 * @param {Words} words
 * @param {Asks} asks
 */
export function tableSavers(words, asks) {
  const alert = html("p", { class: "note", role: "alert" });
  const buttons = ["csv", "json"].map((format) => {
    const make = async () => new Blob([await asks.data(format)]);
    const button = saves(words.say(`save.${format}`), format, `backflow-run.${format}`, make, words, alert);
    button.dataset.chosen = "export";
    return button;
  });
  return html("div", { class: "buttons" }, ...buttons, alert);
}

/**
 * The button of a part that saves its picture, with its menu.
 * @param {string} name of the part
 * @param {string} label
 * @param {Words} words
 * @param {Asks} asks
 */
export function pictureSaver(name, label, words, asks) {
  const alert = html("p", { class: "note", role: "alert" });
  const bare = html("input", { type: "checkbox", "data-act": "bare" });
  const image = (/** @type {object} */ wish) => asks.image({ part: name, transparent: bare.checked, ...wish });
  const svg = saves(words.say("save.svg"), "svg", `backflow-${name}.svg`, () => image({ format: "svg" }), words, alert);
  const pngs = SCALES.map((scale) => {
    const button = saves(words.say("save.png", { scale: words.count(scale) }), "png", `backflow-${name}.png`, () => image({ format: "png", scale }), words, alert);
    button.dataset.scale = String(scale);
    return button;
  });
  const menu = html("div", { class: "menu", role: "group", "aria-label": label }, svg, ...pngs, html("label", {}, bare, words.say("save.bare")), alert);
  menu.hidden = true;
  const opener = html("button", { type: "button", class: "tool", "aria-label": label, title: label, "aria-expanded": "false", "data-act": "save" }, "⤓");
  const element = html("span", { class: "saver" }, opener, menu);
  const show = (/** @type {boolean} */ open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) svg.focus({ preventScroll: true });
    write(alert, "");
  };
  opener.addEventListener("click", () => show(menu.hidden === true));
  // A press on the menu leaves the focus in it, also where buttons do not take it.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!element.contains(/** @type {Node | null} */ (relatedTarget))) show(false);
  });
  const close = () => {
    show(false);
    opener.focus({ preventScroll: true });
  };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  menu.addEventListener("saved", close);
  return element;
}
