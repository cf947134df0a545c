// What a frame and the page round it say to each other: plain objects, each with a `type` that begins with
// `backflow:`. What is no such object, or has a field of another kind than it should have, is no message.

import { ATTRIBUTES } from "./frame-query.js";

/** The most characters of a text in a message. */
const MOST = 10_000;

/** @typedef {{ type: string, [name: string]: any }} Message */

/** @param {any} value */
const text = (value) => typeof value === "string" && value.length <= MOST;
/** What a question is known by. @param {any} value */
const name = (value) => text(value) || Number.isFinite(value);
/** @param {any} value */
const record = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {(value: any) => boolean} kind @returns {(value: any) => boolean} */
const perhaps = (kind) => (value) => value === undefined || kind(value);
/** @param {any} value */
const attributes = (value) => record(value) && Object.entries(value).every(([key, given]) => ATTRIBUTES.includes(key) && (given === null || typeof given === "boolean" || text(given)));

/** What the page may say, and of what kind each field is. @type {Record<string, Record<string, (value: any) => boolean>>} */
const KINDS = {
  "backflow:hello": {},
  "backflow:set": { state: (value) => record(value) && text(value.scenario) },
  "backflow:get": { id: name },
  "backflow:config": { attributes },
  "backflow:play": {},
  "backflow:pause": {},
  "backflow:reset": {},
  "backflow:export": {
    id: name,
    format: (value) => ["svg", "png", "csv", "json"].includes(value),
    width: perhaps(Number.isFinite),
    scale: perhaps(Number.isFinite),
    part: perhaps(text),
    transparent: perhaps((value) => typeof value === "boolean"),
  },
};

/**
 * A message of the page, with the fields that it may have and no others; nothing where it is none.
 * @param {any} data
 * @returns {Message | undefined}
 */
export function understood(data) {
  if (!record(data) || typeof data.type !== "string" || !Object.hasOwn(KINDS, data.type)) return undefined;
  const fields = Object.entries(KINDS[data.type]);
  if (!fields.every(([key, kind]) => kind(data[key]))) return undefined;
  return { type: data.type, ...Object.fromEntries(fields.map(([key]) => [key, data[key]])) };
}
