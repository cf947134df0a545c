// The prose of a built page, held against the engine: every number is what it says it is, and nothing else is one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIST } from './server.mjs';

const glue = await import(pathToFileURL(path.join(DIST, 'backflow-course.js')).href);
glue.initSync({ module: readFileSync(path.join(DIST, 'backflow-course_bg.wasm')) });
const { Lab, Lessons } = glue;
const NAMES = Lab.readingNames();

/** Whether the build was allowed to leave numbers and pictures out. */
export const DRAFT = process.env.BACKFLOW_DRAFT === '1';

/** Names that have a digit in them. */
const NAMED = ['CC BY 4.0', 'Apache 2.0', 'e2eml.school'];

/**
 * The numbers of a page: what each says and where it says that it comes from.
 * @param {string} html
 */
export function numbersOf(html) {
  return [...html.matchAll(/<data\b([^>]*)>([^<]*)<\/data>/g)].map(([, tag, text]) => {
    const say = (/** @type {string} */ name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1].replaceAll('&amp;', '&');
    const digits = say('data-digits');
    return { text, value: say('value') ?? '', of: say('data-of') ?? '', scenario: say('data-scenario') ?? '', digits: digits === undefined ? undefined : Number(digits) };
  });
}

/** What a page says in words, texts of pictures and names of lists included. @param {string} html */
export function proseOf(html) {
  const body = html.slice(html.indexOf('<body')).replaceAll(/<(math|data|script)\b[\s\S]*?<\/\1>/g, ' ');
  const spoken = [...body.matchAll(/\s(?:alt|aria-label|title)="([^"]*)"/g)].map(([, text]) => text);
  return [body.replaceAll(/<[^>]*>/g, ' '), ...spoken].join(' ');
}

/**
 * Everything in which a page's numbers differ from the engine's, in a line each.
 * @param {string} html
 */
export function differences(html) {
  const language = /<html lang="([^"]+)"/.exec(html)?.[1] ?? '';
  const found = [];
  for (const { text, value, of, scenario, digits } of numbersOf(html)) {
    if (DRAFT && value === '') continue;
    const true_ = worth(of, scenario);
    const manner = digits === undefined ? { maximumSignificantDigits: 4 } : { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const wanted = new Intl.NumberFormat(language, { ...manner, numberingSystem: 'latn' }).format(true_).replaceAll(/[\u200e\u200f\u061c]/g, '').replace(/^-(?=.*[1-9])/, '−');
    if (!Number.isFinite(true_)) found.push(`${of} at ${scenario}: the engine has no such number`);
    else if (Number(value) !== true_) found.push(`${of} at ${scenario}: its value is ${value}, the engine's ${true_}`);
    else if (text !== wanted) found.push(`${of} at ${scenario}: it says ${text}, and ${wanted} is right`);
  }
  const prose = NAMED.reduce((rest, name) => rest.replaceAll(name, ''), proseOf(html));
  for (const [typed] of prose.matchAll(/.{0,20}\p{N}.{0,20}/gu)) found.push(`a number was typed: …${typed.trim()}…`);
  return found;
}

/**
 * A number, by the engine.
 * @param {string} of
 * @param {string} scenario
 * @returns {number}
 */
function worth(of, scenario) {
  const lab = new Lab(scenario);
  if (!DRAFT && lab.complaints().length > 0) return NaN;
  const [figure, name] = of.split('.');
  if (name === undefined) return lab.reading()[NAMES.indexOf(of)];
  if (figure === 'set') return Number(lab.get(name));
  if (figure !== 'run') return told(figure, lab)[name];
  // One step after the other, not as the build asks.
  let steps = lab.reading()[NAMES.indexOf('step')];
  while (lab.ending() === undefined && lab.step(1)) steps += 1;
  return lab.ending() === 'arrived' ? steps : NaN;
}

/** What figures told. @type {Map<string, Record<string, number>>} */
const TOLD = new Map();

/**
 * What a figure tells, asked once: an experiment takes seconds.
 * @param {string} figure
 * @param {any} lab
 * @returns {Record<string, number>}
 */
export function told(figure, lab) {
  const asked = `${figure}@${lab.scenario()}`;
  const known = TOLD.get(asked) ?? Lessons.numbers(figure, lab);
  TOLD.set(asked, known);
  return known;
}
