// The figures of the course about slopes, as a reader uses them: rise over run, Δ that becomes ∂, what is held, and
// the error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become, pull } from './support/lesson.mjs';
import { Lab, Lessons } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/**
 * A figure of the course on a page.
 * @param {string} figure
 * @param {string} scenario
 * @param {(page: Page) => Promise<unknown>} act
 */
const lesson = (figure, scenario, act) =>
  place.visit({ name: 'host.html' }, async (page) => {
    await become(page, figure, scenario);
    await act(page);
  });

/** Which sentence a figure says. @param {Page} page @param {string} figure */
const form = async (page, figure) => Lessons.form(figure, new Lab(await scenario(page)));

/** Moves a setting by a key. @param {Page} page @param {string} setting @param {string} key */
async function press(page, setting, key) {
  await page.locator(`[data-setting="${setting}"]`).press(key);
  await drawn(page);
}

test('ruler: two points that are one give no ratio', () =>
  lesson('ruler', 'preset=article&m=4&h=4&to=4', async (page) => {
    const told = await assertTold(page, 'ruler');
    assert.equal(await form(page, 'ruler'), 'point');
    assert.equal(told.ratio, 0);
    await page.locator('[data-grip="to"]').press('ArrowRight');
    await assertTold(page, 'ruler');
    assert.equal(await form(page, 'ruler'), '');
  }));

test('ruler: a point stays below the pointer that drags it, at a position as it is written', () =>
  lesson('ruler', 'preset=curves&m=8&h=3&to=8', async (page) => {
    await pull(page, 'to', 250, 150);
    const box = await page.locator('[data-grip="to"] + .dot').boundingBox();
    const sheets = await page.locator('.plot .sheets').boundingBox();
    assert.ok(box && sheets && Math.abs(box.x + box.width / 2 - sheets.x - 250) < 2, 'it is where it was let go');
    const { h_to } = await assertTold(page, 'ruler');
    assert.equal(h_to, Number(h_to.toFixed(2)));
  }));

test('shrink: the ratio becomes the slope as the span shrinks, without noise at its smallest', () =>
  lesson('shrink', 'preset=curves&m=8&h=3&span=4', async (page) => {
    const wide = await assertTold(page, 'shrink');
    await press(page, 'span', 'PageDown');
    const nearer = await assertTold(page, 'shrink');
    assert.ok(nearer.run < wide.run && Math.abs(nearer.difference) < Math.abs(wide.difference));
    assert.equal(nearer.slope, wide.slope, 'the slope has no span');
    await press(page, 'span', 'Home');
    const nearest = await assertTold(page, 'shrink');
    assert.equal(nearest.run, 1e-6);
    assert.ok(nearest.difference < 0 && nearest.difference > -1e-6, 'the curve bends down');
    assert.match((await page.locator('.plot .said').textContent()) ?? '', /−[\d.]+\s×\s10⁻⁸/);
  }));

test('shrink: where the handle goes no further one measures back, and a straight house has one ratio', () =>
  lesson('shrink', 'preset=curves&m=8&h=9&span=2', async (page) => {
    assert.equal((await assertTold(page, 'shrink')).run, -2);
    assert.equal(await form(page, 'shrink'), 'left');
    await pull(page, 'h', 200, 100);
    assert.ok((await assertTold(page, 'shrink')).run > 0);
    await become(page, 'shrink', 'preset=article&m=4&h=3&span=0.001');
    const straight = await assertTold(page, 'shrink');
    assert.equal(await form(page, 'shrink'), 'straight');
    assert.equal(straight.difference, 0);
  }));

test('shrink: how close is close enough?', () => lesson('shrink', '', (page) => assertChallenges(page, 'shrink')));

test('hold: another hand on the main valve spoils the ratio', () =>
  lesson('hold', 'preset=article&m=4&h=4&to=6', async (page) => {
    const clean = await assertTold(page, 'hold');
    assert.equal(await form(page, 'hold'), 'still');
    assert.deepEqual([clean.held, clean.spoilt, clean.exact], [0.5, 0.5, 0.5]);
    await press(page, 'drift', 'PageUp');
    const spoilt = await assertTold(page, 'hold');
    assert.equal(await form(page, 'hold'), '');
    assert.equal(spoilt.held, clean.held, 'the clean one stays');
    assert.ok(spoilt.spoilt > spoilt.held && spoilt.m_to > spoilt.m_from);
    const sheets = await page.locator('.plot .sheets').boundingBox();
    await pull(page, 'to', (sheets?.width ?? 0) - 60, 100);
    assert.ok((await assertTold(page, 'hold')).h_to > spoilt.h_to);
  }));

test('hold: a handle that does not turn teaches nothing', () =>
  lesson('hold', 'preset=curves&m=8&h=3&to=3&drift=1', async (page) => {
    const told = await assertTold(page, 'hold');
    assert.deepEqual([await form(page, 'hold'), told.held, told.spoilt], ['point', 0, 0]);
  }));

test('hold: which measurement is worth nothing?', () => lesson('hold', '', (page) => assertChallenges(page, 'hold')));

test('error: the dot goes along the curve as far as the handle lets it, and catches at the ideal', () =>
  lesson('error', 'preset=article&m=4&h=4', async (page) => {
    const first = await assertTold(page, 'error');
    assert.deepEqual([first.y, first.E, first.slope], [3, 2, -1]);
    assert.equal(await form(page, 'error'), 'absolute');
    const sheets = await page.locator('.plot .sheets').boundingBox();
    const ideal = await page.locator('[data-grip="target"] + .dot').boundingBox();
    assert.ok(sheets && ideal);
    await pull(page, 'h', ideal.x + ideal.width / 2 - sheets.x + 2, 200);
    const exact = await assertTold(page, 'error');
    assert.equal(await form(page, 'error'), 'exact');
    assert.deepEqual([exact.E, exact.slope], [0, 0]);
    await pull(page, 'h', sheets.width - 10, 40);
    const open = await assertTold(page, 'error');
    assert.equal(await form(page, 'error'), 'open');
    assert.deepEqual([open.h, open.y], [10, open.y_most]);
    await page.locator('[data-grip="h"]').press('Home');
    assert.equal((await assertTold(page, 'error')).y, open.y_least);
    assert.equal(await form(page, 'error'), 'shut');
  }));

test('error: the ideal is a grip too, and each kind of error has its slope', () =>
  lesson('error', 'preset=article&m=4&h=4', async (page) => {
    await page.locator('[data-setting="error"]').selectOption('squared');
    const bowl = await assertTold(page, 'error');
    assert.equal(bowl.slope, -bowl.distance);
    assert.ok(await page.locator('[data-setting="delta"]').isHidden(), 'only a Huber error has a δ');
    await page.locator('[data-setting="error"]').selectOption('huber');
    const both = await assertTold(page, 'error');
    assert.equal(both.slope, -both.delta);
    await press(page, 'delta', 'End');
    assert.equal((await assertTold(page, 'error')).slope, -bowl.distance, 'the bowl is wide now');
    await pull(page, 'target', 150, 10);
    const moved = await assertTold(page, 'error');
    assert.ok(moved.target < bowl.target && moved.y === bowl.y, 'the ideal moves, the flow does not');
  }));

test('error: half the error, half the push?', () => lesson('error', '', (page) => assertChallenges(page, 'error')));
