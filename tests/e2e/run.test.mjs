// The run: its buttons, its rates and rules, and what the page says about bad input.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertShown, drawn, PARTS, scenario, shared, station } from './support/figure.mjs';
import { Lab, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

describe('the run', () => {
  const lab = shared(place);

  /** @param {string} name */
  const button = (name) => lab.page.locator(`button[data-control="${name}"]`);

  /** @param {string} string */
  async function show(string) {
    await lab.page.evaluate((scenario) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario }), string);
    await assertShown(lab.page, string);
  }

  /** Types into a field and leaves it. @param {string} key @param {string} text @param {string} [within] */
  async function type(key, text, within = '') {
    const field = lab.page.locator(`${within} [data-input="${key}"]`).first();
    await field.fill(text);
    await field.press('Enter');
    await drawn(lab.page);
    return field;
  }

  const complaints = () => lab.page.locator(PARTS.complaints).innerText();

  describe('the buttons', () => {
    test('Step makes one step, Back takes one back, Reset takes all back', async () => {
      for (const steps of [1, 2, 3, 4]) {
        await button('step').click();
        await assertShown(lab.page, `steps=${steps}`);
      }
      for (const steps of [3, 2]) {
        await button('back').click();
        await assertShown(lab.page, `steps=${steps}`);
      }
      await button('step').click();
      await assertShown(lab.page, 'steps=3');
      await button('reset').click();
      await assertShown(lab.page, '');
      await button('back').click();
      await assertShown(lab.page, '');
    });

    test('Play makes step after step until Pause, and says which of the two a press will do', async () => {
      const play = button('play');
      assert.equal(await play.innerText(), words.say('run.play'));
      await play.click();
      await drawn(lab.page);
      assert.equal(await play.innerText(), words.say('run.pause'));
      await lab.page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 4);
      await play.click();
      const { reading } = await assertShown(lab.page);
      assert.ok(reading.step >= 4);
      assert.equal(await play.innerText(), words.say('run.play'));
      await lab.page.waitForTimeout(300);
      await assertShown(lab.page, `steps=${reading.step}`);
    });

    test('turning a valve during play pauses, and the run begins anew from there', async () => {
      await button('play').click();
      await lab.page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 2);
      await lab.page.locator('[data-dial="m"]').focus();
      await lab.page.keyboard.press('End');
      const { reading } = await assertShown(lab.page);
      assert.deepEqual([reading.m, reading.step], [10, 0]);
    });

    test('Play, Pause and Play at once do not play twice as fast', async () => {
      const steps = await lab.page.evaluate(async () => {
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        for (let round = 0; round < 5; round += 1) {
          host.play();
          await new Promise((done) => requestAnimationFrame(done));
          host.pause();
        }
        const before = host.reading.step;
        host.play();
        await new Promise((done) => setTimeout(done, 1000));
        host.pause();
        return host.reading.step - before;
      });
      assert.ok(steps >= 1 && steps <= 13, `${steps} steps in a second of ten`);
      await assertShown(lab.page);
    });

    test('a turn of a valve forgets the steps, and a step begins where the valve was left', async () => {
      await button('step').click();
      await drawn(lab.page);
      await type('m', '6');
      const { reading } = await assertShown(lab.page);
      assert.deepEqual([reading.m, reading.step], [6, 0]);
      await button('step').click();
      assert.equal((await assertShown(lab.page)).reading.step, 1);
    });

    for (const string of ['preset=plateau&rate=2&steps=37', 'rate=2&steps=200', 'preset=house&optimizer=adam&sensitivities=spsa&steps=60']) {
      test(`a run that comes with the scenario is shown as it is: ${string}`, () => show(string));
    }
  });

  describe('the learning rate', () => {
    test('obeys keys, clicks and typing, and keeps the position of the valves', async () => {
      const truth = new Lab('');
      const slider = lab.page.locator('input[type="range"][data-control="rate"]');
      await slider.focus();
      for (const [name, part] of /** @type {const} */ ([['ArrowRight', 1 / 20], ['Shift+ArrowLeft', -1 / 100], ['PageDown', -1 / 10]])) {
        await lab.page.keyboard.press(name);
        truth.nudge('rate', part);
        await assertShown(lab.page, truth.scenario());
      }
      for (const [name, part] of /** @type {const} */ ([['Home', 0], ['End', 1]])) {
        await lab.page.keyboard.press(name);
        truth.setFraction('rate', part);
        await assertShown(lab.page, truth.scenario());
      }
      const box = await slider.boundingBox();
      assert.ok(box);
      await lab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const { reading } = await assertShown(lab.page);
      assert.ok(Math.abs(reading.rate_fraction - 0.5) < 0.03, `a click in the middle gives ${reading.rate}`);
      await type('rate', '0.025');
      await assertShown(lab.page, 'rate=0.025');
      await button('step').click();
      await assertShown(lab.page, 'rate=0.025&steps=1');
    });
  });

  describe('the choices', () => {
    for (const name of ['optimizer', 'error', 'preset', 'sensitivities']) {
      test(`every ${name} shows the engine's numbers, at once and after five steps`, async () => {
        const select = lab.page.locator(`select[data-control="${name}"]`);
        const values = await select.locator('option').evaluateAll((options) => options.map((option) => /** @type {any} */ (option).value));
        assert.deepEqual(values, Lab.choices(name));
        const truth = new Lab('');
        for (const value of values) {
          await select.selectOption(value);
          truth.set(name, value);
          await assertShown(lab.page, truth.scenario());
          for (let step = 0; step < 5; step += 1) await button('step').click();
          truth.step(5);
          await assertShown(lab.page, truth.scenario());
        }
      });
    }

    test('every parameter that matters has a field with a label, and the field sets it', async () => {
      for (const [string, wanted] of /** @type {const} */ ([
        ['preset=installed&error=huber&optimizer=adamw', { X: '5.5', Nm: '0.25', handle: 'eqp:20', delta: '2', beta1: '0.8', epsilon: '0.001', decay: '0.1' }],
        ['preset=house&optimizer=momentum', { Cother: '0', main: 'quick:0.05', momentum: '0.5' }],
        ['optimizer=adadelta', { k: '0.125', rho: '0.7' }],
      ])) {
        await show(string);
        const truth = new Lab(string);
        const fields = lab.page.locator('.parameters [data-input]');
        assert.deepEqual(await fields.evaluateAll((all) => all.map((field) => /** @type {any} */ (field).dataset.input)), truth.parameters());
        await lab.page.locator('details').evaluate((details) => {
          /** @type {any} */ (details).open = true;
        });
        for (const [key, text] of Object.entries(wanted)) {
          const field = await type(key, text, '.parameters');
          assert.equal(truth.set(key, text), undefined, `${key}=${text}`);
          await assertShown(lab.page, truth.scenario());
          assert.equal(await field.inputValue(), truth.get(key));
          assert.ok(await lab.page.getByLabel(words.say(`parameter.${key}`)).count(), `${key} has its label`);
        }
      }
      await lab.page.locator('details').evaluate((details) => {
        /** @type {any} */ (details).open = false;
      });
    });
  });

  describe('bad input', () => {
    for (const [key, text] of [
      ['rate', 'fast'],
      ['rate', ''],
      ['m', 'NaN'],
      ['h', '1e999'],
      ['pressure', '3,5'],
      ['target', '<img src=x onerror=alert(1)>'],
    ]) {
      test(`"${text}" for ${key} is answered in words, and nothing is lost`, async () => {
        await show('preset=house&steps=3');
        const truth = new Lab('preset=house&steps=3');
        const complaint = truth.set(key, text);
        await type(key, text);
        const said = await complaints();
        assert.ok(said.includes(`${key}=${text}`), `"${said}" says what was given`);
        assert.ok(said.includes(String(complaint.least)) && said.includes(String(complaint.most)), `"${said}" says what is allowed`);
        assert.ok(said.includes(words.typedNumber.format(Number(complaint.used))), `"${said}" says what is used`);
        assert.equal(said.includes('decimal point'), text.includes(','), `"${said}" tells of a comma`);
        await assertShown(lab.page, 'preset=house&steps=3');
        assert.equal(await lab.page.locator('img').count(), 0);
      });
    }

    test('a number beyond the limits becomes the limit, with a complaint', async () => {
      for (const [key, text, used] of [['m', '99', 10], ['h', '-3', 1], ['pressure', '1e9', 100]]) {
        await type(String(key), String(text));
        assert.ok((await complaints()).includes(`${key}=${text}`));
        assert.equal((await assertShown(lab.page)).reading[String(key)], used);
      }
    });

    test('the next good input, or Close, takes the complaint away', async () => {
      await type('m', 'x');
      assert.notEqual(await complaints(), '');
      await type('m', '4');
      assert.equal(await complaints(), '');
      await type('m', 'y');
      await lab.page.getByRole('button', { name: words.say('complaint.close') }).click();
      assert.equal(await complaints(), '');
      assert.equal(await scenario(lab.page), 'm=4');
    });

    test('a valve that is none is answered with the valves that there are', async () => {
      await show('preset=house');
      await lab.page.locator('details').evaluate((details) => {
        /** @type {any} */ (details).open = true;
      });
      await type('main', 'ball', '.parameters');
      assert.ok((await complaints()).includes('scurve'));
      await assertShown(lab.page, 'preset=house');
      assert.equal(read(new Lab('preset=house')).m, 2.5);
      await lab.page.locator('details').evaluate((details) => {
        /** @type {any} */ (details).open = false;
      });
    });
  });
});
