// The figures of the course about networks, as a reader uses them: pipes that become one, and the blame of 18 valves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become } from './support/lesson.mjs';
import { Lab, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/**
 * A figure of the course on a page.
 * @param {string} figure
 * @param {string} scenario
 * @param {(page: Page) => Promise<unknown>} act
 * @param {object} [options]
 */
const lesson = (figure, scenario, act, options = {}) =>
  place.visit({ name: 'host.html', ...options }, async (page) => {
    await become(page, figure, scenario);
    await act(page);
  });

/** What the canvas shows. @param {Page} page */
async function pixels(page) {
  await page.locator('.plot canvas').evaluate((canvas) => canvas.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(100);
  await drawn(page);
  return page.locator('.plot canvas').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
}

/** The network of what a page shows, by a second engine. @param {Page} page */
const network = async (page) => new Lab(await scenario(page)).network();

/** Does something to the figure itself. @param {Page} page @param {string} method */
async function call(page, method) {
  const done = await page.evaluate((method) => /** @type {any} */ (document.querySelector('backflow-figure'))[method](), method);
  await drawn(page);
  return done;
}

/** What is said of a valve. @param {any} network @param {number} valve @param {boolean} [asked] */
function state({ valves, sensitivities }, valve, asked = false) {
  const position = words.number(valves[valve]);
  return words.say(asked ? 'plot.small-network.at' : 'plot.small-network.state', { position, slope: words.fine(sensitivities[valve]) });
}

/** What a valve is called. @param {any} network @param {number} valve */
function label({ pipes }, valve) {
  const [layer, from, to] = pipes.slice(3 * valve, 3 * valve + 3);
  return words.say(`plot.small-network.${layer === 0 ? 'pump' : 'junction'}`, { from: String(from + 1), to: String(to + 1) });
}

test('fade: pipes become nodes and no number changes; both valves turn, and the tags with them', () =>
  lesson('fade', 'preset=product', async (page) => {
    const first = await assertTold(page, 'fade');
    const pipes = await pixels(page);
    await page.locator('[data-setting="fade"]').press('End');
    assert.deepEqual(await assertTold(page, 'fade'), first);
    assert.equal(new Lab(await scenario(page)).get('fade'), '1');
    assert.ok((await pixels(page)) !== pipes, 'the picture is another');
    for (const key of ['m', 'h']) {
      const before = await assertTold(page, 'fade');
      await page.locator(`[data-setting="${key}"]`).press('ArrowRight');
      assert.notDeepEqual(await assertTold(page, 'fade'), before);
    }
    const [m] = new Lab(await scenario(page)).reading();
    assert.equal(await page.locator('[data-setting="m"]').getAttribute('aria-valuetext'), words.typed('m', m));
    assert.ok(await call(page, 'undo'));
    await assertTold(page, 'fade');
    await become(page, 'fade', 'preset=house&fade=0.5&steps=3');
    const house = await assertTold(page, 'fade');
    assert.ok(Math.abs(house.dE_dh_direct + house.dE_dh_via_x - house.dE_dh) < 1e-12, 'two paths');
    const [now] = new Lab(await scenario(page)).reading();
    assert.equal(await page.locator('[data-setting="m"]').getAttribute('aria-valuetext'), words.typed('m', now), 'where the run stands, not where it began');
  }));

test('fade: fill in ∂E/∂m, and count runs and sweeps', () =>
  lesson('fade', '', async (page) => {
    await page.locator('.challenge summary').click();
    await page.locator('.challenge fieldset').waitFor();
    await drawn(page);
    assert.equal(await page.locator('.plot .said').textContent(), words.say('challenge.hush'), 'the sentence would give it away');
    await page.locator('.challenge summary').click();
    await assertChallenges(page, 'fade');
  }));

test('small network: each of 18 valves turns by keys and by drag, and says what one more turn would do', () =>
  lesson('small-network', '', async (page) => {
    const told = await assertTold(page, 'small-network');
    assert.deepEqual([told.valves, told.probes], [18, 19]);
    const valves = page.locator('input[data-valve]');
    assert.equal(await valves.count(), 18);
    const first = await network(page);
    for (const valve of [0, 8, 9, 17]) {
      const input = page.locator(`[data-valve="${valve}"]`);
      assert.equal(await input.getAttribute('aria-label'), label(first, valve));
      assert.equal(await input.getAttribute('aria-valuetext'), state(first, valve));
    }
    assert.equal(await page.locator('.of-valve').textContent(), words.say('plot.small-network.take'));
    await page.locator('[data-valve="3"]').press('ArrowUp');
    await assertTold(page, 'small-network');
    const second = await network(page);
    assert.ok(Math.abs(second.openings[3] - first.openings[3] - 0.05) < 1e-3);
    assert.equal(await page.locator('.of-valve').textContent(), words.say('plot.small-network.valve', { valve: label(second, 3), state: state(second, 3) }));
    const dot = page.locator('[data-valve="12"] + .dot');
    await dot.scrollIntoViewIfNeeded();
    const box = await dot.boundingBox();
    assert.ok(box && box.width >= 24, 'a finger finds it');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y - 40, { steps: 4 });
    await page.mouse.up();
    await assertTold(page, 'small-network');
    const third = await network(page);
    assert.ok(third.openings[12] > second.openings[12] + 0.2, 'up opens it');
    assert.equal(await page.locator('.dot.chosen').count(), 1);
    assert.equal(await page.locator('.of-valve').textContent(), words.say('plot.small-network.valve', { valve: label(third, 12), state: state(third, 12) }));
    assert.deepEqual(Array.from(third.openings).filter((_, valve) => valve !== 12), Array.from(second.openings).filter((_, valve) => valve !== 12), 'no other valve turns');
  }));

test('small network: a step turns all valves at once, can be undone and done again, and is what the sentence said', () =>
  lesson('small-network', 'error=squared', async (page) => {
    const before = await assertTold(page, 'small-network');
    const start = await scenario(page);
    await page.locator('[data-control="step"]').click();
    const after = await assertTold(page, 'small-network');
    assert.equal(after.E, before.E_next);
    assert.ok(after.E < before.E);
    const stepped = await scenario(page);
    assert.match(stepped, /valves=/);
    assert.equal(await page.evaluate(() => new URL(/** @type {any} */ (document.querySelector('backflow-figure')).permalink()).hash.slice(1)), stepped);
    assert.ok(await call(page, 'undo'));
    assert.equal(await scenario(page), start);
    await assertTold(page, 'small-network');
    assert.ok(await call(page, 'redo'));
    assert.equal(await scenario(page), stepped);
    assert.equal(await call(page, 'describe'), await page.locator('.plot .said').textContent(), 'those who listen hear of the network');
    assert.ok(await page.locator('.unseen table').isHidden(), 'and not of a house that is not shown');
  }));

test('small network: a figure that is read-only turns nothing', () =>
  lesson('small-network', '', async (page) => {
    await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('readonly', ''));
    await drawn(page);
    assert.ok(await page.locator('[data-control="step"]').isDisabled());
    assert.equal(await page.locator('input[data-valve]:disabled').count(), 18);
  }));

test('small network: valves keep apart on a small screen', () =>
  lesson(
    'small-network',
    '',
    async (page) => {
      const middles = await page.locator('.dot.valve').evaluateAll((dots) =>
        dots.map((dot) => {
          const { left, top, width, height } = dot.getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        }),
      );
      for (const [place, [x, y]] of middles.entries()) {
        for (const [otherX, otherY] of middles.slice(0, place)) assert.ok(Math.hypot(x - otherX, y - otherY) >= 23.5, `${place}`);
      }
    },
    { viewport: { width: 320, height: 740 } },
  ));

test('small network: which valve is most to blame? It is kept back until a guess is committed', () =>
  lesson('small-network', '', async (page) => {
    const known = await pixels(page);
    await page.locator('.challenge summary').click();
    await page.locator('.challenge fieldset').waitFor();
    await drawn(page);
    const step = page.locator('[data-control="step"]');
    assert.equal(await page.locator('.plot .said').textContent(), words.say('challenge.hush'));
    assert.ok((await step.isDisabled()) && (await page.locator('.locked').isVisible()), 'a step would tell');
    const first = await network(page);
    assert.equal(await page.locator('[data-valve="3"]').getAttribute('aria-valuetext'), state(first, 3, true));
    assert.ok((await pixels(page)) !== known, 'no tags, no signs');
    assert.equal(await call(page, 'describe'), words.say('challenge.hush'));
    // Turning is a plumber's way to find out, and stays allowed; the answer is that of the stage.
    await page.locator('[data-valve="3"]').press('Home');
    await page.locator('[data-guess="most"]').check();
    await page.locator('[data-act="commit"]').click();
    await drawn(page);
    assert.equal(await scenario(page), '');
    await assertTold(page, 'small-network');
    assert.ok((await step.isEnabled()) && (await page.locator('.locked').isHidden()));
    await page.locator('[data-act="again"]').click();
    await page.locator('.challenge summary').click();
    await page.locator('.challenge summary').click();
    await drawn(page);
    await page.locator('.challenge summary').click();
    await assertChallenges(page, 'small-network');
  }));

test('city: which one makes the most specialists? Each guess leads to its own city, and whoever closes finds the first', () =>
  lesson('city', 'error=squared&city=8,16,8', async (page) => {
    const before = await scenario(page);
    await assertChallenges(page, 'city');
    await page.locator('[data-guess="blend"]').check();
    await page.locator('[data-act="commit"]').click();
    await drawn(page);
    assert.equal(new Lab(await scenario(page)).get('demand'), 'blend');
    await page.locator('.challenge summary').click();
    await drawn(page);
    assert.equal(await scenario(page), before);
  }));
