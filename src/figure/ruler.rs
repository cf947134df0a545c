//! Rise over run: the flow over the handle with a right-angled triangle between two of its points.

use super::curves::{Plane, axes};
use super::pen::{Anchor, Drawn, Pen, Size};
use super::plot::Grip;
use super::theme::{BOLD, NAME, THIN, Theme};
use crate::landscape::Curves;
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Sides shorter than this have no name, in CSS pixels.
const NAMED: f64 = 26.0;

/// Draws the curve of the present main valve, both points, and what lies between them.
pub(super) fn ruler<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let plane = Plane::of(session, size);
    axes(pen, plane, theme)?;
    let shower = &session.run().experiment().shower;
    let [m, h] = session.run().now().position;
    let to = session.scenario().number(Key::To);
    let mut curves = Curves::default();
    curves.sample(shower);
    curves.turn(m);
    pen.line(&plane.line(curves.positions(), curves.present()), theme.y, 1.0, 1.5 * BOLD)?;
    let [first, second] = [h, to].map(|h| plane.at([h, shower.flows(m, h).y]));
    let corner = [second[0], first[1]];
    pen.area(&[first, corner, second], theme.h, 0.15)?;
    pen.line(&[first, corner], theme.h, 1.0, BOLD)?;
    pen.line(&[corner, second], theme.y, 1.0, BOLD)?;
    pen.line(&[first, second], theme.ink, 1.0, THIN)?;
    if (corner[0] - first[0]).abs() > NAMED {
        let below = if second[1] < first[1] { 12.0 } else { -12.0 };
        let middle = [0.5 * (first[0] + corner[0]), first[1] + below];
        pen.text("Δh", middle, Anchor::Middle, theme.h, NAME)?;
    }
    if (corner[1] - second[1]).abs() > NAMED {
        let beside = if second[0] > first[0] { Anchor::After } else { Anchor::Before };
        let shift = if second[0] > first[0] { 8.0 } else { -8.0 };
        pen.text("Δy", [corner[0] + shift, 0.5 * (first[1] + second[1])], beside, theme.y, NAME)?;
    }
    pen.dot(second, [theme.paper, theme.ink, theme.paper])?;
    pen.dot(first, [theme.paper, theme.h, theme.paper])
}

/// Both points: the handle's own and the second one.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let plane = Plane::of(session, size);
    let (shower, [m, h]) = (&session.run().experiment().shower, session.run().now().position);
    let to = session.scenario().number(Key::To);
    [(Key::H, h), (Key::To, to)]
        .map(|(key, position)| Grip { key, at: plane.at([position, shower.flows(m, position).y]) })
        .to_vec()
}

/// What a pointer makes of the key of a grip: the position below it.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    vec![(key, Plane::of(session, size).position(x))]
}
