// The browser's side of the benchmarks of crowds and audits: starts that step and are drawn each frame.

import { CrowdPeer } from "./crowd-peer.js";

const SCENARIO = "preset=product&optimizer=adam&rate=0.1";
const SIDE = 512;

/** A canvas on the page with its context. */
function context() {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  document.body.append(canvas);
  return canvas.getContext("2d");
}

/** What steps and draws a crowd: the engine's modules by name, and `js`. */
function contender(engines, name, columns, rows) {
  const target = context();
  if (name === "js") {
    const peer = new CrowdPeer(columns, rows, SIDE);
    return {
      target,
      reset: () => peer.reset(),
      step: () => peer.step(),
      paint: () => {},
      put: () => peer.draw(target),
      arrived: () => peer.arrivedCount(),
      free: () => {},
    };
  }
  const view = new engines[name].CrowdView(SCENARIO, columns, rows, SIDE);
  const image = new ImageData(SIDE, SIDE);
  return {
    target,
    reset: () => view.reset(),
    step: () => view.step(1),
    paint: () => view.paintTrails(),
    put: () => {
      view.copyPixels(image.data);
      target.putImageData(image, 0, 0);
    },
    arrived: () => view.arrivedCount(),
    free: () => view.free(),
  };
}

/**
 * From the start, so many steps, each drawn in a frame of its own. For each step the milliseconds of
 * stepping, of painting in memory, of putting that on the canvas (or of the path), and until the pixels
 * are there; and how many have arrived in the end.
 */
export async function runCrowd(engines, name, columns, rows, steps) {
  const { target, reset, step, paint, put, arrived, free } = contender(engines, name, columns, rows);
  reset();
  const frames = [];
  for (let frame = 0; frame < steps; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const times = [performance.now()];
    for (const part of [step, paint, put]) {
      part();
      times.push(performance.now());
    }
    // Reading a pixel waits for everything that was drawn.
    target.getImageData(0, 0, 1, 1);
    times.push(performance.now());
    frames.push(times.slice(1).map((time, part) => time - times[part]));
  }
  const count = arrived();
  free();
  target.canvas.remove();
  return { frames, arrived: count };
}

/** Audits drawn for so long: milliseconds of the audit with its colours, of all with the canvas, and the largest difference. */
export function runAudit(engines, name, preset, nodes, batch) {
  const view = new engines[name].AuditView(nodes);
  const target = context();
  const scenario = `preset=${preset}`;
  const begin = performance.now();
  let [calls, run, frame] = [0, 0, 0];
  while (performance.now() - begin < batch) {
    const start = performance.now();
    view.run(scenario);
    run += performance.now() - start;
    target.putImageData(new ImageData(view.pixels(), nodes, nodes), 0, 0);
    frame += performance.now() - start;
    calls += 1;
  }
  const found = { run: run / calls, frame: frame / calls, worst: view.worst(), at: [view.worstM(), view.worstH()] };
  view.free();
  target.canvas.remove();
  return found;
}
