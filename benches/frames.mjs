// Whole frames of the built lab while a hand drags: what the main thread does from one frame to the
// next, read from the browser's own trace. The page is as it is shipped; nothing is injected.
import { openPage } from "../tests/e2e/support/browser.mjs";
import { serve } from "../tests/e2e/support/server.mjs";
import { median, print, quantile, short } from "./table.mjs";

const VIEWPORT = { width: 1280, height: 800 };
const CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
const ROUNDS = 5;
/** Degrees by which the hand swings to both sides, and how often in a round. */
const SWING = 80;
const SWINGS = 1;
/** What lies on the desk: what fits the screen, and everything. */
const SCREEN = "all";
const ALL = "all.measured.memory.starts";
/** Four runs of which some are long. */
const RACE =
  "preset=product&rate=0.02&steps=200&rival=optimizer=momentum%26rate=0.004&rival=optimizer=adagrad&rival=optimizer=adam%26rate=0.02";
const DRAGS = [
  { handle: "m", preset: "product", name: "main valve", parts: SCREEN },
  { handle: "w", preset: "product", name: "pressure", parts: SCREEN },
  { handle: "m", preset: "house", name: "main valve", parts: SCREEN },
  { handle: "w", preset: "house", name: "pressure", parts: SCREEN },
  { slider: "rate", preset: RACE, name: "learning rate of a race, all parts open", parts: ALL },
  { slider: "step", preset: RACE, name: "scrubbing a race, all parts open", parts: ALL },
];

/** @param {import("playwright-core").Browser} browser */
export async function measureFrames(browser, moves) {
  const server = await serve();
  const rows = [];
  try {
    for (const slower of [1, 4]) {
      for (const drag of DRAGS) rows.push(await measure(browser, server.origin, moves, slower, drag));
    }
  } finally {
    await server.close();
  }
  print(
    `Frames of the lab at ${VIEWPORT.width} × ${VIEWPORT.height}: milliseconds of the main thread a frame, ${moves} moves of the mouse. ` +
      "Busy: all tasks from one frame to the next; script: event and frame handlers alone; CPU: busy without what other programs took",
    ["", "frames", "script median", "95 %", "busy median", "95 %", "longest", "rounds' 95 %", "CPU 95 %"],
    rows,
  );
}

async function measure(browser, origin, moves, slower, { handle, slider, preset, name, parts }) {
  const { page, context, problems, close } = await openPage(browser, `${origin}/lab.html?parts=${parts}`, {
    viewport: VIEWPORT,
    waitUntil: "networkidle",
  });
  const cdp = await context.newCDPSession(page);
  const figure = page.locator("backflow-figure");
  await figure.evaluate((element) => element.ready);
  await figure.evaluate((element, scenario) => element.setAttribute("scenario", scenario), preset.includes("=") ? preset : `preset=${preset}`);
  // The worker makes its first rates map meanwhile.
  await page.waitForTimeout(3000);
  const held = slider ? `[data-control="${slider}"][type="range"], [data-scrub="${slider}"]` : `[data-handle=${handle}] .ring`;
  const box = await page.locator(`backflow-figure :is(${held})`).boundingBox();
  if (!box) throw new Error(`the lab shows no ${handle ?? slider}`);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const [x, y, reach] = [box.x + box.width / 2, box.y + box.height / 2, 0.4 * box.width];
  const mouse = (type, degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const at = { x: x + reach * Math.sin(angle), y: slider ? y : y - reach * Math.cos(angle) };
    // A native slider follows a pointer whose button is said to be down.
    const button = type === "mouseMoved" && !slider ? "none" : "left";
    const buttons = type === "mouseReleased" ? 0 : 1;
    return cdp.send("Input.dispatchMouseEvent", { type, ...at, button, buttons, clickCount: 1 });
  };
  const frames = [];
  const rounds = [];
  // The first round warms up.
  for (let round = -1; round < ROUNDS; round += 1) {
    await mouse("mousePressed", 0);
    if (round >= 0) await browser.startTracing(page, { categories: CATEGORIES });
    const count = Math.ceil(moves / ROUNDS);
    for (let move = 1; move <= count; move += 1) {
      await mouse("mouseMoved", SWING * Math.sin((2 * Math.PI * SWINGS * move) / count));
    }
    if (round >= 0) {
      const found = readFrames(JSON.parse((await browser.stopTracing()).toString()));
      frames.push(...found);
      rounds.push(quantile(found.map((frame) => frame.busy), 0.95));
    }
    await mouse("mouseReleased", 0);
  }
  await close();
  for (const problem of problems) console.log(`problem: ${problem}`);
  const of = (kind) => frames.map((frame) => frame[kind]);
  return [
    `${slider ? "" : `${preset}, `}${name}${slower > 1 ? `, ${slower}× throttled` : ""}`,
    String(frames.length),
    short(median(of("script"))),
    short(quantile(of("script"), 0.95)),
    short(median(of("busy"))),
    short(quantile(of("busy"), 0.95)),
    short(Math.max(...of("busy"))),
    `${short(Math.min(...rounds))}–${short(Math.max(...rounds))}`,
    short(quantile(of("cpu"), 0.95)),
  ];
}

/** The frames of a trace in which the mouse moved something: milliseconds of the page's main thread. */
function readFrames({ traceEvents }) {
  const thread = (event) => `${event.pid} ${event.tid}`;
  const moved = (event) => event.name === "EventDispatch" && event.args.data?.type === "pointermove";
  const main = traceEvents.find(moved);
  if (!main) throw new Error("the browser's trace shows no move of the mouse");
  const events = traceEvents.filter((event) => event.ph === "X" && thread(event) === thread(main));
  const tasks = events.filter((event) => event.name === "RunTask");
  const moves = events.filter(moved);
  const handlers = events.filter((event) => event.name === "EventDispatch" || event.name === "FireAnimationFrame");
  const draws = events.filter((event) => event.name === "FireAnimationFrame");
  const within = ({ ts, dur }) => (event) => event.ts >= ts && event.ts < ts + dur;
  // A frame begins with a task that draws or handles the mouse, and lasts until the next one.
  const starts = tasks.filter((task) => [...moves, ...draws].some(within(task))).sort((a, b) => a.ts - b.ts);
  return starts.slice(0, -1).flatMap((start, index) => {
    const span = { ts: start.ts, dur: starts[index + 1].ts - start.ts };
    if (!moves.some(within(span)) || !draws.some(within(span))) return [];
    const sum = (list, key) => list.filter(within(span)).reduce((total, event) => total + (event[key] ?? 0), 0) / 1e3;
    return [{ busy: sum(tasks, "dur"), cpu: sum(tasks, "tdur"), script: sum(handlers, "dur") }];
  });
}
