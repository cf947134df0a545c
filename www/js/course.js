// The course: its map, what its address holds, and the way from its first figure to the landscape and the lab.

import "./backflow-figure.js";
import { isRich, print, read } from "./bookmark.js";
import { Contents } from "./contents.js";
import { COURSE, start } from "./engine.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */

/** The address changes when nothing has for this long, in milliseconds: browsers limit how often it may. */
const QUIET = 250;

const first = /** @type {BackflowFigure} */ (document.querySelector("#shower backflow-figure"));
const landscape = /** @type {BackflowFigure | null} */ (document.querySelector("#landscape backflow-figure"));
const alone = landscape?.getAttribute("scenario") ?? "";
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.go"));
/** A frame's address is nobody's to see. */
const framed = parent !== window;

/** The figure itself says what is wrong. */
const told = () => {};

/** A page in another language is another file. */
function leave() {
  const asked = new URLSearchParams(location.search).get("locale")?.split("-")[0];
  if (!asked || asked === document.documentElement.lang.split("-")[0]) return;
  const other = /** @type {HTMLLinkElement | undefined} */ ([...document.querySelectorAll('link[rel="alternate"]')].find((page) => page.getAttribute("hreflang") === asked));
  if (other) location.replace(other.href + location.hash);
}
leave();

let bookmark = read(location.hash);
let due = 0;
/** The address as this page last read or wrote it. */
let known = location.hash;

function write() {
  // Someone has just changed the address, and `hashchange` is on its way: that wins.
  if (framed || location.hash !== known) return;
  const hash = print(bookmark);
  history.replaceState(null, "", location.pathname + location.search + (hash && `#${hash}`));
  known = location.hash;
}

function writeSoon() {
  clearTimeout(due);
  due = setTimeout(write, QUIET);
}

const contents = new Contents(/** @type {HTMLElement} */ (document.querySelector(".contents")), (place) => {
  bookmark.place = place;
  writeSoon();
});

/** What the landscape shows by itself, as its author or as the engine writes it; whatever else it shows, someone has made of it. */
let shown = [alone];
/** The landscape shows the way of a hand too, until someone walks there. */
async function compare() {
  if (!landscape || !bookmark.path) return;
  const { Lab, Lessons } = await start(COURSE);
  if (shown.length === 1) {
    const lab = new Lab(alone);
    shown.push(lab.scenario());
    lab.free();
  }
  const both = Lessons.beside(alone, bookmark.path);
  if (both === undefined || !shown.includes(landscape.getState().scenario)) return;
  landscape.setAttribute("scenario", both);
  shown = [alone, both];
}

/** Goes to where the address leads; a place alone the browser finds by itself. */
function open() {
  contents.show(bookmark.done);
  if (!isRich(bookmark)) return;
  if (bookmark.path) first.setAttribute("scenario", bookmark.path);
  compare().catch(told);
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // Who loads the page again is where they were.
  if (visit?.type !== "reload") document.getElementById(bookmark.place)?.scrollIntoView();
}
open();

addEventListener("hashchange", () => {
  known = location.hash;
  const now = read(location.hash);
  if (isRich(now)) {
    bookmark = now;
    open();
  } else {
    // A link of the contents: what was answered stays.
    bookmark.place = now.place;
    writeSoon();
  }
});

document.addEventListener("backflow-answer", (event) => {
  bookmark.done.add(/** @type {CustomEvent} */ (event).detail.figure);
  contents.show(bookmark.done);
  writeSoon();
});

first.addEventListener("backflow-state", () => {
  if (link) link.href = first.permalink(new URL("lab.html", location.href).href);
  const { by_hand: byHand, step } = first.reading;
  if (byHand === 0 || step === 0) return;
  bookmark.path = first.getState().scenario;
  compare().catch(told);
  writeSoon();
});

// Whoever changes the language stays where they are.
document.querySelector(".languages")?.addEventListener("click", (event) => {
  const page = /** @type {Element} */ (event.target).closest("a");
  if (page) page.hash = print(bookmark);
});

// Paper shows pictures that nobody has scrolled to.
addEventListener("beforeprint", () => {
  for (const picture of document.querySelectorAll("img")) picture.loading = "eager";
});

first.ready.then(() => {
  document.documentElement.dataset.ready = "yes";
}, told);
