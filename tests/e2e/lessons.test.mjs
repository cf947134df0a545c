// The figures of the course: the gesture of each, and what the reader is told of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become, pull } from './support/lesson.mjs';

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
