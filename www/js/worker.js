// The worker: rates maps, crowds of starts, audits, and files to take away; beside the page, which goes on.

import { load } from "./engine.js";
import { once } from "./words.js";

/** @typedef {import("../backflow-many.js").RatesMap} RatesMap */
/** @typedef {import("../backflow-many.js").CrowdView} CrowdView */
/** @typedef {import("../backflow-many.js").AuditView} AuditView */
/** @typedef {import("../backflow-many.js").Export} Export */
/** @typedef {{ job: number, kind: string, [name: string]: any }} Question */

/** A rates map is made so many rows at a time, between which newer questions are heard. */
const ROWS = 4;

/** The engine, asked for again where it did not come. */
const engine = once(() => /** @type {Promise<typeof import("../backflow-many.js")>} */ (/** @type {Promise<unknown>} */ (load("backflow-many"))));
/** What each job keeps between its questions. @type {Map<number, { free(): void }>} */
const kept = new Map();
/** The newest question of each job. @type {Map<number, Question>} */
const newest = new Map();

/**
 * @param {object} answer
 * @param {Transferable[]} transfer
 */
function reply(answer, transfer) {
  /** @type {any} */ (self).postMessage(answer, transfer);
}

/** Lets waiting questions in. */
function breathe() {
  return new Promise((done) => setTimeout(done));
}

/**
 * What a job keeps, made anew.
 * @template {{ free(): void }} Kept
 * @param {number} job
 * @param {Kept} thing
 */
function keep(job, thing) {
  kept.get(job)?.free();
  kept.set(job, thing);
  return thing;
}

/**
 * A picture with all that it needs beside the scenario.
 * @param {Export} files
 * @param {Question} question
 */
function picture(files, { name, lengths, grabbed, second, legend, over, width, height, theme }) {
  files.recall(lengths, grabbed);
  if (second) files.against(second);
  if (legend) files.legend(legend.heading, legend.names.join("\n"));
  if (over) files.over(over);
  return files.svg(name, width, height, theme);
}

/** @type {Record<string, (question: Question) => Promise<void>>} */
const answers = {
  /** A rates map, sent as it grows. */
  async rates(question) {
    const { job, scenario, second, columns, rows, limit, asked } = question;
    const { RatesMap } = await engine();
    const map = keep(job, new RatesMap(scenario, second, columns, rows, limit));
    for (let row = 0; row < rows; row += ROWS) {
      map.survey(row, row + ROWS);
      const pixels = map.pixels();
      const cells = row + ROWS < rows ? undefined : map.cells();
      reply({ job, pixels, columns, rows, made: Math.min(row + ROWS, rows), counts: map.counts(), cells, asked }, [pixels.buffer]);
      await breathe();
      if (newest.get(job) !== question) return;
    }
  },

  /** Every place of a grid, exact against measured. */
  async audit({ job, scenario, nodes }) {
    const { AuditView } = await engine();
    const audit = /** @type {AuditView} */ (kept.get(job) ?? keep(job, new AuditView(nodes)));
    audit.run(scenario);
    const pixels = audit.pixels();
    reply({ job, pixels, worst: audit.worst(), m: audit.worstM(), h: audit.worstH() }, [pixels.buffer]);
  },

  /** A crowd begins anew. */
  async crowd({ job, scenario, columns, rows, pixels, ends, limit }) {
    const { CrowdView } = await engine();
    keep(job, new CrowdView(scenario, columns, rows, pixels));
    await answers.frame({ job, kind: "frame", steps: 0, ends, limit });
  },

  /** The next frame of a crowd. */
  async frame({ job, steps, ends, limit }) {
    const crowd = /** @type {CrowdView | undefined} */ (kept.get(job));
    if (!crowd) throw new Error("there is no crowd yet");
    if (steps > 0) crowd.step(steps);
    if (ends) crowd.paintBasins(limit);
    else crowd.paintTrails();
    const pixels = crowd.pixels();
    reply({ job, pixels, steps: crowd.steps(), arrived: crowd.arrivedCount(), count: crowd.count() }, [pixels.buffer]);
  },

  /** A file of the run: a picture, a table or a program. */
  async export(question) {
    const { job, format, scenario, language } = question;
    const { Export } = await engine();
    const files = keep(job, new Export(scenario));
    const text = {
      svg: () => picture(files, question),
      csv: () => files.csv(),
      json: () => files.json(),
      program: () => Export.program(scenario, language),
    }[/** @type {"svg" | "csv" | "json" | "program"} */ (format)]();
    reply({ job, text }, []);
  },

  async close({ job }) {
    kept.get(job)?.free();
    kept.delete(job);
    newest.delete(job);
  },
};

/** Jobs with questions that wait. @type {Map<number, Question[]>} */
const waiting = new Map();

addEventListener("message", ({ data }) => {
  const question = /** @type {Question} */ (data);
  newest.set(question.job, question);
  // One question of a job after the other; of those that wait only the last is answered. But the next
  // frame of a crowd does not take the place of the crowd.
  const queue = waiting.get(question.job);
  waiting.set(question.job, [...(queue ?? []).filter(({ kind }) => question.kind === "frame" && kind === "crowd"), question]);
  if (!queue) work(question.job);
});

/** @param {number} job */
async function work(job) {
  for (;;) {
    const [question, ...later] = waiting.get(job) ?? [];
    if (!question) break;
    waiting.set(job, later);
    try {
      await answers[question.kind]?.(question);
    } catch (error) {
      reply({ job, failed: error instanceof Error ? error.message : String(error) }, []);
    }
  }
  waiting.delete(job);
}
