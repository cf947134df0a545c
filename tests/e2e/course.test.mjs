// The course: its numbers are the engine's, its parts are all there, with and without scripts and on paper, and its
// address remembers the way through it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { course } from '../../xtask/course.mjs';
import { openPage } from './support/browser.mjs';
import { drawn, ready, station } from './support/figure.mjs';
import { differences, DRAFT, numbersOf, proseOf, told } from './support/prose.mjs';
import { DIST, serve } from './support/server.mjs';
import { Lab } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();
const source = new URL('../../www/', import.meta.url);
const built = (/** @type {string} */ name) => readFileSync(path.join(DIST, name), 'utf8');
/** The pages of the course, one for each language. */
const PAGES = readdirSync(DIST).filter((name) => name.endsWith('.html') && built(name).includes('data-of='));
const english = JSON.parse(readFileSync(new URL('locales/en.json', source), 'utf8'));

/** @type {string[]} */
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** What the engine told of figures, for all the pages that are made. @type {Map<string, Record<string, number>>} */
const known = new Map();

/**
 * A folder with the built page in which the course is made anew, from words and a structure that a test changed.
 * @param {{ words?: Record<string, Record<string, string>>, template?: string }} [changes] words by language
 */
async function made({ words = {}, template } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'backflow-course-'));
  folders.push(folder);
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  const own = Object.fromEntries(Object.entries(english).filter(([key]) => key.startsWith('course.')));
  for (const file of readdirSync(path.join(folder, 'locales'))) {
    if (file.endsWith('.json')) rmSync(path.join(folder, 'locales', file));
  }
  for (const [language, changed] of Object.entries({ en: {}, ...words })) {
    writeFileSync(path.join(folder, 'locales', `${language}.json`), JSON.stringify({ ...own, ...changed }));
  }
  await course(folder, { draft: DRAFT, pictures: false, told: known, template: template ?? readFileSync(new URL('index.html', source), 'utf8') });
  return folder;
}

describe('numbers', () => {
  for (const name of PAGES) {
    test(`every number in ${name} is the engine's, and no other was typed`, () => {
      const html = built(name);
      assert.ok(numbersOf(html).length > 80, `${numbersOf(html).length} numbers`);
      assert.deepEqual(differences(html), []);
    });
  }

  test('this notices one number that differs, and one digit that was typed', () => {
    const html = built('index.html');
    const found = /** @type {RegExpExecArray} */ (/<data class="computed" value="([\d.]+)"[^>]*>[^<]+<\/data>/.exec(html));
    const change = (/** @type {string} */ to) => differences(html.replace(found[0], to)).length;
    assert.equal(change(found[0].replace(/>[^<]+</, '>9.87<')), 1, 'another text');
    assert.equal(change(found[0].replace(/value="[^"]*"/, 'value="9.87"')), 1, 'another value');
    assert.equal(change(found[0].replace(/data-of="[^"]*"/, 'data-of="nothing"')), 1, 'another name');
    assert.equal(change(found[0].replace(/data-scenario="[^"]*"/, 'data-scenario="preset=house&amp;m=7.77"')), 1, 'another scenario');
    assert.equal(change(found[0].replace(/^<data[^>]*>|<\/data>$/g, '')), 1, 'typed in place of computed');
    assert.equal(differences(html.replace('</p>', ' about ½</p>')).length, 1, 'a fraction');
    assert.equal(differences(html.replace('<img', '<img title="3 valves"').replace('</h2>', ' 7</h2>')).length, html.includes('<img') ? 2 : 1);
  });

  test('what the text says of the experiment is what came of it', () => {
    const RULES = ['proportion', 'equal', 'momentum', 'adam'];
    const [constant, blend, own] = ['constant', 'blend', 'own'].map((demand) => told('trial', new Lab(`demand=${demand}`)));
    for (const rule of RULES) {
      const [fixed, mixed, apart] = [constant, blend, own].map((numbers) => numbers[`reach_${rule}`]);
      assert.ok(apart < mixed && mixed < fixed, `${rule}: lowest with its own pump, highest with a fixed amount`);
    }
    const ends = (/** @type {Record<string, number>} */ numbers, /** @type {string[]} */ rules) => ({
      highest: Math.max(...rules.map((rule) => numbers[`high_${rule}`])),
      lowest: Math.min(...rules.map((rule) => numbers[`low_${rule}`])),
    });
    // What the showers want changes the reach of any rule by more than the rule does, whatever they want.
    const rules = (/** @type {Record<string, number>} */ numbers) => RULES.map((rule) => numbers[`reach_${rule}`]);
    const byRule = Math.max(...[constant, blend, own].map((numbers) => Math.max(...rules(numbers)) - Math.min(...rules(numbers))));
    assert.ok(RULES.every((rule) => constant[`reach_${rule}`] - own[`reach_${rule}`] > byRule), 'it matters most');
    assert.ok(ends(own, ['proportion', 'momentum']).highest < ends(own, ['equal', 'adam']).lowest, 'in every run');
    const lowest = Math.min(...RULES.map((rule) => blend[`high_${rule}`]));
    assert.ok(RULES.every((rule) => blend[`low_${rule}`] < lowest), 'all four ranges overlap');
    assert.ok(constant.reach_momentum > 0.98 * constant.untrained, 'and sometimes none');
    const late = RULES.filter((rule) => [constant, blend, own].some((numbers) => numbers[`arrived_${rule}`] < numbers.seeds));
    assert.ok(late.length > 0, 'a run is left out');
  });

  test('all languages have the same numbers, terms and formulas', () => {
    const marks = (/** @type {string} */ text) => [
      ...[...text.matchAll(/\{[^}]*\}|\$[^$]*\$|`[^`]*`|\]\([^)]*\)/g)].map(([mark]) => mark),
      ...[...text.matchAll(/\[\[([^\]|]*)(\|[^\]]*)?\]\]/g)].map(([, , id]) => id ?? 'a term'),
    ].sort();
    for (const file of readdirSync(new URL('locales/', source))) {
      const words = JSON.parse(readFileSync(new URL(`locales/${file}`, source), 'utf8'));
      const keys = Object.keys(words).filter((key) => key.startsWith('course.'));
      if (keys.length === 0) continue;
      for (const key of Object.keys(english).filter((name) => name.startsWith('course.'))) {
        const [theirs, ours] = [words[key] ?? '', english[key]].map(marks);
        // A term by its own name in English has its id written out elsewhere.
        assert.equal(theirs.length, ours.length, `${file}: ${key}`);
        assert.deepEqual(theirs.filter((mark) => /^[{$`\]]/.test(mark)), ours.filter((mark) => /^[{$`\]]/.test(mark)), `${file}: ${key}`);
      }
    }
  });
});

describe('what the build refuses, in a clear sentence', () => {
  const key = 'course.lead.1';
  for (const [words, sentence] of /** @type {const} */ ([
    ['All of {y}.', /course\.lead\.1: \{y\} names no scenario, and no figure stands beside it/],
    ['A lone * star.', /course\.lead\.1: the sign \* is no markup/],
    ['[[torque]]', /course\.lead\.1: the glossary has no term torque/],
    ['$dm/dy$', /\$dm\/dy\$ is no sensitivity/],
    ['`q`', /`q` is no quantity/],
    ['[here](there)', /there is no link there/],
  ])) {
    test(words, () => assert.rejects(made({ words: { en: { [key]: words } } }), sentence));
  }

  test('a number that the engine has not', { skip: DRAFT }, () =>
    assert.rejects(made({ words: { en: { [key]: '{warmth@preset=house}' } } }), /there is no number \{warmth@preset=house\}/));

  test('a scenario that it does not understand', { skip: DRAFT }, () =>
    assert.rejects(made({ words: { en: { [key]: '{y@preset=castle}' } } }), /preset=castle is not understood at preset/));

  test('words that no page says, and a page without its words', async () => {
    await assert.rejects(made({ words: { en: { 'course.nowhere': 'Nobody says this.' } } }), /no page says course\.nowhere/);
    const template = readFileSync(new URL('index.html', source), 'utf8').replace('course.lead.1', 'course.lead.9');
    await assert.rejects(made({ template }), /en\.json has no course\.lead\.9/);
  });
});

describe('what a page has', () => {
  for (const name of PAGES) {
    const html = built(name);
    const figures = [...html.matchAll(/<backflow-figure figure="([\w-]+)"[^>]*>([\s\S]*?)<\/backflow-figure>/g)];

    test(`${name}: every figure has a section of its name, a picture in two looks and a text for it`, () => {
      assert.equal(figures.length, 16);
      for (const [, figure, inside] of figures) {
        assert.ok(html.includes(`<section id="${figure}">`), figure);
        if (DRAFT && inside === '') continue;
        assert.match(inside, /<img [^>]*alt="[^"]{20,}"/, figure);
        for (const look of ['light', 'dark']) {
          const svg = built(`figures/${figure}-${look}.svg`);
          assert.match(svg, /^<svg|^<\?xml/, figure);
          const strokes = svg.match(/<(path|poly\w+|circle|line|rect|image)\b/g) ?? [];
          assert.ok(strokes.length > 12, `${figure} has ${strokes.length} strokes: more than two axes`);
        }
      }
    });

    test(`${name}: the contents list every part and section`, () => {
      const nav = /<nav class="contents"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
      const ids = [...html.matchAll(/<(?:section|footer|h2) id="([\w-]+)"/g)].map(([, id]) => id);
      assert.deepEqual([...nav.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id), ids);
      assert.equal(nav.match(/class="done"/g)?.length, 16);
    });

    test(`${name}: the first use of each term leads to the glossary, where it is told`, () => {
      const terms = [...html.matchAll(/<div id="term-([\w-]+)"><dt>[^<]+<\/dt><dd>./g)].map(([, id]) => id);
      const links = [...html.matchAll(/<a class="term" href="#term-([\w-]+)"/g)].map(([, id]) => id);
      assert.equal(terms.length, 24);
      assert.deepEqual([...links].sort(), [...terms].sort());
    });
  }

  test('it is a text of some length, and none of its words are fetched a second time', () => {
    const count = proseOf(built('index.html')).split(/\s+/).length;
    assert.ok(count > 3000 && count < 6000, `${count} words`);
    for (const file of ['en.json', 'first/en.json']) {
      assert.deepEqual(Object.keys(JSON.parse(built(`locales/${file}`))).filter((key) => key.startsWith('course.')), []);
    }
  });
});

test('without JavaScript the whole text is there, with pictures', async () => {
  const opened = await openPage(place.browser, `${place.server.origin}/index.html`, { javaScriptEnabled: false });
  try {
    const { page } = opened;
    const text = await page.locator('main').innerText();
    const lab = english['course.lab.1'].replace(/\[([^\]]+)\]\(\w+\)/g, '$1');
    assert.ok(text.includes(english['course.lead.4']) && text.includes(lab) && text.includes(english['course.term.layer.is']));
    for (const picture of await page.locator('backflow-figure img').all()) {
      await picture.scrollIntoViewIfNeeded();
      const box = await picture.boundingBox();
      assert.ok(box && box.width > 200 && box.height > 80, await picture.getAttribute('src') ?? '');
    }
    opened.assertClean();
  } finally {
    await opened.close();
  }
});

/** A figure of the page as its script sees it. @param {Page} page @param {string} id */
const scenarioOf = (page, id) => page.evaluate((name) => /** @type {any} */ (document.querySelector(`#${name} backflow-figure`)).getState().scenario, id);

/** A question was answered in a figure. @param {Page} page @param {string} figure */
const answer = (page, figure) =>
  page.evaluate((name) => {
    const detail = { figure: name, challenge: 'any', guess: 'some', right: false };
    document.querySelector(`#${name} backflow-figure`)?.dispatchEvent(new CustomEvent('backflow-answer', { bubbles: true, composed: true, detail }));
  }, figure);

/** The sections that are marked as answered. @param {Page} page @returns {Promise<string[]>} */
const marked = (page) => page.locator('.contents a:has(.done:not([hidden]))').evaluateAll((links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).hash.slice(1)));

const hash = (/** @type {Page} */ page) => page.evaluate(() => location.hash);

/** The page's own script runs. Its first figure may be out of sight, and waits for that to change. @param {Page} page */
const started = (page) => page.waitForFunction(() => customElements.get('backflow-figure') && document.querySelector('.contents'));

/**
 * Opens the course at a place.
 * @param {string} at
 * @param {(page: Page) => Promise<unknown>} act
 */
async function visitAt(at, act) {
  const opened = await openPage(place.browser, `${place.server.origin}/index.html#${at}`, { viewport: { width: 1280, height: 800 } });
  try {
    await started(opened.page);
    await act(opened.page);
    opened.assertClean();
  } finally {
    await opened.close();
  }
}

describe('the map', () => {
  test('it says where one reads, and the address too', () =>
    place.visit({ name: 'index.html' }, async (page) => {
      assert.equal(await hash(page), '');
      await page.evaluate(() => document.getElementById('leaks')?.scrollIntoView({ behavior: 'instant' }));
      await page.locator('.contents a[href="#leaks"][aria-current="location"]').waitFor();
      assert.equal(await page.locator('.contents [aria-current]').count(), 1);
      await page.waitForFunction(() => location.hash === '#leaks');
    }));

  test('what is answered gets its mark, which the address keeps', () =>
    place.visit({ name: 'index.html' }, async (page) => {
      assert.deepEqual(await marked(page), []);
      await answer(page, 'ruler');
      await answer(page, 'shower');
      assert.deepEqual((await marked(page)).sort(), ['ruler', 'shower']);
      await page.waitForFunction(() => location.hash.endsWith('done=ruler.shower'));
      await page.reload();
      await started(page);
      assert.deepEqual((await marked(page)).sort(), ['ruler', 'shower']);
      // A link of the contents takes nothing away.
      await page.locator('.contents a[href="#leaks"]').click();
      await page.waitForFunction(() => location.hash === '#leaks&done=ruler.shower');
      assert.equal((await marked(page)).length, 2);
    }));

  test('an address with a place and marks leads to the place', () =>
    visitAt('glossary&done=chain', async (page) => {
      await page.waitForFunction(() => Math.abs(document.getElementById('glossary')?.getBoundingClientRect().top ?? 1e9) < 200);
      assert.deepEqual(await marked(page), ['chain']);
    }));

  test('a broken address breaks nothing', () =>
    place.visit({ name: 'index.html', hash: '&done=...chain.nothing&path=%E0%A4&&=' }, async (page) => {
      assert.deepEqual(await marked(page), ['chain']);
    }));

  test('the way of a hand in the first figure is kept, and given to the landscape', () =>
    place.visit({ name: 'index.html' }, async (page) => {
      await page.locator('#shower [data-dial="m"]').focus();
      await page.keyboard.press('PageUp');
      await page.locator('#shower [data-dial="h"]').focus();
      await page.keyboard.press('PageUp');
      await page.waitForFunction(() => location.hash.includes('path='));
      const before = await scenarioOf(page, 'shower');
      assert.match(before, /turns=[\d.]+:[\d.]+,/);
      await page.reload();
      await ready(page);
      assert.equal(await scenarioOf(page, 'shower'), before);
      const given = await scenarioOf(page, 'landscape');
      assert.ok(given.includes('rival=turns='), given);
      assert.deepEqual(new Lab(given).complaints(), []);
      assert.equal(new Lab(given).lanes().length, 2);
    }));

  test('in a frame the address stays as it is', async () => {
    const folder = await made();
    writeFileSync(path.join(folder, 'frame.html'), '<!doctype html><title>A frame</title><iframe src="index.html" width="900" height="600"></iframe>');
    const server = await serve(folder, { csp: null });
    const opened = await openPage(place.browser, `${server.origin}/frame.html`);
    try {
      const frame = /** @type {import('playwright-core').Frame} */ (opened.page.frames()[1]);
      await frame.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
      const inner = await frame.evaluate(async () => {
        const detail = { figure: 'ruler' };
        document.querySelector('#ruler backflow-figure')?.dispatchEvent(new CustomEvent('backflow-answer', { bubbles: true, detail }));
        await new Promise((done) => setTimeout(done, 600));
        return [location.hash, document.querySelectorAll('.done:not([hidden])').length];
      });
      assert.deepEqual(inner, ['', 1]);
    } finally {
      await opened.close();
      await server.close();
    }
  });
});

describe('languages', () => {
  /** @type {Promise<string> | undefined} */
  let folder;
  const several = () => (folder ??= made({ words: { es: { 'course.heading': 'Dos llaves' }, ar: { 'course.heading': 'صنبوران' } } }));

  test('each has a page with numbers as one writes them there, and links to the others', async () => {
    const root = await several();
    for (const [file, language, direction, number] of [['index.html', 'en', 'ltr', '0.25'], ['es.html', 'es', 'ltr', '0,25'], ['ar.html', 'ar', 'rtl', '0.25']]) {
      const html = readFileSync(path.join(root, file), 'utf8');
      assert.ok(html.includes(`<html lang="${language}" dir="${direction}">`), file);
      assert.ok(html.includes(`>${number}</data>`), `${file} has ${number}`);
      assert.deepEqual(differences(html), [], file);
      for (const [other, address] of [['en', 'index.html'], ['es', 'es.html'], ['ar', 'ar.html']]) {
        assert.ok(html.includes(`<link rel="alternate" hreflang="${other}" href="${address}">`), file);
      }
      assert.equal(html.match(/aria-current="page"/g)?.length, 1, file);
    }
  });

  test('?locale= leads to the page of a language, and the place goes with it', async () => {
    const server = await serve(await several());
    try {
      for (const [query, wanted] of [['?locale=es', '/es.html#ruler&done=chain'], ['?locale=ar-EG', '/ar.html#ruler&done=chain'], ['?locale=fr', '/index.html?locale=fr#ruler&done=chain'], ['?locale=en', '/index.html?locale=en#ruler&done=chain']]) {
        const opened = await openPage(place.browser, `${server.origin}/index.html${query}#ruler&done=chain`);
        try {
          await opened.page.waitForURL((url) => `${url.pathname}${url.search}${url.hash}` === wanted, { timeout: 5000 });
          await started(opened.page);
          assert.deepEqual(await marked(opened.page), ['chain']);
        } finally {
          await opened.close();
        }
      }
    } finally {
      await server.close();
    }
  });

  test('from right to left the contents stand on the right, and nothing is too wide', async () => {
    const server = await serve(await several());
    const opened = await openPage(place.browser, `${server.origin}/ar.html`, { viewport: { width: 1280, height: 800 } });
    try {
      const box = await opened.page.locator('.contents').boundingBox();
      assert.ok(box && box.x > 640);
      for (const width of [1280, 360]) {
        await opened.page.setViewportSize({ width, height: 800 });
        assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
      }
    } finally {
      await opened.close();
      await server.close();
    }
  });
});

test('on paper there is no control, and every figure is a picture', () =>
  place.visit({ name: 'index.html' }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await drawn(page);
    const controls = await page.locator('button:visible, input:visible, select:visible, nav:visible, summary:visible, .go:visible').count();
    const figures = await page.locator('backflow-figure:has(img)').all();
    if (!DRAFT) {
      assert.equal(controls, 0);
      assert.equal(figures.length, 16);
    }
    for (const figure of figures) {
      const picture = figure.locator('img');
      assert.ok(await picture.isVisible(), await figure.getAttribute('figure') ?? '');
      await page.waitForFunction((image) => /** @type {HTMLImageElement} */ (image).complete && /** @type {HTMLImageElement} */ (image).naturalWidth > 0, await picture.elementHandle());
    }
    const address = await page.locator('a[href^="http"]').first().evaluate((link) => getComputedStyle(link, '::after').content);
    assert.match(address, /https:/);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color);
    assert.equal(ink, 'rgb(0, 0, 0)');
  }));

describe('room for the course', () => {
  for (const width of [320, 360, 768, 1120, 1800]) {
    test(`at ${width} px nothing needs scrolling sideways, and lines are not too long`, () =>
      place.visit({ name: 'index.html', viewport: { width, height: 800 } }, async (page) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${over} px too wide`);
        const measure = await page.locator('#ruler p').first().evaluate((text) => text.getBoundingClientRect().width / parseFloat(getComputedStyle(text).fontSize));
        assert.ok(measure <= 40, `${measure} em`);
      }));
  }
});
