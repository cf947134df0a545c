//! What training makes of a city, over its steps: the error above, the reach of its valves below.

use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::theme::{BOLD, DOT, NAME, Rgb, THIN, Theme};
use crate::city::Watch;
use plotters_backend::DrawingBackend;

/// Room for labels, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [48.0, 26.0, 12.0, 24.0];
/// Room between the two panels.
const GAP: f64 = 18.0;
/// Room that a label of the axis upward takes, and one of the axis of steps.
const ROOM: [f64; 2] = [24.0, 64.0];
/// The axis of steps shows at least this many.
const FEWEST: f64 = 10.0;
/// The untrained level: how long each dash is, and how far from the next.
const DASHES: [f64; 2] = [5.0, 4.0];

/// The error and the reach of a city after some steps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// How many steps were made.
    pub step: f64,
    /// The mean error of a scenario.
    pub error: f64,
    /// How many showers a valve matters to; `None` where it was not read.
    pub reach: Option<f64>,
}

impl Moment {
    /// What a city that is watched has noted: its errors, and after them the readings of its reach.
    #[must_use]
    pub fn all(city: &Watch) -> Vec<Self> {
        let errors = city.errors().iter().map(|(step, error)| (*step, *error, None));
        let reaches = city.reaches().iter().map(|(step, reach)| (*step, f64::NAN, Some(reach.mean)));
        errors
            .chain(reaches)
            .map(|(step, error, reach)| Self { step: f64::from(step), error, reach })
            .collect()
    }
}

/// Draws the error of a city and the reach of its valves over the steps, each from 0 upward; the reach of the city
/// before the first step is a dashed level. What is no number is left out.
///
/// # Errors
/// Whatever the backend reports.
pub fn city_chart<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    moments: &[Moment],
    untrained: Option<f64>,
) -> Drawn<B> {
    let whole = Rect { left: 0.0, top: 0.0, width: size.width, height: size.height };
    city_chart_in(backend, whole, theme, moments, untrained)
}

/// The same within a larger drawing.
pub(super) fn city_chart_in<B: DrawingBackend>(
    backend: &mut B,
    whole: Rect,
    theme: Theme,
    moments: &[Moment],
    untrained: Option<f64>,
) -> Drawn<B> {
    let [left, right, top, bottom] = MARGIN;
    let (width, height) = (whole.width - left - right, whole.height - top - bottom);
    let (left, top) = (whole.left + left, whole.top + top);
    let upper = Rect { left, top, width, height: (height - GAP) / 2.0 };
    let lower = Rect { top: top + height - upper.height, ..upper };
    let steps =
        moments.iter().map(|moment| moment.step).filter(|step| step.is_finite()).fold(FEWEST, f64::max);
    let points = |of: fn(&Moment) -> Option<f64>| -> Vec<[f64; 2]> {
        let known = moments.iter().filter_map(|moment| Some([moment.step, of(moment)?]));
        known.filter(|point| point.iter().all(|number| number.is_finite())).collect()
    };
    let (errors, reaches) = (points(|moment| Some(moment.error)), points(|moment| moment.reach));
    let level = untrained.filter(|level| level.is_finite());

    let mut pen = Pen::new(backend);
    let error = Panel::new(upper, steps, errors.iter().map(|[_, error]| *error));
    let reach = Panel::new(lower, steps, reaches.iter().map(|[_, reach]| *reach).chain(level));
    for panel in [&error, &reach] {
        panel.grid(&mut pen, theme)?;
    }
    for step in levels(0.0, steps * 1.001, width / ROOM[1]).into_iter().filter(|step| step.fract() == 0.0) {
        let [x, y] = reach.at([step, 0.0]);
        pen.number(step, [x, y + 7.0], Anchor::Below, theme.muted)?;
    }
    if let Some(level) = level {
        pen.dashed([0.0, steps].map(|step| reach.at([step, level])), theme.reach, 1.5 * THIN, DASHES)?;
    }
    reach.curve(&mut pen, &reaches, "", theme.reach)?;
    error.curve(&mut pen, &errors, "E", theme.error)
}

/// Steps to the right, a quantity upward from 0.
struct Panel {
    rect: Rect,
    steps: f64,
    /// The highest number that is known, and a little more; 0 where none is above 0.
    high: f64,
}

impl Panel {
    fn new(rect: Rect, steps: f64, numbers: impl Iterator<Item = f64>) -> Self {
        let highest = numbers.fold(0.0, f64::max);
        Self { rect, steps, high: 1.08 * highest }
    }

    fn at(&self, [step, number]: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        let part = if self.high > 0.0 { (number / self.high).clamp(0.0, 1.0) } else { 0.0 };
        [left + width * (step / self.steps).clamp(0.0, 1.0), top + height * (1.0 - part)]
    }

    fn grid<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme) -> Drawn<B> {
        let Rect { left, width, height, .. } = self.rect;
        for number in levels(0.0, self.high, height / ROOM[0]) {
            let y = self.at([0.0, number])[1].round() + 0.5;
            let color = if number == 0.0 { theme.muted } else { theme.grid };
            pen.line(&[[left, y], [left + width, y]], color, 1.0, THIN)?;
            pen.number(number, [left - 8.0, y], Anchor::Before, theme.muted)?;
        }
        Ok(())
    }

    /// A curve with its name at the end.
    fn curve<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        points: &[[f64; 2]],
        name: &str,
        color: Rgb,
    ) -> Drawn<B> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        pen.line(&points, color, 1.0, BOLD)?;
        let Some(&[x, y]) = points.last() else { return Ok(()) };
        pen.disc([x, y], 0.5 * DOT, color, 1.0)?;
        pen.text(name, [x + 9.0, y], Anchor::After, color, NAME)
    }
}
