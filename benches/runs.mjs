// Single runs with their history, step by step, and rates maps of whole runs: the engine natively and in
// wasm with and without SIMD.
import { cell, median, print } from "./table.mjs";

/** A run is made again and again for this long, in milliseconds. */
const BATCH = 200;

export async function measureRuns(call, native, rounds) {
  const contenders = ["native", "simd", "scalar"];
  const times = new Map();
  const counts = new Map();
  const note = (what, contender, time) => {
    const key = `${what} ${contender}`;
    times.set(key, [...(times.get(key) ?? []), time]);
  };
  const names = [];
  for (let round = -1; round < rounds; round += 1) {
    for (const line of native()) {
      const [kind, scenario, time, count] = line.split(" ");
      const what = `${kind} ${scenario}`;
      if (!names.includes(what)) names.push(what);
      if (round >= 0) note(what, "native", Number(time));
      counts.set(`${what} native`, Number(count));
    }
    for (const what of names) {
      const [kind, scenario] = what.split(" ");
      for (const contender of ["simd", "scalar"]) {
        const found = await call(kind === "run" ? "timeRun" : "timeRates", contender, scenario, BATCH);
        // The first round warms up.
        if (round >= 0) note(what, contender, found.time);
        counts.set(`${what} ${contender}`, found.count);
      }
    }
  }
  const row = (what) => {
    const of = (contender) => times.get(`${what} ${contender}`) ?? [];
    return [...contenders.map((contender) => cell(of(contender))), (median(of("simd")) / median(of("native"))).toFixed(2)];
  };
  const of = (kind) => names.filter((what) => what.startsWith(`${kind} `));
  print(
    `Runs of 10,000 steps, each kept: million steps a second, median and (lowest–highest) of ${rounds} rounds; then wasm SIMD : native`,
    ["", ...contenders, "ratio"],
    of("run").map((what) => [what.slice(4), ...row(what)]),
  );
  print(
    `Rates maps, 128 × 128 runs of at most 500 steps: milliseconds, median and (lowest–highest) of ${rounds} rounds; then wasm SIMD : native`,
    ["", ...contenders, "ratio"],
    of("rates").map((what) => [what.slice(6), ...row(what)]),
  );
  // exp differs in its last bits between machines, and a run that bounces makes any last bit grow.
  const apart = (all) => (Math.max(...all) - Math.min(...all)) / Math.max(...all);
  const differ = names.filter((what) => apart(contenders.map((contender) => counts.get(`${what} ${contender}`))) > 2e-3);
  console.log(
    differ.length === 0
      ? "All three make as many steps of each run, and as many runs of each map arrive (but for 2 in 1,000)."
      : `Not all compute the same: ${differ.map((what) => `${what}: ${contenders.map((contender) => counts.get(`${what} ${contender}`)).join(", ")}`).join("; ")}`,
  );
}
