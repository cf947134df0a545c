// A folder in which pages of the tests lie beside the built page, as on somebody's site.
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from 'node:test';
import { DIST } from './server.mjs';

/** Makes the folder; it is gone when the tests of the file are over. */
export function site() {
  const folder = mkdtempSync(path.join(tmpdir(), 'backflow-site-'));
  const pages = fileURLToPath(new URL('../pages', import.meta.url));
  for (const from of [DIST, pages]) {
    for (const name of readdirSync(from)) symlinkSync(path.resolve(from, name), path.join(folder, name));
  }
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}
