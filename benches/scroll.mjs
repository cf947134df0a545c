// The course while one scrolls through it, with every figure started and at rest: what the main thread does for
// each frame, read from the browser's own trace.
import { openPage } from "../tests/e2e/support/browser.mjs";
import { serve } from "../tests/e2e/support/server.mjs";
import { median, print, quantile, short } from "./table.mjs";

const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];
const CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "cc"];
/** Pixels of a notch of the wheel, and milliseconds from one to the next. */
const NOTCH = 120;
const PAUSE = 16;
/** Milliseconds of a frame at 60 Hz. */
const FRAME = 1000 / 60;

/** @param {import("playwright-core").Browser} browser */
export async function measureScrolling(browser) {
  const server = await serve();
  const rows = [];
  try {
    for (const viewport of VIEWPORTS) rows.push(await measure(browser, server.origin, viewport));
  } finally {
    await server.close();
  }
  print(
    "Scrolling through the course, every figure started and at rest: milliseconds of the main thread a frame",
    ["", "figures", "frames", "median", "95 %", "longest", "over 16.7 ms"],
    rows,
  );
}

async function measure(browser, origin, viewport) {
  const { page, problems, close } = await openPage(browser, `${origin}/index.html`, { viewport, waitUntil: "networkidle" });
  const figures = await page.evaluate(async () => {
    const all = [...document.querySelectorAll("backflow-figure")];
    for (const figure of all) {
      figure.scrollIntoView();
      await figure.ready;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    scrollTo(0, 0);
    return all.length;
  });
  // The worker makes its rates map meanwhile.
  await page.waitForTimeout(5000);
  await page.mouse.move(viewport.width / 2, viewport.height / 2);
  const height = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  await browser.startTracing(page, { categories: CATEGORIES });
  for (let at = 0; at < height; at += NOTCH) {
    await page.mouse.wheel(0, NOTCH);
    await page.waitForTimeout(PAUSE);
  }
  const busy = frames(JSON.parse((await browser.stopTracing()).toString()));
  await close();
  for (const problem of problems) console.log(`problem: ${problem}`);
  return [
    `${viewport.width} × ${viewport.height}`,
    String(figures),
    String(busy.length),
    short(median(busy)),
    short(quantile(busy, 0.95)),
    short(Math.max(...busy)),
    String(busy.filter((time) => time > FRAME).length),
  ];
}

/** Milliseconds of the page's main thread from one frame to the next. */
export function frames({ traceEvents }) {
  const thread = (event) => `${event.pid} ${event.tid}`;
  const begins = traceEvents.filter(({ name, ph }) => name === "ProxyMain::BeginMainFrame" && ph === "X");
  // The page's own is the thread that begins most of them.
  const threads = begins.map(thread);
  const count = (name) => threads.filter((other) => other === name).length;
  const main = [...new Set(threads)].sort((a, b) => count(b) - count(a))[0];
  const tasks = traceEvents.filter((event) => event.ph === "X" && event.name === "RunTask" && thread(event) === main);
  const starts = begins.filter((event) => thread(event) === main).map(({ ts }) => ts).sort((a, b) => a - b);
  const sums = new Array(starts.length).fill(0);
  for (const { ts, dur } of tasks) {
    const index = starts.findLastIndex((start) => start <= ts + dur);
    if (index >= 0) sums[index] += dur / 1e3;
  }
  return sums;
}
