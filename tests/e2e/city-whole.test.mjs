// The whole city in a browser: a thousand steps of two million valves, again from the same seed, and with rests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { station } from './support/figure.mjs';

const place = station();

const STEPS = 1000;
/** Every so many steps it is looked at. */
const SPELL = 100;
const CITY = 'error=squared';

/**
 * Trains the city of a scenario in the page; with rests, the reach is read and the water run between the steps.
 * @param {import('playwright-core').Page} page
 * @param {boolean} rests
 */
function train(page, rests) {
  return page.evaluate(
    async ({ scenario, count, spell, pauses }) => {
      const engine = await import(new URL('backflow-city.js', document.baseURI).href);
      const { memory } = await engine.default({ module_or_path: new URL('backflow-city_bg.wasm', document.baseURI) });
      const city = new engine.City(scenario, 2 ** 31);
      const errors = [city.error()];
      const sizes = [];
      for (let step = 0; step < count; step += spell) {
        if (pauses && step === 3 * spell) while (!city.look(100));
        if (pauses) {
          for (let made = 0; made < spell; made += 1) {
            city.train(1);
            if (made % 10 === 0) city.forward();
          }
        } else city.train(spell);
        errors.push(city.error());
        sizes.push(memory.buffer.byteLength);
        // The page goes on in between.
        await new Promise((done) => setTimeout(done));
      }
      while (!city.look(1000));
      const valves = [0, 1_000_000, city.valves() - 1].map((valve) => city.valve(valve));
      const found = { valves: city.valves(), steps: city.steps(), errors, sizes, reach: city.reach(), information: city.information(), places: valves.map(({ position }) => position) };
      city.free();
      return found;
    },
    { scenario: CITY, count: STEPS, spell: SPELL, pauses: rests },
  );
}

test('a thousand steps: the error falls, memory stays, rests change nothing, and the same seed gives the same numbers', { timeout: 300_000 }, () =>
  place.visit({ name: 'city.html', hash: 'city=16,32,32,16' }, async (page) => {
    const first = await train(page, false);
    assert.deepEqual([first.valves, first.steps], [1_966_080, STEPS]);
    const [untrained] = first.errors;
    const error = first.errors[first.errors.length - 1];
    assert.ok(error < 0.5 * untrained, `${untrained} became ${error}`);
    // Room for the scenarios of a step is made at the first; nothing after it.
    assert.deepEqual(new Set(first.sizes).size, 1, first.sizes.join());
    assert.ok(first.reach > 1 && first.information > 0);
    const { sizes, ...numbers } = first;
    const { sizes: others, ...again } = await train(page, true);
    assert.deepEqual(again, numbers);
    assert.deepEqual(others.at(-1), others.at(5), 'a reading takes its room once');
    console.log(`# E ${untrained.toFixed(3)} became ${error.toFixed(3)}, reach ${first.reach.toFixed(2)}, memory ${sizes[0]} bytes`);
  }),
);
