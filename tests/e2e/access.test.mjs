// The page for everybody: machines that read it, keys, small screens, large text, strong colours, rest.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings } from './support/axe.mjs';
import { arc, assertShown, begun, degrees, dragMouse, drawn, handle, HANDLES, PARTS, scenario, station } from './support/figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

describe('axe finds nothing', () => {
  for (const name of ['lab.html?parts=all', 'index.html']) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      test(`on ${name}, ${colorScheme}, at any width, also with a complaint and another house`, () =>
        place.visit({ name, colorScheme }, async (page) => {
          await begun(page);
          for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
            await page.setViewportSize({ width, height });
            await drawn(page);
            assert.deepEqual(await findings(page), [], `${width} × ${height}`);
          }
          await page.evaluate(() => {
            const host = /** @type {any} */ (document.querySelector('backflow-figure'));
            host.setState({ scenario: 'preset=house&optimizer=adamw&rate=fast&steps=9' });
            const details = host.shadowRoot.querySelector('details');
            if (details) details.open = true;
          });
          await drawn(page);
          assert.deepEqual(await findings(page), [], 'with a complaint');
        }));
    }
  }

  for (const look of ['light', 'dark', 'projector']) {
    test(`on any part of the lab, together and large, while the chain is gone through, and on the help sheet: ${look}`, () =>
      place.visit({ name: `lab.html?parts=all.measured.memory.starts.code&theme=${look}`, hash: 'rate=2&sensitivities=joint&steps=9&rival=optimizer=adam&rival=turns=4:5' }, async (page) => {
        await page.locator('[data-part="code"] code:not(:empty)').waitFor();
        for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
          await page.setViewportSize({ width, height });
          await drawn(page);
          assert.deepEqual(await findings(page), [], `${width} × ${height}`);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement?.blur());
        for (let press = 0; press < 5; press += 1) await page.keyboard.press('.');
        await page.locator('[data-dial="m"]').focus();
        await page.keyboard.press('ArrowUp');
        await page.locator('[data-input="rate"]').focus();
        await drawn(page);
        assert.deepEqual(await findings(page), [], 'with a promise, and the focus in a field');
        const parts = await page.locator('[data-part]').evaluateAll((all) => all.map((part) => part.getAttribute('data-part')));
        assert.equal(parts.length, 14);
        for (const part of parts) {
          await page.evaluate((name) => document.querySelector('backflow-figure')?.setAttribute('large', String(name)), part);
          await drawn(page);
          assert.deepEqual(await findings(page), [], `${part} alone and large`);
        }
        await page.locator('[data-act="help"]').click();
        assert.deepEqual(await findings(page), [], 'the help sheet');
      }));

    test(`on a first visit, before and after the first turn: ${look}`, () =>
      place.visit({ name: `lab.html?theme=${look}` }, async (page) => {
        assert.deepEqual(await findings(page), []);
        await page.locator('[data-dial="m"]').focus();
        await page.keyboard.press('PageUp');
        await drawn(page);
        assert.deepEqual(await findings(page), []);
      }));
  }
});

/** A name for what has the focus, inside the figure too. @param {Page} page @returns {Promise<string>} */
const focused = (page) =>
  page.evaluate(() => {
    let element = /** @type {any} */ (document.activeElement);
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return 'page';
    const { dial, plane, control, input } = element.dataset;
    return dial ? `dial ${dial}` : plane ? `plane ${plane}` : control ? `control ${control}` : input ? `field ${input}` : `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent}`;
  });

for (const name of ['lab.html?parts=all', 'index.html']) {
  test(`${name} takes no focus on load, and Tab goes through it and out again, both ways`, () =>
    place.visit({ name }, async (page) => {
      assert.equal(await focused(page), 'page');
      // Figures that begin while one goes through the page would come in between.
      await begun(page);
      const limit = 800;
      const walk = async (/** @type {string} */ key, most = limit) => {
        const order = /** @type {string[]} */ ([]);
        for (let press = 0; press < most; press += 1) {
          await page.keyboard.press(key);
          const now = await focused(page);
          if (now === 'page') return order;
          assert.notEqual(now, order.at(-1), `${key} stays on ${now}`);
          order.push(now);
        }
        assert.ok(most < limit, `${key} never leaves: ${order.join(', ')}`);
        return order;
      };
      const order = await walk('Tab');
      const wanted = name !== 'index.html'
        ? ['dial w', 'dial m', 'dial h', 'dial target', 'plane m', 'plane h', 'control step', 'control play', 'control rate', 'control preset', 'field m', 'field rate']
        : ['dial m', 'dial h', 'dial target', 'field m', 'field h'];
      for (const part of wanted) assert.ok(order.includes(part), `Tab meets ${part}: ${order.join(', ')}`);
      assert.deepEqual((await walk('Shift+Tab', order.length)).reverse(), order);
    }));
}

test('what has the focus is marked', () =>
  place.visit({}, async (page) => {
    const before = await page.screenshot();
    const marks = new Set([before.toString('base64')]);
    for (let press = 0; press < 10; press += 1) {
      await page.keyboard.press('Tab');
      await drawn(page);
      marks.add((await page.screenshot()).toString('base64'));
    }
    assert.equal(marks.size, 11, 'each press of Tab changes what one sees');
  }));

/** The scene's drawing, as text. @param {Page} page */
const drawing = (page) =>
  page.evaluate(() => {
    const group = document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-handle]');
    return group?.closest('svg')?.outerHTML ?? '';
  });

/** Whether the drawing changes by itself. @param {Page} page */
async function moves(page) {
  const before = await drawing(page);
  assert.notEqual(before, '');
  await page.waitForTimeout(250);
  return (await drawing(page)) !== before;
}

describe('motion', () => {
  test('nothing moves that nobody started; then the water does, and it comes to rest', () =>
    place.visit({}, async (page) => {
      assert.equal(await moves(page), false, 'before anybody came');
      await page.locator('[data-dial="h"]').focus();
      await page.keyboard.press('PageUp');
      assert.equal(await moves(page), true, 'after a turn');
      await page.waitForTimeout(4500);
      assert.equal(await moves(page), false, 'later');
    }));

  test('for those who asked for less of it nothing moves by itself, and play still makes steps', () =>
    place.visit({ reducedMotion: 'reduce' }, async (page) => {
      await page.locator('[data-dial="h"]').focus();
      await page.keyboard.press('PageUp');
      await assertShown(page);
      assert.equal(await moves(page), false);
      await page.locator('button[data-control="play"]').click();
      await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 2);
      await page.locator('button[data-control="play"]').click();
      await assertShown(page);
    }));
});

test('in forced colours every handle still shows where it points', () =>
  place.visit({ forcedColors: 'active' }, async (page) => {
    for (const { letter } of HANDLES) {
      const locator = page.locator(`[data-handle="${letter}"]`);
      const before = await locator.screenshot();
      await page.locator(`[data-dial="${letter}"]`).focus();
      await page.keyboard.press('Home');
      const shut = await locator.screenshot();
      await page.keyboard.press('End');
      assert.ok(!shut.equals(before) && !(await locator.screenshot()).equals(shut), letter);
    }
    await assertShown(page);
  }));

describe('room', () => {
  for (const width of [320, 360, 768, 1280]) {
    test(`at ${width} px nothing is cut off or needs scrolling sideways, and everything can be used`, () =>
      place.visit({ viewport: { width, height: 800 } }, async (page) => {
        for (const string of ['', 'preset=house&rate=fast', 'm=1&h=1&error=squared&target=1000']) {
          await page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), string);
          await drawn(page);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(over <= 0, `${over} px too wide with "${string}"`);
          const outside = await page.evaluate(() => {
            const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
            return [...root.querySelectorAll('button, input, select, canvas, :not(text)[data-number], [data-tag], [data-handle]')]
              .filter((element) => element.checkVisibility())
              .map((element) => [element, element.getBoundingClientRect()])
              .filter(([, box]) => /** @type {DOMRect} */ (box).left < -0.5 || /** @type {DOMRect} */ (box).right > innerWidth + 0.5)
              .map(([element, box]) => `${/** @type {Element} */ (element).outerHTML.slice(0, 90)} from ${/** @type {DOMRect} */ (box).left} to ${/** @type {DOMRect} */ (box).right}`);
          });
          assert.deepEqual(outside, [], string);
        }
        await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: '' }));
        await drawn(page);
        for (const { letter } of HANDLES) {
          const before = await scenario(page);
          const from = await degrees(page, letter);
          await dragMouse(page, arc(await handle(page, letter), from, from + 50, 6));
          await assertShown(page);
          assert.notEqual(await scenario(page), before, letter);
        }
        await page.locator(PARTS.dot).click({ trial: true });
        for (const control of ['step', 'play', 'back', 'reset']) await page.locator(`button[data-control="${control}"]`).click();
        for (const select of await page.locator('select[data-control]:visible').all()) await select.click({ trial: true });
        for (const field of await page.locator('[data-input]:visible').all()) await field.click({ trial: true });
        await assertShown(page);
      }));
  }

  test('the lab stands on a screen of 1280 × 800 without scrolling', () =>
    place.visit({}, async (page) => {
      const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      assert.ok(over <= 0, `${over} px too high`);
    }));

  for (const [name, options] of /** @type {const} */ ([
    ['a large screen', {}],
    ['a telephone', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
  ])) {
    test(`on ${name} each target has at least 24 px, each handle 44`, () =>
      place.visit(options, async (page) => {
        const small = await page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          const least = (/** @type {Element} */ element) => (element.matches('[data-handle], .dot') ? 44 : 24);
          return [...root.querySelectorAll('button, select, summary, input[type="text"], [data-handle], .dot, input[data-control]')]
            .filter((element) => element.checkVisibility())
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([element, box]) => Math.min(/** @type {DOMRect} */ (box).width, /** @type {DOMRect} */ (box).height) < least(/** @type {Element} */ (element)) - 0.5)
            .map(([element, box]) => `${/** @type {Element} */ (element).outerHTML.slice(0, 90)}: ${/** @type {DOMRect} */ (box).width} × ${/** @type {DOMRect} */ (box).height}`);
        });
        assert.deepEqual(small, []);
      }));
  }
});

test('the live region speaks on release, and not on the way', () =>
  place.visit({}, async (page) => {
    const voice = page.locator('[aria-live="polite"]');
    const before = await voice.textContent();
    const from = await degrees(page, 'm');
    const points = arc(await handle(page, 'm'), from, from + 60, 8);
    await page.mouse.move(points[0].x, points[0].y);
    await page.mouse.down();
    for (const { x, y } of points) await page.mouse.move(x, y);
    assert.equal(await voice.textContent(), before);
    await page.mouse.up();
    const said = await voice.textContent();
    assert.notEqual(said, before);
    assert.equal(said, await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).describe()));
  }));
