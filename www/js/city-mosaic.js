// The mosaic of the city: one cell a valve. The picture comes from the worker; here one goes about in it.

import { html } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */
/** @typedef {{ x: number, y: number, scale: number, width: number, height: number }} View */

/** One press of a button, or of a key, makes it so much larger; a cell is never larger than so many CSS pixels. */
const [FACTOR, LARGEST] = [1.6, 40];
/** How far a pointer may stray in a click, and how far one key moves, in CSS pixels. */
const [STRAY, STRIDE] = [5, 24];
/** No mark round a cell is smaller, in CSS pixels. */
const MARK = 11;
/** The keys that move the cursor. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The mosaic. Places are in cells from its upper left corner; a view has its scale in device pixels to a cell. */
export class Mosaic {
  /**
   * @param {Words} words
   * @param {{ look: () => void, point: (x: number, y: number) => void, leave: () => void, pick: (x: number, y: number) => void, drop: () => void }} does
   *   looks somewhere else; points at a cell; at none; picks one; drops what was picked
   */
  constructor(words, does) {
    this.does = does;
    this.canvas = html("canvas", { tabindex: 0, role: "application", "aria-roledescription": words.say("city.mosaic.role"), "aria-label": words.say("city.mosaic") });
    this.mark = html("div", { class: "mark", hidden: "" });
    this.sheet = html("div", { class: "mosaic" }, this.canvas, this.mark);
    const tool = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {() => void} */ act) => {
      const title = words.say(`city.${name}`);
      const button = html("button", { type: "button", class: "tool", title, "aria-label": title, "data-act": `city-${name}` }, sign);
      button.addEventListener("click", act);
      return button;
    };
    this.tools = html(
      "span",
      { class: "ways" },
      tool("closer", "+", () => this.zoom(FACTOR)),
      tool("farther", "−", () => this.zoom(1 / FACTOR)),
      tool("fit", "⤢", () => this.fit()),
    );
    /** How many cells there are, across and down. */
    this.columns = 1;
    this.rows = 1;
    /** The canvas in CSS pixels, and device pixels to each. */
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    /** The cell of the keys, and that of the mark. @type {{ x: number, y: number } | undefined} */
    this.cursor = undefined;
    /** @type {{ x: number, y: number } | undefined} */
    this.marked = undefined;
    /** What touches it. @type {Map<number, { x: number, y: number }>} */
    this.touches = new Map();
    this.strayed = false;
    this.#listen();
  }

  /** The canvas in device pixels. */
  get pixels() {
    return { width: Math.max(1, Math.round(this.width * this.ratio)), height: Math.max(1, Math.round(this.height * this.ratio)) };
  }

  /** What is in sight. @returns {View} */
  get view() {
    return { x: this.x, y: this.y, scale: this.scale, ...this.pixels };
  }

  /** The scale at which all of it is in sight. */
  get #least() {
    const { width, height } = this.pixels;
    return Math.min(width / this.columns, height / this.rows);
  }

  /** Whether there is more than what is in sight. */
  get #near() {
    return this.scale > this.#least * 1.001;
  }

  /** Another city. @param {number} columns @param {number} rows */
  extend(columns, rows) {
    if (columns === this.columns && rows === this.rows) return;
    Object.assign(this, { columns, rows, cursor: undefined });
    this.fit();
  }

  /** It may have another size. @param {number} ratio device pixels to a CSS pixel */
  measure(ratio) {
    const { clientWidth: width, clientHeight: height } = this.sheet;
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    const near = this.#near;
    const middle = this.#middle;
    const wider = ratio / this.ratio;
    Object.assign(this, { width, height, ratio });
    if (near) this.#go(middle.x, middle.y, this.scale * wider);
    else this.fit();
    return true;
  }

  /** Shows all of it. */
  fit() {
    this.#go(this.columns / 2, this.rows / 2, this.#least);
  }

  /** Shows a cell so near that it can be told from others. @param {number} x @param {number} y */
  find(x, y) {
    this.#go(x + 0.5, y + 0.5, Math.max(this.scale, 12 * this.ratio));
  }

  /**
   * Larger or smaller; what lies at a place stays there.
   * @param {number} factor
   * @param {{ x: number, y: number }} [at] in device pixels
   */
  zoom(factor, at) {
    const { width, height } = this.pixels;
    const cursor = this.cursor && { x: (this.cursor.x + 0.5 - this.x) * this.scale, y: (this.cursor.y + 0.5 - this.y) * this.scale };
    const seen = cursor && cursor.x >= 0 && cursor.y >= 0 && cursor.x <= width && cursor.y <= height;
    const place = at ?? (seen ? cursor : { x: width / 2, y: height / 2 });
    const scale = this.#bounded(this.scale * factor);
    const [x, y] = [this.x + place.x / this.scale, this.y + place.y / this.scale];
    this.#go(x + (width / 2 - place.x) / scale, y + (height / 2 - place.y) / scale, scale);
  }

  /** @param {number} scale */
  #bounded(scale) {
    const least = this.#least;
    return Math.min(Math.max(scale, least), Math.max(least, LARGEST * this.ratio));
  }

  get #middle() {
    const { width, height } = this.pixels;
    return { x: this.x + width / this.scale / 2, y: this.y + height / this.scale / 2 };
  }

  /**
   * Looks at a place; never beyond the edge.
   * @param {number} x what is in the middle
   * @param {number} y
   * @param {number} scale
   */
  #go(x, y, scale) {
    const { width, height } = this.pixels;
    this.scale = this.#bounded(scale);
    const inside = (/** @type {number} */ middle, /** @type {number} */ seen, /** @type {number} */ all) =>
      seen >= all ? (all - seen) / 2 : Math.min(Math.max(middle - seen / 2, 0), all - seen);
    this.x = inside(x, width / this.scale, this.columns);
    this.y = inside(y, height / this.scale, this.rows);
    this.sheet.classList.toggle("near", this.#near);
    this.#place();
    this.does.look();
  }

  /** Marks a cell, or none. @param {{ x: number, y: number } | undefined} cell */
  point(cell) {
    this.marked = cell;
    this.#place();
  }

  /** Lays the mark where its cell is in sight. */
  #place() {
    const { marked, ratio } = this;
    const side = Math.max(this.scale / ratio, MARK);
    const [left, top] = marked ? [marked.x, marked.y].map((cell, axis) => ((cell + 0.5 - (axis === 0 ? this.x : this.y)) * this.scale) / ratio - side / 2) : [NaN, NaN];
    this.mark.hidden = !(left > -side && top > -side && left < this.width && top < this.height);
    if (!this.mark.hidden) Object.assign(this.mark.style, { left: `${left}px`, top: `${top}px`, width: `${side}px`, height: `${side}px` });
  }

  /** Shows a picture. @param {Uint8ClampedArray<ArrayBuffer>} pixels @param {number} width @param {number} height */
  draw(pixels, width, height) {
    // A size that is set anew, even the same, clears the canvas.
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.canvas.getContext("2d")?.putImageData(new ImageData(pixels, width), 0, 0);
  }

  /** Where on the canvas a pointer is, in device pixels. @param {MouseEvent} event */
  #at({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const pixels = this.pixels;
    return { x: ((clientX - left) / width) * pixels.width, y: ((clientY - top) / height) * pixels.height };
  }

  /** The cell that is there. @param {{ x: number, y: number }} at */
  #cell(at) {
    return { x: Math.floor(this.x + at.x / this.scale), y: Math.floor(this.y + at.y / this.scale) };
  }

  #listen() {
    const { canvas, does, touches } = this;
    // The wheel alone scrolls the page.
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.zoom(Math.exp(-Math.min(Math.max(event.deltaY, -60), 60) * 0.01), this.#at(event));
      },
      { passive: false },
    );
    // Two fingers make it larger, and not the page.
    canvas.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (touches.size === 0) this.strayed = false;
      touches.set(event.pointerId, this.#at(event));
      canvas.setPointerCapture(event.pointerId);
      if (touches.size > 1) this.strayed = true;
    });
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => {
      const held = touches.delete(event.pointerId);
      if (!held || touches.size > 0 || this.strayed) return;
      const cell = this.#cell(this.#at(event));
      this.cursor = cell;
      does.pick(cell.x, cell.y);
    });
    canvas.addEventListener("pointercancel", (event) => touches.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => touches.size === 0 && does.leave());
    canvas.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const { touches } = this;
    const [before, now] = [touches.get(event.pointerId), this.#at(event)];
    if (!before) {
      const cell = this.#cell(now);
      if (event.pointerType !== "touch") this.does.point(cell.x, cell.y);
      return;
    }
    const others = [...touches].filter(([pointer]) => pointer !== event.pointerId).map(([, at]) => at);
    if (others.length === 1) {
      const [other] = others;
      const far = (/** @type {{ x: number, y: number }} */ at) => Math.hypot(at.x - other.x, at.y - other.y);
      touches.set(event.pointerId, now);
      this.#shift(before, now, 0.5);
      this.zoom(far(now) / Math.max(far(before), 1), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      return;
    }
    if (!this.strayed && Math.hypot(now.x - before.x, now.y - before.y) < STRAY * this.ratio) return;
    this.strayed = true;
    touches.set(event.pointerId, now);
    if (this.#near) this.#shift(before, now, 1);
  }

  /** Pulls it along. @param {{ x: number, y: number }} before @param {{ x: number, y: number }} now @param {number} part */
  #shift(before, now, part) {
    const { x, y } = this.#middle;
    this.#go(x - (part * (now.x - before.x)) / this.scale, y - (part * (now.y - before.y)) / this.scale, this.scale);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const arrow = ARROWS[key];
    if (arrow) this.#walk(arrow, shiftKey);
    else if (key === "+" || key === "=") this.zoom(FACTOR);
    else if (key === "-" || key === "_") this.zoom(1 / FACTOR);
    else if (key === "0" || key === "Home") this.fit();
    else if (key === "Escape") this.does.drop();
    else if ((key === "Enter" || key === " ") && this.cursor) this.does.pick(this.cursor.x, this.cursor.y);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The cursor goes on; what is in sight goes along. @param {[number, number]} way @param {boolean} far */
  #walk([right, down], far) {
    const stride = Math.max(1, Math.round((STRIDE * this.ratio) / this.scale / 4)) * (far ? 8 : 1);
    const middle = this.#middle;
    const from = this.cursor ?? { x: Math.floor(middle.x), y: Math.floor(middle.y) };
    const within = (/** @type {number} */ place, /** @type {number} */ count) => Math.min(Math.max(place, 0), count - 1);
    const cursor = { x: within(from.x + right * stride, this.columns), y: within(from.y + down * stride, this.rows) };
    this.cursor = cursor;
    const { width, height } = this.pixels;
    const [wide, high] = [width / this.scale, height / this.scale];
    if (cursor.x < this.x || cursor.y < this.y || cursor.x + 1 > this.x + wide || cursor.y + 1 > this.y + high) this.#go(cursor.x + 0.5, cursor.y + 0.5, this.scale);
    this.does.point(cursor.x, cursor.y);
  }
}
