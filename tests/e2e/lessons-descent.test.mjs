// The figures of the course about descent: what a turn is worth, where the arrow points, how far it may be trusted,
// and how long a step should be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { assertChallenges, assertTold, become, pull, told } from './support/lesson.mjs';
import { Lab, Lessons, words } from './support/truth.mjs';

const place = station(site());

/** @typedef {import('playwright-core').Page} Page */

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

/** Opens the challenge of the figure. @param {Page} page */
async function open(page) {
  await page.locator('.challenge summary').click();
  await page.locator('.challenge fieldset').waitFor();
  await drawn(page);
}

/** Commits to a guess. @param {Page} page @param {string} name */
async function guess(page, name) {
  await page.locator(`[data-guess="${name}"]`).check();
  await page.locator('[data-act="commit"]').click();
  await drawn(page);
}

/** What a canvas shows; only one in sight is drawn. @param {Page} page @param {string} selector */
async function pixels(page, selector) {
  const canvas = page.locator(selector);
  await canvas.evaluate((canvas) => canvas.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(100);
  await drawn(page);
  return canvas.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
}

/** The challenge of a figure of that name. @param {string} figure @param {string} id */
const asked = (figure, id) => Lessons.challenges(figure).find((/** @type {any} */ challenge) => challenge.id === id);

test('split: the direction of a turn of fixed size, by drag and by key', () =>
  lesson('split', 'preset=product', async (page) => {
    const first = await assertTold(page, 'split');
    assert.deepEqual([first.dm, first.dh], [1, 0]);
    const sheets = await page.locator('.plot .sheets').boundingBox();
    const dot = await page.locator('[data-grip="angle"] + .dot').boundingBox();
    assert.ok(sheets && dot);
    // A quarter round: to where the handle alone is turned.
    await pull(page, 'angle', dot.x - sheets.x - 100, 40);
    const second = await assertTold(page, 'split');
    assert.ok(second.dh > 0.5 && Math.abs(Math.hypot(second.dm, second.dh) - 1) < 1e-9, 'the turn is as long as before');
    await page.locator('[data-grip="angle"]').press('ArrowRight');
    assert.ok((await assertTold(page, 'split')).angle > second.angle);
  }));

test('split: which way lowers the error most? The figure keeps it to itself until a guess is committed', () =>
  lesson('split', '', async (page) => {
    const { guesses, stage } = asked('split', 'beat');
    await open(page);
    const silent = words.say('challenge.hush');
    assert.equal(await page.locator('.plot .said').textContent(), silent);
    assert.equal(await page.locator('[data-grip="angle"]').getAttribute('aria-valuetext'), new Lab(stage).get('angle'), 'a grip says where it stands, and no more');
    const before = await pixels(page, '.plot canvas');
    await guess(page, guesses[0].name);
    await assertTold(page, 'split');
    assert.ok((await pixels(page, '.plot canvas')) !== before, 'the curve comes with the answer');
    await page.locator('[data-act="again"]').click();
    await drawn(page);
    assert.equal(await page.locator('.plot .said').textContent(), silent);
    // Whoever closes the challenge sees all again.
    await page.locator('.challenge summary').click();
    await assertTold(page, 'split');
    await page.locator('.challenge summary').click();
    await page.locator('.challenge summary').click();
    await assertChallenges(page, 'split');
  }));

test('split: who finds a better direction than the gradient is told why there is one', () =>
  lesson('split', '', async (page) => {
    await open(page);
    await guess(page, 'proportional');
    await page.locator('[data-act="next"]').click();
    await drawn(page);
    const stage = await assertTold(page, 'split');
    const answer = page.locator('.challenge .answer');
    assert.equal(await answer.textContent(), '');
    const turn = async (/** @type {number} */ angle) => {
      await page.locator('[data-grip="angle"]').evaluate((input, to) => {
        /** @type {HTMLInputElement} */ (input).value = String(to);
        for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }));
      }, angle / 360);
      await drawn(page);
    };
    await turn(90);
    assert.equal(await answer.textContent(), '', 'the handle alone is no better');
    await turn(stage.angle_best);
    const outcome = Lessons.judge('split', 'better', await scenario(page));
    assert.ok(outcome.right);
    assert.equal(await answer.locator('p').textContent(), `${words.say('challenge.right')} ${told('challenge.split.better.beaten.why', outcome.numbers)}`);
  }));

test('landscape: does the arrow point at the nearest perfect shower?', () =>
  lesson('landscape', '', async (page) => {
    await assertChallenges(page, 'landscape');
    await guess(page, 'nearest');
    const { shown } = asked('landscape', 'nearest');
    assert.equal(await scenario(page), new Lab(shown).scenario(), 'the walk, and a hand that goes to the nearest');
  }));

test('landscape: the turns of a hand are a path on it', () =>
  lesson('landscape', 'preset=product', async (page) => {
    const alone = await pixels(page, '.landscape canvas.walk');
    for (const string of ['rival=turns=4:5,6:5,8:6', 'rival=turns=4:5,6:5,8:6&steps=3', 'rival=m=5%26h=2%26turns=6:3,7:4&steps=2']) {
      const complaints = await page.evaluate((string) => {
        /** @type {any} */ (window).wrong = [];
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        host.addEventListener('backflow-error', (/** @type {CustomEvent} */ event) => /** @type {any} */ (window).wrong.push(event.detail), { once: true });
        host.setAttribute('scenario', string);
        return /** @type {any} */ (window).wrong;
      }, string);
      await drawn(page);
      assert.deepEqual(complaints, [], string);
      assert.ok((await pixels(page, '.landscape canvas.walk')) !== alone, string);
    }
  }));

test('three reasons: the jump and the pressure, by drag, key and setting', () =>
  lesson('three-reasons', 'preset=product&jump=2', async (page) => {
    const first = await assertTold(page, 'three-reasons');
    assert.ok(first.gap > 0 && first.short === 0);
    await pull(page, 'jump', 200, 100);
    const second = await assertTold(page, 'three-reasons');
    assert.ok(second.jump > first.jump);
    await page.locator('[data-grip="pressure"]').press('Home');
    const third = await assertTold(page, 'three-reasons');
    assert.ok(third.pressure === 0 && third.reach === 0 && third.short > 0, 'without pressure nothing is in reach');
    await page.locator('[data-setting="preset"]').selectOption('low-pressure');
    const fourth = await assertTold(page, 'three-reasons');
    assert.ok(fourth.pressure === 1 && fourth.jump === third.jump, 'another house has its pressure, and the jump stays');
    await page.locator('[data-setting="jump"]').press('Home');
    assert.equal((await assertTold(page, 'three-reasons')).jump, 0);
  }));

test('three reasons: the longest safe jump, and the pressure from which on the error can be zero', () =>
  lesson('three-reasons', '', (page) => assertChallenges(page, 'three-reasons')));

/** The step of the loop that is lit. @param {Page} page */
const lit = (page) => page.locator('.loop [aria-current="step"]').getAttribute('data-loop');

test('rates: with each step the loop goes round, and rests where it closes', () =>
  lesson('rates', 'preset=product', async (page) => {
    assert.equal(await lit(page), 'back', 'the sensitivities are there from the start');
    assert.equal(await page.locator('[data-loop="turn"] .number').textContent(), '', 'nothing is turned yet');
    const seen = await page.evaluate(() => {
      const root = /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot;
      const loop = root.querySelector('.loop');
      const names = /** @type {string[]} */ ((/** @type {any} */ (window).lit = []));
      new MutationObserver(() => {
        const name = loop.querySelector('[aria-current]')?.dataset.loop;
        if (name && name !== names.at(-1)) names.push(name);
      }).observe(loop, { subtree: true, attributes: true });
      return names;
    });
    assert.deepEqual(seen, []);
    await page.locator('[data-control="step"]').click();
    await page.waitForFunction(() => /** @type {any} */ (window).lit.length >= 4);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).lit), ['turn', 'water', 'anew', 'again']);
    const lab = new Lab(await scenario(page));
    const link = lab.pass().find((/** @type {any} */ { phase, part }) => phase === 'update' && part === 'm');
    const handle = lab.pass().find((/** @type {any} */ { phase, part }) => phase === 'update' && part === 'h');
    assert.equal(
      await page.locator('[data-loop="turn"] .number').textContent(),
      words.say('loop.turns', { m: words.number(link.numbers.turn), h: words.number(handle.numbers.turn) }),
    );
    await page.locator('[data-control="finish"]').click();
    await drawn(page);
    assert.equal(await lit(page), 'anew', 'whoever has arrived repeats nothing');
    await page.locator('[data-control="reset"]').click();
    await drawn(page);
    assert.equal(await lit(page), 'back');
  }));

test('rates: where nothing may move, the loop is where it closes at once', () =>
  lesson(
    'rates',
    'preset=product',
    async (page) => {
      await page.locator('[data-control="step"]').click();
      await drawn(page);
      assert.equal(await lit(page), 'again');
    },
    { reducedMotion: 'reduce' },
  ));

test('rates: nothing runs before a rate is chosen, and then that of the guess', () =>
  lesson('rates', 'preset=product', async (page) => {
    const onward = ['step', 'play', 'finish'].map((name) => page.locator(`[data-control="${name}"]`));
    const able = async () => Promise.all(onward.map((button) => button.isEnabled()));
    assert.deepEqual(await able(), [true, true, true]);
    await open(page);
    const { stage } = asked('rates', 'rate');
    assert.deepEqual(await able(), [false, false, false]);
    assert.ok(await page.locator('.locked').isVisible(), 'and it says why');
    assert.ok(await page.locator('figure.rates').isHidden(), 'the map would tell');
    await page.locator('.loop').evaluate((loop) => /** @type {any} */ (loop.getRootNode()).host.setAttribute('tabindex', '-1'));
    await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).focus());
    for (const key of ['ArrowRight', 'End', ' ']) await page.keyboard.press(key);
    await drawn(page);
    assert.equal(await scenario(page), new Lab(stage).scenario(), 'nor do keys run it');
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).running), false);
    await page.locator('.challenge summary').click();
    await drawn(page);
    assert.deepEqual(await able(), [true, true, true], 'whoever closes the challenge may run it');
    await page.locator('.challenge summary').click();
    await drawn(page);
    await guess(page, 'large');
    assert.deepEqual(await able(), [true, true, true]);
    assert.ok(await page.locator('figure.rates').isVisible());
    assert.equal(await page.locator('.verdict').getAttribute('data-verdict'), 'bouncing');
    await page.locator('[data-act="again"]').click();
    await drawn(page);
    // A page that steers the figure itself is not held up.
    await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).step(2));
    assert.equal(new Lab(await scenario(page)).get('steps'), '2');
  }));

test('rates: choose the learning rate', () => lesson('rates', '', (page) => assertChallenges(page, 'rates')));
