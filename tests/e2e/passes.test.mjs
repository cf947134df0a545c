// The chain, link by link: one goes through steps of a run with one key, forward and back. Each sentence is
// the engine's, with the numbers of that step; what is computed now is lit; nothing moves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { sentence } from '../../www/js/passes.js';
import { assertShown, drawn, scenario, shared, station } from './support/figure.mjs';
import { Lab, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** From where each walk begins, and what its updates or beliefs say. */
const WALKS = /** @type {Record<string, [string, RegExp]>} */ ({
  descent: ['rate=0.1&steps=1', /against its gradient, −0\.1 × −0\.5\d* ≈ 0\.05/],
  momentum: ['optimizer=momentum&rate=0.02&steps=1', /velocity 0\.9 × −0\.5 \+ −0\.5\d* ≈ −0\.95/],
  nesterov: ['optimizer=nesterov&rate=0.02', /velocity begins as the gradient; looking ahead/],
  adagrad: ['optimizer=adagrad&rate=0.5', /its squared gradients add up to 0\.25, root with ε 0\.5/],
  adam: ['optimizer=adam&rate=0.1&steps=1', /average gradient is −0\.5\d*, the usual size 0\.5/],
  adamw: ['optimizer=adamw&rate=0.1', /decay makes 0\.999 × 3 [=≈] 2\.997/],
  lion: ['optimizer=lion&rate=0.1&steps=1', /Lion looks at the sign alone and opens by the rate, 0\.1, from 3\.1 to 3\.2/],
  'by hand': ['turns=3.9:5,3.9:6.5,5:7&steps=1', /A hand turned the handle by 1\.5, from 5 to 6\.5/],
  measured: ['sensitivities=alternate&rate=0.2&steps=2', /for the handle alone/],
  joint: ['sensitivities=joint&rate=0.2&steps=1', /∂y\/∂m is \S+ by readings \(in truth/],
  'measured by hand': ['turns=3.9:5,3.9:6.5,5:7&steps=1&sensitivities=alternate', /∂y\/∂m is \S+ by readings \(in truth \S+\); ∂y\/∂h .*\d\)?\.$/],
  'decayed beyond nothing': ['optimizer=adamw&rate=5&decay=0.5', /decay makes −1\.5 × 3 [=≈] −4\.5; .* [=≈] 5 on top, from 3 towards 0\.5, but only to the stop at 1\./],
  'no other tap': ['preset=house&Cother=0&m=4&h=4', /no other tap open: the house flow rises/],
  house: ['preset=house&rate=0.1&steps=1', /What comes back on both paths adds up/],
  stopped: ['m=9.9&h=3&target=9&rate=4', /from 9\.9 towards 1\d\.\d+, but only to the stop at 10/],
  squared: ['error=squared&rate=0.02', /as steep as the distance is long: ∂E\/∂y = 1 − 4\.5 = −3\.5/],
});

/** What the chain shows of a walk. @param {Page} page */
const shown = (page) =>
  page.evaluate(() => {
    const root = /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot;
    const names = (/** @type {string} */ selector) =>
      /** @type {any[]} */ ([...root.querySelectorAll(selector)]).map((element) => element.querySelector('[data-number]').dataset.number);
    const box = (/** @type {string} */ selector) => {
      const { x, y, width, height } = root.querySelector(selector).getBoundingClientRect();
      return [x, y, width, height].map((value) => Math.round(value * 8) / 8);
    };
    const told = root.querySelector('.told');
    const { lit, later } = root.querySelector('.parts').dataset;
    return {
      told: told.textContent,
      whole: told.scrollHeight <= told.clientHeight,
      at: root.querySelector('.walk .note').textContent,
      lit: [...new Set(names('.chain .lit'))],
      later: [...new Set(names('.chain .later'))],
      scene: { lit: lit ?? '', later: later ?? '' },
      boxes: JSON.stringify(['.chain', '.told', '.chain .row', '.totals', '[data-control="backward"]', '[data-control="onward"]', '.scene', '.tags', '.verdict'].map((part) => (root.querySelector(part) ? box(part) : []))),
    };
  });

/** Nobody walks: all is plain. @param {Page} page */
async function assertPlain(page) {
  await drawn(page);
  const now = await shown(page);
  assert.deepEqual([now.told, now.at, now.lit, now.later, now.scene], [words.say('pass.idle'), '', [], [], { lit: '', later: '' }]);
  assert.equal(await page.locator('.walk [aria-disabled="true"]').count(), 0, 'a walk begins either way');
}

/** The page stands where the engine does. @param {Page} page @param {any} truth @param {number} at */
async function assertAt(page, truth, at) {
  await drawn(page);
  assert.equal(await scenario(page), truth.scenario());
  const pass = truth.pass();
  const link = pass[at];
  const now = await shown(page);
  const reading = read(truth);
  const where = `link ${at + 1}, ${truth.scenario()}`;
  assert.equal(now.told, sentence(words, link), where);
  assert.ok(!/[{}]|undefined|NaN|pass\./.test(now.told), now.told);
  assert.ok(now.whole, `there is room for "${now.told}", ${where}`);
  const texts = { step: words.count(reading.step), phase: words.say(`pass.phase.${link.phase}`), place: words.count(at + 1), of: words.count(pass.length) };
  assert.equal(now.at, words.say('pass.place', texts));
  const later = new Set(pass.slice(at + 1).flatMap((/** @type {any} */ other) => other.lit));
  const links = ['dE_dm', 'dE_dy', 'dy_dx', 'dx_dm', 'dE_dh', 'dy_dh_x', 'dx_dh', 'dE_dh_direct', 'dE_dh_via_x', 'dE_dx', 'dy_dm', 'dy_dh'];
  assert.deepEqual(now.lit.sort(), links.filter((name) => link.lit.includes(name)).sort(), where);
  assert.deepEqual(now.later.sort(), links.filter((name) => later.has(name)).sort(), where);
  assert.deepEqual(now.scene, { lit: link.lit.join(' '), later: [...later].join(' ') });
  assertNumbers(link, now.told, reading, where);
  // What leads nowhere says so, and keeps the focus.
  const [back, on] = ['backward', 'onward'].map((way) => page.locator(`.chain [data-control="${way}"]`));
  const leads = [at > 0 || reading.step > 0, truth.hasOnward(at)];
  assert.deepEqual([await back.getAttribute('aria-disabled'), await on.getAttribute('aria-disabled')], leads.map((can) => String(!can)), where);
  return now;
}

/** A number as sentences show it. @param {number} value */
const digits = (value) => (value === 0 ? '0' : new Intl.NumberFormat('en', { maximumSignificantDigits: 4 }).format(value)).replace('-', '−');

/** The sentence holds the numbers of this step's reading. @param {any} link @param {string} told @param {Record<string, number>} reading @param {string} where */
function assertNumbers(link, told, reading, where) {
  const NUMBERS = /** @type {Record<string, string[]>} */ ({
    start: ['m', 'h'],
    x: ['x'],
    forked: ['m', 'h', 'x'],
    untapped: ['m', 'h', 'x'],
    y: ['x', 'h', 'y'],
    E: ['y', 'target', 'E'],
    dE_dx: ['dE_dy', 'dy_dx', 'dE_dx'],
    dE_dm: ['dE_dx', 'dx_dm', 'dE_dm'],
    dE_dh: ['dE_dy', 'dy_dh_x', 'dE_dh'],
    direct: ['dE_dy', 'dy_dh_x', 'dE_dh_direct'],
    via: ['dE_dx', 'dx_dh', 'dE_dh_via_x'],
    paths: ['dE_dh_direct', 'dE_dh_via_x', 'dE_dh'],
  });
  const wanted = link.says[0] === 'update' ? [link.part] : (NUMBERS[link.says[0]] ?? []);
  for (const name of wanted) {
    assert.ok(told.includes(digits(reading[name])), `"${told}" says ${name}, ${digits(reading[name])}: ${where}`);
  }
}

describe('the chain, link by link', () => {
  const lab = shared(place);
  const press = (/** @type {string} */ key) => lab.page.keyboard.press(key);
  const show = async (/** @type {string} */ string) => {
    await lab.page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
    await drawn(lab.page);
  };
  const button = (/** @type {string} */ name) => lab.page.locator(`.chain [data-control="${name}"]`);

  for (const [name, [string, says]] of Object.entries(WALKS)) {
    test(`two whole steps, one key at a time, forward and back: ${name}`, async () => {
      const { page } = lab;
      await show(string);
      await button('onward').focus();
      const truth = new Lab(string);
      const first = read(truth).step;
      const told = /** @type {string[]} */ ([]);
      const boxes = new Set([(await shown(page)).boxes]);
      let at = 0;
      for (;;) {
        await press('.');
        const now = await assertAt(page, truth, at);
        told.push(now.told);
        boxes.add(now.boxes);
        if (read(truth).step === first + 2 && at === truth.pass().length - 1) break;
        at = truth.onward(at);
      }
      assert.ok(told.some((text) => says.test(text)), `one of them says ${says}:\n${told.join('\n')}`);
      assert.ok(told.length >= 24, `${told.length} links`);
      const back = [told.at(-1)];
      while (back.length < told.length) {
        await press(',');
        at = truth.backward(at);
        const now = await assertAt(page, truth, at);
        back.push(now.told);
        boxes.add(now.boxes);
      }
      assert.deepEqual(back.reverse(), told, 'the way back is the way there');
      assert.equal(read(truth).step, first);
      assert.equal(boxes.size, 1, [...boxes].join('\n'));
      await press('Escape');
      await assertPlain(page);
    });
  }

  test('nothing comes before the start, and a hand that has made its turns makes no more', async () => {
    const { page } = lab;
    await show('turns=4:5&steps=1');
    await button('backward').focus();
    const truth = new Lab('turns=4:5&steps=1');
    const last = truth.pass().length - 1;
    await press(',');
    await assertAt(page, truth, last);
    await press('.');
    await assertAt(page, truth, last);
    const looks = (/** @type {string} */ name) =>
      button(name).evaluate((element) => [getComputedStyle(element).opacity, getComputedStyle(element).cursor, element.hasAttribute('disabled')]);
    assert.deepEqual(await looks('onward'), ['0.45', 'default', false]);
    await button('onward').click({ force: true });
    await assertAt(page, truth, last);
    assert.ok(await button('onward').evaluate((element) => element.matches(':focus')), 'it keeps the focus');
    truth.back();
    for (let count = 0; count < 30; count += 1) await press(',');
    await assertAt(page, truth, 0);
    assert.deepEqual(await looks('backward'), ['0.45', 'default', false]);
    assert.notEqual((await looks('onward'))[0], '0.45');
    await button('leave').click();
    await assertPlain(page);
  });

  test('buttons and arrow keys go through it, × ends it, and the focus stays where one can go on', async () => {
    const { page } = lab;
    const truth = new Lab('');
    await page.locator('.chain').scrollIntoViewIfNeeded();
    await button('onward').click();
    await assertAt(page, truth, 0);
    await button('onward').focus();
    for (const [key, at] of /** @type {const} */ ([['Enter', 1], ['Space', 2], ['ArrowRight', 3], ['ArrowLeft', 2]])) {
      await press(key);
      await assertAt(page, truth, at);
    }
    await press('Shift+Tab');
    await press('Enter');
    await assertAt(page, truth, 1);
    await button('leave').click();
    await assertPlain(page);
    await press('.');
    await assertAt(page, truth, 0);
    await press('Escape');
    await assertPlain(page);
    for (const name of ['onward', 'backward', 'leave']) {
      const box = await button(name).boundingBox();
      assert.ok(box && box.width >= 24 && box.height >= 24, `${name} is large enough`);
      assert.equal(await button(name).getAttribute('aria-label'), words.say(`pass.${name}`));
    }
    // What is told is spoken by the figure's one voice.
    await press('.');
    await drawn(page);
    assert.equal(await page.locator('[aria-live="polite"]').textContent(), await page.locator('.told').textContent());
    await press('Escape');
    await assertPlain(page);
  });

  test('the keys go through it from anywhere in the figure but a field', async () => {
    const { page } = lab;
    await page.locator('[data-dial="m"]').focus();
    await press('.');
    await press('.');
    await assertAt(page, new Lab(''), 1);
    await press(',');
    await assertAt(page, new Lab(''), 0);
    const field = page.locator('[data-input="rate"]').first();
    await field.focus();
    await press('.');
    await assertAt(page, new Lab(''), 0);
    await field.fill('0.1');
    await button('leave').click();
    await assertPlain(page);
  });

  test('whatever else happens ends the walk', async () => {
    const { page } = lab;
    const begin = async () => {
      await button('onward').click();
      await button('onward').click();
      await drawn(page);
      assert.notEqual((await shown(page)).at, '');
    };
    for (const act of [
      () => page.locator('[data-dial="m"]').press('ArrowUp'),
      () => page.locator('[data-control="step"]').click(),
      () => page.locator('select[data-control="optimizer"]').selectOption('adam'),
      () => page.locator('[data-dial="target"]').press('ArrowUp'),
      () => page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: 'preset=house' })),
    ]) {
      await begin();
      await act();
      await assertPlain(page);
      await assertShown(page);
    }
    await begin();
    await page.locator('[data-control="play"]').click();
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 2);
    await assertPlain(page);
    // And a walk ends play.
    await button('onward').click();
    await drawn(page);
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).running), false);
    assert.notEqual((await shown(page)).at, '');
  });

  test('a step of the walk is a step of the run: the host hears of it', async () => {
    const { page } = lab;
    await page.evaluate(() => {
      const heard = (/** @type {any} */ (window).heard = /** @type {string[]} */ ([]));
      document.querySelector('backflow-figure')?.addEventListener('backflow-state', (event) => heard.push(/** @type {any} */ (event).detail.scenario));
    });
    await button('backward').click();
    await drawn(page);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), [], 'nothing has happened to the run');
    await button('onward').click();
    await drawn(page);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), ['steps=1']);
    await assertShown(page, 'steps=1');
  });
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
    test(`at ${width} × ${height}, ${colorScheme}, nothing moves, all has room, and axe finds nothing`, () =>
      place.visit({ hash: 'preset=house&optimizer=nesterov&rate=0.02&sensitivities=spsa&steps=3', colorScheme, viewport: { width, height } }, async (page) => {
        const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
        await page.evaluate(axe);
        const next = page.locator('.chain [data-control="onward"]');
        await next.focus();
        const boxes = new Set([(await shown(page)).boxes]);
        for (let link = 0; link < 16; link += 1) {
          await page.keyboard.press('.');
          await drawn(page);
          const now = await shown(page);
          boxes.add(now.boxes);
          assert.ok(now.whole, `there is room for "${now.told}"`);
          if (![2, 6, 10].includes(link)) continue;
          const found = await page.evaluate(async () => {
            const { violations } = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] });
            return violations.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ node) => `${id}: ${node.target.flat().join(' ')}`));
          });
          assert.deepEqual(found, []);
        }
        assert.equal(boxes.size, 1, [...boxes].join('\n'));
      }));
  }
}

test('a figure of its own has the walk, the plain chain has none, and a read-only one does not go on', () =>
  place.visit({}, async (page) => {
    const be = async (/** @type {Record<string, string | null>} */ attributes) => {
      await page.evaluate(async (given) => {
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        for (const [name, value] of Object.entries(given)) value === null ? host.removeAttribute(name) : host.setAttribute(name, value);
        await host.ready;
      }, attributes);
      await page.waitForFunction((figure) => document.querySelector('backflow-figure')?.shadowRoot?.querySelector(`.shows-${figure} .chain`), attributes.figure);
      await drawn(page);
    };
    await be({ figure: 'chain' });
    assert.equal(await page.locator('.told').count(), 0);
    await be({ figure: 'passes' });
    const next = page.locator('.chain [data-control="onward"]');
    await next.click();
    await assertAt(page, new Lab(''), 0);
    await be({ figure: 'passes', readonly: '' });
    assert.ok(await next.isDisabled());
    await be({ figure: 'passes', readonly: null, controls: 'valves' });
    assert.ok(await next.isHidden());
    await be({ figure: 'passes', controls: 'passes' });
    assert.ok(await next.isVisible());
  }));
