// The keys of a figure, and what each does.

/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Parts} Parts */

/** The keys in the order of the help sheet; `key` as the browser names it, with Ctrl+ and Shift+ before it. */
export const KEYS = [
  { act: "play", keys: [" "] },
  { act: "forward", keys: ["ArrowRight"] },
  { act: "back", keys: ["ArrowLeft"] },
  { act: "start", keys: ["Home"] },
  { act: "finish", keys: ["End"] },
  { act: "onward", keys: ["."] },
  { act: "backward", keys: [","] },
  { act: "undo", keys: ["Ctrl+z"] },
  { act: "redo", keys: ["Ctrl+Shift+z", "Ctrl+y"] },
  { act: "small", keys: ["Escape"] },
  { act: "help", keys: ["?"] },
];

/** Whatever takes these keys itself. */
const TAKES = {
  all: 'select, textarea, dialog, input:not([type="range"])',
  moves: 'input[type="range"], .scrolls, [role="group"].walks',
  presses: "button, summary, a",
};

/**
 * What a key does; nothing where what has the focus takes the key itself.
 * @param {KeyboardEvent} event
 */
function meaning(event) {
  if (event.defaultPrevented || event.altKey) return undefined;
  const focus = /** @type {Element} */ (event.composedPath()[0]);
  const within = (/** @type {string} */ selector) => focus instanceof Element && focus.closest(selector) !== null;
  if (within(TAKES.all)) return undefined;
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  // Shift belongs to the letter, but for a combination with Ctrl.
  const name = control ? `Ctrl+${event.shiftKey ? "Shift+" : ""}${letter}` : letter;
  if (/^(Arrow|Home|End)/.test(name) && within(TAKES.moves)) return undefined;
  if (name === " " && within(TAKES.presses)) return undefined;
  return KEYS.find(({ keys }) => keys.includes(name))?.act;
}

/** What needs nothing to be changed. */
const LOOKS = ["small", "help"];

/** What each key does. @type {Record<string, (asks: Asks, parts: Parts) => unknown>} */
const ACTS = {
  play: (asks) => asks.toggle(),
  forward: (asks) => asks.act((lab) => lab.step(1)),
  back: (asks) => asks.act((lab) => lab.back()),
  start: (asks) => asks.act((lab) => lab.reset()),
  finish: (asks) => asks.act((lab) => lab.finish()),
  onward: (_, parts) => parts.chain?.onward(),
  backward: (_, parts) => parts.chain?.backward(),
  undo: (asks) => asks.travel("undo"),
  redo: (asks) => asks.travel("redo"),
  small: (asks) => asks.reflect("large", null),
  help: (_, parts) => parts.desk?.help.open(),
};

/**
 * A key was pressed in a figure.
 * @param {KeyboardEvent} event
 * @param {Parts} parts
 * @param {Asks} asks
 */
export function press(event, parts, asks) {
  const name = meaning(event);
  if (!name || !ACTS[name] || (parts.chosen.fixed && !LOOKS.includes(name))) return;
  if (name === "small" && !parts.desk?.large) return;
  event.preventDefault();
  ACTS[name](asks, parts);
}
