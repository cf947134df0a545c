// The panel that shares a figure: what is copied opens again as it was, and nothing leaves the page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { lessonFile } from '../../www/js/lesson-file.js';
import { element, frame, link, usable } from '../../www/js/share-texts.js';
import { findings } from './support/axe.mjs';
import { drawn, scenario, station } from './support/figure.mjs';
import { site } from './support/host.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/** A question with all that markup lives on. */
const TRICKY = `"Why" <b>h</b> & 'm' </script> &amp; +1`;

/** Opens the panel of the page's figure. @param {Page} page */
async function open(page) {
  await page.locator('[data-act="share"]').first().click();
  await page.locator('.sharer').waitFor();
  await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.preview > *')).ready);
  await drawn(page);
}

/** @param {Page} page @param {string} name */
const result = (page, name) => page.locator(`[data-result="${name}"]`).inputValue();

/** What the preview has. @param {Page} page @returns {Promise<Record<string, string>>} */
const previewed = (page) =>
  page.evaluate(() => {
    const figure = /** @type {Element} */ (document.querySelector('backflow-figure')?.shadowRoot?.querySelector('.preview > *'));
    return Object.fromEntries(figure.getAttributeNames().map((name) => [name, figure.getAttribute(name) ?? '']));
  });

/** The attributes in an address: its own, and the scenario's keys as they stand. @param {string} address */
function parsed(address) {
  const { search, searchParams } = new URL(address);
  const names = ['figure', 'controls', 'locked', 'locale', 'theme', 'motion', 'label', 'readonly', 'challenge', 'parts', 'large', 'prompt'];
  const own = Object.fromEntries([...searchParams].filter(([name]) => names.includes(name)));
  const rest = search.slice(1).split('&').filter((pair) => !names.includes(pair.split('=')[0])).join('&');
  return { ...own, ...(rest && { scenario: rest }) };
}

test('link, frame, element and preview are the figure as it is set up, whatever the question holds', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    const here = new URL(page.url()).origin;
    await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).step(3));
    await open(page);
    await page.locator('[data-share="prompt"]').fill(TRICKY);
    await page.locator('.sharer summary').first().click();
    await page.locator('[data-share="shown"][data-name="race"]').uncheck();
    await page.locator('[data-share="locked"][data-name="rate"]').check();
    await page.locator('[data-share="locale"]').selectOption('es');
    const { 'no-links': none, ...shown } = await previewed(page);
    assert.equal(none, '');
    assert.equal(shown.prompt, TRICKY);
    assert.equal(shown.locked, 'rate');
    assert.equal(shown.locale, 'es');
    assert.equal(shown.scenario, 'preset=house&m=4&steps=3');
    assert.ok(!shown.controls.split(' ').includes('race') && shown.controls.split(' ').includes('share'));
    assert.deepEqual(parsed(await result(page, 'link')), shown);
    const texts = { frame: await result(page, 'frame'), element: await result(page, 'element') };
    const back = await page.evaluate(({ frame, element }) => {
      const [one, other] = [frame, element].map((text) => new DOMParser().parseFromString(text, 'text/html'));
      const figure = /** @type {Element} */ (other.querySelector('backflow-figure'));
      return {
        src: one.querySelector('iframe')?.getAttribute('src') ?? '',
        height: Number(one.querySelector('iframe')?.getAttribute('height')),
        attributes: Object.fromEntries(figure.getAttributeNames().map((name) => [name, figure.getAttribute(name) ?? ''])),
        module: other.querySelector('script')?.getAttribute('src'),
        all: [one, other].map(({ body, head }) => body.children.length + head.children.length),
      };
    }, texts);
    assert.deepEqual(parsed(back.src), shown);
    assert.deepEqual(back.attributes, shown);
    assert.equal(back.module, `${here}/js/backflow-figure.js`);
    assert.deepEqual(back.all, [1, 2], 'no part of the question has become markup');
    assert.ok(back.height >= 160);
    const requests = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin));
    assert.deepEqual([...new Set(requests)], [here], 'nothing is asked of anybody else');
    // The element on a page is the figure that was shared.
    await page.evaluate((attributes) => {
      const figure = document.createElement('backflow-figure');
      for (const [name, value] of Object.entries(attributes)) figure.setAttribute(name, value);
      document.querySelector('backflow-figure')?.replaceWith(figure);
      return /** @type {any} */ (figure).ready;
    }, back.attributes);
    await drawn(page);
    assert.equal(await scenario(page), 'preset=house&m=4&steps=3');
    assert.ok(await page.locator('[data-control="rate"]').isDisabled());
    assert.equal(await page.locator('.prompt').textContent(), TRICKY);
  }));

test('what it begins with: now, as set up, at the start of the house, or in another house', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    await page.evaluate(() => {
      /** @type {any} */ (document.querySelector('backflow-figure')).setState({ scenario: 'preset=house&m=6&rate=0.3&steps=2' });
    });
    await open(page);
    const begins = async () => (await previewed(page)).scenario;
    assert.equal(await begins(), 'preset=house&m=6&rate=0.3&steps=2');
    await page.locator('[data-share="start"]').selectOption('author');
    assert.equal(await begins(), 'preset=house&m=4');
    await page.locator('[data-share="start"]').selectOption('start');
    assert.equal(await begins(), 'preset=house&rate=0.3');
    await page.locator('[data-share="preset"]').selectOption('plateau');
    assert.match(await begins(), /^preset=plateau/);
  }));

test('it opens, works and closes with keys alone', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
    await page.evaluate(() => {
      const noted = /** @type {any} */ (window);
      noted.heard = 0;
      for (const name of ['backflow-state', 'backflow-ready', 'change', 'input']) document.addEventListener(name, () => (noted.heard += 1));
    });
    await page.locator('[data-act="share"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.sharer').waitFor();
    const focused = () => page.evaluate(() => document.querySelector('backflow-figure')?.shadowRoot?.activeElement?.outerHTML ?? '');
    assert.match(await focused(), /^<h2/);
    await page.keyboard.press('Tab');
    assert.match(await focused(), /data-act="close"/);
    await page.locator('.preview .parts').waitFor();
    await page.locator('[data-share="prompt"]').focus();
    await page.keyboard.type('. ?');
    assert.equal(await heard(), 0, 'what happens in the panel is not the figure’s');
    await page.keyboard.press('Escape');
    await page.locator('.sharer').waitFor({ state: 'detached' });
    assert.match(await focused(), /data-act="share"/);
  }));

for (const name of ['lab.html#m=4', 'city.html']) {
  test(`axe finds nothing in the panel of ${name}`, () =>
    place.visit({ name }, async (page) => {
      await open(page);
      await page.locator('.sharer summary').first().click();
      assert.deepEqual(await findings(page), []);
    }));
}

test('it is there unless the figure leads nowhere', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    const button = page.locator('[data-act="share"]');
    /** @param {string} name @param {string | null} value */
    const set = (name, value) =>
      page.evaluate(([name, value]) => {
        const figure = /** @type {Element} */ (document.querySelector('backflow-figure'));
        if (value === null) figure.removeAttribute(/** @type {string} */ (name));
        else figure.setAttribute(/** @type {string} */ (name), value);
      }, [name, value]);
    await button.waitFor();
    for (const [name, hides, shows] of /** @type {const} */ ([['no-links', '', null], ['controls', 'valves step', 'valves share']])) {
      await set(name, hides);
      await button.waitFor({ state: 'detached' });
      await set(name, shows);
      await button.waitFor();
    }
  }));

test('a copy goes to the clipboard; where that is refused, the text is selected and that is said', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    await page.evaluate(() => {
      const noted = /** @type {any} */ (window);
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (/** @type {string} */ text) => void (noted.copied = text) }, configurable: true });
    });
    await open(page);
    await page.locator('[data-copy="link"]').click();
    await page.locator('.sharer [role="status"]', { hasText: 'Copied: Link' }).waitFor();
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).copied), await result(page, 'link'));
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }, configurable: true }));
    await page.locator('[data-copy="frame"]').click();
    await page.locator('.sharer [role="status"]', { hasText: 'selected' }).waitFor();
    const text = await page.locator('[data-result="frame"]').evaluate((field) => {
      const { value, selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (field);
      return value.slice(selectionStart, selectionEnd);
    });
    assert.equal(text, await result(page, 'frame'));
    await page.locator('[data-share="address"]').fill('javascript:alert(1)');
    assert.equal(await result(page, 'link'), '');
    assert.match((await page.locator('#share-wrong').textContent()) ?? '', /javascript:alert\(1\)/);
  }));

test('a lesson gathers states in an order, and is saved as one file', () =>
  place.visit(
    {
      name: 'host.html',
      prepare: (page) => page.addInitScript(() => void (/** @type {any} */ (window).backflowPage = () => '<p>$&</p><script type="application/json" id="lesson"></script>')),
    },
    async (page) => {
      await open(page);
      await page.locator('[data-lesson="add"]').click();
      await page.locator('[data-share="prompt"]').fill(TRICKY);
      await page.locator('[data-lesson="add"]').click();
      await page.locator('[data-lesson="up"]').nth(1).click();
      await page.locator('[data-lesson="title"]').fill('$& <Lesson>');
      const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('[data-lesson="save"]').click()]);
      const text = await readFile((await saved.path()) ?? '', 'utf8');
      const [, json] = /id="lesson">([^<]*)<\/script>$/.exec(text) ?? [];
      const { version, title, locale, states } = JSON.parse(json);
      assert.deepEqual([version, title, locale, states.length], [1, '$& <Lesson>', 'en', 2]);
      assert.deepEqual(states[0], { figure: 'lab', scenario: 'preset=house&m=4', prompt: TRICKY });
      assert.ok(text.startsWith('<p>$&</p>'));
      await page.locator('[data-lesson="remove"]').first().click();
      await page.locator('[data-lesson="remove"]').first().click();
      assert.ok(await page.locator('[data-lesson="save"]').isDisabled());
      assert.match(await page.evaluate(() => document.querySelector('backflow-figure')?.shadowRoot?.activeElement?.outerHTML ?? ''), /data-lesson="add"/);
    },
  ));

test('the texts: addresses that may be used, and a lesson without its place is refused', async () => {
  for (const fine of ['https://example.org/embed.html', 'http://localhost:1/x/embed.html', 'embed.html', '../a/embed.html', '/embed.html']) assert.ok(usable(fine), fine);
  for (const wrong of ['', 'javascript:x', 'data:text/html,x', 'file:///x', 'embed.html?x', 'a b', '"x', 'http:', 'https://']) assert.ok(!usable(wrong), wrong);
  assert.equal(link('embed.html', { figure: 'lab', scenario: 'rival=optimizer=adam%26rate=0.1' }), 'embed-all.html?figure=lab&rival=optimizer=adam%26rate=0.1');
  assert.equal(link('x/embed.html', { figure: 'shower', scenario: 'm=4' }), 'x/embed.html?figure=shower&m=4');
  assert.equal(frame('e', { figure: 'a' }, '"<&', 5), '<iframe src="e?figure=a" title="&quot;&lt;&amp;" width="100%" height="5"></iframe>');
  assert.match(element('x/embed.html', { figure: 'a', readonly: '' }), /^<script type="module" src="\.\/x\/js\/backflow-figure\.js"><\/script>\n<backflow-figure figure="a" readonly><\/backflow-figure>$/);
  /** @type {any} */ (globalThis).backflowPage = () => '<p></p>';
  await assert.rejects(lessonFile({ title: '', locale: 'en', states: [] }), /embed\.html/);
  delete (/** @type {any} */ (globalThis).backflowPage);
});
