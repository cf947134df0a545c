// The lab: what lies on its desk, its looks, its keys, undo and redo, the table, the code, and a first visit.
// What is shown is compared with the engine outside.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { assertShown, drawn, LAB, ready, scenario, shared, snapshot, station } from './support/figure.mjs';
import { Lab, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** What usually lies on the desk. */
const USUAL = ['scene', 'chain', 'timeline', 'race', 'controls', 'verdict', 'rates', 'plane', 'curves', 'steps'];
/** What one can ask for. */
const MORE = ['measured', 'memory', 'starts', 'code'];

/** The parts that one can see, with their boxes. @param {Page} page */
const parts = (page) =>
  page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
    const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-part]')]);
    return all.filter((part) => part.checkVisibility()).map((part) => {
      const { left, top, right, bottom, width, height } = part.getBoundingClientRect();
      return { name: String(part.dataset.part), left, top, right, bottom, width, height };
    });
  });

/** @param {Page} page */
const names = async (page) => (await parts(page)).map(({ name }) => name);

/** Presses a key where nothing has the focus. @param {Page} page @param {string} key */
async function press(page, key) {
  await page.evaluate(() => {
    const host = /** @type {any} */ (document.querySelector('backflow-figure'));
    host.shadowRoot.activeElement?.blur();
  });
  await page.keyboard.press(key);
  await drawn(page);
}

describe('the desk', () => {
  const lab = shared(place);

  test('has every part on one screen of 1280 × 800, none on another, none cut off', async () => {
    const shown = await parts(lab.page);
    assert.deepEqual(shown.map(({ name }) => name).sort(), [...USUAL].sort());
    for (const part of shown) {
      assert.ok(part.left >= 0 && part.right <= 1280 && part.top >= 0 && part.bottom <= 800, JSON.stringify(part));
      assert.ok(part.width >= 280 && part.height >= 80, JSON.stringify(part));
      for (const other of shown.filter(({ name }) => name > part.name)) {
        const apart = part.right <= other.left || other.right <= part.left || part.bottom <= other.top || other.bottom <= part.top;
        assert.ok(apart, `${part.name} lies on ${other.name}`);
      }
    }
    const size = await lab.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    assert.deepEqual(size, [1280, 800]);
    // Nothing inside a picture is wider or taller than its part.
    const out = await lab.page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
      return [...root.querySelectorAll('[data-part] canvas, [data-part] .stage')].filter((element) => {
        const [inner, outer] = [element, /** @type {Element} */ (element.closest('[data-part]'))].map((box) => box.getBoundingClientRect());
        return inner.width < 40 || inner.height < 40 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
      }).map((element) => element.className);
    });
    assert.deepEqual(out, []);
  });

  test('is one column at 360 pixels, without scrolling sideways', async () => {
    await place.visit({ viewport: { width: 360, height: 740 } }, async (page) => {
      const shown = await parts(page);
      assert.deepEqual(shown.map(({ name }) => name), USUAL);
      for (const [index, part] of shown.slice(1).entries()) {
        assert.ok(part.top >= shown[index].bottom && part.left === shown[0].left, `${part.name} stands below ${shown[index].name}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    });
  });

  for (const name of [...USUAL, ...MORE]) {
    test(`shows, enlarges and hides the part ${name}`, async () => {
      const { page } = lab;
      const chip = page.locator(`[data-open="${name}"]`);
      if (MORE.includes(name)) await chip.click();
      const part = page.locator(`[data-part="${name}"]`);
      await part.waitFor();
      await drawn(page);
      const before = await part.boundingBox();

      await part.locator('[data-act="large"]').click();
      await drawn(page);
      assert.deepEqual(await names(page), [name], 'nothing else is shown');
      const large = await part.boundingBox();
      assert.ok(before && large && (large.width > 1.4 * before.width || MORE.includes(name)), `${before?.width} becomes ${large?.width}`);
      assert.ok(large.width > 1200 && large.x >= 0 && large.x + large.width <= 1280, 'it has the whole width');
      assert.equal(await part.locator('[data-act="large"]').getAttribute('aria-pressed'), 'true');
      if (['scene', 'plane', 'curves', 'chain'].includes(name)) await assertShown(page);
      await page.keyboard.press('Escape');
      await drawn(page);
      const after = await part.boundingBox();
      assert.deepEqual([after?.width, after?.height], [before.width, before.height], 'small again');

      await part.locator('[data-act="hide"]').click();
      await drawn(page);
      assert.ok(!(await names(page)).includes(name));
      assert.equal(await chip.getAttribute('aria-pressed'), 'false');
      assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement.dataset.open), name, 'the focus is where the part can be had again');
      await page.keyboard.press('Enter');
      await drawn(page);
      assert.ok((await names(page)).includes(name), 'and comes back with a key');
    });
  }

  test('what is hidden is not in the way: the others stay where numbers are', async () => {
    const { page } = lab;
    for (const name of ['chain', 'rates', 'steps']) await page.locator(`[data-part="${name}"] [data-act="hide"]`).click();
    await page.locator('[data-dial="h"]').focus();
    await page.keyboard.press('PageUp');
    await assertShown(page);
    await page.locator('[data-open="all"]').click();
    await drawn(page);
    assert.deepEqual((await names(page)).sort(), [...USUAL].sort());
    await assertShown(page);
  });

  test('sensitivities can be taken off the scene, and hung on it again', async () => {
    const { page } = lab;
    const chip = page.locator('[data-open="tags"]');
    const tags = () => page.locator('[data-tag]').count();
    assert.equal(await tags(), 5);
    await chip.click();
    await page.waitForFunction(() => !document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-tag]'));
    await chip.click();
    await page.locator('[data-tag]').first().waitFor();
    assert.equal(await tags(), 5);
    await assertShown(page);
  });
});

describe('keys', () => {
  const lab = shared(place);

  test('space plays and pauses, arrows step, Home and End go to the ends of the run', async () => {
    const { page } = lab;
    const truth = new Lab('');
    for (const [key, act] of /** @type {[string, () => unknown][]} */ ([
      ['ArrowRight', () => truth.step(1)],
      ['ArrowRight', () => truth.step(1)],
      ['ArrowLeft', () => truth.back()],
      ['End', () => truth.finish()],
      ['Home', () => truth.reset()],
    ])) {
      await press(page, key);
      act();
      await assertShown(page, truth.scenario());
    }
    await press(page, ' ');
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).running), true);
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 3);
    await press(page, ' ');
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).running), false);
    await assertShown(page);
  });

  test('a key belongs to what has the focus: a slider, a field, a button, a select', async () => {
    const { page } = lab;
    const step = async () => (await assertShown(page)).reading.step;
    await page.locator('[data-dial="m"]').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await step(), 0);
    assert.match(await scenario(page), /^m=3\.45/);
    await page.locator('[data-input="h"]').first().focus();
    for (const key of ['Home', 'ArrowRight', ' ', '?']) await page.keyboard.press(key);
    await page.keyboard.press('Escape');
    assert.equal(await step(), 0);
    await page.locator('[data-control="step"]').focus();
    await page.keyboard.press(' ');
    assert.equal(await step(), 1);
    await page.keyboard.press('ArrowRight');
    assert.equal(await step(), 2);
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).running), false);
  });

  test('? opens the help sheet, which lists every key and gives the focus back', async () => {
    const { page } = lab;
    await page.locator('[data-control="step"]').focus();
    await page.keyboard.press('?');
    const sheet = page.locator('dialog.sheet');
    assert.ok(await sheet.isVisible());
    const text = await sheet.innerText();
    for (const name of ['play', 'forward', 'back', 'start', 'finish', 'onward', 'backward', 'undo', 'redo', 'small', 'help']) {
      assert.ok(text.includes(words.say(`key.${name}`)), `${name} in ${text}`);
    }
    for (const key of ['Space', '→', '←', 'Home', 'End', 'Ctrl', '?', 'Esc']) assert.ok(text.includes(key), key);
    await page.keyboard.press('Escape');
    assert.ok(!(await sheet.isVisible()));
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement.dataset.control), 'step');
    await page.locator('[data-act="help"]').click();
    assert.ok(await sheet.isVisible());
    await sheet.locator('button').click();
    assert.ok(!(await sheet.isVisible()));
  });

  test('nothing is reachable by mouse alone: every control can have the focus', async () => {
    const lost = await lab.page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
      return [...root.querySelectorAll('button, select, input, summary, [tabindex="0"]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !(/** @type {any} */ (element).disabled))
        .filter((element) => {
          /** @type {HTMLElement} */ (element).focus();
          return root.activeElement !== element || /** @type {HTMLElement} */ (element).tabIndex < 0;
        })
        .map((element) => element.outerHTML.slice(0, 80));
    });
    assert.deepEqual(lost, []);
  });
});

describe('undo and redo', () => {
  const lab = shared(place);

  test('take back whatever was done, one thing at a time, and do it again', async () => {
    const { page } = lab;
    const control = (/** @type {string} */ name) => page.locator(`button[data-control="${name}"]`);
    /** @type {(() => Promise<unknown>)[]} */
    const acts = [
      async () => {
        await page.locator('[data-dial="m"]').focus();
        await page.keyboard.press('PageUp');
      },
      async () => {
        const box = await page.locator('.landscape .pad').boundingBox();
        assert.ok(box);
        await page.mouse.click(box.x + 0.4 * box.width, box.y + 0.3 * box.height);
      },
      () => control('step').click(),
      () => control('finish').click(),
      () => page.locator('select[data-control="optimizer"]').selectOption('momentum'),
      async () => {
        await page.locator('[data-scrub]').focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
      },
      async () => {
        await page.locator('[data-input="rate"]').fill('0.25');
        await page.locator('[data-input="rate"]').press('Enter');
      },
      () => control('finish').click(),
      () => page.locator('[data-control="challenge"]').click(),
      () => page.locator('[data-control="hand"]').click(),
      async () => {
        await page.locator('[data-dial="h"]').focus();
        await page.keyboard.press('ArrowUp');
      },
      () => page.locator('select[data-control="preset"]').selectOption('house'),
      async () => {
        const box = await page.locator('.rates .pad').boundingBox();
        assert.ok(box);
        await page.mouse.click(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
      },
    ];
    const states = [await scenario(page)];
    for (const act of acts) {
      await act();
      await drawn(page);
      const now = await scenario(page);
      if (now !== states.at(-1)) states.push(now);
    }
    assert.ok(states.length >= acts.length, `${states.length} states`);
    const undo = page.locator('[data-act="undo"]');
    const last = await snapshot(page);
    const seen = [last.scenario];
    // Some of these did two things, such as two presses of a key.
    for (let press = 0; press < 3 * acts.length && (await undo.isEnabled()); press += 1) {
      if (press % 2 === 0) await undo.click();
      else await page.keyboard.press('Control+z');
      await assertShown(page);
      seen.push(await scenario(page));
    }
    assert.equal(seen.at(-1), '', 'the first state');
    for (const state of states) assert.ok(seen.includes(state), `${state} was gone through`);
    assert.equal(await undo.isEnabled(), false);
    const redo = page.locator('[data-act="redo"]');
    for (let press = 0; press < seen.length - 1; press += 1) {
      if (press % 3 === 0) await redo.click();
      else await page.keyboard.press(press % 3 === 1 ? 'Control+Shift+z' : 'Control+y');
      await drawn(page);
      assert.equal(await scenario(page), seen.at(-2 - press));
    }
    assert.equal(await redo.isEnabled(), false);
    assert.deepEqual(await snapshot(page), last);
  });

  test('a drag and a play are one thing each', async () => {
    const { page } = lab;
    const dot = await page.locator('.landscape .dot').boundingBox();
    assert.ok(dot);
    await page.mouse.move(dot.x + 22, dot.y + 22);
    await page.mouse.down();
    for (let move = 1; move <= 12; move += 1) await page.mouse.move(dot.x + 22 + 4 * move, dot.y + 22 - 2 * move);
    await page.mouse.up();
    await drawn(page);
    const dragged = await scenario(page);
    await press(page, ' ');
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 4);
    await press(page, ' ');
    await press(page, 'Control+z');
    assert.equal(await scenario(page), dragged);
    await press(page, 'Control+z');
    assert.equal(await scenario(page), '');
  });

  test('a thousand random actions undone give the first page exactly, and redone the last', async () => {
    const { page } = lab;
    const outcome = await page.evaluate(async () => {
      const host = /** @type {any} */ (document.querySelector('backflow-figure'));
      const root = host.shadowRoot;
      let seed = 20261124;
      const random = () => {
        // Numerical Recipes' generator: the same thousand actions each time.
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return seed / 2 ** 32;
      };
      const pick = (/** @type {any[]} */ of) => of[Math.floor(random() * of.length)];
      const button = (/** @type {string} */ name) => () => root.querySelector(`button[data-control="${name}"]`).click();
      const choose = (/** @type {string} */ name) => () => {
        const select = root.querySelector(`select[data-control="${name}"]`);
        select.value = pick([...select.options].map((option) => option.value));
        select.dispatchEvent(new Event('change', { bubbles: true }));
      };
      const acts = [
        ...['step', 'step', 'back', 'reset', 'challenge', 'hand'].map(button),
        ...['optimizer', 'error', 'sensitivities', 'preset'].map(choose),
        () => pick([...root.querySelectorAll('.knob .turn')]).click(),
        () => pick([...root.querySelectorAll('.knob .turn')]).click(),
        () => root.querySelector('.race [aria-label^="Take away"]')?.click(),
        () => {
          const scrub = root.querySelector('[data-scrub]');
          scrub.value = String(Math.floor(random() * (Number(scrub.max) + 1)));
          scrub.dispatchEvent(new Event('input', { bubbles: true }));
          scrub.dispatchEvent(new Event('change', { bubbles: true }));
        },
      ];
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const page = () => [...root.querySelectorAll('[data-number], [data-input], [data-tag], select, .verdict p, .race td')].map((element) => element.value ?? element.textContent).join('|');
      await frame();
      const first = [host.getState().scenario, page()];
      const states = [first[0]];
      for (let action = 0; action < 1000; action += 1) {
        pick(acts)();
        const now = host.getState().scenario;
        if (now !== states.at(-1)) states.push(now);
        if (action % 50 === 0) await frame();
      }
      await frame();
      await frame();
      const last = [host.getState().scenario, page()];
      let undone = 0;
      while (host.undo()) undone += 1;
      await frame();
      await frame();
      const undoneTo = [host.getState().scenario, page()];
      let redone = 0;
      while (host.redo()) redone += 1;
      await frame();
      await frame();
      return { first, last, undoneTo, redoneTo: [host.getState().scenario, page()], undone, redone, states: states.length };
    });
    assert.ok(outcome.states > 600, `${outcome.states} different states in a thousand actions`);
    assert.ok(outcome.undone >= outcome.states - 1 && outcome.undone === outcome.redone, JSON.stringify([outcome.undone, outcome.redone, outcome.states]));
    assert.deepEqual(outcome.undoneTo, outcome.first);
    assert.deepEqual(outcome.redoneTo, outcome.last);
  });

  test('setState is undone only where the host says so', async () => {
    const { page } = lab;
    const set = (/** @type {string} */ text, /** @type {object | undefined} */ manner) =>
      page.evaluate(([text, manner]) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }, manner), /** @type {const} */ ([text, manner]));
    const undo = () => page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).undo());
    await set('m=5', { undoable: true });
    await set('m=6', { undoable: true });
    assert.equal(await undo(), true);
    assert.equal(await scenario(page), 'm=5');
    await set('m=7', undefined);
    assert.equal(await undo(), false);
    assert.equal(await scenario(page), 'm=7');
  });
});

describe('the table of the run', () => {
  const lab = shared(place);

  test('has the engine’s numbers, marks the step of now, and goes to a step', async () => {
    const { page } = lab;
    const string = 'optimizer=momentum&rate=0.05&steps=8';
    await page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
    await drawn(page);
    const rows = () =>
      page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
        return [...root.querySelectorAll('.steps tbody tr:not([hidden])')].map((row) => ({
          cells: [...row.children].map((cell) => cell.textContent),
          now: row.getAttribute('aria-current') === 'step',
        }));
      });
    const truth = new Lab(string);
    const numbers = [...truth.rows(0, 100)];
    const wanted = Array.from({ length: 9 }, (_, step) => ({
      cells: numbers.slice(8 * step, 8 * step + 8).map((value, column) => (column === 0 ? words.count(value) : words.number(value))),
      now: step === 8,
    }));
    assert.deepEqual(await rows(), wanted);
    await page.locator('.steps button.plain').nth(3).click();
    await assertShown(page, 'optimizer=momentum&rate=0.05&steps=3');
    assert.deepEqual((await rows()).map(({ now }) => now).indexOf(true), 3);
    assert.equal((await rows()).length, 9, 'the steps ahead stay');
  });
});

describe('the code', () => {
  const lab = shared(place, { permissions: ['clipboard-read', 'clipboard-write'] });

  for (const language of ['numpy', 'pytorch', 'rust']) {
    test(`is this very run in ${language}, and can be copied`, async () => {
      const { page } = lab;
      const code = page.locator('[data-part="code"] code');
      if (!(await code.isVisible())) await page.locator('[data-open="code"]').click();
      await page.locator('#code-language').selectOption(language);
      for (const string of ['steps=5', 'preset=house&optimizer=adam&rate=0.2&steps=4']) {
        await page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
        await page.waitForFunction((text) => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.querySelector('[data-part="code"] code').textContent.includes(text), string);
        const text = await code.innerText();
        await page.locator('[data-control="copy"]').click();
        await page.getByText(words.say('code.copied')).waitFor();
        assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trimEnd(), text.trimEnd());
        if (language === 'numpy' && process.env.PYTHON) {
          const { stdout, stderr, status } = spawnSync(process.env.PYTHON, ['-c', text], { encoding: 'utf8' });
          assert.equal(status, 0, stderr);
          const truth = [...new Lab(string).rows(0, 100)];
          const printed = stdout.trim().split('\n').slice(1).flatMap((line) => line.split(',').map(Number));
          assert.equal(printed.length, truth.length);
          printed.forEach((value, index) => assert.ok(Math.abs(value - truth[index]) <= 1e-11 * Math.max(1, Math.abs(truth[index])), `${value} is ${truth[index]}`));
        }
      }
    });
  }
});

describe('looks', () => {
  for (const look of ['light', 'dark', 'projector']) {
    test(`${look} can be chosen, stays in the address, and colours page and pictures`, () =>
      place.visit({}, async (page) => {
        const colors = () =>
          page.evaluate(() => {
            const host = /** @type {HTMLElement} */ (document.querySelector('backflow-figure'));
            const scene = /** @type {Element} */ (host.shadowRoot?.querySelector('.scene'));
            return [getComputedStyle(scene).backgroundColor, getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(scene).color];
          });
        await page.locator('[data-act="look"]').selectOption(look);
        await drawn(page);
        const wanted = { light: ['rgb(255, 255, 255)', 'rgb(238, 242, 246)', 'rgb(28, 36, 48)'], dark: ['rgb(26, 33, 43)', 'rgb(16, 22, 30)', 'rgb(232, 237, 243)'], projector: ['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)'] };
        assert.deepEqual(await colors(), wanted[/** @type {keyof typeof wanted} */ (look)]);
        await page.waitForFunction((name) => new URLSearchParams(location.search).get('theme') === name, look);
        await page.reload();
        await ready(page);
        assert.deepEqual(await colors(), wanted[/** @type {keyof typeof wanted} */ (look)]);
        assert.equal(await page.locator('[data-act="look"]').inputValue(), look);
        await assertShown(page);
      }));
  }

  test('the projector’s is larger, and its pictures are as sharp', () =>
    place.visit({ name: `${LAB}&theme=projector` }, async (page) => {
      const { font, ratio } = await page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
        const name = /** @type {Element} */ (root.querySelector('.knob .name'));
        const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector('canvas.walk'));
        return { font: name.getBoundingClientRect().height, ratio: canvas.width / canvas.getBoundingClientRect().width };
      });
      await place.visit({}, async (other) => {
        const usual = await other.evaluate(() => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.knob .name')?.getBoundingClientRect().height);
        assert.ok(font > 1.25 * Number(usual), `${font} is more than ${usual}`);
      });
      assert.ok(Math.abs(ratio - 1) < 0.02, `${ratio} pixels of the canvas to a pixel of the screen`);
    }));

  test('the look follows the system where none is chosen', () =>
    place.visit({}, async (page) => {
      const paper = () => page.evaluate(() => getComputedStyle(/** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.querySelector('.scene')).backgroundColor);
      const light = await paper();
      await page.emulateMedia({ colorScheme: 'dark' });
      await drawn(page);
      assert.notEqual(await paper(), light);
    }));
});

describe('a first visit', () => {
  test('finds two handles, a stream and an invitation; the rest comes as it is asked for, and stays in the link', () =>
    place.visit({ name: 'lab.html' }, async (page) => {
      assert.deepEqual(await names(page), ['scene']);
      const seen = () =>
        page.evaluate(() => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          return [...root.querySelectorAll('.dial, [data-tag], button, canvas')]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .map((element) => element.getAttribute('data-handle') ?? element.getAttribute('data-open') ?? element.getAttribute('data-act') ?? element.textContent);
        });
      assert.deepEqual((await seen()).filter((name) => name !== '−' && name !== '+'), ['help', 'm', 'h']);
      const invitation = () => page.locator('.invitation p').evaluateAll((all) => all.filter((text) => text.checkVisibility({ visibilityProperty: true })).map((text) => text.textContent));
      assert.deepEqual(await invitation(), [words.say('desk.invite')]);

      await page.locator('[data-dial="m"]').focus();
      await page.keyboard.press('PageUp');
      await drawn(page);
      assert.deepEqual(await invitation(), [words.say('desk.more')]);
      assert.ok((await seen()).includes('tags'));

      await page.locator('[data-open="tags"]').click();
      await page.locator('[data-tag]').first().waitFor();
      await assertShown(page);
      await page.locator('[data-open="plane"]').click();
      await drawn(page);
      assert.deepEqual(await names(page), ['scene', 'plane']);
      await page.waitForFunction(() => location.search.includes('plane') && location.hash.includes('m='));
      const [link, before] = [page.url(), await snapshot(page)];

      await page.goto('about:blank');
      await page.goto(link);
      await ready(page);
      assert.deepEqual(await names(page), ['scene', 'plane']);
      assert.deepEqual(await snapshot(page), before);

      await page.locator('[data-open="all"]').click();
      await drawn(page);
      assert.deepEqual((await names(page)).sort(), [...USUAL].sort());
      await assertShown(page);
    }));

  test('a link to an experiment opens the whole lab', () =>
    place.visit({ name: 'lab.html', hash: 'preset=house&rate=0.1' }, async (page) => {
      assert.deepEqual((await names(page)).sort(), [...USUAL].sort());
      await assertShown(page, new Lab('preset=house&rate=0.1').scenario());
    }));

  test('a part that is large opens large', () =>
    place.visit({ name: 'lab.html?parts=all&large=plane', hash: 'm=5' }, async (page) => {
      assert.deepEqual(await names(page), ['plane']);
      const { reading } = await assertShown(page);
      assert.equal(reading.m, read(new Lab('m=5')).m);
    }));
});

test('a name that is no part is told of, beside what is wrong with the experiment; another part leaves that in sight', () =>
  place.visit({ name: 'lab.html?parts=scene.plane.cellar', hash: 'rate=fast' }, async (page) => {
    const said = () => page.locator('.complaints').innerText();
    assert.deepEqual(await names(page), ['scene', 'plane']);
    for (const given of ['parts=cellar', 'rate=fast']) assert.ok((await said()).includes(given), `${given} in "${await said()}"`);
    await page.locator('[data-open="curves"]').click();
    await drawn(page);
    assert.ok((await said()).includes('rate=fast'));
    assert.deepEqual(await names(page), ['scene', 'plane', 'curves']);
  }));
