// The page of the city: its address holds what the city is set to, and how the page looks.

import "./backflow-figure.js";
import { asked, locale, look, speak } from "./page.js";
import { CITY, Words } from "./words.js";

const figure = /** @type {import("./backflow-figure.js").BackflowFigure} */ (document.querySelector("backflow-figure"));

/** The address changes when nothing has for this long, in milliseconds: browsers limit how often it may. */
const QUIET = 250;
/** The attributes of the figure that the address holds. */
const VIEW = ["theme", "locale"];
/** What the page itself says, by the elements that say it. */
const SAYS = ["figure.city", "city.page.course", "city.page.lab", "city.page.shows", "city.page.shows.1", "city.page.shows.2", "city.page.shows.3", "city.page.shows.4", "city.page.shows.5"];

let due = 0;
/** The address as this page last read or wrote it. */
let known = location.hash;

for (const name of VIEW) {
  const value = asked.get(name);
  if (value !== null) figure.setAttribute(name, value);
}
Words.in(locale, CITY).then(
  (words) => speak(words, "city.page.title", SAYS, figure.getAttribute("theme")),
  () => {}, // the figure itself says what is wrong
);
figure.setAttribute("scenario", location.hash.slice(1));

/** The look of the page is that of its figure. */
function wear() {
  document.documentElement.dataset.theme = figure.getAttribute("theme") ?? "auto";
}
wear();
look.addEventListener("change", () => {
  figure.setAttribute("theme", look.value);
  wear();
  writeSoon();
});

/** What the address says of the look. */
function view() {
  const values = VIEW.map((name) => [name, figure.getAttribute(name)]).filter(([, value]) => value !== null);
  const text = values.map(([name, value]) => `${name}=${value}`).join("&");
  return text && `?${text}`;
}

function write() {
  // Someone has just changed the address, and `hashchange` is on its way: that wins.
  if (location.hash !== known) return;
  const { scenario } = figure.getState();
  history.replaceState(null, "", location.pathname + view() + (scenario && `#${scenario}`));
  known = location.hash;
}

function writeSoon() {
  clearTimeout(due);
  due = setTimeout(write, QUIET);
}

figure.addEventListener("backflow-state", writeSoon);

// What was set is undone with the keys of the lab, but not what someone types.
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  const target = event.composedPath()[0];
  if (target instanceof HTMLInputElement) return;
  event.preventDefault();
  if (event.shiftKey ? figure.redo() : figure.undo()) writeSoon();
});

addEventListener("hashchange", () => {
  known = location.hash;
  figure.setState({ scenario: location.hash.slice(1) }, { undoable: true });
});

figure.ready.then(
  () => {
    const experiment = /** @type {HTMLDetailsElement | null | undefined} */ (figure.shadowRoot?.querySelector("details.experiment"));
    if (experiment) experiment.open = true;
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
