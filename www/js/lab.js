// The lab page: its address holds the experiment.

import "./backflow-figure.js";

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

figure.setAttribute("scenario", scenario());

function write() {
  clearTimeout(due);
  // Someone has just changed the address, and `hashchange` is on its way: that wins.
  if (location.hash !== known) return;
  const { scenario: now } = figure.getState();
  history.replaceState(null, "", now ? `#${now}` : location.pathname + location.search);
  known = location.hash;
}

figure.addEventListener("backflow-state", () => {
  clearTimeout(due);
  due = setTimeout(write, QUIET);
});

addEventListener("hashchange", () => {
  known = location.hash;
  figure.setState({ scenario: scenario() });
});

figure.ready.then(
  () => {
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
