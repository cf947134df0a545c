// What the tests of hosts share: a copy of a host to build in, the package and the frame to put there, and the proof
// that a figure works in it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, openPage } from '../e2e/support/browser.mjs';
import { DIST, serve } from '../e2e/support/server.mjs';
import { SWEEP } from '../e2e/support/figure.mjs';
import { Lab, read, words } from '../e2e/support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** What was started or made, the last first, is ended when the tests of the file are over. @type {(() => unknown)[]} */
const ends = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The folder of the package `backflow-figure`; `cargo xtask package` makes it. */
export const PACKAGE = path.resolve(ROOT, process.env.BACKFLOW_PACKAGE ?? 'target/npm/backflow-figure');
/** The frames, by their names. */
export const frame = (/** @type {string} */ name) => path.join(DIST, name);
/** A module of an npm package. */
export const modules = (/** @type {string} */ name) => path.join(ROOT, 'node_modules', name);

/**
 * A copy of a host, in which it is built; it is gone when the tests of the file are over.
 * @param {string} name
 * @param {Record<string, string>} [more] what else lies there: places, and from where it is copied
 * @param {Record<string, string>} [links] what else is found there, and where it is
 */
export async function host(name, more = {}, links = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), `backflow-${name}-`));
  ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await cp(path.join(ROOT, 'examples', 'hosts', name), folder, { recursive: true });
  for (const [place, from] of Object.entries(more)) await cp(from, path.join(folder, place), { recursive: true });
  for (const [place, to] of Object.entries(links)) {
    await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
    await symlink(to, path.join(folder, place), 'junction');
  }
  return folder;
}

/**
 * Serves a folder; its pages have no policy where none is given.
 * @param {string} folder
 * @param {string | null} [csp]
 */
export async function served(folder, csp = null) {
  const server = await serve(folder, { csp });
  ends.push(() => server.close());
  return server;
}

/** A port that nobody listens on. @returns {Promise<number>} */
export async function port() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((done) => server.close(done));
  return address.port;
}

/**
 * Runs a host's tool to its end; what it printed is told where it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
export async function run(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listen(child);
  const code = await new Promise((done, failed) => child.once('error', failed).once('close', done));
  assert.equal(code, 0, `${program} ${args.join(' ')}\n${said.text}`);
}

/**
 * Starts a host's server, and waits until it answers; it ends with the tests of the file.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, url: string, patience?: number }} options
 */
export async function started(program, args, { cwd, env, url, patience = 60_000 }) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listen(child);
  ends.push(async () => {
    if (child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill();
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  });
  const failed = new Promise((_, reject) => child.once('error', reject));
  const end = Date.now() + patience;
  for (;;) {
    const answer = await Promise.race([fetch(url).catch(() => undefined), failed]);
    if (answer?.ok) return said;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${program} ${args.join(' ')} does not answer at ${url}\n${said.text}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function listen(child) {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said.text += part));
  return said;
}

/** A browser for the tests of a file. */
export async function browser() {
  const started = await launch();
  ends.push(() => started.close());
  return started;
}

/**
 * Opens a page of a host, lets a test act, and insists that the page was clean but for what the host is known to say.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {(page: Page, opened: Awaited<ReturnType<typeof openPage>>) => Promise<unknown>} act
 * @param {{ known?: RegExp[] } & Parameters<typeof openPage>[2]} [options] known: the host's own remarks, each as a whole
 */
export async function visit(browser, url, act, { known = [], ...options } = {}) {
  const opened = await openPage(browser, url, { viewport: { width: 1280, height: 900 }, ...options });
  try {
    await act(opened.page, opened);
    assert.deepEqual(opened.problems.filter((problem) => !known.some((own) => own.test(problem))), []);
  } finally {
    await opened.close();
  }
}

/** The frame of an `iframe` of the page. @param {Page} page @param {string} [selector] @returns {Promise<Frame>} */
export async function framed(page, selector = 'iframe') {
  const element = page.locator(selector).first();
  await element.scrollIntoViewIfNeeded();
  const found = await (await element.elementHandle())?.contentFrame();
  assert.ok(found, `there is a frame ${selector}`);
  return found;
}

/** Waits until a figure works. @param {Page | Frame} place @param {string} [selector] */
export async function ready(place, selector = 'backflow-figure') {
  await place.locator(selector).first().scrollIntoViewIfNeeded();
  await place.locator(selector).first().evaluate(async (figure) => {
    await customElements.whenDefined('backflow-figure');
    await /** @type {any} */ (figure).ready;
  });
  await settled(place);
}

/** @param {Page | Frame} place */
const settled = (place) => place.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** What a figure shows, after it was found right. @param {Page | Frame} place @param {string} [selector] */
export async function shown(place, selector = 'backflow-figure') {
  await settled(place);
  const { scenario, numbers } = await place.locator(selector).first().evaluate((figure) => ({
    scenario: String(/** @type {any} */ (figure).getState().scenario),
    numbers: [.../** @type {ShadowRoot} */ (figure.shadowRoot).querySelectorAll('[data-number]')].map((element) => [
      /** @type {HTMLElement} */ (element).dataset.number ?? '',
      element.textContent ?? '',
    ]),
  }));
  assert.ok(numbers.length >= 3, 'the figure shows its numbers');
  const truth = read(new Lab(scenario));
  for (const [name, text] of numbers) {
    // A number in the drawing stands behind its letter.
    assert.equal(text.split(' ').at(-1), words.number(truth[name]), `${name} at ${scenario}`);
  }
  return { scenario, text: numbers.map(([, text]) => text).join(' '), m: truth.m, part: truth.m_fraction };
}

/**
 * Turns the valve m by keys, with the right arrow; its numbers change and are the engine's.
 * @param {Page | Frame} place
 * @param {string} [selector] the figure
 */
export async function turnByKeys(place, selector = 'backflow-figure') {
  const before = await shown(place, selector);
  const dial = place.locator(`${selector} [data-dial="m"]`).first();
  await dial.focus();
  for (let count = 0; count < 3; count += 1) await dial.press('ArrowRight');
  const now = await shown(place, selector);
  assert.ok(now.m > before.m, `m stands at ${now.m}, after ${before.m}`);
  assert.notEqual(now.text, before.text, 'the numbers changed');
  return now;
}

/** Where something is once it has come to rest: a slide may still be on its way. @param {import('playwright-core').Locator} locator */
async function resting(locator) {
  for (let last = ''; ; ) {
    const box = await locator.boundingBox();
    assert.ok(box, 'there is a valve');
    if (JSON.stringify(box) === last) return box;
    last = JSON.stringify(box);
    await locator.page().waitForTimeout(150);
  }
}

/**
 * Turns the valve m with the mouse, to a fraction of its range; its numbers change and are the engine's.
 * @param {Page} page
 * @param {Page | Frame} place where the figure is: in the page, or in a frame of it
 * @param {string} [selector] the figure
 * @param {number} [wanted]
 */
export async function turnByMouse(page, place, selector = 'backflow-figure', wanted = 0.75) {
  const before = await shown(place, selector);
  const valve = place.locator(`${selector} [data-handle="m"]`).first();
  await valve.scrollIntoViewIfNeeded();
  const box = await resting(valve);
  const [x, y, radius] = [box.x + box.width / 2, box.y + box.height / 2, 0.4 * box.width];
  const move = (/** @type {number} */ fraction) => {
    const angle = (2 * fraction - 1) * SWEEP * (Math.PI / 180);
    return page.mouse.move(x + radius * Math.sin(angle), y - radius * Math.cos(angle));
  };
  await move(before.part);
  await page.mouse.down();
  for (let step = 1; step <= 8; step += 1) await move(before.part + ((wanted - before.part) * step) / 8);
  await page.mouse.up();
  const now = await shown(place, selector);
  assert.ok(Math.abs(now.part - wanted) < 0.04, `m was turned to ${now.m}`);
  assert.notEqual(now.text, before.text, 'the numbers changed');
  return now;
}
