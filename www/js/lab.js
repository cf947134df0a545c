// The lab page: its address holds the experiment.

import "./backflow-figure.js";

const figure = /** @type {import("./backflow-figure.js").BackflowFigure} */ (document.querySelector("backflow-figure"));

/** The scenario in the address. */
function scenario() {
  return location.hash.slice(1);
}

figure.setAttribute("scenario", scenario());

figure.addEventListener("backflow-state", () => {
  const { scenario: now } = figure.getState();
  history.replaceState(null, "", now ? `#${now}` : location.pathname + location.search);
});

addEventListener("hashchange", () => figure.setState({ scenario: scenario() }));

figure.ready.then(() => {
  document.documentElement.dataset.ready = "yes";
});
