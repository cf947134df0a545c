// What one takes away: every picture as SVG and PNG, the run as CSV and JSON; by the mouse, by keys, and by
// a page's own script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { openPage } from './support/browser.mjs';
import { drawn, ready, station } from './support/figure.mjs';
import { site } from './support/host.mjs';
import { Export, Lab, read, texts, words } from './support/truth.mjs';

/** @typedef {import('playwright-core').Page} Page */

const place = station(site());

/** A lab with everything on its desk. */
const LAB = 'lab.html?parts=all.measured.memory.starts';
/** The parts that have pictures. */
const PARTS = ['scene', 'chain', 'timeline', 'plane', 'curves', 'rates', 'measured', 'memory', 'starts'];
/** Two paths to the shower, a memory with squares, and a rival. */
const HASH = 'preset=house&optimizer=adagrad&rate=0.5&steps=12&rival=optimizer=adam';
const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
const RIGHTS = `CC BY 4.0 ${LICENCE}`;

/** @param {(page: Page) => Promise<unknown>} act @param {Partial<Parameters<typeof place.visit>[0]>} [options] */
const lab = (act, options = {}) => place.visit({ name: LAB, hash: HASH, ...options }, act);

/** The button that opens the menu of a part. @param {Page} page @param {string} part */
const opener = (page, part) => page.locator(`[data-part="${part}"] [data-act="save"]`);
/** A button in the menu of a part. @param {Page} page @param {string} part @param {string} format @param {number} [scale] */
const button = (page, part, format, scale) =>
  page.locator(`[data-part="${part}"] [data-save="${format}"]${scale ? `[data-scale="${scale}"]` : ''}`);

/**
 * The file that comes of something.
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 */
async function saved(page, act) {
  const coming = page.waitForEvent('download');
  await act();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Saves by the mouse. @param {Page} page @param {string} part @param {string} format @param {number} [scale] */
async function byMouse(page, part, format, scale) {
  await opener(page, part).click();
  return saved(page, () => button(page, part, format, scale).click());
}

/** What an element's method gives, as text or as base64. @param {Page} page @param {unknown} [wish] @param {string} [selector] @returns {Promise<{ type: string, bytes: Buffer }>} */
async function exported(page, wish, selector = 'backflow-figure') {
  const [type, text] = await page.evaluate(
    async ([wish, selector]) => {
      const blob = await /** @type {any} */ (document.querySelector(/** @type {string} */ (selector))).exportImage(wish ?? undefined);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return [blob.type, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))];
    },
    /** @type {const} */ ([wish, selector]),
  );
  return { type, bytes: Buffer.from(text, 'base64') };
}

/** What a document says, as a browser that knows nothing of the page reads it. @param {Page} page @param {string} svg */
const parsed = (page, svg) =>
  page.evaluate(async (text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const all = [...root.querySelectorAll('*')];
    const [width, height] = ['width', 'height'].map((side) => Number(root.getAttribute(side)));
    const image = new Image(width, height);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d'));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, Math.floor(width), Math.floor(height));
    const colors = new Set(new Uint32Array(data.buffer));
    return {
      error: root.querySelector('parsererror')?.textContent,
      root: root.localName,
      width,
      height,
      title: root.querySelector(':scope > title')?.textContent,
      source: [...root.getElementsByTagName('dc:source')].map((element) => element.textContent),
      rights: [...root.getElementsByTagName('dc:rights')].map((element) => element.textContent),
      licence: [...root.getElementsByTagName('cc:license')].map((element) => element.getAttribute('rdf:resource')),
      elements: [...new Set(all.map(({ localName }) => localName))],
      addresses: all.flatMap((element) => ['href', 'xlink:href', 'src'].map((name) => element.getAttribute(name) ?? '')).filter(Boolean),
      styles: all.flatMap((element) => ['class', 'style', 'id'].filter((name) => element.hasAttribute(name))),
      variables: /var\(|url\(|currentColor|light-dark/i.test(text),
      texts: [...root.querySelectorAll('text')].map((element) => (element.textContent ?? '').trim()),
      fill: root.querySelector(':scope > rect')?.getAttribute('fill'),
      colors: colors.size,
      corner: [...data.subarray(8 * (Math.floor(width) + 1)).subarray(0, 4)],
    };
  }, svg);

/** A document that any program can show, and that says where it comes from. @param {Page} page @param {string} svg @param {string} title */
async function assertSound(page, svg, title) {
  const found = await parsed(page, svg);
  assert.equal(found.error, undefined, title);
  assert.equal(found.root, 'svg');
  assert.equal(found.title, title);
  assert.deepEqual(found.source, [page.url()], 'the permalink');
  assert.deepEqual(found.licence, [LICENCE]);
  assert.deepEqual(found.rights, [RIGHTS]);
  for (const name of ['foreignObject', 'script', 'style', 'button', 'input']) assert.ok(!found.elements.includes(name), `${title} has <${name}>`);
  for (const address of found.addresses) assert.match(address, /^data:image\/png;base64,/, title);
  assert.deepEqual(found.styles, [], `${title}: nothing that a style sheet would have to explain`);
  assert.equal(found.variables, false, `${title}: colours are concrete`);
  assert.ok(found.colors > 4, `${title} shows ${found.colors} colours`);
  return found;
}

/**
 * The chunks of a PNG (ISO/IEC 15948), each with a right checksum; and its texts, by keyword.
 * @param {Buffer} bytes
 */
function chunks(bytes) {
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const names = [];
  /** @type {Record<string, string>} */
  const texts = {};
  for (let at = 8; at < bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    assert.equal(bytes.readUInt32BE(end), crc32(bytes.subarray(at + 4, end)), `the checksum of ${name}`);
    const text = /^([^\0]{1,79})\0(\0\0\0\0)?([^]*)$/.exec(bytes.toString(name === 'iTXt' ? 'utf8' : 'latin1', at + 8, end));
    if (name === 'tEXt' || name === 'iTXt') texts[text?.[1] ?? ''] = text?.[3] ?? '';
    names.push(name);
    at = end + 4;
  }
  return { names, texts };
}

/** What a PNG shows: its size, how many colours, and a pixel near its corner; and its texts. @param {Page} page @param {Buffer} bytes */
async function png(page, bytes) {
  const { names, texts } = chunks(bytes);
  assert.equal(names[0], 'IHDR');
  assert.ok(names.lastIndexOf('tEXt') < names.indexOf('IDAT'), `texts stand before the picture: ${names}`);
  const shown = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/png;base64,${text}`;
    await image.decode();
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(image.width, image.height).getContext('2d'));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { colors: new Set(new Uint32Array(data.buffer)).size, corner: [...data.subarray(8 * (image.width + 1)).subarray(0, 4)] };
  }, bytes.toString('base64'));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), texts, ...shown };
}

describe('pictures', () => {
  test('every part that has a picture saves it as an SVG document that stands for itself', () =>
    lab(async (page) => {
      const offered = await page.locator('[data-act="save"]').evaluateAll((all) => all.map((one) => one.closest('[data-part]')?.getAttribute('data-part')));
      assert.deepEqual(offered.sort(), [...PARTS].sort());
      for (const part of PARTS) {
        const { name, bytes } = await byMouse(page, part, 'svg');
        assert.equal(name, `backflow-${part}.svg`);
        await assertSound(page, bytes.toString(), words.say(`open.${part}`));
        assert.equal(await opener(page, part).getAttribute('aria-expanded'), 'false', 'the menu has closed');
      }
    }));

  test('scene and chain hold the numbers of the engine, line by line as they stand', () =>
    lab(async (page) => {
      const text = texts(new Lab(HASH));
      const scene = await assertSound(page, (await exported(page, { part: 'scene' })).bytes.toString(), words.say('open.scene'));
      for (const name of ['dx_dm', 'dy_dx', 'dx_dh', 'dy_dh_x', 'dE_dy']) {
        assert.ok(scene.texts.includes(text.number(name)), `${name}: ${scene.texts.join(' | ')}`);
        assert.ok(scene.texts.join(' ').includes(text.tag(name)), `the tag ${name} says its sentence`);
      }
      for (const name of ['x', 'y', 'E']) assert.ok(scene.texts.includes(text.drawn(name)), name);
      for (const name of ['pressure', 'm', 'h', 'target']) assert.ok(scene.texts.includes(text.field(name)), name);
      assert.ok(!scene.texts.includes('+') && !scene.texts.includes('⤓'), 'buttons stay on the page');
      const chain = await assertSound(page, (await exported(page, { part: 'chain' })).bytes.toString(), words.say('open.chain'));
      for (const name of ['dE_dm', 'dE_dh', 'dE_dy', 'dE_dh_direct', 'dE_dh_via_x', 'dE_dx', 'dy_dm', 'dy_dh']) {
        assert.ok(chain.texts.includes(text.number(name)), `${name}: ${chain.texts.join(' | ')}`);
      }
    }));

  test('what the engine draws is the engine’s own document for what is shown, with the steps that lie ahead', () =>
    lab(async (page) => {
      await page.evaluate(() => {
        const host = /** @type {any} */ (document.querySelector('backflow-figure'));
        host.step(20);
        host.reset();
      });
      await drawn(page);
      const truth = new Lab(HASH);
      truth.step(20);
      truth.reset();
      // The address follows when nothing has changed for a moment.
      await page.waitForURL((url) => url.hash.slice(1) === truth.scenario());
      assert.ok(truth.lengths()[0] > 12 && read(truth).step === 0, 'steps lie ahead');
      for (const [part, name] of [['plane', 'landscape'], ['curves', 'curves'], ['timeline', 'history'], ['memory', 'memory']]) {
        const svg = (await exported(page, { part })).bytes.toString();
        const { width, height } = await assertSound(page, svg, words.say(`open.${part}`));
        const files = new Export(truth.scenario());
        files.recall(truth.lengths(), truth.grabbed());
        const unsigned = svg.replace(/\n<title.*\n<metadata.*(?=\n)/, '');
        assert.equal(unsigned, files.svg(name, width, height, 'light'), part);
      }
    }));

  test('the rates map says what its colours mean, in the words of the page', () =>
    lab(async (page) => {
      const { texts: said } = await assertSound(page, (await exported(page, { part: 'rates' })).bytes.toString(), words.say('open.rates'));
      for (const text of [words.say('rates.steps'), '1', '300', words.say('verdict.crawling'), words.say('verdict.out-of-reach'), 'η', 'w']) {
        assert.ok(said.includes(text), `${text}: ${said.join(' | ')}`);
      }
      assert.ok(!said.includes(words.say('verdict.blowing-up')), 'no verdict that does not occur');
    }));

  test('a file has the look that the page has', async () => {
    for (const [look, paper] of [['light', '#ffffff'], ['dark', '#1a212b'], ['projector', '#ffffff']]) {
      await lab(
        async (page) => {
          for (const part of ['scene', 'plane']) {
            const svg = (await exported(page, { part })).bytes.toString();
            assert.equal((await parsed(page, svg)).fill, paper, `${part}, ${look}`);
          }
        },
        { name: `${LAB}&theme=${look}` },
      );
    }
  });

  test('a figure that is zoomed gives the same picture', () =>
    lab(async (page) => {
      // The drawing's own numbers; a box may be laid out otherwise by a part of a pixel.
      const take = async () => parsed(page, (await exported(page, { part: 'chain' })).bytes.toString());
      await page.setViewportSize({ width: 1300, height: 900 });
      await drawn(page);
      const before = await take();
      await page.setViewportSize({ width: 1690, height: 900 });
      await page.evaluate(() => {
        /** @type {HTMLElement} */ (document.querySelector('backflow-figure')).style.zoom = '1.3';
      });
      await drawn(page);
      const after = await take();
      assert.deepEqual(after.texts, before.texts);
      assert.ok(Math.abs(after.width - before.width) < 60, `${before.width} wide became ${after.width}`);
      assert.ok(Math.abs(after.height - before.height) < 8, `${before.height} high became ${after.height}`);
    }));

  test('a PNG has as many pixels as its scale says', () =>
    lab(async (page) => {
      for (const part of PARTS) {
        const { width, height } = await parsed(page, (await exported(page, { part })).bytes.toString());
        for (const scale of part === 'chain' || part === 'plane' ? [1, 2, 3, 4] : [2]) {
          const { name, bytes } = await byMouse(page, part, 'png', scale);
          assert.equal(name, `backflow-${part}.png`);
          const found = await png(page, bytes);
          assert.deepEqual([found.width, found.height], [Math.round(width * scale), Math.round(height * scale)], `${part} at ${scale}`);
          assert.ok(found.colors > 4, `${part} shows ${found.colors} colours`);
          assert.deepEqual(found.texts, { Title: words.say(`open.${part}`), Source: page.url(), Copyright: RIGHTS });
          assert.deepEqual(found.corner, [255, 255, 255, 255], `${part} stands on paper`);
        }
      }
    }));

  test('without a background nothing lies behind a picture, and it shows the same', () =>
    lab(async (page) => {
      for (const part of PARTS) {
        const [whole, bare] = [await exported(page, { part }), await exported(page, { part, transparent: true })].map(({ bytes }) => bytes.toString());
        const [before, after] = [await parsed(page, whole), await assertSound(page, bare, words.say(`open.${part}`))];
        assert.deepEqual([before.corner, after.corner], [[255, 255, 255, 255], [0, 0, 0, 0]], part);
        assert.deepEqual(after.texts, before.texts, part);
        assert.ok(after.colors > 4, part);
      }
      await opener(page, 'plane').click();
      await page.locator('[data-part="plane"]').getByLabel(words.say('save.bare')).check();
      const svg = await saved(page, () => button(page, 'plane', 'svg').click());
      assert.deepEqual((await parsed(page, svg.bytes.toString())).corner, [0, 0, 0, 0]);
      assert.deepEqual((await png(page, (await byMouse(page, 'plane', 'png', 3)).bytes)).corner, [0, 0, 0, 0]);
      assert.deepEqual((await png(page, (await byMouse(page, 'curves', 'png', 3)).bytes)).corner, [255, 255, 255, 255], 'each part has its own choice');
    }));

  test('a title that is not Latin stands in a PNG as it is', () =>
    lab(
      async (page) => {
        const title = JSON.parse(readFileSync(new URL('../../www/locales/zh.json', import.meta.url), 'utf8'))['open.plane'];
        assert.match(title, /[\u4e00-\u9fff]/);
        assert.equal((await png(page, (await exported(page, { part: 'plane', format: 'png' })).bytes)).texts.Title, title);
      },
      { name: `${LAB}&locale=zh` },
    ));
});

describe('the run', () => {
  test('the table holds every number of the run with 17 digits', () =>
    lab(async (page) => {
      const { name, bytes } = await saved(page, () => button(page, 'steps', 'csv').click());
      assert.equal(name, 'backflow-run.csv');
      const [source, rights, head, ...rows] = bytes.toString().trimEnd().split('\n');
      assert.deepEqual([source, rights], [`# ${page.url()}`, `# ${RIGHTS}`]);
      const truth = new Lab(HASH);
      const columns = Lab.columns();
      assert.equal(head, columns.join(','));
      assert.equal(rows.length, read(truth).step + 1);
      const numbers = truth.rows(0, rows.length);
      rows.forEach((row, index) => {
        const fields = row.split(',');
        assert.deepEqual(fields.map(Number), [...numbers.subarray(index * columns.length, (index + 1) * columns.length)]);
        for (const field of fields.slice(1)) assert.match(field, /^-?\d\.\d{16}e-?\d+$/);
      });
      assert.equal([head, ...rows, ''].join('\n'), new Export(HASH).csv());
    }));

  test('JSON has the scenario, the columns and every run', () =>
    lab(async (page) => {
      const { name, bytes } = await saved(page, () => button(page, 'steps', 'json').click());
      assert.equal(name, 'backflow-run.json');
      const data = JSON.parse(bytes.toString());
      assert.deepEqual(Object.keys(data), ['source', 'licence', 'scenario', 'columns', 'runs']);
      assert.deepEqual([data.source, data.licence], [page.url(), LICENCE]);
      assert.equal(data.scenario, new Lab(HASH).scenario());
      assert.deepEqual(data.columns, Lab.columns());
      assert.equal(data.runs.length, 2);
      const numbers = new Lab(HASH).rows(0, data.runs[0].length);
      assert.deepEqual(data.runs[0].flat(), [...numbers]);
    }));
});

test('a picture is saved with keys alone, and the menu closes when the focus leaves it', () =>
  lab(async (page) => {
    const menu = page.locator('[data-part="plane"] .menu');
    await opener(page, 'plane').focus();
    await page.keyboard.press('Enter');
    assert.equal(await menu.isVisible(), true);
    await page.keyboard.press('Escape');
    assert.equal(await menu.isVisible(), false);
    const focused = () => page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement?.dataset.act);
    assert.equal(await focused(), 'save', 'the focus is where it was');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const { name, bytes } = await saved(page, () => page.keyboard.press('Enter'));
    assert.equal(name, 'backflow-plane.png');
    const { width } = await parsed(page, (await exported(page, { part: 'plane' })).bytes.toString());
    assert.equal((await png(page, bytes)).width, 2 * width, 'the second scale');
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.activeElement?.dataset.act === 'save');
    await page.keyboard.press('Enter');
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Tab');
    assert.equal(await menu.isVisible(), false, 'the focus has left the menu');
    await opener(page, 'plane').click();
    await page.mouse.click(640, 5);
    assert.equal(await menu.isVisible(), false, 'someone has clicked elsewhere');
  }));

test('a figure that nobody may change can be saved all the same', () =>
  place.visit({ name: 'host.html' }, async (page) => {
    await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('readonly', ''));
    await drawn(page);
    assert.equal((await byMouse(page, 'plane', 'svg')).name, 'backflow-plane.svg');
    assert.equal((await saved(page, () => button(page, 'steps', 'csv').click())).name, 'backflow-run.csv');
  }));

test('where nothing can be saved that is said', async () => {
  const { page, close } = await openPage(place.browser, `${place.server.origin}/${LAB}`, {
    viewport: { width: 1280, height: 800 },
    prepare: (page) => page.context().route('**/backflow-many_bg.wasm', (route) => route.abort()),
  });
  await ready(page);
  await opener(page, 'plane').click();
  await button(page, 'plane', 'svg').click();
  const alert = page.locator('[data-part="plane"] .menu [role="alert"]');
  await alert.filter({ hasText: /\S/ }).waitFor();
  const text = (await alert.textContent()) ?? '';
  const [before] = words.say('save.failed', { reason: '\n' }).split('\n');
  assert.ok(text.startsWith(before) && text.length > before.length, text);
  await close();
});

describe('the methods of the element', () => {
  /** What a promise was rejected with. @param {Page} page @param {string} method @param {unknown} given */
  const refused = (page, method, given) =>
    page.evaluate(
      ([method, given]) =>
        /** @type {any} */ (document.querySelector('backflow-figure'))[/** @type {string} */ (method)](given).then(
          () => 'nothing was wrong',
          (/** @type {Error} */ error) => error.message,
        ),
      /** @type {const} */ ([method, given]),
    );

  test('a lab gives its landscape, or the part that is asked for, as wide and as fine as one likes', () =>
    place.visit({ name: 'host.html' }, async (page) => {
      const main = await exported(page);
      assert.equal(main.type, 'image/svg+xml');
      assert.equal((await parsed(page, main.bytes.toString())).title, words.say('open.plane'));
      const wide = await parsed(page, (await exported(page, { part: 'scene', width: 1000 })).bytes.toString());
      assert.equal(wide.width, 1000);
      const fine = await exported(page, { format: 'png', part: 'plane', width: 300, scale: 1.5 });
      assert.equal(fine.type, 'image/png');
      const { width, height } = await png(page, fine.bytes);
      assert.deepEqual([width, height], [450, 450]);
    }));

  test('data are CSV, or JSON', () =>
    place.visit({ name: 'host.html' }, async (page) => {
      const data = (/** @type {string | undefined} */ format) =>
        page.evaluate((format) => /** @type {any} */ (document.querySelector('backflow-figure')).exportData(format ?? undefined), format);
      const files = new Export('preset=house&m=4');
      const link = await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).permalink());
      const csv = `# ${link}\n# ${RIGHTS}\n${files.csv()}`;
      assert.equal(await data(undefined), csv);
      assert.equal(await data('csv'), csv);
      assert.equal(await data('json'), files.json().replace('{', `{"source":"${link}","licence":"${LICENCE}",`));
    }));

  test('wrong arguments are refused with what was given and what is allowed', () =>
    place.visit({ name: 'host.html' }, async (page) => {
      const allowed = 'scene, chain, timeline, rates, plane, curves';
      for (const [given, sentence] of /** @type {[object, string][]} */ ([
        [{ format: 'gif' }, 'format=gif: one of svg, png is wanted'],
        [{ format: 7 }, 'format=7: one of svg, png is wanted'],
        [{ width: 20 }, 'width=20: a number from 96 to 4096 is wanted'],
        [{ width: 'wide' }, 'width=wide: a number from 96 to 4096 is wanted'],
        [{ scale: 5 }, 'scale=5: a number from 1 to 4 is wanted'],
        [{ part: 'portrait' }, `part=portrait: one of ${allowed} is wanted`],
        [{ part: 'steps' }, `part=steps: one of ${allowed} is wanted`],
        [{ fromat: 'png' }, 'fromat=png: one of format, width, scale, part, transparent is wanted'],
        [{ transparent: 'no' }, 'transparent=no: true or false is wanted'],
      ])) {
        assert.equal(await refused(page, 'exportImage', given), sentence);
      }
      assert.equal(await refused(page, 'exportData', 'xml'), 'format=xml: one of csv, json is wanted');
      const early = await page.evaluate(() =>
        /** @type {any} */ (document.createElement('backflow-figure')).exportImage().catch((/** @type {Error} */ error) => error.message),
      );
      assert.match(early, /not ready/);
    }));

  test('the figures that come with a small part of the engine give their pictures and their runs too', () =>
    place.visit({ name: 'first.html' }, async (page) => {
      const shower = await parsed(page, (await exported(page)).bytes.toString());
      const text = texts(new Lab(''));
      for (const name of ['x', 'y', 'E']) assert.ok(shower.texts.includes(text.drawn(name)), shower.texts.join(' | '));
      await page.evaluate(() => document.querySelector('backflow-figure')?.setAttribute('figure', 'chain'));
      await drawn(page);
      await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).shadowRoot.querySelector('.chain'));
      await drawn(page);
      const scene = await parsed(page, (await exported(page)).bytes.toString());
      assert.ok(scene.texts.includes(text.number('dx_dm')), scene.texts.join(' | '));
      const chain = await exported(page, { part: 'chain', format: 'png', scale: 2 });
      assert.ok((await png(page, chain.bytes)).colors > 4);
      const rows = await page.evaluate(() => /** @type {any} */ (document.querySelector('backflow-figure')).exportData());
      assert.ok(rows.endsWith(`# ${RIGHTS}\n${new Export('').csv()}`), rows.slice(0, 200));
    }));
});
