// What the manifest, the types and the reference say of the element is what it is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pages } from '../../xtask/reference.mjs';
import { drawn, ready, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { NAMES } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ROOT = new URL('../../', import.meta.url);
const text = (/** @type {string} */ name) => readFileSync(new URL(name, ROOT), 'utf8');
const manifest = JSON.parse(text('www/custom-elements.json'));
const messages = JSON.parse(text('www/messages.json'));
const [{ declarations, exports }] = manifest.modules;
const [element] = declarations;
const types = text('www/backflow-figure.d.ts');
const place = station(site());

/** @param {{ name: string }[]} list */
const names = (list) => list.map(({ name }) => name).sort();
const attribute = (/** @type {string} */ name) => element.attributes.find((/** @type {any} */ one) => one.name === name);
/** The names between backticks after "Names:". @param {{ description: string }} one */
const listed = ({ description }) => [...(/Names: (.*?)\./.exec(description)?.[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
/** The texts of a union of texts. @param {string} union */
const united = (union) => [...union.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
/** A union that the types have. @param {string} name */
const typed = (name) => united(new RegExp(`export type ${name} =([^;]*);`).exec(types)?.[1] ?? '');
/** The files of a folder of www with an ending. @param {string} folder @param {string} ending */
const sources = (folder, ending) => readdirSync(new URL(`www/${folder}/`, ROOT)).filter((name) => name.endsWith(ending)).map((name) => text(`www/${folder}/${name}`));

/** @param {(page: Page) => Promise<unknown>} act */
const visit = (act) => place.visit({ name: 'host.html' }, act);

test('the manifest names one element, its class and its module', () => {
  assert.match(manifest.schemaVersion, /^2\.1\./);
  assert.equal(manifest.modules.length, 1);
  assert.deepEqual([element.kind, element.customElement, element.tagName, element.name], ['class', true, 'backflow-figure', 'BackflowFigure']);
  assert.deepEqual(exports.map((/** @type {any} */ { kind, name }) => [kind, name]), [['js', element.name], ['custom-element-definition', element.tagName]]);
  const { path } = manifest.modules[0];
  for (const { declaration } of exports) assert.deepEqual(declaration, { name: element.name, module: path });
  assert.match(text(`www/${path}`), new RegExp(`export class ${element.name} `));
});

test('its attributes are those that the element observes', () =>
  visit(async (page) => {
    const observed = await page.evaluate(() => /** @type {any} */ (customElements.get('backflow-figure')).observedAttributes);
    assert.deepEqual(names(element.attributes), observed.sort());
  }));

test('its properties and methods are those of the element', () =>
  visit(async (page) => {
    const found = await page.evaluate(() => {
      const type = /** @type {any} */ (customElements.get('backflow-figure'));
      const own = Object.getOwnPropertyDescriptors(type.prototype);
      const members = Object.entries(own).map(([name, { get, set, value }]) => ({ name, method: typeof value === 'function', arity: value?.length, readonly: get !== undefined && !set }));
      return { members, instance: Object.keys(/** @type {object} */ (document.querySelector('backflow-figure'))) };
    });
    // What the browser calls is no business of a page.
    const members = found.members.filter(({ name }) => !/^constructor$|Callback$/.test(name));
    assert.deepEqual(names(element.members), [...names(members), ...found.instance].sort());
    for (const { name, method, arity, readonly } of members) {
      const told = element.members.find((/** @type {any} */ one) => one.name === name);
      assert.equal(told.kind, method ? 'method' : 'field', name);
      if (!method) {
        assert.equal(told.readonly === true, readonly, name);
        continue;
      }
      const parameters = told.parameters ?? [];
      const firm = parameters.filter((/** @type {any} */ one) => !one.optional).length;
      assert.ok(firm <= arity && arity <= parameters.length, `${name} takes ${arity}; the manifest says ${firm} to ${parameters.length}`);
      assert.ok(told.return.type.text, name);
    }
    for (const { name } of element.members) assert.match(types, new RegExp(`\\b${name}(\\(|:)`), `the types have ${name}`);
  }));

test('figures, controls, parts and numbers have the names that are listed', () =>
  visit(async (page) => {
    const table = /const FIGURES = \{([^]*?)\n\};/.exec(text('www/js/parts.js'))?.[1] ?? '';
    const figures = [...table.matchAll(/^  "?([\w-]+)"?: \{/gm)].map(([, name]) => name);
    assert.ok(figures.length > 10);
    assert.deepEqual(united(attribute('figure').type.text).sort(), [...figures].sort());
    assert.deepEqual(typed('FigureName').sort(), [...figures].sort());
    assert.deepEqual(typed('ReadingName'), [...NAMES]);
    // The handles, and what waits for another attribute or for a moment of rest.
    const controls = new Set(['valves', 'share', 'challenge']);
    for (const figure of figures) {
      const found = await page.evaluate(async (figure) => {
        const host = /** @type {any} */ (document.createElement('backflow-figure'));
        host.setAttribute('figure', figure);
        host.setAttribute('parts', 'all measured memory starts code');
        document.body.replaceChildren(host);
        await host.ready;
        return [...host.shadowRoot.querySelectorAll('[data-chosen]')].map((/** @type {any} */ one) => one.dataset.chosen);
      }, figure);
      for (const name of found) controls.add(name);
    }
    assert.deepEqual(listed(attribute('controls')).sort(), [...controls].sort());
    const parts = await page.evaluate(() => {
      const host = /** @type {any} */ (document.querySelector('backflow-figure'));
      return [...host.shadowRoot.querySelectorAll('[data-part]')].map((/** @type {any} */ one) => one.dataset.part);
    });
    assert.deepEqual(listed(attribute('parts')).sort(), [...new Set([...parts, 'tags'])].sort());
  }));

test('the events of a session are listed, and no others', () =>
  visit(async (page) => {
    const wanted = names(element.events);
    const modules = sources('js', '.js').join('\n');
    const fired = [...modules.matchAll(/\btell\("([\w-]+)"/g)].map(([, name]) => name);
    assert.deepEqual(wanted, [...new Set(fired)].sort());
    await page.evaluate(() => {
      const heard = (/** @type {any} */ (window).heard = new Set());
      const dispatch = EventTarget.prototype.dispatchEvent;
      const host = /** @type {HTMLElement} */ (document.querySelector('backflow-figure'));
      host.dispatchEvent = (event) => {
        if (!event.bubbles || !event.composed) throw new Error(`${event.type} stays within`);
        heard.add(event.type);
        return dispatch.call(host, event);
      };
    });
    await page.locator('[data-handle="m"]').click();
    await page.keyboard.press('ArrowUp');
    await page.evaluate(async () => {
      const host = /** @type {any} */ (document.querySelector('backflow-figure'));
      host.shadowRoot.querySelector('[data-act="hide"]').click();
      host.setState({ scenario: 'm=eleven' });
      host.play();
      host.pause();
    });
    await drawn(page);
    const heard = await page.evaluate(() => [.../** @type {any} */ (window).heard]);
    assert.deepEqual(heard.sort(), ['backflow-error', 'backflow-run-end', 'backflow-state', 'backflow-view', 'change', 'input']);
    for (const name of heard) assert.ok(wanted.includes(name), name);
    for (const name of wanted) assert.match(types, new RegExp(`^  "?${name}"?: CustomEvent`, 'm'), `the types have ${name}`);
  }));

test('custom properties, parts and slots are those of the styles and of the modules', () => {
  const styles = sources('style', '.css').join('\n');
  const modules = sources('js', '.js').join('\n');
  const used = new Set([...`${styles}${modules}`.matchAll(/--backflow-[\w-]+/g)].map(([name]) => name));
  assert.deepEqual(names(element.cssProperties), [...used].sort());
  const attributes = (/** @type {string} */ name) => [...modules.matchAll(new RegExp(`[{,] ${name}: "([\\w- ]+)"`, 'g'))].flatMap(([, value]) => value.split(' '));
  const slots = [...modules.matchAll(/html\("slot"(?:, \{ name: "([\w-]+)" \})?\)/g)].map(([, name = '']) => name);
  assert.deepEqual(names(element.slots), [...new Set(slots)].sort());
  assert.deepEqual(names(element.cssParts), [...new Set(attributes('part'))].sort());
});

test('a custom property changes what it says', () =>
  visit(async (page) => {
    await ready(page);
    const look = () =>
      page.evaluate(() => {
        const style = getComputedStyle(/** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.querySelector('section'));
        return [style.fontFamily, style.borderRadius];
      });
    const before = await look();
    await page.evaluate(() => {
      const { style } = document.documentElement;
      style.setProperty('--backflow-font', 'monospace');
      style.setProperty('--backflow-radius', '3px');
    });
    assert.deepEqual(await look(), ['monospace', '3px']);
    assert.equal(before[1], element.cssProperties.find((/** @type {any} */ one) => one.name === '--backflow-radius').default);
  }));

test('messages have types, and the types have no others', () => {
  const told = [...messages.toPage, ...messages.toFrame].map(({ type }) => type);
  const [from, to] = ['FrameMessage', 'PageMessage'].map((name) => {
    const union = types.slice(types.indexOf(`export type ${name}`)).split(/;\n\n/)[0];
    return [...union.matchAll(/"(backflow:[\w-]+)"/g)].map(([, type]) => type).sort();
  });
  assert.deepEqual(from, messages.toPage.map((/** @type {any} */ one) => one.type).sort());
  assert.deepEqual(to, messages.toFrame.map((/** @type {any} */ one) => one.type).sort());
  assert.ok(told.every((type) => type.startsWith('backflow:')));
});

test('a page in TypeScript compiles, and mistakes in it are found', () => {
  const options = ['--noEmit', '--strict', '--target', 'ES2022', '--module', 'ES2022', '--moduleResolution', 'bundler', '--lib', 'ES2022,DOM,DOM.Iterable', '--types', ''];
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
  try {
    execFileSync(process.execPath, [tsc, '--ignoreConfig', ...options, 'tests/e2e/pages/typed.ts'], { cwd: ROOT, encoding: 'utf8' });
  } catch (error) {
    assert.fail(/** @type {any} */ (error).stdout);
  }
});

test('the reference in docs/developers.md is that of the manifest', () => {
  const { now, wanted } = pages();
  assert.ok(now === wanted, 'docs/developers.md is not what the manifest says; `node xtask/reference.mjs` renews it');
});
