// The city's work: it trains in slices, reads how far each valve reaches between them, and answers in between.
// It runs in a worker, or, where there is none, in the page itself with shorter slices.

/**
 * A valve of the city.
 * @typedef {object} Valve
 * @property {number} layer
 * @property {number} from where its pipe begins, counted from 0 within its level
 * @property {number} to where it ends, in the next level
 * @property {number} position
 * @property {number} opening
 * @property {number} carried
 * @property {number} reach
 * @property {number} most the shower that it serves most
 * @property {Float64Array} sensitivities
 */

/**
 * The city of the engine.
 * @typedef {object} City
 * @property {() => string} scenario
 * @property {() => Uint32Array} sizes
 * @property {() => number} valves
 * @property {() => number} bytes
 * @property {() => number} steps
 * @property {(steps: number) => void} train
 * @property {() => number} error
 * @property {() => number} untrainedError
 * @property {() => void} forward
 * @property {(seconds: number) => number} probing
 * @property {(rows: number) => boolean} look
 * @property {() => number} reach
 * @property {() => number} untrainedReach
 * @property {() => number} information
 * @property {() => number} untrainedInformation
 * @property {(width: number, height: number, theme: string) => string} chart
 * @property {() => Float64Array} extent
 * @property {(x: number, y: number, scale: number, width: number, height: number, theme: string, shower: number) => Uint8ClampedArray<ArrayBuffer>} paint
 * @property {(x: number, y: number) => number} valveAt
 * @property {(x: number, y: number) => number} showerAt
 * @property {(valve: number) => Float64Array} place
 * @property {(index: number) => Valve} valve
 * @property {(shower: number) => number | undefined} carriers
 * @property {() => void} free
 */

/**
 * The experiment of the engine.
 * @typedef {object} Trial
 * @property {(steps: number) => boolean} advance
 * @property {() => number} progress
 * @property {() => Float64Array} results
 * @property {() => void} free
 */

/** @typedef {{ City: new (scenario: string, most: number) => City, Trial: { new (scenario: string, seeds: number): Trial, rules(): string[] } }} Engine */
/** @typedef {{ kind: string, id?: number, [name: string]: any }} Question */
/** @typedef {(answer: { kind: string, [name: string]: any }, transfer?: Transferable[]) => void} Reply */

/**
 * How work is cut.
 * @typedef {object} Manner
 * @property {number} slice the most that is done at once, in milliseconds
 * @property {(go: () => void) => void} next begins the next slice, when others had their turn
 */

/** The part of the time that goes to reading how far valves reach, while the city trains. */
const LOOK = 0.3;
/** One look takes about so long, in milliseconds. */
const GLANCE = { least: 1.5, most: 5 };
/** Forward sweeps alone are timed, at least so many and for so long; and again when the city has trained for so long, in milliseconds. */
const [SWEEPS, TIMED, ANEW] = [4, 4, 2000];
/** What a number of steps a second is taken over, at least, in milliseconds. */
const WINDOW = 500;

/** What goes on in slices until it is done, or sleeps. */
class Slices {
  #waiting = false;
  asleep = false;

  /** @param {Manner} manner */
  constructor({ slice, next }) {
    this.slice = slice;
    this.next = next;
  }

  /** Whether there is something to do. @returns {boolean} */
  get busy() {
    return false;
  }

  /** Does a slice of it. */
  work() {}

  /** Goes on where there is something to do. */
  go() {
    if (this.#waiting || this.asleep || !this.busy) return;
    this.#waiting = true;
    this.next(() => {
      this.#waiting = false;
      if (this.asleep || !this.busy) return;
      this.work();
      this.go();
    });
  }

  sleep() {
    this.asleep = true;
  }

  wake() {
    this.asleep = false;
    this.go();
  }
}

/** A city that trains. */
export class Loop extends Slices {
  /** @type {City | undefined} */
  #city;
  #id = 0;
  #playing = false;
  /** Steps that were asked for one by one. */
  #due = 0;
  /** Junctions of one look. */
  #rows = 4;
  /** The time that reading is still owed, in milliseconds. */
  #owed = 0;
  /** How many readings are whole; at which step the newest of them began, and the one that goes on. */
  #readings = 0;
  #read = NaN;
  #began = NaN;
  /** How long a step and a forward sweep take, in milliseconds. */
  #step = NaN;
  #forward = NaN;
  #pace = NaN;
  #spell = { time: 0, steps: 0, since: 0, timed: 0 };
  /** Who waits for news, and whether there is any. @type {Question | undefined} */
  #asks = undefined;
  #news = false;
  #told = 0;

  /**
   * @param {Engine} engine
   * @param {Reply} reply
   * @param {Manner} manner
   */
  constructor(engine, reply, manner) {
    super(manner);
    this.engine = engine;
    this.reply = reply;
  }

  get busy() {
    return this.#city !== undefined && (this.#trains || this.#read !== this.#city.steps());
  }

  /** Whether it makes steps. The valves are read before the first one. */
  get #trains() {
    return this.#readings > 0 && (this.#playing || this.#due > 0);
  }

  work() {
    const city = /** @type {City} */ (this.#city);
    if (this.#trains) {
      this.#train(city);
      if (this.#owed > 0) this.#owed -= this.#look(city, Math.min(this.#owed, this.slice));
    } else {
      this.#look(city, this.slice);
    }
    this.#tell();
  }

  /** Makes steps for a slice. @param {City} city */
  #train(city) {
    const start = performance.now();
    let [now, made] = [start, 0];
    do {
      city.train(1);
      made += 1;
      if (!this.#playing) this.#due -= 1;
      now = performance.now();
    } while (this.#trains && now - start < this.slice);
    this.#owed += ((now - start) * LOOK) / (1 - LOOK);
    const spell = this.#spell;
    spell.time += now - start;
    spell.steps += made;
    spell.timed += now - start;
    this.#step = Number.isNaN(this.#step) ? spell.time / spell.steps : this.#step;
    if (now - spell.since >= WINDOW) {
      this.#step = spell.time / spell.steps;
      // Single steps have no pace.
      if (this.#playing) this.#pace = (1000 * spell.steps) / (now - spell.since);
      Object.assign(spell, { time: 0, steps: 0, since: now });
    }
    if (spell.timed > ANEW) this.#time(city);
    this.#news = true;
  }

  /** Times forward sweeps alone. @param {City} city */
  #time(city) {
    const start = performance.now();
    let [now, count] = [start, 0];
    do {
      city.forward();
      count += 1;
      now = performance.now();
    } while (count < SWEEPS || now - start < TIMED);
    this.#forward = (now - start) / count;
    this.#spell.timed = 0;
  }

  /** Reads on for so long; returns how long it took. @param {City} city @param {number} most */
  #look(city, most) {
    const start = performance.now();
    let now = start;
    do {
      if (Number.isNaN(this.#began)) this.#began = city.steps();
      const before = now;
      const whole = city.look(this.#rows);
      now = performance.now();
      if (now - before < GLANCE.least) this.#rows *= 2;
      else if (now - before > GLANCE.most) this.#rows = Math.max(1, this.#rows >> 1);
      if (!whole) continue;
      this.#read = this.#began;
      this.#began = NaN;
      this.#readings += 1;
      this.#news = true;
      break;
    } while (now - start < most);
    return now - start;
  }

  /** Tells what is new to whoever waits for it, but not too often. */
  #tell() {
    const [city, asks] = [this.#city, this.#asks];
    if (!city || !asks || !this.#news) return;
    const now = performance.now();
    // Where nothing goes on nothing else will tell of it.
    if (this.busy && !this.asleep && now - this.#told < asks.every) return;
    this.#told = now;
    this.#news = false;
    this.#asks = undefined;
    const read = this.#readings > 0;
    this.reply({
      kind: "state",
      id: this.#id,
      steps: city.steps(),
      playing: this.#playing,
      readings: this.#readings,
      settled: !this.busy,
      now: { error: city.error(), reach: read ? city.reach() : NaN, information: read ? city.information() : NaN },
      untrained: { error: city.untrainedError(), reach: read ? city.untrainedReach() : NaN, information: read ? city.untrainedInformation() : NaN },
      bytes: city.bytes(),
      pace: this.#pace,
      sweeps: this.#step / this.#forward,
      both: this.#step / 1000,
      probing: city.probing(this.#forward / 1000),
    });
  }

  /** Hears a question or a command. @param {Question} question */
  hear(question) {
    const act = this.#acts[question.kind];
    const transfer = /** @type {Transferable[]} */ ([]);
    const answer = act?.(question, transfer);
    if (answer) this.reply({ ...answer, kind: question.kind, id: this.#id }, transfer);
    this.#tell();
    this.go();
  }

  /** What it does with each. What it answers is undefined where it only does something. @type {Record<string, (question: any, transfer: Transferable[]) => object | undefined>} */
  #acts = {
    city: ({ id, scenario, most }) => {
      this.#city?.free();
      this.#city = undefined;
      this.#id = id;
      const city = new this.engine.City(scenario, most);
      this.#city = city;
      [this.#due, this.#owed, this.#readings, this.#rows] = [0, 0, 0, 4];
      [this.#read, this.#began, this.#step, this.#pace] = [NaN, NaN, NaN, NaN];
      this.#spell = { time: 0, steps: 0, since: performance.now(), timed: 0 };
      this.#time(city);
      this.#news = true;
      return { scenario: city.scenario(), sizes: city.sizes(), valves: city.valves(), extent: city.extent() };
    },
    play: () => {
      this.#playing = true;
      this.#begin();
      return undefined;
    },
    pause: () => {
      this.#playing = false;
      this.#due = 0;
      this.#news = true;
      return undefined;
    },
    step: ({ count }) => {
      this.#playing = false;
      this.#due += count;
      this.#begin();
      return undefined;
    },
    state: (question) => {
      this.#asks = question;
      return undefined;
    },
    sleep: () => {
      this.sleep();
      return undefined;
    },
    wake: () => {
      this.asleep = false;
      this.#begin();
      return undefined;
    },
    picture: ({ x, y, scale, width, height, theme, shower }, transfer) => {
      const pixels = this.#of((city) => city.paint(x, y, scale, width, height, theme, shower));
      if (pixels) transfer.push(pixels.buffer);
      return { pixels, width, height };
    },
    at: ({ x, y, picks }) => {
      const valve = this.#of((city) => city.valveAt(x, y)) ?? -1;
      return { picks, x, y, shower: this.#of((city) => city.showerAt(x, y)) ?? -1, ...this.#valve(valve) };
    },
    valve: ({ valve, finds }) => ({ finds, ...this.#valve(valve) }),
    carriers: ({ shower }) => ({ shower, count: this.#of((city) => city.carriers(shower)) }),
    chart: ({ width, height, theme }) => ({ text: this.#of((city) => city.chart(width, height, theme)) }),
    close: () => {
      this.sleep();
      this.#city?.free();
      this.#city = undefined;
      return undefined;
    },
  };

  /** A spell of steps begins. */
  #begin() {
    Object.assign(this.#spell, { time: 0, steps: 0, since: performance.now() });
    this.#news = true;
  }

  /** @template Told @param {(city: City) => Told} ask */
  #of(ask) {
    return this.#city && ask(this.#city);
  }

  /** What is known of a valve, and where it stands. @param {number} index */
  #valve(index) {
    const there = index >= 0 && index < (this.#city?.valves() ?? 0);
    if (!there) return { valve: undefined };
    return { valve: this.#of((city) => ({ index, place: city.place(index), ...city.valve(index) })) };
  }
}

/** The rules, compared. */
export class Comparison extends Slices {
  /** @type {Trial | undefined} */
  #trial;
  #steps = 1;

  /**
   * @param {Engine} engine
   * @param {Reply} reply
   * @param {Manner} manner
   */
  constructor(engine, reply, manner) {
    super(manner);
    this.engine = engine;
    this.reply = reply;
  }

  get busy() {
    return this.#trial !== undefined;
  }

  work() {
    const trial = /** @type {Trial} */ (this.#trial);
    const start = performance.now();
    const done = trial.advance(this.#steps);
    const time = performance.now() - start;
    if (time < this.slice / 2) this.#steps *= 2;
    else if (time > this.slice) this.#steps = Math.max(1, this.#steps >> 1);
    if (!done) {
      this.#tell(trial);
      return;
    }
    const rules = this.engine.Trial.rules();
    this.reply({ kind: "trial", progress: 1, rules, results: trial.results() });
    this.#end();
  }

  #told = 0;

  /** Tells how far it is, but not too often. @param {Trial} trial */
  #tell(trial) {
    const now = performance.now();
    if (now - this.#told < 100) return;
    this.#told = now;
    this.reply({ kind: "trial", progress: trial.progress() });
  }

  #end() {
    this.#trial?.free();
    this.#trial = undefined;
  }

  /** @param {Question} question */
  hear({ kind, scenario, seeds }) {
    if (kind === "trial") {
      this.#end();
      this.#trial = new this.engine.Trial(scenario, seeds);
      this.#steps = 1;
      this.go();
    } else if (kind === "sleep") this.sleep();
    else if (kind === "wake") this.wake();
    else if (kind === "close") this.#end();
  }
}

/** What a worker can be begun with. */
export const works = { city: Loop, trial: Comparison };
