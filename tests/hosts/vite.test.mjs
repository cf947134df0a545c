// An app built and served by Vite, which imports the package by its name, reads its events and sets its state.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { browser, host, modules, PACKAGE, port, ready, ROOT, run, shown, started, turnByKeys, turnByMouse, visit } from './support.mjs';

const VITE = path.join(modules('vite'), 'bin', 'vite.js');

/** The version of Vite that a package.json names. @param {string} folder */
const pinned = async (folder) => JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')).devDependencies.vite;

test('an app of Vite', async () => {
  const folder = await host('vite', { 'node_modules/backflow-figure': PACKAGE });
  assert.equal(await pinned(folder), await pinned(ROOT), 'the example is tried with the version that it names');
  await run(process.execPath, [VITE, 'build', '--logLevel', 'warn'], folder);
  const free = await port();
  const url = `http://127.0.0.1:${free}/`;
  await started(process.execPath, [VITE, 'preview', '--host', '127.0.0.1', '--port', String(free), '--strictPort'], { cwd: folder, url });
  await visit(await browser(), url, async (page) => {
    await ready(page);
    const told = async () => [Number(await page.locator('#flow').textContent()), await page.locator('#state').textContent()];
    for (const turn of [() => turnByMouse(page, page), () => turnByKeys(page)]) {
      const now = await turn();
      await page.locator('backflow-figure [data-dial="m"]').first().blur();
      const y = await page.locator('backflow-figure').evaluate((figure) => /** @type {any} */ (figure).reading.y);
      assert.deepEqual(await told(), [Number(y.toFixed(3)), now.scenario], 'the app heard it');
    }
    await page.locator('#close').click();
    assert.equal((await shown(page)).scenario, 'm=1&h=1');
    assert.equal((await told())[1], 'm=1&h=1');
  });
});
