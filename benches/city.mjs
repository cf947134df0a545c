// The whole city in training: the engine natively, in wasm in the browser and in Node, and plain JavaScript in both.
// Then the page of the city while its worker trains it: what the page's own thread does.
import { fork } from "node:child_process";
import { once } from "node:events";
import { openPage } from "../tests/e2e/support/browser.mjs";
import { DIST, serve } from "../tests/e2e/support/server.mjs";
import { frames } from "./scroll.mjs";
import { cell, median, print, quantile, short } from "./table.mjs";

const SIZES = [256, 1024, 1024, 512, 256];
const VALVES = SIZES.slice(1).reduce((total, size, level) => total + size * SIZES[level], 0);
/** What all cities have in common. */
const CITY = "error=squared&range=30&pace=0.05";
/**
 * Steps in a round, as in kernels.rs; and the bytes a valve that a step cannot but read and write: the opening forward,
 * backward and when it is turned, and for Adam two numbers more, before and after.
 */
const PLANS = [
  { name: "batch 1", scenario: `${CITY}&batch=1&rule=proportion`, steps: 64, moved: 12 },
  { name: "batch 8", scenario: `${CITY}&batch=8&rule=proportion`, steps: 16, moved: 12 },
  { name: "batch 32", scenario: `${CITY}&batch=32&rule=proportion`, steps: 8, moved: 12 },
  { name: "batch 1, Adam", scenario: `${CITY}&batch=1&rule=adam`, steps: 32, moved: 28 },
].map((plan) => ({ ...plan, sizes: SIZES }));
const CONTENDERS = ["native", "wasm browser", "wasm node", "js browser", "js node", "polynomial browser"];
/** How often a copy is made in a round. */
const COPIED = 32;
const RULES = ["proportion", "equal", "momentum", "adam"];
/** Errors agree where they differ by less than this part. */
const CLOSE = 1e-3;
/** Milliseconds of a frame at 60 Hz. */
const FRAME = 1000 / 60;

const VIEWPORT = { width: 1280, height: 800 };
/** The page is watched for so long, in milliseconds. */
const WATCHED = 10_000;
const CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "cc"];

/** @param {(name: string, ...args: any[]) => Promise<any>} inBrowser asks the browser's page @param {() => string[]} natively @param {number} rounds */
export async function measureCity(inBrowser, natively, rounds) {
  const child = fork(new URL("city-node.mjs", import.meta.url), [DIST]);
  await once(child, "message");
  const inNode = async (...question) => {
    child.send(question);
    const [answer] = await once(child, "message");
    return answer;
  };
  const ask = { browser: inBrowser, node: inNode };
  const times = new Map();
  const errors = new Map();
  let round = -1;
  // The first round warms up, and tells the errors after as many steps from the beginning.
  const note = (key, time) => round >= 0 && times.set(key, [...(times.get(key) ?? []), time]);
  const took = (what, contender, { step, forward, error }) => {
    note(`${what} ${contender} step`, step);
    note(`${what} ${contender} forward`, forward);
    if (round < 0) errors.set(`${what} ${contender}`, error);
  };
  try {
    for (; round < rounds; round += 1) {
      for (const line of natively()) {
        const [what, ...numbers] = line.split(" ");
        const [step, forward, error] = numbers.map(Number);
        if (what === "copy") note(`copy ${step} native`, forward);
        else took(what, "native", { step, forward, error });
      }
      for (const plan of PLANS) {
        for (const contender of CONTENDERS.slice(1)) {
          const [what, where] = contender.split(" ");
          took(plan.scenario, contender, await ask[where]("train", what, plan, plan.steps));
        }
      }
      for (const moved of new Set(PLANS.map((plan) => plan.moved))) {
        for (const where of ["browser", "node"]) note(`copy ${moved} ${where}`, await ask[where]("copy", moved * VALVES, COPIED));
      }
    }
    const sizes = [];
    for (const rule of RULES) sizes.push([rule, await inNode("size", `${CITY}&batch=1&rule=${rule}`)]);
    tell((key) => times.get(key) ?? [], (key) => errors.get(key), sizes, rounds);
  } finally {
    child.kill();
  }
}

/** Prints what was measured. */
function tell(times, error, sizes, rounds) {
  const of = ({ scenario }, contender, kind = "step") => times(`${scenario} ${contender} ${kind}`);
  const middle = (...args) => median(of(...args));
  const ratio = (plan, slow, fast) => (middle(plan, slow) / middle(plan, fast)).toFixed(2);
  const count = VALVES.toLocaleString("en");
  const head = ["", "native", "wasm, browser", "wasm, Node", "JS, browser", "JS, Node", "JS, our e^x"];
  print(
    `The whole city of ${count} valves, squared error: whole steps of training a second, median and (lowest–highest) of ${rounds} rounds; ` +
      "then how many times as fast as others wasm in the browser is. Our e^x: JavaScript with the polynomial of the engine for Math.exp, browser",
    [...head, "wasm : native", "wasm : JS", "wasm : JS, Node", "wasm : JS, our e^x"],
    PLANS.map((plan) => [
      plan.name,
      ...CONTENDERS.map((contender) => cell(of(plan, contender).map((time) => 1000 / time))),
      ...[["native", "wasm browser"], ["js browser", "wasm browser"], ["js node", "wasm node"], ["polynomial browser", "wasm browser"]].map(([slow, fast]) => ratio(plan, slow, fast)),
    ]),
  );
  const rows = (each) => PLANS.map((plan) => [plan.name, ...CONTENDERS.map((contender) => each(plan, contender))]);
  print("A forward pass of the city: milliseconds", head, rows((plan, contender) => cell(of(plan, contender, "forward"))));
  print("A whole step in forward passes", head, rows((plan, contender) => short(middle(plan, contender) / middle(plan, contender, "forward"))));
  print("Whole steps in a frame of 1/60 s", head, rows((plan, contender) => short(FRAME / middle(plan, contender))));
  const copy = ({ moved }, contender) => times(`copy ${moved} ${contender.split(" ").pop()}`);
  print(
    "The share of the memory's bandwidth, in per cent: the time of a plain copy that reads and writes as many bytes, in the same place, over the time of a step",
    head,
    rows((plan, contender) => ((100 * median(copy(plan, contender))) / middle(plan, contender)).toFixed(1)),
  );
  print(
    "Such copies: gigabytes read and written a second",
    ["", "native", "browser", "Node"],
    [...new Set(PLANS.map((plan) => plan.moved))].map((moved) => [
      `${moved} bytes a valve`,
      ...["native", "browser", "node"].map((where) => cell(times(`copy ${moved} ${where}`).map((time) => (moved * VALVES) / time / 1e6))),
    ]),
  );
  print(
    "Memory of the engine at batch 1, in bytes a valve beside the 4 of its opening",
    ["", ...RULES],
    [["", ...sizes.map(([, { valves, bytes }]) => (bytes / valves - 4).toFixed(2))]],
  );
  for (const plan of PLANS) {
    const all = CONTENDERS.map((contender) => error(`${plan.scenario} ${contender}`));
    const apart = (Math.max(...all) - Math.min(...all)) / Math.max(...all);
    const agree = apart <= CLOSE;
    console.log(
      `${plan.name}: after ${plan.steps} steps the error of all contenders is ${agree ? all[0].toFixed(4) : all.join(", ")}; ` +
        `they differ by ${apart.toExponential(1)}${agree ? "" : ": not all compute the same"}.`,
    );
  }
}

/** The page's own thread while the worker trains the whole city. @param {import("playwright-core").Browser} browser */
export async function measureCityPage(browser) {
  const server = await serve();
  try {
    const { page, problems, close } = await openPage(browser, `${server.origin}/city.html`, { viewport: VIEWPORT, waitUntil: "networkidle" });
    await page.locator('.city[data-settled="true"]').waitFor();
    const steps = async () => Number((await page.locator('[data-city="steps"]').innerText()).replace(/\D/g, ""));
    const rows = [];
    for (const [name, plays] of [["at rest", false], ["training", true]]) {
      if (plays) await page.locator('[data-act="city-play"]').click();
      await page.waitForTimeout(1000);
      const before = await steps();
      await browser.startTracing(page, { categories: CATEGORIES });
      const gaps = await page.evaluate(
        (watched) =>
          new Promise((resolve) => {
            const times = [];
            const frame = (now) => {
              times.push(now);
              if (now - times[0] < watched) requestAnimationFrame(frame);
              else resolve(times.slice(1).map((time, index) => time - times[index]));
            };
            requestAnimationFrame(frame);
          }),
        WATCHED,
      );
      const busy = frames(JSON.parse((await browser.stopTracing()).toString()));
      const made = (await steps()) - before;
      const row = (what, numbers, most) => [
        `${name}, ${what}`,
        String(numbers.length),
        short(median(numbers)),
        short(quantile(numbers, 0.95)),
        short(Math.max(...numbers)),
        String(numbers.filter((number) => number > most).length),
        what === "busy" ? short(made / (WATCHED / 1000)) : "",
      ];
      // A frame that comes in time comes a little earlier or later.
      rows.push(row("busy", busy, FRAME), row("from frame to frame", gaps, 1.5 * FRAME));
    }
    await close();
    for (const problem of problems) console.log(`problem: ${problem}`);
    print(
      `The page of the city at ${VIEWPORT.width} × ${VIEWPORT.height}, ${WATCHED / 1000} s at rest and ${WATCHED / 1000} s while its worker trains all valves: milliseconds of the main thread a frame, ` +
        "and from one frame to the next. Over: busy for more than 16.7 ms, or a frame that was left out",
      ["", "frames", "median", "95 %", "longest", "over", "steps a second"],
      rows,
    );
  } finally {
    await server.close();
  }
}
