// The pages of the course. The template, www/index.html as trunk left it, has the structure and names words by
// key; for each language that has words for it a page is written, with numbers by the engine, formulas, pictures
// of the figures, a table of contents and a glossary. What is unknown, missing or left over stops the build; with
// BACKFLOW_DRAFT=1 numbers and pictures may be missing.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { block } from './course/formulas.mjs';
import { bare, html } from './course/markup.mjs';
import { Numbers } from './course/numbers.mjs';
import { draw } from './course/pictures.mjs';

/** The language of index.html. */
const FIRST = 'en';
/** Languages that run from right to left. */
const LEFTWARD = ['ar'];
/** What a language is called where its tag alone leaves the script open. @type {Record<string, string>} */
const SCRIPTS = { zh: 'zh-Hans' };
const DRAFT = process.env.BACKFLOW_DRAFT === '1';

/** @typedef {Record<string, string>} Texts */

/**
 * Writes the pages.
 * @param {string} root the folder with the engine, the words and the template
 * @param {{ draft?: boolean, pictures?: boolean, template?: string, told?: Map<string, Record<string, number>> }} [options]
 *   `told` keeps what the engine has told of figures, for whoever makes the same pages several times
 */
export async function course(root, { draft = DRAFT, pictures = true, template, told } = {}) {
  const source = template ?? (await readFile(path.join(root, 'index.html'), 'utf8'));
  const languages = await translations(path.join(root, 'locales'));
  const numbers = new Numbers(await engine(root), draft, told);
  const figures = figuresOf(source);
  const { sizes, missing } = pictures ? await draw(root, figures) : { sizes: new Map(), missing: [] };
  if (missing.length > 0 && !draft) throw new Error(`a figure has no picture:\n${missing.join('\n')}`);
  for (const language of languages.keys()) {
    const page = new Page(language, languages, numbers, sizes).fill(source);
    await writeFile(path.join(root, address(language)), page);
  }
  for (const what of [...missing, ...numbers.missing]) console.warn(`course.mjs, a draft: ${what}`);
}

/** The page of a language. @param {string} language */
const address = (language) => (language === FIRST ? 'index.html' : `${language}.html`);

/** A language as the attribute `lang` says it. @param {string} language */
const tagged = (language) => SCRIPTS[language] ?? language;

/** The engine, with what the figures of the course tell. @param {string} root */
async function engine(root) {
  const glue = await import(pathToFileURL(path.join(root, 'backflow-course.js')).href);
  glue.initSync({ module: await readFile(path.join(root, 'backflow-course_bg.wasm')) });
  return glue;
}

/** The words of each language that has the course, English first. @param {string} folder */
async function translations(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  /** @type {Map<string, Texts>} */
  const all = new Map();
  for (const file of [`${FIRST}.json`, ...files.filter((name) => name !== `${FIRST}.json`)]) {
    const words = Object.entries(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
    const texts = Object.fromEntries(words.filter(([key]) => key.startsWith('course.')));
    if (Object.keys(texts).length > 0) all.set(path.basename(file, '.json'), texts);
  }
  return all;
}

/**
 * The figures that a template has, each with the string of its still picture: that of the same figure, or what the
 * attribute `data-still` says.
 * @param {string} template
 */
function figuresOf(template) {
  return [...template.matchAll(/<backflow-figure\b[^>]*>/g)].map(([tag]) => {
    const name = attribute(tag, 'figure') ?? '';
    const scenario = attribute(tag, 'scenario') ?? '';
    const same = [scenario, `figure=${name}`].filter(Boolean).join('&');
    return { name, scenario, still: attribute(tag, 'data-still') ?? same };
  });
}

/** What a tag says for an attribute. @param {string} tag @param {string} name */
function attribute(tag, name) {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1].replaceAll('&amp;', '&');
}

/** One page in one language. */
class Page {
  /**
   * @param {string} language
   * @param {Map<string, Texts>} languages
   * @param {Numbers} numbers
   * @param {Map<string, import('./course/pictures.mjs').Size>} sizes of the pictures
   */
  constructor(language, languages, numbers, sizes) {
    this.language = language;
    this.languages = languages;
    this.numbers = numbers;
    this.sizes = sizes;
    /** Keys whose words stand on the page. @type {Set<string>} */
    this.said = new Set();
    /** Terms whose first use was linked. @type {Set<string>} */
    this.linked = new Set();
    /** @type {Set<string>} */
    this.terms = new Set();
  }

  /** The page. @param {string} template */
  fill(template) {
    this.terms = new Set(attribute(/<dl\b[^>]*data-build="glossary"[^>]*>/.exec(template)?.[0] ?? '', 'data-terms')?.split(' '));
    // In the order of reading, for the first use of a term is the one that leads to the glossary.
    const parts = template.split(/(?=<section\b)/);
    const page = parts.map((part) => this.#section(part)).join('');
    const contents = page.replace(/(<nav\b[^>]*?) data-build="contents"><\/nav>/, (_, nav) => `${nav} aria-label="${this.text('course.contents')}">${this.#contents(page)}</nav>`);
    const whole = contents
      .replace(/<html\b[^>]*>/, `<html lang="${tagged(this.language)}" dir="${this.direction}">`)
      .replace(/\s*<nav\b[^>]*data-build="languages"><\/nav>/, this.#menu())
      .replace('</head>', `${this.#alternates()}</head>`);
    this.#check(whole);
    return whole;
  }

  get direction() {
    return LEFTWARD.includes(this.language) ? 'rtl' : 'ltr';
  }

  /** The words for a key. @param {string} key */
  words(key) {
    const words = this.languages.get(this.language)?.[key];
    if (words === undefined) throw new Error(`locales/${this.language}.json has no ${key}`);
    this.said.add(key);
    return words;
  }

  /** Words without markup. @param {string} key */
  text(key) {
    return bare(this.words(key), key);
  }

  /** Words with their markup. @param {string} key @param {string} [scenario] of the figure beside them */
  html(key, scenario) {
    return this.#marked(this.words(key), `locales/${this.language}.json: ${key}`, scenario);
  }

  /** Markup as HTML. @param {string} text @param {string} key where it stands @param {string} [scenario] */
  #marked(text, key, scenario) {
    const number = (/** @type {import('./course/numbers.mjs').Asked} */ asked) => this.numbers.html(asked, this.language);
    return html(text, { key, scenario, number, terms: this.terms, linked: this.linked });
  }

  /** A section with its figure, filled in. @param {string} part */
  #section(part) {
    const [figure] = figuresOf(part);
    return part
      .replace(/<(\w+)\b([^>]*?) data-words="([^"]+)"([^>]*)><\/\1>/g, (_, tag, before, key, after) => `<${tag}${before}${after}>${this.html(key, figure?.scenario)}</${tag}>`)
      .replace(/<(\w+)\b([^>]*?) data-numbers="([^"]+)"([^>]*)><\/\1>/g, (_, tag, before, numbers, after) => `<${tag}${before}${after}>${this.#marked(numbers.replaceAll('&amp;', '&'), 'index.html')}</${tag}>`)
      .replace(/ data-words-(\w+)="([^"]+)"/g, (_, name, key) => ` ${name}="${this.text(key)}"`)
      .replace(/ data-formula="([^"]+)">/g, (_, name) => `>${block(name)}`)
      .replace(/(<backflow-figure\b[^>]*>)(<\/backflow-figure>)/g, (_, open, close) => `${open}${this.#picture(attribute(open, 'figure') ?? '')}${close}`)
      .replace(/ data-build="glossary" data-terms="[^"]*">/g, () => `>${this.#glossary()}`);
  }

  /** What stands in a figure's place where it cannot run, and on paper. @param {string} name */
  #picture(name) {
    const alt = this.text(`course.${name}.alt`);
    const size = this.sizes.get(name);
    if (!size) return '';
    const file = (/** @type {string} */ look) => `figures/${name}-${look}.svg`;
    return `<picture><source media="screen and (prefers-color-scheme: dark)" srcset="${file('dark')}"><img src="${file('light')}" width="${size.width}" height="${size.height}" loading="lazy" alt="${alt}"></picture>`;
  }

  /** Every term with what it is. */
  #glossary() {
    return [...this.terms].map((id) => {
      const [term, is] = [this.html(`course.term.${id}`), this.html(`course.term.${id}.is`)];
      return `<div id="term-${id}"><dt>${term}</dt><dd>${is}</dd></div>`;
    }).join('');
  }

  /** The parts with their sections; the last ones belong to no part. @param {string} page */
  #contents(page) {
    const done = `<span class="done" hidden>✓<span class="unseen"> ${this.text('course.done')}</span></span>`;
    const heads = /<h2 id="([\w-]+)">([^<]*)<\/h2>|<(?:section|footer) id="([\w-]+)">\s*<h([23])>([^<]*)<\/h\4>/g;
    const figures = new Set(figuresOf(page).map(({ name }) => name));
    let list = '';
    let open = false;
    for (const [, part, partName, section, level, name] of page.matchAll(heads)) {
      if (open && (part || level === '2')) list += '</ol></li>';
      if (part) list += `<li><a href="#${part}">${partName}</a><ol>`;
      else list += `<li><a href="#${section}">${name}${figures.has(section) ? done : ''}</a></li>`;
      if (part || level === '2') open = part !== undefined;
    }
    return `<details><summary>${this.text('course.contents')}</summary><ol>${list}${open ? '</ol></li>' : ''}</ol></details>`;
  }

  /** Links between the languages, where there are several. */
  #menu() {
    const label = this.text('course.languages');
    if (this.languages.size < 2) return '';
    const links = [...this.languages.keys()].map((language) => {
      const name = new Intl.DisplayNames(language, { type: 'language' }).of(language);
      const current = language === this.language ? ' aria-current="page"' : '';
      return `<li><a href="${address(language)}" lang="${tagged(language)}" hreflang="${language}"${current}>${name}</a></li>`;
    });
    return `<nav class="languages" aria-label="${label}"><ul>${links.join('')}</ul></nav>`;
  }

  /** The same for machines. */
  #alternates() {
    if (this.languages.size < 2) return '';
    return [...this.languages.keys()].map((language) => `<link rel="alternate" hreflang="${language}" href="${address(language)}">`).join('');
  }

  /** Nothing was forgotten. @param {string} page */
  #check(page) {
    const left = /data-(words|numbers|formula|build)\b[^>]*/.exec(page);
    if (left) throw new Error(`index.html: ${left[0]} was not filled in; such an element is empty and has a closing tag`);
    const unlinked = [...this.terms].filter((term) => !this.linked.has(term));
    if (unlinked.length > 0) throw new Error(`locales/${this.language}.json: the text never uses ${unlinked.map((term) => `[[${term}]]`).join(', ')}`);
    const unsaid = Object.keys(this.languages.get(this.language) ?? {}).filter((key) => !this.said.has(key));
    if (unsaid.length > 0) throw new Error(`locales/${this.language}.json: no page says ${unsaid.join(', ')}`);
  }
}
