// Files to take away: pictures as SVG and PNG, the run as CSV and JSON. A worker writes what the engine draws.

import { worker } from "./errands.js";

/** @typedef {import("./parts.js").Asks} Asks */

/** What each format is called on its way. */
export const TYPES = { svg: "image/svg+xml", png: "image/png", csv: "text/csv", json: "application/json" };

/** @typedef {keyof typeof TYPES} Format */

/**
 * Asks the worker for a text.
 * @param {Record<string, any>} question
 * @returns {Promise<string>}
 */
export function written(question) {
  return new Promise((resolve, reject) => {
    const job = worker().open(({ text, failed }) => {
      job.close();
      if (failed) reject(new Error(failed));
      else resolve(text);
    });
    job.ask({ kind: "export", ...question });
  });
}

/**
 * An SVG document as pixels.
 * @param {string} svg
 * @param {number} width in CSS pixels
 * @param {number} height
 * @param {number} scale pixels to a CSS pixel
 * @returns {Promise<Blob>}
 */
export async function pixels(svg, width, height, scale) {
  const image = new Image(width, height);
  image.src = `data:${TYPES.svg};charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("2d");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: TYPES.png });
}

/**
 * Saves the run as a table.
 * @param {Asks} asks
 * @param {"csv" | "json"} format
 */
export async function savedTable(asks, format) {
  const scenario = asks.lab()?.scenario() ?? "";
  hand(new Blob([await written({ format, scenario })], { type: TYPES[format] }), `backflow-run.${format}`);
}

/**
 * Hands a file to the person.
 * @param {Blob} blob
 * @param {string} name
 */
function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken what it needs by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
