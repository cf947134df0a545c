// Errands for a worker: what takes longer than a frame is done where no page waits for it.

import { workers } from "./assets.js";

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
  /** @type {Worker | undefined} */
  #worker;

  /** The worker, which another page may not be allowed to have. */
  #start() {
    if (this.#worker) return this.#worker;
    const worker = workers.errands();
    worker.addEventListener("message", ({ data }) => this.#answers.get(data.job)?.(data));
    // A worker that does not start fails for all who wait; whoever asks next gets another.
    worker.addEventListener("error", ({ message }) => {
      worker.terminate();
      this.#worker = undefined;
      for (const answer of this.#answers.values()) answer({ failed: message || worker.constructor.name });
    });
    this.#worker = worker;
    return worker;
  }

  /**
   * Opens a job.
   * @param {(answer: any) => void} answer
   * @returns {Job}
   */
  open(answer) {
    this.#last += 1;
    const job = this.#last;
    this.#answers.set(job, answer);
    return {
      ask: (question) => {
        try {
          this.#start().postMessage({ ...question, job });
        } catch (error) {
          answer({ failed: String(error) });
        }
      },
      close: () => {
        this.#answers.delete(job);
        this.#worker?.postMessage({ kind: "close", job });
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

/**
 * Asks the worker for a text that one takes away.
 * @param {Record<string, any>} question
 * @returns {Promise<string>}
 */
export function written(question) {
  return new Promise((resolve, reject) => {
    const job = worker().open(({ text, failed }) => {
      job.close();
      if (failed) reject(new Error(failed));
      else resolve(text);
    });
    job.ask({ kind: "export", ...question });
  });
}
