//! The rates map: steps to arrive as colour, and the verdict where a run does not.

use super::heat::palette;
use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::theme::{BOLD, DOT, NAME, Rgb, SHADE, Theme, VERDICTS, WHITE};
use crate::descent::Verdict;
use crate::landscape::{Cell, Rates};
use crate::scenario::{Key, RatesPlane};
use plotters_backend::DrawingBackend;

/// Room for labels, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [46.0, 12.0, 12.0, 42.0];
/// Runs along each axis of the page's rates map.
pub const RATES_SIDE: usize = 128;
/// The most steps of each.
pub const RATES_LIMIT: usize = 500;
/// The steps whose colours a legend shows.
pub const RATES_SHOWN: [usize; 6] = [1, 3, 10, 30, 100, 300];
/// How many colours stand for steps to arrive; those of the verdicts follow.
const SPEEDS: usize = 240;

/// Where the map lies in a drawing of this size.
#[must_use]
pub fn rates_plane(size: Size) -> Rect {
    let [left, right, top, bottom] = MARGIN;
    let (width, height) = (size.width - left - right, size.height - top - bottom);
    Rect { left, top, width: width.floor(), height: height.floor() }
}

/// The colours of the map: from the slowest to the fastest, then one for each verdict.
pub(super) fn rates_palette() -> [[u8; 4]; 256] {
    std::array::from_fn(|index| match VERDICTS.get(index.wrapping_sub(SPEEDS)) {
        Some(Rgb(r, g, b)) => [*r, *g, *b, 255],
        // Bright is soon; the darkest colours stay for what is never.
        None => palette()[16 + index.min(SPEEDS - 1)],
    })
}

/// A run's place in the palette. Each halving of the steps is as much brighter as any other.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to the palette")]
fn index(cell: Cell, limit: usize) -> u8 {
    if cell.verdict > 0 {
        return SPEEDS as u8 + cell.verdict;
    }
    let share = 1.0 - (f64::from(cell.steps) + 1.0).ln() / ((limit + 1) as f64).ln();
    (share.clamp(0.0, 1.0) * (SPEEDS - 1) as f64).round() as u8
}

/// The map as indices into its palette, from the upper row down.
pub(super) fn rates_indices(rates: &Rates) -> Vec<u8> {
    let rows = rates.cells().chunks_exact(rates.columns()).rev();
    rows.flatten().map(|cell| index(*cell, rates.limit())).collect()
}

/// Paints the map, one pixel a run, as red, green, blue and alpha bytes, from the upper row down.
pub fn paint_rates(rates: &Rates, pixels: &mut Vec<u8>) {
    let palette = rates_palette();
    pixels.clear();
    pixels.extend(rates_indices(rates).into_iter().flat_map(|index| palette[usize::from(index)]));
}

/// The colour of a run that arrives after so many of `limit` steps; of one that comes to another
/// verdict, by its place among [`Verdict::NAMES`].
#[must_use]
pub fn rates_color(steps: usize, verdict: usize, limit: usize) -> Rgb {
    let steps = u16::try_from(steps).unwrap_or(u16::MAX);
    let verdict = u8::try_from(verdict.min(Verdict::KINDS - 1)).unwrap_or(0);
    let [r, g, b, _] = rates_palette()[usize::from(index(Cell { steps, verdict }, limit))];
    Rgb(r, g, b)
}

/// Colours of steps to arrive, with their numbers.
#[cfg(feature = "export")]
pub(super) fn rates_entries(rates: &Rates) -> Vec<(Rgb, String)> {
    let limit = rates.limit();
    let shown = RATES_SHOWN.into_iter().filter(|steps| *steps <= limit);
    shown.map(|steps| (rates_color(steps, 0, limit), steps.to_string())).collect()
}

/// Colours of the other verdicts that occur, with their names, or those that are given instead.
#[cfg(feature = "export")]
pub(super) fn verdict_entries(rates: &Rates, names: &[String]) -> Vec<(Rgb, String)> {
    let occurring = rates.counts().into_iter().enumerate().skip(1).filter(|(_, count)| *count > 0);
    let name = |verdict: usize| names.get(verdict).map_or(Verdict::NAMES[verdict], String::as_str);
    let limit = rates.limit();
    occurring.map(|(verdict, _)| (rates_color(limit, verdict, limit), name(verdict).to_owned())).collect()
}

/// Draws the axes of the map, and a mark where the settings stand.
///
/// # Errors
/// Whatever the backend reports.
pub fn rates_sheet<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    plane: &RatesPlane,
) -> Drawn<B> {
    let rect = rates_plane(size);
    let mut pen = Pen::new(backend);
    axes(&mut pen, rect, theme, plane)?;
    let [x, y] = plane.here();
    let at = [rect.left + rect.width * x, rect.top + rect.height * (1.0 - y)];
    pen.ring(at, DOT + 1.0, SHADE, 2.0 * BOLD)?;
    pen.ring(at, DOT + 1.0, WHITE, BOLD)
}

fn axes<B: DrawingBackend>(pen: &mut Pen<'_, B>, rect: Rect, theme: Theme, plane: &RatesPlane) -> Drawn<B> {
    let Rect { left, top, width, height } = rect;
    let bottom = top + height;
    pen.axes(rect, theme.ink)?;
    let [rates, seconds] = plane.dials();
    let mut decade = rates.least;
    while decade <= rates.most * 1.001 {
        let x = left + width * rates.fraction(decade);
        pen.tick_below([x, bottom], (decade * 1e6).round() / 1e6, &theme)?;
        decade *= 10.0;
    }
    for value in levels(seconds.least, 1.001 * seconds.most, 6.0) {
        let y = top + height * (1.0 - seconds.fraction(value));
        pen.tick_before([left, y], value, &theme)?;
    }
    let letter = if plane.second() == Key::Momentum { "μ" } else { "w" };
    pen.text("η", [left + width / 2.0, bottom + 22.0], Anchor::Below, theme.ink, NAME)?;
    pen.text(letter, [left - 38.0, top + height / 2.0], Anchor::Middle, theme.ink, NAME)
}
