// Small helpers for building elements.

const SVG = "http://www.w3.org/2000/svg";
const MATH = "http://www.w3.org/1998/Math/MathML";

/**
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * An HTML element.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  dress(element, attributes, children);
  return element;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Name]}
 */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  dress(element, attributes, children);
  return element;
}

/**
 * A MathML element.
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 */
export function math(name, attributes = {}, ...children) {
  return dress(document.createElementNS(MATH, name), attributes, children);
}

/**
 * ∂a/∂b as a fraction, each letter in its quantity's colour.
 * @param {string} above
 * @param {string} below
 */
export function partial(above, below) {
  /** @param {string} letter */
  const part = (letter) =>
    math("mrow", { class: `of-${letter}` }, math("mo", { rspace: "0", lspace: "0" }, "∂"), math("mi", {}, letter));
  return math("math", {}, math("mfrac", {}, part(above), part(below)));
}

/**
 * The same with what is held, as an index.
 * @param {string} above
 * @param {string} below
 * @param {string} held
 */
export function heldPartial(above, below, held) {
  const fraction = partial(above, below).firstElementChild ?? "";
  return math("math", {}, math("msub", {}, fraction, math("mi", { class: `of-${held}` }, held)));
}

/**
 * A place for a number, found again by its name.
 * @param {string} name of the number in the engine's reading
 */
export function place(name) {
  return html("span", { "data-number": name, class: "number" });
}

/**
 * Writes a text where it changed.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
