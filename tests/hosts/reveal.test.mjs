// Slides of reveal.js: a figure that is hidden until its slide comes, scaled with it, and keys that are its own.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { browser, host, modules, PACKAGE, ready, served, turnByKeys, turnByMouse, visit } from './support.mjs';

test('slides of reveal.js', async () => {
  const folder = await host('reveal', { 'backflow-figure.js': path.join(PACKAGE, 'backflow-figure.js') }, { 'node_modules/reveal.js': modules('reveal.js') });
  const { origin } = await served(folder);
  await visit(await browser(), `${origin}/`, async (page) => {
    const slide = () => page.evaluate(() => [...document.querySelectorAll('.slides > section')].findIndex((section) => section.classList.contains('present')));
    await page.locator('.reveal.ready').waitFor();
    assert.equal(await slide(), 0);
    assert.equal(await page.locator('backflow-figure').isVisible(), false);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelectorAll('.slides > section')[1].classList.contains('present'));
    // Slides fly in.
    await page.waitForTimeout(1000);
    await ready(page);
    const scale = await page.locator('backflow-figure').evaluate((figure) => figure.getBoundingClientRect().width / /** @type {HTMLElement} */ (figure).offsetWidth);
    assert.ok(Math.abs(scale - 1) > 0.05, `the slide is scaled, by ${scale}`);
    const box = await page.locator('backflow-figure').boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 900, `all of it is on the slide: ${JSON.stringify(box)}`);
    await turnByMouse(page, page);
    await turnByKeys(page);
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'PageDown', 'End', 'Home']) await page.keyboard.press(key);
    assert.equal(await slide(), 1, 'the keys turn the valve, and no slide');
    assert.match(page.url(), /#\/1$/);
    await page.mouse.click(5, 5);
    await page.keyboard.press('ArrowRight');
    assert.equal(await slide(), 2, 'beside the figure they turn slides again');
  });
});
