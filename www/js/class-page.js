// The page of a class: its language and its look, which its address holds. Of the class itself it holds nothing.

import { Cohort } from "./cohort.js";
import { html } from "./dom.js";
import { capable } from "./engine.js";
import { CLASS, Words, written } from "./words.js";

/** The looks that one can choose. */
const LOOKS = ["auto", "light", "dark", "projector"];
/** What the page itself says, by the elements that say it. */
const SAYS = ["cohort.title", "cohort.lead", "city.page.course", "city.page.lab"];

const asked = new URLSearchParams(location.search);
const locale = asked.get("locale") || navigator.language;
const root = document.documentElement;
Object.assign(root, written(locale));
const place = /** @type {HTMLElement} */ (document.querySelector("#cohort"));
const look = /** @type {HTMLSelectElement} */ (document.querySelector("#look"));
const theme = asked.get("theme") ?? "auto";
root.dataset.theme = LOOKS.includes(theme) ? theme : "auto";

/** The look as the engine knows it. */
function dressed() {
  const wanted = root.dataset.theme ?? "auto";
  if (wanted !== "auto") return wanted;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @param {Words} words */
function speak(words) {
  document.title = words.say("cohort.page");
  for (const key of SAYS) {
    const element = document.querySelector(`[data-say="${key}"]`);
    if (element) element.textContent = words.say(key);
  }
  if (asked.get("locale")) {
    for (const link of document.querySelectorAll(".title a")) /** @type {HTMLAnchorElement} */ (link).search = `?locale=${words.locale}`;
  }
  look.append(...LOOKS.map((name) => html("option", { value: name }, words.say(`look.${name}`))));
  look.setAttribute("aria-label", words.say("desk.look"));
  look.value = root.dataset.theme ?? "auto";
  look.hidden = false;
}

async function open() {
  const words = await Words.in(locale, CLASS);
  speak(words);
  if (!capable()) {
    place.append(html("p", { role: "alert" }, words.say("cohort.old")));
    return;
  }
  const cohort = await Cohort.open(words, dressed);
  place.append(cohort.element);
  cohort.begin();
  look.addEventListener("change", () => {
    root.dataset.theme = look.value;
    asked.set("theme", look.value);
    history.replaceState(null, "", `${location.pathname}?${asked}`);
    cohort.draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cohort.draw());
  root.dataset.ready = "yes";
}

open().catch((error) => {
  place.append(html("p", { role: "alert" }, error instanceof Error ? error.message : String(error)));
});
