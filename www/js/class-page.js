// The page of a class: its language and its look, which its address holds. Of the class itself it holds nothing.

import { Cohort } from "./cohort.js";
import { html } from "./dom.js";
import { capable } from "./engine.js";
import { asked, locale, look, lookOf, speak } from "./page.js";
import { CLASS, Words } from "./words.js";

/** What the page itself says, by the elements that say it. */
const SAYS = ["cohort.title", "cohort.lead", "city.page.course", "city.page.lab"];

const root = document.documentElement;
const place = /** @type {HTMLElement} */ (document.querySelector("#cohort"));
root.dataset.theme = lookOf(asked.get("theme"));

/** The look as the engine knows it. */
function dressed() {
  const wanted = root.dataset.theme ?? "auto";
  if (wanted !== "auto") return wanted;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

async function open() {
  const words = await Words.in(locale, CLASS);
  speak(words, "cohort.page", SAYS, asked.get("theme"));
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
