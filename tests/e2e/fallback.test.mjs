// What a person sees where the figure cannot run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './support/browser.mjs';
import { station } from './support/figure.mjs';
import { words } from './support/truth.mjs';

const place = station();

for (const name of ['index.html', 'lab.html?parts=all']) {
  test(`without JavaScript, ${name} says so in a clear sentence`, async () => {
    const opened = await openPage(place.browser, `${place.server.origin}/${name}`, { javaScriptEnabled: false });
    try {
      const text = await opened.page.locator('body').innerText();
      assert.match(text, /needs JavaScript and WebAssembly/);
      opened.assertClean();
    } finally {
      await opened.close();
    }
  });

  for (const [what, script] of [
    ['WebAssembly', 'delete globalThis.WebAssembly'],
    ['the vector instructions of WebAssembly', 'WebAssembly.validate = () => false'],
  ]) {
    test(`without ${what}, ${name} says so in a clear sentence`, async () => {
      const opened = await openPage(place.browser, `${place.server.origin}/${name}`, {
        prepare: (page) => page.addInitScript(script),
      });
      try {
        const alert = opened.page.locator('backflow-figure [role="alert"]').first();
        await alert.waitFor();
        assert.equal(await alert.innerText(), words.say('broken', { reason: words.say('broken.wasm') }));
        opened.assertClean();
      } finally {
        await opened.close();
      }
    });
  }
}

test('where the module does not arrive, the page says so, and no error goes uncaught', async () => {
  const other = await openPage(place.browser, `${place.server.origin}/lab.html?parts=all`, {
    prepare: (page) => page.route('**/*.wasm', (route) => route.fulfill({ status: 200, contentType: 'application/wasm', body: 'no module' })),
  });
  try {
    const alert = other.page.locator('backflow-figure [role="alert"]');
    await alert.waitFor();
    assert.ok((await alert.innerText()).startsWith(words.say('broken', { reason: '' }).trim()));
    assert.deepEqual(other.problems.filter((problem) => !problem.startsWith('console.')), []);
  } finally {
    await other.close();
  }
});
