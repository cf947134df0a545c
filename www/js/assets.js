// Where the files of a figure come from: from the site, beside this module. In what is made as one file, such as
// embed.html, a module with the same names stands in its place and has everything inside: xtask/one-file.mjs.

/** Whether all figures are inside; embed.html has only some. */
export const whole = true;

/** A file of the site. @param {string} name @returns {URL} */
const at = (name) => new URL(`../${name}`, import.meta.url);

/** Fetches one. @param {string} name */
async function fetched(name) {
  const answer = await fetch(at(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

/**
 * A module of the engine, ready to be called.
 * @param {string} name
 */
export async function engine(name) {
  const glue = await import(at(`${name}.js`).href);
  await glue.default({ module_or_path: at(`${name}_bg.wasm`) });
  return glue;
}

/**
 * A style sheet: its address, where a page may have it already, and its text.
 * @param {string} name
 * @returns {{ href: string | undefined, text: () => Promise<string> }}
 */
export function sheet(name) {
  const file = `style/${name}.css`;
  return { href: at(file).href, text: async () => (await fetched(file)).text() };
}

/**
 * A file of words.
 * @param {string} name
 * @returns {Promise<Record<string, string>>}
 */
export async function words(name) {
  return (await fetched(`locales/${name}.json`)).json();
}

/** Starts a worker: that of errands, and that of a city. */
export const workers = {
  errands: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
  city: () => new Worker(new URL("./city-worker.js", import.meta.url), { type: "module" }),
};

/** The text of the page of a frame, in which a lesson is saved. @param {string} name @returns {Promise<string>} */
export async function page(name) {
  return (await fetched(name)).text();
}

/** The address of the frame that others embed, where this page has one. @returns {string | undefined} */
export function frame() {
  return at("embed.html").href;
}
