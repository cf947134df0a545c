// The front page: one figure, and the way to the lab from where its valves stand.

import "./backflow-figure.js";

const figure = /** @type {import("./backflow-figure.js").BackflowFigure} */ (document.querySelector("backflow-figure"));
const link = /** @type {HTMLAnchorElement} */ (document.querySelector("a.go"));

figure.addEventListener("backflow-state", () => {
  link.href = figure.permalink(new URL("lab.html", location.href).href);
});

figure.ready.then(
  () => {
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
