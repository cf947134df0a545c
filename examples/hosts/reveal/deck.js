import Reveal from "./node_modules/reveal.js/dist/reveal.mjs";

Reveal.initialize({ hash: true });
for (const figure of document.querySelectorAll("backflow-figure")) {
  // What a learner turns is not what a swipe over the slides means.
  figure.setAttribute("data-prevent-swipe", "");
  // A slide is put in the middle by its height, which a figure has when it has come.
  new ResizeObserver(() => Reveal.layout()).observe(figure);
}
