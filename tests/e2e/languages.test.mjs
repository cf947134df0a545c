// Four languages: the words and the numbers of each, from right to left where that is the way, with room for all
// of them; and one file of words for one reader. What is shown is compared with the engine outside.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sentence } from '../../www/js/passes.js';
import { help, why } from '../../www/js/sentences.js';
import { Words } from '../../www/js/words.js';
import { writeWords } from '../../xtask/words.mjs';
import { findings } from './support/axe.mjs';
import { openPage } from './support/browser.mjs';
import { arc, assertShown, degrees, dragMouse, drawn, handle, ready, scenario, station } from './support/figure.mjs';
import { crowded, minuses } from './support/layout.mjs';
import { Lab, read } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();
const WWW = fileURLToPath(new URL('../../www', import.meta.url));

/** The words of a language. @param {string} language @returns {Record<string, string>} */
const locale = (language) => JSON.parse(readFileSync(path.join(WWW, 'locales', `${language}.json`), 'utf8'));
const ENGLISH = locale('en');
const LANGUAGES = ['en', 'es', 'zh', 'ar'];
const OTHERS = LANGUAGES.slice(1);
/** @param {string} language */
const speech = (language) => new Words(language, locale(language));

/** Every part of the lab. */
const ALL = 'all.measured.memory.starts.code';
const PARTS = ['scene', 'tags', 'chain', 'timeline', 'race', 'plane', 'curves', 'steps', 'controls', 'verdict', 'rates', 'measured', 'memory', 'starts', 'code'];
/** A run with negative numbers everywhere, measured, and with rivals. */
const RUN = 'rate=2&sensitivities=joint&steps=9&rival=optimizer=nesterov&rival=turns=4:5,4:6';
/** Two paths, a rule with a memory, large numbers. */
const HOUSE = 'preset=house&optimizer=adagrad&error=squared&steps=12&rival=optimizer=amsgrad';
const SIZES = [[1280, 800], [768, 1024], [360, 740]];

/** A lab in a language. @param {string} language @param {(page: Page) => Promise<unknown>} act @param {{ parts?: string, hash?: string } & import('playwright-core').BrowserContextOptions} [options] */
const lab = (language, act, { parts = ALL, hash = '', ...options } = {}) =>
  place.visit({ name: `lab.html?locale=${language}${parts && `&parts=${parts}`}`, hash, ...options }, act);

/** The texts of all elements of a kind. @param {Page} page @param {string} selector */
const texts = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.textContent ?? ''));

describe('each language', () => {
  for (const language of LANGUAGES) {
    const words = speech(language);

    test(`${language}: figure, chain, table, verdict and the other parts say its words and its numbers`, () =>
      lab(language, async (page) => {
        const shown = await page.evaluate(() => {
          const box = /** @type {HTMLElement} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.box'));
          const { lang, dir } = document.documentElement;
          return { lang, dir, box: [box.lang, box.dir], title: document.title, about: document.querySelector('.title a')?.textContent };
        });
        const dir = language === 'ar' ? 'rtl' : 'ltr';
        assert.deepEqual([shown.dir, ...shown.box], [dir, shown.lang, dir]);
        assert.match(shown.lang, new RegExp(`^${language}`));
        assert.deepEqual([shown.title, shown.about], [words.say('lab.title'), words.say('lab.about')]);
        await assertShown(page, undefined, words);
        const truth = new Lab(RUN);
        const chips = (await texts(page, '[data-open]')).sort();
        assert.deepEqual(chips, [...PARTS.map((name) => words.say(`open.${name}`)), words.say('desk.all')].sort());
        const verdict = truth.verdict();
        assert.equal((await texts(page, '.verdict .name'))[0], words.say(`verdict.${verdict.name}`));
        assert.equal((await texts(page, '.verdict .why'))[0], why(words, verdict));
        const remedy = truth.remedy();
        assert.equal((await texts(page, '.verdict .help'))[0], remedy ? help(words, remedy) : '');
        const width = Lab.columns().length;
        const rows = [...truth.rows(0, 120)].map((value, index) => (index % width === 0 ? words.count(value) : words.number(value)));
        assert.deepEqual(await texts(page, '.steps tbody tr:not([hidden]) > *'), rows);
        const readings = read(truth).readings;
        assert.equal((await texts(page, '[data-count="readings"]'))[0], words.count(readings));
      }, { hash: RUN }));

    test(`${language}: a walk of the chain and complaints are sentences of it`, () =>
      lab(language, async (page) => {
        const told = /** @type {string[]} */ ([]);
        for (let press = 0; press < 12; press += 1) {
          await page.keyboard.press('.');
          await drawn(page);
          const truth = new Lab(await scenario(page));
          const pass = truth.pass();
          const step = words.count(read(truth).step);
          const [note] = await texts(page, '.walk .note');
          const at = pass.findIndex((/** @type {any} */ { phase }, /** @type {number} */ index) => note === words.say('pass.place', { step, phase: words.say(`pass.phase.${phase}`), place: words.count(index + 1), of: words.count(pass.length) }));
          assert.ok(at >= 0, note);
          told.push((await texts(page, '.told'))[0]);
          assert.equal(told.at(-1), sentence(words, pass[at]));
        }
        assert.ok(told.some((text) => text.includes('−')), told.join('\n'));
        const wrong = 'rate=fast&m=4,5&preset=palace&steps=2&steps=3&main=gate&q=1&rival=rate=0&kx=3&until=x&turns=0:0';
        await page.evaluate((string) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: string }), wrong);
        const wanted = [...new Lab(wrong).complaints()].map((complaint) => words.complaint(complaint));
        assert.ok(wanted.length >= 6, wanted.join('\n'));
        assert.deepEqual(await texts(page, '.complaints li'), wanted);
      }, { hash: 'rate=0.5&optimizer=momentum' }));
  }

  for (const language of OTHERS) {
    test(`${language}: nothing English is left`, () =>
      lab(language, async (page) => {
        await page.locator('[data-part="code"] code:not(:empty)').waitFor();
        await page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          for (const details of root.querySelectorAll('details')) details.open = true;
        });
        await page.keyboard.press('.');
        await page.locator('[data-dial="m"]').focus();
        await page.keyboard.press('ArrowUp');
        await drawn(page);
        const said = await page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          const all = /** @type {string[]} */ ([document.title]);
          for (const part of [document.body, root]) {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest('noscript, style, pre')) all.push(walker.currentNode.textContent ?? '');
          }
          for (const element of root.querySelectorAll('*')) for (const name of ['aria-label', 'aria-valuetext', 'title', 'alt']) all.push(element.getAttribute(name) ?? '');
          return [...new Set(all.map((text) => text.trim()))];
        });
        assert.ok(said.length > 200, `${said.length} texts`);
        const own = locale(language);
        const isWord = (/** @type {string} */ key) => /[a-z]{3}/i.test(ENGLISH[key].replace(/\{\w+\}/g, '')) && own[key] !== ENGLISH[key];
        const pattern = (/** @type {string} */ text) => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.*')}$`, 's');
        const english = Object.keys(ENGLISH).filter(isWord).map((key) => ({ key, pattern: pattern(ENGLISH[key]) }));
        const theirs = Object.values(own).map(pattern);
        const left = said.filter((text) => english.some((word) => word.pattern.test(text)) && !theirs.some((word) => word.test(text)));
        assert.deepEqual(left, []);
        // Nor do words of whatever kind stand in Latin letters where a language has its own.
        if (language !== 'es') {
          const names = new Set(Object.values(own).join(' ').match(/[A-Za-z]{3,}/g));
          const latin = said.flatMap((text) => text.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !names.has(word) && !['Backflow', 'NumPy', 'PyTorch', 'Rust'].includes(word));
          assert.deepEqual([...new Set(latin)], []);
        }
      }, { hash: RUN }));
  }
});

describe('there is room', () => {
  for (const language of LANGUAGES) {
    test(`${language}: no text is cut or lies on another, and nothing scrolls sideways`, () =>
      lab(language, async (page) => {
        for (const string of [RUN, HOUSE]) {
          await page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
          for (const [width, height] of SIZES) {
            await page.setViewportSize({ width, height });
            await page.evaluate(() => scrollTo(0, 0));
            await drawn(page);
            assert.deepEqual(await crowded(page), [], `${width} × ${height}, ${string}`);
          }
          await page.keyboard.press('.');
        }
        await page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          for (const details of root.querySelectorAll('details')) details.open = true;
        });
        await drawn(page);
        assert.deepEqual(await crowded(page), [], 'with all parameters');
      }));

    test(`${language}: also on a desk without the parts below, while it plays, and on a first visit`, () =>
      lab(language, async (page) => {
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          await drawn(page);
          assert.deepEqual(await crowded(page), [], `${width} × ${height}`);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).play());
        await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 2);
        assert.deepEqual(await crowded(page), [], 'while it plays');
        await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).pause());
        await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('parts', 'scene'));
        await page.locator('[data-dial="m"]').focus();
        await page.keyboard.press('ArrowUp');
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          await drawn(page);
          assert.deepEqual(await crowded(page), [], `two handles, ${width} × ${height}`);
        }
      }, { parts: 'all' }));

    test(`${language}: axe finds nothing`, () =>
      lab(language, async (page) => {
        await page.locator('[data-part="code"] code:not(:empty)').waitFor();
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          await drawn(page);
          assert.deepEqual(await findings(page), [], `${width} × ${height}`);
        }
        await page.keyboard.press('.');
        await page.keyboard.press('?');
        await drawn(page);
        assert.deepEqual(await findings(page), [], 'the help sheet');
        await page.keyboard.press('Escape');
        await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('parts', 'scene'));
        await drawn(page);
        assert.deepEqual(await findings(page), [], 'two handles');
      }, { hash: RUN }));
  }
});

describe('from right to left', () => {
  /** What hands do, by name. @type {[string, (page: Page) => Promise<unknown>][]} */
  const HANDS = [
    ...['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'Shift+ArrowRight'].flatMap((key) =>
      ['[data-dial="m"]', '[data-dial="h"]', '[data-dial="w"]', '[data-dial="target"]', '[data-plane="m"]', '[data-curve="h"]', '[data-control="rate"]'].map(
        (selector) => /** @type {[string, (page: Page) => Promise<unknown>]} */ ([
          `${key} on ${selector}`,
          async (page) => {
            await page.locator(selector).focus();
            await page.keyboard.press(key);
          },
        ]),
      ),
    ),
    ['a turn of the main valve', async (page) => dragMouse(page, arc(await handle(page, 'm'), await degrees(page, 'm'), (await degrees(page, 'm')) + 60, 8))],
    ...['[data-control="rate"]', '[data-scrub]', '.landscape .pad', '.curves .pad', '.rates .pad', '.tube-pad'].map(
      (selector) => /** @type {[string, (page: Page) => Promise<unknown>]} */ ([
        `a tap on ${selector}`,
        async (page) => {
          await page.keyboard.press('ArrowRight');
          const box = await page.locator(selector).boundingBox();
          assert.ok(box);
          await page.mouse.click(box.x + 0.7 * box.width, box.y + 0.4 * box.height);
        },
      ]),
    ),
    ['arrows on the time line', async (page) => {
      await page.locator('[data-control="step"]').click();
      await page.locator('[data-control="step"]').click();
      await page.locator('[data-scrub]').focus();
      for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key);
    }],
    ['arrows on the walk', async (page) => {
      await page.locator('[data-control="onward"]').focus();
      for (let press = 0; press < 9; press += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
    }],
    ['+ and −', async (page) => {
      await page.locator('.knob.of-m .turn').last().click();
      await page.locator('.knob.of-h .turn').first().click();
    }],
  ];

  test('dials, sliders, pads and keys do in Arabic what they do in English', async () => {
    /** @param {string} language */
    const outcome = async (language) => {
      const all = /** @type {Record<string, string>} */ ({});
      await lab(language, async (page) => {
        for (const [name, act] of HANDS) {
          await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: 'm=4&h=4' }));
          await drawn(page);
          await act(page);
          await drawn(page);
          const [note] = await texts(page, '.walk .note');
          // A tap is at a whole pixel, and a pad need not begin at one.
          all[name] = `${await scenario(page)} ${note.replace(/\D+/g, ' ')}`.trim().replace(/\d+\.\d+/g, (number) => Number(number).toFixed(name.startsWith('a tap') ? 1 : 6));
          await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement?.blur());
        }
      }, { parts: 'all' });
      return all;
    };
    const english = await outcome('en');
    assert.ok(new Set(Object.values(english)).size > 30, JSON.stringify(english));
    assert.deepEqual(await outcome('ar'), english);
  });

  test('water, axes and sliders lie as in English; texts, lists, headings and menus do not', () =>
    lab('ar', async (page) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await drawn(page);
        const found = await page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          const x = (/** @type {string} */ selector) => /** @type {Element} */ (root.querySelector(selector)).getBoundingClientRect().left;
          const rising = (/** @type {string[]} */ ...all) => all.map(x).every((left, index, lefts) => index === 0 || left > lefts[index - 1]);
          const way = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (root.querySelector(selector))).direction;
          return {
            dials: rising('[data-handle="w"]', '[data-handle="m"]', '[data-handle="h"]', '.tube-pad'),
            knob: rising('.knob.of-m .turn', '.knob.of-m input', '.knob.of-m .turn:last-child'),
            chain: rising('[data-chain="m"] .link:nth-of-type(1)', '[data-chain="m"] .link:nth-of-type(3)', '[data-chain="m"] .link:nth-of-type(5)'),
            paths: rising('[data-number="dE_dh_direct"]', '[data-number="dE_dh_via_x"]'),
            tools: rising('.tools [data-act="help"]', '[data-act="look"]', '[data-act="undo"]', '[data-act="redo"]', '[data-act="play"]', '[data-act="step"]'),
            walk: rising('[data-control="backward"]', '[data-control="onward"]'),
            steps: rising('.steps th:nth-child(4)', '.steps th:nth-child(3)', '.steps th:nth-child(2)', '.steps th:nth-child(1)'),
            buttons: rising('[data-control="back"]', '[data-control="play"]', '[data-control="step"]'),
            sliders: ['[data-control="rate"]', '[data-scrub]', '[data-plane="m"]', '.stage', '.landscape .sheets', '.history .sheets', '.curves .sheets', 'input.number', 'pre'].map(way),
            texts: ['.says', '.verdict', '.openers', '.told', '.complaints', '.race table', 'select', '[data-control="rates-values"]', '.chain h2'].map(way),
          };
        });
        const { sliders, texts: said, ...orders } = found;
        for (const [name, isRising] of Object.entries(orders)) assert.ok(isRising, `${name} at ${width} px`);
        assert.deepEqual([sliders, said], [sliders.map(() => 'ltr'), said.map(() => 'rtl')]);
      }
    }, { hash: HOUSE }));

  test('a minus stands before its number, to the left, in every language and every part', async () => {
    for (const language of LANGUAGES) {
      await lab(language, async (page) => {
        for (const string of [RUN, HOUSE, `${RUN}&optimizer=nesterov`]) {
          await page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
          for (let press = 0; press < 4; press += 1) {
            await page.keyboard.press('.');
            await drawn(page);
            const { wrong, count } = await minuses(page);
            assert.deepEqual(wrong, [], `${language}, ${string}`);
            assert.ok(count > 10, `${count} numbers have a minus`);
          }
        }
      }, { hash: RUN });
    }
  });

  test('pictures of scene and chain read from right to left, their numbers from the minus on', () =>
    lab('ar', async (page) => {
      for (const part of ['scene', 'chain']) {
        await page.keyboard.press('.');
        await drawn(page);
        const svg = await page.evaluate(async (name) => (await /** @type {any} */ (document.querySelector('backflow-figure')).exportImage({ part: name })).text(), part);
        const viewer = await page.context().newPage();
        await viewer.setContent(svg);
        const lines = await viewer.evaluate(() =>
          [.../** @type {NodeListOf<SVGTextElement>} */ (document.querySelectorAll('svg text'))].map((line) => {
            const text = line.textContent ?? '';
            const at = (/** @type {number} */ index) => line.getStartPositionOfChar(index).x;
            const end = (/** @type {RegExp} */ sign) => text.search(sign);
            const minus = end(/−[⁦⁨]*\d/);
            const [first, last] = [end(/\p{Script=Arabic}/u), text.length - 1 - [...text].reverse().join('').search(/\p{Script=Arabic}/u)];
            return {
              text,
              lang: document.querySelector('svg')?.getAttribute('lang'),
              arabic: first >= 0 && last > first + 3 ? at(first) > at(last) : undefined,
              minus: minus >= 0 ? at(minus) < at(minus + text.slice(minus).search(/\d/)) : undefined,
              open: (text.match(/[⁦⁨]/g) ?? []).length === (text.match(/⁩/g) ?? []).length,
            };
          }),
        );
        await viewer.close();
        assert.ok(lines.filter(({ arabic }) => arabic === true).length >= (part === 'scene' ? 8 : 3), JSON.stringify(lines));
        assert.ok(lines.some(({ minus }) => minus === true), part);
        for (const line of lines) assert.ok(line.arabic !== false && line.minus !== false && line.open && line.lang === 'ar', JSON.stringify(line));
        const size = await page.evaluate(async (name) => {
          const blob = await /** @type {any} */ (document.querySelector('backflow-figure')).exportImage({ part: name, format: 'png' });
          const { width } = await createImageBitmap(blob);
          return width;
        }, part);
        assert.ok(size > 200, `${size} pixels`);
      }
    }, { hash: 'rate=2&steps=9' }));
});

describe('which language', () => {
  /** What the lab says of itself. @param {Page} page */
  const spoken = (page) =>
    page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
      const { lang, dir } = document.documentElement;
      return { lang, dir, step: root.querySelector('[data-control="step"]')?.textContent, slope: root.querySelector('[data-number="dE_dy"]')?.textContent };
    });

  for (const [reader, language, slope] of [['es-ES', 'es', '−1,00'], ['es-MX', 'es', '−1.00'], ['ar-EG', 'ar', '−1.00'], ['zh-TW', 'zh', '−1.00'], ['fr-FR', 'en', '−1.00'], ['en-GB', 'en', '−1.00']]) {
    test(`a reader of ${reader} reads ${language}, with digits of Latin`, () =>
      place.visit({ locale: reader }, async (page) => {
        const now = await spoken(page);
        assert.deepEqual([now.step, now.slope], [locale(language)['run.step'], slope]);
        assert.equal(new URL(page.url()).searchParams.get('locale'), null);
      }));
  }

  test('the address says which, whatever the reader’s is, and keeps it', () =>
    place.visit({ name: 'lab.html?locale=es&parts=all', locale: 'ar-EG' }, async (page) => {
      assert.deepEqual({ ...(await spoken(page)), slope: '' }, { lang: 'es', dir: 'ltr', step: locale('es')['run.step'], slope: '' });
      await page.locator('[data-dial="m"]').focus();
      await page.keyboard.press('ArrowUp');
      await page.waitForURL((url) => url.hash.startsWith('#m='));
      assert.equal(new URL(page.url()).searchParams.get('locale'), 'es');
      assert.match((await page.locator('.title a').first().getAttribute('href')) ?? '', /index\.html\?locale=es$/);
    }));

  test('a figure changes its language while it is shown', () =>
    place.visit({}, async (page) => {
      for (const language of [...OTHERS, 'en']) {
        await page.evaluate((value) => document.querySelector('backflow-figure')?.setAttribute('locale', value), language);
        await page.getByRole('button', { name: locale(language)['run.play'], exact: true }).waitFor();
        await assertShown(page, '', speech(language));
      }
    }));

  test('one file of words is fetched for one reader', async () => {
    for (const language of LANGUAGES) {
      const before = place.server.log.length;
      await lab(language, async () => {});
      const asked = place.server.log.slice(before).map(({ url }) => url).filter((url) => url.includes('/locales/'));
      assert.deepEqual(asked, [`/locales/${language}.json`]);
    }
  });

  test('where a language cannot be had, the figure speaks English', async () => {
    const prepare = (/** @type {Page} */ page) => page.route('**/locales/ar.json', (route) => route.fulfill({ status: 404, body: '' }));
    const opened = await openPage(place.browser, `${place.server.origin}/lab.html?locale=ar&parts=all`, { viewport: { width: 1280, height: 800 }, prepare });
    await ready(opened.page);
    await assertShown(opened.page);
    assert.equal(await opened.page.evaluate(() => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.box')?.getAttribute('dir')), 'ltr');
    await opened.close();
  });

  test('a built language that lacks a word has the English one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'backflow-words-'));
    try {
      cpSync(WWW, folder, { recursive: true });
      const { 'run.step': _, 'part.m': __, ...some } = locale('es');
      writeFileSync(path.join(folder, 'locales', 'es.json'), JSON.stringify(some));
      await writeWords(folder);
      const built = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(folder, 'locales', file), 'utf8'));
      assert.equal(built('es.json')['run.step'], ENGLISH['run.step']);
      assert.equal(built('es.json')['run.play'], locale('es')['run.play']);
      assert.equal(built('first/es.json')['part.m'], ENGLISH['part.m']);
      assert.equal(built('first/es.json')['run.step'], undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
