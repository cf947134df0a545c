// In no frame of a drag does the page show a number of another position than its handles show.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arc, assertShown, degrees, handle, HANDLES, PARTS, shared, station, SWEEP } from './support/figure.mjs';
import { Lab, texts } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** Mouse moves on the way across the range, and as many on the way back. */
const MOVES = 80;
/** The mouse moves more often than this many frames are drawn only on a machine that is very busy. */
const FEWEST_FRAMES = 60;

/**
 * Records, after each frame, what stands on the page. The record of a frame is made in a task of
 * its own, behind every callback that belongs to the frame.
 * @param {Page} page
 */
async function record(page) {
  await page.evaluate((parts) => {
    const host = /** @type {any} */ (document.querySelector('backflow-figure'));
    const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...host.shadowRoot.querySelectorAll(selector)]);
    const numbers = all('[data-number]');
    const fields = all('[data-input]').filter((field) => !field.id);
    const ranges = all('[data-dial], [data-plane]');
    const pointers = all('[data-handle]:has(.pointer)').map((group) => [group.dataset.handle, group.querySelector('.pointer')]);
    const tags = all('[data-tag]');
    const [dot] = all(parts.dot);
    const frame = () => ({
      numbers: numbers.map((element) => [element.dataset.number, element.textContent, element instanceof SVGElement]),
      fields: fields.map((element) => [element.dataset.input, element.value]),
      ranges: ranges.map((element) => [
        element.dataset.dial ?? element.dataset.plane,
        element.valueAsNumber,
        element.getAttribute('aria-valuetext'),
      ]),
      pointers: pointers.map(([letter, pointer]) => [letter, Number(/rotate\(([^)]+)\)/.exec(pointer.getAttribute('transform'))?.[1])]),
      tags: tags.map((element) => [element.dataset.tag, element.textContent]),
      dot: (() => {
        const [inner, outer] = [dot, dot.parentElement].map((element) => element.getBoundingClientRect());
        return [
          (inner.left + inner.width / 2 - outer.left) / outer.width,
          1 - (inner.top + inner.height / 2 - outer.top) / outer.height,
        ];
      })(),
      text: host.shadowRoot.textContent,
    });
    const record = { frames: /** @type {any[]} */ ([]), going: true };
    /** @type {any} */ (window).record = record;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      record.frames.push(frame());
      if (record.going) requestAnimationFrame(next);
    };
    const next = () => channel.port2.postMessage(0);
    requestAnimationFrame(next);
  }, PARTS);
}

/** @param {Page} page @returns {Promise<any[]>} */
const stop = (page) =>
  page.evaluate(() => {
    const { record } = /** @type {any} */ (window);
    record.going = false;
    return record.frames;
  });

/**
 * Holds a frame against the engine, set to what the frame's own range inputs say.
 * @param {any} frame
 * @param {string} preset
 */
function check(frame, preset) {
  const ranges = Object.fromEntries(frame.ranges);
  assert.deepEqual([frame.tags.length, frame.pointers.length, frame.ranges.length], [5, 3, 6]);
  const lab = new Lab(preset);
  for (const [key, letter] of [['pressure', 'w'], ['target', 'target'], ['m', 'm'], ['h', 'h']]) {
    lab.setFraction(key, ranges[letter]);
  }
  const text = texts(lab);
  const where = ` where the inputs say m=${ranges.m} h=${ranges.h} w=${ranges.w}`;
  for (const [name, shown, drawn] of frame.numbers) {
    assert.equal(shown, drawn ? text.drawn(name) : text.number(name), name + where);
  }
  for (const [name, shown] of frame.fields) assert.equal(shown, text.field(name), name + where);
  for (const [letter, value, spoken] of frame.ranges) {
    const key = letter === 'w' ? 'pressure' : letter;
    assert.ok(Math.abs(value - text.reading[`${key}_fraction`]) < 1e-9, `${letter}'s inputs disagree${where}`);
    assert.equal(spoken, text.handle(key), letter + where);
  }
  for (const [letter, turned] of frame.pointers) {
    assert.ok(Math.abs(turned - (2 * ranges[letter] - 1) * SWEEP) < 0.011, `${letter} points to ${turned}°${where}`);
  }
  for (const [name, shown] of frame.tags) assert.ok(shown.includes(text.tag(name)), `the tag ${name} says ${shown}${where}`);
  assert.ok(Math.abs(frame.dot[0] - ranges.m) < 0.005 && Math.abs(frame.dot[1] - ranges.h) < 0.005, `the dot is at ${frame.dot}${where}`);
  assert.doesNotMatch(frame.text, /NaN|undefined|Infinity|∞|null/);
  return ranges;
}

describe('a drag across the whole range and back', () => {
  const lab = shared(place);

  for (const preset of ['', 'preset=house', 'preset=plateau&error=squared']) {
    for (const { key, letter } of HANDLES) {
      if (preset !== '' && key !== 'm') continue;
      test(`of ${key}${preset && ` in ${preset}`} shows no number of another position`, async () => {
        const { page } = lab;
        await page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), preset);
        await assertShown(page, preset);
        const middle = await handle(page, letter);
        const from = await degrees(page, letter);
        const beyond = SWEEP + 15;
        const points = [...arc(middle, from, beyond, MOVES / 2), ...arc(middle, beyond, -beyond, MOVES), ...arc(middle, -beyond, from, MOVES / 2)];
        assert.ok(points.length >= 150);
        await page.mouse.move(points[0].x, points[0].y);
        await record(page);
        await page.mouse.down();
        for (const { x, y } of points.slice(1)) await page.mouse.move(x, y);
        await page.mouse.up();
        const frames = await stop(page);
        const seen = new Set(frames.map((frame) => check(frame, preset)[letter]));
        assert.ok(seen.size >= FEWEST_FRAMES, `${seen.size} different positions in ${frames.length} frames`);
        assert.ok(Math.min(...seen) === 0 && Math.max(...seen) === 1, 'both ends were reached');
        await assertShown(page);
      });
    }
  }

  test('of the dot across the plane shows no number of another position', async () => {
    const { page } = lab;
    const pad = await page.locator(PARTS.pad).boundingBox();
    const dot = await page.locator(PARTS.dot).boundingBox();
    assert.ok(pad && dot);
    await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
    await record(page);
    await page.mouse.down();
    for (let move = 1; move <= 2 * MOVES; move += 1) {
      const turn = (2 * Math.PI * move) / (2 * MOVES);
      await page.mouse.move(pad.x + pad.width * (0.5 + 0.52 * Math.cos(turn)), pad.y + pad.height * (0.5 + 0.52 * Math.sin(turn)));
    }
    await page.mouse.up();
    const frames = await stop(page);
    const seen = new Set(frames.map((frame) => check(frame, '').m));
    assert.ok(seen.size >= FEWEST_FRAMES / 2, `${seen.size} different positions in ${frames.length} frames`);
    await assertShown(page);
  });

  test('moves nothing but what stands for a number', async () => {
    const { page } = lab;
    const boxes = () =>
      page.evaluate(() => {
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        const held = /** @type {any[]} */ ([...host.shadowRoot.querySelectorAll(':not(text)[data-number], [data-tag], [data-input], button, canvas, section, figure')]);
        return held
          .map((element) => (element.matches('[data-number]') ? element.parentElement : element))
          .map((element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            return `${element.className} ${element.textContent.slice(0, 12).replaceAll(/[\d.−]/g, '')} ${[left, top, width, height].map((side) => side.toFixed(2)).join(' ')}`;
          });
      });
    const shifts = await page.evaluateHandle(() => {
      const found = /** @type {string[]} */ ([]);
      new PerformanceObserver((list) => {
        for (const entry of /** @type {any[]} */ (list.getEntries())) {
          found.push(...entry.sources.map((/** @type {any} */ source) => `${source.node?.className} from ${JSON.stringify(source.previousRect)} to ${JSON.stringify(source.currentRect)}`));
        }
      }).observe({ type: 'layout-shift', buffered: false });
      return found;
    });
    const first = await boxes();
    const middle = await handle(page, 'm');
    const from = await degrees(page, 'm');
    await page.mouse.move(...Object.values(arc(middle, from, from, 1)[0]).slice(0, 2));
    await page.mouse.down();
    for (const { x, y } of [...arc(middle, from, 150, 25), ...arc(middle, 150, -150, 50)]) {
      await page.mouse.move(x, y);
      const now = await boxes();
      now.forEach((box, index) => assert.equal(box.replace(/^.*? (?=-?\d)/, ''), first[index].replace(/^.*? (?=-?\d)/, ''), `${first[index]} moved`));
    }
    await page.mouse.up();
    assert.deepEqual(await shifts.jsonValue(), []);
  });
});

/** Drags a valve over the whole range, and says how many bytes of JavaScript's heap each frame took. @param {number} deviceScaleFactor */
async function allocations(deviceScaleFactor) {
  const found = { perFrame: 0, pictures: 0, copies: 0, grown: 0 };
  await place.visit({ name: 'lab.html?parts=scene.tags.chain.timeline.race.plane.curves.steps.controls.verdict', viewport: { width: 1280, height: 800 }, deviceScaleFactor }, async (page, { context }) => {
    await page.evaluate(async () => {
      const { memory } = await (await import(new URL('backflow.js', location.href).href)).default();
      const watch = { memory, size: memory.buffer.byteLength, pictures: 0, copies: 0 };
      Object.assign(window, { watch });
      const put = CanvasRenderingContext2D.prototype.putImageData;
      CanvasRenderingContext2D.prototype.putImageData = function (/** @type {ImageData} */ image, /** @type {any[]} */ ...rest) {
        watch.pictures += 1;
        // Pixels that do not lie in the engine's memory were copied out of it.
        if (image.data.buffer !== memory.buffer) watch.copies += 1;
        return Reflect.apply(put, this, [image, ...rest]);
      };
    });
    const drag = async (/** @type {string} */ letter, /** @type {number} */ way) => {
      const middle = await handle(page, letter);
      const points = arc(middle, -way * SWEEP, way * SWEEP, 60);
      await page.mouse.move(points[0].x, points[0].y);
      await page.mouse.down();
      for (const { x, y } of points) {
        await page.mouse.move(x, y);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(undefined))));
      }
      await page.mouse.up();
    };
    // What is allocated once, such as memory that has grown to its size, is not meant.
    for (const way of [1, -1, 1]) {
      for (const letter of ['m', 'w']) await drag(letter, way);
    }
    await page.evaluate(() => {
      const { watch } = /** @type {any} */ (window);
      Object.assign(watch, { size: watch.memory.buffer.byteLength, pictures: 0, copies: 0 });
    });
    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.startSampling', { samplingInterval: 512, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
    for (const letter of ['m', 'w']) await drag(letter, -1);
    const { profile } = await session.send('HeapProfiler.stopSampling');
    const bytes = profile.samples.reduce((sum, { size }) => sum + size, 0);
    const watch = await page.evaluate(() => {
      const { memory, size, pictures, copies } = /** @type {any} */ (window).watch;
      return { grown: memory.buffer.byteLength - size, pictures, copies };
    });
    Object.assign(found, watch, { perFrame: bytes / 122 });
  });
  return found;
}

test('no frame of a drag allocates in proportion to the pixels', async () => {
  const few = await allocations(1);
  const many = await allocations(3);
  for (const { pictures, copies, grown } of [few, many]) {
    assert.ok(pictures > 40, `the field was painted ${pictures} times`);
    assert.equal(copies, 0, 'its pixels are shown where the engine has painted them');
    assert.equal(grown, 0, 'the engine’s memory does not grow');
  }
  // Nine times as many pixels, and no more memory than the noise.
  assert.ok(many.perFrame < 1.25 * few.perFrame + 10_000, `${Math.round(few.perFrame)} bytes a frame, and ${Math.round(many.perFrame)} with nine times the pixels`);
});
