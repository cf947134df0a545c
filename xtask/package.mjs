// The npm package `backflow-figure`, from the built site: target/npm/backflow-figure and, packed, the .tgz beside it.
// Its modules have everything inside (one-file.mjs), so that whatever bundles or serves it has nothing to find.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'backflow-figure';
const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'target', 'npm');
const folder = path.join(out, NAME);

/** What the package holds, and where it comes from. */
const FILES = {
  'backflow-figure.js': 'dist/package/backflow-figure.js',
  'anywidget.js': 'dist/package/anywidget.js',
  'backflow-figure.d.ts': 'www/backflow-figure.d.ts',
  'custom-elements.json': 'www/custom-elements.json',
  'README.md': 'docs/package.md',
  'LICENSE-MIT': 'LICENSE-MIT',
  'LICENSE-APACHE': 'LICENSE-APACHE',
};

await rm(out, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const [name, source] of Object.entries(FILES)) await cp(path.join(root, source), path.join(folder, name));
await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(await description(), null, 2)}\n`);
const { status, stderr } = spawnSync('npm', ['pack', '--pack-destination', '..'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
if (status !== 0) throw new Error(`npm pack: ${stderr}`);
for (const name of Object.keys(FILES)) console.log(`${name.padEnd(22)} ${(await stat(path.join(folder, name))).size.toLocaleString('en').padStart(9)} bytes`);

async function description() {
  const manifest = await readFile(path.join(root, 'Cargo.toml'), 'utf8');
  const version = /^version = "([^"]+)"/m.exec(manifest)?.[1];
  if (!version) throw new Error('Cargo.toml names no version');
  return {
    name: NAME,
    version,
    description: 'Backpropagation on a shower: figures that one turns valves in, as a custom element',
    license: 'MIT OR Apache-2.0',
    type: 'module',
    main: './backflow-figure.js',
    types: './backflow-figure.d.ts',
    exports: {
      '.': { types: './backflow-figure.d.ts', default: './backflow-figure.js' },
      './anywidget': './anywidget.js',
      './custom-elements.json': './custom-elements.json',
    },
    customElements: 'custom-elements.json',
    // Importing it registers the element.
    sideEffects: true,
    files: Object.keys(FILES),
  };
}
