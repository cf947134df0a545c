// The city: it trains as it is told and not otherwise, one goes about in its mosaic, and its settings stand in the address.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings } from './support/axe.mjs';
import { openPage } from './support/browser.mjs';
import { PHONE, scenario, station } from './support/figure.mjs';
import { words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** A city that takes no time, and one of a telephone. */
const [LEAST, SMALL] = ['city=16,32,32,16', 'city=64,256,256,128,64'];

/** The page of the city. @param {string} hash @param {(page: Page, opened: any) => Promise<unknown>} act @param {object} [options] */
const visit = (hash, act, options = {}) => place.visit({ name: 'city.html', hash, ...options }, act);
/** What stands at a place. @param {Page} page @param {string} name */
const told = (page, name) => page.locator(`[data-city="${name}"]`).innerText();
/** Presses a button. @param {Page} page @param {string} name */
const press = (page, name) => page.locator(`[data-act="city-${name}"]`).click();
/** How many steps there are. @param {Page} page */
const steps = async (page) => Number((await told(page, 'steps')).replace(/\D/g, ''));
/** Waits until there are so many steps, all is read, and nothing goes on. @param {Page} page @param {number} [count] */
async function settled(page, count) {
  await page.locator('.city[data-settled="true"]').waitFor();
  if (count !== undefined) await page.locator('[data-city="steps"]', { hasText: new RegExp(`^${count} `) }).waitFor();
  await page.locator('.city[data-settled="true"]').waitFor();
  // Its picture follows.
  await page.waitForTimeout(300);
}
/** Every number that is learned. @param {Page} page */
const learned = (page) => page.locator('.facts tbody td').allInnerTexts();
/** Waits until it has made more steps. @param {Page} page @param {number} than */
const more = (page, than) =>
  page.waitForFunction((least) => Number(/** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.querySelector('[data-city="steps"]').textContent.replace(/\D/g, '')) > least, than);
/** What the mosaic shows. @param {Page} page */
const picture = (page) => page.locator('.mosaic canvas').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
/** Hides the page, or shows it. @param {Page} page @param {'hidden' | 'visible'} state */
const turn = (page, state) =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { get: () => now, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
/** The middle of the mark. @param {Page} page */
async function mark(page) {
  const box = await page.locator('.mosaic .mark').boundingBox();
  assert.ok(box, 'a cell is marked');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
/** Types into a field. @param {Page} page @param {string} name @param {string} text */
async function type(page, name, text) {
  const field = page.locator(`[data-act="city-${name}"]`);
  await field.fill(text);
  await field.press('Enter');
}

describe('training', () => {
  test('each step that is asked for is made, and none else', () =>
    visit(LEAST, async (page) => {
      await settled(page, 0);
      for (let count = 0; count < 7; count += 1) await press(page, 'step');
      await settled(page, 7);
      await page.waitForTimeout(400);
      assert.equal(await steps(page), 7);
    }));

  test('it plays until it is paused, stays there, and goes on from there', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await more(page, 3);
      await press(page, 'play');
      await settled(page);
      const made = await steps(page);
      await page.waitForTimeout(500);
      assert.equal(await steps(page), made);
      await press(page, 'step');
      await settled(page, made + 1);
      await press(page, 'play');
      await more(page, made + 3);
      await press(page, 'reset');
      await settled(page, 0);
      assert.equal(await page.locator('[data-act="city-play"]').innerText(), words.say('run.play'));
    }));

  test('the same seed gives the same numbers, and another seed others', () =>
    visit(LEAST, async (page) => {
      const five = async () => {
        await settled(page, 0);
        for (let count = 0; count < 5; count += 1) await press(page, 'step');
        await settled(page, 5);
        return learned(page);
      };
      const first = await five();
      assert.ok(first.every((text) => /\d/.test(text)), String(first));
      await press(page, 'reset');
      assert.deepEqual(await five(), first);
      await page.locator('[data-input="seed"]').fill('2');
      await page.locator('[data-input="seed"]').press('Enter');
      assert.notDeepEqual(await five(), first);
    }));

  test('nothing moves on the page while it trains', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await page.waitForTimeout(700);
      const shifts = await page.evaluate(async () => {
        const all = /** @type {any[]} */ ([]);
        new PerformanceObserver((list) => all.push(...list.getEntries())).observe({ type: 'layout-shift' });
        await new Promise((done) => setTimeout(done, 1500));
        return all.map(({ value, sources }) => `${value}: ${sources.map((/** @type {any} */ { node }) => node?.parentElement?.outerHTML.slice(0, 200)).join()}`);
      });
      assert.deepEqual(shifts, []);
    }));

  test('with reduced motion its numbers change once a second', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await more(page, 3);
      const changes = await page.locator('[data-city="steps"]').evaluate(async (count) => {
        let seen = 0;
        new MutationObserver(() => {
          seen += 1;
        }).observe(count, { childList: true });
        await new Promise((done) => setTimeout(done, 2600));
        return seen;
      });
      assert.ok(changes >= 1 && changes <= 3, `${changes} changes in 2.6 s`);
    }, { reducedMotion: 'reduce' }));
});

describe('rest', () => {
  test('a hidden page trains no further, and goes on when it is shown', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await more(page, 3);
      await turn(page, 'hidden');
      await page.waitForTimeout(300);
      const before = await steps(page);
      await page.waitForTimeout(2000);
      const first = page.locator('[data-city="steps"]').evaluate(
        (count) => new Promise((done) => new MutationObserver(() => done(Number(count.textContent?.replace(/\D/g, '')))).observe(count, { childList: true })),
      );
      await turn(page, 'visible');
      const shown = Number(await first);
      const start = Date.now();
      await more(page, shown + 20);
      await page.waitForTimeout(1000);
      const pace = (await steps(page) - shown) / (Date.now() - start);
      // In the time that it was hidden it would have made many more.
      assert.ok(shown - before < 1000 * pace, `${shown} steps after ${before}, at ${pace} a millisecond`);
    }));

  test('a city out of sight trains no further', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await more(page, 3);
      await page.evaluate(() => {
        const space = document.createElement('div');
        space.className = 'space';
        Object.assign(space.style, { height: '4000px' });
        document.querySelector('main')?.append(space);
        scrollTo(0, 4000);
      });
      await page.waitForTimeout(500);
      const before = await steps(page);
      await page.waitForTimeout(1000);
      assert.equal(await steps(page), before);
      await page.evaluate(() => scrollTo(0, 0));
      await more(page, before);
    }));

  test('a figure that leaves the page ends its worker, and begins anew when it is back', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      await press(page, 'play');
      await more(page, 3);
      assert.equal(page.workers().length, 1);
      await page.evaluate(() => {
        const figure = /** @type {Element} */ (document.querySelector('backflow-figure'));
        /** @type {any} */ (window).figure = figure;
        figure.remove();
      });
      for (let wait = 0; wait < 40 && page.workers().length > 0; wait += 1) await page.waitForTimeout(50);
      assert.equal(page.workers().length, 0);
      await page.evaluate(() => document.querySelector('main')?.prepend(/** @type {any} */ (window).figure));
      await settled(page, 0);
      assert.equal(await scenario(page), SMALL);
    }));
});

describe('the mosaic', () => {
  test('a valve that is asked for is marked, and a click on its mark is that valve', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      for (const number of ['1', '12345', '122880']) {
        await type(page, 'valve', number);
        await page.locator('.mosaic.near').waitFor();
        await page.locator('.sheet-of:not(.empty)').waitFor();
        await page.waitForTimeout(200);
        const { x, y } = await mark(page);
        await page.locator('[data-act="city-valve"]').fill('');
        await page.mouse.click(x, y);
        await page.waitForTimeout(300);
        assert.equal(await page.locator('[data-act="city-valve"]').inputValue(), number);
        for (const name of ['pipe', 'position', 'opening', 'carries', 'reach', 'most']) assert.match(await page.locator(`[data-valve="${name}"]`).innerText(), /\d/, name);
      }
      assert.match(await page.locator('[data-valve="pipe"]').innerText(), /^From junction \d+ of level 3 to shower \d+$/);
      await page.locator('.valve-card summary').click();
      await page.locator('.valve-card tbody tr').nth(63).waitFor();
      assert.equal(await page.locator('.valve-card tbody tr').count(), 64);
    }));

  test('a shower is lit by its number, or by a click in the last layer, and its carriers are counted', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      const dark = await picture(page);
      await type(page, 'shower', '3');
      await page.locator('[data-city="carriers"]', { hasText: 'shower 3.' }).waitFor();
      assert.match(await told(page, 'carriers'), /^[\d,]+ valves \([\d.]+%\) carry 90% of shower 3\.$/);
      await page.waitForTimeout(200);
      assert.notEqual(await picture(page), dark);
      await press(page, 'none');
      assert.equal(await told(page, 'carriers'), words.say('city.carriers.none'));
      await page.waitForTimeout(200);
      assert.equal(await picture(page), dark);
      // The last valve of all is on a pipe to a shower.
      await type(page, 'valve', '122880');
      await page.locator('[data-valve="pipe"]', { hasText: 'to shower' }).waitFor();
      await page.waitForTimeout(200);
      const shower = /to shower (\d+)$/.exec(await page.locator('[data-valve="pipe"]').innerText())?.[1];
      const { x, y } = await mark(page);
      await page.mouse.click(x, y);
      await page.locator('[data-city="carriers"]', { hasText: `shower ${shower}.` }).waitFor();
      assert.equal(await page.locator('[data-act="city-shower"]').inputValue(), shower);
    }));

  test('keys go about in it', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      const canvas = page.locator('.mosaic canvas');
      await canvas.focus();
      const whole = await picture(page);
      await page.keyboard.press('ArrowRight');
      await page.locator('.mosaic .mark:not([hidden])').waitFor();
      const first = await mark(page);
      await page.keyboard.press('ArrowRight');
      assert.ok((await mark(page)).x >= first.x);
      for (let count = 0; count < 4; count += 1) await page.keyboard.press('+');
      await page.locator('.mosaic.near').waitFor();
      await page.waitForTimeout(200);
      assert.notEqual(await picture(page), whole);
      for (let count = 0; count < 6; count += 1) await page.keyboard.press('-');
      await page.waitForTimeout(200);
      assert.equal(await page.locator('.mosaic.near').count(), 0);
      assert.equal(await picture(page), whole);
    }));

  test('the wheel scrolls the page, and with Ctrl it brings closer', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      const box = await page.locator('.mosaic canvas').boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.wheel(0, 120);
      await page.waitForFunction(() => scrollY > 0);
      assert.equal(await page.locator('.mosaic.near').count(), 0);
      await page.evaluate(() => scrollTo(0, 0));
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -120);
      await page.keyboard.up('Control');
      await page.locator('.mosaic.near').waitFor();
      assert.equal(await page.evaluate(() => scrollY), 0);
      // Closer, it can be pulled along.
      await page.waitForTimeout(200);
      const before = await picture(page);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 - 30, { steps: 4 });
      await page.mouse.up();
      await page.waitForTimeout(200);
      assert.notEqual(await picture(page), before);
      assert.ok(await page.locator('.sheet-of.empty, .sheet-of').count());
    }));
});

describe('fingers', () => {
  test('one scrolls the page, and two bring the mosaic closer', () =>
    visit(SMALL, async (page) => {
      await settled(page, 0);
      const box = await page.locator('.mosaic canvas').boundingBox();
      assert.ok(box);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const session = await page.context().newCDPSession(page);
      const send = (/** @type {string} */ type, /** @type {[number, number][]} */ points) =>
        session.send('Input.dispatchTouchEvent', { type: /** @type {any} */ (type), touchPoints: points.map(([left, top], id) => ({ x: left, y: top, id })) });
      await send('touchStart', [[x, y]]);
      for (let move = 1; move < 12; move += 1) await send('touchMove', [[x, y - 12 * move]]);
      await send('touchEnd', []);
      await page.waitForFunction(() => scrollY > 40);
      // It rolls on for a while.
      await page.waitForTimeout(1000);
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(300);
      assert.equal(await page.locator('.mosaic.near').count(), 0);
      await send('touchStart', [[x - 20, y], [x + 20, y]]);
      for (let move = 1; move < 12; move += 1) await send('touchMove', [[x - 20 - 6 * move, y], [x + 20 + 6 * move, y]]);
      await send('touchEnd', []);
      await page.locator('.mosaic.near').waitFor();
      assert.equal(await page.evaluate(() => visualViewport?.scale), 1);
      assert.equal(await page.evaluate(() => scrollY), 0);
      await page.locator('[data-act="city-fit"]').click();
      assert.equal(await page.locator('.mosaic.near').count(), 0);
      await type(page, 'valve', '777');
      await page.locator('.mosaic.near').waitFor();
      await page.waitForTimeout(200);
      await page.locator('[data-act="city-valve"]').evaluate((field) => {
        /** @type {HTMLInputElement} */ (field).value = '';
        /** @type {HTMLInputElement} */ (field).blur();
      });
      const at = await mark(page);
      assert.ok(at.y > 0 && at.y < 844, 'the valve is in sight');
      await page.touchscreen.tap(at.x, at.y);
      await page.waitForTimeout(300);
      assert.equal(await page.locator('[data-act="city-valve"]').inputValue(), '777');
    }, PHONE));
});

describe('settings', () => {
  test('they stand in the address, are read from it, and are undone', () =>
    visit(LEAST, async (page) => {
      await settled(page, 0);
      await page.locator('[data-setting="rule"]').selectOption('equal');
      await page.waitForFunction(() => location.hash.includes('rule=equal'));
      await page.locator('[data-setting="demand"]').selectOption('blend');
      await page.waitForFunction(() => location.hash.includes('demand=blend'));
      await press(page, 'step');
      await settled(page, 1);
      await page.locator('[data-act="city-step"]').press('Control+z');
      await page.waitForFunction(() => !location.hash.includes('demand=blend'));
      assert.equal(await page.locator('[data-setting="demand"]').inputValue(), 'own');
      await settled(page, 0);
      await page.evaluate(() => {
        location.hash = 'city=16,32,32,16&rule=momentum&seed=9';
      });
      await settled(page, 0);
      assert.equal(await page.locator('[data-setting="rule"]').inputValue(), 'momentum');
      assert.equal(await page.locator('[data-input="seed"]').inputValue(), '9');
      await press(page, 'seed');
      await page.waitForFunction(() => /seed=\d+/.test(location.hash) && !/seed=9(&|$)/.test(location.hash));
    }));

  test('what is beyond the limits is told, and the nearest taken', () =>
    visit(LEAST, async (page) => {
      await settled(page, 0);
      await page.locator('[data-input="batch"]').fill('1000');
      await page.locator('[data-input="batch"]').press('Enter');
      await page.locator('.complaints li').waitFor();
      assert.equal(await page.locator('[data-input="batch"]').inputValue(), '64');
      assert.match(await scenario(page), /batch=64/);
    }));
});

describe('where something is missing', () => {
  /** @type {[string, string, string][]} */
  const cases = [
    ['vector instructions', 'WebAssembly.validate = () => false', 'city.plain'],
    ['a worker', 'delete globalThis.Worker', 'city.here'],
  ];
  for (const [what, script, key] of cases) {
    test(`without ${what} a smaller city trains, and the page says so`, () =>
      visit('', async (page) => {
        await settled(page, 0);
        const note = await page.locator('.told').innerText();
        assert.ok(note.includes(words.say(key)), note);
        const valves = Number((await told(page, 'valves')).replace(/\D/g, ''));
        assert.ok(valves > 10_000 && valves <= 131_072, `${valves} valves`);
        await press(page, 'step');
        await settled(page, 1);
        await press(page, 'play');
        await more(page, 3);
      }, { prepare: (/** @type {Page} */ page) => page.addInitScript(script) }));
  }

  test('without WebAssembly, or JavaScript, there is a clear sentence', async () => {
    const opened = await openPage(place.browser, `${place.server.origin}/city.html`, { prepare: (page) => page.addInitScript('delete globalThis.WebAssembly') });
    try {
      const alert = opened.page.locator('backflow-figure [role="alert"]').first();
      await alert.waitFor();
      assert.equal(await alert.innerText(), words.say('broken', { reason: words.say('broken.wasm') }));
      opened.assertClean();
    } finally {
      await opened.close();
    }
    const still = await openPage(place.browser, `${place.server.origin}/city.html`, { javaScriptEnabled: false });
    try {
      assert.match(await still.page.locator('body').innerText(), /needs JavaScript and WebAssembly/);
    } finally {
      await still.close();
    }
  });
});

describe('the experiment', () => {
  test('it compares the rules, and says what this run measured', { timeout: 240_000 }, () =>
    visit(LEAST, async (page) => {
      await settled(page, 0);
      await page.locator('[data-act="trial-seeds"]').selectOption('2');
      await page.locator('[data-act="trial-start"]').click();
      await page.locator('.experiment tbody tr').nth(3).waitFor({ timeout: 200_000 });
      assert.equal(await page.locator('.experiment tbody tr').count(), 4);
      assert.match(await told(page, 'trial-said'), /^(Lowest reach in this run: .+\d showers\.|No rule)/);
      assert.equal(page.workers().length, 1, 'its worker is gone');
    }));

  test('it stops when it is told to', () =>
    visit(LEAST, async (page) => {
      await settled(page, 0);
      const start = page.locator('[data-act="trial-start"]');
      await start.click();
      assert.equal(await start.innerText(), words.say('city.trial.stop'));
      await start.click();
      assert.equal(await start.innerText(), words.say('city.trial.start'));
      await page.waitForTimeout(300);
      assert.equal(page.workers().length, 1);
    }));
});

describe('axe finds nothing', () => {
  for (const look of ['light', 'dark', 'projector']) {
    test(`at any width: ${look}`, () =>
      place.visit({ name: `city.html?theme=${look}`, hash: SMALL }, async (page) => {
        await settled(page, 0);
        for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
          await page.setViewportSize({ width, height });
          await page.waitForTimeout(200);
          assert.deepEqual(await findings(page), [], `${width} × ${height}`);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${width} px wide, nothing stands out`);
        }
        await type(page, 'shower', '2');
        await type(page, 'valve', '77');
        await page.locator('.valve-card summary').click();
        await press(page, 'play');
        await more(page, 2);
        assert.deepEqual(await findings(page), [], 'while it trains, with a valve and a shower');
      }));
  }
});
