// The browser's side of the benchmarks: who computes what, and how long a call takes.

import { contours } from "d3-contour";
import { Cities } from "./city.js";
import { runAudit, runCrowd } from "./crowd.js";
import { Peer } from "./peer.js";
import { timeRates, timeRun } from "./runs.js";

/** Canvas of the drags: the plane in it has 512 × 512 pixels. */
const FIGURE = 564;
const NODES = 512;
/** The coarse peer traces contours through so many nodes along each axis. */
const COARSE = 128;
/** At most so many errors give about 20 contours for the ideals and pressures below. */
const MOST = 13;
/** Half a drag, in parts of the dial. */
const SWING = 0.03;

/** The cities. @type {Cities | undefined} */
let cities;
/** The modules of the engine by name. */
const engines = {};
/** What table (a) measures: by "preset side", by contender, by kernel, a function. */
const kernels = {};
/** What the drags measure: by preset, by contender, a function of a key and a fraction. */
const drags = {};

/** @param {Record<string, string>} modules addresses by name */
export async function load(modules) {
  for (const [name, address] of Object.entries(modules)) {
    engines[name] = await import(address);
    await engines[name].default();
  }
}

/** Makes room for cities of a module. @param {string} module its address */
export async function loadCity(module) {
  const engine = await import(module);
  await engine.default({ module_or_path: module.replace(/\.js$/, "_bg.wasm") });
  cities = new Cities(engine);
}

/** Sets up every contender for a landscape; returns the sums of what they compute. */
export function prepare(preset, side) {
  const contenders = {};
  const sums = {};
  for (const [name, { Kernels }] of Object.entries(engines)) {
    const engine = new Kernels(`preset=${preset}`, side);
    contenders[name] = {
      field: () => engine.sample(),
      "field and gradient": () => engine.sampleGradient(),
      contours: () => engine.trace(),
      colours: () => engine.paint(),
      frame: () => engine.frame(),
    };
    engine.sampleGradient();
    engine.frame();
    sums[name] = [...engine.sums()];
    contenders[name].engine = engine;
  }
  const { engine } = contenders.simd;
  const { Kernels } = engines.simd;
  const levels = engine.levels();
  const peer = new Peer(preset, side, engine.target(), engine.highest(), levels, Kernels.palette());
  contenders.js = {
    field: () => peer.sample(),
    "field and gradient": () => peer.sampleGradient(),
    contours: () => peer.trace(),
    colours: () => peer.paint(),
    frame: () => peer.frame(),
  };
  peer.sampleGradient();
  peer.frame();
  sums.js = peer.sums();
  const d3 = contours().size([side, side]).thresholds([...levels]);
  contenders.d3 = { contours: () => d3(peer.y) };
  sums.d3 = [null, null, openVertices(d3(peer.y), side), null, null];
  kernels[`${preset} ${side}`] = contenders;
  return { sums, levels: levels.length };
}

/** d3 closes its lines along the border: its vertices, without those that run along it. */
function openVertices(shapes, side) {
  let count = 0;
  for (const { coordinates } of shapes) {
    for (const ring of coordinates.flat()) {
      for (const [x, y] of ring) if (x > 0.5 && y > 0.5 && x < side - 0.5 && y < side - 0.5) count += 1;
    }
  }
  return count;
}

/** Milliseconds for one call, over a batch of at least `batch` milliseconds. */
export function time(landscape, contender, kernel, batch) {
  const run = kernels[landscape][contender][kernel];
  if (!run) return null;
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  do {
    run();
    calls += 1;
    elapsed = performance.now() - start;
  } while (elapsed < batch);
  return elapsed / calls;
}

/** A canvas on the page. */
function canvas(size) {
  const element = document.createElement("canvas");
  element.width = size;
  element.height = size;
  document.body.append(element);
  return element;
}

/** Sets up every contender of the drags. */
export function prepareDrags(preset) {
  const { Kernels, Lab, LandscapeView } = engines.simd;
  const lab = new Lab(`preset=${preset}`);
  const most = () => LandscapeView.flows(lab, MOST);

  const view = (make) => {
    const sheets = [canvas(NODES), canvas(FIGURE), canvas(FIGURE)];
    const made = make(sheets);
    return {
      canvases: sheets,
      draw: (key, fraction) => {
        lab.setFraction(key, fraction);
        made.draw(lab, FIGURE, FIGURE, 1, "light");
        return null;
      },
    };
  };

  const colours = new Kernels(`preset=${preset}`, NODES);
  colours.frame();
  const peers = [NODES, COARSE].map(
    (side) => new Peer(preset, side, colours.target(), colours.highest(), most(), Kernels.palette()),
  );
  const [peer, coarse] = peers;
  for (const each of peers) each.sample();
  /** What follows from the scenario costs the peers nothing: it is told to them before the clock starts. */
  const tell = (key, fraction) => {
    lab.setFraction(key, fraction);
    const [low, high] = LandscapeView.ends(lab);
    const target = Number(lab.get("target"));
    const highest = Math.max(target - low, high - target);
    const known = { pressure: Number(lab.get("pressure")), target, highest, levels: most() };
    for (const each of peers) Object.assign(each, known);
  };
  const plain = () => {
    const [below, above] = [canvas(NODES), canvas(FIGURE)];
    const [field, marks] = [below, above].map((each) => each.getContext("2d"));
    const image = new ImageData(peer.bytes, NODES, NODES);
    return {
      canvases: [below, above],
      before: tell,
      draw: (key) => {
        if (key === "pressure") peer.sample();
        peer.trace();
        peer.paint();
        field.putImageData(image, 0, 0);
        marks.clearRect(0, 0, FIGURE, FIGURE);
        for (let line = 0, vertex = 0; line < peer.lines; line += 1) {
          marks.beginPath();
          marks.moveTo(peer.points[2 * vertex], NODES - peer.points[2 * vertex + 1]);
          for (vertex += 1; vertex < peer.ends[line]; vertex += 1) {
            marks.lineTo(peer.points[2 * vertex], NODES - peer.points[2 * vertex + 1]);
          }
          marks.stroke();
        }
      },
    };
  };
  const d3 = (peer) => {
    const element = canvas(FIGURE);
    const context = element.getContext("2d");
    const palette = Kernels.palette();
    const css = Array.from(palette, (color) => `rgb(${color & 255} ${(color >> 8) & 255} ${(color >> 16) & 255})`);
    const trace = contours().size([peer.side, peer.side]);
    const scale = NODES / peer.side;
    return {
      canvases: [element],
      before: tell,
      draw: (key) => {
        if (key === "pressure") peer.sample();
        const shapes = trace.thresholds([...peer.levels])(peer.y);
        context.clearRect(0, 0, FIGURE, FIGURE);
        for (const { value, coordinates } of shapes) {
          context.beginPath();
          for (const polygon of coordinates) {
            for (const ring of polygon) {
              context.moveTo(scale * ring[0][0], NODES - scale * ring[0][1]);
              for (let i = 1; i < ring.length; i += 1) context.lineTo(scale * ring[i][0], NODES - scale * ring[i][1]);
            }
          }
          context.fillStyle = css[Math.min(255, Math.floor((255 * Math.abs(value - peer.target)) / peer.highest))];
          context.fill();
          context.stroke();
        }
      },
    };
  };
  const names = Lab.readingNames();
  const reading = lab.reading();
  const home = Object.fromEntries(["target", "pressure"].map((key) => [key, reading[names.indexOf(`${key}_fraction`)]]));
  drags[preset] = {
    home,
    /** Every drag begins where the preset does, whatever was dragged before. */
    reset: () => Object.entries(home).forEach(([key, fraction]) => lab.setFraction(key, fraction)),
    levels: most,
    contenders: {
      engine: view((sheets) => LandscapeView.detailed(...sheets, NODES, MOST)),
      page: view((sheets) => LandscapeView.detailed(...sheets, LandscapeView.nodes(), MOST)),
      js: plain(),
      d3: d3(peer),
      "d3 coarse": d3(coarse),
    },
  };
}

/**
 * Drags: one move a frame. For each move the milliseconds of script, those until the pixels are
 * there, and how many contours there were.
 */
export async function drag(preset, contender, key, moves) {
  const { home, reset, levels, contenders } = drags[preset];
  reset();
  const { canvases, before, draw } = contenders[contender];
  const results = [];
  for (let move = 0; move < moves; move += 1) {
    const fraction = home[key] + SWING * Math.sin(1 + (2 * Math.PI * move) / moves);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    before?.(key, fraction);
    const start = performance.now();
    draw(key, fraction);
    const done = performance.now();
    // Reading a pixel waits for everything that was drawn.
    for (const each of canvases) each.getContext("2d").getImageData(0, 0, 1, 1);
    results.push([done - start, performance.now() - start, levels().length]);
  }
  return results;
}

window.bench = {
  load,
  loadCity,
  city: (name, ...args) => cities[name](...args),
  prepare,
  time,
  prepareDrags,
  drag,
  runCrowd: (...args) => runCrowd(engines, ...args),
  runAudit: (...args) => runAudit(engines, ...args),
  timeRun: (name, ...args) => timeRun(engines[name], ...args),
  timeRates: (name, ...args) => timeRates(engines[name], ...args),
};
