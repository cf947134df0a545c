// The lab page: its address holds the experiment.

import "./backflow-figure.js";

const figure = /** @type {import("./backflow-figure.js").BackflowFigure} */ (document.querySelector("backflow-figure"));

/** The address changes when nothing has for this long, in milliseconds: browsers limit how often it may. */
const QUIET = 250;

let due = 0;

/** The scenario in the address. */
function scenario() {
  return location.hash.slice(1);
}

figure.setAttribute("scenario", scenario());

function write() {
  clearTimeout(due);
  const { scenario: now } = figure.getState();
  history.replaceState(null, "", now ? `#${now}` : location.pathname + location.search);
}

figure.addEventListener("backflow-state", () => {
  clearTimeout(due);
  due = setTimeout(write, QUIET);
});

addEventListener("hashchange", () => {
  clearTimeout(due);
  figure.setState({ scenario: scenario() });
});

figure.ready.then(
  () => {
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
