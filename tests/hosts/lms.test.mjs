// A lesson in an LMS: of a teacher's HTML only a bare iframe comes through, and the page round it may run nothing.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { browser, frame, framed, host, ready, ROOT, served, turnByKeys, turnByMouse, visit } from './support.mjs';

const POLICY = "default-src 'none'; frame-src 'self'; style-src 'self'";
const BARE = '<iframe src="embed.html?figure=chain&amp;preset=house&amp;m=4" width="760" height="900" title="A shower with two valves"></iframe>';

/** @type {import('playwright-core').Browser} */
let chromium;
/** @type {Awaited<ReturnType<typeof served>>} */
let server;
let lesson = '';

before(async () => {
  const folder = await host('lms', { 'embed.html': frame('embed.html') });
  chromium = await browser();
  const page = await chromium.newPage();
  // The module has the one export, and the page needs no server for it.
  const code = (await readFile(path.join(ROOT, 'examples/hosts/lms/sanitise.js'), 'utf8')).replace('export function', 'function');
  lesson = await page.evaluate(
    ([code, html]) => Function('html', `${code}\nreturn sanitise(html);`)(html),
    [code, await readFile(path.join(folder, 'lesson.html'), 'utf8')],
  );
  await page.close();
  const around = await readFile(path.join(folder, 'page.html'), 'utf8');
  const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFile(path.join(folder, name), around.replace('{lesson}', () => text));
  await write('index.html', lesson);
  await write('sandbox.html', lesson.replace('<iframe ', '<iframe sandbox="allow-scripts" '));
  server = await served(folder, POLICY);
});

test('of a lesson the bare frame and its text come through, and nothing else', () => {
  assert.equal(lesson.split('\n').filter((line) => line.includes('<iframe')).join('\n'), BARE);
  assert.equal(lesson.replaceAll(/\s+/g, ' ').trim(), `<h2>Two valves, one shower</h2> <p>Turn the valves until the water is right. <b>Which one helps more?</b></p> ${BARE}`);
});

for (const [name, address, origin] of [
  ['as it came through', '', 'the page’s'],
  ['in a sandbox that allows scripts', 'sandbox.html', 'null'],
]) {
  test(`the frame works ${name}`, () =>
    visit(chromium, `${server.origin}/${address}`, async (page) => {
      const inside = await framed(page);
      await ready(inside);
      const where = await inside.evaluate(() => {
        const tried = (/** @type {() => unknown} */ act) => {
          try {
            act();
            return true;
          } catch {
            return false;
          }
        };
        return { origin: self.origin, stores: tried(() => localStorage.length), cookies: tried(() => document.cookie) };
      });
      const opaque = origin === 'null';
      assert.deepEqual(where, { origin: opaque ? 'null' : server.origin, stores: !opaque, cookies: !opaque });
      await turnByMouse(page, inside);
      await turnByKeys(inside);
      assert.equal(await page.title(), 'A lesson');
      assert.equal(await page.locator('iframe').getAttribute('src'), 'embed.html?figure=chain&preset=house&m=4', 'the frame leaves the page round it alone');
    }));
}

test('the page round the frame may run nothing', async () => {
  const page = await chromium.newPage();
  await page.goto(`${server.origin}/`);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "a script has run"';
    document.body.append(script);
  });
  assert.equal(await page.title(), 'A lesson');
  await page.close();
});
