//! What the drawings of the handle's curve have in common: their plane, the curve, straight lines through it,
//! and where there is room for what is said beside it.

use super::clip::clip;
use super::curves::{Plane, axes, curves_plane, curves_top};
use super::pen::{Drawn, Pen, Rect, Size};
use super::plot::Grip;
use super::tag::{TAG, Tag};
use super::theme::{BOLD, Rgb, Theme};
use crate::landscape::Curves;
use crate::plumbing::OPEN;
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// How much of the axis is above the most that flows.
const ABOVE: f64 = 1.08;
/// A house that gives less than this part of its full flow is drawn as one that gives nothing.
const FAINT: f64 = 1e-3;
/// Dashes of lines, and the gaps between them, in CSS pixels.
pub(super) const DASHES: [f64; 2] = [7.0, 5.0];
/// From what is said beside a curve to the axes, in CSS pixels.
const EDGE: f64 = 8.0;
/// What is nearer to a curve than this is in its way, in CSS pixels.
const CLEAR: f64 = 20.0;

/// The plane of h and y up to what the house gives with the main valve at m. It stays while the handle turns.
pub(super) fn fitted(session: &Session, m: f64, size: Size) -> Plane {
    let usual = curves_top(session);
    let most = session.run().experiment().shower.flows(m, OPEN).y;
    let top = if most > FAINT * usual { ABOVE * most } else { usual };
    Plane { rect: curves_plane(size), top }
}

/// The curve of a position of the main valve on paper.
pub(super) fn curve(session: &Session, m: f64, plane: Plane) -> Vec<[f64; 2]> {
    let mut curves = Curves::default();
    curves.sample(&session.run().experiment().shower);
    curves.turn(m);
    plane.line(curves.positions(), curves.present())
}

/// Axes and the curve of a position of the main valve, which is returned.
pub(super) fn sheet<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    theme: Theme,
    session: &Session,
    m: f64,
) -> Result<Vec<[f64; 2]>, Box<plotters_backend::DrawingErrorKind<B::ErrorType>>> {
    axes(pen, plane, theme)?;
    let line = curve(session, m, plane);
    pen.line(&line, theme.y, 1.0, 1.5 * BOLD)?;
    Ok(line)
}

/// A straight line through a point right across a rectangle, that falls so much for each pixel to the right.
pub(super) fn through([x, y]: [f64; 2], fall: f64, inside: Rect) -> Vec<Vec<[f64; 2]>> {
    let ends = [inside.left, inside.left + inside.width].map(|end| [end, y + fall * (end - x)]);
    clip(&ends, inside)
}

/// A line of dashes along a polyline: they go on round its corners.
pub(super) fn dashed<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    line: &[[f64; 2]],
    color: Rgb,
    width: f64,
) -> Drawn<B> {
    let [on, off] = DASHES;
    let mut dash: Vec<[f64; 2]> = line.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in line.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = (to[0] - from[0]).hypot(to[1] - from[1]);
        while length > left {
            let part = left / length;
            from = [0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis]));
            if drawing {
                dash.push(from);
                pen.line(&dash, color, 1.0, width)?;
            }
            length -= left;
            drawing = !drawing;
            left = if drawing { on } else { off };
            dash = vec![from];
        }
        left -= length;
        dash.push(to);
    }
    if drawing { pen.line(&dash, color, 1.0, width) } else { Ok(()) }
}

/// The corners of a plane in which a rising curve leaves room: the upper left and the lower right, with a
/// rectangle of a size in each, the freer one first. It depends on the curve alone, so that nothing jumps
/// while a point moves along it.
pub(super) fn corners(plane: Plane, curves: &[&[[f64; 2]]], [width, height]: [f64; 2]) -> [Corner; 2] {
    let inside = plane.rect;
    let [right, bottom] = [inside.left + inside.width, inside.top + inside.height];
    let upper = Corner { at: [inside.left + EDGE, inside.top + EDGE], is_upper: true };
    let lower = Corner { at: [right - EDGE, bottom - EDGE], is_upper: false };
    let within = |corner: Corner| {
        let rect = corner.rect([width + CLEAR, height + CLEAR]);
        let parts = curves.iter().flat_map(|curve| clip(curve, rect));
        parts.flat_map(|part| lengths(&part)).sum::<f64>()
    };
    if within(lower) <= within(upper) { [lower, upper] } else { [upper, lower] }
}

fn lengths(line: &[[f64; 2]]) -> Vec<f64> {
    line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).collect()
}

/// A corner with room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    at: [f64; 2],
    is_upper: bool,
}

impl Corner {
    /// The rectangle of a size in it.
    pub(super) fn rect(self, [width, height]: [f64; 2]) -> Rect {
        let [x, y] = self.at;
        let [left, top] = if self.is_upper { [x, y] } else { [x - width, y - height] };
        Rect { left, top, width, height }
    }

    /// Tags below each other in it.
    pub(super) fn tags<B: DrawingBackend>(
        self,
        pen: &mut Pen<'_, B>,
        tags: &[Tag],
        theme: Theme,
    ) -> Drawn<B> {
        let width = tags.iter().map(Tag::width).fold(0.0, f64::max);
        let row = TAG + 4.0;
        let Rect { left, top, .. } = self.rect([width, row * tags.len() as f64 - 4.0]);
        for (place, tag) in tags.iter().enumerate() {
            tag.draw(pen, [left, top + row * place as f64], &theme)?;
        }
        Ok(())
    }
}

/// Grips on the curve of a position of the main valve: each a key with the position of the handle that it sets.
pub(super) fn on_curve(session: &Session, m: f64, plane: Plane, keys: &[(Key, f64)]) -> Vec<Grip> {
    let shower = &session.run().experiment().shower;
    keys.iter().map(|(key, h)| Grip { key: *key, at: plane.at([*h, shower.flows(m, *h).y]) }).collect()
}

/// The position of the handle at a place across, to a hundredth, so that what is said of it is what it is.
pub(super) fn position(plane: Plane, x: f64) -> f64 {
    (100.0 * plane.position(x)).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::{corners, curve, fitted};
    use crate::figure::Size;
    use crate::scenario::Session;

    #[test]
    fn the_axis_fits_what_the_house_gives_and_stays_while_the_handle_turns() {
        let size = Size::new(560.0, 400.0);
        for scenario in ["preset=article&m=4", "preset=curves&m=8", "preset=house&m=3", "preset=plateau&m=2"]
        {
            let tops = ["1", "4", "10"].map(|h| {
                let session = Session::open(&format!("{scenario}&h={h}")).0;
                let m = session.run().now().position[0];
                let highest = session.run().experiment().shower.flows(m, 10.0).y;
                let top = fitted(&session, m, size).top;
                assert!(top > highest && top < 1.2 * highest, "{scenario}: {top} for {highest}");
                top
            });
            assert!(tops[0] == tops[1] && tops[1] == tops[2], "{scenario}");
        }
        let dry = Session::open("pressure=0").0;
        assert!(fitted(&dry, 3.0, size).top > 1.0, "a dry house has an axis too");
    }

    #[test]
    fn what_is_said_beside_a_curve_is_on_the_side_to_which_it_does_not_bend() {
        let first = |scenario: &str| {
            let session = Session::open(scenario).0;
            let plane = fitted(&session, 8.0, Size::new(560.0, 400.0));
            corners(plane, &[&curve(&session, 8.0, plane)], [200.0, 140.0])[0].is_upper
        };
        assert!(!first("preset=curves&m=8"), "it bends to the upper left");
        assert!(first("preset=house&m=8&handle=eqp:1000"), "it bends to the lower right");
    }
}
