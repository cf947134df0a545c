// The lab page: its address holds the experiment, and what lies on the desk. Someone who comes for the first
// time, without either, finds two handles and a stream.

import "./backflow-figure.js";
import { CANVASES } from "./engine.js";
import { Words, written } from "./words.js";

const figure = /** @type {import("./backflow-figure.js").BackflowFigure} */ (document.querySelector("backflow-figure"));

/** The address changes when nothing has for this long, in milliseconds: browsers limit how often it may. */
const QUIET = 250;

let due = 0;
/** The address as this page last read or wrote it. */
let known = location.hash;

/** The scenario in the address. */
function scenario() {
  return location.hash.slice(1);
}

/** The attributes of the figure that the address holds. */
const VIEW = ["parts", "large", "theme", "locale"];
/** What lies on the desk at first. */
const FIRST = "scene";

const asked = new URLSearchParams(location.search);
for (const name of VIEW) {
  const value = asked.get(name);
  if (value !== null) figure.setAttribute(name, value);
}
// The page speaks as its figure does: as the address says, or else as the reader does.
const locale = asked.get("locale") || navigator.language;
Object.assign(document.documentElement, written(locale));
Words.in(locale, CANVASES).then(
  (words) => {
    document.title = words.say("lab.title");
    const names = [words.say("lab.about"), words.say("lab.city")];
    for (const [at, link] of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".title a")).entries()) {
      link.textContent = names[at];
      if (asked.get("locale")) link.search = `?locale=${words.locale}`;
    }
  },
  () => {}, // the figure itself says what is wrong
);
if (!asked.has("parts") && !scenario()) figure.setAttribute("parts", FIRST);
figure.setAttribute("scenario", scenario());

/** The look of the page is that of its figure. */
function wear() {
  document.documentElement.dataset.theme = figure.getAttribute("theme") ?? "auto";
}
wear();

/** What the address says of the desk. */
function view() {
  const values = VIEW.map((name) => [name, figure.getAttribute(name)]).filter(([, value]) => value !== null);
  const text = values.map(([name, value]) => `${name}=${value?.trim().replace(/\s+/g, ".")}`).join("&");
  return text && `?${text}`;
}

function write() {
  clearTimeout(due);
  // Someone has just changed the address, and `hashchange` is on its way: that wins.
  if (location.hash !== known) return;
  const { scenario: now } = figure.getState();
  history.replaceState(null, "", location.pathname + view() + (now && `#${now}`));
  known = location.hash;
}

function writeSoon() {
  clearTimeout(due);
  due = setTimeout(write, QUIET);
}

figure.addEventListener("backflow-state", writeSoon);
figure.addEventListener("backflow-view", () => {
  wear();
  writeSoon();
});

// The keys of the lab work wherever nothing else has the focus.
addEventListener("keydown", (event) => {
  if (event.target !== document.body) return;
  const { key, ctrlKey, metaKey, shiftKey, altKey, repeat } = event;
  const handled = !figure.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, shiftKey, altKey, repeat, cancelable: true }));
  if (handled) event.preventDefault();
});

addEventListener("hashchange", () => {
  known = location.hash;
  figure.setState({ scenario: scenario() }, { undoable: true });
});

figure.ready.then(
  () => {
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
