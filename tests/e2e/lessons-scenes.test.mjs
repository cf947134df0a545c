// The figures of the course round the plumbing, measuring and remembering: what the reader turns and is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertShown, drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become, told } from './support/lesson.mjs';
import { Lab, Lessons, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());
const RACE = 'optimizer=momentum&rate=0.02&steps=10&rival=optimizer=descent%26rate=0.1&rival=optimizer=adagrad%26rate=0.5&rival=optimizer=adam%26rate=0.1';

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

/** Sets a position as a turn of its own. @param {Page} page @param {string} key @param {number} position */
async function turn(page, key, position) {
  await page.locator(`[data-input="${key}"]`).fill(String(position));
  await page.locator(`[data-input="${key}"]`).press('Enter');
  await drawn(page);
}

/** What the challenge of the shower says after some turns, and what the page is told. @param {Page} page @param {[string, number][]} turns */
async function play(page, turns) {
  for (const [index, [key, position]] of turns.entries()) {
    assert.equal(await page.locator('.challenge .answer').textContent(), '', `nothing is answered before turn ${index + 1}`);
    const numbers = /** @type {Record<string, number>} */ (Lessons.progress('shower', 'six', await scenario(page)));
    assert.deepEqual([numbers.turns, numbers.left], [index, 6 - index]);
    assert.equal(await page.locator('.challenge .turns').textContent(), told('challenge.shower.six.turns', numbers));
    await turn(page, key, position);
  }
  const outcome = Lessons.judge('shower', 'six', await scenario(page));
  assert.ok(outcome, 'the engine has judged');
  const verdict = words.say(outcome.right ? 'challenge.right' : 'challenge.wrong');
  assert.equal(await page.locator('.challenge .answer p').textContent(), `${verdict} ${told(`challenge.shower.six.${outcome.name}.why`, outcome.numbers)}`);
  const answers = await page.evaluate(() => /** @type {any} */ (window).answers.splice(0));
  assert.deepEqual(answers, [{ figure: 'shower', challenge: 'six', guess: outcome.name, right: outcome.right }]);
  return outcome.name;
}

test('shower: put right with few turns, each of which is counted', () =>
  lesson('shower', '', async (page) => {
    await page.evaluate(() => {
      /** @type {any} */ (window).answers = [];
      document.addEventListener('backflow-answer', (event) => /** @type {any} */ (window).answers.push(/** @type {CustomEvent} */ (event).detail));
    });
    await page.locator('.challenge summary').click();
    await page.locator('[data-challenge="six"]').waitFor();
    assert.equal(await scenario(page), 'turns=');
    assert.equal(await play(page, [['m', 7], ['h', 6], ['h', 7]]), 'done');
    assert.equal(await scenario(page), 'steps=3&turns=7:5,7:6,7:7', 'the path can be kept');
    const again = async () => {
      await page.locator('[data-act="again"]').click();
      await drawn(page);
    };
    await again();
    assert.equal(await play(page, [['h', 6], ['h', 7], ['h', 8], ['h', 9], ['h', 9.5], ['h', 10]]), 'handle');
    await again();
    assert.equal(await play(page, [['m', 4], ['h', 6], ['m', 5], ['h', 7], ['m', 5.5], ['h', 7.5]]), 'over');
    await again();
    assert.equal(await play(page, [['target', 1]]), 'ideal');
  }));

test('shower: a handle that is dragged is one turn, however long', () =>
  lesson('shower', '', async (page) => {
    await page.locator('.challenge summary').click();
    await page.locator('[data-challenge="six"]').waitFor();
    const box = await page.locator('[data-handle="m"]').boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y - 0.4 * box.height);
    await page.mouse.down();
    await page.mouse.move(x + 0.2 * box.width, y - 0.3 * box.height, { steps: 5 });
    await page.mouse.move(x + 0.3 * box.width, y - 0.2 * box.height, { steps: 5 });
    await page.mouse.up();
    await drawn(page);
    const numbers = /** @type {Record<string, number>} */ (Lessons.progress('shower', 'six', await scenario(page)));
    assert.equal(numbers.turns, 1);
    assert.equal(await page.locator('.challenge .turns').textContent(), told('challenge.shower.six.turns', numbers));
  }));

test('chain: a nudge is multiplied at each part that it passes', () =>
  lesson('chain', 'preset=article&m=4&h=4', async (page) => {
    assert.ok(await page.locator('.nudge .note').isVisible(), 'nothing is turned yet');
    /** @param {string} valve @param {Record<string, string>} changes */
    const assertWay = async (valve, changes) => {
      await assertShown(page);
      assert.equal(await page.locator(`.way[data-way="${valve}"]`).isVisible(), true);
      assert.equal(await page.locator('.way:visible').count(), 1);
      for (const [name, text] of Object.entries(changes)) assert.equal(await page.locator(`.way:visible [data-change="${name}"]`).textContent(), text);
    };
    await turn(page, 'm', 5);
    await assertWay('m', { turned_m: '+1.00', changed_x: '+2.00', changed_y: '+0.50' });
    assert.deepEqual(await page.locator('.way:visible [data-times]').allTextContents(), ['2.00', '0.25']);
    await turn(page, 'h', 2);
    await assertWay('h', { turned_h: '−2.00', changed_y: '−1.00' });
  }));

test('chain: a nudge of which nothing comes goes on no number of times', () =>
  lesson('chain', 'preset=article&pressure=0&m=4&h=4', async (page) => {
    await turn(page, 'm', 5);
    assert.deepEqual(await page.locator('.way:visible [data-times]').allTextContents(), ['0.00', '–']);
  }));

test('chain: three turns of the main valve', () =>
  lesson('chain', '', async (page) => {
    await assertChallenges(page, 'chain');
    await page.locator('[data-guess="sum"]').check();
    await page.locator('[data-act="commit"]').click();
    await drawn(page);
    assert.equal(await page.locator('.way:visible [data-change="changed_y"]').textContent(), '+1.50', 'the answer is shown as a turn');
  }));

test('two paths: each by itself and both added, with the other tap open or shut', () =>
  lesson('two-paths', 'preset=house', async (page) => {
    /** What the sentence should say. */
    const assertPaths = async () => {
      const { reading } = await assertShown(page);
      const [direct, via, sum] = ['dy_dh_x', 'dy_dh_via_x', 'dy_dh'].map((name) => words.number(reading[name]));
      assert.equal(await page.locator('.two-paths .said').textContent(), words.say('paths.said', { direct, via, sum }));
      return reading;
    };
    const open = await assertPaths();
    assert.ok(open.dy_dh_x > 0 && open.dy_dh_via_x > 0);
    await page.locator('[data-setting="Cother"]').press('Home');
    const shut = await assertPaths();
    assert.deepEqual([shut.dy_dx, shut.dy_dh_x], [1, 0]);
    assert.equal(await page.locator('[data-chosen="onward"], .passes').count(), 0, 'there is no walk along the links here');
  }));

test('two paths: what if there were no other tap?', () =>
  lesson('two-paths', '', (page) => assertChallenges(page, 'two-paths')));

test('plumber: what he believes beside the truth, step by step and by every way of measuring', () =>
  lesson('plumber', 'sensitivities=joint', async (page) => {
    assert.equal((await assertTold(page, 'plumber')).ratio, 2);
    await page.locator('[data-control="step"]').click();
    assert.ok(Math.abs((await assertTold(page, 'plumber')).ratio - 0.5) < 1e-9);
    for (const way of ['exact', 'wiggle']) {
      await page.locator('select[data-setting="sensitivities"]').selectOption(way);
      await assertTold(page, 'plumber');
      assert.equal(new Lab(await scenario(page)).get('sensitivities'), way);
    }
    const offered = await page.locator('.controls [data-chosen]:visible').evaluateAll((all) => all.map((control) => /** @type {HTMLElement} */ (control).dataset.chosen));
    assert.deepEqual(offered.sort(), ['back', 'play', 'reset', 'step']);
  }));

test('plumber: what is wrong, and what repairs it?', () =>
  lesson('plumber', '', (page) => assertChallenges(page, 'plumber')));

test('memory: four rules on one clock, in any unit', () =>
  lesson('memory', RACE, async (page) => {
    /** Each run is named with its steps and its error. */
    const assertLanes = async () => {
      await drawn(page);
      const lab = new Lab(await scenario(page));
      const lanes = /** @type {any[]} */ (lab.lanes());
      assert.equal(lanes.length, 4);
      const said = await page.locator('.lanes li').allTextContents();
      for (const [index, { optimizer, E }] of lanes.entries()) {
        assert.ok(said[index].includes(words.say(`optimizer.${optimizer}`)) && said[index].includes(words.number(E)), said[index]);
      }
      return lanes.map(({ m, h }) => [m, h]);
    };
    const before = await assertLanes();
    await page.locator('select[data-setting="units"]').selectOption('lpm');
    const after = await assertLanes();
    const apart = before.map(([m, h], index) => Math.hypot(m - after[index][0], h - after[index][1]));
    assert.deepEqual(apart.map((far) => far < 1e-6), [false, false, true, true]);
    assert.ok(read(new Lab(await scenario(page))).E > 10, 'the error is in litres');
  }));

test('memory: whose path stays put when the units change?', () =>
  lesson('memory', '', (page) => assertChallenges(page, 'memory')));
