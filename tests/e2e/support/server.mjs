// A static server for the tests: one folder, a free port, the policy the page must live under.
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
]);

/** The policy that a page of the site names. Here the server says it too, and so also for workers. */
export const CSP = readPolicy();

/** Frames, which have a policy of their own inside. */
const FRAME = /^\/embed(-all)?\.html/;

/** The folder of the built page. */
export const DIST = process.env.BACKFLOW_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));

/**
 * Serves a folder on 127.0.0.1.
 * @param {string} [dir]
 * @param {{ csp?: string | null }} [options] csp: another policy, or null for none (a host page in a test)
 * @returns {Promise<{ origin: string, close: () => Promise<void>, log: { method: string, url: string, status: number }[] }>}
 */
export async function serve(dir = DIST, { csp = CSP } = {}) {
  const root = path.resolve(dir);
  /** @type {{ method: string, url: string, status: number }[]} */
  const log = [];
  const server = http.createServer(async (request, response) => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const file = method === 'GET' || method === 'HEAD' ? await find(root, url) : null;
    const status = file ? 200 : method === 'GET' || method === 'HEAD' ? 404 : 405;
    log.push({ method, url, status });
    /** @type {http.OutgoingHttpHeaders} */
    const headers = {
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': file ? (TYPES.get(path.extname(file.name)) ?? 'application/octet-stream') : 'text/plain; charset=utf-8',
    };
    if (csp !== null && !FRAME.test(url)) headers['Content-Security-Policy'] = csp;
    if (!file) {
      response.writeHead(status, headers).end(`${status} ${url}\n`);
      return;
    }
    response.writeHead(status, { ...headers, 'Content-Length': file.size });
    if (method === 'HEAD') response.end();
    else createReadStream(file.name).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    log,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/**
 * The file behind an address, never outside the folder.
 * @param {string} root
 * @param {string} url
 */
async function find(root, url) {
  try {
    const name = path.join(root, decodeURIComponent(new URL(url, 'http://localhost').pathname));
    if (name !== root && !name.startsWith(root + path.sep)) return null;
    const found = await stat(name);
    if (!found.isDirectory()) return { name, size: found.size };
    const index = path.join(name, 'index.html');
    return { name: index, size: (await stat(index)).size };
  } catch {
    return null;
  }
}

function readPolicy() {
  const text = readFileSync(new URL('../../../www/lab.html', import.meta.url), 'utf8');
  const policy = /"Content-Security-Policy"\s+content="([^"]+)"/.exec(text)?.[1];
  if (!policy) throw new Error('www/lab.html names no Content-Security-Policy');
  return policy;
}
