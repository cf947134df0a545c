// A part of the page as an SVG document that looks the same without the page and its style sheets: drawings
// with their styles written out, boxes as rectangles, texts line by line where they stand.

import { about, svg } from "./about.js";

const SVG = "http://www.w3.org/2000/svg";
const MATH = "http://www.w3.org/1998/Math/MathML";

/** What only a page can do, and what it invites to. */
const LEFT_OUT = "button, select, dialog, script, style, slot, canvas, .walked:not(.walking) .told, .saver";
/** Attributes that say where a drawing's parts are. */
const GEOMETRY = ["d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "transform", "viewBox"];
/** How lines are drawn: the property, and what it is where nothing is said. */
const LINES = [
  ["stroke-width", "1px"],
  ["stroke-dasharray", "none"],
  ["stroke-dashoffset", "0px"],
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
];
/** How letters look. */
const LETTERS = [
  ["font-size", ""],
  ["font-family", ""],
  ["font-weight", "400"],
  ["font-style", "normal"],
  ["font-variant-numeric", "normal"],
  ["text-anchor", "start"],
  ["text-decoration-line", "none"],
];
/** Signs without a shape round a text that has a direction of its own, and the one that ends it. */
const APART = /[\u2066-\u2068]/;
const TOGETHER = "\u2069";
const SIDES = /** @type {const} */ (["Top", "Right", "Bottom", "Left"]);

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ text: string, left: number, right: number, top: number, bottom: number }} Line */

/** A number as short as it may be. @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** Lengths without their unit, which in SVG is the pixel. @param {string} text */
const bare = (text) => text.replace(/(\d)px/g, "$1");

/** Whether nothing of an element and what is in it can be seen. @param {CSSStyleDeclaration} style */
const unseen = ({ display, opacity, clipPath }) => display === "none" || Number(opacity) === 0 || clipPath === "inset(50%)";

/**
 * An element as an SVG document.
 * @param {Element} element
 * @param {{ title: string, source: string, width: number }} wanted what it is called, where it comes from, how wide it should be
 */
export function snapshot(element, wanted) {
  return new XMLSerializer().serializeToString(new Camera(element).document(wanted));
}

/** Takes pictures of one element. */
class Camera {
  /** @param {Element} element */
  constructor(element) {
    this.element = element;
    this.zoom = /** @type {any} */ (element).currentCSSZoom ?? 1;
    this.origin = element.getBoundingClientRect();
    this.range = document.createRange();
    // Knows colours and the letters' heights.
    this.context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
  }

  /** @param {{ title: string, source: string, width: number }} wanted */
  document({ title, source, width: across }) {
    const { width, height } = this.#box(this.origin);
    const shape = { width: across, height: (height * across) / width };
    const { lang } = /** @type {HTMLElement} */ (this.element.closest("[lang]") ?? document.documentElement);
    const root = svg("svg", { lang, width: short(shape.width), height: short(shape.height), viewBox: `0 0 ${short(width)} ${short(height)}` });
    root.append(...about(title, source));
    const { backgroundColor } = getComputedStyle(this.element);
    root.append(svg("rect", { width: short(width), height: short(height), ...this.#paint("fill", backgroundColor) }));
    for (const child of this.element.childNodes) this.#take(child, root);
    return root;
  }

  /** A place on the screen, in pixels of the element. @param {DOMRect} rect @returns {Box} */
  #box({ left, top, width, height }) {
    const { zoom, origin } = this;
    return { x: (left - origin.left) / zoom, y: (top - origin.top) / zoom, width: width / zoom, height: height / zoom };
  }

  /**
   * A colour as an attribute, and how much it lets through as another.
   * @param {"fill" | "stroke"} name
   * @param {string} value
   * @param {string} [opacity]
   * @returns {Record<string, string>}
   */
  #paint(name, value, opacity = "1") {
    if (value === "none") return { [name]: value };
    const { context } = this;
    context.fillStyle = value;
    const color = String(context.fillStyle);
    const [, r, g, b, alpha] = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(color) ?? [];
    if (alpha === undefined) return { [name]: color, ...(opacity === "1" ? {} : { [`${name}-opacity`]: opacity }) };
    if (Number(alpha) === 0) return { [name]: "none" };
    return { [name]: `rgb(${r}, ${g}, ${b})`, [`${name}-opacity`]: short(Number(alpha) * Number(opacity)) };
  }

  /**
   * Properties that are not what they are where nothing is said.
   * @param {CSSStyleDeclaration} style
   * @param {string[][]} names
   */
  #said(style, names) {
    const values = names.map(([name, usual]) => [name, style.getPropertyValue(name), usual]).filter(([, value, usual]) => value !== usual);
    // As an attribute a line below letters has a shorter name.
    return Object.fromEntries(values.map(([name, value]) => [name.replace(/(decoration)-line/, "$1"), bare(value)]));
  }

  /**
   * Takes a node and all that is in it into the picture.
   * @param {Node} node
   * @param {Element} into
   */
  #take(node, into) {
    if (node instanceof Text) {
      this.#letters(node, into);
      return;
    }
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) return;
    const style = getComputedStyle(node);
    if (unseen(style)) return;
    if (node.namespaceURI === SVG) {
      this.#drawing(/** @type {SVGElement} */ (node), into);
      return;
    }
    const { opacity, visibility } = style;
    const layer = opacity === "1" ? into : into.appendChild(svg("g", { opacity }));
    if (visibility === "visible") this.#surface(node, style, layer);
    for (const child of node.childNodes) this.#take(child, layer);
  }

  /**
   * What an element shows of itself: its box, what hangs on it, what was typed into it, the bar of a fraction.
   * @param {Element} element
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #surface(element, style, into) {
    const box = this.#box(element.getBoundingClientRect());
    this.#rectangle(box, style, into);
    if (style.outlineStyle !== "none") this.#outline(box, style, into);
    const before = getComputedStyle(element, "::before");
    if (before.content !== "none" && before.position === "absolute") this.#rectangle(hung(before, box, style), before, into);
    if (element instanceof HTMLInputElement) this.#typed(element, box, style, into);
    if (element.namespaceURI === MATH && element.localName === "mfrac") this.#bar(element, box, style, into);
  }

  /**
   * A box with its background and its borders.
   * @param {Box} box
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #rectangle({ x, y, width, height }, style, into) {
    const sides = SIDES.map((side) => ({ width: parseFloat(style[`border${side}Width`]), color: style[`border${side}Color`] }));
    const [top, right, bottom, left] = sides;
    const fill = this.#paint("fill", style.backgroundColor);
    const even = sides.every((side) => side.width === top.width && side.color === top.color);
    if (even) {
      const half = top.width / 2;
      /** @type {Record<string, string>} */
      const stroke = top.width > 0 ? { ...this.#paint("stroke", top.color), "stroke-width": short(top.width) } : {};
      if (fill.fill === "none" && (stroke.stroke ?? "none") === "none") return;
      const radius = Math.max(parseFloat(style.borderTopLeftRadius) - half, 0);
      const place = { x: short(x + half), y: short(y + half), width: short(width - top.width), height: short(height - top.width) };
      into.append(svg("rect", { ...place, ...(radius > 0 ? { rx: short(radius) } : {}), ...fill, ...stroke }));
      return;
    }
    if (fill.fill !== "none") into.append(svg("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...fill }));
    const edges = /** @type {const} */ ([
      [top, x, y + top.width / 2, x + width, y + top.width / 2],
      [right, x + width - right.width / 2, y, x + width - right.width / 2, y + height],
      [bottom, x, y + height - bottom.width / 2, x + width, y + height - bottom.width / 2],
      [left, x + left.width / 2, y, x + left.width / 2, y + height],
    ]);
    for (const [side, x1, y1, x2, y2] of edges) {
      if (side.width > 0) into.append(this.#line([x1, y1, x2, y2], side.width, side.color));
    }
  }

  /**
   * The line round a box that stands out.
   * @param {Box} box
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #outline({ x, y, width, height }, style, into) {
    const line = parseFloat(style.outlineWidth);
    const out = parseFloat(style.outlineOffset) + line / 2;
    const place = { x: short(x - out), y: short(y - out), width: short(width + 2 * out), height: short(height + 2 * out) };
    const radius = parseFloat(style.borderTopLeftRadius) + out;
    into.append(svg("rect", { ...place, rx: short(radius), fill: "none", "stroke-width": short(line), ...this.#paint("stroke", style.outlineColor) }));
  }

  /**
   * @param {number[]} ends
   * @param {number} width
   * @param {string} color
   */
  #line([x1, y1, x2, y2], width, color) {
    return svg("line", { x1: short(x1), y1: short(y1), x2: short(x2), y2: short(y2), "stroke-width": short(width), ...this.#paint("stroke", color) });
  }

  /**
   * The bar of a fraction, midway between what is above and what is below.
   * @param {Element} fraction
   * @param {Box} box
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #bar(fraction, { x, width }, style, into) {
    const [above, below] = [...fraction.children].map((part) => this.#box(part.getBoundingClientRect()));
    if (!above || !below) return;
    const y = (above.y + above.height + below.y) / 2;
    into.append(this.#line([x, y, x + width, y], 1, style.color));
  }

  /**
   * What a field holds.
   * @param {HTMLInputElement} field
   * @param {Box} box
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #typed({ value }, { x, y, width, height }, style, into) {
    const metrics = this.#metrics(style, value);
    const inset = { left: parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth), right: parseFloat(style.paddingRight) + parseFloat(style.borderRightWidth) };
    const room = width - inset.left - inset.right - metrics.width;
    const left = x + inset.left + (style.textAlign === "center" ? room / 2 : style.textAlign === "right" || style.textAlign === "end" ? room : 0);
    const middle = y + height / 2;
    const half = (metrics.ascent + metrics.descent) / 2;
    this.#write({ text: value, left, right: left + metrics.width, top: middle - half, bottom: middle + half }, style, into);
  }

  /**
   * A text, line by line.
   * @param {Text} node
   * @param {Element} into
   */
  #letters(node, into) {
    const parent = node.parentElement;
    if (!parent || !/\S/.test(node.data)) return;
    const style = getComputedStyle(parent);
    if (style.visibility !== "visible") return;
    for (const line of this.#lines(node)) this.#write(line, style, into);
  }

  /**
   * The lines of a text, as the page has broken it.
   * @param {Text} node
   */
  #lines(node) {
    /** @type {Line[]} */
    const lines = [];
    // What has no shape since the last letter, and what that letter stands within.
    let between = "";
    let open = "";
    let at = 0;
    for (const sign of node.data) {
      this.range.setStart(node, at);
      at += sign.length;
      this.range.setEnd(node, at);
      if (APART.test(sign) || sign === TOGETHER) {
        between += sign;
        continue;
      }
      const rect = this.range.getClientRects()[0];
      if (!rect) continue;
      if (/\s/.test(sign)) {
        // Of several in a row one is shown.
        if (rect.width > 0 && !between.endsWith(" ")) between += " ";
        continue;
      }
      const { x, y, width, height } = this.#box(rect);
      const line = lines.at(-1);
      const now = within(open + between);
      if (line && Math.abs(y - line.top) < height / 2) {
        line.text += between + sign;
        line.left = Math.min(line.left, x);
        line.right = Math.max(line.right, x + width);
      } else {
        // What goes on in the next line ends in this one, and begins there again.
        if (line) line.text += TOGETHER.repeat(open.length);
        lines.push({ text: now + sign, left: x, right: x + width, top: y, bottom: y + height });
      }
      open = now;
      between = "";
    }
    const last = lines.at(-1);
    if (last) last.text += TOGETHER.repeat(open.length);
    return lines;
  }

  /**
   * One line of text at its place.
   * @param {Line} line
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #write({ text, left, right, top, bottom }, style, into) {
    const { ascent, descent } = this.#metrics(style, text);
    const baseline = top + ((bottom - top) * ascent) / (ascent + descent);
    const rightward = style.direction !== "rtl";
    const place = { x: short(rightward ? left : right), y: short(baseline), ...(rightward ? {} : { direction: "rtl" }) };
    // A single letter in a formula is slanted, which on the page is done by another letter of the same look.
    const slanted = style.textTransform === "math-auto" && [...text].length === 1;
    /** @type {Record<string, string>} */
    const own = slanted ? { "font-family": "serif", "font-style": "italic" } : { textLength: short(right - left), lengthAdjust: "spacingAndGlyphs" };
    into.append(svg("text", { ...place, ...this.#said(style, LETTERS), ...own, ...this.#paint("fill", style.color) }, text));
  }

  /**
   * How high letters are above their line and below it, and how wide a text is.
   * @param {CSSStyleDeclaration} style
   * @param {string} text
   */
  #metrics({ fontStyle, fontWeight, fontSize, fontFamily }, text) {
    this.context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent, width } = this.context.measureText(text);
    return { ascent, descent, width };
  }

  /**
   * A drawing, in its place.
   * @param {SVGElement} element
   * @param {Element} into
   */
  #drawing(element, into) {
    const copy = this.#copy(element);
    if (!copy) return;
    const { x, y } = this.#box(element.getBoundingClientRect());
    copy.setAttribute("x", short(x));
    copy.setAttribute("y", short(y));
    copy.setAttribute("overflow", "visible");
    into.append(copy);
  }

  /**
   * A copy of a drawing with its styles written out, without what does not show.
   * @param {SVGElement} element
   * @returns {SVGElement | undefined}
   */
  #copy(element) {
    const style = getComputedStyle(element);
    if (unseen(style)) return undefined;
    const copy = /** @type {SVGElement} */ (document.createElementNS(SVG, element.localName));
    const { opacity } = style;
    const attributes = { ...(opacity === "1" ? {} : { opacity }), ...this.#look(element, style) };
    for (const name of GEOMETRY) {
      const value = element.getAttribute(name);
      if (value !== null) copy.setAttribute(name, value);
    }
    for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, value);
    for (const child of element.childNodes) {
      if (child instanceof Text) copy.append(child.data);
      const part = child instanceof SVGElement ? this.#copy(child) : undefined;
      if (part) copy.append(part);
    }
    return copy;
  }

  /**
   * The styles of a shape or a text.
   * @param {SVGElement} element
   * @param {CSSStyleDeclaration} style
   * @returns {Record<string, string>}
   */
  #look(element, style) {
    if (!(element instanceof SVGGeometryElement || element instanceof SVGTextElement)) return {};
    const fill = this.#paint("fill", style.fill, style.fillOpacity);
    const stroke = style.stroke === "none" ? {} : { ...this.#paint("stroke", style.stroke, style.strokeOpacity), ...this.#said(style, LINES) };
    if (element instanceof SVGGeometryElement) return { ...fill, ...stroke };
    // Not every program knows another line than the letters' own.
    const { ascent, descent } = this.#metrics(style, "");
    /** @type {Record<string, string>} */
    const lower = style.dominantBaseline === "central" ? { dy: short((ascent - descent) / 2) } : {};
    const long = { textLength: short(element.getComputedTextLength()), lengthAdjust: "spacingAndGlyphs" };
    return { ...fill, ...stroke, ...this.#said(style, LETTERS), ...lower, ...long };
  }
}

/**
 * What is still open at the end of a text.
 * @param {string} text
 */
function within(text) {
  let open = "";
  for (const sign of text) {
    if (APART.test(sign)) open += sign;
    if (sign === TOGETHER) open = open.slice(0, -1);
  }
  return open;
}

/**
 * Where something hangs on a box that a style sheet has hung there.
 * @param {CSSStyleDeclaration} style
 * @param {Box} box
 * @param {CSSStyleDeclaration} holder the style of the box
 * @returns {Box}
 */
function hung(style, { x, y }, holder) {
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
  const edges = (/** @type {"Left" | "Right" | "Top" | "Bottom"} */ side) => parseFloat(style[`border${side}Width`]);
  const outside = style.boxSizing === "border-box" ? 0 : 1;
  return {
    x: x + parseFloat(holder.borderLeftWidth) + left,
    y: y + parseFloat(holder.borderTopWidth) + top,
    width: width + outside * (edges("Left") + edges("Right")),
    height: height + outside * (edges("Top") + edges("Bottom")),
  };
}
