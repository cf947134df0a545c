// The modules of the page, each with the classes that its user needs. The lab's and the course's come from trunk's
// build; a small first one, for pages whose figures draw on no canvas, from one without drawing; the workers' from one
// with the texts of files too, of which that of a class is cut as well. What a module does not export, and nothing else in it needs, is left out, of the
// wasm and of the glue; but texts cannot be left out of a module that is made, and so there are several builds.
// Two more are the engines of what is made as one file (one-file.mjs).
// The city's modules, and what its figure needs beside, are made once more without vector instructions, for browsers
// that have none. Those for debugging leave nothing out.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Threads } from './reduce.mjs';

/** What every module exports, whatever its classes: its memory and what the glue calls. */
const RUNTIME = /^(memory|__wbindgen|__externref|__abort|__instance)/;
/** The classes of the worker. */
const MANY = ['RatesMap', 'CrowdView', 'AuditView', 'Export'];
/** The classes of the figures of the course. */
const COURSE = ['PlotView', 'Lessons'];
/** The classes of the figures that the small frame has inside. */
const FRAME = ['Lab', 'CurvesView', 'HistoryView', 'LandscapeView'];
/** The classes of the city's worker. */
const CITY = ['City', 'Trial'];
/** The classes of a class. */
const COHORT = ['Cohort', 'CohortView'];
/** What these figures call beside: the small network's. */
const NETWORK = /^lab_(network|turnPipe|nudgePipe|stepNetwork)$/;
/** What a page needs of these beside the worker: sizes, and names and colours for its legends. */
const LEGEND = ['ratesmap_usual', 'ratesmap_shown', 'ratesmap_names', 'ratesmap_color'];
/** What a figure of handles and pipes calls, and that of the city. */
const FIRST =
  /^lab_(new|open|get|complaints|scenario|readingNames|reading|set|setFraction|nudge|turn|turnTo|settle|undo|redo|undoable|redoable|step|reset|ended)$/;

/** Whether an export belongs to one of some classes. @param {string[]} classes */
const belongs = (classes) => (/** @type {string} */ name) =>
  classes.some((type) => name.startsWith(`${type.toLowerCase()}_`) || name === `__wbg_${type.toLowerCase()}_free`);

const TARGET = 'wasm32-unknown-unknown';

/** How a module is compiled. @typedef {{ features: string[], plain?: boolean }} Making */
/** With every feature. One build, of which more than one module is cut. @type {Making} */
const WHOLE = { features: [] };
/** Without vector instructions, which a browser may not have. @type {Making} */
const PLAIN = { features: [], plain: true };

/**
 * A page's module without some classes and methods; of maps it keeps what their legends need.
 * @param {string[]} without
 * @param {RegExp} [unused] exports of other classes
 * @returns {Selection}
 */
function page(without, unused) {
  return {
    classes: (all) => all.filter((type) => !without.includes(type) || type === 'RatesMap'),
    wanted: (name) => (!belongs(without)(name) || LEGEND.includes(name)) && !unused?.test(name),
  };
}

/** @typedef {{ classes: (all: string[]) => string[], wanted: (name: string) => boolean }} Selection */

/** What a figure of handles and pipes has inside. @type {Selection} */
const first = { classes: () => ['Lab'], wanted: (name) => FIRST.test(name) || name === '__wbg_lab_free' };
/** What the city's worker has inside. @type {Selection} */
const city = { classes: (all) => all.filter((type) => CITY.includes(type)), wanted: belongs(CITY) };

/** The modules, and how those are built that trunk has not built. @type {Record<string, Selection & { made?: Making }>} */
const MODULES = {
  'backflow-course': page(MANY),
  backflow: page([...MANY, ...COURSE], NETWORK),
  'backflow-city': { made: WHOLE, ...city },
  'backflow-first': { made: { features: ['--no-default-features'] }, ...first },
  'backflow-all': { made: WHOLE, classes: (all) => all.filter((type) => !COHORT.includes(type)), wanted: (name) => !belongs(COHORT)(name) },
  'backflow-frame': { classes: () => FRAME, wanted: (name) => belongs(FRAME)(name) && !NETWORK.test(name) },
  'backflow-many': { made: WHOLE, classes: () => MANY, wanted: belongs(MANY) },
  'backflow-cohort': { made: WHOLE, classes: () => COHORT, wanted: belongs(COHORT) },
  'backflow-first-plain': { made: PLAIN, ...first },
  'backflow-city-plain': { made: PLAIN, ...city },
};

/**
 * Writes the modules, the glue of each, and what they have inside as types. While the next build is compiled, which
 * one core does for most of its time, others cut the modules of those before.
 * @param {string} root
 * @param {boolean} release
 */
export async function divide(root, release) {
  const threads = new Threads(availableParallelism());
  try {
    const own = await read(root);
    const cut = modules(undefined).map(([name, selection]) => write(root, name, own, selection, release, threads));
    for (const made of new Set(Object.values(MODULES).map((module) => module.made))) {
      if (!made) continue;
      const folder = await mkdtemp(path.join(tmpdir(), 'backflow-'));
      try {
        await run('wasm-bindgen', ['--target', 'web', '--out-dir', folder, await compiled(made, release)]);
        const whole = await read(folder);
        cut.push(...modules(made).map(([name, selection]) => write(root, name, whole, selection, release, threads)));
      } finally {
        await rm(folder, { recursive: true });
      }
    }
    await Promise.all(cut);
  } finally {
    await threads.end();
  }
}

/** The modules that are cut of one build. @param {Making | undefined} made */
const modules = (made) => Object.entries(MODULES).filter(([, module]) => module.made === made);

/**
 * Compiles the engine; returns where its module is.
 * @param {Making} making
 * @param {boolean} release
 */
async function compiled({ features, plain = false }, release) {
  // Other flags want a folder of their own: else each build would undo what the one before has made.
  const own = plain ? ['--target-dir', 'target/plain'] : [];
  const env = plain ? { ...process.env, RUSTFLAGS: '-C target-feature=-simd128' } : process.env;
  const told = await run('cargo', ['build', '--lib', '--locked', '--target', TARGET, '--message-format', 'json', ...own, ...features, ...(release ? ['--release'] : [])], env);
  const artifacts = told.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  // What the compiler only warns of is a line without files.
  const files = artifacts.flatMap(({ target, filenames = [] }) => (target?.name === 'backflow' ? filenames : []));
  return files.find((file) => file.endsWith('.wasm'));
}

/** @typedef {{ glue: string, wasm: Uint8Array, types: string }} Whole */

/** A whole build. @param {string} folder @returns {Promise<Whole>} */
async function read(folder) {
  const file = (/** @type {string} */ ending) => path.join(folder, `backflow${ending}`);
  return { glue: await readFile(file('.js'), 'utf8'), wasm: await readFile(file('_bg.wasm')), types: await readFile(file('.d.ts'), 'utf8') };
}

/**
 * Writes a part of a build.
 * @param {string} root
 * @param {string} name
 * @param {Whole} whole
 * @param {Selection} selection
 * @param {boolean} release
 * @param {Threads} threads
 */
async function write(root, name, { glue, wasm, types }, { classes, wanted }, release, threads) {
  const all = [...glue.matchAll(/^export class (\w+)/gm)].map(([, type]) => type);
  const file = (/** @type {string} */ ending) => path.join(root, `${name}${ending}`);
  await writeFile(file('.js'), release ? await reducedGlue(glue, classes(all)) : glue);
  await writeFile(file('.d.ts'), types);
  await writeFile(file('_bg.wasm'), release ? await threads.reduced(wasm, (name) => RUNTIME.test(name) || wanted(name)) : wasm);
}

/**
 * Runs a program of the toolchain; returns what it prints, and shows what it says where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>}
 */
async function run(program, args, env = process.env) {
  try {
    return (await promisify(execFile)(program, args, { maxBuffer: 2 ** 26, env })).stdout;
  } catch (error) {
    const { message, stderr } = /** @type {import('node:child_process').ExecFileException} */ (error);
    throw new Error(`${program} ${args.join(' ')}: ${stderr || message}`, { cause: error });
  }
}

/**
 * The glue with some of its classes.
 * @param {string} glue
 * @param {string[]} classes
 */
async function reducedGlue(glue, classes) {
  // Two things in the glue look as if they had effects even where their class is not used.
  const contents = glue
    .replace(/^if \(Symbol\.dispose\) (\w+)\..*$/gm, (line, name) => (classes.includes(name) ? line : ''))
    .replaceAll('new FinalizationRegistry', '/* @__PURE__ */ new FinalizationRegistry');
  const { outputFiles } = await build({
    stdin: { contents: `export { default, initSync, ${classes.join(', ')} } from 'glue';` },
    plugins: [
      {
        name: 'glue',
        setup(builder) {
          builder.onResolve({ filter: /^glue$/ }, () => ({ path: 'glue', namespace: 'glue' }));
          builder.onLoad({ filter: /.*/, namespace: 'glue' }, () => ({ contents, loader: 'js' }));
        },
      },
    ],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
