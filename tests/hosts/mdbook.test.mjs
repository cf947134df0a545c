// A book of mdBook: the frame in one chapter, the element in another, and arrow keys that turn valves and not pages.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { browser, frame, framed, host, PACKAGE, ready, run, served, turnByKeys, turnByMouse, visit } from './support.mjs';

/** @type {import('playwright-core').Browser} */
let chromium;
let origin = '';

before(async () => {
  const program = process.env.MDBOOK;
  if (!program) throw new Error('MDBOOK must name mdBook; `cargo xtask test` installs and sets it');
  const folder = await host('mdbook', { 'src/embed.html': frame('embed.html'), 'src/backflow-figure.js': path.join(PACKAGE, 'backflow-figure.js') });
  await run(program, ['build'], folder);
  ({ origin } = await served(path.join(folder, 'book')));
  chromium = await browser();
});

describe('a book of mdBook', () => {
  test('has a figure in a frame', () =>
    visit(chromium, `${origin}/frame.html`, async (page) => {
      const inside = await framed(page, 'main iframe');
      await ready(inside);
      await turnByMouse(page, inside);
      await turnByKeys(inside);
      assert.equal(page.url(), `${origin}/frame.html`);
    }));

  test('has a figure as an element', () =>
    visit(chromium, `${origin}/element.html`, async (page) => {
      await ready(page);
      await turnByMouse(page, page);
      await turnByKeys(page);
      await page.locator('backflow-figure [data-input="m"]').first().press('ArrowRight');
      await page.waitForTimeout(300);
      assert.equal(page.url(), `${origin}/element.html`, 'the arrows turn the valve, and no page');
      await page.locator('backflow-figure [data-input="m"]').first().blur();
      await Promise.all([page.waitForURL(`${origin}/last.html`), page.keyboard.press('ArrowRight')]);
    }));
});
