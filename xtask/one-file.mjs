// Figures as one file with everything inside: the frames embed.html (the figures that need no more than canvases) and
// embed-all.html (all of them), and a module for the package. The sources are those of the page; in the place of
// www/js/assets.js, which fetches, stands a module with the same names that has the engine, the styles and the words
// inside. See www/js/frame-query.js for which figure is in which file.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { sayings } from './words.mjs';

const TARGET = 'es2022';
/** The engine of each file. */
const MODULES = { small: 'backflow-frame', all: 'backflow-all' };
/** Modules whose parts no figure of the small file has: they are empty in it. */
const LEFT_OUT = /[\\/]js[\\/](city|code|desk|help|lanes|lessons|loop|measured|memory|questions|rates|starts)\.js$/;
/** What stands in a script for the engine's bytes until it is bundled. */
const BYTES = '__BACKFLOW_BYTES__';
/** The workers by the names that www/js/assets.js gives them. */
const WORKERS = { errands: 'js/worker.js', city: 'js/city-worker.js' };

/**
 * Writes the files into a built site. Its modules must not be bundled yet.
 * @param {string} root
 */
export async function writeOneFiles(root) {
  const template = await readFile(path.join(root, 'embed.html'), 'utf8');
  await writeFile(path.join(root, 'embed.html'), await frame(root, template, 'small'));
  await writeFile(path.join(root, 'embed-all.html'), await frame(root, template, 'all'));
  await mkdir(path.join(root, 'package'), { recursive: true });
  for (const entry of ['backflow-figure', 'anywidget']) {
    await writeFile(path.join(root, 'package', `${entry}.js`), await script(root, `js/${entry}.js`, 'all', 'esm'));
  }
  for (const module of Object.values(MODULES)) {
    for (const ending of ['.js', '.d.ts', '_bg.wasm']) await rm(path.join(root, module + ending));
  }
}

/**
 * A frame. Its policy lets nothing run but its own script, and lets it ask nobody for anything.
 * @param {string} root
 * @param {string} template
 * @param {'small' | 'all'} size
 */
async function frame(root, template, size) {
  const style = await styles(root, ['tokens', 'page', 'frame']);
  // What would end the script early is written in another way that means the same.
  const code = (await script(root, 'js/frame.js', size, 'iife')).replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const hash = (/** @type {string} */ text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(code)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    // The workers' scripts are inside too.
    'worker-src blob:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const icon = `data:image/svg+xml,${encodeURIComponent((await readFile(path.join(root, 'icon.svg'), 'utf8')).trim())}`;
  const parts = { policy, icon, style, script: code };
  return template.replace(/\{(policy|icon|style|script)\}/g, (_, name) => parts[/** @type {keyof typeof parts} */ (name)]);
}

/** Style sheets as one text. @param {string} root @param {string[]} names */
async function styles(root, names) {
  const texts = await Promise.all(names.map((name) => readFile(path.join(root, 'style', `${name}.css`), 'utf8')));
  return (await minified(texts.join('\n'), 'css')).trim();
}

/** @param {string} text @param {'css' | 'js'} loader */
async function minified(text, loader) {
  const { code } = await transform(text, { loader, minify: true, target: TARGET, charset: 'utf8', legalComments: 'none' });
  return code;
}

/**
 * A script with everything inside.
 * @param {string} root
 * @param {string} entry
 * @param {'small' | 'all'} size
 * @param {'iife' | 'esm'} format
 */
async function script(root, entry, size, format) {
  const { code } = await bundled(root, entry, { format, size, assets: await assets(root, size, entry) });
  const parts = code.split(BYTES);
  if (parts.length !== 2) throw new Error(`${entry}: the engine's bytes have ${parts.length - 1} places, not one`);
  return parts.join(literal(await readFile(path.join(root, `${MODULES[size]}_bg.wasm`))));
}

/**
 * Bytes as a text of as many letters: that is hardly more in brotli than the bytes themselves.
 * @param {Uint8Array} bytes
 */
function literal(bytes) {
  const letters = Array.from(bytes, (byte) => {
    const letter = String.fromCharCode(byte);
    // What ends a text, what HTML changes or reads as its own, and what would be read with a digit behind it.
    if (letter === '\\' || letter === '"') return `\\${letter}`;
    return letter === '\n' ? '\\n' : letter === '\r' ? '\\r' : letter === '\0' ? '\\x00' : letter === '<' ? '\\x3c' : letter;
  });
  return `"${letters.join('')}"`;
}

/**
 * The module in the place of assets.js.
 * @param {string} root
 * @param {'small' | 'all'} size
 * @param {string} entry what it is for: the small file has only the words that it says
 */
async function assets(root, size, entry) {
  const says = size === 'all' ? () => true : sayings(await sources(root, entry));
  const list = async (/** @type {string} */ folder, /** @type {string} */ ending) =>
    (await readdir(path.join(root, folder))).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
  const sheets = Object.fromEntries(
    await Promise.all((await list('style', '.css')).filter((name) => !/page|course|cohort|frame/.test(name)).map(async (name) => [name, await styles(root, [name])])),
  );
  const folders = size === 'all' ? ['', 'share/', 'course/', 'city/'] : ['', 'share/'];
  /** @type {Record<string, object>} */
  const words = {};
  for (const language of await list('locales', '.json')) {
    const lab = await json(root, language);
    for (const folder of folders) {
      const own = Object.entries(await json(root, folder + language));
      // What others say too is with the lab's.
      words[folder + language] = Object.fromEntries(own.filter(([key]) => says(key) && (folder === '' || !Object.hasOwn(lab, key))));
    }
  }
  /** @type {Record<string, string>} */
  const workers = {};
  if (size === 'all') {
    for (const [name, file] of Object.entries(WORKERS)) workers[name] = (await bundled(root, file, { format: 'iife', size, assets: workerAssets() })).code;
  }
  return `
    import init, * as glue from "glue";
    import { once } from "./words.js";
    export const whole = ${size === 'all'};
    const module = once(() => WebAssembly.compile(Uint8Array.from(${BYTES}, (letter) => letter.charCodeAt(0))));
    const started = once(async () => {
      await init({ module_or_path: await module() });
      return glue;
    });
    export const engine = () => started();
    const sheets = ${JSON.stringify(sheets)};
    export const sheet = (name) => ({ href: undefined, text: async () => sheets[name] });
    const texts = ${JSON.stringify(words)};
    // A first figure's words are some of the lab's, and the names of challenges.
    export const words = async (name) => (name.startsWith("first/") ? { ...texts[name.slice(6)], ...texts[name.replace("first/", "course/")] } : (texts[name] ?? {}));
    const sources = ${JSON.stringify(workers)};
    const work = (name) => {
      if (!whole) throw new Error("embed.html has this not inside; embed-all.html has");
      const address = URL.createObjectURL(new Blob([sources[name]], { type: "text/javascript" }));
      const worker = new Worker(address);
      URL.revokeObjectURL(address);
      module().then((made) => worker.postMessage({ kind: "module", module: made }));
      return worker;
    };
    export const workers = { errands: () => work("errands"), city: () => work("city") };
    export const frame = () => undefined;
    export const page = async (name) => {
      throw new Error(name);
    };
  `;
}

/** The same for a worker, which is sent the engine before anything else. */
function workerAssets() {
  return `
    import init, * as glue from "glue";
    let take;
    const module = new Promise((done) => { take = done; });
    addEventListener("message", (event) => {
      if (event.data?.kind !== "module") return;
      event.stopImmediatePropagation();
      take(event.data.module);
    });
    export const engine = async () => {
      await init({ module_or_path: await module });
      return glue;
    };
    export const whole = true;
    export const workers = {};
    export const sheet = () => ({});
    export const words = async () => ({});
    export const frame = () => undefined;
    export const page = () => undefined;
  `;
}

/** @param {string} root @param {string} name */
async function json(root, name) {
  return JSON.parse(await readFile(path.join(root, 'locales', `${name}.json`), 'utf8'));
}

/**
 * The texts of the modules that the small file is made of.
 * @param {string} root
 * @param {string} entry
 */
async function sources(root, entry) {
  const { inputs } = await bundled(root, entry, { format: 'iife', size: 'small', assets: `${workerAssets()} void ${BYTES};` });
  const files = inputs.filter((file) => file.startsWith('js/') && !LEFT_OUT.test(`/${file}`));
  return Promise.all(files.map((file) => readFile(path.join(root, file), 'utf8')));
}

/**
 * What is made of a script with all that it imports.
 * @typedef {object} Making
 * @property {'iife' | 'esm'} format
 * @property {'small' | 'all'} size
 * @property {string} assets the module in the place of assets.js
 */

/**
 * A script with all that it imports.
 * @param {string} root
 * @param {string} entry
 * @param {Making} making
 */
async function bundled(root, entry, { format, size, assets }) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format,
    target: TARGET,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    // The glue asks for its own address where it is given no bytes, which does not happen here.
    logOverride: { 'empty-import-meta': 'silent' },
    plugins: [
      {
        name: 'one file',
        setup(builder) {
          builder.onLoad({ filter: /[\\/]js[\\/]assets\.js$/ }, () => ({ contents: assets, loader: 'js', resolveDir: path.join(root, 'js') }));
          builder.onResolve({ filter: /^glue$/ }, () => ({ path: path.join(root, `${MODULES[size]}.js`) }));
          if (size === 'small') builder.onLoad({ filter: LEFT_OUT }, async ({ path: file }) => ({ contents: await emptied(file), loader: 'js' }));
        },
      },
    ],
  });
  return { code: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** A module that exports the same names, and nothing by them. @param {string} file */
async function emptied(file) {
  const names = [...(await readFile(file, 'utf8')).matchAll(/^export (?:async )?(?:class|function|const) (\w+)/gm)].map(([, name]) => name);
  return names.map((name) => `export const ${name} = undefined;`).join('\n');
}
