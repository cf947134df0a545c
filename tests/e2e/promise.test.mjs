// Promise and reality: what the sensitivities promise of a turn by hand, beside what comes of it, in the
// gauge, on the landscape and on the curves; and the curves' own dot.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arc, assertShown, degrees, dragFinger, dragMouse, drawn, handle, PARTS, PHONE, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { Lab, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());
const CURVES = { pad: '.curves .pad', dot: '.curves .dot', range: '[data-curve="h"]', family: '.curves canvas.family', present: '.curves canvas.present' };

/** What the scene says of the promise, and where it draws it in the gauge, from 0 to 1. @param {Page} page */
const promise = (page) =>
  page.evaluate(() => {
    const root = /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot;
    const number = (/** @type {Element} */ element, /** @type {string} */ name) => Number(element.getAttribute(name));
    const ghost = root.querySelector('.ghost');
    const [off, needle] = ghost.children;
    const tube = root.querySelector('.tube-pad').getBoundingClientRect();
    const drawing = root.querySelector('.plumbing').getBoundingClientRect();
    const fraction = (/** @type {number} */ y) => 1 - (y - (tube.top - drawing.top)) / tube.height;
    const top = number(off, 'y');
    return {
      said: root.querySelector('.promise').textContent,
      seen: getComputedStyle(ghost).display !== 'none',
      at: fraction(Number(/translate\(0 ([^)]+)\)/.exec(needle.getAttribute('transform'))?.[1])),
      gap: [fraction(top + number(off, 'height')), fraction(top)],
    };
  });

/** The promise that is shown is that of a lab in which the same was turned. @param {Page} page @param {InstanceType<typeof Lab>} lab */
async function assertPromised(page, lab) {
  await drawn(page);
  const reading = read(lab);
  const { said, seen, at, gap } = await promise(page);
  const number = (/** @type {string} */ name) => words.number(reading[name]);
  assert.equal(reading.has_promise, 1);
  assert.equal(said, words.say('promise.said', { promised: number('promised'), came: number('y'), off: number('promised_off') }));
  assert.ok(seen, 'the ghost is seen');
  assert.ok(Math.abs(at - reading.promised_fraction) < 1e-3, `the ghost is at ${at}, not ${reading.promised_fraction}`);
  const ends = [reading.promised_fraction, reading.y_fraction].sort((a, b) => a - b);
  ends.forEach((end, index) => assert.ok(Math.abs(gap[index] - end) < 1e-3, `the gap is ${gap}, not ${ends}`));
}

/** @param {Page} page */
async function assertNothingPromised(page) {
  await drawn(page);
  const { said, seen } = await promise(page);
  assert.deepEqual([said, seen], ['', false]);
}

/** The place of a range input, from 0 to 1. @param {Page} page @param {string} selector */
const fraction = (page, selector) => page.locator(selector).evaluate((input) => /** @type {HTMLInputElement} */ (input).valueAsNumber);

/** A canvas's pixels, as text. @param {Page} page @param {string} selector */
const picture = (page, selector) => page.locator(selector).evaluate((canvas) => /** @type {any} */ (canvas).toDataURL());

/** @param {Page} page @param {string} string */
async function open(page, string) {
  await page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), string);
  await drawn(page);
}

/** As a page's own script turns both valves. @param {Page} page @param {number} m @param {number} h */
async function turn(page, m, h) {
  await page.evaluate(([m, h]) => {
    /** @type {any} */ (document.querySelector('backflow-figure')).value = { m, h };
  }, [m, h]);
  await drawn(page);
}

describe('while a valve turns, the gauge shows what was promised', () => {
  for (const [name, options] of /** @type {const} */ ([
    ['lab.html', {}],
    ['lab.html', { viewport: { width: 640, height: 800 } }],
    ['lab.html', PHONE],
    ['first.html', { colorScheme: 'dark' }],
    ['first.html', PHONE],
  ])) {
    test(`on ${name} with ${JSON.stringify(options)}`, () =>
      place.visit({ name, ...options }, async (page) => {
        for (const start of ['', 'preset=house&m=8&h=7', 'preset=curves&m=9&h=2']) {
          await open(page, start);
          await assertNothingPromised(page);
          const box = await page.locator('.promise').boundingBox();
          const middle = await handle(page, 'h');
          const from = await degrees(page, 'h');
          const way = [...arc(middle, from, from + 70, 4), ...arc(middle, from + 70, from - 60, 6)];
          await page.mouse.move(way[0].x, way[0].y);
          await page.mouse.down();
          for (const { x, y } of way.slice(1)) {
            await page.mouse.move(x, y);
            await drawn(page);
            const lab = new Lab(start);
            lab.setFraction('h', await fraction(page, '[data-dial="h"]'));
            if (read(lab).has_promise) await assertPromised(page, lab);
          }
          await page.mouse.up();
          const lab = new Lab(start);
          lab.setFraction('h', await fraction(page, '[data-dial="h"]'));
          await assertPromised(page, lab);
          lab.settle();

          // The next turn has a promise of its own.
          await page.locator('[data-dial="m"]').focus();
          await page.keyboard.press('PageUp');
          lab.nudge('m', 1 / 10);
          await assertPromised(page, lab);
          const now = await page.locator('.promise').boundingBox();
          assert.deepEqual([now?.x, now?.y], [box?.x, box?.y], 'the sentence keeps its place');

          // Another ideal is another house for all that was promised.
          await page.locator('[data-dial="target"]').focus();
          await page.keyboard.press('ArrowUp');
          await assertNothingPromised(page);
        }
      }));
  }

  test('nothing stands in the way of the sentence', () =>
    place.visit({}, async (page) => {
      for (const width of [1280, 1010, 768, 640, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        for (const start of ['m=8&h=8', 'preset=house&m=9&h=9']) {
          await open(page, start);
          await turn(page, 3, 3);
          const hidden = await page.locator('.promise').evaluate((element) => {
            const text = document.createRange();
            text.selectNodeContents(element);
            const boxes = [...text.getClientRects()];
            const root = /** @type {any} */ (element.getRootNode());
            const others = [...root.querySelectorAll('.tag, .knob, .plumbing text, .dial, .tube')].filter((other) => other.checkVisibility());
            return others
              .filter((other) => {
                const { left, right, top, bottom } = other.getBoundingClientRect();
                return boxes.some((box) => box.left < right && left < box.right && box.top < bottom && top < box.bottom);
              })
              .map((other) => `${other.getAttribute('class')} ${other.textContent}`);
          });
          assert.deepEqual(hidden, [], `${start}, ${width} wide`);
        }
      }
    }));
});

test('a step, another state and going back leave no promise', () =>
  place.visit({}, async (page) => {
    for (const act of ['step', 'reset', 'state']) {
      await open(page, '');
      await turn(page, 5, 6);
      assert.ok((await promise(page)).seen);
      await page.evaluate((act) => {
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        if (act === 'state') host.setState({ scenario: 'm=5&h=6' });
        else host[act]();
      }, act);
      await assertNothingPromised(page);
    }
  }));

test('landscape and curves draw the promise, also where it is all that has changed', () =>
  place.visit({}, async (page) => {
    await page.locator('.curves').scrollIntoViewIfNeeded();
    /** The same place, reached from elsewhere. @param {number} m @param {number} h */
    const from = async (m, h) => {
      await open(page, `preset=house&m=${m}&h=${h}`);
      await turn(page, 5, 6);
      return { string: await scenario(page), pictures: [await picture(page, PARTS.marks), await picture(page, CURVES.present)] };
    };
    const ways = [await from(3, 4), await from(8, 4)];
    await open(page, ways[0].string);
    const without = [await picture(page, PARTS.marks), await picture(page, CURVES.present)];
    assert.equal(ways[0].string, ways[1].string);
    for (const layer of [0, 1]) {
      assert.equal(new Set([without[layer], ...ways.map(({ pictures }) => pictures[layer])]).size, 3, `layer ${layer}`);
    }
  }));

describe('the curves', () => {
  /** Opens them in the lab. @param {Page} page */
  const show = async (page) => {
    await page.locator(CURVES.pad).scrollIntoViewIfNeeded();
    await drawn(page);
  };
  /** @param {Page} page @param {number} h fraction */
  const spot = async (page, h) => {
    const pad = await page.locator(CURVES.pad).boundingBox();
    const dot = await page.locator(CURVES.dot).boundingBox();
    assert.ok(pad && dot);
    return { pad, dot: { x: dot.x + dot.width / 2, y: dot.y + dot.height / 2 }, x: pad.x + h * pad.width };
  };
  /** The dot stands at h of the plane. @param {Page} page @param {Record<string, number>} reading */
  const assertDot = async (page, reading) => {
    const { dot, x } = await spot(page, reading.h_fraction);
    assert.ok(Math.abs(dot.x - x) < 1, `the dot is at ${dot.x}, not ${x}`);
  };

  test('their dot turns the handle, and nothing else', () =>
    place.visit({}, async (page) => {
      await show(page);
      for (const [start, to] of /** @type {const} */ ([['', 0.8], ['preset=house&m=6&h=8', 0.2], ['m=10&h=10', -0.1]])) {
        await open(page, start);
        const before = read(new Lab(start));
        const { dot, x } = await spot(page, to);
        await dragMouse(page, Array.from({ length: 9 }, (_, step) => ({ x: dot.x + ((x - dot.x) * step) / 8, y: dot.y - 5 * step })));
        const { reading } = await assertShown(page);
        assert.ok(Math.abs(reading.h_fraction - Math.max(to, 0)) < 0.02, `h went to ${reading.h_fraction}`);
        assert.equal(reading.m, before.m);
        await assertDot(page, reading);
      }
    }));

  test('it follows a finger, and a tap sends it there', () =>
    place.visit(PHONE, async (page) => {
      await show(page);
      const { dot, x } = await spot(page, 0.75);
      await dragFinger(page, Array.from({ length: 9 }, (_, step) => ({ x: dot.x + ((x - dot.x) * step) / 8, y: dot.y })));
      assert.ok(Math.abs((await assertShown(page)).reading.h_fraction - 0.75) < 0.02);
      const there = await spot(page, 0.3);
      await page.mouse.click(there.x, there.pad.y + 20);
      assert.ok(Math.abs((await assertShown(page)).reading.h_fraction - 0.3) < 0.02);
    }));

  test('it obeys keys, and where the figure is read-only nobody', () =>
    place.visit({}, async (page) => {
      await show(page);
      const truth = new Lab('');
      await page.locator(CURVES.range).focus();
      for (const [key, part] of /** @type {const} */ ([['ArrowRight', 1 / 20], ['Shift+ArrowUp', 1 / 100], ['PageDown', -1 / 10]])) {
        await page.keyboard.press(key);
        truth.nudge('h', part);
        await assertShown(page, truth.scenario());
      }
      await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('readonly', ''));
      const { dot, x } = await spot(page, 0.9);
      await dragMouse(page, [dot, { x, y: dot.y }]);
      await page.mouse.click(x, dot.y);
      await assertShown(page, truth.scenario());
    }));

  test('their family is drawn anew with the house alone, the rest with the valves and the ideal', () =>
    place.visit({}, async (page) => {
      await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('figure', 'curves'));
      await page.locator(CURVES.dot).waitFor();
      await drawn(page);
      let before = [await picture(page, CURVES.family), await picture(page, CURVES.present)];
      /** @param {string} what @param {boolean[]} changes @param {string} string */
      const compare = async (what, changes, string) => {
        await open(page, string);
        const now = [await picture(page, CURVES.family), await picture(page, CURVES.present)];
        assert.deepEqual(now.map((pixels, layer) => pixels !== before[layer]), changes, what);
        before = now;
      };
      await compare('a turn', [false, true], 'm=6&h=4');
      await compare('another ideal', [false, true], 'm=6&h=4&target=3');
      await compare('another pressure', [true, true], 'm=6&h=4&target=3&pressure=3');
      await compare('another house', [true, true], 'preset=plateau');
      await compare('an ideal beyond the axis', [true, true], 'preset=plateau&target=40');
    }));
});
