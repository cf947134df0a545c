// What the page should show: the engine, started a second time outside the browser, and the words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { steps } from '../../../www/js/sentences.js';
import { Words } from '../../../www/js/words.js';
import { DIST } from './server.mjs';

const glue = await import(pathToFileURL(path.join(DIST, 'backflow-course.js')).href);
glue.initSync({ module: readFileSync(path.join(DIST, 'backflow-course_bg.wasm')) });

const many = await import(pathToFileURL(path.join(DIST, 'backflow-many.js')).href);
many.initSync({ module: readFileSync(path.join(DIST, 'backflow-many_bg.wasm')) });

/** What the worker has. */
export const { AuditView, Export, RatesMap } = many;

/** The engine's classes of experiments and of lessons; they share nothing with those in the page. */
export const { Lab, Lessons } = glue;

const english = JSON.parse(readFileSync(new URL('../../../www/locales/en.json', import.meta.url), 'utf8'));

/** A position as one types it. */
const position = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** English words and numbers. */
export const words = new Words('en', english);

/** The names of the numbers in a reading. */
export const NAMES = Lab.readingNames();

/**
 * Every number of a lab, by name.
 * @param {InstanceType<typeof Lab>} lab
 * @returns {Record<string, number>}
 */
export function read(lab) {
  const values = lab.reading();
  return Object.fromEntries(NAMES.map((/** @type {string} */ name, /** @type {number} */ index) => [name, values[index]]));
}

/**
 * What a scenario looks like on the page, as text.
 * @param {InstanceType<typeof Lab>} lab
 * @param {Words} [own] words; English where none are given
 */
export function texts(lab, own = words) {
  const reading = read(lab);
  const number = (/** @type {string} */ name) => own.number(reading[name]);
  const [y, E] = [number('y'), number('E')];
  return {
    reading,
    /** A number in the chain or on a tag. */
    number,
    /** A number in the drawing stands behind its letter. @param {string} name */
    drawn: (name) => `${name} ${number(name)}`,
    /** What a field holds: a position with two decimals, anything else as it is set. @param {string} name */
    field: (name) => (name === 'm' || name === 'h' ? position.format(reading[name]) : lab.get(name)),
    /** What a handle says. @param {string} name */
    handle: (name) => own.say('handle.text', { value: number(name), y, E }),
    rate: () => own.say('rate.text', { value: own.setting(reading.rate), m: number('turn_m'), h: number('turn_h') }),
    /** What a tag says. @param {string} name */
    tag: (name) => own.say(meaning(name, reading[name], reading.paths > 1), { value: own.number(Math.abs(reading[name])) }),
    count: () => steps(own, reading.step),
  };
}

/**
 * The key to the sentence on a tag.
 * @param {string} name
 * @param {number} value
 * @param {boolean} forked whether the handle also reaches the shower through the house flow
 */
function meaning(name, value, forked) {
  const way = value > 0 ? 'more' : value < 0 ? 'less' : 'none';
  if (name === 'dE_dy') return `tag.error.${way}`;
  if (name === 'dy_dx') return value > 0 ? 'tag.flow.more' : 'tag.flow.none';
  if (name === 'dx_dh') return 'tag.x.h';
  if (name === 'dy_dh_x' && forked) return value > 0 ? 'tag.held' : 'tag.held.none';
  return `tag.${way}`;
}
