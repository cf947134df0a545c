// What makes step after step, at an even pace.

/** The steps of one second. */
const PACE = 10;

/** A player. */
export class Player {
  #step;
  #frame = 0;
  running = false;

  /** @param {() => void} step makes one step, and stops the player where it can go no further */
  constructor(step) {
    this.#step = step;
  }

  start() {
    if (this.running) return;
    this.running = true;
    const beat = 1000 / PACE;
    let due = performance.now();
    const go = (/** @type {number} */ now) => {
      this.#frame = requestAnimationFrame(go);
      if (now < due) return;
      // What a hidden page missed is not made up for.
      due = Math.max(due + beat, now);
      this.#step();
    };
    this.#frame = requestAnimationFrame(go);
  }

  /** Stops; true where it was running. */
  stop() {
    const was = this.running;
    this.running = false;
    cancelAnimationFrame(this.#frame);
    return was;
  }
}
