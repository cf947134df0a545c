// Three modules from one build of the engine, each with the classes that its user needs: the page's own,
// a small first one for pages whose figures draw on no canvas, and the worker's. What a module does not
// export, and nothing else in it needs, is left out, of the wasm and of the glue. A debug build keeps
// everything in all three.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import binaryen from 'binaryen';
import { build } from 'esbuild';

/** What every module exports, whatever its classes: its memory and what the glue calls. */
const RUNTIME = /^(memory|__wbindgen|__externref|__abort|__instance)/;
/** The classes of the worker. */
const MANY = ['RatesMap', 'CrowdView', 'AuditView', 'Export'];
/** What a page needs of these beside the worker: sizes, and names and colours for its legends. */
const LEGEND = ['ratesmap_usual', 'ratesmap_shown', 'ratesmap_names', 'ratesmap_color'];
/** What a figure of handles and pipes calls. */
const FIRST =
  /^lab_(new|open|complaints|scenario|readingNames|reading|set|setFraction|nudge|turn|turnTo|settle|undo|redo|undoable|redoable|step|reset|ended)$/;

/** Whether an export belongs to one of some classes. @param {string[]} classes */
const belongs = (classes) => (/** @type {string} */ name) =>
  classes.some((type) => name.startsWith(`${type.toLowerCase()}_`) || name === `__wbg_${type.toLowerCase()}_free`);

/** @type {Record<string, { classes: (all: string[]) => string[], wanted: (name: string) => boolean }>} */
const MODULES = {
  'backflow-first': { classes: () => ['Lab'], wanted: (name) => FIRST.test(name) || name === '__wbg_lab_free' },
  'backflow-many': { classes: () => MANY, wanted: belongs(MANY) },
  backflow: {
    classes: (all) => all.filter((type) => !MANY.includes(type) || type === 'RatesMap'),
    wanted: (name) => !belongs(MANY)(name) || LEGEND.includes(name),
  },
};

/**
 * Writes the modules and the glue of each.
 * @param {string} root
 * @param {boolean} release
 */
export async function divide(root, release) {
  const glue = await readFile(path.join(root, 'backflow.js'), 'utf8');
  const whole = await readFile(path.join(root, 'backflow_bg.wasm'));
  const all = [...glue.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
  for (const [name, { classes, wanted }] of Object.entries(MODULES)) {
    const file = (/** @type {string} */ ending) => path.join(root, `${name}${ending}`);
    await writeFile(file('.js'), release ? await reducedGlue(glue, classes(all)) : glue);
    await writeFile(file('_bg.wasm'), release ? reduced(whole, wanted) : whole);
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

/**
 * A module with some of its exports.
 * @param {Uint8Array} whole
 * @param {(name: string) => boolean} wanted
 */
function reduced(whole, wanted) {
  const module = binaryen.readBinary(whole);
  const exports = Array.from({ length: module.getNumExports() }, (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name);
  for (const name of exports) {
    if (!RUNTIME.test(name) && !wanted(name)) module.removeExport(name);
  }
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
