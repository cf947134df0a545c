// Three modules from one build of the engine, each with the classes that its user needs: the page's own,
// a small first one for pages whose figures draw on no canvas, and the worker's. What a module does not
// export, and nothing else in it needs, is left out. A debug build keeps everything in all three.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import binaryen from 'binaryen';

/** What every module exports, whatever its classes: its memory and what the glue calls. */
const RUNTIME = /^(memory|__wbindgen|__externref|__abort|__instance)/;
/** What the worker's module exports. */
const MANY = /^(ratesmap_|crowdview_|auditview_|__wbg_(ratesmap|crowdview|auditview)_free$)/;
/** What a page needs of these beside the worker: names and colours for its legends. */
const LEGEND = /^ratesmap_(names|color)$/;
/** What the small first module exports: everything that a figure of handles and pipes calls. */
const FIRST =
  /^(__wbg_lab_free|lab_(new|complaints|scenario|readingNames|reading|get|set|setFraction|nudge|turn|turnTo|settle|step|reset|ended))$/;

/** @type {Record<string, (name: string) => boolean>} */
const MODULES = {
  'backflow-first': (name) => FIRST.test(name),
  'backflow-many': (name) => MANY.test(name),
  backflow: (name) => !MANY.test(name) || LEGEND.test(name),
};

/**
 * Writes the modules and the glue of each. The glue is the same for all: a class that a module has not is
 * never called there.
 * @param {string} root
 * @param {boolean} release
 */
export async function divide(root, release) {
  const whole = await readFile(path.join(root, 'backflow_bg.wasm'));
  for (const [name, wanted] of Object.entries(MODULES)) {
    if (name !== 'backflow') await copyFile(path.join(root, 'backflow.js'), path.join(root, `${name}.js`));
    await writeFile(path.join(root, `${name}_bg.wasm`), release ? reduced(whole, wanted) : whole);
  }
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
