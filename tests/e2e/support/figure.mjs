// A figure on a page: what it shows, compared with the engine, and the hands that turn it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { serve } from './server.mjs';
import { Lab, texts } from './truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Half the sweep of a handle, in degrees from straight up. */
export const SWEEP = 135;

/** Where tests find parts that have no data attribute of their own. */
export const PARTS = {
  field: '.landscape canvas.field',
  map: '.landscape canvas.map',
  marks: '.landscape canvas.walk',
  history: '.history canvas',
  dot: '.landscape .dot',
  pad: '.landscape .pad',
  complaints: '.complaints',
};

/** The three handles: the key in the scenario, and the letter of the dial. */
export const HANDLES = [
  { key: 'm', letter: 'm' },
  { key: 'h', letter: 'h' },
  { key: 'pressure', letter: 'w' },
];

/** The quantity that a range input turns, by the letter of its dial. */
const QUANTITY = { w: 'pressure', m: 'm', h: 'h', target: 'target' };

/** The lab with all that usually lies on its desk; without this an address without a hash is a first visit. */
export const LAB = 'lab.html?parts=all';

/** A telephone. */
export const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

/**
 * A server and a browser for the tests of a file or a group.
 * @param {string} [folder]
 */
export function station(folder) {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {import('playwright-core').Browser} */
  let browser;
  before(async () => {
    server = await serve(folder);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    /**
     * Opens a page, lets a test act, and then insists that the page was clean.
     * @param {Parameters<typeof openPage>[2] & { hash?: string, name?: string }} options
     * @param {(page: Page, opened: Awaited<ReturnType<typeof openPage>>) => Promise<unknown>} act
     */
    async visit({ hash = '', name = LAB, ...options }, act) {
      const address = `${server.origin}/${name}${hash && `#${hash}`}`;
      const opened = await openPage(browser, address, { viewport: { width: 1280, height: 800 }, ...options });
      try {
        await ready(opened.page);
        await act(opened.page, opened);
        opened.assertClean();
      } finally {
        await opened.close();
      }
    },
  };
}

/**
 * A lab that the tests of a group share: each finds it as it was at first, and leaves it clean.
 * @param {ReturnType<typeof station>} place
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export function shared(place, options = {}) {
  /** @type {Awaited<ReturnType<typeof openPage>>} */
  let opened;
  before(async () => {
    const viewport = { width: 1280, height: 800 };
    opened = await openPage(place.browser, `${place.server.origin}/${LAB}`, { viewport, ...options });
    await ready(opened.page);
  });
  beforeEach(async () => {
    await opened.page.evaluate(() => {
      const host = /** @type {any} */ (document.querySelector('backflow-figure'));
      host.shadowRoot.activeElement?.blur();
      host.setAttribute('parts', 'all');
      host.removeAttribute('large');
      host.setState({ scenario: '' });
      scrollTo(0, 0);
    });
    await drawn(opened.page);
  });
  afterEach(() => opened.assertClean());
  after(() => opened?.close());
  return {
    get page() {
      return opened.page;
    },
  };
}

/** Waits until the page's figure works and has been drawn. @param {Page} page */
export async function ready(page) {
  await page.evaluate(async () => {
    await customElements.whenDefined('backflow-figure');
    await /** @type {any} */ (document.querySelector('backflow-figure')).ready;
  });
  await drawn(page);
}

/** Shows every figure of the page once, because what is out of sight has not begun, and waits until all of each is there; then its top again. @param {Page} page */
export async function begun(page) {
  await page.evaluate(async () => {
    for (const figure of document.querySelectorAll('backflow-figure')) {
      figure.scrollIntoView();
      await /** @type {any} */ (figure).ready;
    }
    scrollTo(0, 0);
  });
  // The way to share comes last.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('backflow-figure')].every((figure) => figure.hasAttribute('no-links') || figure.shadowRoot?.querySelector('[data-act="share"]')),
  );
  await drawn(page);
}

/** Waits until what was asked for has been drawn. @param {Page} page */
export async function drawn(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** The scenario that the figure says it shows. @param {Page} page */
export function scenario(page) {
  return page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario);
}

/**
 * Everything that a figure shows, as text.
 * @param {Page} page
 */
export function snapshot(page) {
  return page.evaluate(() => {
    const host = /** @type {any} */ (document.querySelector('backflow-figure'));
    const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...host.shadowRoot.querySelectorAll(selector)]);
    return {
      scenario: String(host.getState().scenario),
      numbers: all('[data-number]').map((element) => ({
        name: element.dataset.number,
        text: element.textContent,
        drawn: element instanceof SVGElement,
      })),
      fields: all('[data-input]').map((element) => ({ name: element.dataset.input, text: element.value })),
      // The slider of steps and the axes of the rates map turn nothing; settings are no handles.
      ranges: all('input[type="range"]:not([data-scrub], [data-rates], [data-setting])').map((element) => ({
        letter: element.dataset.dial ?? element.dataset.plane ?? element.dataset.curve ?? element.dataset.control,
        value: element.valueAsNumber,
        text: element.getAttribute('aria-valuetext'),
      })),
      pointers: all('[data-handle]:has(.pointer)').map((element) => ({
        letter: element.dataset.handle,
        degrees: Number(/rotate\(([^)]+)\)/.exec(element.querySelector('.pointer').getAttribute('transform'))?.[1]),
      })),
      tags: all('[data-tag]').map((element) => ({ name: element.dataset.tag, text: element.textContent })),
      selects: all('select[data-control]').map((element) => ({ name: element.dataset.control, value: element.value })),
      count: all('[data-control="count"]').map((element) => element.textContent)[0],
    };
  });
}

/**
 * Every number, field, tag and spoken value is the engine's for the scenario that is shown.
 * @param {Page} page
 * @param {string} [wanted] the scenario that should be shown
 * @param {import('../../../www/js/words.js').Words} [words] English where none are given
 */
export async function assertShown(page, wanted, words) {
  await drawn(page);
  const shown = await snapshot(page);
  if (wanted !== undefined) assert.equal(shown.scenario, wanted);
  const lab = new Lab(shown.scenario);
  assert.deepEqual(lab.complaints(), [], shown.scenario);
  const text = texts(lab, words);
  const where = ` at ${shown.scenario || 'the start'}`;
  assert.ok(shown.numbers.length >= (shown.tags.length > 0 ? 8 : 3), 'the figure shows its numbers');
  for (const number of shown.numbers) {
    assert.equal(number.text, number.drawn ? text.drawn(number.name) : text.number(number.name), number.name + where);
  }
  for (const field of shown.fields) assert.equal(field.text, text.field(field.name), field.name + where);
  for (const range of shown.ranges) {
    if (range.letter === 'rate') {
      assert.ok(Math.abs(range.value - text.reading.rate_fraction) < 1e-12, `the rate's slider${where}`);
      assert.equal(range.text, text.rate());
      continue;
    }
    const quantity = QUANTITY[/** @type {keyof typeof QUANTITY} */ (range.letter)];
    assert.ok(Math.abs(range.value - text.reading[`${quantity}_fraction`]) < 1e-12, `${quantity}'s range input${where}`);
    assert.equal(range.text, text.handle(quantity));
  }
  for (const { letter, degrees } of shown.pointers) {
    const fraction = text.reading[`${QUANTITY[/** @type {keyof typeof QUANTITY} */ (letter)]}_fraction`];
    assert.ok(Math.abs(degrees - (2 * fraction - 1) * SWEEP) < 0.011, `${letter} points to ${degrees}°${where}`);
  }
  for (const tag of shown.tags) {
    assert.ok(tag.text.includes(text.tag(tag.name)), `the tag ${tag.name} says "${tag.text}"${where}`);
  }
  for (const { name, value } of shown.selects) assert.equal(value, lab.get(name), name + where);
  if (shown.count !== undefined) assert.equal(shown.count, text.count());
  return { shown, lab, reading: text.reading };
}

/**
 * The middle and the radius of a handle, on the screen.
 * @param {Page} page
 * @param {string} letter
 */
export async function handle(page, letter) {
  const locator = page.locator(`[data-handle="${letter}"]`);
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  assert.ok(box, `there is a handle ${letter}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, radius: box.width / 2 };
}

/**
 * A point round a handle, degrees clockwise from straight up.
 * @param {{ x: number, y: number, radius: number }} middle
 * @param {number} degrees
 * @param {number} [part] of the radius
 */
export function around({ x, y, radius }, degrees, part = 0.8) {
  const angle = (degrees * Math.PI) / 180;
  return { x: x + part * radius * Math.sin(angle), y: y - part * radius * Math.cos(angle) };
}

/**
 * Points on an arc round a handle.
 * @param {{ x: number, y: number, radius: number }} middle
 * @param {number} from degrees
 * @param {number} to degrees
 * @param {number} count
 */
export function arc(middle, from, to, count) {
  return Array.from({ length: count + 1 }, (_, index) => around(middle, from + ((to - from) * index) / count));
}

/**
 * Drags with the mouse along points.
 * @param {Page} page
 * @param {{ x: number, y: number }[]} points
 */
export async function dragMouse(page, points) {
  await page.mouse.move(points[0].x, points[0].y);
  await page.mouse.down();
  for (const { x, y } of points.slice(1)) await page.mouse.move(x, y);
  await page.mouse.up();
}

/**
 * Drags with a finger along points.
 * @param {Page} page
 * @param {{ x: number, y: number }[]} points
 */
export async function dragFinger(page, points) {
  const session = await page.context().newCDPSession(page);
  const send = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {{ x: number, y: number }[]} */ touchPoints) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [points[0]]);
  for (const point of points.slice(1)) await send('touchMove', [point]);
  await send('touchEnd', []);
  await session.detach();
}

/**
 * The degrees at which a handle points now.
 * @param {Page} page
 * @param {string} letter
 */
export async function degrees(page, letter) {
  const { pointers } = await snapshot(page);
  const found = pointers.find((pointer) => pointer.letter === letter);
  assert.ok(found, `there is a handle ${letter}`);
  return found.degrees;
}
