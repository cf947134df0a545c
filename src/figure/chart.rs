//! A small chart: two axes with a few ticks and names, for drawings of several side by side.

use super::clip::clip;
use super::pen::{Anchor, Drawn, Pen, Rect, levels};
use super::theme::{LABEL, NAME, Rgb, THIN, Theme};
use plotters_backend::DrawingBackend;

/// Room for ticks and names round a chart, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [40.0, 20.0, 24.0, 26.0];
/// Room that a tick's label takes, in CSS pixels: across and down.
const ROOM: [f64; 2] = [34.0, 44.0];
/// A label nearer to the end of an axis than this lies on its name, in CSS pixels.
const NAMED: f64 = 18.0;

/// What stands on an axis: its name with its colour.
pub(super) type Name = (&'static str, Rgb);

/// Two quantities on paper.
#[derive(Clone, Copy)]
pub(super) struct Chart {
    pub(super) rect: Rect,
    /// Both ends of the axis across.
    pub(super) x: [f64; 2],
    /// Both ends of the axis upward.
    pub(super) y: [f64; 2],
}

impl Chart {
    /// A chart with its margins in a part of a drawing.
    pub(super) fn within(part: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        let [left, right, top, bottom] = MARGIN;
        let (width, height) = (part.width - left - right, part.height - top - bottom);
        let rect = Rect {
            left: part.left + left,
            top: part.top + top,
            width: width.max(1.0).floor(),
            height: height.max(1.0).floor(),
        };
        Self { rect, x, y }
    }

    pub(super) fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        [left + width * part(self.x, x), top + height * (1.0 - part(self.y, y))]
    }

    /// The quantity across at a place.
    pub(super) fn across(&self, x: f64) -> f64 {
        let [low, high] = self.x;
        (low + (high - low) * (x - self.rect.left) / self.rect.width).clamp(low.min(high), high.max(low))
    }

    /// The quantities across for which a curve is drawn, one for every other pixel.
    pub(super) fn samples(&self) -> impl Iterator<Item = f64> + use<> {
        let ([low, high], width) = (self.x, self.rect.width);
        let count = (0.5 * width).ceil().max(2.0);
        (0..)
            .map(f64::from)
            .take_while(move |index| *index <= count)
            .map(move |index| low + (high - low) * index / count)
    }

    /// A curve inside the axes.
    pub(super) fn curve<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        color: Rgb,
        width: f64,
        of: impl Fn(f64) -> f64,
    ) -> Drawn<B> {
        let points: Vec<_> = self.samples().map(|x| self.at([x, of(x)])).collect();
        for part in clip(&points, self.rect) {
            pen.line(&part, color, 1.0, width)?;
        }
        Ok(())
    }

    /// A straight line inside the axes.
    pub(super) fn straight<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        ends: [[f64; 2]; 2],
        color: Rgb,
        width: f64,
    ) -> Drawn<B> {
        for part in clip(&ends.map(|end| self.at(end)), self.rect) {
            pen.line(&part, color, 1.0, width)?;
        }
        Ok(())
    }

    /// The axes with their names, ticks at round numbers from 0 on upward, and those given across.
    pub(super) fn axes<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        theme: Theme,
        [across, upward]: [Name; 2],
        ticks: &[(f64, String)],
    ) -> Drawn<B> {
        let Rect { left, top, width, height } = self.rect;
        let (right, bottom) = (left + width, top + height);
        for level in rounds(self.y, height / ROOM[1]) {
            let [_, y] = self.at([self.x[0], level]);
            pen.line(&[[left, y], [right, y]], theme.grid, 1.0, THIN)?;
            // Not on the name of the axis.
            if y - top > 0.5 * LABEL {
                // A minus is as wide as a plus.
                let label = level.to_string().replace('-', "−");
                pen.label(&label, [left - 6.0, y], Anchor::Before, theme.muted)?;
            }
        }
        pen.axes(self.rect, theme.ink)?;
        for (tick, label) in ticks {
            let [x, _] = self.at([*tick, self.y[0]]);
            pen.line(&[[x, bottom], [x, bottom + 4.0]], theme.ink, 1.0, THIN)?;
            if right - x > NAMED || across.0.is_empty() {
                pen.label(label, [x, bottom + 7.0], Anchor::Below, theme.muted)?;
            }
        }
        pen.text(across.0, [right + 8.0, bottom + 7.0 + 0.5 * LABEL], Anchor::Before, across.1, NAME)?;
        pen.text(upward.0, [left - 6.0, top - 0.75 * LABEL], Anchor::Before, upward.1, NAME)
    }

    /// Ticks at round numbers across.
    pub(super) fn round_ticks(&self) -> Vec<(f64, String)> {
        rounds(self.x, self.rect.width / ROOM[0]).into_iter().map(|tick| (tick, tick.to_string())).collect()
    }
}

/// How far along an axis something is.
fn part([low, high]: [f64; 2], value: f64) -> f64 {
    if high == low { 0.5 } else { (value - low) / (high - low) }
}

/// Round numbers on an axis, 0 among them where it lies on it.
fn rounds([low, high]: [f64; 2], room: f64) -> Vec<f64> {
    let inside = |level: &f64| (low..=high).contains(level);
    let largest = low.abs().max(high.abs());
    let above = levels(0.0, 1.001 * largest, room * largest / (high - low).max(1e-9));
    let below = above.iter().skip(1).map(|level| -level);
    below.chain(above.iter().copied()).filter(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::{Chart, rounds};
    use crate::figure::Rect;

    #[test]
    fn a_place_across_is_found_again() {
        let part = Rect { left: 10.0, top: 20.0, width: 200.0, height: 120.0 };
        let chart = Chart::within(part, [1.0, 9.0], [-1.0, 2.0]);
        for x in [1.0, 2.5, 9.0] {
            let [place, _] = chart.at([x, 0.0]);
            assert!((chart.across(place) - x).abs() < 1e-9);
        }
        assert_eq!(chart.across(-1e9), 1.0);
        assert_eq!(chart.across(1e9), 9.0);
    }

    #[test]
    fn ticks_are_round_and_lie_on_the_axis() {
        assert_eq!(rounds([-0.9, 0.9], 4.0), [-0.5, 0.0, 0.5]);
        assert_eq!(rounds([0.0, 4.0], 4.0), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert!(rounds([0.0, 0.0], 4.0).len() < 2);
    }
}
