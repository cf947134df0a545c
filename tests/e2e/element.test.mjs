// The element as somebody's page uses it: attributes, properties, methods, events, and many at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arc, around, assertShown, degrees, dragMouse, drawn, handle, PARTS, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { help, why } from '../../www/js/sentences.js';
import { Lab, read, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/** @param {Parameters<typeof place.visit>[1]} act @param {Partial<Parameters<typeof place.visit>[0]>} [options] */
const visit = (act, options = {}) => place.visit({ name: 'host.html', ...options }, act);

/** Does something with the figure, in the page. @param {Page} page @param {(host: any, value: any) => unknown} act @param {unknown} [value] */
const host = (page, act, value) =>
  page.evaluate(
    ([code, value]) => Function('host', 'value', `return (${code})(host, value)`)(document.querySelector('backflow-figure'), value),
    [act.toString(), value],
  );

/** Notes every event of the figure from now on. @param {Page} page */
const listen = (page) =>
  page.evaluate(() => {
    const heard = /** @type {string[]} */ ([]);
    /** @type {any} */ (window).heard = heard;
    for (const name of ['input', 'change', 'backflow-state', 'backflow-ready', 'backflow-run-end', 'backflow-error']) {
      document.addEventListener(name, () => heard.push(name));
    }
  });

/** What was heard since the last time. @param {Page} page @returns {Promise<string[]>} */
const heard = (page) => page.evaluate(() => /** @type {any} */ (window).heard.splice(0));

test('the scenario attribute is what is shown, at first and when it changes', () =>
  visit(async (page) => {
    await assertShown(page, 'preset=house&m=4');
    for (const text of ['preset=plateau&steps=4', '']) {
      await host(page, (figure, value) => figure.setAttribute('scenario', value), text);
      await assertShown(page, text);
    }
    await host(page, (figure) => figure.removeAttribute('scenario'));
    await assertShown(page, '');
  }));

test('value, reading, getState, describe and permalink tell what is shown', () =>
  visit(async (page) => {
    const told = await host(page, (figure) => ({
      value: figure.value,
      reading: figure.reading,
      state: figure.getState(),
      said: figure.describe(),
      link: figure.permalink('https://example.org/lab.html'),
      running: figure.running,
    }));
    const reading = read(new Lab('preset=house&m=4'));
    assert.deepEqual(told.reading, reading);
    assert.deepEqual(told.value, { m: reading.m, h: reading.h });
    assert.deepEqual(told.state, { scenario: 'preset=house&m=4' });
    assert.equal(told.link, 'https://example.org/lab.html#preset=house&m=4');
    assert.equal(told.running, false);
    /** What is said of a scenario: its numbers, the verdict, and what helps. @param {string} string */
    const sentence = (string) => {
      const truth = new Lab(string);
      const now = read(truth);
      const [m, h, y, E] = ['m', 'h', 'y', 'E'].map((name) => words.number(now[name]));
      const [verdict, remedy] = [truth.verdict(), truth.remedy()];
      const said = words.say('said', { m, h, y, E });
      const [end, help] = [truth.ending() ? words.say(`ending.${truth.ending()}`) : '', remedy ? help(words, remedy) : ''];
      const text = words.say('said.verdict', { said, name: words.say(`verdict.${verdict.name}`), why: why(words, verdict), end, help });
      return text.replace(/ +/g, ' ').trim();
    };
    assert.equal(told.said, sentence('preset=house&m=4'));
    const later = await host(page, (figure) => {
      figure.value = { m: 9, h: 9 };
      return [figure.describe(), figure.getState().scenario];
    });
    assert.equal(later[0], sentence(later[1]), 'describe() is not about the past');
  }));

test('setState, value, step, reset, play and pause do what their names say', () =>
  visit(async (page) => {
    await host(page, (figure) => figure.setState({ scenario: 'preset=curves&rate=0.05' }));
    await assertShown(page, 'preset=curves&rate=0.05');
    await host(page, (figure) => figure.step(4));
    await assertShown(page, 'preset=curves&rate=0.05&steps=4');
    await host(page, (figure) => figure.step());
    await assertShown(page, 'preset=curves&rate=0.05&steps=5');
    await host(page, (figure) => figure.reset());
    await assertShown(page, 'preset=curves&rate=0.05');
    await host(page, (figure) => {
      figure.value = { m: 6.5, h: 2 };
    });
    await assertShown(page, 'preset=curves&m=6.5&h=2&rate=0.05');
    await host(page, (figure) => {
      figure.value = { m: Number.NaN, h: 1e9 };
    });
    const { reading } = await assertShown(page);
    assert.deepEqual([reading.m, reading.h], [6.5, 10], 'a valve without a number stays, one beyond its end stops there');
    assert.equal(await host(page, (figure) => (figure.play(), figure.running)), true);
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).reading.step >= 2);
    assert.equal(await host(page, (figure) => (figure.pause(), figure.running)), false);
    await assertShown(page);
  }));

test('what the host changes fires no input and no change', () =>
  visit(async (page) => {
    await listen(page);
    await host(page, (figure) => {
      figure.setState({ scenario: 'm=2' });
      figure.value = { m: 5, h: 5 };
      figure.step(3);
      figure.reset();
      figure.setAttribute('scenario', 'h=8');
      figure.play();
    });
    await page.waitForTimeout(250);
    await host(page, (figure) => figure.pause());
    await drawn(page);
    const names = await heard(page);
    assert.deepEqual(names.filter((name) => name === 'input' || name === 'change'), []);
    assert.ok(names.includes('backflow-run-end'));
  }));

test('a drag fires input on the way and change once, on release; and then the state', () =>
  visit(async (page) => {
    await listen(page);
    const middle = await handle(page, 'm');
    const from = await degrees(page, 'm');
    const points = arc(middle, from, from + 50, 8);
    await page.mouse.move(points[0].x, points[0].y);
    await page.mouse.down();
    for (const { x, y } of points.slice(1)) await page.mouse.move(x, y);
    const way = await heard(page);
    assert.ok(way.length >= 4 && way.every((name) => name === 'input'), way.join());
    await page.mouse.up();
    const end = await heard(page);
    assert.deepEqual(end.filter((name) => name !== 'input'), ['change', 'backflow-state']);
  }));

test('while somebody types nothing is told; on Enter it is', () =>
  visit(async (page) => {
    await listen(page);
    const field = page.locator('[data-input="m"]').first();
    await field.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7.5');
    assert.deepEqual(await heard(page), []);
    await page.keyboard.press('Enter');
    const names = await heard(page);
    assert.deepEqual([names.filter((name) => name === 'change').length, names.at(-1)], [1, 'backflow-state']);
    await field.fill('x');
    await page.keyboard.press('Enter');
    assert.ok((await heard(page)).includes('backflow-error'));
  }));

test('the state comes with its event', () =>
  visit(async (page) => {
    const detail = await page.evaluate(async () => {
      const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
      const told = new Promise((done) => document.addEventListener('backflow-state', (event) => done(/** @type {any} */ (event).detail), { once: true }));
      figure.shadowRoot.querySelector('button[data-control="step"]').click();
      return told;
    });
    assert.deepEqual(detail, { scenario: 'preset=house&m=4&steps=1' });
  }));

test('figures made before the element is defined, or set before they are ready, become what was asked for', () =>
  visit(
    async (page) => {
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).wasDefined), false);
      await assertShown(page, 'm=9');
    },
    {
      prepare: (page) =>
        page.addInitScript(() => {
          document.addEventListener('readystatechange', () => {
            if (document.readyState !== 'interactive') return;
            /** @type {any} */ (window).wasDefined = customElements.get('backflow-figure') !== undefined;
            const figure = document.querySelector('backflow-figure');
            customElements.whenDefined('backflow-figure').then(() => /** @type {any} */ (figure).setState({ scenario: 'm=9' }));
          });
        }),
    },
  ));

test('a figure goes on where it stood after it moved in the document', () =>
  visit(async (page) => {
    await host(page, (figure) => figure.step(3));
    await page.evaluate(() => document.querySelector('#elsewhere')?.append(/** @type {any} */ (document.querySelector('backflow-figure'))));
    await assertShown(page, 'preset=house&m=4&steps=3');
    await dragMouse(page, arc(await handle(page, 'm'), await degrees(page, 'm'), 100, 8));
    await assertShown(page);
  }));

test('twenty figures on one page share one module, one style sheet and one list of words', () =>
  visit(async (page) => {
    await page.evaluate(async () => {
      const figures = ['shower', 'chain', 'landscape', 'curves', 'history', 'lab'];
      const all = Array.from({ length: 19 }, (_, index) => {
        const figure = /** @type {any} */ (document.createElement('backflow-figure'));
        figure.setAttribute('figure', figures[index % figures.length]);
        figure.setAttribute('scenario', `m=${1 + index * 0.25}`);
        document.body.append(figure);
        return figure;
      });
      for (const figure of all) {
        figure.scrollIntoView();
        await figure.ready;
      }
    });
    await drawn(page);
    const values = await page.evaluate(() => [...document.querySelectorAll('backflow-figure')].map((figure) => /** @type {any} */ (figure).value.m));
    assert.deepEqual(values.slice(1), Array.from({ length: 19 }, (_, index) => 1 + index * 0.25));
    const asked = place.server.log.map(({ url }) => url);
    for (const name of ['/backflow_bg.wasm', '/backflow.js', '/style/figure.css', '/style/tokens.css', '/locales/en.json']) {
      // Each visit of this file asks once.
      const since = asked.lastIndexOf('/host.html');
      assert.equal(asked.slice(since).filter((url) => url === name).length, 1, name);
    }
  }));

test('a figure far below is not started before it comes near', () =>
  visit(async (page) => {
    const begun = await page.evaluate(async () => {
      const spacer = document.body.appendChild(document.createElement('div'));
      for (let line = 0; line < 400; line += 1) spacer.append(document.createElement('br'));
      const figure = /** @type {any} */ (document.createElement('backflow-figure'));
      document.body.append(figure);
      let begun = false;
      figure.ready.then(() => {
        begun = true;
      });
      await new Promise((done) => setTimeout(done, 300));
      const before = begun;
      figure.scrollIntoView();
      await figure.ready;
      return before;
    });
    assert.equal(begun, false);
  }));

test('a figure of no size comes to life when it is shown', () =>
  visit(async (page) => {
    await host(page, (figure) => {
      figure.hidden = true;
    });
    await drawn(page);
    await host(page, (figure) => {
      figure.value = { m: 8, h: 3 };
      figure.step(2);
    });
    await drawn(page);
    await host(page, (figure) => {
      figure.hidden = false;
    });
    await assertShown(page, 'preset=house&m=8&h=3&steps=2');
    const blank = await page.locator(PARTS.marks).evaluate((canvas) => {
      const other = Object.assign(document.createElement('canvas'), { width: /** @type {any} */ (canvas).width, height: /** @type {any} */ (canvas).height });
      return /** @type {any} */ (canvas).toDataURL() === other.toDataURL();
    });
    assert.equal(blank, false);
    await dragMouse(page, arc(await handle(page, 'm'), await degrees(page, 'm'), 0, 6));
    await assertShown(page);
  }));

test('readonly shows everything and lets nobody turn anything', () =>
  visit(async (page) => {
    await host(page, (figure) => figure.setAttribute('readonly', ''));
    await drawn(page);
    const rim = around(await handle(page, 'm'), 90, 0.9);
    await page.mouse.click(rim.x, rim.y);
    await page.mouse.click(...(await page.locator(PARTS.pad).boundingBox().then((box) => /** @type {[number, number]} */ ([(box?.x ?? 0) + 20, (box?.y ?? 0) + 20]))));
    await page.locator('button[data-control="step"]').click({ force: true, timeout: 500 }).catch(() => undefined);
    await assertShown(page, 'preset=house&m=4');
    await host(page, (figure) => figure.removeAttribute('readonly'));
    await drawn(page);
    await page.mouse.click(rim.x, rim.y);
    assert.notEqual(await scenario(page), 'preset=house&m=4');
  }));

test('controls names what is shown', () =>
  visit(async (page) => {
    const shown = () =>
      page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
        return [...root.querySelectorAll('button[data-control], select, input[data-control]')]
          .filter((element) => element.checkVisibility())
          .map((element) => /** @type {HTMLElement} */ (element).dataset.control);
      });
    await host(page, (figure) => figure.setAttribute('controls', 'valves step rate'));
    await drawn(page);
    assert.deepEqual(await shown(), ['step', 'rate']);
    await dragMouse(page, arc(await handle(page, 'm'), await degrees(page, 'm'), 0, 6));
    assert.notEqual(await scenario(page), 'preset=house&m=4');
    await host(page, (figure) => figure.setAttribute('controls', 'play optimizer'));
    await drawn(page);
    assert.deepEqual(await shown(), ['play', 'optimizer']);
    const before = await scenario(page);
    const rim = async () => around(await handle(page, 'm'), -90, 0.9);
    const still = await rim();
    await page.mouse.click(still.x, still.y);
    assert.equal(await scenario(page), before, 'without "valves" the valves stand still');
    await host(page, (figure) => figure.removeAttribute('controls'));
    await drawn(page);
    const free = await rim();
    await page.mouse.click(free.x, free.y);
    assert.notEqual(await scenario(page), before);
    assert.ok((await shown()).length >= 8);
  }));

test('figure chooses the parts, label names them, theme colours them', () =>
  visit(async (page) => {
    const has = () =>
      page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
        return ['[data-handle]', '[data-chain]', '[data-plane]', 'button[data-control="step"]'].map((part) => root.querySelector(part) !== null);
      });
    for (const [name, parts] of /** @type {const} */ ([
      ['shower', [true, false, false, false]],
      ['chain', [true, true, false, false]],
      ['landscape', [false, false, true, false]],
      ['history', [false, false, false, true]],
      ['no such figure', [true, true, true, true]],
      ['lab', [true, true, true, true]],
    ])) {
      await host(page, (figure, value) => figure.setAttribute('figure', value), name);
      await page.waitForFunction(
        ([parts]) => {
          const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
          const now = ['[data-handle]', '[data-chain]', '[data-plane]', 'button[data-control="step"]'].map((part) => root.querySelector(part) !== null);
          return now.join() === parts;
        },
        [parts.join()],
      );
      assert.deepEqual(await has(), [...parts], name);
    }
    await host(page, (figure) => figure.setAttribute('label', 'Our shower'));
    await page.getByRole('group', { name: 'Our shower' }).waitFor();
    const look = async () => {
      await drawn(page);
      const ink = await page.locator('[data-number="dE_dm"]').first().evaluate((element) => getComputedStyle(element).color);
      return [ink, await page.locator(PARTS.history).evaluate((canvas) => /** @type {any} */ (canvas).toDataURL())];
    };
    await host(page, (figure) => figure.setAttribute('theme', 'light'));
    const light = await look();
    await host(page, (figure) => figure.setAttribute('theme', 'dark'));
    const dark = await look();
    assert.notEqual(light[0], dark[0], 'the text');
    assert.notEqual(light[1], dark[1], 'the drawing');
    await host(page, (figure) => figure.removeAttribute('theme'));
    assert.deepEqual(await look(), light);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await look(), dark);
  }));

test('a language that is not there falls back to English', () =>
  visit(async (page) => {
    for (const locale of ['eo', 'de-CH', 'en_US', 'x', '', '../../host', 'en-GB']) {
      await host(page, (figure, value) => figure.setAttribute('locale', value), locale);
      await page.getByRole('button', { name: words.say('run.step'), exact: true }).waitFor();
      await assertShown(page, 'preset=house&m=4');
    }
    await host(page, (figure) => {
      figure.removeAttribute('locale');
      document.documentElement.lang = 'fr';
      figure.setAttribute('label', 'again');
    });
    await page.getByRole('group', { name: 'again' }).waitFor();
    await assertShown(page, 'preset=house&m=4');
  }));

test('nothing is stored, and no cookie is set', () =>
  visit(async (page, { context }) => {
    await page.locator('button[data-control="step"]').click();
    await drawn(page);
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(
      await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]),
      [0, 0, 0, 0],
    );
  }));

test('once loaded, the page works without the network', () =>
  visit(async (page, { context }) => {
    await page.locator('.rates[data-made="128"]').waitFor();
    await context.setOffline(true);
    await page.locator('select[data-control="preset"]').selectOption('plateau');
    for (let step = 0; step < 3; step += 1) await page.locator('button[data-control="step"]').click();
    await assertShown(page, 'preset=plateau&steps=3');
  }));

test('the chain by itself shows both paths where there are two, and one where there is one', () =>
  visit(async (page) => {
    await host(page, (figure) => figure.setAttribute('figure', 'chain'));
    for (const [preset, paths] of /** @type {const} */ ([['house', 2], ['product', 1]])) {
      await host(page, (figure, value) => figure.setAttribute('scenario', value), `preset=${preset}`);
      await drawn(page);
      const second = page.locator('[data-chain="h"] [data-number="dx_dh"]');
      await second.waitFor({ state: paths === 2 ? 'visible' : 'hidden' });
      assert.equal(await second.isVisible(), paths === 2, preset);
      await assertShown(page, new Lab(`preset=${preset}`).scenario());
    }
  }));

test('a page that began with the small engine gets the whole one when a figure needs it', () =>
  place.visit({ name: 'first.html' }, async (page) => {
    const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((name) => name.endsWith('.wasm')));
    assert.deepEqual(await loaded(), ['/backflow-first_bg.wasm']);
    await page.evaluate(async () => {
      const first = /** @type {any} */ (document.querySelector('backflow-figure'));
      first.value = { m: 7, h: 2 };
      const second = /** @type {any} */ (document.createElement('backflow-figure'));
      second.setAttribute('figure', 'landscape');
      second.setAttribute('scenario', 'rate=2&steps=9');
      first.before(second);
      await second.ready;
      first.setAttribute('figure', 'lab');
    });
    await page.waitForFunction(() => [...document.querySelectorAll('backflow-figure')].every((figure) => figure.shadowRoot?.querySelector('canvas')));
    await drawn(page);
    const states = await page.evaluate(() => [...document.querySelectorAll('backflow-figure')].map((figure) => /** @type {any} */ (figure).getState().scenario));
    assert.deepEqual(states, ['rate=2&steps=9', 'm=7&h=2']);
    assert.deepEqual(await loaded(), ['/backflow-first_bg.wasm', '/backflow_bg.wasm']);
  }));

test('what is locked is shown and stays for a hand, whatever that uses, but not for the host', () =>
  visit(async (page) => {
    await host(page, (figure) => {
      figure.setState({ scenario: 'rate=0.2&optimizer=momentum' });
      figure.setAttribute('locked', 'rate valves step');
    });
    await page.locator('[data-control="rate"][disabled]').waitFor();
    await drawn(page);
    assert.ok(await page.locator('[data-input="rate"]').first().isDisabled());
    assert.ok(await page.locator('button[data-control="step"]').isDisabled());
    const looks = (/** @type {string} */ selector) => page.locator(selector).first().evaluate((element) => Number(getComputedStyle(element).opacity));
    assert.ok((await looks('button[data-control="step"]')) < 0.6, 'it looks off');
    assert.equal(await looks('input.number[data-input="rate"]'), 1, 'the number is there to be read');
    assert.equal(await looks('input.behind[data-dial="m"]'), 0, 'and nothing hidden is seen');
    const before = await scenario(page);
    const rim = around(await handle(page, 'm'), 90, 0.9);
    await page.mouse.click(rim.x, rim.y);
    await page.locator('button[data-control="play"]').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await scenario(page), before, 'neither a handle nor a key');
    await page.locator('select[data-control="optimizer"]').selectOption('adam');
    await drawn(page);
    assert.equal(await host(page, (figure) => figure.reading.rate), 0.2, 'another rule does not bring another rate');
    assert.ok(await page.locator('button[data-control="step"]').isDisabled(), 'nor is the button free again');
    await host(page, (figure) => figure.setState({ scenario: 'rate=0.7&m=8' }, { undoable: true }));
    assert.equal(await host(page, (figure) => figure.reading.rate), 0.7, 'the host may');
    const later = await scenario(page);
    await page.locator('button[data-control="play"]').focus();
    await page.keyboard.press('Control+z');
    assert.equal(await scenario(page), later, 'undo does not bring the other rate back');
    await host(page, (figure) => figure.removeAttribute('locked'));
    await page.locator('[data-control="rate"]:not([disabled])').waitFor();
    await page.locator('button[data-control="step"]').click();
    assert.equal(await host(page, (figure) => figure.reading.step), 1);
  }));

test('a remedy that would change what is locked is not offered', () =>
  visit(async (page) => {
    await host(page, (figure) => figure.setState({ scenario: 'preset=product&rate=9&steps=30' }));
    await page.locator('[data-control="remedy"]').waitFor();
    const changes = (await page.locator('[data-control="remedy"]').getAttribute('data-changes')) ?? '';
    assert.notEqual(changes.trim(), '');
    await host(page, (figure, value) => figure.setAttribute('locked', value), changes.trim().split(' ')[0]);
    await page.locator('[data-control="remedy"]').waitFor({ state: 'hidden' });
    await host(page, (figure) => figure.reset());
    await drawn(page);
    assert.ok(await page.locator('[data-control="remedy"]').isHidden());
  }));

test('a name of no control is complained about, as text', () =>
  visit(async (page) => {
    for (const name of ['locked', 'controls']) {
      await host(page, (figure, value) => figure.setAttribute(value, 'rate <img> valves'), name);
      await page.locator('.complaints li').waitFor();
      assert.match((await page.locator('.complaints li').textContent()) ?? '', new RegExp(`^${name}=<img>: `));
      assert.equal(await page.locator('.complaints img').count(), 0);
      await page.locator('.complaints button').click();
      await host(page, (figure, value) => figure.removeAttribute(value), name);
    }
  }));

test('a prompt stands above the figure as plain text, and changes with its attribute', () =>
  visit(async (page) => {
    const text = 'Is <b>h</b> & m "enough"?';
    await host(page, (figure, value) => figure.setAttribute('prompt', value), text);
    await page.locator('.prompt').waitFor();
    assert.equal(await page.locator('.prompt').textContent(), text);
    assert.equal(await page.locator('.prompt').getAttribute('dir'), 'auto');
    const order = await host(page, (figure) => [...figure.shadowRoot.querySelectorAll('.prompt, .parts')].map((element) => element.className.split(' ')[0]));
    assert.deepEqual(order, ['prompt', 'parts']);
    await host(page, (figure) => figure.setAttribute('prompt', 'Now?'));
    await page.getByText('Now?').waitFor();
    await host(page, (figure) => figure.removeAttribute('prompt'));
    await page.locator('.prompt').waitFor({ state: 'detached' });
  }));

test('a name that no figure has is said, and the lab is shown', () =>
  visit(async (page) => {
    const told = await page.evaluate(async () => {
      const figure = /** @type {any} */ (document.createElement('backflow-figure'));
      figure.setAttribute('figure', '<i>bath</i>');
      const heard = /** @type {string[]} */ ([]);
      figure.addEventListener('backflow-error', (/** @type {any} */ { detail }) => heard.push(...detail.complaints));
      document.getElementById('elsewhere')?.append(figure);
      figure.scrollIntoView();
      await figure.ready;
      figure.setAttribute('figure', 'tub');
      return [heard, figure.shadowRoot.querySelectorAll('.complaints i').length];
    });
    const [heard, markup] = /** @type {[string[], number]} */ (told);
    assert.equal(heard.length, 2);
    assert.ok(heard[0].startsWith('figure=<i>bath</i>: one of shower, ') && heard[0].includes('lab is used'), heard[0]);
    assert.ok(heard[1].startsWith('figure=tub: '), heard[1]);
    assert.equal(markup, 0);
  }));

test('junk never throws, changes nothing and is refused in a sentence', () =>
  visit(async (page) => {
    const refused = await page.evaluate(async () => {
      const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
      const told = /** @type {string[][]} */ ([]);
      figure.addEventListener('backflow-error', (/** @type {any} */ { detail }) => told.push(detail.complaints));
      const circle = /** @type {any} */ ({});
      circle.itself = circle;
      for (const junk of [undefined, null, 7, 'm=2', [], {}, { scenario: 3 }, circle, '<img src=x>', Symbol('x'), 5n]) {
        figure.setState(junk, null);
        figure.value = junk;
      }
      figure.step('x');
      figure.step(-1);
      figure.step(null);
      while (told.length < 22) await new Promise((done) => setTimeout(done, 20));
      return told;
    });
    assert.equal(refused.length, 22);
    for (const [sentence] of refused) assert.match(sentence, /^(state|value)=.+ is wanted\. Nothing is changed\.$/);
    assert.equal(await page.locator('.complaints img').count(), 0);
    await assertShown(page, 'preset=house&m=4');
  }));

test('a value set before the element is defined counts, and one that is none is refused', () =>
  visit(
    async (page) => {
      await assertShown(page, 'preset=house&m=7&h=3');
    },
    {
      prepare: (page) =>
        page.addInitScript(() => {
          document.addEventListener('readystatechange', () => {
            if (document.readyState === 'interactive') /** @type {any} */ (document.querySelector('backflow-figure')).value = { m: 7, h: 3 };
          });
        }),
    },
  ));

test('no figure takes the focus by itself, and Tab leads through each and out again', () =>
  visit(async (page) => {
    await page.evaluate(() => document.querySelector('#elsewhere')?.append(Object.assign(document.createElement('button'), { id: 'after', textContent: 'after' })));
    for (const kind of ['shower', 'landscape', 'ruler', 'city', 'small-network']) {
      await host(page, (figure, value) => figure.setAttribute('figure', value), kind);
      await page.locator(`.shows-${kind}`).waitFor();
      await page.locator('[data-act="share"]').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body', kind);
      let passed = 0;
      for (; passed < 80; passed += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.id === 'after')) break;
      }
      assert.ok(passed > 1 && passed < 80, `${kind}: ${passed}`);
      await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
      await page.evaluate(() => getSelection()?.setPosition(document.querySelector('h1')));
    }
  }));

test('twenty figures start the engine once', () =>
  place.visit(
    {
      name: 'first.html',
      prepare: (page) =>
        page.addInitScript(() => {
          const counted = /** @type {any} */ (window);
          counted.started = 0;
          for (const name of ['instantiate', 'instantiateStreaming']) {
            const real = /** @type {any} */ (WebAssembly)[name];
            /** @type {any} */ (WebAssembly)[name] = (/** @type {any[]} */ ...all) => {
              counted.started += 1;
              return real(...all);
            };
          }
        }),
    },
    async (page) => {
      await page.evaluate(async () => {
        for (let count = 1; count < 20; count += 1) {
          const figure = /** @type {any} */ (document.body.appendChild(document.createElement('backflow-figure')));
          figure.setAttribute('figure', 'chain');
          figure.scrollIntoView();
          await figure.ready;
        }
      });
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).started), 1);
      assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length), 1);
    },
  ));

test('the wheel over a figure scrolls the page', () =>
  visit(async (page) => {
    const text = await page.locator('.timeline, .history').first().boundingBox();
    assert.ok(text);
    await page.mouse.move(text.x + 20, text.y + 5);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() => scrollY > 0);
    // Whatever keeps a finger to itself is a handle, and not a part.
    const wide = await page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
      return [...root.querySelectorAll('.stage, .sheets, section, .plumbing, canvas')].filter((element) => getComputedStyle(element).touchAction === 'none').map(({ className }) => String(className));
    });
    assert.deepEqual(wide, []);
  }));
