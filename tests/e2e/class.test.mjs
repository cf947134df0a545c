// The page of a class: what is pasted and dropped is on the landscape or said to be wrong, as text; nothing leaves it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findings } from './support/axe.mjs';
import { openPage } from './support/browser.mjs';
import { station } from './support/figure.mjs';
import { Lab } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();
const locale = (/** @type {string} */ language) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../www/locales/${language}.json`, import.meta.url)), 'utf8'));
const WORDS = locale('en');

/** Opens the page, and insists that it was clean. @param {(page: Page) => Promise<unknown>} act @param {object} [options] @param {string} [query] */
async function visit(act, options = {}, query = '') {
  const opened = await openPage(place.browser, `${place.server.origin}/class.html${query}`, { viewport: { width: 1280, height: 800 }, ...options });
  try {
    await opened.page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 10_000 });
    await act(opened.page);
    opened.assertClean();
  } finally {
    await opened.close();
  }
}
/** Pastes a list, and waits until it is read. @param {Page} page @param {string} text */
async function paste(page, text) {
  await page.locator('#given').fill(text);
  await page.waitForTimeout(600);
}
/** @param {Page} page @param {string} selector */
const texts = (page, selector) => page.locator(selector).allInnerTexts();
/** @param {Page} page */
const picture = (page) => page.locator('canvas.walk').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
/** Gives files to the page. @param {Page} page @param {Record<string, string>} files */
async function choose(page, files) {
  await page.locator('#files').setInputFiles(Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })));
  await page.waitForTimeout(600);
}

const LIST = 'Ana: https://a.b/lab.html#rate=0.1&steps=56\nBen\thttps://a.b/embed.html?figure=landscape&rate=2&steps=40\nturns=4:5,5:5&steps=2';
const TABLE = 'step,m,h,x,y,E,dE_dm,dE_dh\n0,3,5,4,1,3.5,-0.5,-0.25\n1,4,5,5,1.5,3,-0.5,-0.4\n';

describe('what is given', () => {
  test('links are read, each with its verdict, its steps and where it ended', () =>
    visit(async (page) => {
      assert.equal(await page.locator('.shown').isVisible(), false);
      await paste(page, LIST);
      assert.deepEqual(await texts(page, '.roll tbody bdi'), ['Ana', 'Ben', WORDS['cohort.nobody'].replace('{number}', '3')]);
      for (const [row, scenario] of ['rate=0.1&steps=56', 'rate=2&steps=40'].entries()) {
        const truth = new Lab(scenario);
        const cells = await page.locator(`.roll tbody tr:nth-child(${row + 1}) td`).allInnerTexts();
        assert.equal(cells[0], WORDS[`verdict.${truth.verdict().name}`]);
        assert.equal(cells[1], String(truth.lengths()[0]));
      }
      assert.match(await page.locator('.status').innerText(), /^3 students\.$/);
      assert.match(await page.locator('.summary').innerText(), /Ana/);
      assert.match(String(await page.locator('.sheets').getAttribute('aria-label')), /3 students/);
    }));

  test('what is no link is said, with its line, and markup stays text', () =>
    visit(async (page) => {
      const markup = '<img src=x onerror=alert(1)>';
      await paste(page, `${markup}: https://a.b/lab.html#rate=0.1&steps=3\nhello\nhttps://a.b/lab.html\nBen: rate=fast&m=4\n${markup}`);
      assert.deepEqual(await texts(page, '.roll tbody bdi'), [markup, 'Ben']);
      const wrong = await texts(page, '.wrong li');
      assert.deepEqual(wrong.map((text) => text.split(':')[0]), ['Line 2', 'Line 3', 'Line 4', 'Line 5']);
      assert.ok(wrong[0].includes('hello') && wrong[3].includes(markup), wrong.join('\n'));
      assert.equal(await page.locator('#cohort img').count(), 0);
    }));

  test('files are tables of the house that is chosen, or of the one that they name', () =>
    visit(async (page) => {
      await choose(page, { 'ana.csv': TABLE, 'ben.csv': `# https://a.b/lab.html#rate=0.1&steps=1\n${TABLE}`, 'other.csv': 'a,b\n1,2\n' });
      assert.deepEqual(await texts(page, '.roll tbody bdi'), ['ana', 'ben']);
      assert.deepEqual(await texts(page, '.files bdi'), ['ana.csv', 'ben.csv', 'other.csv']);
      assert.match((await texts(page, '.wrong li'))[0], /^other\.csv: /);
      await page.locator('#whose').selectOption('preset=house');
      await page.waitForTimeout(300);
      const notes = (await texts(page, '.roll .why')).join('\n');
      assert.ok(notes.includes('E differs'), notes);
      await page.locator('.files li:nth-child(1) button').click();
      await page.waitForTimeout(600);
      assert.deepEqual(await texts(page, '.roll tbody bdi'), ['ben']);
    }));

  test('files can be dropped anywhere, and one that is too large is not read', () =>
    visit(async (page) => {
      await page.evaluate((table) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([table], 'ana.csv'));
        transfer.items.add(new File(['m,h\n3,5\n'.repeat(200_000)], 'large.csv'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }, TABLE);
      await page.waitForTimeout(700);
      assert.deepEqual(await texts(page, '.roll tbody bdi'), ['ana']);
      assert.match((await texts(page, '.wrong li'))[0], /^large\.csv: .*1,000,000/);
    }));

  test('the two hundred and first is left out, and said', () =>
    visit(async (page) => {
      await paste(page, 'm=3&steps=1\n'.repeat(230));
      assert.equal(await page.locator('.roll tbody tr').count(), 200);
      assert.deepEqual((await texts(page, '.wrong li')).map((text) => text.split(':')[0]), ['Line 201']);
    }));

  test('a class is cleared, and nothing of it is kept', () =>
    visit(async (page) => {
      await paste(page, LIST);
      assert.equal(await page.evaluate(() => location.hash + location.search + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })), '{}{}');
      await page.reload();
      await page.locator('html[data-ready]').waitFor({ state: 'attached' });
      assert.equal(await page.locator('#given').inputValue(), '');
      await paste(page, LIST);
      await page.locator('[data-act="clear"]').click();
      await page.waitForTimeout(500);
      assert.equal(await page.locator('.shown').isVisible(), false);
      assert.equal(await page.locator('.status').innerText(), '');
    }));
});

describe('what is shown', () => {
  test('whoever is elsewhere is told why, and is shown where one goes there', () =>
    visit(async (page) => {
      await paste(page, `${LIST}\nEve: pressure=3&steps=4`);
      assert.match((await texts(page, '.others .why'))[0], /3.*2/);
      assert.match(await page.locator('.status').innerText(), /1 is on another/);
      const before = await picture(page);
      await page.locator('#which').selectOption({ index: 1 });
      assert.deepEqual(await texts(page, '.roll tbody:not(.others) bdi'), ['Eve']);
      assert.equal(await page.locator('.others bdi').count(), 3);
      assert.notEqual(await picture(page), before);
    }));

  test('a row that is pointed at, has the focus or is pressed stands before the others', () =>
    visit(async (page) => {
      await paste(page, LIST);
      const plain = await picture(page);
      await page.locator('.roll tbody tr:nth-child(2)').hover();
      const pointed = await picture(page);
      assert.notEqual(pointed, plain);
      await page.mouse.move(5, 5);
      assert.equal(await picture(page), plain);
      await page.locator('.roll tbody tr:nth-child(2) button').focus();
      assert.equal(await picture(page), pointed);
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.roll button[aria-pressed="true"]').count(), 1);
      await page.locator('#given').focus();
      assert.equal(await picture(page), pointed);
      await page.locator('.roll tbody tr:nth-child(2) button').focus();
      await page.keyboard.press('Escape');
      await page.locator('#given').focus();
      assert.equal(await picture(page), plain);
    }));

  test('picture and table are saved', () =>
    visit(async (page) => {
      await paste(page, LIST);
      for (const [format, begin] of [['svg', '<svg'], ['csv', 'name,'], ['png', '\x89PNG']]) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-save="${format}"]`).click()]);
        assert.equal(download.suggestedFilename(), `backflow-class.${format}`);
        assert.ok(readFileSync(await download.path(), 'latin1').startsWith(begin), format);
      }
    }));

  for (const language of ['en', 'es', 'zh', 'ar']) {
    for (const [width, height] of [[1280, 800], [360, 740]]) {
      test(`${language}, ${width}×${height}: the example speaks the language, fits, and axe finds nothing`, () =>
        visit(
          async (page) => {
            await page.locator('[data-act="example"]').click();
            await page.waitForTimeout(600);
            const own = locale(language);
            assert.equal(await page.locator('h1').innerText(), own['cohort.title']);
            assert.deepEqual((await texts(page, '.roll bdi')).slice(0, 3), own['cohort.names'].split('|').slice(0, 3));
            assert.deepEqual(await texts(page, '.wrong li'), []);
            const said = await page.locator('body').innerText();
            assert.ok(!/\b(cohort|verdict|preset|parameter)\.\w|\{\w+\}/.test(said), said);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
            assert.deepEqual(await findings(page), []);
          },
          { viewport: { width, height }, colorScheme: width > 500 ? 'light' : 'dark' },
          `?locale=${language}`,
        ));
    }
  }
});
