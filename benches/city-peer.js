// The city in plain JavaScript, as fast as we could write it: typed arrays, four junctions at a time, valves that
// turn within the backward pass, and the formulas of the engine. Junctions share their inflow, the error is squared,
// every shower wants mostly what its own pump gives, and valves turn in proportion to their sensitivity, or by Adam.
// As many showers as pumps, and levels of a multiple of four junctions.

/** The seed, the scenarios of the pumps, and those that tell how large sensitivities are. */
const [SEED, SCENARIOS, LOOKED] = [1, 64, 8];
/** What a shower wants of its own pump, of 1. */
const OWN = 0.9;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** SplitMix64, as in the engine: the numbers of one purpose. */
function random(purpose) {
  let state = (BigInt(SEED) << 32n) | BigInt(purpose);
  const wide = (number) => BigInt.asUintN(64, number);
  const next = () => {
    state = wide(state + 0x9e3779b97f4a7c15n);
    let mixed = wide((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = wide((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
  next();
  return {
    part: () => Number(next() >> 11n) / 2 ** 53,
    below: (count) => Number((next() * BigInt(count)) >> 64n),
    normal: () => {
      const drawn = next();
      const sum = Number((drawn & 0xffffn) + ((drawn >> 16n) & 0xffffn) + ((drawn >> 32n) & 0xffffn) + (drawn >> 48n));
      return ((sum + 2) / 65536 - 2) * Math.sqrt(3);
    },
  };
}

/** The untrained openings of so many valves, drawn once: as the engine does, which makes all begin with the same ones. */
function untrained(valves, range) {
  const key = `${valves} ${range}`;
  if (!drawn.has(key)) {
    const { normal } = random(0);
    const opening = () => Math.min(1, Math.max(1 / range, range ** -0.5 * polynomial((Math.log(range) / 9) * normal())));
    drawn.set(key, Float32Array.from({ length: valves }, opening));
  }
  return drawn.get(key).slice();
}
const drawn = new Map();

/** e^x as the engine takes it: a polynomial for an eighth, to the power of eight. */
function polynomial(x) {
  const small = x * 0.125;
  const eighth = Math.max(0, ((small * (1 / 6) + 0.5) * small + 1) * small + 1);
  const quarter = eighth * eighth;
  const half = quarter * quarter;
  return half * half;
}

export class CityPeer {
  /**
   * @param {number[]} sizes
   * @param {string} scenario with its range, its pace and its batch; the rule is Adam's or in proportion
   * @param {boolean} exact whether e^x is by Math.exp
   */
  constructor(sizes, scenario, exact) {
    const said = new URLSearchParams(scenario);
    const [range, rate, batch] = ["range", "pace", "batch"].map((key) => Number(said.get(key)));
    const adam = said.get("rule") === "adam";
    // e^x of x times the turns is how many times as far a valve is open.
    Object.assign(this, { sizes, rate, batch, adam, exact, steps: 0, drip: 1 / range, part: Math.log(range) / 9 });
    const layers = sizes.slice(1).map((to, level) => ({ level, from: sizes[level], to }));
    this.layers = layers;
    const valves = layers.reduce((total, { from, to }) => total + from * to, 0);
    const openings = untrained(valves, range);
    let first = 0;
    for (const layer of layers) {
      const rows = (numbers) => numbers.subarray(first, first + layer.from * layer.to);
      layer.openings = rows(openings);
      layer.gains = new Float32Array(layer.from);
      first += layer.from * layer.to;
    }
    this.openings = openings;
    this.#wish();
    this.#look();
    this.#room(batch);
    if (!adam) return;
    [this.velocity, this.squares] = [new Float32Array(valves), new Float32Array(valves)];
    first = 0;
    for (const layer of layers) {
      const end = first + layer.from * layer.to;
      layer.velocity = this.velocity.subarray(first, end);
      layer.squares = this.squares.subarray(first, end);
      first = end;
    }
  }

  /** What the pumps give, and the showers want, in every scenario. */
  #wish() {
    const pumps = this.sizes[0];
    const { below } = random(2);
    const order = Array.from({ length: pumps }, (_, index) => index);
    for (let place = pumps - 1; place > 0; place -= 1) {
      const other = below(place + 1);
      [order[place], order[other]] = [order[other], order[place]];
    }
    this.pumps = new Float32Array(SCENARIOS * pumps);
    this.wants = new Float32Array(SCENARIOS * pumps);
    this.errors = new Float64Array(SCENARIOS);
    const { part } = random(1);
    for (let scenario = 0; scenario < SCENARIOS; scenario += 1) {
      const given = Array.from({ length: pumps }, () => 2 * part());
      const mean = given.reduce((total, flow) => total + flow, 0) / pumps;
      this.pumps.set(given, scenario * pumps);
      this.wants.set(order.map((pump) => (1 - OWN) * mean + OWN * given[pump]), scenario * pumps);
    }
  }

  /** Room for the flows and the blame of so many scenarios. */
  #room(batch) {
    this.flows = this.sizes.map((size) => new Float32Array(size * batch));
    this.blame = this.sizes.map((size) => new Float32Array(size * batch));
    this.slopes = new Float32Array(Math.max(...this.sizes));
    this.now = batch;
  }

  /** The errors before the first step, and how large sensitivities are. */
  #look() {
    this.#room(SCENARIOS);
    this.#run(0);
    this.#judge(0);
    this.#room(1);
    let squares = 0;
    for (let scenario = 0; scenario < LOOKED; scenario += 1) {
      this.#run(scenario);
      this.#judge(scenario);
      this.#back(({ openings, to }, row) => {
        for (let k = 0; k < to; k += 1) squares += (this.part * openings[row + k] * this.slopes[k]) ** 2;
      });
    }
    this.size = Math.sqrt(squares / (LOOKED * this.openings.length));
  }

  /** Lets the water of the next step's scenarios run; returns the first of them. */
  forward() {
    const first = ((this.steps % SCENARIOS) * this.batch) % SCENARIOS;
    this.#run(first);
    return first;
  }

  step() {
    this.#judge(this.forward());
    this.steps += 1;
    const { adam, exact, batch, size, part, drip, slopes } = this;
    if (adam) {
      const rate = this.rate / (1 - BETA1 ** this.steps);
      const turn = exact ? turnAdam : turnAdamAsTheEngine;
      const unbias = 1 / (1 - BETA2 ** this.steps);
      this.#back((layer, row) => turn(layer, row, slopes, part, drip, 1 / batch, rate, unbias, EPSILON * size));
    } else {
      const turn = exact ? turnInProportion : turnInProportionAsTheEngine;
      this.#back((layer, row) => turn(layer, row, slopes, part, drip, this.rate / size / batch));
    }
  }

  /** Lets the water of some scenarios run through the layers. */
  #run(first) {
    const { layers, flows, now, pumps } = this;
    const count = this.sizes[0];
    for (let place = 0; place < now; place += 1) {
      const scenario = (first + place) % SCENARIOS;
      flows[0].set(pumps.subarray(scenario * count, (scenario + 1) * count), place * count);
    }
    for (const layer of layers) run(layer, flows[layer.level], flows[layer.level + 1], now);
  }

  /** Blames the showers, and notes the errors of the scenarios from one on. */
  #judge(first) {
    const { flows, blame, wants, errors, now } = this;
    const showers = this.sizes[this.sizes.length - 1];
    const [y, lambda] = [flows[flows.length - 1], blame[blame.length - 1]];
    for (let place = 0; place < now; place += 1) {
      const scenario = (first + place) % SCENARIOS;
      let sum = 0;
      for (let shower = 0; shower < showers; shower += 1) {
        const e = y[place * showers + shower] - wants[scenario * showers + shower];
        lambda[place * showers + shower] = e;
        sum += 0.5 * e * e;
      }
      errors[scenario] = sum;
    }
  }

  /** Takes the blame back; `each` is told of a layer and the first valve of a junction, with ∂E/∂a of its valves in `slopes`. */
  #back(each) {
    const { layers, flows, blame, slopes, now } = this;
    for (let level = layers.length - 1; level >= 0; level -= 1) {
      const layer = layers[level];
      for (let j = 0; j < layer.from; j += 1) {
        pull(layer, j, flows[level], blame[level], blame[level + 1], slopes, now);
        each(layer, j * layer.to);
      }
    }
  }

  /** E of a scenario, the mean over all of them, each as it was when a step looked at it last. */
  error() {
    return this.errors.reduce((total, error) => total + error, 0) / SCENARIOS;
  }

  valves() {
    return this.openings.length;
  }

  bytes() {
    const kept = [this.openings, this.velocity, this.squares, this.pumps, this.wants, this.slopes];
    const all = [...kept, ...this.flows, ...this.blame, ...this.layers.map(({ gains }) => gains)];
    return all.reduce((total, numbers) => total + (numbers?.byteLength ?? 0), 0);
  }

  free() {}
}

/** Lets water run on through a layer. */
function run({ openings: a, gains, from, to }, flows, ends, batch) {
  ends.fill(0);
  for (let j = 0; j < from; j += 4) {
    const [r0, r1, r2, r3] = [j * to, (j + 1) * to, (j + 2) * to, (j + 3) * to];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let k = 0; k < to; k += 1) {
      s0 += a[r0 + k];
      s1 += a[r1 + k];
      s2 += a[r2 + k];
      s3 += a[r3 + k];
    }
    gains[j] = 1 / s0;
    gains[j + 1] = 1 / s1;
    gains[j + 2] = 1 / s2;
    gains[j + 3] = 1 / s3;
    for (let scenario = 0; scenario < batch; scenario += 1) {
      const q = scenario * from + j;
      const [w0, w1, w2, w3] = [gains[j] * flows[q], gains[j + 1] * flows[q + 1], gains[j + 2] * flows[q + 2], gains[j + 3] * flows[q + 3]];
      const end = scenario * to;
      for (let k = 0; k < to; k += 1) ends[end + k] += w0 * a[r0 + k] + w1 * a[r1 + k] + (w2 * a[r2 + k] + w3 * a[r3 + k]);
    }
  }
}

/** The blame of a junction, and ∂E/∂a of the valves of its pipes. */
function pull({ openings: a, gains, from, to }, j, flows, blame, ends, slopes, batch) {
  const row = j * to;
  const gain = gains[j];
  for (let scenario = 0; scenario < batch; scenario += 1) {
    const end = scenario * to;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let k = 0; k < to; k += 4) {
      s0 += a[row + k] * ends[end + k];
      s1 += a[row + k + 1] * ends[end + k + 1];
      s2 += a[row + k + 2] * ends[end + k + 2];
      s3 += a[row + k + 3] * ends[end + k + 3];
    }
    const own = gain * (s0 + s1 + (s2 + s3));
    const weight = gain * flows[scenario * from + j];
    blame[scenario * from + j] = own;
    if (scenario === 0) for (let k = 0; k < to; k += 1) slopes[k] = weight * (ends[k] - own);
    else for (let k = 0; k < to; k += 1) slopes[k] += weight * (ends[end + k] - own);
  }
}

// The same with e^x by Math.exp and by the engine's polynomial: of one that is told which, neither becomes fast.

function turnInProportion({ openings: a, to }, row, slopes, part, drip, rate) {
  const factor = -rate * part * part;
  for (let k = 0; k < to; k += 1) {
    const opening = a[row + k];
    const next = opening * Math.exp(factor * opening * slopes[k]);
    a[row + k] = next < drip ? drip : next > 1 ? 1 : next;
  }
}

function turnInProportionAsTheEngine({ openings: a, to }, row, slopes, part, drip, rate) {
  const factor = -rate * part * part;
  for (let k = 0; k < to; k += 1) {
    const opening = a[row + k];
    const next = opening * polynomial(factor * opening * slopes[k]);
    a[row + k] = next < drip ? drip : next > 1 ? 1 : next;
  }
}

function turnAdam({ openings: a, velocity, squares, to }, row, slopes, part, drip, mean, rate, unbias, epsilon) {
  for (let i = row, k = 0; k < to; k += 1, i += 1) {
    const slope = mean * part * a[i] * slopes[k];
    const v = BETA1 * velocity[i] + (1 - BETA1) * slope;
    const s = BETA2 * squares[i] + (1 - BETA2) * slope * slope;
    velocity[i] = v;
    squares[i] = s;
    const next = a[i] * Math.exp((-part * rate * v) / (Math.sqrt(unbias * s) + epsilon));
    a[i] = next < drip ? drip : next > 1 ? 1 : next;
  }
}

function turnAdamAsTheEngine({ openings: a, velocity, squares, to }, row, slopes, part, drip, mean, rate, unbias, epsilon) {
  for (let i = row, k = 0; k < to; k += 1, i += 1) {
    const slope = mean * part * a[i] * slopes[k];
    const v = BETA1 * velocity[i] + (1 - BETA1) * slope;
    const s = BETA2 * squares[i] + (1 - BETA2) * slope * slope;
    velocity[i] = v;
    squares[i] = s;
    const next = a[i] * polynomial((-part * rate * v) / (Math.sqrt(unbias * s) + epsilon));
    a[i] = next < drip ? drip : next > 1 ? 1 : next;
  }
}
