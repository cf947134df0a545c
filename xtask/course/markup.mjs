// The small markup in the words of the course, turned into HTML:
//
// *emphasis*, `m` a quantity's letter, [[term]] or [[words|term]] of the glossary, $dy/dh$ a sensitivity,
// [words](link) to a place that the build knows, {number}, {number@scenario} and {number|2} with so many decimals.
import { inline, letter } from './formulas.mjs';

/** Where a text may lead. Addresses are the same in every language. @type {Record<string, string>} */
const LINKS = {
  lab: 'lab.html',
  city: 'city.html',
  class: 'class.html',
  e2eml: 'https://e2eml.school',
  'cc-by': 'https://creativecommons.org/licenses/by/4.0/',
};

const MARK = /\{([^{}]*)\}|\[\[([^[\]|]*)(?:\|([\w-]+))?\]\]|\[([^[\]]*)\]\(([^()]*)\)|\$([^$]*)\$|`([^`]*)`|\*([^*]*)\*/g;
const NUMBER = /^([\w.-]+)(?:@([^|]*))?(?:\|(\d))?$/;

/** @param {string} text */
export const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * @typedef {object} Context of a text
 * @property {string} key of the text, for whoever has to mend it
 * @property {string | undefined} scenario of the figure beside it; undefined where there is none
 * @property {(asked: import('./numbers.mjs').Asked) => string} number as HTML
 * @property {Set<string>} terms that the glossary has
 * @property {Set<string>} linked terms that have been linked; the first use of each is
 */

/**
 * Words as HTML.
 * @param {string} words
 * @param {Context} context
 * @returns {string}
 */
export function html(words, context) {
  const wrong = (/** @type {string} */ what) => new Error(`${context.key}: ${what}`);
  const plain = (/** @type {string} */ text) => {
    const odd = /[{}[\]$`*]/.exec(text);
    if (odd) throw wrong(`the sign ${odd[0]} is no markup in “${text.trim()}”`);
    return escape(text);
  };
  let out = '';
  let at = 0;
  for (const match of words.matchAll(MARK)) {
    out += plain(words.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, number, term, id, link, place, formula, quantity, emphasis] = match;
    if (number !== undefined) {
      const [, of, scenario = context.scenario, digits] = NUMBER.exec(number) ?? [];
      if (of === undefined) throw wrong(`${whole} names no number`);
      if (scenario === undefined) throw wrong(`${whole} names no scenario, and no figure stands beside it`);
      out += context.number({ of, scenario, digits: digits === undefined ? undefined : Number(digits) });
    } else if (term !== undefined) out += termHtml(term, id ?? term.toLowerCase(), context, wrong);
    else if (link !== undefined) {
      if (!Object.hasOwn(LINKS, place)) throw wrong(`there is no link ${place}; there are ${Object.keys(LINKS).join(', ')}`);
      out += `<a href="${LINKS[place]}">${plain(link)}</a>`;
    } else if (formula !== undefined) out += inline(formula);
    else if (quantity !== undefined) {
      if (!/^([mhxywE]|y')$/.test(quantity)) throw wrong(`\`${quantity}\` is no quantity`);
      out += `<math>${letter(quantity)}</math>`;
    } else out += `<em>${plain(emphasis)}</em>`;
  }
  return out + plain(words.slice(at));
}

/**
 * @param {string} term
 * @param {string} id
 * @param {Context} context
 * @param {(what: string) => Error} wrong
 */
function termHtml(term, id, { terms, linked }, wrong) {
  if (!terms.has(id)) throw wrong(`the glossary has no term ${id}`);
  if (linked.has(id)) return escape(term);
  linked.add(id);
  return `<a class="term" href="#term-${id}">${escape(term)}</a>`;
}

/** Words without any markup, for an attribute. @param {string} words @param {string} key */
export function bare(words, key) {
  if (/[{}[\]$`*]/.test(words)) throw new Error(`${key}: an attribute has no markup: ${words}`);
  return escape(words);
}
