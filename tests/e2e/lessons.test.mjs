// The figures of the course: the gesture of each, and what the reader is told of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become, pull } from './support/lesson.mjs';
import { Lab, Lessons } from './support/truth.mjs';

const place = station(site());

/**
 * A figure of the course on a page.
 * @param {string} figure
 * @param {string} scenario
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} act
 */
const lesson = (figure, scenario, act) =>
  place.visit({ name: 'host.html' }, async (page) => {
    await become(page, figure, scenario);
    await act(page);
  });

test('ruler: rise over run between two points that one drags', () =>
  lesson('ruler', 'preset=article&m=4&h=4&to=8', async (page) => {
    const first = await assertTold(page, 'ruler');
    assert.deepEqual([first.y_from, first.y_to, first.ratio], [3, 5, 0.5]);
    await pull(page, 'to', 200, 100);
    const second = await assertTold(page, 'ruler');
    assert.notEqual(second.h_to, first.h_to);
    assert.ok(Math.abs(second.ratio - 0.5) < 1e-12, 'this house has the same ratio everywhere');
    await page.locator('[data-grip="h"]').press('ArrowRight');
    assert.ok((await assertTold(page, 'ruler')).h_from > first.h_from);
  }));

test('ruler: where is the handle most sensitive?', () =>
  lesson('ruler', '', (page) => assertChallenges(page, 'ruler')));

test('whoever closes a challenge finds the figure as it was; whoever opens it again, the stage', () =>
  lesson('ruler', 'preset=article&m=4&h=4&to=8', async (page) => {
    const before = await scenario(page);
    const summary = page.locator('.challenge summary');
    const [{ stage }] = Lessons.challenges('ruler');
    const staged = new Lab(stage).scenario();
    await summary.click();
    await page.locator('[data-challenge]').waitFor();
    assert.equal(await scenario(page), staged);
    await page.locator('[data-grip="h"]').press('ArrowRight');
    await summary.click();
    await drawn(page);
    assert.equal(await scenario(page), before);
    await summary.click();
    await drawn(page);
    assert.equal(await scenario(page), staged);
    await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('label', 'another'));
    await page.locator('.challenge:not([open])').waitFor();
    assert.equal(await scenario(page), before, 'a figure that is built anew has closed its challenge');
  }));

test('a challenge keeps the focus, and asks nothing where nobody may change anything', () =>
  lesson('ruler', 'preset=article', async (page) => {
    const focused = () => page.evaluate(() => document.querySelector('backflow-figure')?.shadowRoot?.activeElement?.getAttribute('data-act') ?? document.querySelector('backflow-figure')?.shadowRoot?.activeElement?.tagName);
    await page.locator('.challenge summary').click();
    await page.locator('[data-guess="high"]').check();
    await page.locator('[data-act="commit"]').press('Enter');
    assert.equal(await focused(), 'again');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'INPUT');
    await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('controls', 'valves'));
    assert.equal(await page.locator('.challenge').isVisible(), false);
    await page.evaluate(() => {
      document.querySelector('backflow-figure')?.removeAttribute('controls');
      document.querySelector('backflow-figure')?.setAttribute('readonly', '');
    });
    assert.equal(await page.locator('.challenge').isVisible(), false);
    assert.ok(await page.locator('[data-grip="h"]').isDisabled());
  }));
