// Errands for a worker: what takes longer than a frame is done where no page waits for it.

import { once } from "./words.js";

/**
 * One kind of errand of one part of a page. Of several questions only the last is answered.
 * @typedef {object} Job
 * @property {(question: Record<string, any>) => void} ask
 * @property {() => void} close
 */

/** The worker of a page, started at its first errand. */
class Errands {
  /** @type {Map<number, (answer: any) => void>} */
  #answers = new Map();
  #last = 0;
  #start = once(async () => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => this.#answers.get(data.job)?.(data));
    // A worker that does not start fails for all.
    worker.addEventListener("error", ({ message }) => {
      for (const answer of this.#answers.values()) answer({ failed: message || "worker" });
    });
    return worker;
  });

  /**
   * Opens a job.
   * @param {(answer: any) => void} answer
   * @returns {Job}
   */
  open(answer) {
    this.#last += 1;
    const job = this.#last;
    this.#answers.set(job, answer);
    let asked = false;
    const send = (/** @type {object} */ message) =>
      this.#start().then(
        (worker) => worker.postMessage({ ...message, job }),
        (error) => answer({ failed: String(error) }),
      );
    return {
      ask: (question) => {
        asked = true;
        send(question);
      },
      close: () => {
        this.#answers.delete(job);
        if (asked) send({ kind: "close" });
      },
    };
  }
}

/** @type {Errands | undefined} */
let errands;

/** The worker of this page. */
export function worker() {
  errands ??= new Errands();
  return errands;
}
