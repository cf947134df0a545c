// The still pictures of the course's figures, in light and in dark: what stands there without JavaScript, and on paper.
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @typedef {{ name: string, still: string }} Figure the string that the picture is asked for with */
/** @typedef {{ width: number, height: number }} Size */

/** The looks that there are. */
const LOOKS = ['light', 'dark'];

/**
 * Draws the pictures into figures/, and returns the size of each that could be drawn.
 * @param {string} root
 * @param {Figure[]} figures
 * @returns {Promise<{ sizes: Map<string, Size>, missing: string[] }>}
 */
export async function draw(root, figures) {
  const program = compile();
  await mkdir(path.join(root, 'figures'), { recursive: true });
  /** @type {Map<string, Size>} */
  const sizes = new Map();
  /** @type {string[]} */
  const missing = [];
  for (const { name, still } of figures) {
    const drawn = await Promise.all(LOOKS.map((look) => run(program, `${still}&theme=${look}`)));
    const failed = drawn.find(({ status }) => status !== 0);
    if (failed) {
      missing.push(`${name}: ${failed.complaints.trim()}`);
      continue;
    }
    for (const [index, { svg }] of drawn.entries()) await writeFile(path.join(root, 'figures', `${name}-${LOOKS[index]}.svg`), svg);
    sizes.set(name, size(drawn[0].svg));
  }
  return { sizes, missing };
}

/** Builds the example, without the long optimization of a release; returns where it is. */
function compile() {
  const options = ['build', '--example', 'figure', '--locked', '--message-format', 'json'];
  const { status, stdout, stderr, error } = spawnSync('cargo', options, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error || status !== 0) throw new Error(`cargo ${options.join(' ')}: ${error?.message ?? stderr}`);
  const artifacts = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const found = artifacts.find(({ target, executable }) => executable && target?.name === 'figure');
  return /** @type {string} */ (found.executable);
}

/**
 * @param {string} program
 * @param {string} asked
 * @returns {Promise<{ status: number | null, svg: string, complaints: string }>}
 */
function run(program, asked) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [asked]);
    let [svg, complaints] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (svg += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, svg, complaints }));
  });
}

/** The size that a picture names. @param {string} svg */
function size(svg) {
  const [tag] = /<svg[^>]*>/.exec(svg) ?? [''];
  const side = (/** @type {string} */ name) => Number(new RegExp(`\\s${name}="([\\d.]+)`).exec(tag)?.[1]);
  return { width: side('width'), height: side('height') };
}
