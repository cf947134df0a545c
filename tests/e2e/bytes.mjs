// What a first visit to the lab loads, in order, and how many bytes each file takes. Fails when the
// wasm or the whole has outgrown its limit.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { launch } from './support/browser.mjs';
import { serve } from './support/server.mjs';

const WASM_LIMIT = 80_000;
const TOTAL_LIMIT = 92_000;
const QUIET_MS = 3_000;
const PATIENCE_MS = 30_000;

const responses = await firstLoad(process.argv[2] ?? 'lab.html');
const rows = responses.map(({ name, status, body }) => ({
  name: status === 200 ? name : `${name} (status ${status})`,
  raw: body.length,
  gzip: gzipSync(body, { level: 9 }).length,
  brotli: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
}));
const total = rows.reduce(
  (sum, row) => ({ name: 'total', raw: sum.raw + row.raw, gzip: sum.gzip + row.gzip, brotli: sum.brotli + row.brotli }),
  { name: 'total', raw: 0, gzip: 0, brotli: 0 },
);
print([...rows, total]);

const complaints = responses.filter(({ status }) => status !== 200).map(({ name, status }) => `${name} answered with status ${status}`);
const wasm = rows.find(({ name }) => name === 'backflow_bg.wasm');
if (!wasm) complaints.push('lab.html did not load backflow_bg.wasm');
else if (wasm.brotli >= WASM_LIMIT) complaints.push(`backflow_bg.wasm takes ${wasm.brotli} bytes in brotli; the limit is ${WASM_LIMIT}`);
if (total.brotli >= TOTAL_LIMIT) complaints.push(`the first load takes ${total.brotli} bytes in brotli; the limit is ${TOTAL_LIMIT}`);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

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
