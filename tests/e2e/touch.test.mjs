// A finger that moves over a figure scrolls the page, and turns nothing that it does not hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, station } from './support/figure.mjs';

const place = station();

/** Fingers move so far, in CSS pixels, in so many steps. */
const [FAR, STEPS] = [250, 10];

for (const name of ['shower', 'landscape']) {
  test(`a swipe over the ${name} scrolls the course`, () =>
    place.visit({ name: 'index.html', ...PHONE }, async (page) => {
      const figure = page.locator(`#${name} backflow-figure`).first();
      await figure.evaluate((one) => one.scrollIntoView({ block: 'center' }));
      await figure.evaluate((one) => /** @type {any} */ (one).ready);
      // What comes beside the figure has come, and nothing moves any more.
      await page.waitForTimeout(1500);
      await figure.evaluate((one) => one.scrollIntoView({ block: 'center' }));
      const box = await figure.boundingBox();
      assert.ok(box);
      const session = await page.context().newCDPSession(page);
      const touch = (/** @type {string} */ type, /** @type {number[][]} */ ...points) =>
        session.send('Input.dispatchTouchEvent', { type: /** @type {any} */ (type), touchPoints: points.map(([x, y]) => ({ x, y })) });
      const [x, y] = [box.x + 12, Math.min(800, box.y + box.height / 2)];
      const [top, state] = [await page.evaluate(() => scrollY), await figure.evaluate((one) => /** @type {any} */ (one).getState().scenario)];
      await touch('touchStart', [x, y]);
      for (let step = 1; step <= STEPS; step += 1) {
        await touch('touchMove', [x, y - (FAR * step) / STEPS]);
        await page.waitForTimeout(16);
      }
      await touch('touchEnd');
      await page.waitForFunction((from) => scrollY > from + 100, top);
      assert.equal(await figure.evaluate((one) => /** @type {any} */ (one).getState().scenario), state);
    }));
}
