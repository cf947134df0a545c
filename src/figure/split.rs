//! A turn of fixed size: its circle round the position, and the change of the error all round it.

use super::chart::Chart;
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::plot::Grip;
use super::theme::{BOLD, DOT, NAME, Rgb, THIN, Theme};
use crate::landscape::Tracer;
use crate::lesson::split::{Split, Way};
use crate::plumbing::{OPEN, SHUT};
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Wider drawings have both parts side by side, in heights.
const BESIDE: f64 = 1.25;
/// The part of the width that the circle takes beside the curve.
const LEFT: f64 = 0.46;
/// The part of the height that it takes above the curve.
const ABOVE: f64 = 0.58;
/// How far the plane reaches beyond the position, in radii of the circle.
const REACH: f64 = 1.4;
/// A turn of nothing has a circle all the same, in turns.
const SMALLEST: f64 = 1e-3;
/// Nodes along each axis of the plane, for its contours.
const NODES: u16 = 41;
/// Contours on the plane.
const CONTOURS: u16 = 9;
/// An arrow shorter than this has no name, in CSS pixels.
const NAMED: f64 = 30.0;
/// The sign of the direction against the gradient, in which the error falls.
const DOWNHILL: &str = "−∇";

/// Draws the circle with the chosen turn, and the curve of all turns. What one is asked for is not drawn.
pub(super) fn split<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
    asked: bool,
) -> Drawn<B> {
    let split = Split::of(session);
    let angle = session.scenario().number(Key::Angle);
    let [left, right] = parts(size);
    let circle = Circle::of(&split, left);
    circle.ground(pen, theme, &split, asked)?;
    if !asked && !split.is_flat() {
        circle.downhill(pen, theme, &split)?;
    }
    circle.turn(pen, theme, angle)?;
    all_round(pen, theme, &split, right, (!asked).then_some(angle))
}

/// The point of the chosen turn on the circle.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let split = Split::of(session);
    let circle = Circle::of(&split, parts(size)[0]);
    vec![Grip { key: Key::Angle, at: circle.rim(session.scenario().number(Key::Angle)) }]
}

/// What a pointer makes of the direction: the one in which it is, seen from the position, to a tenth of a degree.
pub(super) fn pull([x, y]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    let split = Split::of(session);
    let [middle_x, middle_y] = Circle::of(&split, parts(size)[0]).middle();
    let angle = (middle_y - y).atan2(x - middle_x).to_degrees();
    // A hand is no more exact than a tenth of a degree.
    vec![(Key::Angle, ((10.0 * angle).round() / 10.0).rem_euclid(360.0))]
}

/// Where the circle and the curve lie.
fn parts(Size { width, height }: Size) -> [Rect; 2] {
    let (top, left) = (0.0, 0.0);
    if width >= BESIDE * height {
        let first = (LEFT * width).min(height + 16.0);
        [Rect { left, top, width: first, height }, Rect { left: first, top, width: width - first, height }]
    } else {
        let first = ABOVE * height;
        [Rect { left, top, width, height: first }, Rect { left, top: first, width, height: height - first }]
    }
}

/// The plane round the position, as far as the circle reaches.
struct Circle {
    chart: Chart,
}

impl Circle {
    fn of(split: &Split, part: Rect) -> Self {
        let reach = REACH * split.size.max(SMALLEST);
        let [x, y] = split.here.map(|position| [position - reach, position + reach]);
        let mut chart = Chart::within(part, x, y);
        // A turn is as long in every direction: the plane is a square, in the middle of its part.
        let Rect { left, top, width, height } = chart.rect;
        let side = width.min(height);
        chart.rect = Rect {
            left: left + 0.5 * (width - side),
            top: top + 0.5 * (height - side),
            width: side,
            height: side,
        };
        Self { chart }
    }

    /// Where the position lies on the paper.
    fn middle(&self) -> [f64; 2] {
        let Rect { left, top, width, height } = self.chart.rect;
        [left + 0.5 * width, top + 0.5 * height]
    }

    fn radius(&self) -> f64 {
        self.chart.rect.width / (2.0 * REACH)
    }

    /// Where a turn in a direction ends on the paper.
    fn rim(&self, angle: f64) -> [f64; 2] {
        let ([x, y], radius) = (self.middle(), self.radius());
        let (sin, cos) = angle.to_radians().sin_cos();
        [x + radius * cos, y - radius * sin]
    }

    /// Axes, contours, what is beyond the stops, and the circle.
    fn ground<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        theme: Theme,
        split: &Split,
        asked: bool,
    ) -> Drawn<B> {
        let chart = &self.chart;
        if !asked {
            for line in self.contours(split) {
                pen.line(&line, theme.muted, 0.45, THIN)?;
            }
        }
        self.stops(pen, theme)?;
        pen.axes(chart.rect, theme.ink)?;
        let Rect { left, top, width, height } = chart.rect;
        let (right, bottom) = (left + width, top + height);
        for step in [-1.0, 0.0, 1.0] {
            let place = split.here.map(|position| position + step * split.size);
            let [x, y] = chart.at(place);
            let [m, h] = place.map(|position| (100.0 * position).round() / 100.0);
            if (SHUT..=OPEN).contains(&m) {
                pen.tick_below([x, bottom], m, &theme)?;
            }
            if (SHUT..=OPEN).contains(&h) {
                pen.tick_before([left, y], h, &theme)?;
            }
        }
        pen.text("m", [right + 4.0, bottom + 14.0], Anchor::Before, theme.m, NAME)?;
        pen.text("h", [left - 9.0, top - 2.0], Anchor::Before, theme.h, NAME)?;
        pen.ring(self.middle(), self.radius(), theme.muted, THIN)
    }

    /// Contours of E round the position.
    fn contours(&self, split: &Split) -> Vec<Vec<[f64; 2]>> {
        let chart = &self.chart;
        let last = f64::from(NODES - 1);
        let node = |[low, high]: [f64; 2], index: f64| low + (high - low) * index / last;
        let place = |[column, row]: [f64; 2]| [node(chart.x, column), node(chart.y, row)];
        let nodes =
            (0..NODES).flat_map(|row| (0..NODES).map(move |column| [f64::from(column), f64::from(row)]));
        #[allow(clippy::cast_possible_truncation, reason = "a grid has pixels, not digits")]
        let errors: Vec<f32> = nodes.map(|at| split.error(place(at)) as f32).collect();
        let (low, high) = errors.iter().fold((f32::MAX, 0f32), |(low, high), e| (low.min(*e), high.max(*e)));
        let part = |index: u16| (f32::from(index) + 0.5) / f32::from(CONTOURS);
        let levels: Vec<f32> = (0..CONTOURS).map(|index| low + (high - low) * part(index)).collect();
        let lines = Tracer::default().trace(&errors, usize::from(NODES), &levels);
        let on_paper = |point: &[f32; 2]| chart.at(place(point.map(f64::from)));
        lines.iter().map(|line| line.points.iter().map(on_paper).collect()).collect()
    }

    /// A shade over what is beyond the ends of a valve.
    fn stops<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme) -> Drawn<B> {
        let Rect { left, top, width, height } = self.chart.rect;
        let (right, bottom) = (left + width, top + height);
        let [x_shut, y_shut] = self.chart.at([SHUT, SHUT]);
        let [x_open, y_open] = self.chart.at([OPEN, OPEN]);
        let beyond = [
            [left, top, x_shut.min(right), bottom],
            [x_open.max(left), top, right, bottom],
            [left, y_shut.max(top), right, bottom],
            [left, top, right, y_open.min(bottom)],
        ];
        for [left, top, right, bottom] in beyond {
            if right - left > 0.5 && bottom - top > 0.5 {
                pen.hatched(Rect { left, top, width: right - left, height: bottom - top }, theme.grid)?;
            }
        }
        Ok(())
    }

    /// The direction against the gradient: the way in proportion to the sensitivities.
    fn downhill<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme, split: &Split) -> Drawn<B> {
        let angle = split.angle(Way::Proportional);
        let (from, to) = (self.middle(), self.rim(angle));
        pen.arrow(from, to, theme.error, theme.paper, BOLD)?;
        let (sin, cos) = angle.to_radians().sin_cos();
        let name = [to[0] + 17.0 * cos, to[1] - 12.0 * sin];
        pen.text(DOWNHILL, name, Anchor::Middle, theme.error, NAME)
    }

    /// The chosen turn, with the part of each valve.
    fn turn<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme, angle: f64) -> Drawn<B> {
        let (from, to) = (self.middle(), self.rim(angle));
        let corner = [to[0], from[1]];
        pen.line(&[from, corner], theme.m, 1.0, 1.5 * BOLD)?;
        pen.line(&[corner, to], theme.h, 1.0, 1.5 * BOLD)?;
        pen.line(&[from, to], theme.ink, 1.0, BOLD)?;
        let (up, right) = (to[1] < from[1], to[0] > from[0]);
        if (to[0] - from[0]).abs() > NAMED {
            let below = if up { 12.0 } else { -12.0 };
            let name = [0.5 * (from[0] + to[0]), from[1] + below];
            pen.disc(name, 0.6 * NAME, theme.paper, 0.8)?;
            pen.text("Δm", name, Anchor::Middle, theme.m, NAME)?;
        }
        if (to[1] - from[1]).abs() > NAMED {
            let (beside, shift) = if right { (Anchor::After, 6.0) } else { (Anchor::Before, -6.0) };
            pen.text("Δh", [to[0] + shift, 0.5 * (from[1] + to[1])], beside, theme.h, NAME)?;
        }
        pen.disc(from, 0.5 * DOT, theme.ink, 1.0)?;
        pen.dot(to, [theme.paper, theme.ink, theme.paper])
    }
}

/// ΔE over the direction, with the ways that are marked and the one that is chosen; nothing but the axes where no
/// angle is given.
fn all_round<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    split: &Split,
    part: Rect,
    angle: Option<f64>,
) -> Drawn<B> {
    let all = (0..=360).map(|degree| split.change(f64::from(degree)));
    let (low, high) = all.fold((0.0f64, 0.0f64), |(low, high), change| (low.min(change), high.max(change)));
    let room = 0.14 * (high - low).max(SMALLEST);
    let chart = Chart::within(part, [0.0, 360.0], [low - room, high + room]);
    let quarters = [0, 90, 180, 270, 360];
    let every = if chart.rect.width < 200.0 { 2 } else { 1 };
    let ticks: Vec<_> =
        quarters.into_iter().step_by(every).map(|degree| (f64::from(degree), format!("{degree}°"))).collect();
    chart.axes(pen, theme, [("", theme.ink), ("ΔE", theme.error)], &ticks)?;
    chart.straight(pen, [[0.0, 0.0], [360.0, 0.0]], theme.ink, THIN)?;
    let Some(angle) = angle else {
        let Rect { left, top, width, height } = chart.rect;
        return pen.text(
            "?",
            [left + 0.5 * width, top + 0.3 * height],
            Anchor::Middle,
            theme.muted,
            2.0 * NAME,
        );
    };
    chart.curve(pen, theme.error, 1.5 * BOLD, |angle| split.change(angle))?;
    for way in Way::ALL {
        mark(pen, theme, &chart, split, way)?;
    }
    let here = chart.at([angle, split.change(angle)]);
    let [_, zero] = chart.at([angle, 0.0]);
    pen.line(&[[here[0], zero], here], theme.ink, 1.0, BOLD)?;
    pen.dot(here, [theme.paper, theme.ink, theme.paper])
}

/// A way of sharing out on the curve, with its sign on the side on which no other is near.
fn mark<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    chart: &Chart,
    split: &Split,
    way: Way,
) -> Drawn<B> {
    if way == Way::Proportional && split.is_flat() {
        return Ok(());
    }
    let angle = split.angle(way);
    let at = chart.at([angle, split.change(angle)]);
    let (sign, color, [x, y]): (_, Rgb, _) = match way {
        Way::Main => ("m", theme.m, [10.0, -13.0]),
        Way::Handle => ("h", theme.h, [13.0, 6.0]),
        Way::Equal => ("=", theme.ink, [12.0, 8.0]),
        Way::Proportional => (DOWNHILL, theme.error, [-6.0, 15.0]),
    };
    pen.disc(at, 0.6 * DOT, theme.paper, 1.0)?;
    pen.disc(at, 0.45 * DOT, color, 1.0)?;
    pen.text(sign, [at[0] + x, at[1] + y], Anchor::Middle, color, NAME)
}

#[cfg(test)]
mod tests {
    use super::{grips, pull};
    use crate::figure::Size;
    use crate::scenario::Session;

    #[test]
    fn who_pulls_the_grip_to_where_it_stands_changes_nothing() {
        for size in [Size::new(640.0, 360.0), Size::new(320.0, 300.0), Size::new(300.0, 500.0)] {
            for angle in [0.0, 26.5, 90.0, 200.0, 359.0] {
                let session = Session::open(&format!("preset=house&angle={angle}")).0;
                let [grip] = grips(size, &session)[..] else { panic!("one grip") };
                let [(key, found)] = pull(grip.at, size, &session)[..] else { panic!("one key") };
                assert_eq!(key, grip.key);
                assert_eq!(found, angle);
                assert!(
                    grip.at[0] > 0.0
                        && grip.at[0] < size.width
                        && grip.at[1] > 0.0
                        && grip.at[1] < size.height
                );
            }
        }
    }
}
