// Whether the texts of a figure have room: none is cut, none lies on another or on a control, and nothing
// scrolls sideways. And whether its numbers read from their minus on.

/** @typedef {import('playwright-core').Page} Page */

/** Everything that is wrong with where texts stand, in a line each. @param {Page} page @returns {Promise<string[]>} */
export function crowded(page) {
  return page.evaluate(() => {
    /** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
    const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
    const faults = /** @type {string[]} */ ([]);
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over > 0) faults.push(`the page is ${over} px too wide`);
    const isSeen = (/** @type {Element} */ element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.unseen, select, math, dialog, pre') && getComputedStyle(element).clipPath === 'none';
    /** What may hide a part of an element, from the inside out. @param {Element} element */
    const clips = (element) => {
      const all = /** @type {Element[]} */ ([]);
      for (let above = /** @type {Element | null} */ (element); above; above = above.parentElement) {
        if (!(above instanceof SVGElement) && getComputedStyle(above).overflowX !== 'visible') all.push(above);
      }
      return all;
    };
    const says = (/** @type {Node} */ node) => JSON.stringify((node.textContent ?? '').trim().slice(0, 50));
    const meets = (/** @type {Box} */ one, /** @type {Box} */ other) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;

    const texts = /** @type {{ node: Node, box: Box }[]} */ ([]);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = /** @type {Element} */ (node.parentElement);
      if (!/\S/.test(node.textContent ?? '') || !parent || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const hiders = clips(parent);
      const holder = parent.closest('button, td, th, .tag, .link, .part, .knob, section, figure, .toolbar');
      for (const { left, top, right, bottom } of range.getClientRects()) {
        if (right - left < 1) continue;
        let box = /** @type {Box | undefined} */ ({ left, top, right, bottom });
        const inside = holder?.getBoundingClientRect();
        if (inside && hiders.every((hider) => hider.contains(holder)) && (left < inside.left - 1 || right > inside.right + 1)) faults.push(`${says(node)} goes out of its ${holder?.localName}.${holder?.className}`);
        for (const hider of hiders) {
          if (!box) break;
          const edge = hider.getBoundingClientRect();
          const rolls = getComputedStyle(hider).overflowY !== 'hidden';
          const wide = left < edge.left - 1 || right > edge.right + 1;
          const high = top < edge.top - 2 || bottom > edge.bottom + 2;
          if ((wide || high) && !rolls) faults.push(`${says(node)} is cut by ${hider.localName}.${hider.className}`);
          box = { left: Math.max(box.left, edge.left), top: Math.max(box.top, edge.top), right: Math.min(box.right, edge.right), bottom: Math.min(box.bottom, edge.bottom) };
          if (box.right - box.left < 1 || box.bottom - box.top < 1) box = undefined;
        }
        if (box && (box.left < -1 || box.right > innerWidth + 1)) faults.push(`${says(node)} is outside of the screen`);
        if (box) texts.push({ node, box });
      }
    }
    // Rows go below a heading that stays.
    const stays = (/** @type {Node} */ node) => node.parentElement?.closest('thead, td:last-child, .complaints') !== null;
    texts.forEach(({ node, box }, index) => {
      for (const other of texts.slice(index + 1)) {
        if (other.node !== node && !stays(node) && !stays(other.node) && meets(box, other.box)) faults.push(`${says(node)} lies on ${says(other.node)}`);
      }
    });
    for (const control of root.querySelectorAll('button, input:not(.behind), select')) {
      if (!isSeen(/** @type {Element} */ (control.parentElement)) || !control.checkVisibility({ visibilityProperty: true }) || control.closest('.scrolls, .saver .menu')) continue;
      const box = control.getBoundingClientRect();
      for (const text of texts) {
        if (!control.contains(text.node) && !text.node.parentElement?.closest('.scrolls, .complaints') && meets(box, text.box)) faults.push(`${says(text.node)} lies on a ${control.localName} ${control.getAttribute('aria-label') ?? control.textContent}`);
      }
      if (control instanceof HTMLInputElement && control.type === 'text' && control.scrollWidth > control.clientWidth + 1) faults.push(`a field cuts ${control.value}`);
    }
    return [...new Set(faults)];
  });
}

/**
 * The numbers whose minus does not stand before them, to the left on the same line; and how many have one.
 * @param {Page} page
 * @returns {Promise<{ wrong: string[], count: number }>}
 */
export function minuses(page) {
  return page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('backflow-figure')?.shadowRoot);
    const wrong = /** @type {string[]} */ ([]);
    let count = 0;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.textContent ?? '';
      if (!node.parentElement?.checkVisibility() || node.parentElement.closest('.unseen, option, pre')) continue;
      for (const { index } of text.matchAll(/−(?=[\d⁦⁨])/g)) {
        const digit = index + /** @type {number} */ (/\d/.exec(text.slice(index))?.index);
        const [minus, next] = [index, digit].map((at) => {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return range.getBoundingClientRect();
        });
        count += 1;
        if (!(minus.left < next.left && Math.abs(minus.top - next.top) < 6)) wrong.push(text);
      }
    }
    return { wrong, count };
  });
}
