//! What an optimizer remembers of the gradients: for each valve a square whose side divides the learning
//! rate, with the rings of earlier steps. AdaGrad's grow, since its areas are sums of squares.

use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::theme::{BOLD, NAME, Rgb, THIN, Theme};
use crate::descent::Run;
use plotters_backend::DrawingBackend;

/// Room round and between the squares, in CSS pixels.
const ROOM: f64 = 22.0;
/// About how many rings are drawn at most.
const RINGS: usize = 24;

/// Draws the squares of m and of h to one scale: the side of each is what the rule divides the rate by,
/// such as √v. Nothing is drawn for rules that do not divide.
///
/// # Errors
/// Whatever the backend reports.
pub fn memory<B: DrawingBackend>(backend: &mut B, size: Size, theme: Theme, run: &Run) -> Drawn<B> {
    let mut pen = Pen::new(backend);
    let side = (0.5 * (size.width - 3.0 * ROOM)).min(size.height - 2.0 * ROOM);
    let divides = run.experiment().optimizer.divides();
    let largest = run.made().iter().flat_map(|step| step.memory.divisor).fold(0.0, f64::max);
    for (valve, (name, color)) in [("m", theme.m), ("h", theme.h)].into_iter().enumerate() {
        let left = ROOM + valve as f64 * (0.5 * (size.width - ROOM));
        let rect = Rect { left, top: 0.5 * (size.height - side), width: side, height: side };
        let roots: Vec<_> = run.path().iter().map(|step| step.memory.divisor[valve]).collect();
        let scale = if divides && largest > 0.0 { side / largest } else { 0.0 };
        squares(&mut pen, theme, rect, &roots, scale, color)?;
        let bottom = rect.top + rect.height;
        pen.text(name, [left + side / 2.0, bottom + 3.0], Anchor::Below, color, NAME)?;
    }
    Ok(())
}

/// The square of now, filled, and the rings of earlier steps; all share the lower left corner.
fn squares<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    rect: Rect,
    roots: &[f64],
    scale: f64,
    color: Rgb,
) -> Drawn<B> {
    let Rect { left, top, width, height } = rect;
    let bottom = top + height;
    let corners = |side: f64| {
        [[left, bottom], [left, bottom - side], [left + side, bottom - side], [left + side, bottom]]
    };
    pen.line(&[[left, top], [left, bottom], [left + width, bottom]], theme.grid, 1.0, THIN)?;
    let now = scale * roots.last().copied().unwrap_or(0.0);
    if now < 1.0 {
        return Ok(());
    }
    pen.area(&corners(now), color, 0.2)?;
    let stride = roots.len().div_ceil(RINGS).max(1);
    for root in roots.iter().step_by(stride) {
        let [_, upper_left, upper_right, lower_right] = corners(scale * root);
        pen.line(&[upper_left, upper_right, lower_right], color, 0.45, THIN)?;
    }
    let [first, second, third, fourth] = corners(now);
    pen.line(&[first, second, third, fourth, first], color, 1.0, BOLD)
}
