// Every way to turn a handle leads to the engine's numbers, everywhere on the page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  arc,
  around,
  assertShown,
  degrees,
  dragFinger,
  dragMouse,
  drawn,
  handle,
  HANDLES,
  PARTS,
  PHONE,
  scenario,
  shared,
  station,
  SWEEP,
} from './support/figure.mjs';
import { Lab, read, words } from './support/truth.mjs';

const place = station();

/** As the access rules say: parts of the whole range. */
const KEYS = [
  ['ArrowRight', 1 / 20],
  ['ArrowUp', 1 / 20],
  ['ArrowLeft', -1 / 20],
  ['ArrowDown', -1 / 20],
  ['Shift+ArrowRight', 1 / 100],
  ['Shift+ArrowUp', 1 / 100],
  ['Shift+ArrowLeft', -1 / 100],
  ['Shift+ArrowDown', -1 / 100],
  ['PageUp', 1 / 10],
  ['PageDown', -1 / 10],
];
const PART = { m: 'part.m', h: 'part.h', pressure: 'part.w', target: 'part.target' };

/** @typedef {import('playwright-core').Page} Page */

/**
 * A point of the plane on the screen.
 * @param {Page} page
 * @param {number} m fraction
 * @param {number} h fraction
 */
async function spotOnPlane(page, m, h) {
  const box = await page.locator(PARTS.pad).boundingBox();
  assert.ok(box);
  return { x: box.x + m * box.width, y: box.y + (1 - h) * box.height };
}

/** @param {Record<string, number>} reading @param {number} m @param {number} h */
function isNear(reading, m, h) {
  const away = Math.hypot(reading.m_fraction - m, reading.h_fraction - h);
  assert.ok(away < 0.02, `the dot is at ${reading.m_fraction}, ${reading.h_fraction} instead of ${m}, ${h}`);
}

/** Points on the way of the dot, from where it starts. @param {Page} page @param {number} m @param {number} h */
async function wayOfDot(page, m, h) {
  const from = read(new Lab(''));
  const points = [];
  for (let step = 0; step <= 16; step += 1) {
    const at = (/** @type {number} */ start, /** @type {number} */ end) => start + (end - start) * (step / 16);
    points.push(await spotOnPlane(page, at(from.m_fraction, m), at(from.h_fraction, h)));
  }
  return points;
}

/** Points on the way of the ideal, from where it starts. @param {Page} page @param {number} to fraction */
async function wayOfIdeal(page, to) {
  const grip = page.locator('[data-handle="target"]');
  await grip.scrollIntoViewIfNeeded();
  const held = await grip.boundingBox();
  const tube = await page.locator('[data-dial="target"]').boundingBox();
  assert.ok(held && tube);
  const rise = (to - read(new Lab('')).target_fraction) * tube.height;
  const [x, y] = [held.x + held.width / 2, held.y + held.height / 2];
  return Array.from({ length: 11 }, (_, step) => ({ x, y: y - rise * (step / 10) }));
}

describe('with a mouse', () => {
  const lab = shared(place);

  for (const { key, letter } of HANDLES) {
    test(`the handle of ${key} follows the hand`, async () => {
      const { page } = lab;
      const from = await degrees(page, letter);
      await dragMouse(page, arc(await handle(page, letter), from, from + 60, 12));
      const { reading } = await assertShown(page);
      const turned = (await degrees(page, letter)) - from;
      assert.ok(Math.abs(turned - 60) < 4, `the hand turned by 60°, the handle by ${turned}°`);
      assert.equal(reading.step, 0);
    });

    test(`the handle of ${key} stops at both ends`, async () => {
      const { page } = lab;
      const middle = await handle(page, letter);
      const range = page.locator(`[data-dial="${letter}"]`);
      await dragMouse(page, arc(middle, await degrees(page, letter), 175, 20));
      await assertShown(page);
      assert.equal(Number(await range.inputValue()), 1);
      await dragMouse(page, arc(middle, SWEEP, -175, 30));
      await assertShown(page);
      assert.equal(Number(await range.inputValue()), 0);
    });

    test(`the handle of ${key} goes where it is clicked`, async () => {
      const { page } = lab;
      const spot = around(await handle(page, letter), 54);
      await page.mouse.click(spot.x, spot.y);
      await assertShown(page);
      assert.ok(Math.abs((await degrees(page, letter)) - 54) < 3);
    });
  }

  test('the other buttons of a mouse turn nothing', async () => {
    const { page } = lab;
    const { x, y } = around(await handle(page, 'm'), 54);
    await page.mouse.click(x, y, { button: 'middle' });
    assert.equal(await scenario(page), '');
  });

  test('the ideal follows the hand', async () => {
    const { page } = lab;
    await dragMouse(page, await wayOfIdeal(page, 0.75));
    const { reading } = await assertShown(page);
    assert.ok(Math.abs(reading.target_fraction - 0.75) < 0.04, `the ideal went to ${reading.target}`);
  });

  test('the ideal goes where the tube is clicked', async () => {
    const { page } = lab;
    const tube = await page.locator('[data-dial="target"]').boundingBox();
    assert.ok(tube);
    await page.mouse.click(tube.x + tube.width / 2, tube.y + tube.height * 0.75);
    const { reading } = await assertShown(page);
    assert.ok(Math.abs(reading.target_fraction - 0.25) < 0.04, `the ideal went to ${reading.target}`);
  });

  test('the dot follows the hand, and both valves with it', async () => {
    const { page } = lab;
    await dragMouse(page, await wayOfDot(page, 0.8, 0.3));
    isNear((await assertShown(page)).reading, 0.8, 0.3);
  });

  test('the dot stays on the plane when the hand leaves it', async () => {
    const { page } = lab;
    const { m_fraction: m, h_fraction: h } = read(new Lab(''));
    const spots = [await spotOnPlane(page, m, h), await spotOnPlane(page, 0.5, 0.5), await spotOnPlane(page, 1.1, 1.02)];
    await dragMouse(page, spots);
    const { reading } = await assertShown(page);
    assert.deepEqual([reading.m, reading.h], [10, 10]);
  });

  test('a click on the plane sends the dot there', async () => {
    const { page } = lab;
    const { x, y } = await spotOnPlane(page, 0.7, 0.2);
    await page.mouse.click(x, y);
    isNear((await assertShown(page)).reading, 0.7, 0.2);
  });
});

describe('with a finger', () => {
  const lab = shared(place, PHONE);

  for (const { key, letter } of HANDLES) {
    // Down, across and up: a page that pans would take the finger away.
    test(`the handle of ${key} follows it all the way round, and the page stays where it is`, async () => {
      const { page } = lab;
      const from = await degrees(page, letter);
      const middle = await handle(page, letter);
      const scrolled = await page.evaluate(() => scrollY);
      await dragFinger(page, arc(middle, from, 100, 30));
      await assertShown(page);
      const now = await degrees(page, letter);
      assert.ok(Math.abs(now - 100) < 6, `the finger went from ${from}° to 100°, the handle to ${now}°`);
      assert.equal(await page.evaluate(() => scrollY), scrolled);
    });

    test(`the handle of ${key} goes where it is tapped`, async () => {
      const { page } = lab;
      const spot = around(await handle(page, letter), -54);
      await page.touchscreen.tap(spot.x, spot.y);
      await assertShown(page);
      const now = await degrees(page, letter);
      assert.ok(Math.abs(now + 54) < 4, `it went to ${now}°`);
    });
  }

  test('the ideal follows it', async () => {
    const { page } = lab;
    await dragFinger(page, await wayOfIdeal(page, 0.75));
    const { reading } = await assertShown(page);
    assert.ok(Math.abs(reading.target_fraction - 0.75) < 0.04, `the ideal went to ${reading.target}`);
  });

  test('the dot follows it, and both valves with it', async () => {
    const { page } = lab;
    await page.locator(PARTS.pad).scrollIntoViewIfNeeded();
    await dragFinger(page, await wayOfDot(page, 0.8, 0.3));
    isNear((await assertShown(page)).reading, 0.8, 0.3);
  });

  test('a tap on the plane sends the dot there', async () => {
    const { page } = lab;
    await page.locator(PARTS.pad).scrollIntoViewIfNeeded();
    const { x, y } = await spotOnPlane(page, 0.2, 0.8);
    const moved = () => page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario !== '', undefined, { timeout: 5_000 });
    await page.touchscreen.tap(x, y);
    // The browser makes a click of a tap in its own time; on a busy machine it may take it for a long press.
    await moved().catch(async () => {
      await page.touchscreen.tap(x, y);
      await moved();
    });
    isNear((await assertShown(page)).reading, 0.2, 0.8);
  });

  test('a swipe over the plane scrolls the page and turns nothing', async () => {
    const { page } = lab;
    await page.locator(PARTS.pad).scrollIntoViewIfNeeded();
    const top = await page.evaluate(() => scrollY);
    const start = await spotOnPlane(page, 0.9, 0.2);
    await dragFinger(page, Array.from({ length: 12 }, (_, step) => ({ x: start.x, y: start.y + 12 * step })));
    await page.waitForFunction((from) => scrollY !== from, top);
    assert.equal(await scenario(page), '');
  });
});

describe('with keys', () => {
  const lab = shared(place);

  for (const [key, selector] of [
    ...HANDLES.map(({ key, letter }) => [key, `[data-dial="${letter}"]`]),
    ['target', '[data-dial="target"]'],
    ['m', '[data-plane="m"]'],
    ['h', '[data-plane="h"]'],
  ]) {
    test(`${selector} obeys: a twentieth, a hundredth, a tenth of the range, the ends`, async () => {
      const { page } = lab;
      const truth = new Lab('');
      await page.locator(selector).focus();
      for (const [name, part] of KEYS) {
        await page.keyboard.press(String(name));
        truth.nudge(key, Number(part));
        assert.equal(await scenario(page), truth.scenario(), String(name));
      }
      await assertShown(page, truth.scenario());
      for (const [name, onward, part] of /** @type {const} */ ([
        ['End', 'ArrowRight', 1],
        ['Home', 'ArrowLeft', 0],
      ])) {
        await page.keyboard.press(name);
        truth.setFraction(key, part);
        assert.equal(await scenario(page), truth.scenario(), name);
        await page.keyboard.press(onward);
        await assertShown(page, truth.scenario());
      }
    });
  }

  for (const key of /** @type {const} */ (['m', 'h', 'pressure', 'target'])) {
    const part = words.say(PART[key]);

    test(`− and + turn ${key} by a twentieth, with Shift by a hundredth`, async () => {
      const { page } = lab;
      const truth = new Lab('');
      const less = page.getByRole('button', { name: words.say('less', { part }) });
      const more = page.getByRole('button', { name: words.say('more', { part }) });
      for (const [button, shift, by] of /** @type {const} */ ([
        [more, false, 1 / 20],
        [more, true, 1 / 100],
        [less, false, -1 / 20],
        [less, true, -1 / 100],
      ])) {
        await button.click({ modifiers: shift ? ['Shift'] : [] });
        truth.nudge(key, by);
        await assertShown(page, truth.scenario());
      }
    });

    test(`a typed ${key} is taken on Enter and on leaving the field`, async () => {
      const { page } = lab;
      const field = page.locator(`[data-input="${key}"]`);
      for (const [text, leave] of [['7.25', 'Enter'], ['2.5', 'Tab'], [' 6 ', 'Enter']]) {
        await field.click();
        await field.fill(text);
        await page.keyboard.press(leave);
        const truth = new Lab('');
        truth.set(key, text.trim());
        await assertShown(page, truth.scenario());
      }
    });

    test(`what is half typed for ${key} is left alone`, async () => {
      const { page } = lab;
      const field = page.locator(`[data-input="${key}"]`);
      await field.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('7.');
      // Something else makes the figure draw itself anew.
      for (const scheme of /** @type {const} */ (['dark', 'light'])) {
        await page.emulateMedia({ colorScheme: scheme });
        await drawn(page);
      }
      assert.equal(await field.inputValue(), '7.');
      assert.equal(await scenario(page), '');
      await field.fill('');
    });
  }

  test('a key that is held down stays quiet in the console', async () => {
    const { page } = lab;
    const truth = new Lab('');
    await page.locator('[data-dial="m"]').focus();
    // As long as a hand would hold it: browsers limit how often an address may change.
    for (let press = 0; press < 260; press += 1) {
      const key = press % 40 < 20 ? 'ArrowRight' : 'ArrowLeft';
      await page.keyboard.down(key);
      truth.nudge('m', key === 'ArrowRight' ? 1 / 20 : -1 / 20);
    }
    await page.keyboard.up('ArrowLeft');
    await assertShown(page, truth.scenario());
    await page.waitForFunction((wanted) => location.hash.slice(1) === wanted, truth.scenario());
  });
});

describe('with a wheel', () => {
  const lab = shared(place, { viewport: { width: 900, height: 420 } });

  for (const { key, letter } of HANDLES) {
    test(`the handle of ${key} turns when it has the focus; otherwise the page scrolls on`, async () => {
      const { page } = lab;
      let middle = await handle(page, letter);
      await page.mouse.move(middle.x, middle.y);
      const top = await page.evaluate(() => scrollY);
      await page.mouse.wheel(0, 60);
      await page.waitForFunction((from) => scrollY !== from, top);
      assert.equal(await scenario(page), '', 'without the focus the wheel turns nothing');

      await page.locator(`[data-dial="${letter}"]`).focus();
      middle = await handle(page, letter);
      await page.mouse.move(middle.x, middle.y);
      await drawn(page);
      const held = await page.evaluate(() => scrollY);
      for (const [notch, way] of [[-100, 1], [100, -1]]) {
        const was = await scenario(page);
        await page.mouse.wheel(0, notch);
        await page.waitForFunction(
          (before) => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario !== before,
          was,
        );
        const turned = (await assertShown(page)).reading[key] - read(new Lab(was))[key];
        assert.equal(Math.sign(turned), way, `a notch of ${notch} turned ${key} by ${turned}`);
      }
      assert.equal(await page.evaluate(() => scrollY), held, 'the page stays');
    });
  }
});
