// Who trains the city in the browser and in Node, and how long it takes: the module of the page's worker, and plain
// JavaScript. Both run this file.

import { CityPeer } from "./city-peer.js";

/** No city is too large. */
const MOST = 2 ** 31 - 1;

/** Milliseconds for one call. */
function time(count, call) {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) call();
  return (performance.now() - start) / count;
}

export class Cities {
  #made = new Map();

  /** @param {any} engine the module, ready */
  constructor(engine) {
    this.engine = engine;
  }

  /** A city of the engine, or in plain JavaScript with e^x by Math.exp or as the engine takes it. */
  #make(contender, { scenario, sizes }) {
    if (contender !== "wasm") return new CityPeer(sizes, scenario, contender === "js");
    const city = new this.engine.City(scenario, MOST);
    return { step: () => city.train(1), forward: () => city.forward(), error: () => city.error() };
  }

  /** Goes on with a city: milliseconds for each of so many steps and forward passes, and the error after the steps. */
  train(contender, plan, count) {
    const key = `${contender} ${plan.scenario}`;
    if (!this.#made.has(key)) this.#made.set(key, this.#make(contender, plan));
    const city = this.#made.get(key);
    const step = time(count, () => city.step());
    const error = city.error();
    return { step, forward: time(count, () => city.forward()), error };
  }

  /** Milliseconds for each of so many plain copies that read and write so many bytes. */
  copy(bytes, count) {
    const [from, to] = [new Uint8Array(bytes / 2).fill(1), new Uint8Array(bytes / 2).fill(2)];
    return time(count, () => to.set(from));
  }

  /** How many valves a city of the engine has, and how many bytes it holds after a step. */
  size(scenario) {
    const city = new this.engine.City(scenario, MOST);
    city.train(1);
    const size = { valves: city.valves(), bytes: city.bytes() };
    city.free();
    return size;
  }
}
