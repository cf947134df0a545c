// A million random strings and objects: as queries, as messages, as scenarios, as attributes. Nothing throws, nothing
// becomes markup, no number is none, and what is wrong is said as text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launch } from './support/browser.mjs';
import { serve } from './support/server.mjs';

/** How many of each go through the page's own code; and how many through a figure and a frame, which draw. */
const [MANY, SOME] = [500_000, 2_500];
const MINUTE_MS = 60_000;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** What makes random things; it runs in the page. A seed gives the same ones each time. */
function chance(/** @type {number} */ seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (/** @type {number} */ most) => Math.floor(next() * most);
  const one = (/** @type {any[]} */ list) => list[below(list.length)];
  const signs = ['&', '=', '%', '%2', '%26', '%zz', '+', '#', '?', ';', ',', '.', '-', '<', '>', '"', "'", '`', '\\', '\0', '\n', '\u202e', '\ud800', '💧', 'é', ' ', '1e999', 'NaN', '-0', '0x10', '١', '9'.repeat(30)];
  const names = ['figure', 'scenario', 'controls', 'locked', 'locale', 'theme', 'motion', 'label', 'readonly', 'no-links', 'challenge', 'parts', 'large', 'prompt', 'resize', 'origin', 'preset', 'm', 'h', 'pressure', 'target', 'error', 'optimizer', 'rate', 'steps', 'until', 'turns', 'rival', 'units', 'city', 'seed', '__proto__', 'constructor', 'toString', 'onclick', 'style', 'id', 'type', 'state'];
  const values = ['shower', 'landscape', 'lab', 'on', 'lti', 'house', 'product', 'squared', 'adam', 'dark', 'es', '3', '-1', '1e308', '1e-308', 'Infinity', '12,rate,0.1', '4:5,6:5', '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'javascript:alert(1)', 'https://example.org', 'data:text/html,x', ''];
  const types = ['hello', 'set', 'get', 'config', 'play', 'pause', 'reset', 'export', 'ready', 'state', 'resize', 'toString', ''].map((name) => `backflow:${name}`);
  const word = () => Array.from({ length: below(6) }, () => (next() < 0.5 ? one(signs) : one([...names, ...values]))).join('');
  const pair = () => `${next() < 0.8 ? one(names) : word()}=${next() < 0.6 ? one(values) : word()}`;
  /** @returns {string} */
  const string = () => (next() < 0.3 ? word() : Array.from({ length: below(6) }, pair).join('&'));
  /** @param {number} depth @returns {any} */
  const thing = (depth) => {
    const kind = below(depth > 3 ? 8 : 11);
    if (kind < 3) return string();
    if (kind < 8) return one([null, undefined, true, false, 0, -0, NaN, Infinity, 1e308, 7, 12n, new Date(0), /x/, new Map(), new ArrayBuffer(2)]);
    if (kind < 9) return Array.from({ length: below(4) }, () => thing(depth + 1));
    return object(depth + 1);
  };
  /** @param {number} depth @returns {any} */
  const object = (depth) => Object.fromEntries(Array.from({ length: below(5) }, () => [one(names), thing(depth)]));
  const message = () => {
    const fields = { type: next() < 0.9 ? one(types) : thing(0), id: thing(2), state: next() < 0.5 ? { scenario: next() < 0.7 ? string() : thing(2) } : thing(1), attributes: object(1), format: next() < 0.3 ? one(['csv', 'json']) : thing(2), part: thing(2), scale: thing(2) };
    return next() < 0.1 ? thing(0) : Object.fromEntries(Object.entries(fields).filter(([name]) => name === 'type' || next() < 0.6));
  };
  return { string, message, thing, one, names };
}

/** The page's code of frames, as a script. */
async function code() {
  const folder = fileURLToPath(new URL('../../www/js/', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: 'export { asked, ATTRIBUTES } from "./frame-query.js"; export { understood } from "./messages.js"; export { read } from "./lesson.js";', resolveDir: folder },
    bundle: true,
    format: 'iife',
    globalName: 'frames',
    logOverride: { 'empty-import-meta': 'silent' },
    write: false,
  });
  return outputFiles[0].text;
}

test('a million queries and messages are read, and none makes more of itself than it may', { timeout: 3 * MINUTE_MS }, async () => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await code() });
  const counts = await page.evaluate(
    ([source, many]) => {
      const { string, message } = Function(`return (${source})(20261128)`)();
      const { asked, understood, ATTRIBUTES } = Function('return frames')();
      const found = { complaints: 0, attributes: 0, messages: 0 };
      for (let at = 0; at < Number(many); at += 1) {
        const query = string();
        const { attributes, scenario, resize, origin, complaints } = asked(query);
        for (const [name, value] of attributes) if (!ATTRIBUTES.includes(name) || typeof value !== 'string') throw new Error(`${query}: ${name}`);
        if (typeof scenario !== 'string' || !['off', 'on', 'lti'].includes(resize)) throw new Error(query);
        if (origin !== '*' && origin !== undefined && !/^https?:\/\/[^/]+$/.test(origin)) throw new Error(`${query}: ${origin}`);
        for (const { key, given } of complaints) if (typeof key !== 'string' || typeof given !== 'string') throw new Error(query);
        found.complaints += complaints.length;
        found.attributes += attributes.size;
        const given = message();
        const heard = understood(given);
        if (heard === undefined) continue;
        found.messages += 1;
        if (heard.type !== given.type) throw new Error(JSON.stringify(given));
        if (heard.state && typeof heard.state.scenario !== 'string') throw new Error(JSON.stringify(given.state));
        for (const name of Object.keys(heard.attributes ?? {})) if (!ATTRIBUTES.includes(name)) throw new Error(name);
      }
      return found;
    },
    /** @type {const} */ ([chance.toString(), MANY]),
  );
  // The random things are not so random that none is a message, and not so tame that none is refused.
  assert.ok(counts.complaints > MANY / 100 && counts.attributes > MANY / 10, JSON.stringify(counts));
  assert.ok(counts.messages > MANY / 100 && counts.messages < MANY / 2, JSON.stringify(counts));
  await page.close();
});

/** What must not be found in any text, and no element that no figure makes. @param {import('playwright-core').Page | import('playwright-core').Frame} page */
const assertSound = async (page) => {
  const found = await page.evaluate(() => {
    /** @type {string[]} */
    const wrong = [];
    const look = (/** @type {ParentNode} */ root) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches('img, iframe, object, embed, :not(body, head, html) > script:not(#lesson)') && element.parentElement?.localName !== 'body') wrong.push(element.outerHTML.slice(0, 100));
        if ([...element.attributes].some(({ name }) => name.startsWith('on'))) wrong.push(element.outerHTML.slice(0, 100));
        if (element.shadowRoot) look(element.shadowRoot);
      }
      // What was given is said again in complaints, in the question and in names, and may be anything.
      const numbers = [...root.querySelectorAll('[data-number], [data-tag], [aria-valuetext]')].map((element) => `${element.textContent} ${element.getAttribute('aria-valuetext') ?? ''}`);
      wrong.push(...numbers.filter((text) => /NaN|Infinity|undefined|null|∞/.test(text)));
    };
    look(document);
    return wrong;
  });
  assert.deepEqual(found, []);
};

test('thousands of scenarios and attributes are given to a figure', { timeout: 3 * MINUTE_MS }, async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.goto(`${server.origin}/embed.html?figure=chain`);
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
  for (let turn = 0; turn < 10; turn += 1) {
    const said = await page.evaluate(
      async ([source, seed, some]) => {
        const { string, thing, one } = Function(`return (${source})(${seed})`)();
        const figure = /** @type {any} */ (document.querySelector('backflow-figure'));
        let complaints = 0;
        const hear = (/** @type {any} */ { detail }) => (complaints += detail.complaints?.length ?? 0);
        figure.addEventListener('backflow-error', hear);
        for (let at = 0; at < Number(some); at += 1) {
          figure.setState(at % 3 === 0 ? thing(0) : { scenario: string() }, at % 2 === 0 ? undefined : { undoable: true });
          if (at % 7 === 0) figure.value = thing(0);
          if (at % 5 === 0) figure.setAttribute(one(['theme', 'controls', 'locked', 'prompt', 'parts', 'large', 'readonly']), string());
          if (at % 11 === 0) figure.step(thing(3));
          if (at % 50 === 0) await new Promise((done) => requestAnimationFrame(() => done(undefined)));
        }
        figure.removeEventListener('backflow-error', hear);
        return complaints;
      },
      /** @type {const} */ ([chance.toString(), turn + 1, SOME / 10]),
    );
    assert.ok(said > SOME / 50, `${said} complaints`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await assertSound(page);
  }
  assert.deepEqual(errors, []);
  await page.close();
});

test('thousands of messages are sent to a frame, and a hundred queries are opened', { timeout: 3 * MINUTE_MS }, async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.goto(`${server.origin}/icon.svg`);
  await page.goto(`${server.origin}/embed.html?figure=shower`);
  // The frame is its own page's child here: a page of the same origin round it.
  const outer = await browser.newPage();
  outer.on('pageerror', ({ message }) => errors.push(message));
  await outer.route('**/round.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><iframe src="embed.html?figure=shower" width="600" height="400"></iframe>' }));
  await outer.goto(`${server.origin}/round.html`);
  await outer.waitForFunction(() => document.querySelector('iframe')?.contentDocument?.documentElement.dataset.ready !== undefined);
  await outer.evaluate(
    async ([source, some]) => {
      const { message } = Function(`return (${source})(7)`)();
      const inside = document.querySelector('iframe')?.contentWindow;
      for (let at = 0; at < Number(some); at += 1) {
        inside?.postMessage(message(), '*');
        if (at % 50 === 0) await new Promise((done) => setTimeout(done));
      }
    },
    /** @type {const} */ ([chance.toString(), SOME]),
  );
  await outer.waitForTimeout(500);
  const alive = await outer.evaluate(
    () =>
      new Promise((done) => {
        addEventListener('message', ({ data }) => data.type === 'backflow:reply' && data.id === 'last' && done(data.error ?? 'fine'));
        document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'backflow:get', id: 'last' }, '*');
      }),
  );
  assert.equal(alive, 'fine');
  await assertSound(outer.frames()[1]);
  await outer.close();
  const queries = await page.evaluate(([source]) => {
    const { string } = Function(`return (${source})(99)`)();
    return Array.from({ length: 100 }, () => string().replaceAll('#', '').replace(/[\ud800-\udfff]/g, ''));
  }, [chance.toString()]);
  for (const query of queries) {
    await page.goto(`${server.origin}/embed.html?figure=shower&${query}`);
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined || document.querySelector('backflow-figure')?.shadowRoot?.querySelector('[role="alert"] li') !== null);
    await assertSound(page);
  }
  assert.deepEqual(errors, []);
  await page.close();
});
