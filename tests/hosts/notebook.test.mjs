// A notebook of JupyterLab: the figure in the output of a cell, read and set from Python.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { browser, host, PACKAGE, port, ready, shown, started, turnByKeys, turnByMouse, visit } from './support.mjs';

/** JupyterLab asks whether one wants news; nobody is there to answer. */
const PAGE = { disabledExtensions: { '@jupyterlab/apputils-extension:announcements': true } };
/** What JupyterLab says of itself. */
const KNOWN = [
  /^web socket: ws:\/\/127\.0\.0\.1:\d+\/api\/(events\/subscribe|kernels\/[-0-9a-f]+\/channels\?session_id=[-0-9a-f]+)$/,
  /^console\.debug: Starting (application in workspace: |WebSocket: )/,
];

test('a notebook of JupyterLab', async () => {
  const python = process.env.NOTEBOOK_PYTHON;
  if (!python) throw new Error('NOTEBOOK_PYTHON must name a Python with JupyterLab and anywidget; `cargo xtask test` makes and sets one');
  const folder = await host('notebook', { 'anywidget.js': path.join(PACKAGE, 'anywidget.js') });
  // Nothing of whoever runs the test, and nothing left with them.
  const home = path.join(folder, '.home');
  await mkdir(path.join(home, 'config', 'labconfig'), { recursive: true });
  await writeFile(path.join(home, 'config', 'labconfig', 'page_config.json'), JSON.stringify(PAGE));
  const env = { HOME: home, JUPYTER_CONFIG_DIR: path.join(home, 'config'), JUPYTER_DATA_DIR: path.join(home, 'data'), JUPYTER_RUNTIME_DIR: path.join(home, 'run'), IPYTHONDIR: path.join(home, 'ipython') };
  const free = await port();
  const options = ['--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${free}`, '--ServerApp.port_retries=0', '--IdentityProvider.token=', `--ServerApp.root_dir=${folder}`, '--LabApp.extension_manager=readonly', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'];
  const origin = `http://127.0.0.1:${free}`;
  await started(python, ['-m', 'jupyterlab', ...options], { cwd: folder, env, url: `${origin}/api/status` });
  await visit(
    await browser(),
    `${origin}/lab/tree/figure.ipynb`,
    async (page) => {
      const cells = page.locator('.jp-Notebook .jp-CodeCell');
      /** Runs a cell, and waits until it is done. @param {number} at */
      const run = async (at) => {
        const cell = cells.nth(at);
        await cell.locator('.cm-content').click();
        const before = await cell.locator('.jp-InputPrompt').textContent();
        await page.keyboard.press('Control+Enter');
        await page.waitForFunction(
          ([index, was]) => {
            const text = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[Number(index)]?.querySelector('.jp-InputPrompt')?.textContent ?? '';
            return text !== was && /^\[\d+\]/.test(text);
          },
          /** @type {const} */ ([at, before]),
          { timeout: 60_000 },
        );
        return cell;
      };
      await cells.first().waitFor({ timeout: 60_000 });
      // Before the kernel has answered, to run a cell asks which kernel one wants.
      await page.locator('#jp-main-statusbar').getByText('Python 3 (ipykernel) | Idle').waitFor({ timeout: 60_000 });
      await run(0);
      await page.locator('backflow-figure').waitFor({ timeout: 60_000 });
      await ready(page);
      assert.equal((await shown(page)).scenario, 'preset=house&m=4');
      await turnByMouse(page, page);
      const now = await turnByKeys(page);
      const text = (await (await run(1)).locator('.jp-OutputArea-output').textContent()) ?? '';
      const [, m, y] = /m = (\S+) y = (\S+)/.exec(text) ?? [];
      assert.equal(Number(m), now.m, text);
      assert.equal(Number(y), await page.locator('backflow-figure').evaluate((figure) => /** @type {any} */ (figure).reading.y));
      await run(2);
      await page.waitForFunction(() => /** @type {any} */ (document.querySelector('backflow-figure')).getState().scenario === 'preset=house&m=6');
      await shown(page);
      // The keys of the figure are not those of the notebook, of which one would cut the cell.
      const count = await cells.count();
      await page.locator('backflow-figure [data-dial="m"]').first().focus();
      for (const key of ['x', 'd', 'd']) await page.keyboard.press(key);
      assert.equal(await cells.count(), count);
    },
    { known: KNOWN },
  );
});
