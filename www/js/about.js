// What a picture that leaves the page says of itself: its title, where it comes from, and the licence.

const SVG = "http://www.w3.org/2000/svg";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const CC = "http://creativecommons.org/ns#";
const DC = "http://purl.org/dc/elements/1.1/";
/** The licence of what leaves the page, where it is told, and both as a line. */
export const LICENCE = "https://creativecommons.org/licenses/by/4.0/";
export const RIGHTS = `CC BY 4.0 ${LICENCE}`;

/**
 * An element of some language.
 * @param {string} space
 * @param {string} name
 * @param {(Node | string)[]} inside
 */
function named(space, name, ...inside) {
  const element = document.createElementNS(space, name);
  element.append(...inside);
  return element;
}

/**
 * An element of an SVG document.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} inside
 */
export function svg(name, attributes, ...inside) {
  const element = named(SVG, name, ...inside);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/**
 * What a document is called, where it comes from, and under which licence.
 * @param {string} title
 * @param {string} source
 */
export function about(title, source) {
  const licence = named(CC, "cc:license");
  licence.setAttributeNS(RDF, "rdf:resource", LICENCE);
  const work = named(CC, "cc:Work", named(DC, "dc:title", title), named(DC, "dc:source", source), named(DC, "dc:rights", RIGHTS), licence);
  work.setAttributeNS(RDF, "rdf:about", "");
  return [named(SVG, "title", title), named(SVG, "metadata", named(RDF, "rdf:RDF", work))];
}

/**
 * The same behind the opening line of a document.
 * @param {string} document
 * @param {string} title
 * @param {string} source
 */
export function signed(document, title, source) {
  const serializer = new XMLSerializer();
  const lines = about(title, source).map((element) => `\n${serializer.serializeToString(element)}`);
  return document.replace("\n", () => `${lines.join("")}\n`);
}
