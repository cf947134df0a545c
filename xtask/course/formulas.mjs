// The formulas of the course, as MathML: a few by name, and any sensitivity by its letters.

const text = (/** @type {string} */ tag) => (/** @type {string} */ content) => `<${tag}>${content}</${tag}>`;
const [operator, number] = ['mo', 'mn'].map(text);
const row = (/** @type {string[]} */ ...parts) => `<mrow>${parts.join('')}</mrow>`;

/** A letter, in the colour of its quantity where it has one. @param {string} name */
export function letter(name) {
  const plain = name.replace("'", '');
  const shown = name.endsWith("'") ? `<mi>${plain}</mi><mo lspace="0" rspace="0">′</mo>` : `<mi>${plain}</mi>`;
  return 'mhxywE'.includes(plain) ? `<mrow class="of-${plain}">${shown}</mrow>` : shown;
}

/** A change of a quantity. @param {string} sign @param {string} name */
const change = (sign, name) => `<mrow class="of-${name}"><mo lspace="0" rspace="0">${sign}</mo><mi>${name}</mi></mrow>`;
/** A ratio of two changes. @param {string} above @param {string} below @param {string} [sign] */
const ratio = (above, below, sign = '∂') => `<mfrac>${change(sign, above)}${change(sign, below)}</mfrac>`;
/** The ratio with something held. @param {string} above @param {string} below @param {string} held */
const held = (above, below, held) => `<msub>${row(operator('('), ratio(above, below), operator(')'))}${letter(held)}</msub>`;
const [is, times, plus, minus, becomes] = ['=', '×', '+', '−', '←'].map(operator);
const distance = [letter('y'), minus, letter("y'")];
const squared = (/** @type {string} */ inner) => `<msup>${inner}${number('2')}</msup>`;

/** The formulas that stand in a line of their own. @type {Record<string, string>} */
const NAMED = {
  path: [ratio('y', 'm'), is, ratio('y', 'x'), times, ratio('x', 'm')].join(''),
  paths: [held('y', 'h', 'm'), is, held('y', 'h', 'x'), plus, ratio('y', 'x'), times, ratio('x', 'h')].join(''),
  absolute: [letter('E'), is, row(operator('|'), ...distance, operator('|'))].join(''),
  squared: [letter('E'), is, `<mfrac>${number('1')}${number('2')}</mfrac>`, squared(row(operator('('), ...distance, operator(')')))].join(''),
  chain: [ratio('E', 'm'), is, ratio('E', 'y'), times, ratio('y', 'x'), times, ratio('x', 'm')].join(''),
  update: [letter('m'), becomes, letter('m'), minus, '<mi>η</mi>', ratio('E', 'm'), '<mspace width="2em"></mspace>', letter('h'), becomes, letter('h'), minus, '<mi>η</mi>', ratio('E', 'h')].join(''),
  momentum: ['<mi>v</mi>', becomes, '<mi>μ</mi>', '<mi>v</mi>', plus, ratio('E', 'm'), '<mspace width="2em"></mspace>', letter('m'), becomes, letter('m'), minus, '<mi>η</mi>', '<mi>v</mi>'].join(''),
  adagrad: ['<mi>s</mi>', becomes, '<mi>s</mi>', plus, squared(row(operator('('), ratio('E', 'm'), operator(')'))), '<mspace width="2em"></mspace>', letter('m'), becomes, letter('m'), minus, `<mfrac><mi>η</mi><msqrt><mi>s</mi></msqrt></mfrac>`, ratio('E', 'm')].join(''),
};

/** A formula in a line of its own, by name. @param {string} name */
export function block(name) {
  if (!Object.hasOwn(NAMED, name)) throw new Error(`there is no formula ${name}; there are ${Object.keys(NAMED).join(', ')}`);
  return `<math display="block">${NAMED[name]}</math>`;
}

/** A sensitivity in a sentence, by its letters: dy/dh, or Δy/Δh. @param {string} name */
export function inline(name) {
  const found = /^([dΔ])([xyE])\/\1([mhxy])$/.exec(name);
  if (!found) throw new Error(`$${name}$ is no sensitivity such as $dy/dh$ or $Δy/Δh$`);
  const [, sign, above, below] = found;
  return `<math>${ratio(above, below, sign === 'd' ? '∂' : sign)}</math>`;
}
