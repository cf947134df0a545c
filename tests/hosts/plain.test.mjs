// A plain page with one script tag: twenty figures of different kinds, each ready, one turned by hand and one by keys.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { browser, host, PACKAGE, ready, served, turnByKeys, turnByMouse, visit } from './support.mjs';

test('twenty figures on a plain page', async () => {
  const folder = await host('plain', { 'backflow-figure.js': path.join(PACKAGE, 'backflow-figure.js') });
  const server = await served(folder);
  await visit(await browser(), `${server.origin}/`, async (page) => {
    const kinds = await page.locator('backflow-figure').evaluateAll((figures) => figures.map((figure) => figure.getAttribute('figure')));
    assert.equal(new Set(kinds).size, 20);
    for (const [place, kind] of kinds.entries()) {
      const selector = `backflow-figure[figure="${kind}"]`;
      await ready(page, selector);
      const [m, height] = await page.locator(selector).evaluate((figure) => [/** @type {any} */ (figure).value.m, figure.getBoundingClientRect().height]);
      assert.equal(m, 2 + place / 4, String(kind));
      assert.ok(height > 100, `${kind} is ${height} pixels high`);
    }
    await turnByMouse(page, page, '[figure="shower"]');
    await turnByKeys(page, '[figure="chain"]');
    const others = await page.locator('[figure="landscape"]').evaluate((figure) => /** @type {any} */ (figure).value.m);
    assert.equal(others, 2.75, 'each figure is its own');
    assert.deepEqual(server.log.map(({ url }) => url), ['/', '/backflow-figure.js'], 'one file is all that a page needs');
  });
});
