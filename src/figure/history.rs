//! The history of a run: the error above, both valves below, over the steps; and the errors of its rivals.

use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::theme::{BOLD, DOT, LABEL, NAME, Rgb, THIN, Theme};
use crate::descent::{Run, Step};
use crate::plumbing::{OPEN, SHUT, TRAVEL};
use crate::scenario::Session;
use plotters_backend::{DrawingBackend, DrawingErrorKind};

/// Room for labels, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [48.0, 26.0, 12.0, 24.0];
/// Room between the two panels.
const GAP: f64 = 16.0;
/// The axis of steps shows at least this many.
const FEWEST: usize = 10;

/// What a curve shows of each step. Not generic: one piece of code draws every curve.
type Quantity = fn(&Step) -> f64;

/// Where both panels lie in a drawing of this size.
#[must_use]
pub fn history_plane(size: Size) -> Rect {
    let [left, right, top, bottom] = MARGIN;
    Rect { left, top, width: size.width - left - right, height: size.height - top - bottom }
}

/// How many steps the axis of a session's history shows.
#[must_use]
pub fn history_steps(session: &Session) -> usize {
    session.made().max(FEWEST)
}

/// Draws the history, and returns the rectangle that both panels share.
///
/// # Errors
/// Whatever the backend reports.
pub fn history<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Result<Rect, Box<DrawingErrorKind<B::ErrorType>>> {
    let all = history_plane(size);
    let upper = Rect { height: (all.height - GAP) * 0.5, ..all };
    let lower = Rect { top: all.top + all.height - upper.height, ..upper };
    let run = session.run();
    let (path, made) = (run.path(), run.made());
    let steps = history_steps(session);

    let mut pen = Pen::new(backend);
    let rivals = session.rivals().iter().flat_map(Run::made);
    let highest = made.iter().chain(rivals).map(|step| step.error).fold(0.0, f64::max);
    let errors =
        Panel { rect: upper, steps, low: 0.0, high: if highest > 0.0 { 1.05 * highest } else { 1.0 } };
    let valves = Panel { rect: lower, steps, low: SHUT, high: OPEN };
    let label_room = 24.0;
    errors.grid(&mut pen, theme, &levels(0.0, errors.high, upper.height / label_room))?;
    let ends = [SHUT, OPEN];
    let ticks = [SHUT, SHUT + TRAVEL / 2.0, OPEN];
    valves.grid(&mut pen, theme, if lower.height < 2.0 * label_room { &ends } else { &ticks })?;
    let bottom_line = all.top + all.height;
    let counts = levels(0.0, steps as f64 + 0.5, all.width / 60.0);
    for step in counts.into_iter().filter(|step| step.fract() == 0.0) {
        let x = errors.x(step);
        pen.number(step, [x, bottom_line + 7.0], Anchor::Below, theme.muted)?;
    }
    let clock = errors.x(session.clock() as f64);
    if session.made() > session.clock() {
        // Where one stands among the steps that were made.
        pen.line(&[[clock, all.top], [clock, bottom_line]], theme.muted, 1.0, THIN)?;
        errors.ghost(&mut pen, made, theme.error, |step| step.error)?;
        valves.ghost(&mut pen, made, theme.m, |step| step.position[0])?;
        valves.ghost(&mut pen, made, theme.h, |step| step.position[1])?;
    }
    let mut taken = vec![errors.at(path.len() - 1, run.now().error)];
    for (index, rival) in session.rivals().iter().enumerate() {
        let color = theme.rivals[index % theme.rivals.len()];
        if rival.made().len() > rival.path().len() {
            errors.ghost(&mut pen, rival.made(), color, |step| step.error)?;
        }
        let [x, y] = errors.at(rival.steps(), rival.now().error);
        let place = free(&taken, [x, y - 8.0]);
        errors.numbered(&mut pen, rival.path(), (index + 1, place), color)?;
        taken.push(place);
    }
    errors.curve(&mut pen, path, "E", theme.error, |step| step.error)?;
    let [m, h] = run.now().position;
    // Two names at one height would hide each other.
    let apart = (7.0 - (valves.y(m) - valves.y(h)).abs() / 2.0).max(0.0) * if m >= h { 1.0 } else { -1.0 };
    valves.named(&mut pen, path, ("m", -apart), theme.m, |step| step.position[0])?;
    valves.named(&mut pen, path, ("h", apart), theme.h, |step| step.position[1])?;
    Ok(all)
}

/// The first place upward from one at which a label lies on no other.
fn free(taken: &[[f64; 2]], [x, y]: [f64; 2]) -> [f64; 2] {
    let lies_on = |y: f64| taken.iter().any(|at| (at[0] - x).abs() < LABEL && (at[1] - y).abs() < LABEL);
    let mut place = y;
    while lies_on(place) {
        place -= 1.0;
    }
    [x, place]
}

/// How many whole labels fit.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
fn fitting(count: f64) -> usize {
    count.max(1.0) as usize
}

/// One panel: steps to the right, a quantity upward.
struct Panel {
    rect: Rect,
    steps: usize,
    low: f64,
    high: f64,
}

impl Panel {
    fn x(&self, step: f64) -> f64 {
        self.rect.left + self.rect.width * step / self.steps as f64
    }

    fn y(&self, value: f64) -> f64 {
        self.rect.top + self.rect.height * (self.high - value) / (self.high - self.low)
    }

    fn grid<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme, values: &[f64]) -> Drawn<B> {
        let Rect { left, width, .. } = self.rect;
        for &value in values {
            let y = self.y(value).round() + 0.5;
            let color = if value == self.low { theme.muted } else { theme.grid };
            pen.line(&[[left, y], [left + width, y]], color, 1.0, THIN)?;
            pen.number(value, [left - 8.0, y], Anchor::Before, theme.muted)?;
        }
        Ok(())
    }

    fn curve<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        path: &[Step],
        name: &str,
        color: Rgb,
        value: Quantity,
    ) -> Drawn<B> {
        self.named(pen, path, (name, 0.0), color, value)
    }

    /// A curve without a name that stands back.
    fn ghost<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        path: &[Step],
        color: Rgb,
        value: Quantity,
    ) -> Drawn<B> {
        pen.line(&self.thinned(path, value), color, 0.35, THIN)
    }

    /// Where a step of some value lies.
    fn at(&self, step: usize, value: f64) -> [f64; 2] {
        [self.x(step as f64), self.y(value)]
    }

    /// The error of a rival, with its number at a place.
    fn numbered<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        path: &[Step],
        (number, [x, y]): (usize, [f64; 2]),
        color: Rgb,
    ) -> Drawn<B> {
        let points = self.thinned(path, |step| step.error);
        pen.line(&points, color, 1.0, 0.75 * BOLD)?;
        let Some(&end) = points.last() else { return Ok(()) };
        pen.disc(end, 0.4 * DOT, color, 1.0)?;
        pen.label(&number.to_string(), [x + 6.0, y], Anchor::After, color)
    }

    /// A curve with its name at the end, moved down by some pixels.
    fn named<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        path: &[Step],
        (name, down): (&str, f64),
        color: Rgb,
        value: Quantity,
    ) -> Drawn<B> {
        let points = self.thinned(path, value);
        pen.line(&points, color, 1.0, BOLD)?;
        let Some(&end) = points.last() else { return Ok(()) };
        pen.disc(end, 0.5 * DOT, color, 1.0)?;
        pen.text(name, [end[0] + 9.0, end[1] + down], Anchor::After, color, NAME)
    }

    /// The curve with no more than the lowest and highest point of each pixel column, and its end.
    fn thinned(&self, path: &[Step], value: Quantity) -> Vec<[f64; 2]> {
        let point = |(number, step)| [self.x(number as f64), self.y(value(step))];
        let per_column = (path.len() as f64 / self.rect.width.max(1.0)).ceil();
        let chunk = fitting(per_column);
        if chunk <= 2 {
            return path.iter().enumerate().map(point).collect();
        }
        let mut points = Vec::new();
        let numbered: Vec<_> = path.iter().enumerate().map(point).collect();
        for column in numbered.chunks(chunk) {
            let (mut lowest, mut highest) = (column[0], column[0]);
            for &point in column {
                // Upward is towards smaller y; which is which does not matter here.
                if point[1] < lowest[1] {
                    lowest = point;
                }
                if point[1] > highest[1] {
                    highest = point;
                }
            }
            let in_order = lowest[0] <= highest[0];
            points.extend(if in_order { [lowest, highest] } else { [highest, lowest] });
        }
        points.extend(numbered.last());
        points
    }
}
