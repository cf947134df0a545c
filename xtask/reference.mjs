// The reference in docs/developers.md, between its two marks: made of www/custom-elements.json and www/messages.json.
// `node xtask/reference.mjs` renews it; a test holds it against them.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const PAGE = new URL('docs/developers.md', ROOT);
const MARKS = ['<!-- reference: made by `node xtask/reference.mjs` -->', '<!-- end of the reference -->'];

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(`www/${name}`, ROOT), 'utf8'));
/** Within a table a bar would end its cell. @param {string} text */
const code = (text) => (text ? `\`${text.replaceAll('|', '\\|')}\`` : '');

/**
 * A table, in Markdown.
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** How a method is called. @param {any} method */
function call({ name, parameters = [], return: { type } }) {
  const given = parameters.map((/** @type {any} */ one) => `${one.name}${one.optional ? '?' : ''}: ${one.type.text}`);
  return `${name}(${given.join(', ')}): ${type.text}`;
}

/** What a method says of itself, of its parameters and of what it returns. @param {any} method */
function told({ description, parameters = [], return: { description: end } }) {
  const usual = parameters.filter((/** @type {any} */ one) => one.default).map((/** @type {any} */ one) => `\`${one.name}\` is \`${one.default}\` where none is given.`);
  const own = parameters.filter((/** @type {any} */ one) => one.description).map((/** @type {any} */ one) => `\`${one.name}\`: ${one.description}`);
  return [description, ...own, ...usual, end].filter(Boolean).join(' ');
}

/** The reference. */
export function reference() {
  const [{ declarations }] = read('custom-elements.json').modules;
  const [{ attributes, members, events, slots, cssParts, cssProperties }] = declarations;
  const messages = read('messages.json');
  const kind = (/** @type {string} */ name) => members.filter((/** @type {any} */ member) => member.kind === name);
  const said = (/** @type {any[]} */ list) =>
    table(['`type`', 'with', 'says'], list.map(({ type, fields, description }) => [code(type), Object.entries(fields).map(([name, text]) => code(`${name}: ${text}`)).join(', '), description]));
  const sections = {
    Attributes: table(['attribute', 'type', 'usual', 'says'], attributes.map((/** @type {any} */ one) => [code(one.name), code(one.type.text), code(one.default ?? ''), one.description])),
    Properties: table(['property', 'type', 'says'], kind('field').map((one) => [code(one.name), code(one.type.text), `${one.description}${one.readonly ? ' Read only.' : ''}`])),
    Methods: table(['method', 'does'], kind('method').map((one) => [code(call(one)), told(one)])),
    Events: table(['event', 'type', 'when'], events.map((/** @type {any} */ one) => [code(one.name), code(one.type.text), one.description])),
    Slots: table(['slot', 'holds'], slots.map((/** @type {any} */ one) => [one.name ? code(one.name) : 'the unnamed one', one.description])),
    ...(cssParts.length > 0 ? { Parts: table(['part', 'is'], cssParts.map((/** @type {any} */ one) => [code(one.name), one.description])) } : {}),
    'Custom properties': table(['property', 'usual', 'says'], cssProperties.map((/** @type {any} */ one) => [code(one.name), code(one.default), one.description])),
    [`Query of ${messages.page}`]: `The attributes above by their names, the keys of the scenario by theirs, and:\n\n${table(['key', 'type', 'says'], messages.query.map((/** @type {any} */ one) => [code(one.name), code(one.type), one.description]))}`,
    'Messages from the frame': said(messages.toPage),
    'Messages to the frame': said(messages.toFrame),
  };
  return Object.entries(sections).map(([title, text]) => `### ${title}\n\n${text}\n`).join('\n');
}

/** The page as it stands, and as it should. */
export function pages() {
  const now = readFileSync(PAGE, 'utf8');
  const [start, end] = MARKS.map((mark) => now.indexOf(mark));
  if (start < 0 || end < start) throw new Error(`docs/developers.md has not the marks ${MARKS.join(' and ')}`);
  return { now, wanted: `${now.slice(0, start + MARKS[0].length)}\n\n${reference()}\n${now.slice(end)}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, pages().wanted);
