// The benchmarks, side by side in one run: the kernels natively, in wasm with and without SIMD and
// in plain JavaScript; drags beside d3-contour; runs and rates maps; crowds of starts beside one stroked path; audits of
// the whole plane; the city in training, and its page meanwhile; whole frames of the built lab; and scrolling through
// the course.
//
// `cargo xtask bench` builds what is measured and calls this with the folders of the two modules.
// Words after them choose parts (kernels, drags, runs, crowd, audit, city, frames, scroll); --rounds N and --moves N say how often.
// It prints, and judges nothing: times belong to the machine and the hour.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "../tests/e2e/support/browser.mjs";
import { DIST, serve } from "../tests/e2e/support/server.mjs";
import { measureCity, measureCityPage } from "./city.mjs";
import { measureAudits, measureCrowds } from "./crowd.mjs";
import { measureFrames } from "./frames.mjs";
import { measureScrolling } from "./scroll.mjs";
import { measureRuns } from "./runs.mjs";
import { cell, median, print } from "./table.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** What measures the built page as it is shipped. */
const SHIPPED = ["frames", "scroll"];
const PARTS = ["kernels", "drags", "runs", "crowd", "audit", "city", ...SHIPPED];
const PRESETS = ["product", "house"];
const SIDES = [512, 1024];
const KERNELS = ["field", "field and gradient", "contours", "colours", "frame"];
/** A kernel is repeated for this long, in milliseconds. */
const BATCH = 60;
const SUMS = ["flows", "slopes", "vertices", "coordinates", "colours"];
/** Two contenders agree when their sums differ by less than this part: single precision has 24 bits. */
const CLOSE = 1e-5;

const { folders, parts, rounds, moves } = options(process.argv.slice(2));
const wanted = (part) => parts.length === 0 || parts.includes(part);

const browser = await launch();
try {
  if (PARTS.some((part) => !SHIPPED.includes(part) && wanted(part))) await inPage();
  if (wanted("city")) await measureCityPage(browser);
  if (wanted("frames")) await measureFrames(browser, moves);
  if (wanted("scroll")) await measureScrolling(browser);
} finally {
  await browser.close();
}

function options(args) {
  const found = { folders: [], parts: [], rounds: 7, moves: 200 };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === "--rounds" || word === "--moves") found[word.slice(2)] = Math.max(1, Number(args[(at += 1)]) || 1);
    else if (PARTS.includes(word)) found.parts.push(word);
    else if (found.folders.length < 2) found.folders.push(within(path.resolve(word)));
    else throw new Error(`the benchmarks do not know "${word}"; they know ${PARTS.join(", ")}, --rounds N and --moves N`);
  }
  return found;
}

/** The path of a folder of the project, as in an address. @param {string} folder */
function within(folder) {
  return path.relative(ROOT, folder).split(path.sep).join("/");
}

/** All but whole frames, in a page of their own. */
async function inPage() {
  const server = await serve(ROOT, { csp: null });
  try {
    const { page, problems, close } = await openPage(browser, `${server.origin}/benches/page.html`, {
      viewport: { width: 1280, height: 1280 },
      // A page that is isolated from others has a clock of 5 µs instead of 100.
      prepare: (page) =>
        page.route("**/benches/page.html", async (route) => {
          const response = await route.fetch();
          const isolated = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
          await route.fulfill({ response, headers: { ...response.headers(), ...isolated } });
        }),
    });
    await page.waitForFunction(() => "bench" in window);
    const call = (name, ...args) => page.evaluate(([name, args]) => window.bench[name](...args), [name, args]);
    const [simd, scalar] = folders.map((folder) => `${server.origin}/${folder}/backflow.js`);
    // The city has a module of its own.
    if (PARTS.some((part) => ![...SHIPPED, "city"].includes(part) && wanted(part))) await call("load", { simd, scalar });
    if (wanted("kernels")) await measureKernels(call);
    if (wanted("drags")) await measureDrags(call);
    if (wanted("runs")) await measureRuns(call, () => native("--runs"), rounds);
    if (wanted("crowd")) await measureCrowds(call, () => native("--crowds"), rounds);
    if (wanted("audit")) await measureAudits(call, () => native("--audits"), rounds);
    if (wanted("city")) {
      await call("loadCity", `${server.origin}/${within(DIST)}/backflow-city.js`);
      await measureCity((...question) => call("city", ...question), () => native("--city"), rounds);
    }
    // Reading pixels back is how the drags wait for what was drawn.
    for (const problem of problems.filter((text) => !text.includes("willReadFrequently"))) console.log(`problem: ${problem}`);
    await close();
  } finally {
    await server.close();
  }
}

async function measureKernels(call) {
  const landscapes = PRESETS.flatMap((preset) => SIDES.map((side) => `${preset} ${side}`));
  const contenders = ["native", "simd", "scalar", "js", "d3"];
  const times = new Map();
  const note = (landscape, kernel, contender, time) => {
    const key = `${landscape} ${kernel} ${contender}`;
    if (time !== null) times.set(key, [...(times.get(key) ?? []), time]);
  };
  const sums = {};
  for (const landscape of landscapes) {
    const [preset, side] = landscape.split(" ");
    sums[landscape] = (await call("prepare", preset, Number(side))).sums;
    // Compilers in the browser warm up first.
    for (const kernel of KERNELS) {
      for (const contender of ["simd", "scalar", "js", "d3"]) await call("time", landscape, contender, kernel, 2 * BATCH);
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [landscape, native] of Object.entries(natively())) {
      sums[landscape].native = native.sums;
      KERNELS.forEach((kernel, index) => note(landscape, kernel, "native", native.times[index]));
    }
    for (const landscape of landscapes) {
      for (const kernel of KERNELS) {
        for (const contender of ["simd", "scalar", "js", "d3"]) {
          note(landscape, kernel, contender, await call("time", landscape, contender, kernel, BATCH));
        }
      }
    }
  }
  const rows = landscapes.flatMap((landscape) =>
    KERNELS.map((kernel) => {
      const of = (contender) => times.get(`${landscape} ${kernel} ${contender}`) ?? [];
      const simd = median(of("simd"));
      return [
        `${landscape}² ${kernel}`,
        ...contenders.map((contender) => cell(of(contender))),
        ...["native", "scalar", "js", "d3"].map((contender) =>
          of(contender).length > 0 ? (median(of(contender)) / simd).toFixed(2) : "",
        ),
      ];
    }),
  );
  print(
    `Kernels: milliseconds a call, median and (lowest–highest) of ${rounds} rounds; then how many times what SIMD wasm takes. ` +
      "Contours at 20 levels; frame = field, contours and colours",
    ["", "native", "wasm SIMD", "wasm scalar", "JavaScript", "d3-contour", "native", "scalar", "JS", "d3"],
    rows,
  );
  compare(sums);
}

/** One round natively, as lines. */
function native(what) {
  const args = ["bench", "--quiet", "--locked", "--bench", "kernels", "--", what];
  const lines = execFileSync("cargo", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return lines.trim().split("\n");
}

/** One round of the native kernels. */
function natively() {
  return Object.fromEntries(
    native("--lines").map((line) => {
      const [, landscape, times, sums] = /^(\S+ \d+) (\[.*?\]) (\[.*?\])$/.exec(line) ?? [];
      return [landscape, { times: JSON.parse(times), sums: JSON.parse(sums) }];
    }),
  );
}

/** Says whether all contenders computed the same. */
function compare(sums) {
  const complaints = [];
  let [worst, worstOfD3] = [0, 0];
  for (const [landscape, { simd, ...others }] of Object.entries(sums)) {
    for (const [contender, values] of Object.entries(others)) {
      values.forEach((value, index) => {
        if (value === null) return;
        const difference = Math.abs(value - simd[index]) / Math.max(1, Math.abs(simd[index]));
        // d3's vertices are counted without the border's, ours with the ends that lie on it.
        const close = contender === "d3" ? 0.01 : CLOSE;
        if (contender === "d3") worstOfD3 = Math.max(worstOfD3, difference);
        else worst = Math.max(worst, difference);
        if (difference > close) complaints.push(`${landscape}² ${SUMS[index]}: ${contender} ${value}, wasm SIMD ${simd[index]}`);
      });
    }
  }
  console.log(
    `Sums of flows, slopes, vertices, coordinates and colours differ from those of wasm SIMD by ${worst.toExponential(1)} at most, ` +
      `d3's number of vertices by ${worstOfD3.toExponential(1)}. JavaScript and d3 are given levels, palette and highest error.`,
  );
  if (complaints.length > 0) console.log(`Not all compute the same:\n${complaints.join("\n")}`);
}

async function measureDrags(call) {
  const contenders = ["engine", "page", "js", "d3", "d3 coarse"];
  for (const preset of PRESETS) await call("prepareDrags", preset);
  const keys = ["target", "pressure"];
  const results = new Map();
  for (let round = -1; round < rounds; round += 1) {
    for (const preset of PRESETS) {
      for (const key of keys) {
        for (const contender of contenders) {
          const found = await call("drag", preset, contender, key, contender === "d3" ? 4 : 20);
          const name = `${preset} ${key} ${contender}`;
          // The first round warms up.
          if (round >= 0) results.set(name, [...(results.get(name) ?? []), found]);
        }
      }
    }
  }
  const rows = PRESETS.flatMap((preset) =>
    keys.flatMap((key) => {
      const of = (contender, index) =>
        results.get(`${preset} ${key} ${contender}`).map((found) => median(found.map((values) => values[index])));
      const levels = median(of("d3", 2));
      return [["script", 0], ["until drawn", 1]].map(([what, index]) => {
        const times = (slow, fast) => `${(median(of(slow, index)) / median(of(fast, index))).toFixed(1)}×`;
        return [
          `${preset}, ${key === "target" ? "the ideal" : "the pressure"}, ${levels} levels, ${what}`,
          ...contenders.map((contender) => cell(of(contender, index))),
          ...[["d3", "engine"], ["d3", "page"], ["d3 coarse", "page"], ["d3", "js"]].map(([slow, fast]) => times(slow, fast)),
        ];
      });
    }),
  );
  print(
    `Drags, field of 512²: milliseconds a move, median and (lowest–highest) of ${rounds} rounds' medians; then ratios. ` +
      "Engine: the page's view, but contours through 512² nodes; page: contours through as many nodes as the page has, at the same levels; " +
      "d3/512² and d3/128²: d3-contour through as many nodes. d3/512² over page compares unequal grids; both draw the same levels",
    ["", "engine", "page", "JavaScript", "d3/512²", "d3/128²", "d3/512² : engine", "d3/512² : page", "d3/128² : page", "d3/512² : JS"],
    rows,
  );
}
