// The descent in the page: races, going back, branches, verdicts, remedies, turns by hand, measured
// sensitivities, memories, rates maps and crowds. What is shown is compared with the engine outside.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { assertShown, drawn, scenario, shared, station } from './support/figure.mjs';
import { help, why } from '../../www/js/sentences.js';
import { AuditView, Lab, RatesMap, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station();

/** A scenario for each verdict, as in tests/properties/verdicts.rs, and its name. */
const EARNED = {
  arrived: 'rate=0.1&steps=56',
  'on-the-way': 'rate=0.1&steps=20',
  overshot: 'rate=2&steps=4',
  bouncing: 'rate=2&steps=199',
  'blowing-up': 'preset=article&error=squared&rate=4.4&m=6.2&h=6&tolerance=0.01&steps=8',
  crawling: 'rate=0.001&steps=100',
  'on-plateau': 'preset=plateau&rate=0.2&steps=100',
  'at-stop': 'preset=installed&sensitivities=joint&optimizer=momentum&rate=0.5&steps=48',
  'out-of-reach': 'preset=low-pressure&steps=300',
};
/** From one start, three rules that arrive after different numbers of steps. */
const RACE = 'optimizer=momentum&rate=0.02&rival=optimizer=adagrad%26rate=0.5&rival=optimizer=adam%26rate=0.1';

describe('the descent', () => {
  const lab = shared(place);
  beforeEach(async () => {
    await lab.page.evaluate(() => scrollTo(0, 0));
  });

  /** @param {string} name */
  const press = async (name) => {
    await lab.page.locator(`[data-control="${name}"]`).click();
    await drawn(lab.page);
  };
  /** @param {string} name */
  const open = async (name) => {
    const chip = lab.page.locator(`[data-open="${name}"]`);
    if ((await chip.getAttribute('aria-pressed')) === 'false') await chip.click();
    await lab.page.locator(`[data-part="${name}"]`).scrollIntoViewIfNeeded();
    await drawn(lab.page);
  };
  /** @param {string} string */
  const show = async (string) => {
    await lab.page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), string);
    await assertShown(lab.page, new Lab(string).scenario());
  };
  /** The pixels of a canvas, read from a copy: reading the page's own canvas would slow it down. @param {string} selector */
  const pixels = (selector) =>
    lab.page.locator(selector).evaluate((canvas) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0);
      return [...(copy?.getImageData(0, 0, width, height).data ?? [])];
    });
  /** What the rows of a table say. @param {string} selector */
  const rows = (selector) =>
    lab.page.locator(selector).evaluateAll((all) =>
      all
        .filter((row) => !row.hidden)
        .map((row) => [...row.cells].map((cell) => cell.querySelector('select, input')?.value ?? cell.textContent.trim())),
    );

  /** The verdict and what helps are the engine's for what is shown. */
  async function assertVerdict() {
    const truth = new Lab(await scenario(lab.page));
    const verdict = truth.verdict();
    const shown = lab.page.locator('.verdict');
    assert.equal(await shown.locator('.name').innerText(), words.say(`verdict.${verdict.name}`));
    assert.equal(await shown.locator('.why').innerText(), why(words, verdict));
    const ending = truth.ending();
    assert.equal(await shown.locator('.end').innerText(), ending ? words.say(`ending.${ending}`) : '');
    const remedy = truth.remedy();
    assert.equal(await shown.locator('.help').innerText(), remedy ? help(words, remedy) : '');
    assert.equal(await shown.locator('[data-control="remedy"]').isVisible(), remedy !== undefined);
    return { verdict, remedy };
  }

  /** The table of the race is the engine's for what is shown. */
  async function assertRace() {
    const { lab: truth } = await assertShown(lab.page);
    const lanes = truth.lanes();
    const shown = await rows('.race tbody tr');
    assert.equal(shown.length, lanes.length);
    shown.forEach((cells, index) => {
      const lane = lanes[index];
      const rival = index > 0 && !lane.byHand;
      const rule = lane.byHand ? words.say('race.by-hand') : rival ? lane.optimizer : words.say(`optimizer.${lane.optimizer}`);
      const branched = lane.branched === undefined ? '' : words.say('race.branched', { step: words.count(lane.branched) });
      const texts = [
        rival ? rule : rule + branched,
        lane.byHand ? '–' : rival ? words.typed('rate', lane.rate) : words.setting(lane.rate),
        words.count(lane.steps),
        words.number(lane.E),
        words.number(lane.overshoot),
        words.number(lane.wasted),
        lane.readings === undefined ? '–' : words.count(lane.readings),
        words.say(`verdict.${lane.verdict.name}`),
      ];
      assert.deepEqual(cells.slice(1, 9), texts, `run ${index}`);
    });
    return lanes;
  }

  test('three rules race from one start, go back together, branch, and each says what is happening', async () => {
    const { page } = lab;
    await open('race');
    await page.locator('select[data-control="optimizer"]').selectOption('momentum');
    await page.locator('[data-input="rate"]').fill('0.02');
    await page.locator('[data-input="rate"]').press('Enter');
    for (const rule of ['adagrad', 'adam']) {
      await page.locator('#race-add').selectOption(rule);
      await press('challenge');
    }
    assert.equal(await scenario(page), RACE);
    await press('finish');
    const finished = await assertRace();
    assert.deepEqual(finished.map(({ verdict }) => verdict.name), ['arrived', 'arrived', 'arrived']);
    assert.equal(new Set(finished.map(({ steps }) => steps)).size, 3, 'each after its own number of steps');

    // Back with keys, and all the way with the mouse.
    const scrub = page.locator('[data-scrub="step"]');
    await scrub.focus();
    await page.keyboard.press('ArrowLeft');
    await drawn(page);
    const { reading } = await assertShown(page);
    assert.equal(reading.clock, Math.max(...finished.map(({ steps }) => steps)) - 1);
    const box = await scrub.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width - 9, box.y + box.height / 2);
    await page.mouse.down();
    for (let part = 1; part <= 10; part += 1) await page.mouse.move(box.x + box.width * (1 - 0.072 * part), box.y + box.height / 2);
    await page.mouse.up();
    const back = await assertRace();
    const clock = read(new Lab(await scenario(page))).clock;
    assert.ok(clock > 5 && clock < 20, `the mouse went back to step ${clock}`);
    assert.ok(back.every(({ steps }) => steps === Math.min(clock, steps)));

    // Another rate from here: the run branches, and the one that it was stays to compare.
    await page.locator('[data-input="rate"]').fill('0.2');
    await page.locator('[data-input="rate"]').press('Enter');
    await drawn(page);
    assert.ok((await scenario(page)).includes(`until=${clock},rate,0.02`), await scenario(page));
    assert.equal((await assertRace()).length, 4);
    await press('finish');
    const compared = await assertRace();
    assert.deepEqual([compared[0].branched, compared[3].branched], [clock, undefined]);
    assert.deepEqual([compared[3].steps, compared[3].E], [finished[0].steps, finished[0].E], 'the run as it was');
    await assertVerdict();

    // A rival is changed and taken away where it stands.
    await page.locator('[data-rival="1"]').fill('1');
    await page.locator('[data-rival="1"]').press('Enter');
    await page.locator('#race-rule-2').selectOption('lion');
    await drawn(page);
    const changed = await assertRace();
    assert.deepEqual([changed[1].rate, changed[2].optimizer], [1, 'lion']);
    await page.locator('.race tr.rival button').first().click();
    await drawn(page);
    assert.equal((await assertRace()).length, 3);
  });

  for (const [name, string] of Object.entries(EARNED)) {
    test(`the verdict "${name}" is shown with its numbers, and what helps does help`, async () => {
      await show(string);
      const { verdict, remedy } = await assertVerdict();
      assert.equal(verdict.name, name);
      assert.equal(remedy === undefined, ['arrived', 'on-the-way'].includes(name));
      if (!remedy) return;
      await press('remedy');
      const { reading } = await assertShown(lab.page);
      const after = await assertVerdict();
      assert.deepEqual([after.verdict.name, reading.step], ['arrived', remedy.arrives]);
    });
  }

  test('no verdict moves what stands round it', async () => {
    const places = new Set();
    for (const string of Object.values(EARNED)) {
      await show(string);
      const boxes = await Promise.all(['.verdict', '.rates'].map((part) => lab.page.locator(part).boundingBox()));
      places.add(JSON.stringify(boxes));
    }
    assert.equal(places.size, 1, [...places].join('\n'));
  });

  test('Play stops where the run arrives', async () => {
    await show('rate=0.5');
    await press('play');
    await lab.page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('backflow-figure')).running));
    const { reading, lab: truth } = await assertShown(lab.page);
    assert.ok(reading.step > 3);
    assert.equal(truth.verdict().name, 'arrived');
    await assertVerdict();
  });

  test('joint measuring flips the ratio 2, ½, 2, ½, beside the truth', async () => {
    await show('sensitivities=joint&steps=3');
    await open('measured');
    const shown = await rows('.measured tbody tr');
    assert.deepEqual(shown.map((cells) => cells[7]), ['2.00', '0.50', '2.00', '0.50']);
    const truth = new Lab('sensitivities=joint&steps=3');
    const values = truth.measurements(4);
    shown.forEach((cells, row) => {
      const numbers = [...values.slice(9 * row, 9 * row + 9)];
      const wanted = numbers.map((value, column) => (column === 0 ? words.count(value) : column === 3 || column === 6 ? words.percent(value) : words.number(value)));
      assert.deepEqual(cells, wanted, `step ${row}`);
      assert.ok(numbers[8] > 1.5 && numbers[8] <= 2, 'the true ratio stays near 2');
    });
    assert.equal(await lab.page.locator('[data-count="readings"]').innerText(), words.count(read(truth).readings));
  });

  test('every place is checked, exact against measured', async () => {
    await show('preset=house');
    await open('measured');
    const audit = new AuditView(512);
    audit.run('preset=house');
    assert.ok(audit.worst() <= 2e-8, `the worst difference is ${audit.worst()}`);
    const texts = { places: words.count(512 * 512), worst: words.tiny(audit.worst()), m: words.number(audit.worstM()), h: words.number(audit.worstH()) };
    await lab.page.waitForFunction(
      (wanted) => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-control="audit"]')?.textContent === wanted,
      words.say('audit.worst', texts),
    );
  });

  test('what the rule remembers is shown, and drawn where it has an area', async () => {
    await open('memory');
    const ink = () =>
      pixels('.memory canvas').then((data) => data.filter((value, index) => index % 4 === 3 && value > 0).length);
    await show('optimizer=adagrad&rate=0.5&steps=1');
    const small = await ink();
    await show('optimizer=adagrad&rate=0.5&steps=9');
    assert.ok((await ink()) > small);
    assert.ok(await lab.page.locator('.memory canvas').isVisible());
    await show('optimizer=descent&steps=9');
    assert.ok(!(await lab.page.locator('.memory canvas').isVisible()));
  });

  test('a run by hand is replayed beside an optimizer: steps, overshoot, water wasted', async () => {
    const { page } = lab;
    await open('race');
    await press('hand');
    const m = page.locator('[data-dial="m"]');
    await m.focus();
    for (const key of ['PageUp', 'PageUp', 'PageUp']) await page.keyboard.press(key);
    await page.locator('[data-dial="h"]').focus();
    await page.keyboard.press('End');
    await drawn(page);
    assert.equal(await scenario(page), 'steps=4&turns=3.9:5,4.8:5,5.7:5,5.7:10');
    const [hand] = await assertRace();
    assert.deepEqual([hand.byHand, hand.steps], [true, 4]);
    await press('hand');
    await press('finish');
    const [machine, replayed] = await assertRace();
    assert.deepEqual([machine.byHand, replayed.byHand, replayed.steps], [false, true, 4]);
    assert.deepEqual([replayed.overshoot, replayed.wasted], [hand.overshoot, hand.wasted]);
    assert.ok(hand.wasted > 0, 'the last turn was too much');
    // One step back, and the hand is where it was then.
    for (const [step, position] of [[3, '5.7:5'], [2, '4.8:5']]) {
      await page.evaluate((to) => {
        const slider = document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-scrub]');
        Object.assign(/** @type {any} */ (slider), { value: String(to) });
        slider?.dispatchEvent(new Event('input', { bubbles: true }));
        slider?.dispatchEvent(new Event('change', { bubbles: true }));
      }, step);
      const lanes = await assertRace();
      assert.equal(`${lanes[1].m}:${lanes[1].h}`, position);
    }
  });

  test('the rates map shows what comes of every rate, and a tap goes to the run', async () => {
    const { page } = lab;
    await open('rates');
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.rates'))?.dataset.made === '128');
    const map = new RatesMap('', 'momentum', 128, 128, 500);
    for (const [column, row] of [[64, 0], [10, 5], [100, 100], [127, 127]]) {
      map.survey(row, row + 1);
      const [steps, verdict] = map.cell(column, row);
      const at = 4 * (128 * (127 - row) + column);
      const shown = (await pixels('.rates canvas.field')).slice(at, at + 3);
      const hex = `#${shown.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      assert.equal(hex, RatesMap.color(steps, verdict, 500), `the run at ${column}, ${row}`);
    }
    const pad = page.locator('.rates .pad');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    assert.ok(box);
    // A mouse points at whole pixels.
    const at = [Math.round(box.x + 0.63 * box.width), Math.round(box.y + 0.68 * box.height)];
    const column = Math.floor((128 * (at[0] - box.x)) / box.width);
    const row = Math.floor(128 * (1 - (at[1] - box.y) / box.height));
    await page.mouse.click(at[0], at[1]);
    await drawn(page);
    const { lab: truth, reading } = await assertShown(page);
    map.survey(row, row + 1);
    const [steps, verdict] = map.cell(column, row);
    assert.deepEqual([truth.get('optimizer'), reading.step, truth.verdict().name], ['momentum', steps, RatesMap.names()[verdict]]);

    // With keys: the cross moves, and the run follows when the key is let go.
    await page.locator('[data-rates="0"]').focus();
    await page.keyboard.press('End');
    await drawn(page);
    assert.ok((await assertShown(page)).reading.rate > 9.5);
    await page.locator('#rates-second').selectOption('pressure');
    await page.locator('[data-rates="1"]').focus();
    await page.keyboard.press('Home');
    await drawn(page);
    const dry = await assertShown(page);
    assert.ok(dry.reading.pressure < 0.05);
    assert.equal(dry.lab.verdict().name, 'out-of-reach');
  });

  test('thousands of starts walk, and are told apart by how soon they arrive', async () => {
    const { page } = lab;
    await open('starts');
    const status = () => page.locator('[data-control="starts-status"]').innerText();
    const picture = () => page.locator('canvas.crowd').evaluate((canvas) => /** @type {any} */ (canvas).toDataURL());
    const says = (/** @type {number} */ arrived, /** @type {number} */ steps) =>
      words.say('starts.status', { arrived: words.count(arrived), count: words.count(10_000), steps: words.count(steps) });
    await page.waitForFunction(() => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-control="starts-status"]')?.textContent);
    const before = [await status(), await picture()];
    await press('starts-play');
    await page.waitForFunction(() => /^10,000 of 10,000/.test(document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-control="starts-status"]')?.textContent ?? ''), undefined, { timeout: 60_000 });
    const after = [await status(), await picture()];
    assert.match(before[0], / after 0 steps/);
    assert.notEqual(before[1], after[1]);
    const steps = Number(/after ([\d,]+) steps/.exec(after[0])?.[1].replace(',', ''));
    assert.equal(after[0], says(10_000, steps));
    await page.locator('#starts-shows').selectOption('ends');
    await press('starts-play');
    await page.waitForFunction(() => /^10,000 of 10,000/.test(document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[data-control="starts-status"]')?.textContent ?? ''), undefined, { timeout: 60_000 });
    const data = await pixels('canvas.crowd');
    const alpha = [3, 4 * 512 * 256 + 3, data.length - 1].map((index) => data[index]);
    assert.deepEqual(alpha, [255, 255, 255], 'every start has its colour');
  });
});

test('a link with a branch, rivals and turns by hand opens as it was left', () => {
  const string = 'rate=0.05&steps=30&until=12,rate,0.1&rival=optimizer=adam&rival=turns=4:5,6:5';
  return place.visit({ hash: string }, async (page) => {
    await assertShown(page, new Lab(string).scenario());
    const lanes = new Lab(string).lanes();
    assert.deepEqual(lanes.map(({ steps }) => steps), [30, 30, 2]);
  });
});

test('a figure that leaves the page while its worker is at work leaves nothing behind', () =>
  place.visit({ name: 'lab.html?parts=all.starts' }, async (page) => {
    for (let round = 0; round < 3; round += 1) {
      await page.evaluate(async () => {
        const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
        const parent = figure.parentElement;
        figure.remove();
        await new Promise((done) => setTimeout(done, 50));
        parent.append(figure);
        await figure.ready;
      });
      await page.waitForTimeout(300);
      await drawn(page);
    }
    await assertShown(page, '');
  }));
