//! Rise over run: the flow over the handle with a right-angled triangle between two of its points.

use super::curves::Plane;
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::plot::Grip;
use super::slopes::{fitted, on_curve, position, sheet};
use super::tag::{TAG, Tag, brief};
use super::theme::{BOLD, DOT, NAME, THIN, Theme};
use crate::lesson::ruler::secant;
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Sides shorter than this have no name, in CSS pixels.
const NAMED: f64 = 26.0;
/// From a level side to the middle of its name, and from an upright one to its name, in CSS pixels.
const BESIDE: f64 = 12.0;
const NEAR: f64 = 8.0;

/// Draws the curve of the present main valve, both points, and what lies between them.
pub(super) fn ruler<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let (plane, m) = plane(session, size);
    sheet(pen, plane, theme, session, m)?;
    let secant = secant(session);
    let ends = [plane.at(secant.from), plane.at(secant.to)];
    let tag = Tag { text: brief(secant.ratio()), stripe: None };
    let length = (ends[1][0] - ends[0][0]).hypot(ends[1][1] - ends[0][1]);
    let tagged = !secant.is_point() && length > tag.width() + 4.0 * DOT;
    triangle(pen, theme, ends)?;
    names(pen, theme, ends, plane.rect, if tagged { TAG } else { 0.0 })?;
    if tagged {
        let middle = [0, 1].map(|axis| 0.5 * (ends[0][axis] + ends[1][axis]));
        tag.draw_round(pen, middle, plane.rect, &theme)?;
    }
    pen.dot(ends[1], [theme.paper, theme.ink, theme.paper])?;
    pen.dot(ends[0], [theme.paper, theme.h, theme.paper])
}

/// The triangle between two points.
pub(super) fn triangle<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    [first, second]: [[f64; 2]; 2],
) -> Drawn<B> {
    let corner = [second[0], first[1]];
    pen.area(&[first, corner, second], theme.h, 0.15)?;
    pen.line(&[first, corner], theme.h, 1.0, BOLD)?;
    pen.line(&[corner, second], theme.y, 1.0, BOLD)?;
    pen.line(&[first, second], theme.ink, 1.0, THIN)
}

/// The names of its two short sides where there is room inside a rectangle, beside something of a height in the
/// middle of the longest.
pub(super) fn names<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    [first, second]: [[f64; 2]; 2],
    inside: Rect,
    height: f64,
) -> Drawn<B> {
    let (run, rise) = (second[0] - first[0], first[1] - second[1]);
    if run.abs() > NAMED {
        let below = BESIDE + (0.5 * (height - rise.abs())).max(0.0);
        let middle = [first[0] + 0.5 * run, first[1] + below.copysign(rise)];
        pen.text("Δh", middle, Anchor::Middle, theme.h, NAME)?;
    }
    if rise.abs() > NAMED {
        let outward = if run > 0.0 { 1.0 } else { -1.0 };
        let end = second[0] + outward * (NAMED + NEAR);
        let side = if (inside.left..inside.left + inside.width).contains(&end) { outward } else { -outward };
        let beside = if side > 0.0 { Anchor::After } else { Anchor::Before };
        let middle = [second[0] + side * NEAR, first[1] - 0.5 * rise];
        pen.text("Δy", middle, beside, theme.y, NAME)?;
    }
    Ok(())
}

/// The plane, and where the main valve stands.
fn plane(session: &Session, size: Size) -> (Plane, f64) {
    let [m, _] = session.run().now().position;
    (fitted(session, m, size), m)
}

/// Both points: the handle's own and the second one.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let (plane, m) = plane(session, size);
    let h = session.run().now().position[1];
    on_curve(session, m, plane, &[(Key::H, h), (Key::To, session.scenario().number(Key::To))])
}

/// What a pointer makes of the key of a grip: the position below it.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    vec![(key, position(plane(session, size).0, x))]
}
