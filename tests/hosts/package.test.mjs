// The package as a server imports it, without a document; and what it says that it holds.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { PACKAGE } from './support.mjs';

for (const [file, names] of Object.entries({ 'backflow-figure.js': ['BackflowFigure'], 'anywidget.js': ['default'] })) {
  test(`importing ${file} without a document does nothing`, () => {
    const { href } = pathToFileURL(path.join(PACKAGE, file));
    const code = `const before = Object.keys(globalThis).join(); const made = await import(${JSON.stringify(href)}); console.log(JSON.stringify([Object.keys(made), Object.keys(globalThis).join() === before]));`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), [names, true]);
  });
}

test('every file that the package names is there', async () => {
  const { main, types, exports, customElements, files, version } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8'));
  const named = [main, types, customElements, ...files, ...Object.values(exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)))];
  for (const name of named) await access(path.join(PACKAGE, name));
  assert.match(version, /^\d+\.\d+\.\d+$/);
});
