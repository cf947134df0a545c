// Where canvases lie: over what the engine says that it draws.

/**
 * Puts elements over a rectangle, in CSS pixels of what they stand in.
 * @param {HTMLElement[]} elements
 * @param {ArrayLike<number>} rectangle left, top, width, height
 */
export function lay(elements, { 0: left, 1: top, 2: width, 3: height }) {
  for (const { style } of elements) {
    Object.assign(style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }
}
