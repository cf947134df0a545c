// Cuts modules out of a build on threads: each takes many seconds of one core.
import { once } from 'node:events';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

/** Threads that cut modules, at most so many at once. They start when they are needed. */
export class Threads {
  #most;
  /** @type {Worker[]} */
  #all = [];
  /** @type {Worker[]} */
  #idle = [];
  /** Who waits for a thread, in order. @type {((worker: Worker) => void)[]} */
  #waiting = [];

  /** @param {number} most */
  constructor(most) {
    this.#most = most;
  }

  /**
   * A module with some of its exports, and without what only the others need, made small and fast.
   * @param {Uint8Array} whole
   * @param {(name: string) => boolean} wanted
   * @returns {Promise<Uint8Array>}
   */
  async reduced(whole, wanted) {
    const unwanted = WebAssembly.Module.exports(new WebAssembly.Module(whole))
      .map(({ name }) => name)
      .filter((name) => !wanted(name));
    const worker = await this.#thread();
    worker.postMessage({ whole, unwanted });
    // Where the thread fails, this throws, and the thread is not used again.
    const [bytes] = await once(worker, 'message');
    const next = this.#waiting.shift();
    if (next) next(worker);
    else this.#idle.push(worker);
    return bytes;
  }

  /** Ends the threads. */
  async end() {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }

  /** A thread of one's own. @returns {Promise<Worker>} */
  async #thread() {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.length === this.#most) return new Promise((resolve) => this.#waiting.push(resolve));
    const worker = new Worker(new URL(import.meta.url));
    this.#all.push(worker);
    return worker;
  }
}

if (!isMainThread) {
  const { default: binaryen } = await import('binaryen');
  parentPort?.on('message', ({ whole, unwanted }) => {
    const module = binaryen.readBinary(whole);
    for (const name of unwanted) module.removeExport(name);
    binaryen.setOptimizeLevel(3);
    binaryen.setShrinkLevel(0);
    module.optimize();
    parentPort?.postMessage(module.emitBinary());
    module.dispose();
  });
}
