//! What a plumber believes beside the truth: both sensitivities above, their ratio below, over the steps.

use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::theme::{BOLD, NAME, Rgb, THIN, Theme};
use crate::backprop::Sensitivities;
use crate::scenario::Session;
use plotters_backend::DrawingBackend;

/// Room for labels, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [40.0, 64.0, 12.0, 26.0];
/// Room between the panels, in CSS pixels; the name of the lower one stands there.
const GAP: f64 = 44.0;
/// The axis of steps shows at least this many.
const FEWEST: usize = 10;
/// Radius of a dot, in CSS pixels.
const DOT: f64 = 3.5;
/// From one dot to the next, in CSS pixels, at least.
const APART: f64 = 4.0;
/// What lies further off than so many times the largest truth is drawn at the edge.
const FAR: f64 = 2.5;

/// What is known at a step, as [`Session::measurements`] tells it.
type Row = [f64; 9];
/// Where an estimate stands in a row, and where the truth.
type Pair = [usize; 2];
const M: Pair = [1, 2];
const H: Pair = [4, 5];
const RATIO: Pair = [7, 8];

/// A panel: steps to the right, a quantity upward.
struct Panel<'a> {
    rect: Rect,
    rows: &'a [Row],
    steps: f64,
    range: [f64; 2],
}

impl<'a> Panel<'a> {
    /// A panel whose range holds the truth of some pairs, and what is believed as long as that is not too far off.
    fn new(rect: Rect, rows: &'a [Row], pairs: &[Pair]) -> Self {
        let values =
            |place: usize| rows.iter().flat_map(move |row| pairs.iter().map(move |pair| row[pair[place]]));
        let most = FAR * values(1).fold(0.0, |most: f64, truth| most.max(truth.abs())).max(1e-9);
        let fit = |low_high: [f64; 2], value: f64| {
            let value = value.clamp(-most, most);
            [low_high[0].min(value), low_high[1].max(value)]
        };
        let [low, high] = values(0).chain(values(1)).fold([0.0, 0.4 * most], fit);
        let steps = (rows.len() - 1).max(FEWEST) as f64;
        Self { rect, rows, steps, range: [1.08 * low, 1.08 * high] }
    }

    fn x(&self, step: f64) -> f64 {
        self.rect.left + self.rect.width * step / self.steps
    }

    fn y(&self, value: f64) -> f64 {
        let [low, high] = self.range;
        self.rect.top + self.rect.height * (high - value.clamp(low, high)) / (high - low)
    }

    fn grid<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme) -> Drawn<B> {
        let Rect { left, width, height, .. } = self.rect;
        let [low, high] = self.range;
        let room = height / 30.0 / (high - low);
        let above = levels(0.0, high, high * room);
        let below = levels(0.0, -low, -low * room).into_iter().skip(1).map(|level| -level);
        for level in above.into_iter().chain(below) {
            let y = self.y(level).round() + 0.5;
            let color = if level == 0.0 { theme.muted } else { theme.grid };
            pen.line(&[[left, y], [left + width, y]], color, 1.0, THIN)?;
            pen.number(level, [left - 8.0, y], Anchor::Before, theme.muted)?;
        }
        Ok(())
    }

    /// The truth as a line, and what is believed as dots, where anything is measured.
    fn pair<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        [believed, truth]: Pair,
        [line, dots]: [Rgb; 2],
        measured: bool,
    ) -> Drawn<B> {
        let at = |row: &Row, place: usize| [self.x(row[0]), self.y(row[place])];
        let path: Vec<_> = self.rows.iter().map(|row| at(row, truth)).collect();
        pen.line(&path, line, 1.0, BOLD)?;
        if let [only] = path[..] {
            pen.disc(only, BOLD, line, 1.0)?;
        }
        if !measured {
            return Ok(());
        }
        let path: Vec<_> = self.rows.iter().map(|row| at(row, believed)).collect();
        pen.line(&path, dots, 0.45, THIN)?;
        for point in path.iter().step_by(self.stride()) {
            pen.disc(*point, DOT, dots, 1.0)?;
        }
        Ok(())
    }

    /// How many steps there are from one dot to the next: an odd number, or else every second one would be missing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
    fn stride(&self) -> usize {
        (APART * self.steps / self.rect.width.max(1.0)).ceil() as usize | 1
    }

    /// A name behind the end of a truth, moved down by some pixels.
    fn name<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        (name, down): (&str, f64),
        [_, truth]: Pair,
        color: Rgb,
    ) -> Drawn<B> {
        let y = self.rows.last().map_or(0.0, |row| self.y(row[truth]));
        pen.text(name, [self.rect.left + self.rect.width + 8.0, y + down], Anchor::After, color, NAME)
    }
}

/// Draws both panels.
pub(super) fn plumber<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let [left, right, top, bottom] = MARGIN;
    let rows = session.measurements(session.run().path().len());
    let measured = session.run().experiment().sensitivities != Sensitivities::Exact;
    let height = 0.5 * (size.height - top - bottom - GAP);
    let upper = Rect { left, top, width: size.width - left - right, height };
    let lower = Rect { top: top + height + GAP, ..upper };
    let both = Panel::new(upper, &rows, &[M, H]);
    both.grid(pen, theme)?;
    both.pair(pen, M, [theme.m; 2], measured)?;
    both.pair(pen, H, [theme.h; 2], measured)?;
    // Two names at one height would hide each other.
    let [m, h] = [M, H].map(|[_, truth]| rows.last().map_or(0.0, |row| both.y(row[truth])));
    let apart = (9.0 - (m - h).abs() / 2.0).max(0.0) * if m <= h { 1.0 } else { -1.0 };
    both.name(pen, ("∂y/∂m", -apart), M, theme.m)?;
    both.name(pen, ("∂y/∂h", apart), H, theme.h)?;

    let ratio = Panel::new(lower, &rows, &[RATIO]);
    pen.text("∂y/∂m ÷ ∂y/∂h", [left, lower.top - 12.0], Anchor::After, theme.ink, NAME)?;
    ratio.grid(pen, theme)?;
    ratio.pair(pen, RATIO, [theme.ink, theme.rivals[0]], measured)?;
    let counts = levels(0.0, ratio.steps + 0.5, lower.width / 60.0);
    for step in counts.into_iter().filter(|step| step.fract() == 0.0) {
        let below = [ratio.x(step), lower.top + lower.height + 7.0];
        pen.number(step, below, Anchor::Below, theme.muted)?;
    }
    Ok(())
}
