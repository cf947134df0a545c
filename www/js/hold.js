// A grip that a pointer holds and drags, and that lets the page scroll everywhere else.

/**
 * Lets a pointer drag a grip by where it took hold of it.
 * @param {HTMLElement} grip
 * @param {HTMLInputElement} input does the same with keys: it gets the focus, and while it is disabled nothing moves
 * @param {(x: number, y: number) => void} move where the middle of the grip shall be, in client coordinates
 * @param {() => void} end the pointer lets go, and has moved
 */
export function hold(grip, input, move, end) {
  /** @type {{ pointer: number, x: number, y: number, moved: boolean } | undefined} */
  let held;
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held || input.disabled) return;
    const { left, top, width, height } = grip.getBoundingClientRect();
    held = { pointer: event.pointerId, x: event.clientX - (left + width / 2), y: event.clientY - (top + height / 2), moved: false };
    grip.setPointerCapture(event.pointerId);
    input.focus({ preventScroll: true });
    event.preventDefault();
  });
  grip.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    held.moved = true;
    move(event.clientX - held.x, event.clientY - held.y);
  });
  const release = (/** @type {PointerEvent} */ event) => {
    if (held?.pointer !== event.pointerId) return;
    const { moved } = held;
    held = undefined;
    if (moved) end();
  };
  grip.addEventListener("pointerup", release);
  grip.addEventListener("pointercancel", release);
}
