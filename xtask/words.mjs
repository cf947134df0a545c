// The words of each language. What one has not is put in from English, so that a page fetches one language and
// not two. And the words that a first figure needs: those that js/backflow-figure.js can say with all that it
// imports at once, as locales/first/*.json. Whatever it loads later brings the whole language, but for what figures
// of the course say: that is in locales/course/*.json; what the city says is in locales/city/*.json,
// what is said of sharing a figure in locales/share/*.json, and what the page of a class says in locales/class/*.json.
// The words of the course stand in its pages (course.mjs), and so in none of these files.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const ENTRY = 'js/backflow-figure.js';
const FALLBACK = 'en.json';
/** What the drawings and the challenges of the course say. */
const LESSONS = /^(plot|challenge)\b/;
/** What the page of a class says, some of it with the city's page. */
const CLASS = /^(cohort\b|city\.page\.(course|lab)$)/;
/** What the city alone says, and what it says that others say too. */
const CITY = /^city\b/;
/** What is said of sharing. */
const SHARE = /^share\b/;
const SHARED = /^(run\.(play|pause|step|reset)|error\.(absolute|squared)|(law|demand|rule)\.\w+|set\.(error|law|range|demand|rule|batch|seed|pace)|desk\.look|look\.\w+|lab\.about)$/;

/**
 * Makes the languages whole, and writes the first words beside them. The modules must not be bundled yet.
 * @param {string} root
 */
export async function writeWords(root) {
  const says = sayings(await modules(root));
  const folder = path.join(root, 'locales');
  const read = async (/** @type {string} */ file) => {
    const words = Object.entries(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
    return Object.fromEntries(words.filter(([key]) => !key.startsWith('course.')));
  };
  const english = await read(FALLBACK);
  for (const name of ['first', 'course', 'city', 'share', 'class']) await mkdir(path.join(folder, name), { recursive: true });
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
    const words = { ...english, ...(await read(file)) };
    const first = Object.fromEntries(Object.entries(words).filter(([key]) => says(key)));
    const lab = Object.fromEntries(Object.entries(words).filter(([key]) => !LESSONS.test(key) && !CITY.test(key) && !SHARE.test(key) && !CLASS.test(key)));
    const city = Object.fromEntries(Object.entries(words).filter(([key]) => CITY.test(key) || SHARED.test(key)));
    const lessons = Object.fromEntries(Object.entries(words).filter(([key]) => LESSONS.test(key)));
    const share = Object.fromEntries(Object.entries(words).filter(([key]) => SHARE.test(key)));
    const cohort = Object.fromEntries(Object.entries(words).filter(([key]) => CLASS.test(key)));
    await writeFile(path.join(folder, file), JSON.stringify(lab));
    await writeFile(path.join(folder, 'share', file), JSON.stringify(share));
    await writeFile(path.join(folder, 'first', file), JSON.stringify(first));
    await writeFile(path.join(folder, 'course', file), JSON.stringify(lessons));
    await writeFile(path.join(folder, 'city', file), JSON.stringify(city));
    await writeFile(path.join(folder, 'class', file), JSON.stringify(cohort));
  }
}

/**
 * The text of the entry and of all that it imports statically.
 * @param {string} root
 */
async function modules(root) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    outdir: 'unused',
    bundle: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const outputs = Object.entries(metafile.outputs);
  const queue = outputs.filter(([, { entryPoint }]) => entryPoint === ENTRY).map(([name]) => name);
  const inputs = new Set();
  for (const name of queue) {
    for (const input of Object.keys(metafile.outputs[name].inputs)) inputs.add(input);
    for (const { path: next, kind } of metafile.outputs[name].imports) {
      if (kind === 'import-statement' && !queue.includes(next)) queue.push(next);
    }
  }
  return Promise.all([...inputs].map((input) => readFile(path.join(root, input), 'utf8')));
}

/**
 * Whether modules can say a key: one of their texts is the key, or a template makes it.
 * @param {string[]} sources
 */
export function sayings(sources) {
  const all = sources.join('\n');
  const plain = new Set([...all.matchAll(/"([\w.-]+)"/g)].map(([, text]) => text));
  const templates = [...all.matchAll(/`([\w.-]*\$\{[^`]*)`/g)]
    .map(([, text]) => text.split(/\$\{[^}]*\}/))
    .filter((parts) => parts.every((part) => /^[\w.-]*$/.test(part)) && parts.join('').includes('.'))
    .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[^.]+')}$`));
  return (/** @type {string} */ key) => plain.has(key) || templates.some((template) => template.test(key));
}
