// A round handle that one turns: by drag, tap and wheel on the drawing; by keys on the native range
// input behind it.

import { html, svg } from "./dom.js";

/** A handle sweeps from −SWEEP to SWEEP degrees, straight up in the middle. */
const SWEEP = 135;
/** Parts of the whole range that the keys turn, as the access rules say. */
const STEPS = { arrow: 1 / 20, fine: 1 / 100, page: 1 / 10 };
/** A wheel's notch turns by this part, and is so many pixels long. */
const NOTCH = { part: 1 / 50, length: 100 };
/** The hand has let go of the wheel when it rests for so long, in milliseconds. */
const REST = 300;
/** A pointer that moved less than this many pixels has tapped. */
const TAP = 4;
/** Parts of a dial's radius: its face, and the hub, where there is no angle to speak of. */
const FACE = 0.72;
const HUB = 0.25;

/**
 * What a dial does to the engine.
 * @typedef {object} Turning
 * @property {(fraction: number) => void} set to a fraction of the range
 * @property {(part: number) => void} nudge by a part of the range
 * @property {() => void} end the hand lets go
 */

/**
 * Moves a range input by keys, with the steps that the access rules give.
 * @param {HTMLInputElement} input
 * @param {Turning} turning
 */
export function keys(input, turning) {
  let held = false;
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const size = event.shiftKey ? STEPS.fine : STEPS.arrow;
    switch (event.key) {
      case "ArrowUp":
      case "ArrowRight":
        turning.nudge(size);
        break;
      case "ArrowDown":
      case "ArrowLeft":
        turning.nudge(-size);
        break;
      case "PageUp":
        turning.nudge(STEPS.page);
        break;
      case "PageDown":
        turning.nudge(-STEPS.page);
        break;
      case "Home":
        turning.set(0);
        break;
      case "End":
        turning.set(1);
        break;
      default:
        return;
    }
    event.preventDefault();
    held = true;
  });
  // However long a key is held, the hand lets go once.
  const release = () => {
    if (!held) return;
    held = false;
    turning.end();
  };
  input.addEventListener("keyup", release);
  input.addEventListener("blur", release);
  // Assistive technology sets the value itself.
  input.addEventListener("input", () => turning.set(input.valueAsNumber));
  input.addEventListener("change", () => turning.end());
}

/** A round handle in the scene, with the range input behind it. */
export class Dial {
  /**
   * @param {string} name the quantity: its colour and its letter
   * @param {string} label
   * @param {Turning} turning
   */
  constructor(name, label, turning) {
    this.turning = turning;
    this.input = html("input", {
      type: "range",
      class: "behind",
      min: 0,
      max: 1,
      step: "any",
      "aria-label": label,
      "data-dial": name,
    });
    this.ticks = svg("g", { class: "ticks" });
    this.pointer = svg("g", { class: "pointer" });
    this.face = svg("circle", { class: "face" });
    this.ring = svg("circle", { class: "ring" });
    this.letter = svg("text", { class: "letter" }, name);
    this.group = svg(
      "g",
      { class: `dial of-${name}`, "data-handle": name },
      this.ring,
      this.ticks,
      this.face,
      this.pointer,
      this.letter,
    );
    keys(this.input, turning);
    this.input.addEventListener("focus", () => this.group.classList.toggle("focused", this.input.matches(":focus-visible")));
    this.input.addEventListener("blur", () => this.group.classList.remove("focused"));
    this.#drag();
  }

  /**
   * Draws the dial at a place.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} marks ticks round the rim
   */
  layOut(x, y, radius, marks) {
    this.group.setAttribute("transform", `translate(${x} ${y})`);
    this.face.setAttribute("r", String(radius * FACE));
    this.ring.setAttribute("r", String(radius));
    const ticks = [];
    for (let mark = 0; mark < marks; mark += 1) {
      const angle = -SWEEP + (2 * SWEEP * mark) / (marks - 1);
      ticks.push(
        svg("line", { y1: -radius * 0.8, y2: -radius * 0.94, transform: `rotate(${angle.toFixed(2)})` }),
      );
    }
    this.ticks.replaceChildren(...ticks);
    this.pointer.replaceChildren(
      svg("line", { y1: -radius * 0.34, y2: -radius * 0.66 }),
      svg("circle", { cy: -radius * 0.6, r: radius * 0.1 }),
    );
    Object.assign(this.input.style, {
      left: `${x - radius}px`,
      top: `${y - radius}px`,
      width: `${2 * radius}px`,
      height: `${2 * radius}px`,
    });
  }

  /**
   * @param {number} fraction
   * @param {string} text what it says to those who listen
   */
  show(fraction, text) {
    this.fraction = fraction;
    this.input.value = String(fraction);
    this.input.setAttribute("aria-valuetext", text);
    this.pointer.setAttribute("transform", `rotate(${(-SWEEP + 2 * SWEEP * fraction).toFixed(2)})`);
  }

  #drag() {
    const { group, turning } = this;
    /** @type {{pointer: number, angle: number, fraction: number, x: number, y: number, moved: boolean, turned: boolean} | undefined} */
    let held;
    /** Where a pointer is: degrees clockwise from straight up, and parts of the radius from the middle. @param {PointerEvent} event */
    const where = (event) => {
      const box = this.ring.getBoundingClientRect();
      const x = event.clientX - (box.left + box.width / 2);
      const y = event.clientY - (box.top + box.height / 2);
      return { angle: (Math.atan2(x, -y) * 180) / Math.PI, far: Math.hypot(x, y) / (box.width / 2) };
    };
    group.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || held || this.input.disabled) return;
      group.setPointerCapture(event.pointerId);
      const { angle } = where(event);
      held = { pointer: event.pointerId, angle, fraction: this.fraction ?? 0, x: event.clientX, y: event.clientY, moved: false, turned: false };
      this.input.focus({ preventScroll: true });
      event.preventDefault();
    });
    group.addEventListener("pointermove", (event) => {
      if (held?.pointer !== event.pointerId) return;
      if (!held.moved && Math.hypot(event.clientX - held.x, event.clientY - held.y) < TAP) return;
      held.moved = true;
      const { angle, far } = where(event);
      // The short way round, so that the hand may cross the bottom of the dial.
      let turned = angle - held.angle;
      if (turned > 180) turned -= 360;
      if (turned < -180) turned += 360;
      held.angle = angle;
      if (far < HUB) return;
      held.fraction = Math.min(Math.max(held.fraction + turned / (2 * SWEEP), 0), 1);
      held.turned = true;
      turning.set(held.fraction);
    });
    /** @param {PointerEvent} event */
    const release = (event) => {
      if (held?.pointer !== event.pointerId) return;
      const { angle, far } = where(event);
      // A tap on the rim sends the handle there.
      if (!held.moved && event.type === "pointerup" && far > FACE) {
        held.turned = true;
        turning.set((angle + SWEEP) / (2 * SWEEP));
      }
      const { turned } = held;
      held = undefined;
      if (turned) turning.end();
    };
    group.addEventListener("pointerup", release);
    group.addEventListener("pointercancel", release);

    let rolled = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    group.addEventListener(
      "wheel",
      (event) => {
        // The page scrolls on, unless this handle is in hand; and it zooms in any case.
        if (event.ctrlKey || event.deltaY === 0 || !this.input.matches(":focus")) return;
        event.preventDefault();
        rolled -= event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : Math.sign(event.deltaY) * NOTCH.length;
        const notches = Math.trunc(rolled / NOTCH.length);
        if (notches === 0) return;
        rolled -= notches * NOTCH.length;
        turning.nudge(notches * NOTCH.part);
        clearTimeout(rest);
        rest = setTimeout(() => turning.end(), REST);
      },
      { passive: false },
    );
  }
}
