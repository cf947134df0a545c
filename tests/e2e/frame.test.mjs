// The frame, as pages of others have it: one file, whatever the page round it allows, and what the two say to each other.
import assert from 'node:assert/strict';
import { mkdtempSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { launch, openPage } from './support/browser.mjs';
import { site } from './support/host.mjs';
import { DIST, serve } from './support/server.mjs';
import { Lab, read } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** What a strict page allows: frames of its own site, and pictures; no script but the browser's own. */
const STRICT = "default-src 'none'; frame-src 'self'; img-src 'self'";
const PATIENCE_MS = 5_000;

const folder = site();
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  server = await serve(folder, { csp: STRICT });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * A page with a frame that has these attributes, and what the frame says.
 * @param {Record<string, string>} attributes
 * @param {(page: Page, frame: Frame, talk: Talk) => Promise<unknown>} act
 * @param {{ answers?: boolean }} [options] answers: whether the page says hello
 */
async function embed(attributes, act, { answers = true } = {}) {
  const opened = await openPage(browser, `${server.origin}/framed.html`, { viewport: { width: 900, height: 700 } });
  const { page } = opened;
  try {
    await page.evaluate(
      ([given, greets]) => {
        const heard = /** @type {any[]} */ ([]);
        Object.assign(window, { heard });
        const frame = document.createElement('iframe');
        addEventListener('message', ({ data, source }) => {
          if (source !== frame.contentWindow) return;
          heard.push(data);
          if (greets && data.type === 'backflow:hello') frame.contentWindow?.postMessage({ type: 'backflow:hello' }, '*');
        });
        for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value);
        document.getElementById('here')?.append(frame);
      },
      /** @type {const} */ ([attributes, answers]),
    );
    const talk = new Talk(page);
    await talk.until('backflow:ready');
    const frame = page.frames().find((one) => one !== page.mainFrame());
    assert.ok(frame);
    await act(page, frame, talk);
    opened.assertClean();
  } finally {
    await opened.close();
  }
}

/** What page and frame say to each other. */
class Talk {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Everything that was heard. @returns {Promise<any[]>} */
  heard() {
    return this.page.evaluate(() => /** @type {any} */ (window).heard);
  }

  /** How many messages were waited for or passed over. */
  at = 0;

  /** Waits for a message behind the last that was waited for. @param {string} type @param {(message: any) => boolean} [like] @returns {Promise<any>} */
  async until(type, like = () => true) {
    const start = Date.now();
    for (;;) {
      const heard = await this.heard();
      const found = heard.findIndex((message, place) => place >= this.at && message.type === type && like(message));
      if (found >= 0) {
        this.at = found + 1;
        return heard[found];
      }
      if (Date.now() - start > PATIENCE_MS) throw new Error(`no ${type} in ${JSON.stringify(await this.heard())}`);
      await this.page.waitForTimeout(25);
    }
  }

  /** @param {any} message */
  say(message) {
    return this.page.evaluate((data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'), message);
  }

  /** Asks, and waits for the answer. @param {any} question */
  async ask(question) {
    const id = `q${Math.random()}`;
    await this.say({ ...question, id });
    return this.until('backflow:reply', (message) => message.id === id);
  }
}

/** What the figure in the frame shows. @param {Frame | Page} frame */
const scenario = (frame) => frame.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario);

/** A number as the figure writes it. @param {Frame | Page} frame @param {string} name */
const number = (frame, name) => frame.locator(`[data-number="${name}"]`).first().textContent();

const LANDSCAPE = 'figure=landscape&preset=house&m=4';

for (const [manner, attributes] of Object.entries({
  'with nothing but a source, a width, a height and a title': { width: '600', height: '500', title: 'The landscape' },
  'in a sandbox that allows scripts and nothing else': { sandbox: 'allow-scripts' },
})) {
  test(`it works under a strict policy ${manner}`, () =>
    embed({ src: `embed.html?${LANDSCAPE}`, ...attributes }, async (page, frame, talk) => {
      assert.equal(await scenario(frame), 'preset=house&m=4');
      const { reading } = await talk.ask({ type: 'backflow:get' });
      assert.deepEqual(reading, read(new Lab('preset=house&m=4')));
      await frame.locator('[data-plane="m"]').focus();
      await page.keyboard.press('ArrowRight');
      const { state } = await talk.until('backflow:state', (message) => message.state.scenario !== 'preset=house&m=4');
      assert.equal(await scenario(frame), state.scenario);
      if ('sandbox' in attributes) {
        const denied = await frame.evaluate(() => {
          const tried = [() => localStorage.length, () => sessionStorage.length, () => document.cookie, () => indexedDB.open('x')];
          return tried.map((act) => {
            try {
              act();
              return false;
            } catch {
              return true;
            }
          });
        });
        assert.deepEqual(denied, [true, true, true, true], 'the browser keeps all storage from it');
        assert.equal(await frame.evaluate(() => origin), 'null');
      }
    }));
}

test('it asks nobody for anything once its file is there, and stores nothing', () =>
  embed({ src: `embed.html?${LANDSCAPE}` }, async (page, frame) => {
    const asked = await frame.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !/^(blob|data):/.test(name)));
    assert.deepEqual(asked, []);
    assert.deepEqual(await frame.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
  }));

test('each figure is in one of the two files, and the small one leads to the other', async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  for (const figure of ['shower', 'chain', 'passes', 'landscape', 'curves', 'history', 'race', 'ruler', 'shrink', 'two-paths', 'error', 'split', 'three-reasons', 'hold', 'rates', 'plumber', 'memory', 'starts', 'fade', 'small-network', 'lab', 'city']) {
    await page.goto(`${server.origin}/embed.html?figure=${figure}${figure === 'city' ? '&city=16,32,16' : ''}`);
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    const small = ['shower', 'chain', 'passes', 'landscape', 'curves', 'history', 'race'].includes(figure);
    assert.equal(new URL(page.url()).pathname, small ? '/embed.html' : '/embed-all.html', figure);
    assert.equal(await page.locator('[role="alert"]:not(:empty)').count(), 0, figure);
  }
  assert.deepEqual(errors, []);
  await page.close();
});

test('workers, of errands and of a city, work from the one file too', async () => {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  await page.goto(pathToFileURL(path.join(DIST, 'embed-all.html')).href + '?figure=city&city=16,32,16');
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
  assert.equal(page.workers().length, 1);
  await page.goto('about:blank');
  await page.goto(pathToFileURL(path.join(DIST, 'embed-all.html')).href + '?figure=landscape&m=4');
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
  const csv = await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).exportData('csv'));
  assert.ok(csv.includes('step,m,h,'), csv.slice(0, 80));
  await page.close();
});

test('a file on disk works, with the network cut off; what one does stands in its address', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'backflow-frame-'));
  try {
    copyFileSync(path.join(DIST, 'embed.html'), path.join(folder, 'frame.html'));
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => errors.push(message.text()));
    await page.goto(`${pathToFileURL(path.join(folder, 'frame.html')).href}?figure=shower&m=4`);
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    await page.locator('[data-dial="m"]').focus();
    await page.keyboard.press('ArrowRight');
    const shown = await scenario(page);
    assert.notEqual(shown, 'm=4');
    assert.equal(new URL(page.url()).hash, `#${shown}`);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    assert.equal(await scenario(page), shown, 'what the learner did comes before the set-up');
    assert.deepEqual(errors, []);
    await context.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a frame writes nothing into its address', () =>
  embed({ src: 'embed.html?figure=shower' }, async (page, frame) => {
    await frame.locator('[data-dial="m"]').focus();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await scenario(frame), '');
    assert.equal(new URL(frame.url()).hash, '');
  }));

test('hello is said three times where nobody answers, and once where somebody does', async () => {
  const hellos = async (/** @type {boolean} */ answers) => {
    let count = 0;
    await embed({ src: 'embed.html?figure=shower' }, async (page, _, talk) => {
      await page.waitForTimeout(1300);
      count = (await talk.heard()).filter(({ type }) => type === 'backflow:hello').length;
    }, { answers });
    return count;
  };
  assert.equal(await hellos(false), 3);
  assert.equal(await hellos(true), 1);
});

test('the page sets, asks, configures, plays, pauses, resets and takes away', () =>
  embed({ src: `embed.html?${LANDSCAPE}` }, async (page, frame, talk) => {
    await talk.say({ type: 'backflow:set', state: { scenario: 'preset=product&m=2&steps=30' } });
    await talk.until('backflow:state', ({ state }) => state.scenario === 'm=2&steps=30');
    const { value, text } = await talk.ask({ type: 'backflow:get' });
    const reading = read(new Lab('m=2&steps=30'));
    assert.deepEqual(value, { m: reading.m, h: reading.h });
    assert.ok(text.length > 0);
    await talk.say({ type: 'backflow:reset' });
    await talk.until('backflow:state', ({ state }) => state.scenario === 'm=2');
    await talk.say({ type: 'backflow:play' });
    await page.waitForTimeout(200);
    await talk.say({ type: 'backflow:pause' });
    await talk.until('backflow:state', ({ state }) => /steps=\d/.test(state.scenario) && state.scenario !== 'm=2&steps=30');
    await talk.say({ type: 'backflow:config', attributes: { readonly: true, theme: 'dark', label: '<b>x</b>', prompt: null } });
    assert.equal((await talk.ask({ type: 'backflow:get' })).error, undefined);
    const given = await frame.evaluate(() => ['readonly', 'theme', 'label', 'prompt'].map((name) => document.querySelector('backflow-figure')?.getAttribute(name)));
    assert.deepEqual(given, ['', 'dark', '<b>x</b>', null]);
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark');
    const refused = await talk.ask({ type: 'backflow:export', format: 'png', scale: 99 });
    assert.match(refused.error, /scale=99/);
  }));

test('a picture and a table are handed to the page', () =>
  embed({ src: `embed-all.html?${LANDSCAPE}` }, async (page, _, talk) => {
    const { data } = await talk.ask({ type: 'backflow:export', format: 'csv' });
    assert.match(data, /step,m,h,x,y,E/);
    await talk.ask({ type: 'backflow:export', format: 'svg' });
    const svg = await page.evaluate(() => /** @type {any} */ (window).heard.at(-1).data.text());
    assert.match(svg, /^<svg/);
  }));

test('a small frame refuses what it has not inside, in a sentence, and goes on', () =>
  embed({ src: `embed.html?${LANDSCAPE}` }, async (_, frame, talk) => {
    for (const attributes of [{ figure: 'city' }, { challenge: true }, { figure: null }]) {
      await talk.say({ type: 'backflow:config', attributes });
      const { complaints } = await talk.until('backflow:error');
      assert.match(complaints[0], /^figure=.*: one of shower, .*landscape is used\.$/);
    }
    const { error } = await talk.ask({ type: 'backflow:export', format: 'csv' });
    assert.match(error, /embed-all\.html/);
    await talk.say({ type: 'backflow:config', attributes: { figure: 'shower' } });
    await frame.locator('.shows-shower').waitFor();
    assert.equal(await scenario(frame), 'preset=house&m=4');
  }));

test('what is no message is dropped, and so is what comes from elsewhere', () =>
  embed({ src: `embed.html?${LANDSCAPE}` }, async (page, frame, talk) => {
    for (const junk of [null, 1, 'backflow:reset', [], {}, { type: 1 }, { type: 'backflow:set' }, { type: 'backflow:set', state: null }, { type: 'backflow:set', state: { scenario: 5 } }, { type: 'backflow:config', attributes: { onclick: 'alert(1)' } }, { type: 'backflow:get' }, { type: 'toString' }]) {
      await talk.say(junk);
    }
    // The frame's own window is not the page round it.
    await frame.evaluate(() => window.postMessage({ type: 'backflow:set', state: { scenario: 'm=9' } }, '*'));
    await talk.ask({ type: 'backflow:get' });
    assert.equal(await scenario(frame), 'preset=house&m=4');
    assert.equal(await frame.evaluate(() => document.querySelector('backflow-figure')?.hasAttribute('onclick')), false);
  }));

test('where an origin is named, only that is spoken with', async () => {
  await embed({ src: `embed.html?${LANDSCAPE}&origin=${encodeURIComponent(server.origin)}` }, async (_, frame, talk) => {
    await talk.say({ type: 'backflow:set', state: { scenario: 'm=2' } });
    await talk.until('backflow:state', ({ state }) => state.scenario === 'm=2');
    assert.equal(await scenario(frame), 'm=2');
  });
});

for (const given of ['https://example.org', 'javascript:1', 'example']) test(`a frame with origin=${given} speaks with no page of another`, async () => {
  const opened = await openPage(browser, `${server.origin}/framed.html`);
  const { page } = opened;
  await page.evaluate((origin) => {
    const heard = /** @type {any[]} */ ([]);
    Object.assign(window, { heard });
    addEventListener('message', ({ data }) => heard.push(data));
    const frame = document.createElement('iframe');
    frame.src = `embed.html?figure=shower&origin=${origin}`;
    document.getElementById('here')?.append(frame);
  }, given);
  const frame = () => page.frames().find((one) => one !== page.mainFrame());
  await page.waitForFunction(() => document.querySelector('iframe')?.contentDocument?.documentElement?.dataset.ready !== undefined);
  await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'backflow:set', state: { scenario: 'm=2' } }, '*'));
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), []);
  assert.equal(await scenario(/** @type {Frame} */ (frame())), '');
  const said = (await frame()?.locator('main').innerText()) ?? '';
  assert.equal(said.includes(`origin=${given}`), !given.startsWith('https'), said);
  await opened.close();
});

test('states are told at most ten times a second while a hand turns, and at the end', () =>
  embed({ src: 'embed.html?figure=shower', width: '800', height: '500' }, async (page, frame, talk) => {
    const dial = await frame.locator('[data-handle="m"]').boundingBox();
    assert.ok(dial);
    const [x, y] = [dial.x + dial.width / 2, dial.y + dial.height / 2];
    const before = (await talk.heard()).length;
    const start = Date.now();
    await page.mouse.move(x + 20, y);
    await page.mouse.down();
    for (let at = 0; at < 60; at += 1) await page.mouse.move(x + 25 * Math.cos(at / 20), y + 25 * Math.sin(at / 20));
    const took = Date.now() - start;
    await page.mouse.up();
    await page.waitForTimeout(200);
    const told = (await talk.heard()).slice(before).filter(({ type }) => type === 'backflow:state');
    assert.ok(told.length >= 2, `${told.length} states`);
    assert.ok(told.length <= took / 100 + 3, `${told.length} states in ${took} ms`);
    assert.equal(told.at(-1).state.scenario, await scenario(frame));
  }));

for (const resize of ['on', 'lti']) {
  test(`resize=${resize}: the height follows what is in the frame, and comes to rest`, () =>
    embed({ src: `embed-all.html?figure=passes&resize=${resize}`, width: '700', height: '150' }, async (page, frame, talk) => {
      // The page does as it is told.
      await page.evaluate(() => {
        const frame = document.querySelector('iframe');
        addEventListener('message', ({ data }) => data.type === 'backflow:resize' && frame?.setAttribute('height', String(data.height)));
      });
      for (const width of ['700', '360', '800']) {
        await page.evaluate((value) => document.querySelector('iframe')?.setAttribute('width', value), width);
        await page.waitForTimeout(700);
        const count = (await talk.heard()).length;
        await page.waitForTimeout(400);
        const heard = await talk.heard();
        assert.equal(heard.length, count, 'nothing more is told');
        const heights = heard.filter(({ type }) => type === 'backflow:resize').map(({ height }) => height);
        const inside = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
        assert.equal(heights.at(-1), inside);
        assert.ok(inside > 250, `${inside} px at ${width}`);
        const twins = heard.filter(({ subject }) => subject === 'lti.frameResize').map(({ height }) => height);
        assert.deepEqual(twins, resize === 'lti' ? heights : []);
      }
    }));
}

test('no focus is taken; Tab goes in, through and out; Escape tells the page', () =>
  embed({ src: 'embed.html?figure=shower', width: '800', height: '400' }, async (page, frame, talk) => {
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'BODY');
    await page.locator('a[href="#before"]').focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
    await page.keyboard.press('Escape');
    await talk.until('backflow:focus-escape');
    let stops = 0;
    while ((await page.evaluate(() => document.activeElement?.tagName)) === 'IFRAME') {
      assert.ok((stops += 1) < 60, 'the way through ends');
      await page.keyboard.press('Tab');
    }
    assert.ok(stops >= 3, `${stops} stops`);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#after');
  }));

test('the wheel over a frame scrolls the page round it', () =>
  embed({ src: 'embed.html?figure=landscape', width: '800', height: '900' }, async (page) => {
    await page.mouse.move(300, 400);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() => scrollY > 50);
  }));

test('what is wrong in the query is said as text, and the rest applies', () =>
  embed({ src: `embed.html?figure=shower&resize=<b>&m=4&h=<i>&prompt=${encodeURIComponent('<img src=x onerror=alert(1)>')}` }, async (_, frame) => {
    await frame.locator('main > .complaints li').first().waitFor();
    const said = await frame.evaluate(() => {
      const figure = document.querySelector('backflow-figure');
      return [document.querySelector('main > .complaints')?.textContent, figure?.shadowRoot?.querySelector('.complaints')?.textContent];
    });
    assert.match(String(said[0]), /resize=<b>/);
    assert.match(String(said[1]), /h=<i>/);
    assert.equal(await frame.locator('img, [onerror], .complaints :is(b, i)').count(), 0);
    assert.equal(await scenario(frame), 'm=4');
  }));

test('a lesson goes through its states, and keeps what was done in each', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'backflow-lesson-'));
  try {
    const lesson = {
      version: 1,
      title: 'Two <showers>',
      locale: 'es',
      states: [
        { figure: 'shower', scenario: 'm=4', prompt: 'One' },
        { figure: 'chain', scenario: 'preset=house', prompt: 'Two', readonly: '' },
      ],
    };
    const json = JSON.stringify(lesson).replaceAll('<', '\\u003c');
    const page = readFileSync(path.join(DIST, 'embed.html'), 'utf8');
    const file = path.join(folder, 'lesson.html');
    writeFileSync(file, page.replace(/(<script type="application\/json" id="lesson">).*?(<\/script>)/s, (_, open, close) => open + json + close));
    const opened = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    opened.on('pageerror', ({ message }) => errors.push(message));
    opened.on('console', (message) => errors.push(message.text()));
    await opened.goto(pathToFileURL(file).href);
    await opened.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
    assert.equal(await opened.locator('h1').textContent(), 'Two <showers>');
    assert.equal(await scenario(opened), 'm=4');
    assert.equal(await opened.evaluate(() => document.documentElement.lang), 'es');
    await opened.locator('[data-dial="m"]').focus();
    await opened.keyboard.press('ArrowRight');
    const left = await scenario(opened);
    const [back, on] = [opened.locator('nav button').first(), opened.locator('nav button').last()];
    await on.click();
    assert.equal(await scenario(opened), 'preset=house');
    await opened.waitForFunction(() => document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.shows-chain') !== null);
    assert.equal(await opened.locator('nav span').textContent(), '2 / 2');
    await back.click();
    assert.equal(await scenario(opened), left);
    assert.deepEqual(errors, []);
    // The page gives its own text away, to be saved with other states.
    const text = await opened.evaluate(() => /** @type {any} */ (globalThis).backflowPage());
    assert.equal(text.length > 500_000 && text.includes('id="lesson"') && text.includes('<main></main>'), true);
    await opened.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the number that a valve gives is the engine\'s', () =>
  embed({ src: 'embed.html?figure=shower&m=4&locale=en' }, async (_, frame) => {
    assert.equal(await number(frame, 'y'), `y ${read(new Lab('m=4')).y.toFixed(2)}`);
  }));
