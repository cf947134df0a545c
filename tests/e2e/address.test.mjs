// The address of the lab: it holds what is shown, and whatever stands in it, the page stays whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arc, assertShown, degrees, dragMouse, drawn, handle, PARTS, scenario, snapshot, station } from './support/figure.mjs';
import { Lab } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** Waits until the address holds what is shown. @param {Page} page */
async function settled(page) {
  await page.waitForFunction(() => {
    const shown = /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario;
    return decodeURIComponent(location.hash.slice(1)) === shown;
  });
  return page.url();
}

/** @param {Page} page */
const pictures = (page) =>
  Promise.all([PARTS.field, PARTS.map, PARTS.marks, PARTS.history].map((selector) =>
    page.locator(selector).evaluate((canvas) => /** @type {any} */ (canvas).toDataURL()),
  ));

/** @param {Page} page */
const complaints = (page) => page.locator(PARTS.complaints).innerText();

test('a page that nobody touched has the address it came with', () =>
  place.visit({ hash: 'h=2&preset=product' }, async (page) => {
    await page.waitForTimeout(400);
    assert.equal(new URL(page.url()).hash, '#h=2&preset=product');
  }));

test('after release the address holds the scenario; not while the hand still turns', () =>
  place.visit({}, async (page) => {
    const from = await degrees(page, 'm');
    const points = arc(await handle(page, 'm'), from, from + 90, 10);
    await page.mouse.move(points[0].x, points[0].y);
    await page.mouse.down();
    for (const { x, y } of points) await page.mouse.move(x, y);
    await page.waitForTimeout(350);
    assert.equal(new URL(page.url()).hash, '');
    await page.mouse.up();
    const { shown } = await assertShown(page);
    assert.match(shown.scenario, /^m=/);
    await settled(page);
    for (const key of ['Home', 'End']) {
      await page.locator('[data-dial="h"]').focus();
      await page.keyboard.press(key);
      await settled(page);
    }
  }));

test('an address without anything to say has no hash', () =>
  place.visit({ hash: 'm=5' }, async (page) => {
    const field = page.locator('[data-input="m"]').first();
    await field.fill('3');
    await field.press('Enter');
    await page.waitForFunction(() => location.href === `${location.origin}${location.pathname}?parts=all`);
  }));

test('a link opens the same page: every number, the run, every pixel', () =>
  place.visit({}, async (page) => {
    await page.locator('select[data-control="preset"]').selectOption('house');
    await page.locator('select[data-control="optimizer"]').selectOption('nesterov');
    const from = await degrees(page, 'h');
    await dragMouse(page, arc(await handle(page, 'h'), from, from + 40, 8));
    await page.mouse.move(5, 5);
    for (let step = 0; step < 12; step += 1) await page.locator('button[data-control="step"]').click();
    await assertShown(page);
    const link = new URL(await settled(page));
    const [before, drawing] = [await snapshot(page), await pictures(page)];
    assert.match(link.hash, /steps=12$/);
    await place.visit({ hash: link.hash.slice(1) }, async (other) => {
      await assertShown(other, before.scenario);
      assert.deepEqual(await snapshot(other), before);
      assert.deepEqual(await pictures(other), drawing);
      assert.equal(await complaints(other), '');
    });
  }));

test('what is wrong in the address is listed, and the rest applies', () =>
  place.visit({ hash: 'rate=fast&preset=house&colour=red&h=99&m=3&m=4&k=1&steps=2.5&error=big&main=tap' }, async (page) => {
    const { shown } = await assertShown(page);
    assert.match(shown.scenario, /preset=house/);
    assert.match(shown.scenario, /m=4/);
    const said = await complaints(page);
    const wanted = new Lab('rate=fast&preset=house&colour=red&h=99&m=3&m=4&k=1&steps=2.5&error=big&main=tap').complaints();
    assert.equal(wanted.length, 8);
    for (const { key, given } of wanted) assert.ok(said.includes(`${key}=${given}`), `"${key}=${given}" is in "${said}"`);
    assert.equal(await page.locator(PARTS.complaints).getAttribute('role'), 'alert');
  }));

test('another hash on the open page is another experiment', () =>
  place.visit({ hash: 'm=5' }, async (page) => {
    for (const hash of ['preset=plateau&steps=7', 'rate=nothing&m=2', '', 'preset=house&m=7.125&h=2.5']) {
      await page.evaluate((text) => {
        location.hash = text;
      }, hash);
      await page.waitForFunction((wanted) => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario === wanted, new Lab(hash).scenario());
      await assertShown(page);
      assert.equal((await complaints(page)) !== '', hash.includes('nothing'));
    }
  }));

test('a hash that changes before the page works is not lost, and breaks nothing', () =>
  place.visit({ prepare: (page) => page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => {
    location.hash = 'm=8';
  })), hash: 'm=2' }, async (page) => {
    await assertShown(page, 'm=8');
  }));

test('markup in the address stays text', () =>
  place.visit({ hash: '"><img src=x onerror=alert(1)>=1&m=<script>alert(2)</script>&%3Cb%3E=%3Ci%3E&rate=%00%ff%' }, async (page) => {
    let asked = false;
    page.on('dialog', () => {
      asked = true;
    });
    await assertShown(page, '');
    const said = await complaints(page);
    assert.ok(said.includes('<script>'), said);
    assert.ok(said.includes('<b>=<i>'), said);
    assert.equal(await page.locator('img, backflow-figure script, backflow-figure b').count(), 0);
    assert.equal(asked, false);
  }));

test('of an address that is far too long only the beginning counts, and that is said', () =>
  place.visit({ hash: `m=6&${'x'.repeat(5000)}=1&h=2` }, async (page) => {
    await assertShown(page, 'm=6');
    const said = await complaints(page);
    assert.ok(said.includes('4096') || said.includes('4,096'), said);
    assert.ok(said.length < 400, `a short sentence, not ${said.length} characters`);
    await drawn(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    assert.equal(await scenario(page), 'm=6');
  }));

test('the course leads to the lab with the valves of its first figure where they were left', () =>
  place.visit({ name: 'index.html' }, async (page) => {
    await page.locator('#shower [data-dial="m"]').focus();
    await page.keyboard.press('PageUp');
    const { shown } = await assertShown(page);
    await page.locator('a.go').click();
    await page.waitForURL(/lab\.html#/);
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    await assertShown(page, shown.scenario);
  }));
