// The browser of the tests, and a page that remembers everything it should not have done.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium. `cargo xtask test` sets CHROME.
 * @param {import('playwright-core').LaunchOptions} [options]
 */
export async function launch(options = {}) {
  const executablePath = process.env.CHROME;
  if (!executablePath) {
    throw new Error('CHROME must name a Chromium; `cargo xtask test` finds one and sets it');
  }
  // Playwright lifts the limit on how often a page may change its address; people's browsers have it.
  const ignoreDefaultArgs = ['--disable-ipc-flooding-protection'];
  return chromium.launch({ executablePath, ignoreDefaultArgs, ...options, args: [...ARGS, ...(options.args ?? [])] });
}

/**
 * Opens an address in a fresh context.
 *
 * `problems` holds, as sentences and in order, every console message of any type, every uncaught
 * error, every report of the content security policy, every request to another origin and every
 * request that failed; `assertClean` fails if there is one.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {import('playwright-core').BrowserContextOptions & {
 *   prepare?: (page: import('playwright-core').Page) => Promise<unknown> | unknown,
 *   waitUntil?: 'load' | 'domcontentloaded' | 'networkidle' | 'commit',
 * }} [options] prepare: called before the first navigation; the rest goes to the context
 */
export async function openPage(browser, url, { prepare, waitUntil = 'load', ...contextOptions } = {}) {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const { origin } = new URL(url);
  /** @type {string[]} */
  const problems = [];
  page.on('console', (message) => {
    const { url: source, lineNumber } = message.location();
    problems.push(`console.${message.type()}: ${message.text()} (${source}:${lineNumber + 1})`);
  });
  page.on('pageerror', (error) => problems.push(`page error: ${error.stack ?? error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
  context.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:', 'about:'].includes(target.protocol) && target.origin !== origin) {
      problems.push(`request to another origin: ${request.method()} ${request.url()}`);
    }
  });
  page.on('websocket', (socket) => problems.push(`web socket: ${socket.url()}`));
  context.on('requestfailed', (request) => {
    // A page that navigates or closes gives up its own requests; that is no failure.
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()}: ${reason}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  await context.exposeFunction('__reportViolation', (/** @type {string} */ text) => {
    problems.push(`policy violation: ${text}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const where = `${event.sourceFile}:${event.lineNumber}`;
      const report = /** @type {any} */ (window).__reportViolation;
      report(`${event.effectiveDirective} refused ${event.blockedURI} at ${where}`);
    });
  });
  await prepare?.(page);
  await page.goto(url, { waitUntil });
  return {
    page,
    context,
    problems,
    assertClean: () => assert.deepEqual(problems, [], `the page at ${url} was not clean:\n${problems.join('\n')}`),
    close: () => context.close(),
  };
}
