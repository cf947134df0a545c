// The line to the city's work: a worker of its own, or, where a page can have none, the page itself.

import { workers } from "./assets.js";
import { capable, load } from "./engine.js";

/** @typedef {import("./city-loop.js").Question} Question */
/** @typedef {import("./city-loop.js").Engine} Engine */

/** No slice is longer where the page does the work, in milliseconds. */
const SLICE = 8;
/** The most valves where the page does the work, or without vector instructions; and where neither is so. */
const MOST = { small: 131_072, whole: 2 ** 31 - 1 };
/** Questions that are answered; of each kind one is under way, and of those that wait the newest is asked. */
const ASKED = ["state", "picture", "at", "valve", "carriers", "chart"];

/** A line. It begins at its first question. */
export class Line {
  /** Whether the page itself does the work. */
  here = typeof Worker === "undefined";
  /** Whether the module has no vector instructions. */
  plain = !capable();
  /** @type {Worker | undefined} */
  #worker;
  /** What works in the page. @type {Promise<{ hear: (question: Question) => void }> | undefined} */
  #work;
  /** What was sent before the first answer: a worker that does not start has not heard it. @type {Question[] | undefined} */
  #unheard = [];
  /** What is under way, and what waits behind it. @type {Map<string, Question | undefined>} */
  #open = new Map();
  #closed = false;

  /**
   * @param {"city" | "trial"} work
   * @param {(answer: any) => void} answer
   */
  constructor(work, answer) {
    this.work = work;
    this.answer = answer;
  }

  /** Asks; an answer of that kind follows. @param {string} kind @param {Record<string, any>} question */
  ask(kind, question) {
    const asked = { ...question, kind };
    if (this.#open.has(kind)) {
      this.#open.set(kind, asked);
      return;
    }
    this.#open.set(kind, undefined);
    this.send(asked);
  }

  /** Sends a question or a command. @param {Question} question */
  send(question) {
    if (this.#closed) return;
    this.#unheard?.push(question);
    if (!this.here) this.#start()?.postMessage(this.#sized(question));
    if (this.here) this.#deliver(question);
  }

  /** No city is larger than what works on it bears. @param {Question} question */
  #sized(question) {
    return question.kind === "city" ? { ...question, most: this.here || this.plain ? MOST.small : MOST.whole } : question;
  }

  get #begin() {
    return { kind: "begin", work: this.work, module: this.plain ? "backflow-city-plain" : "backflow-city" };
  }

  #start() {
    if (this.#worker) return this.#worker;
    try {
      const worker = workers.city();
      worker.addEventListener("message", ({ data }) => this.#hear(data));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        const unheard = this.#unheard;
        if (!unheard || this.#closed) {
          this.#hear({ kind: "failed", reason: event.message || "Worker" });
          return;
        }
        // It did not start: the page does it instead.
        worker.terminate();
        this.here = true;
        for (const question of unheard) this.#deliver(question);
      });
      worker.postMessage(this.#begin);
      this.#worker = worker;
    } catch {
      // Pages of other sites may not have it.
      this.here = true;
    }
    return this.#worker;
  }

  /** @param {Question} question */
  #deliver(question) {
    this.#work ??= this.#employ();
    this.#work
      .then((work) => work.hear(this.#sized(question)))
      .catch((error) => this.#hear({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }));
  }

  async #employ() {
    const { module } = this.#begin;
    const [{ works }, engine] = await Promise.all([import("./city-loop.js"), load(module)]);
    const reply = (/** @type {object} */ answer) => this.#hear(answer);
    const next = (/** @type {() => void} */ go) => {
      requestAnimationFrame(() => {
        try {
          go();
        } catch (error) {
          this.#hear({ kind: "failed", reason: String(error) });
        }
      });
    };
    return new works[this.work](/** @type {Engine} */ (/** @type {unknown} */ (engine)), reply, { slice: SLICE, next });
  }

  /** @param {any} answer */
  #hear(answer) {
    if (this.#closed) return;
    this.#unheard = undefined;
    const { kind } = answer;
    const waits = this.#open.get(kind);
    if (ASKED.includes(kind)) this.#open.delete(kind);
    // Which question it was is not known: none is waited for any more.
    if (kind === "failed") this.#open.clear();
    this.answer(answer);
    if (waits && !this.#open.has(kind)) {
      this.#open.set(kind, undefined);
      this.send(waits);
    }
  }

  /** Ends the work, and gives its memory back. */
  close() {
    if (!this.#worker || this.here) this.send({ kind: "close" });
    this.#closed = true;
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
