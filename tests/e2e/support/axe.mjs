// What axe finds on a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, in a line each. @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
export async function findings(page) {
  // The tools stay where they are while the page scrolls below them.
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const options = { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
    const { violations } = await /** @type {any} */ (window).axe.run(document, options);
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ node) => `${id}: ${node.target.flat().join(' ')} — ${node.failureSummary.replaceAll('\n', ' ')}`),
    );
  });
}
