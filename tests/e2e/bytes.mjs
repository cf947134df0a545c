// What a first visit loads, in order, and how many bytes each file takes: of the front page, whose
// figure is the first that works, and of the lab; and what each file takes that has everything inside. Fails when one has outgrown its limit.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { launch } from './support/browser.mjs';
import { DIST, serve } from './support/server.mjs';

/**
 * By page: the most bytes in brotli, of all and of the engine's module. Of the course, what its first figure needs is
 * counted apart from what stands round it: its text and the looks of that, and pictures. Among its first words are the
 * names of every challenge, and the element knows what a page that embeds it may ask for: prompts, locks, and keys that
 * are its own. The lab's module reads the keys of the city too: there is one grammar of scenarios.
 */
const LIMITS = {
  'index.html': { total: 95_500, module: 'backflow-first_bg.wasm', wasm: 80_000, beside: /^(index\.html|style\/course\.css|figures\/.*|icon\.svg)$/, text: 18_000 },
  'lab.html': { total: 167_500, module: 'backflow_bg.wasm', wasm: 118_500 },
};
/** The most bytes in brotli of the small frame. The other files with everything inside are shown beside it. */
const FRAME = 200_000;
const ONE_FILE = ['embed.html', 'embed-all.html', 'package/backflow-figure.js', 'package/anywidget.js'];
const QUIET_MS = 3_000;
const PATIENCE_MS = 30_000;

const complaints = [];
for (const [name, limits] of Object.entries(LIMITS)) complaints.push(...(await weigh(name, limits)));
complaints.push(...(await whole()));
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** Prints what the files take that have everything inside, and says whether the small frame is too large. */
async function whole() {
  const rows = await Promise.all(ONE_FILE.map(async (name) => row(name, await readFile(path.join(DIST, name)))));
  print(rows);
  return rows.filter(({ name, brotli }) => name === 'embed.html' && brotli >= FRAME).map(({ name, brotli }) => `${name} takes ${brotli} bytes in brotli; the limit is ${FRAME}`);
}

/** A file with what it takes. @param {string} name @param {Buffer} body */
function row(name, body) {
  return {
    name,
    raw: body.length,
    gzip: gzipSync(body, { level: 9 }).length,
    brotli: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/**
 * Prints what a page loads, and says what is too much.
 * @param {string} page
 * @param {{ total: number, module: string, wasm: number, beside?: RegExp, text?: number }} limits
 */
async function weigh(page, limits) {
  const responses = await firstLoad(page);
  const rows = responses.map(({ name, status, body }) => row(status === 200 ? name : `${name} (status ${status})`, body));
  const sum = (/** @type {string} */ name, /** @type {typeof rows} */ list) =>
    list.reduce((all, row) => ({ name, raw: all.raw + row.raw, gzip: all.gzip + row.gzip, brotli: all.brotli + row.brotli }), { name, raw: 0, gzip: 0, brotli: 0 });
  const { beside = /^$/, text = 0 } = limits;
  const total = sum('what the figure needs', rows.filter(({ name }) => !beside.test(name)));
  const round = sum('what stands round it', rows.filter(({ name }) => beside.test(name)));
  print([...rows, total, round, sum('total', rows)]);
  const found = responses.filter(({ status }) => status !== 200).map(({ name, status }) => `${name} answered with status ${status}`);
  const wasm = rows.find(({ name }) => name === limits.module);
  if (!wasm) found.push(`${page} did not load ${limits.module}`);
  else if (wasm.brotli >= limits.wasm) found.push(`${limits.module} takes ${wasm.brotli} bytes in brotli; the limit is ${limits.wasm}`);
  if (round.brotli > text) found.push(`what stands round the figure of ${page} takes ${round.brotli} bytes in brotli; the limit is ${text}`);
  if (total.brotli >= limits.total) found.push(`the first load of ${page} takes ${total.brotli} bytes in brotli; the limit is ${limits.total}`);
  return found;
}

/**
 * Every response until the page says it is ready and its requests are answered, or until the
 * network has been quiet.
 * @param {string} name
 */
async function firstLoad(name) {
  const server = await serve();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    /** @type {import('playwright-core').Request[]} */
    const requests = [];
    let open = 0;
    let lastChange = Date.now();
    page.on('request', (request) => {
      requests.push(request);
      open += 1;
      lastChange = Date.now();
    });
    const settle = () => {
      open -= 1;
      lastChange = Date.now();
    };
    page.on('requestfinished', settle);
    page.on('requestfailed', settle);
    await page.goto(`${server.origin}/${name}`, { waitUntil: 'load' });
    const start = Date.now();
    for (;;) {
      const ready = await page.evaluate(() => document.documentElement.dataset.ready !== undefined);
      if (open === 0 && (ready || Date.now() - lastChange > QUIET_MS)) break;
      if (Date.now() - start > PATIENCE_MS) throw new Error(`${name} was not ready after ${PATIENCE_MS / 1000} s`);
      await page.waitForTimeout(25);
    }
    const loaded = [];
    for (const request of requests.filter((sent) => sent.url().startsWith(`${server.origin}/`))) {
      const response = await request.response();
      if (!response) throw new Error(`${request.url()}: ${request.failure()?.errorText ?? 'no answer'}`);
      loaded.push({
        name: new URL(request.url()).pathname.slice(1),
        status: response.status(),
        body: await response.body(),
      });
    }
    return loaded;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {{ name: string, raw: number, gzip: number, brotli: number }[]} table */
function print(table) {
  const width = Math.max(...table.map(({ name }) => name.length), 4);
  const line = (/** @type {(string | number)[]} */ [name, ...cells]) =>
    console.log([String(name).padEnd(width), ...cells.map((cell) => cell.toLocaleString('en').padStart(9))].join('  '));
  line(['file', 'raw', 'gzip', 'brotli']);
  for (const { name, raw, gzip, brotli } of table) line([name, raw, gzip, brotli]);
}
