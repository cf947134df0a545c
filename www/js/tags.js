// Paper tags with the sensitivities, hung on the parts of the plumbing.

import { html, partial, place, write } from "./dom.js";

/** @typedef {import("./engine.js").Reading} Reading */
/** @typedef {import("./words.js").Words} Words */

/** Between two tags, in CSS pixels. */
const GAP = 8;

/** The tags from left to right: the number, and the letters of its fraction. */
const TAGS = [
  ["dx_dm", "x", "m"],
  ["dy_dx", "y", "x"],
  ["dx_dh", "x", "h"],
  ["dy_dh_x", "y", "h"],
  ["dE_dy", "E", "y"],
];

/**
 * Where tags can hang, in CSS pixels from the left and the top of the scene.
 * @typedef {object} Room
 * @property {number} top upper edge of the tags
 * @property {number} start left end, where there is one path from the handle
 * @property {number} end right end
 * @property {number} error left end of the error's tag
 * @property {number} width right end of the error's tag
 * @property {number} dial lower edge of a dial
 * @property {number} pipe lower edge of the pipe
 * @property {Record<string, number>} parts where each tag's part is
 */

/** One tag. */
class Tag {
  /** @param {string} name @param {string} above @param {string} below */
  constructor(name, above, below) {
    this.name = name;
    this.number = place(name);
    this.line = html("span", { class: "says" });
    this.element = html(
      "div",
      { class: "tag", "data-tag": name },
      html("span", { class: "head" }, partial(above, below), this.number),
      this.line,
    );
  }
}

/** The tags of a scene. */
export class Tags {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    this.tags = TAGS.map(([name, above, below]) => new Tag(name, above, below));
    this.element = html("div", { class: "tags" }, ...this.tags.map((tag) => tag.element));
    this.forked = false;
  }

  /** @param {Room} room */
  layOut(room) {
    this.room = room;
    this.#hang();
  }

  /** @param {Reading} reading */
  show(reading) {
    // Whether the handle also reaches the shower through the house flow.
    const forked = reading.paths > 1;
    if (forked !== this.forked) {
      this.forked = forked;
      this.element.classList.toggle("forked", forked);
      this.#hang();
    }
    for (const { name, number, line } of this.tags) {
      write(number, this.words.number(reading[name]));
      write(line, this.#meaning(name, reading[name]));
    }
  }

  /** Hangs the tags along the pipe, from left to right; the error's beside the gauge. */
  #hang() {
    const { room, forked } = this;
    if (!room) return;
    const start = forked ? 2 : room.start;
    const along = forked ? 4 : 3;
    const wide = (room.end - start - GAP * (along - 1)) / along;
    let next = start;
    for (const { name, element } of this.tags) {
      if (name === "dx_dh" && !forked) continue;
      const error = name === "dE_dy";
      const left = error ? room.error : next;
      const width = error ? room.width - room.error : wide;
      if (!error) next += wide + GAP;
      // The string hangs from a dial or from the pipe, and meets the tag somewhere along its top.
      const part = room.parts[name] ?? left;
      const string = Math.min(Math.max(part - left, 8), width - 8);
      const onDial = (name === "dx_dm" || name === "dy_dh_x") && string === part - left;
      const { style } = element;
      style.setProperty("--left", `${left}px`);
      style.setProperty("--width", `${width}px`);
      style.setProperty("--top", `${room.top}px`);
      style.setProperty("--string", `${string}px`);
      style.setProperty("--reach", `${room.top - (onDial ? room.dial : room.pipe)}px`);
    }
  }

  /**
   * What a sensitivity means, in words.
   * @param {string} name
   * @param {number} value
   */
  #meaning(name, value) {
    const amount = { value: this.words.number(Math.abs(value)) };
    const way = value > 0 ? "more" : value < 0 ? "less" : "none";
    switch (name) {
      case "dE_dy":
        return this.words.say(`tag.error.${way}`, amount);
      case "dy_dx":
        return this.words.say(value > 0 ? "tag.flow.more" : "tag.flow.none", amount);
      case "dx_dh":
        return this.words.say("tag.x.h", amount);
      case "dy_dh_x":
        return this.words.say(this.forked ? (value > 0 ? "tag.held" : "tag.held.none") : `tag.${way}`, amount);
      default:
        return this.words.say(`tag.${way}`, amount);
    }
  }
}
