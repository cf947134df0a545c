// The element and its frame in Firefox: an ordinary one, as people have it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { site } from '../e2e/support/host.mjs';
import { serve } from '../e2e/support/server.mjs';
import { Lab, read, words } from '../e2e/support/truth.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const folder = site();
/** Which events a figure tells that a test listens for. */
const EVENTS = ['input', 'change', 'backflow-state', 'backflow-ready', 'backflow-error'];

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** Pages of others round a frame: nothing is allowed but that. @type {Awaited<ReturnType<typeof serve>>} */
let strict;
/** @type {import('puppeteer-core').Browser} */
let browser;
before(async () => {
  const executablePath = process.env.FIREFOX;
  if (!executablePath) throw new Error('FIREFOX must name a Firefox; `cargo xtask test` finds one and sets it');
  server = await serve(folder);
  strict = await serve(folder, { csp: "default-src 'none'; frame-src 'self'; img-src 'self'" });
  browser = await puppeteer.launch({ browser: 'firefox', executablePath });
  assert.match(await browser.version(), /^firefox\//);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await strict?.close();
});

/**
 * Opens a page, lets a test act, and insists that the page was clean.
 * @param {string} url
 * @param {(page: Page) => Promise<unknown>} act
 * @param {(page: Page) => Promise<unknown>} [prepare]
 */
async function visit(url, act, prepare) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('console', (message) => problems.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`page error: ${error}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:', 'about:'].includes(target.protocol) && target.origin !== new URL(url).origin) problems.push(`request to another origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  try {
    await page.setViewport({ width: 1280, height: 900 });
    await prepare?.(page);
    await page.goto(url);
    await act(page);
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
  }
}

/** The page with one figure, when that works. @param {(page: Page) => Promise<unknown>} act */
const host = (act) =>
  visit(`${server.origin}/host.html`, async (page) => {
    await page.evaluate(async () => {
      await customElements.whenDefined('backflow-figure');
      await /** @type {any} */ (document.querySelector('backflow-figure')).ready;
    });
    await act(page);
  });

/** Waits until what was asked for has been drawn. @param {Page | import('puppeteer-core').Frame} page */
const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));

/** Every number that the first figure shows is the engine's. @param {Page | import('puppeteer-core').Frame} page @param {string} [wanted] the scenario */
async function assertShown(page, wanted) {
  await drawn(page);
  const { scenario, numbers, fields, ranges } = await page.evaluate(() => {
    const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
    const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...figure.shadowRoot.querySelectorAll(selector)]);
    return {
      scenario: String(figure.getState().scenario),
      numbers: all('[data-number]').map((element) => [element.dataset.number, element.textContent.split(' ').at(-1)]),
      fields: all('[data-input="m"]').map((element) => element.value),
      ranges: all('[data-dial="m"]').map((element) => element.valueAsNumber),
    };
  });
  if (wanted !== undefined) assert.equal(scenario, wanted);
  assert.ok(numbers.length >= 3, 'the figure shows its numbers');
  const truth = read(new Lab(scenario));
  for (const [name, text] of numbers) assert.equal(text, words.number(truth[name]), `${name} at ${scenario}`);
  for (const text of fields) assert.equal(Number(text), Number(truth.m.toFixed(2)));
  for (const fraction of ranges) assert.ok(Math.abs(fraction - truth.m_fraction) < 1e-9, `the valve's range input at ${scenario}`);
  return truth;
}

/** Notes every event of the page's figures from now on. @param {Page} page */
const listen = (page) =>
  page.evaluate((names) => {
    const heard = /** @type {string[]} */ ([]);
    Object.assign(window, { heard });
    for (const name of names) document.addEventListener(name, () => heard.push(name));
  }, EVENTS);

/** What was heard since the last time. @param {Page} page @returns {Promise<string[]>} */
const heard = (page) => page.evaluate(() => /** @type {any} */ (window).heard.splice(0));

/** Gives the valve m the keyboard. @param {Page | import('puppeteer-core').Frame} page */
const focus = (page) => page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-dial="m"]')).focus());

/** Drags the valve m from where it points to a fraction of its range. @param {Page} page @param {number} to */
async function drag(page, to) {
  const { x, y, radius, from } = await page.evaluate(() => {
    const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
    const valve = figure.shadowRoot.querySelector('[data-handle="m"]');
    valve.scrollIntoView({ block: 'center' });
    const box = valve.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, radius: 0.4 * box.width, from: figure.reading.m_fraction };
  });
  const move = (/** @type {number} */ fraction) => {
    const angle = ((2 * fraction - 1) * 135 * Math.PI) / 180;
    return page.mouse.move(x + radius * Math.sin(angle), y - radius * Math.cos(angle));
  };
  await move(from);
  await page.mouse.down();
  for (let step = 1; step <= 6; step += 1) await move(from + ((to - from) * step) / 6);
  await page.mouse.up();
  const truth = await assertShown(page);
  assert.ok(Math.abs(truth.m_fraction - to) < 0.04, `m was turned to ${truth.m}`);
}

test('it is ready and shows its scenario', () =>
  host(async (page) => {
    assert.match(await page.evaluate(() => navigator.userAgent), /Firefox\//);
    await assertShown(page, 'preset=house&m=4');
  }));

test('keys turn a valve, and tell of it once it is let go', () =>
  host(async (page) => {
    await focus(page);
    await listen(page);
    for (const [key, m] of /** @type {const} */ ([['ArrowRight', 4.45], ['ArrowDown', 4], ['PageUp', 4.9], ['End', 10], ['Home', 1]])) {
      await page.keyboard.press(key);
      const truth = await assertShown(page);
      assert.ok(Math.abs(truth.m - m) < 1e-9, `after ${key} m is ${truth.m}`);
      assert.deepEqual(await heard(page), ['input', 'change', 'backflow-state'], key);
    }
  }));

test('the mouse turns a valve: input on the way, change once', () =>
  host(async (page) => {
    await listen(page);
    await drag(page, 0.8);
    const names = await heard(page);
    assert.ok(names.filter((name) => name === 'input').length >= 3, names.join());
    assert.deepEqual(names.filter((name) => name !== 'input'), ['change', 'backflow-state']);
  }));

test('attributes choose the figure, the scenario, the look and the language', () =>
  host(async (page) => {
    const set = (/** @type {string} */ name, /** @type {string | null} */ value) =>
      page.evaluate(([name, value]) => {
        const figure = /** @type {Element} */ (document.querySelector('backflow-figure'));
        if (value === null) figure.removeAttribute(/** @type {string} */ (name));
        else figure.setAttribute(/** @type {string} */ (name), value);
      }, [name, value]);
    const has = (/** @type {string} */ selector) => page.evaluate((selector) => document.querySelector('backflow-figure')?.shadowRoot?.querySelector(selector) !== null, selector);
    const ink = () => page.evaluate(() => getComputedStyle(/** @type {any} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-number="dE_dm"]'))).color);
    await set('scenario', 'preset=plateau&steps=4');
    await assertShown(page, 'preset=plateau&steps=4');
    await set('theme', 'light');
    await drawn(page);
    const light = await ink();
    await set('theme', 'dark');
    await drawn(page);
    assert.notEqual(await ink(), light);
    await set('locale', 'ar');
    await page.waitForFunction(() => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[dir="rtl"]'));
    await set('locale', null);
    await set('figure', 'shower');
    await page.waitForFunction(() => !document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-chain]'));
    assert.ok(await has('[data-handle="m"]'));
    await set('readonly', '');
    await drawn(page);
    await focus(page);
    await page.keyboard.press('ArrowRight');
    await assertShown(page, 'preset=plateau&steps=4');
  }));

test('what the host changes is shown, and is no input of anybody’s', () =>
  host(async (page) => {
    await listen(page);
    const value = await page.evaluate(() => {
      const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
      figure.setState({ scenario: 'preset=curves&rate=0.05' });
      figure.step(3);
      figure.value = { m: 6.5, h: 2 };
      return figure.value;
    });
    assert.deepEqual(value, { m: 6.5, h: 2 });
    await assertShown(page);
    const names = await heard(page);
    assert.deepEqual([names.includes('input'), names.includes('change'), names.includes('backflow-state')], [false, false, true]);
    const picture = await page.evaluate(async () => (await /** @type {any} */ (document.querySelector('backflow-figure')).exportImage({ format: 'svg', part: 'scene' })).text());
    assert.match(picture, /<svg/);
  }));

test('a figure goes on where it stood after it moved in the document', () =>
  host(async (page) => {
    await page.evaluate(() => {
      const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
      figure.step(3);
      document.querySelector('#elsewhere')?.append(figure);
    });
    await assertShown(page, 'preset=house&m=4&steps=3');
    await drag(page, 0.3);
  }));

test('a figure that was hidden comes to life when it is shown', () =>
  host(async (page) => {
    await page.evaluate(() => {
      const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
      figure.hidden = true;
      figure.value = { m: 8, h: 3 };
      figure.step(2);
    });
    await drawn(page);
    await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).removeAttribute('hidden'));
    await assertShown(page, 'preset=house&m=8&h=3&steps=2');
    const blank = await page.evaluate(() => {
      const canvas = /** @type {any} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.landscape canvas.walk'));
      const other = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
      return canvas.toDataURL() === other.toDataURL();
    });
    assert.equal(blank, false);
    await drag(page, 0.5);
  }));

test('a figure that was made and set before the element is defined becomes what was asked for', () =>
  visit(
    `${server.origin}/host.html`,
    async (page) => {
      await page.evaluate(async () => {
        await customElements.whenDefined('backflow-figure');
        await /** @type {any} */ (document.querySelector('backflow-figure')).ready;
      });
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).wasDefined), false);
      const truth = await assertShown(page);
      assert.deepEqual([truth.m, truth.h], [9, 2]);
    },
    (page) =>
      page.evaluateOnNewDocument(() => {
        document.addEventListener('readystatechange', () => {
          if (document.readyState !== 'interactive') return;
          Object.assign(window, { wasDefined: customElements.get('backflow-figure') !== undefined });
          /** @type {any} */ (document.querySelector('backflow-figure')).value = { m: 9, h: 2 };
        });
      }),
  ));

test('twenty figures on one page', () =>
  host(async (page) => {
    const values = await page.evaluate(async () => {
      const kinds = ['shower', 'chain', 'landscape', 'curves', 'history', 'race', 'rates', 'ruler', 'city', 'lab'];
      const all = Array.from({ length: 19 }, (_, index) => {
        const figure = /** @type {any} */ (document.createElement('backflow-figure'));
        figure.setAttribute('figure', kinds[index % kinds.length]);
        figure.setAttribute('scenario', kinds[index % kinds.length] === 'city' ? '' : `m=${1 + index * 0.25}`);
        document.body.append(figure);
        return figure;
      });
      for (const figure of all) {
        figure.scrollIntoView();
        await figure.ready;
      }
      return all.map((figure) => [figure.getAttribute('figure'), figure.value.m, figure.getBoundingClientRect().height]);
    });
    for (const [index, [kind, m, height]] of values.entries()) {
      if (kind !== 'city') assert.equal(m, 1 + index * 0.25, kind);
      assert.ok(height > 100, `${kind} is ${height} pixels high`);
    }
    await assertShown(page, 'preset=house&m=4');
  }));

for (const sandbox of [undefined, 'allow-scripts']) {
  test(`the frame works and answers ${sandbox ? 'in a sandbox' : 'on a strict page'}`, () =>
    visit(`${strict.origin}/framed.html`, async (page) => {
      await page.evaluate((sandbox) => {
        const heard = /** @type {any[]} */ ([]);
        const frame = document.createElement('iframe');
        Object.assign(window, { heard, say: (/** @type {any} */ message) => frame.contentWindow?.postMessage(message, '*') });
        addEventListener('message', ({ data, source }) => source === frame.contentWindow && heard.push(data));
        Object.assign(frame, { width: 800, height: 900, title: 'a figure', src: 'embed.html?figure=chain&preset=house&m=4&resize=on' });
        if (sandbox) frame.setAttribute('sandbox', sandbox);
        document.querySelector('#here')?.append(frame);
      }, sandbox);
      /** The first message of a type that came. @param {string} type @param {string} [scenario] */
      const message = async (type, scenario) => {
        const found = await page.waitForFunction(
          (type, scenario) => /** @type {any} */ (window).heard.find((/** @type {any} */ one) => one.type === type && (!scenario || one.state?.scenario === scenario)),
          { timeout: 10_000 },
          type,
          scenario ?? '',
        );
        return /** @type {Promise<any>} */ (found.jsonValue());
      };
      const say = (/** @type {object} */ message) => page.evaluate((message) => /** @type {any} */ (window).say(message), message);
      assert.deepEqual((await message('backflow:ready')).state, { scenario: 'preset=house&m=4' });
      await page.waitForFunction(() => /** @type {any} */ (window).heard.some((/** @type {any} */ { type, height }) => type === 'backflow:resize' && height > 200), { timeout: 10_000 });
      const inside = page.frames().find((frame) => frame.url().includes('embed.html'));
      assert.ok(inside);
      await assertShown(inside, 'preset=house&m=4');
      assert.equal(await inside.evaluate(() => self.origin), sandbox ? 'null' : strict.origin);
      await say({ type: 'backflow:set', state: { scenario: 'm=7&h=2' } });
      await message('backflow:state', 'm=7&h=2');
      await say({ type: 'backflow:get', id: 'now' });
      const reply = await message('backflow:reply');
      assert.deepEqual([reply.id, reply.value, reply.error], ['now', { m: 7, h: 2 }, undefined]);
      await focus(inside);
      await page.keyboard.press('Home');
      await message('backflow:state', 'm=1&h=2');
      await assertShown(inside, 'm=1&h=2');
      await page.keyboard.press('Escape');
      await message('backflow:focus-escape');
    }));
}
