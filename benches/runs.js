// The browser's side of the benchmarks of runs and rates maps.

const STEPS = 10_000;
const SIDE = 128;
const LIMIT = 500;

/** Million steps a second of a run with its history, and how many steps it has. */
export function timeRun({ Lab }, scenario, batch) {
  const begin = performance.now();
  let [runs, steps] = [0, 0];
  while (performance.now() - begin < batch) {
    const lab = new Lab(scenario);
    lab.seek(STEPS);
    steps = lab.reading()[Lab.readingNames().indexOf("step")];
    lab.free();
    runs += 1;
  }
  return { time: (runs * STEPS) / (performance.now() - begin) / 1e3, count: steps };
}

/** Milliseconds of a rates map, and how many of its runs arrive. */
export function timeRates({ RatesMap }, scenario) {
  const map = new RatesMap(scenario, "momentum", SIDE, SIDE, LIMIT);
  const begin = performance.now();
  map.survey(0, SIDE);
  const time = performance.now() - begin;
  const [count] = map.counts();
  map.free();
  return { time, count };
}
