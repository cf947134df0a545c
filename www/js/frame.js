// The page inside a frame: one figure, or a lesson of several. Its query is the author's set-up; its hash, where it
// is a page by itself, what the learner has done. It speaks with the page round it: messages.js.

import "./backflow-figure.js";
import { whole } from "./assets.js";
import { Complaints } from "./complaints.js";
import { html } from "./dom.js";
import { CANVASES } from "./engine.js";
import { asked, ATTRIBUTES, file, SMALL } from "./frame-query.js";
import { Lesson, read } from "./lesson.js";
import { understood } from "./messages.js";
import { Words, written } from "./words.js";

/** @typedef {import("./backflow-figure.js").BackflowFigure} BackflowFigure */

/** When the frame says hello, until it is answered, in milliseconds from its start. */
const HELLOS = [0, 250, 1000];
/** States are told no more often, in milliseconds. */
const RARELY = 100;
/** No more heights are told within the time, in milliseconds; the last one is told when that is over. */
const [MOST, WITHIN] = [12, 1000];

/** The page as it came, which a lesson is saved in. */
const source = `<!doctype html>\n${document.documentElement.outerHTML}`;
Object.assign(globalThis, { backflowPage: () => source });

const { attributes, scenario, resize, origin, complaints } = asked(location.search);
const framed = parent !== window;
const lesson = read(document.getElementById("lesson")?.textContent ?? "");
const figure = /** @type {BackflowFigure} */ (document.createElement("backflow-figure"));

/** The figures that the address or the lesson asks for are in the other file. */
const elsewhere = lesson
  ? lesson.states.some((state) => file(state.figure ?? null, state.challenge !== undefined) !== "embed.html")
  : file(attributes.get("figure") ?? null, attributes.has("challenge")) !== "embed.html";
if (elsewhere && !whole) location.replace(new URL(`embed-all.html${location.search}${location.hash}`, location.href.replace(/[?#].*$/s, "")));
else begin();

/** What one says to the page round this one. @param {Record<string, any>} message */
function tell(message) {
  if (framed && origin !== undefined) parent.postMessage(message, origin);
}

function begin() {
  for (const [name, value] of attributes) figure.setAttribute(name, value);
  // What the learner did stands in the address of a page by itself.
  const own = framed ? "" : location.hash.slice(1);
  figure.setAttribute("scenario", own || scenario);
  const main = document.querySelector("main") ?? document.body;
  main.append(...(lesson ? [new Lesson(lesson, figure).element] : []), figure);
  dress();
  // Above a figure that has not begun they might push it out of a low frame, and then it would not begin.
  if (complaints.length > 0) figure.ready.catch(() => undefined).then(() => complain(main));
  listen();
  if (framed) {
    for (const delay of HELLOS) setTimeout(() => answered || tell({ type: "backflow:hello" }), delay);
    // An empty frame has a height that nobody wants.
    if (resize !== "off") figure.ready.catch(() => undefined).then(watchHeight);
  }
}

/** The page looks and is written as its figure is. */
function dress() {
  const locale = figure.getAttribute("locale") || navigator.language;
  Object.assign(document.documentElement, written(locale));
  document.documentElement.dataset.theme = figure.getAttribute("theme") ?? "auto";
}

/** What is wrong with the frame's own settings. @param {Element} main */
async function complain(main) {
  const box = new Complaints();
  main.prepend(box.element);
  box.list(await Words.in(figure.getAttribute("locale") || navigator.language, CANVASES), complaints);
}

/** Whether the page round this one has answered. */
let answered = false;
let due = 0;
let told = -Infinity;

function tellState() {
  clearTimeout(due);
  due = 0;
  told = performance.now();
  tell({ type: "backflow:state", state: figure.getState() });
}

/** Tells the state soon: at once where the last time is long ago. */
function tellSoon() {
  due ||= setTimeout(tellState, Math.max(0, told + RARELY - performance.now()));
}

function listen() {
  figure.addEventListener("input", tellSoon);
  figure.addEventListener("backflow-state", () => {
    tellState();
    // A learner's state does not stand in the address of a frame, nor in that of a lesson with its own states.
    if (framed || lesson) return;
    const { scenario: now } = figure.getState();
    history.replaceState(null, "", `#${now}`);
  });
  figure.addEventListener("backflow-view", dress);
  figure.addEventListener("backflow-error", (event) => tell({ type: "backflow:error", .../** @type {CustomEvent} */ (event).detail }));
  figure.ready.then(
    () => {
      document.documentElement.dataset.ready = "yes";
      tell({ type: "backflow:ready", state: figure.getState() });
    },
    () => {}, // the figure itself says what is wrong, and so does its event
  );
  addEventListener("hashchange", () => {
    if (!framed && !lesson) figure.setState({ scenario: location.hash.slice(1) || scenario }, { undoable: true });
  });
  // Whoever has come in by keys gets out by one.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell({ type: "backflow:focus-escape" });
  });
  addEventListener("message", (event) => {
    if (!framed || event.source !== parent || (origin !== "*" && event.origin !== origin)) return;
    const message = understood(event.data);
    if (message) hear(message);
  });
}

/** @param {import("./messages.js").Message} message */
function hear({ type, id, state, attributes: wanted, ...wish }) {
  answered = true;
  switch (type) {
    case "backflow:hello":
      figure.ready.then(
        () => tell({ type: "backflow:ready", state: figure.getState() }),
        () => {}, // told by the figure's event
      );
      break;
    case "backflow:set":
      figure.setState(state);
      break;
    case "backflow:get":
      reply(id, async () => ({ state: figure.getState(), value: figure.value, reading: figure.reading, text: figure.describe() }));
      break;
    case "backflow:config":
      configure(wanted);
      break;
    case "backflow:export":
      reply(id, async () => ({ data: await exported(wish) }));
      break;
    default:
      void figure.ready.then(
        () => figure[/** @type {"play" | "pause" | "reset"} */ (type.slice("backflow:".length))](),
        () => {}, // told by the figure's event
      );
  }
}

/** Sets attributes, and takes those away that are null or false. @param {Record<string, string | boolean | null>} wanted */
function configure(wanted) {
  const now = (/** @type {string} */ name) => (wanted[name] === undefined ? figure.getAttribute(name) : wanted[name]);
  const [kind, challenged] = [String(now("figure") ?? "lab"), ![null, false].includes(/** @type {any} */ (now("challenge")))];
  if (!whole && file(kind, challenged) !== "embed.html") {
    refuse({ key: "figure", given: challenged ? `${kind} challenge` : kind, reason: "choice", names: SMALL, used: figure.getAttribute("figure") ?? "" });
    return;
  }
  for (const name of ATTRIBUTES) {
    const value = wanted[name];
    if (value === undefined) continue;
    if (value === null || value === false) figure.removeAttribute(name);
    else figure.setAttribute(name, value === true ? "" : value);
  }
  dress();
}

/** Tells the page what was wrong with a message. @param {import("./frame-query.js").Complaint} complaint */
async function refuse(complaint) {
  const words = await Words.in(figure.getAttribute("locale") || navigator.language, CANVASES);
  tell({ type: "backflow:error", complaints: [words.complaint(complaint)] });
}

/** A picture as a Blob, or a table as a text. @param {Record<string, any>} wish */
function exported({ format, ...wish }) {
  if (["csv", "json"].includes(format)) return figure.exportData(format);
  return figure.exportImage(Object.fromEntries(Object.entries({ format, ...wish }).filter(([, value]) => value !== undefined)));
}

/**
 * Answers a question, and says why where it cannot.
 * @param {string | number} id
 * @param {() => Promise<Record<string, any>>} answer
 */
async function reply(id, answer) {
  try {
    await figure.ready;
    tell({ type: "backflow:reply", id, ...(await answer()) });
  } catch (error) {
    tell({ type: "backflow:reply", id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** Tells the height of what is in the frame, whenever that changes. */
function watchHeight() {
  let last = 0;
  /** When heights were told. @type {number[]} */
  let times = [];
  let waits = 0;
  const tellIt = () => {
    waits = 0;
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last || height === 0) return;
    const now = performance.now();
    times = times.filter((time) => now - time < WITHIN);
    if (times.length >= MOST) {
      waits = setTimeout(tellIt, WITHIN);
      return;
    }
    times.push(now);
    last = height;
    tell({ type: "backflow:resize", height });
    if (resize === "lti") tell({ subject: "lti.frameResize", height });
  };
  new ResizeObserver(() => waits || tellIt()).observe(document.body);
}
