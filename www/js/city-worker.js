// The worker of a city, or of the experiment with its rules. Its first message says which, and in which module.

import { works } from "./city-loop.js";
import { load } from "./engine.js";

/** @typedef {import("./city-loop.js").Reply} Reply */
/** @typedef {import("./city-loop.js").Engine} Engine */

/** No slice is longer, in milliseconds: then questions are heard. */
const SLICE = 14;

/** @type {Reply} */
const reply = (answer, transfer = []) => /** @type {any} */ (self).postMessage(answer, transfer);

/** A message to oneself comes behind those that wait, and unlike a timer's at once. */
const channel = new MessageChannel();
/** @type {(() => void) | undefined} */
let waits;
channel.port1.onmessage = () => {
  const go = waits;
  waits = undefined;
  attempt(() => go?.());
};
const next = (/** @type {() => void} */ go) => {
  waits = go;
  channel.port2.postMessage(0);
};

/** @type {InstanceType<typeof works.city> | InstanceType<typeof works.trial> | undefined} */
let work;

/** @param {() => void} act */
function attempt(act) {
  try {
    act();
  } catch (error) {
    reply({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

/** What was heard is done in its order, also while the engine is still on its way. */
let all = Promise.resolve();
addEventListener("message", ({ data }) => {
  all = all.then(() => hear(data)).catch((error) => reply({ kind: "failed", reason: String(error?.message ?? error) }));
});

/** @param {import("./city-loop.js").Question} question */
async function hear(question) {
  if (question.kind !== "begin") {
    attempt(() => work?.hear(question));
    return;
  }
  const engine = /** @type {Engine} */ (/** @type {unknown} */ (await load(question.module)));
  work = new works[/** @type {keyof typeof works} */ (question.work)](engine, reply, { slice: SLICE, next });
}
