import Reveal from "./node_modules/reveal.js/dist/reveal.mjs";

Reveal.initialize({ hash: true });
// What a learner turns is not what a swipe over the slides means.
for (const figure of document.querySelectorAll("backflow-figure")) figure.setAttribute("data-prevent-swipe", "");
