// Post-build hook of trunk: the engine becomes its modules (modules.mjs), the course its pages (course.mjs),
// and the words of a first figure get files of their own (words.mjs). Frames and the package's module are made as one
// file each (one-file.mjs). In a release build, each page's module becomes
// one minified file under its own name, what it loads later becomes files beside it, and modules that no page
// asks for any more leave the folder. Style sheets are minified in place. The engine's modules stay
// by themselves: www/js/engine.js loads them by name, so that every entry on a page shares one instance.
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { course } from './course.mjs';
import { divide } from './modules.mjs';
import { writeOneFiles } from './one-file.mjs';
import { writeWords } from './words.mjs';

/** Modules that other sites import, whether or not a page of ours does. */
const PUBLIC_MODULES = ['js/backflow-figure.js'];
const TARGET = 'es2022';

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) {
  console.error('bundle.mjs: TRUNK_STAGING_DIR is not set; trunk runs this script (cargo xtask build)');
  process.exit(1);
}
const release = process.env.TRUNK_PROFILE === 'release';
await divide(path.resolve(staging), release);
await course(path.resolve(staging));
await writeWords(path.resolve(staging));
await writeOneFiles(path.resolve(staging));
if (release) await bundle(path.resolve(staging));

/** @param {string} root */
async function bundle(root) {
  const files = (await readdir(root, { recursive: true })).map((file) => file.split(path.sep).join('/'));
  const scripts = files.filter((file) => file.startsWith('js/') && /\.m?js$/.test(file));
  const entries = new Set(PUBLIC_MODULES.filter((file) => files.includes(file)));
  for (const page of files.filter((file) => /^[^/]+\.html$/.test(file))) {
    for (const entry of moduleScripts(await readFile(path.join(root, page), 'utf8'))) {
      if (!files.includes(entry)) throw new Error(`${page} names the module ${entry}, which is not in the build`);
      entries.add(entry);
    }
  }

  /** @type {Map<string, Uint8Array>} */
  const outputs = new Map();
  // Entries grow while we go: a module may name a worker by URL.
  for (const entry of entries) {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outdir: path.posix.dirname(entry),
      entryNames: '[name]',
      chunkNames: '[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      target: TARGET,
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      metafile: true,
      write: false,
      logLevel: 'warning',
    });
    for (const file of result.outputFiles) {
      outputs.set(path.relative(root, file.path).split(path.sep).join('/'), file.contents);
    }
    for (const input of Object.keys(result.metafile.inputs)) {
      const source = await readFile(path.join(root, input), 'utf8');
      if (source.includes('import.meta.url') && path.posix.dirname(input) !== path.posix.dirname(entry)) {
        throw new Error(`${input} uses import.meta.url, which changes when it is bundled into ${entry}: use it only beside the entry`);
      }
      for (const [, worker] of source.matchAll(/new URL\(\s*['"]([^'"]+\.m?js)['"]\s*,\s*import\.meta\.url/g)) {
        const target = path.posix.join(path.posix.dirname(input), worker);
        if (files.includes(target)) entries.add(target);
      }
    }
  }

  await Promise.all(scripts.map((file) => rm(path.join(root, file))));
  for (const folder of new Set(scripts.map((file) => path.posix.dirname(file)).sort().reverse())) {
    // A folder that still holds something stays.
    await rmdir(path.join(root, folder)).catch(() => undefined);
  }
  await Promise.all(
    [...outputs.keys()].map((file) => mkdir(path.dirname(path.join(root, file)), { recursive: true })),
  );
  await Promise.all([...outputs].map(([file, contents]) => writeFile(path.join(root, file), contents)));
  await Promise.all(files.map((file) => minify(root, file)));
}

/**
 * The local modules that a page starts.
 * @param {string} html
 */
function moduleScripts(html) {
  return [...html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<script\b[^>]*>/gi)]
    .map(([tag]) => tag)
    .filter((tag) => /\btype\s*=\s*["']?module\b/i.test(tag))
    .map((tag) => /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag))
    .map((match) => match?.[1] ?? match?.[2] ?? match?.[3] ?? '')
    .map((src) => path.posix.normalize(src.replace(/[?#].*$/, '')).replace(/^\/+/, ''))
    .filter((src) => src.startsWith('js/'));
}

/**
 * @param {string} root
 * @param {string} file
 */
async function minify(root, file) {
  const location = path.join(root, file);
  if (/^backflow(-[\w-]+)?\.js$/.test(file) || file.endsWith('.css')) {
    const loader = file.endsWith('.css') ? 'css' : 'js';
    const { code } = await transform(await readFile(location, 'utf8'), {
      loader,
      minify: true,
      target: TARGET,
      charset: 'utf8',
      legalComments: 'none',
      sourcefile: file,
    });
    await writeFile(location, code);
  }
}
