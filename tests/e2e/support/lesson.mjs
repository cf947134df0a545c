// Figures of the course as a reader uses them: what they tell, and their challenges.
import assert from 'node:assert/strict';
import { texts } from '../../../www/js/sentences.js';
import { drawn, scenario } from './figure.mjs';
import { Lab, Lessons, words } from './truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Makes the figure of a page one of the course, with its challenge.
 * @param {Page} page
 * @param {string} figure
 * @param {string} scenario
 */
export async function become(page, figure, scenario) {
  await page.evaluate(
    async ([figure, scenario]) => {
      const host = /** @type {any} */ (document.querySelector('backflow-figure'));
      for (const name of ['parts', 'large', 'controls']) host.removeAttribute(name);
      host.setAttribute('challenge', '');
      host.setAttribute('figure', figure);
      host.setState({ scenario });
    },
    /** @type {const} */ ([figure, scenario]),
  );
  await page.locator(`.shows-${figure} .challenge`).waitFor();
  await drawn(page);
}

/** A text with numbers of the engine. @param {string} key @param {Record<string, number>} numbers */
export function told(key, numbers) {
  return words.say(key, texts(words, numbers, true));
}

/** The drawing says the engine's numbers for what is shown; returns them. @param {Page} page @param {string} figure */
export async function assertTold(page, figure) {
  await drawn(page);
  const lab = new Lab(await scenario(page));
  const numbers = /** @type {Record<string, number>} */ (Lessons.numbers(figure, lab));
  for (const [name, value] of Object.entries(numbers)) assert.ok(Number.isFinite(value), `${name} is ${value}`);
  const key = ['plot', figure, 'said', Lessons.form(figure, lab)].filter(Boolean).join('.');
  assert.equal(await page.locator('.plot .said').textContent(), told(key, numbers));
  return numbers;
}

/**
 * Every guess at every challenge of a figure: nothing is answered before it is committed, then the engine's answer is
 * shown with the reason for that very guess, and the page is told.
 * @param {Page} page
 * @param {string} figure
 */
export async function assertChallenges(page, figure) {
  await page.evaluate(() => {
    /** @type {any} */ (window).answers = [];
    document.addEventListener('backflow-answer', (event) => /** @type {any} */ (window).answers.push(/** @type {CustomEvent} */ (event).detail));
  });
  const all = Lessons.challenges(figure).filter(({ guesses }) => guesses.length > 0);
  assert.ok(all.length > 0, `${figure} has a question`);
  await page.locator('.challenge summary').click();
  await drawn(page);
  for (const [place, { id, stage, guesses, shown, numbers }] of all.entries()) {
    const key = `challenge.${figure}.${id}`;
    assert.equal(guesses.filter((/** @type {any} */ { right }) => right).length, 1, `${id} has one right answer`);
    for (const { name, right, shown: own } of guesses) {
      await page.locator(`[data-challenge="${id}"]`).waitFor();
      assert.equal(await scenario(page), new Lab(stage).scenario(), 'the stage is set');
      assert.equal(await page.locator('.challenge legend').textContent(), told(key, numbers));
      assert.equal(await page.locator('.challenge .answer').textContent(), '', 'nothing is answered yet');
      assert.ok(await page.locator('[data-act="commit"]').isDisabled(), 'nothing is guessed yet');
      const radio = page.locator(`[data-guess="${name}"]`);
      assert.equal((await radio.locator('..').textContent())?.trim(), told(`${key}.${name}`, numbers));
      await radio.check();
      assert.equal(await page.locator('.challenge .answer').textContent(), '', 'a guess that is not committed gets no answer');
      await page.locator('[data-act="commit"]').click();
      const verdict = words.say(right ? 'challenge.right' : 'challenge.wrong');
      assert.equal(await page.locator('.challenge .answer p').textContent(), `${verdict} ${told(`${key}.${name}.why`, numbers)}`);
      assert.ok(await radio.isDisabled(), 'a guess is committed once');
      const answer = own ?? shown;
      if (answer !== undefined) assert.equal(await scenario(page), new Lab(answer).scenario(), 'the answer is shown');
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).answers.splice(0)), [{ figure, challenge: id, guess: name, right }]);
      await page.locator('[data-act="again"]').click();
    }
    if (place + 1 < all.length) {
      await page.locator(`[data-guess="${guesses[0].name}"]`).check();
      await page.locator('[data-act="commit"]').click();
      await page.evaluate(() => /** @type {any} */ (window).answers.splice(0));
      await page.locator('[data-act="next"]').click();
    }
  }
}

/** Drags what sets a key to a place of the drawing, in CSS pixels. @param {Page} page @param {string} key @param {number} x @param {number} y */
export async function pull(page, key, x, y) {
  const sheets = await page.locator('.plot .sheets').boundingBox();
  const box = await page.locator(`[data-grip="${key}"] + .dot`).boundingBox();
  assert.ok(sheets && box, `there is a grip ${key}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(sheets.x + x, sheets.y + y, { steps: 4 });
  await page.mouse.up();
  await drawn(page);
}
