// The canvases: what is drawn where, when it is drawn anew, and that no number is ever bad.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertShown, drawn, PARTS, station } from './support/figure.mjs';
import { Lab, read } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** The lab without its rates map, which a worker draws while the page rests. */
const DRAWN = 'lab.html?parts=scene.tags.chain.timeline.plane.curves.controls.verdict';

/** Before the page starts: counts pictures, and notes every number that cannot be drawn. @param {Page} page */
const watched = (page) =>
  page.addInitScript(() => {
    const watch = { pictures: 0, calls: 0, bad: /** @type {string[]} */ ([]) };
    /** @type {any} */ (window).watch = watch;
    const type = /** @type {any} */ (CanvasRenderingContext2D.prototype);
    const own = Object.getOwnPropertyNames(type).filter((name) => typeof Object.getOwnPropertyDescriptor(type, name)?.value === 'function');
    for (const name of own) {
      const original = type[name];
      type[name] = function (/** @type {any[]} */ ...args) {
        watch.calls += 1;
        if (name === 'putImageData') watch.pictures += 1;
        for (const arg of args) {
          const bad = typeof arg === 'number' ? !Number.isFinite(arg) : typeof arg === 'string' && /NaN|inf|undefined/i.test(arg);
          if (bad) watch.bad.push(`${name}(${args.join(', ')})`);
        }
        return original.apply(this, args);
      };
    }
  });

/** @param {Page} page */
const watch = (page) => page.evaluate(() => ({ .../** @type {any} */ (window).watch }));

/** A canvas's pixels, as text. @param {Page} page @param {string} selector */
const picture = (page, selector) => page.locator(selector).evaluate((canvas) => /** @type {any} */ (canvas).toDataURL());

/** @param {Page} page */
const pictures = async (page) => ({
  field: await picture(page, PARTS.field),
  map: await picture(page, PARTS.map),
  marks: await picture(page, PARTS.marks),
  history: await picture(page, PARTS.history),
});

/** @param {Page} page @param {string} code */
async function act(page, code) {
  await page.evaluate((body) => {
    const host = /** @type {any} */ (document.querySelector('backflow-figure'));
    const scenario = (/** @type {string} */ text) => host.setState({ scenario: text });
    const acts = /** @type {Record<string, () => void>} */ ({
      turn: () => (host.value = { m: 7, h: 2 }),
      step: () => host.step(3),
      reset: () => host.reset(),
      preset: () => scenario('preset=plateau'),
      error: () => scenario('error=squared'),
    });
    acts[body]();
  }, code);
  await drawn(page);
}

test('the field is painted anew where the flows or the error change, and not where a valve turns or a step is made', () =>
  place.visit({ name: DRAWN, prepare: watched }, async (page) => {
    let before = await pictures(page);
    let painted = (await watch(page)).pictures;
    assert.ok(painted >= 1, 'the field has been painted');
    /** @param {string} what @param {boolean} paints @param {() => Promise<unknown>} act */
    const compare = async (what, paints, act) => {
      await act();
      await drawn(page);
      const now = await pictures(page);
      const count = (await watch(page)).pictures;
      assert.equal(count > painted, paints, `${what}: the field was painted ${count - painted} times`);
      assert.equal(now.field !== before.field, paints, `${what}: the pixels of the field`);
      assert.equal(now.map !== before.map, paints, `${what}: the contours and axes`);
      if (!paints) assert.notEqual(now.marks, before.marks, `${what}: the walk`);
      before = now;
      painted = count;
    };
    const press = (/** @type {string} */ dial, /** @type {string} */ key) => async () => {
      await page.locator(`[data-dial="${dial}"]`).focus();
      await page.keyboard.press(key);
    };
    await compare('turning the main valve', false, press('m', 'PageUp'));
    await compare('turning the handle', false, press('h', 'PageDown'));
    await compare('a step', false, () => act(page, 'step'));
    await compare('reset', false, () => act(page, 'reset'));
    await compare('the pressure', true, press('w', 'PageUp'));
    await compare('the ideal', true, press('target', 'PageUp'));
    await compare('the error', true, () => act(page, 'error'));
    await compare('the house', true, () => act(page, 'preset'));
    assert.deepEqual((await watch(page)).bad, []);
  }));

test('a page at rest draws nothing', () =>
  place.visit({ name: DRAWN, prepare: watched }, async (page) => {
    const { calls } = await watch(page);
    await page.waitForTimeout(400);
    assert.equal((await watch(page)).calls, calls);
  }));

test('the history is drawn anew with each step', () =>
  place.visit({}, async (page) => {
    const seen = new Set();
    for (let step = 0; step < 4; step += 1) {
      seen.add(await picture(page, PARTS.history));
      await page.locator('button[data-control="step"]').click();
      await drawn(page);
    }
    assert.equal(seen.size, 4);
  }));

/** The colour of a pixel of the marks, at fractions of the plane. @param {Page} page @param {number} m @param {number} h */
const pixel = (page, m, h) =>
  page.locator(PARTS.marks).evaluate(
    (canvas, [pad, m, h]) => {
      const marks = /** @type {HTMLCanvasElement} */ (canvas);
      const box = marks.getBoundingClientRect();
      const plane = /** @type {ShadowRoot} */ (marks.getRootNode()).querySelector(String(pad))?.getBoundingClientRect();
      if (!plane) throw new Error('there is no plane');
      const ratio = marks.width / box.width;
      const x = (plane.left + Number(m) * plane.width - box.left) * ratio;
      const y = (plane.top + (1 - Number(h)) * plane.height - box.top) * ratio;
      // Read from a copy: a browser warns of reading often from a canvas that is drawn often.
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(marks, -Math.round(x), -Math.round(y));
      return [...(copy?.getImageData(0, 0, 1, 1).data ?? [])];
    },
    [PARTS.pad, m, h],
  );

describe('the dot', () => {
  for (const [scheme, ratio] of /** @type {const} */ ([['light', 1], ['dark', 2]])) {
    test(`is drawn where the valves stand: ${scheme}, ${ratio} pixels to a CSS pixel`, () =>
      place.visit({ colorScheme: scheme, deviceScaleFactor: ratio }, async (page) => {
        const wanted = await page.locator('[data-number="E"]').first().evaluate((element) => {
          const color = getComputedStyle(element).getPropertyValue('--E');
          const probe = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
          const pen = /** @type {CanvasRenderingContext2D} */ (probe.getContext('2d'));
          const [light, dark] = color.match(/#[0-9a-f]{6}/gi) ?? [];
          pen.fillStyle = matchMedia('(prefers-color-scheme: dark)').matches ? dark : light;
          pen.fillRect(0, 0, 1, 1);
          return [...pen.getImageData(0, 0, 1, 1).data];
        });
        for (const [m, h] of [[3, 5], [1, 1], [10, 10], [7.5, 2.25]]) {
          await page.evaluate(([m, h]) => {
            /** @type {any} */ (document.querySelector('backflow-figure')).value = { m, h };
          }, [m, h]);
          const { reading } = await assertShown(page);
          const found = await pixel(page, reading.m_fraction, reading.h_fraction);
          found.forEach((part, index) => assert.ok(Math.abs(part - wanted[index]) <= 3, `the dot at ${m}, ${h} is ${found}, not ${wanted}`));
          assert.notDeepEqual(await pixel(page, 1 - reading.m_fraction, (reading.h_fraction + 0.37) % 1), wanted);
        }
      }));
  }
});

test('the field is the brighter the larger the engine finds the error', () =>
  place.visit({}, async (page) => {
    for (const string of ['', 'preset=house', 'error=squared&target=2']) {
      await page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), string);
      await drawn(page);
      const spots = [];
      for (let m = 0.06; m < 1; m += 0.11) for (let h = 0.06; h < 1; h += 0.11) spots.push([m, h]);
      const light = await page.locator(PARTS.field).evaluate((canvas, spots) => {
        const field = /** @type {HTMLCanvasElement} */ (canvas);
        const copy = new OffscreenCanvas(field.width, field.height);
        const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
        pen.drawImage(field, 0, 0);
        return spots.map(([m, h]) => {
          const [r, g, b] = pen.getImageData(Math.round(m * (field.width - 1)), Math.round((1 - h) * (field.height - 1)), 1, 1).data;
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        });
      }, spots);
      const lab = new Lab(string);
      const errors = spots.map(([m, h]) => {
        lab.turn(m, h);
        return read(lab).E;
      });
      const least = 0.08 * Math.max(...errors);
      for (let a = 0; a < spots.length; a += 1) {
        for (let b = 0; b < spots.length; b += 1) {
          if (errors[a] - errors[b] > least) assert.ok(light[a] > light[b], `${string}: ${spots[a]} is darker than ${spots[b]}`);
        }
      }
    }
  }));

test('no number that is drawn is bad, in corners, bounces and long runs', () =>
  place.visit({ prepare: watched }, async (page) => {
    for (const string of [
      'm=1&h=1',
      'm=10&h=10&pressure=100',
      'pressure=0',
      'target=0&m=1',
      'target=1000',
      'rate=10&error=squared&steps=400',
      'preset=low-pressure&optimizer=lion&rate=10&steps=300',
      'preset=house&Cother=0&h=1&m=1&sensitivities=joint&steps=50',
      'preset=plateau&error=huber&delta=0.001&steps=5000',
      'optimizer=adadelta&epsilon=1e-16&rate=0.000001&steps=20',
    ]) {
      await page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), string);
      const { shown } = await assertShown(page);
      const text = JSON.stringify(shown);
      assert.doesNotMatch(text, /NaN|undefined|Infinity|∞/, string);
    }
    const { bad, calls } = await watch(page);
    assert.deepEqual(bad, []);
    assert.ok(calls > 1000);
  }));

test('the backing store has a pixel for each of the screen', () =>
  place.visit({ deviceScaleFactor: 3 }, async (page) => {
    for (const selector of [PARTS.marks, PARTS.history]) {
      const [across, down] = await page.locator(selector).evaluate((element) => {
        const canvas = /** @type {HTMLCanvasElement} */ (element);
        const box = canvas.getBoundingClientRect();
        return [canvas.width - 3 * box.width, canvas.height - 3 * box.height];
      });
      assert.ok(Math.abs(across) <= 3 && Math.abs(down) <= 3, `${selector} is off by ${across} × ${down}`);
    }
  }));
