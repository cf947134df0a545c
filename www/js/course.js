// The course: its map, what its address holds, and the way from its first figure to the landscape and the lab.

import "./backflow-figure.js";
import { isRich, print, read } from "./bookmark.js";
import { Contents } from "./contents.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */

/** The address changes when nothing has for this long, in milliseconds: browsers limit how often it may. */
const QUIET = 250;
/** What the runs on one landscape share, so that no rival has it, and what is no rival's. */
const SHARED = ["preset", "units", "steps", "until", "rival"];

const first = /** @type {BackflowFigure} */ (document.querySelector("#shower backflow-figure"));
const landscape = document.querySelector("#landscape backflow-figure");
const alone = landscape?.getAttribute("scenario") ?? "";
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.go"));
/** A frame's address is nobody's to see. */
const framed = parent !== window;

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

/** The landscape shows the way of a hand too, until someone walks there. */
let untouched = true;
landscape?.addEventListener("change", () => {
  untouched = false;
});
function compare() {
  const pairs = bookmark.path.split("&").filter((pair) => pair && !SHARED.includes(pair.split("=")[0]));
  if (!untouched || !pairs.some((pair) => pair.startsWith("turns=")) || /(^|&)(preset|units)=/.test(bookmark.path)) return;
  const rival = pairs.join("&").replaceAll("%", "%25").replaceAll("&", "%26");
  landscape?.setAttribute("scenario", [alone, `rival=${rival}`].filter(Boolean).join("&"));
}

/** Goes to where the address leads; a place alone the browser finds by itself. */
function open() {
  contents.show(bookmark.done);
  if (!isRich(bookmark)) return;
  if (bookmark.path) first.setAttribute("scenario", bookmark.path);
  compare();
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
  const { scenario } = first.getState();
  if (!/(^|&)turns=[^&]/.test(scenario)) return;
  bookmark.path = scenario;
  compare();
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

first.ready.then(
  () => {
    document.documentElement.dataset.ready = "yes";
  },
  () => {}, // the figure itself says what is wrong
);
