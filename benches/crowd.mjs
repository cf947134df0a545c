// Crowds of starts that step and are drawn each frame, and audits of the whole plane: the engine
// natively, in wasm with and without SIMD, and plain JavaScript that draws one path.
import { cell, median, print } from "./table.mjs";

const PRESETS = ["product", "house"];
const NODES = 512;
/** Starts along m and h, and steps in a round, as in kernels.rs. */
const CROWDS = [
  { columns: 400, rows: 250, steps: 40 },
  { columns: 1000, rows: 1000, steps: 20 },
];
/** An audit is repeated for this long, in milliseconds. */
const BATCH = 300;
/** Contenders whose crowds should have arrived alike: this part of all may hang on a rounding. */
const CLOSE = 1e-3;

/** Numbers of every round, by what was measured. */
function notes() {
  const all = new Map();
  return {
    add: (key, value) => all.set(key, [...(all.get(key) ?? []), value]),
    of: (key) => all.get(key) ?? [],
  };
}

/** The native lines of one part. */
function lines(natively, part) {
  const found = natively().map((line) => line.split(" "));
  return found.filter(([first]) => first === part).map(([, key, ...numbers]) => [key, ...numbers.map(Number)]);
}

export async function measureCrowds(call, natively, rounds) {
  const contenders = ["simd", "scalar", "js"];
  const times = notes();
  const arrived = {};
  for (let round = -1; round < rounds; round += 1) {
    for (const [count, time, home] of lines(natively, "crowd")) {
      if (round >= 0) times.add(`${count} native step`, time);
      arrived[`${count} native`] = home;
    }
    for (const { columns, rows, steps } of CROWDS) {
      const count = columns * rows;
      for (const name of contenders) {
        const found = await call("runCrowd", name, columns, rows, steps);
        arrived[`${count} ${name}`] = found.arrived;
        // The first round warms up.
        if (round < 0) continue;
        const of = (part) => median(found.frames.map(part));
        times.add(`${count} ${name} step`, of(([step]) => step));
        times.add(`${count} ${name} paint`, of(([, paint]) => paint));
        times.add(`${count} ${name} put`, of(([, , put, drawn]) => put + drawn));
        times.add(`${count} ${name} frame`, of((parts) => parts.reduce((total, part) => total + part, 0)));
      }
    }
  }
  const rows = CROWDS.flatMap(({ columns, rows }) => {
    const count = columns * rows;
    return ["step", "paint", "put", "frame"].map((part) => {
      const of = (name) => times.of(`${count} ${name} ${part}`);
      const simd = median(of("simd"));
      const ratio = (name) => (of(name).length > 0 ? (median(of(name)) / simd).toFixed(2) : "");
      const isOneForJs = part === "paint";
      return [
        `${count.toLocaleString("en")} starts, ${part}`,
        ...["native", "simd", "scalar"].map((name) => cell(of(name))),
        isOneForJs ? "" : cell(of("js")),
        ratio("native"),
        ratio("scalar"),
        isOneForJs ? "" : ratio("js"),
      ];
    });
  });
  print(
    `Crowds, Adam on product, 512² pixels: milliseconds a frame, median and (lowest–highest) of ${rounds} rounds' medians; then how many times what SIMD wasm takes. ` +
      "Step: everyone's; paint: trails fade, everyone is added; put: copy and putImageData until drawn, for JavaScript one stroked path; frame: all three",
    ["", "native", "wasm SIMD", "wasm scalar", "JavaScript", "native", "scalar", "JS"],
    rows,
  );
  for (const { columns, rows } of CROWDS) {
    const count = columns * rows;
    const all = ["native", ...contenders].map((name) => arrived[`${count} ${name}`]);
    const agree = Math.max(...all) - Math.min(...all) <= CLOSE * count;
    const text = all[0] === Math.min(...all) && all[0] === Math.max(...all) ? `${all[0]}` : all.join(", ");
    console.log(`Of ${count.toLocaleString("en")} starts have arrived in the end: ${text}${agree ? "" : ": not all compute the same"}.`);
  }
}

export async function measureAudits(call, natively, rounds) {
  const contenders = ["simd", "scalar"];
  const times = notes();
  const worst = {};
  for (let round = -1; round < rounds; round += 1) {
    for (const [preset, time, difference] of lines(natively, "audit")) {
      if (round >= 0) times.add(`${preset} native`, time);
      worst[`${preset} native`] = difference;
    }
    for (const preset of PRESETS) {
      for (const name of contenders) {
        const found = await call("runAudit", name, preset, NODES, BATCH);
        worst[`${preset} ${name}`] = found.worst;
        if (round < 0) continue;
        times.add(`${preset} ${name}`, found.run);
        times.add(`${preset} ${name} frame`, found.frame);
      }
    }
  }
  const digits = (name) => worst[name].toExponential(1);
  print(
    `Audits of ${NODES}² nodes, exact against measured sensitivities: milliseconds, median and (lowest–highest) of ${rounds} rounds; then the largest relative difference. ` +
      "Native: the audit alone; wasm: with its colours; drawn: with copy and putImageData too",
    ["", "native", "wasm SIMD", "drawn", "wasm scalar", "native", "wasm SIMD"],
    PRESETS.map((preset) => [
      preset,
      cell(times.of(`${preset} native`)),
      cell(times.of(`${preset} simd`)),
      cell(times.of(`${preset} simd frame`)),
      cell(times.of(`${preset} scalar`)),
      digits(`${preset} native`),
      digits(`${preset} simd`),
    ]),
  );
}
