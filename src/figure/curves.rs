//! The shower flow over the handle on two sheets: the family of curves with its axes, one for each
//! position of the main valve; and above it what moves, the present curve with the dot and its slope.

use super::clip::clip;
use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::theme::{BOLD, DOT, LABEL, NAME, THIN, Theme};
use crate::landscape::Curves;
use crate::plumbing::{OPEN, SHUT, TRAVEL};
use crate::scenario::{Key, Promise, Session};
use plotters_backend::DrawingBackend;

/// Room for labels, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [44.0, 28.0, 24.0, 40.0];
/// Height that a label on the axis of the flow takes, with the room round it.
const LABEL_ROOM: f64 = 36.0;
/// How far the tangent reaches to both sides of the dot, in CSS pixels.
const TANGENT: f64 = 84.0;
/// Dashes of what was promised, and the gaps between them, in CSS pixels.
const DASHES: [f64; 2] = [6.0, 4.0];
/// How far the promise is drawn beyond the turn, in turns of the handle.
const BEYOND: f64 = 1.0;
/// Width of the gap between what was promised and what came, in CSS pixels.
const GAP: f64 = 9.0;
/// From the dot to the bar of the error, in CSS pixels.
const BAR: f64 = 14.0;

/// Where the plane of h and y lies in a drawing of this size.
#[must_use]
pub fn curves_plane(size: Size) -> Rect {
    let [left, right, top, bottom] = MARGIN;
    let (width, height) = (size.width - left - right, size.height - top - bottom);
    Rect { left, top, width: width.floor(), height: height.floor() }
}

/// The flow at the upper end of the axis: that of the gauge, or more where the house gives more or more is
/// wanted.
#[must_use]
pub fn curves_top(session: &Session) -> f64 {
    let experiment = session.run().experiment();
    let full = experiment.shower.flows(OPEN, OPEN).y;
    let gauge = session.scenario().dial(Key::Target).map_or(1.0, |dial| dial.most);
    full.max(experiment.target).max(gauge)
}

/// How high the dot stands, from 0 at the lower end of the axis to 1 at the upper.
#[must_use]
pub fn curves_level(session: &Session) -> f64 {
    session.run().now().chain.flows.y / curves_top(session)
}

/// Draws the family with its axes. It changes with the house, and stays while a valve turns.
///
/// # Errors
/// Whatever the backend reports.
pub fn family_sheet<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    curves: &Curves,
    top: f64,
) -> Drawn<B> {
    let plane = Plane { rect: curves_plane(size), top };
    let mut pen = Pen::new(backend);
    axes(&mut pen, plane, theme)?;
    let right = plane.rect.left + plane.rect.width;
    let mut free = f64::NEG_INFINITY;
    for (curve, m) in Curves::MAIN.iter().enumerate().rev() {
        let line = plane.line(curves.positions(), curves.flows(curve));
        pen.line(&line, theme.muted, 0.7, THIN)?;
        // From the highest downward: a label that would lie on the one above is left out.
        let Some(&[_, y]) = line.last() else { continue };
        if y - free >= LABEL {
            pen.number(*m, [right + 6.0, y], Anchor::After, theme.m)?;
            free = y;
        }
    }
    pen.text("m", [right + 12.0, plane.rect.top - 16.0], Anchor::Middle, theme.m, NAME)
}

/// Draws what moves: the ideal, the curve of the present m, what was promised of a turn by hand, the dot with
/// its tangent, the error.
///
/// # Errors
/// Whatever the backend reports.
pub fn present_sheet<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    curves: &mut Curves,
    session: &Session,
) -> Drawn<B> {
    let plane = Plane::of(session, size);
    let mut pen = Pen::new(backend);
    let run = session.run();
    let now = run.now();
    let [m, h] = now.position;
    let here = [h, now.chain.flows.y];
    let target = run.experiment().target;
    ideal(&mut pen, plane, theme, target)?;
    curves.turn(m);
    let line = plane.line(curves.positions(), curves.present());
    pen.line(&line, theme.y, 1.0, 1.5 * BOLD)?;
    if let Some(promised) = session.promise() {
        promise(&mut pen, plane, theme, &promised)?;
    }
    tangent(&mut pen, plane, theme, here, now.chain.dy_dh)?;
    error(&mut pen, plane, theme, here, target)?;
    pen.dot(plane.at(here), [theme.paper, theme.y, theme.paper])
}

/// The plane of h and y on paper.
#[derive(Clone, Copy)]
pub(super) struct Plane {
    pub(super) rect: Rect,
    /// The flow at the upper end of its axis.
    pub(super) top: f64,
}

impl Plane {
    /// That of a session in a drawing of a size.
    pub(super) fn of(session: &Session, size: Size) -> Self {
        Self { rect: curves_plane(size), top: curves_top(session) }
    }

    pub(super) fn at(self, [h, y]: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        [left + width * (h - SHUT) / TRAVEL, top + height * (1.0 - y / self.top)]
    }

    /// The position of the handle at a place across.
    #[cfg(feature = "course")]
    pub(super) fn position(self, x: f64) -> f64 {
        SHUT + TRAVEL * (x - self.rect.left) / self.rect.width
    }

    pub(super) fn line(self, positions: &[f64], flows: &[f64]) -> Vec<[f64; 2]> {
        positions.iter().zip(flows).map(|(h, y)| self.at([*h, *y])).collect()
    }

    /// How far a slope, in flow a turn, falls for each pixel to the right.
    fn fall(self, slope: f64) -> f64 {
        let Rect { width, height, .. } = self.rect;
        -slope / self.top * height * TRAVEL / width
    }
}

/// The axes with their ticks and names.
pub(super) fn axes<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, theme: Theme) -> Drawn<B> {
    let Rect { left, top, width, height } = plane.rect;
    let (right, bottom) = (left + width, top + height);
    for level in levels(0.0, 1.001 * plane.top, height / LABEL_ROOM) {
        let [x, y] = plane.at([SHUT, level]);
        pen.line(&[[x, y], [right, y]], theme.grid, 1.0, THIN)?;
        pen.tick_before([x, y], level, &theme)?;
    }
    pen.axes(plane.rect, theme.ink)?;
    for tick in Curves::MAIN {
        pen.tick_below(plane.at([tick, 0.0]), tick, &theme)?;
    }
    pen.text("h", [left + width / 2.0, bottom + 22.0], Anchor::Below, theme.h, NAME)?;
    pen.text("y", [left - 36.0, top + height / 2.0], Anchor::Middle, theme.y, NAME)
}

/// y', the ideal.
fn ideal<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, theme: Theme, target: f64) -> Drawn<B> {
    let Rect { left, top, width, .. } = plane.rect;
    let [_, y] = plane.at([SHUT, target]);
    pen.line(&[[left, y], [left + width, y]], theme.ink, 1.0, 0.75 * BOLD)?;
    let name = if y - LABEL > top { y - 0.75 * LABEL } else { y + 0.75 * LABEL };
    pen.text("y′", [left + 6.0, name], Anchor::After, theme.ink, NAME)
}

/// The straight line through the dot with the slope that the curve has there.
fn tangent<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    theme: Theme,
    here: [f64; 2],
    slope: f64,
) -> Drawn<B> {
    let [x, y] = plane.at(here);
    let fall = plane.fall(slope);
    let across = TANGENT / fall.hypot(1.0);
    let ends = [[x - across, y - fall * across], [x + across, y + fall * across]];
    for part in clip(&ends, plane.rect) {
        pen.line(&part, theme.h, 1.0, 0.75 * BOLD)?;
    }
    Ok(())
}

/// What the slopes promised where a turn by hand began, up to where it has led, and how far the flow is from
/// that. Where m was turned too, the line is the promise at the new m, and begins off the ring.
fn promise<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    theme: Theme,
    promise: &Promise,
) -> Drawn<B> {
    let Promise { from, to: [m, h], before, promised, came, .. } = *promise;
    // Below 0 there is no paper.
    let [ghost, here] = [promised.max(0.0), came].map(|y| plane.at([h, y]));
    let (top, bottom) = (ghost[1].min(here[1]), ghost[1].max(here[1]));
    pen.hatched(Rect { left: here[0] - 0.5 * GAP, top, width: GAP, height: bottom - top }, theme.ink)?;
    let ends = [h.min(from[1]) - BEYOND, h.max(from[1]) + BEYOND].map(|h| plane.at([h, promise.at([m, h])]));
    for part in clip(&ends, plane.rect) {
        pen.dashed([part[0], part[1]], theme.ink, 0.75 * BOLD, DASHES)?;
    }
    for place in [plane.at([from[1], before]), ghost] {
        pen.disc(place, 0.6 * DOT, theme.paper, 1.0)?;
        pen.ring(place, 0.6 * DOT, theme.ink, 0.75 * BOLD)?;
    }
    Ok(())
}

/// A bar from the flow to the ideal, beside the dot.
fn error<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    theme: Theme,
    [h, y]: [f64; 2],
    target: f64,
) -> Drawn<B> {
    let [x, from] = plane.at([h, y]);
    let [_, to] = plane.at([h, target]);
    let side = if x + 2.5 * BAR < plane.rect.left + plane.rect.width { 1.0 } else { -1.0 };
    let x = x + side * BAR;
    pen.line(&[[x, from], [x, to]], theme.error, 1.0, 2.0 * BOLD)?;
    if (to - from).abs() < 2.0 * LABEL {
        return Ok(());
    }
    let name = [x + side * 11.0, 0.5 * (from + to)];
    pen.disc(name, 0.5 * NAME, theme.paper, 0.8)?;
    pen.text("E", name, Anchor::Middle, theme.error, NAME)
}

#[cfg(test)]
mod tests {
    use super::{Plane, curves_level, curves_plane, curves_top};
    use crate::figure::Size;
    use crate::scenario::Session;

    #[test]
    fn the_tangent_goes_where_the_engine_says_that_the_curve_goes() {
        for scenario in ["", "preset=house&m=4&h=6", "preset=installed&m=9&h=3", "units=gpm&h=1"] {
            let (session, _) = Session::open(scenario);
            let plane = Plane { rect: curves_plane(Size::new(480.0, 360.0)), top: curves_top(&session) };
            let now = session.run().now();
            let ([m, h], y) = (now.position, now.chain.flows.y);
            let [x, at] = plane.at([h, y]);
            let (turn, shower) = (1e-6, session.run().experiment().shower);
            let [right, on_curve] = plane.at([h + turn, shower.flows(m, h + turn).y]);
            let on_tangent = at + plane.fall(now.chain.dy_dh) * (right - x);
            assert!((on_curve - on_tangent).abs() < 1e-3 * (right - x), "{scenario}");
        }
    }

    #[test]
    fn the_dot_and_the_ideal_are_on_the_axis_whatever_is_wanted() {
        for scenario in
            ["m=10&h=10&pressure=100", "pressure=0", "target=1000", "preset=low-pressure&target=0"]
        {
            let (session, _) = Session::open(scenario);
            let top = curves_top(&session);
            assert!(top.is_finite() && top > 0.0 && top >= session.run().experiment().target, "{scenario}");
            assert!((0.0..=1.0).contains(&curves_level(&session)), "{scenario}");
        }
    }
}
