// A lesson as one file: embed.html with the states of the lesson inside.

/**
 * One state of a lesson: the attributes of its figure by their names.
 * @typedef {Record<string, string> & { figure: string }} State
 */

/** Where the states stand in embed.html. */
const PLACE = /(<script type="application\/json" id="lesson">)[^<]*(<\/script>)/;

/** The text of embed.html: the page's own where the page is that, or else the one beside the site. @param {string} address */
async function source(address) {
  const own = /** @type {{ backflowPage?: () => string | Promise<string> }} */ (globalThis).backflowPage;
  if (own) return own();
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`embed.html: ${answer.status}`);
  return answer.text();
}

/**
 * The file of a lesson.
 * @param {{ title: string, locale: string, states: State[] }} lesson
 * @param {string} [address] of embed.html
 */
export async function lessonFile({ title, locale, states }, address = new URL("../embed.html", import.meta.url).href) {
  const page = await source(address);
  if (!PLACE.test(page)) throw new Error(`embed.html: <script id="lesson">?`);
  // No text in it can end the script.
  const json = JSON.stringify({ version: 1, title, locale, states }).replaceAll("<", "\\u003c");
  return new Blob([page.replace(PLACE, (_, before, after) => before + json + after)], { type: "text/html" });
}
