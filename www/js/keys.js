// The keys of a figure, and what each does.

/** @typedef {import("./parts.js").Asks} Asks */
/** @typedef {import("./parts.js").Parts} Parts */

/**
 * The keys in the order of the help sheet, as the browser names them, with Ctrl+ and Shift+ before them; and the
 * control that does the same, where there is one.
 * @type {{ act: string, keys: string[], control?: string }[]}
 */
export const KEYS = [
  { act: "play", keys: [" "], control: "play" },
  { act: "forward", keys: ["ArrowRight"], control: "step" },
  { act: "back", keys: ["ArrowLeft"], control: "back" },
  { act: "start", keys: ["Home"], control: "reset" },
  { act: "finish", keys: ["End"], control: "finish" },
  { act: "onward", keys: ["."], control: "passes" },
  { act: "backward", keys: [","], control: "passes" },
  { act: "undo", keys: ["Ctrl+z"] },
  { act: "redo", keys: ["Ctrl+Shift+z", "Ctrl+y"] },
  { act: "small", keys: ["Escape"] },
  { act: "help", keys: ["?"] },
];

/** Whatever takes these keys itself. Only where one writes it has an undo of its own. */
const TAKES = {
  all: "dialog",
  writing: 'textarea, input:not([type="range"], [type="radio"], [type="checkbox"])',
  plain: 'select, input[type="radio"], input[type="checkbox"]',
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
  if (within(TAKES.all) || within(TAKES.writing)) return undefined;
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  if (!control && within(TAKES.plain)) return undefined;
  // Shift belongs to the letter, but for a combination with Ctrl.
  const name = control ? `Ctrl+${event.shiftKey ? "Shift+" : ""}${letter}` : letter;
  if (/^(Arrow|Home|End)/.test(name) && within(TAKES.moves)) return undefined;
  if (name === " " && within(TAKES.presses)) return undefined;
  return KEYS.find(({ keys }) => keys.includes(name));
}

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
 * Whether a figure does what a key asks for: where it has the control, and may change.
 * @param {Parts} parts
 * @param {string} name
 * @param {string | undefined} control
 */
function does({ chosen: { wanted, fixed, locked }, all, desk, chain, asked }, name, control) {
  if (name === "small") return desk?.large != null;
  if (name === "help") return desk !== undefined;
  if (fixed) return false;
  if (asked && ONWARD.includes(name)) return false;
  // Where there are but two handles, nothing runs out of sight.
  if (control !== undefined && desk?.element.classList.contains("quiet")) return false;
  if (control === undefined) return true;
  if ((wanted && !wanted.includes(control)) || locked.includes(control)) return false;
  return control === "passes" ? chain !== undefined : desk !== undefined || all.has("controls");
}

/** What a figure does not do before a guess that is wanted. */
const ONWARD = ["play", "forward", "finish", "onward"];

/** What a key that is held does not do again. */
const ONCE = ["play", "help", "small"];

/**
 * A key was pressed in a figure.
 * @param {KeyboardEvent} event
 * @param {Parts} parts
 * @param {Asks} asks
 */
export function press(event, parts, asks) {
  const { act, control } = meaning(event) ?? {};
  if (!act || !does(parts, act, control)) return;
  event.preventDefault();
  if (!(event.repeat && ONCE.includes(act))) ACTS[act](asks, parts);
}
