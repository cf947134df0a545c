// The engine in the page and the engine on the command line give the same numbers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertShown, station } from './support/figure.mjs';
import { read, Lab } from './support/truth.mjs';

const place = station();
const root = fileURLToPath(new URL('../..', import.meta.url));
const COLUMNS = ['step', 'm', 'h', 'x', 'y', 'E', 'dE_dm', 'dE_dh'];

/** The last row of the example's table. @param {string} scenario */
function native(scenario) {
  const options = ['run', '--quiet', '--locked', '--no-default-features', '--example', 'trajectory', '--', scenario];
  const lines = execFileSync('cargo', options, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  assert.equal(lines[0], COLUMNS.join());
  const fields = String(lines.at(-1)).split(',').map(Number);
  return Object.fromEntries(COLUMNS.map((name, index) => [name, fields[index]]));
}

test('the numbers on the page are those of the native engine', () =>
  place.visit({}, async (page) => {
    for (const scenario of [
      '',
      'pressure=3.5&m=7.25&h=2.5',
      'preset=article&steps=9',
      'preset=curves&m=6.5&h=3.25',
      'preset=installed&error=squared&steps=12',
      'preset=house&m=2.75&h=8.125',
      'preset=house&optimizer=adam&rate=0.3&sensitivities=central&steps=25',
      'preset=low-pressure&error=huber&delta=0.5&steps=30',
      'preset=plateau&optimizer=rmsprop&steps=40',
    ]) {
      const wanted = native(scenario);
      await page.evaluate((text) => /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: text }), scenario);
      await assertShown(page, scenario);
      const onPage = await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading);
      assert.deepEqual(onPage, read(new Lab(scenario)), 'two instances of the module agree to the last bit');
      for (const name of COLUMNS) {
        const away = Math.abs(onPage[name] - wanted[name]);
        assert.ok(away <= 1e-9 * (1 + Math.abs(wanted[name])), `${scenario}: ${name} is ${onPage[name]}, natively ${wanted[name]}`);
      }
    }
  }));
