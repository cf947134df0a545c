// A figure on paper: its own drawing, in the light look, with its address and its licence; nothing to press.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, drawn, station } from './support/figure.mjs';
import { site } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/** Figures without a picture of their page's, the last of them far below. @param {Page} page @param {string} [inside] */
async function furnish(page, inside = '') {
  await page.evaluate((inside) => {
    const figures = [
      ['landscape', 'preset=house&m=4'],
      ['chain', 'preset=house'],
      ['race', 'preset=house&steps=3&rival=optimizer=adam'],
    ].map(([figure, scenario]) => {
      const host = document.createElement('backflow-figure');
      host.setAttribute('figure', figure);
      host.setAttribute('scenario', scenario);
      host.innerHTML = inside;
      return host;
    });
    document.body.replaceChildren(...figures);
  }, inside);
  await begun(page);
}

/** What each figure shows of some elements: how many can be seen. @param {Page} page @param {string} selector @returns {Promise<number>} */
const seen = (page, selector) =>
  page.evaluate(
    (selector) =>
      [...document.querySelectorAll('backflow-figure')]
        .flatMap((host) => [.../** @type {ShadowRoot} */ (host.shadowRoot).querySelectorAll(selector)])
        .filter((element) => element.checkVisibility()).length,
    selector,
  );

/** The colour of m in the two looks, as www/style/tokens.css has it. */
const LIGHT = 0x1f5fbf;
const DARK = 0x86b6ff;

/** Whether the histories have pixels of a colour, all of them. @param {Page} page @param {number} color */
const drawnIn = (page, color) =>
  page.evaluate((color) => {
    const canvases = [...document.querySelectorAll('backflow-figure')].flatMap((host) => [
      .../** @type {NodeListOf<HTMLCanvasElement>} */ (/** @type {ShadowRoot} */ (host.shadowRoot).querySelectorAll('.history canvas')),
    ]);
    return canvases.map((canvas) => {
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(canvas.width, canvas.height).getContext('2d'));
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) if ((data[at] << 16) + (data[at + 1] << 8) + data[at + 2] === color && data[at + 3] === 255) return true;
      return false;
    });
  }, color);

test('a figure without a picture prints its own drawing, in the light look, with its address and its licence', () =>
  place.visit({ name: 'host.html', colorScheme: 'dark' }, async (page) => {
    await furnish(page);
    assert.deepEqual([await drawnIn(page, DARK), await drawnIn(page, LIGHT)], [[true], [false]]);
    assert.equal(await seen(page, '.origin'), 0);
    assert.ok((await seen(page, 'button')) > 5 && (await seen(page, '.controls')) > 0);
    await page.emulateMedia({ media: 'print' });
    await drawn(page);
    assert.equal(await seen(page, 'button:not(.plain), input[type="range"], .controls'), 0, 'nothing to press');
    const lines = await page.evaluate(() => [...document.querySelectorAll('backflow-figure')].map((host) => [host.shadowRoot?.querySelector('.origin')?.textContent, `${/** @type {any} */ (host).permalink()} · CC BY 4.0`]));
    for (const [line, wanted] of lines) assert.equal(line, wanted);
    assert.equal(await seen(page, '.origin'), 3);
    assert.equal(await seen(page, '.scene, .landscape, .history'), 4);
    assert.deepEqual([await drawnIn(page, DARK), await drawnIn(page, LIGHT)], [[false], [true]], 'also what is out of sight');
    await page.emulateMedia({ media: 'screen' });
    await drawn(page);
    assert.equal(await seen(page, '.origin'), 0);
    assert.ok((await seen(page, 'button')) > 5, 'on the screen all is as it was');
  }));

test('where the page has a picture for a figure, that is what is printed', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    await furnish(page, '<img src="icon.svg" alt="The icon" width="64" height="64">');
    await page.emulateMedia({ media: 'print' });
    await drawn(page);
    assert.equal(await seen(page, '.origin, .scene, .landscape, .history'), 0);
    assert.equal(await seen(page, '.paper'), 3);
    for (const image of await page.locator('backflow-figure img').all()) assert.equal(await image.isVisible(), true);
  }));

test('printing changes nothing, and the lines are written for it', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    await furnish(page);
    const state = () => page.evaluate(() => [...document.querySelectorAll('backflow-figure')].map((host) => /** @type {any} */ (host).getState().scenario));
    const before = await state();
    const pdf = await page.pdf({ format: 'A4' });
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    assert.deepEqual(await state(), before);
    const lines = await page.evaluate(() => [...document.querySelectorAll('backflow-figure')].map((host) => host.shadowRoot?.querySelector('.origin')?.textContent));
    assert.ok(lines.every((line) => line?.endsWith('CC BY 4.0')));
  }));
