//! What partial means: the way along the curve of a main valve that is held, and off it to another curve where
//! another hand turns that valve.

use super::curves::Plane;
use super::pen::{Anchor, Drawn, Pen, Size};
use super::plot::Grip;
use super::slopes::{corners, curve, dashed, fitted, on_curve, position, sheet};
use super::tag::{Tag, brief};
use super::theme::{BOLD, DOT, LABEL, NAME, Theme};
use crate::lesson::hold::Held;
use crate::plumbing::OPEN;
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Draws both curves, where each measurement ends, and the two ratios.
pub(super) fn hold<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let Held { m, clean, spoilt } = Held::of(session);
    let plane = plane(session, size);
    let drifts = m[0] != m[1];
    let other = if drifts { curve(session, m[1], plane) } else { Vec::new() };
    let held = sheet(pen, plane, theme, session, m[0])?;
    dashed(pen, &other, theme.m, BOLD)?;
    mains(pen, plane, theme, m, [&held, &other])?;
    let [from, end, off] = [clean.from, clean.to, spoilt.to].map(|point| plane.at(point));
    let mut tags = vec![Tag {
        text: format!("m {}: Δy/Δh {}", brief(m[0]), brief(clean.ratio())),
        stripe: Some(theme.h),
    }];
    if drifts && !clean.is_point() {
        dashed(pen, &[from, off], theme.ink, BOLD)?;
        let text = format!("m {} → {}: Δy/Δh {}", brief(m[0]), brief(m[1]), brief(spoilt.ratio()));
        tags.push(Tag { text, stripe: Some(theme.ink) });
    }
    pen.line(&[from, end], theme.h, 1.0, 1.5 * BOLD)?;
    if drifts {
        let rim = (DOT + 3.0).copysign(off[1] - end[1]);
        if (off[1] - end[1]).abs() > 3.5 * DOT {
            pen.arrow([end[0], end[1] + rim], [off[0], off[1] - rim], theme.m, theme.paper, BOLD)?;
        }
        pen.disc(off, DOT, theme.paper, 1.0)?;
        pen.ring(off, DOT - 1.0, theme.ink, BOLD)?;
    }
    if !clean.is_point() {
        let room = [tags.iter().map(Tag::width).fold(0.0, f64::max), 56.0];
        let lines: Vec<&[[f64; 2]]> = vec![&held, &other];
        corners(plane, &lines, room)[0].tags(pen, &tags, theme)?;
    }
    pen.dot(end, [theme.paper, theme.ink, theme.paper])?;
    pen.dot(from, [theme.paper, theme.h, theme.paper])
}

/// Which main valve each curve belongs to, at its upper end; where both are too near, the present one alone.
fn mains<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    theme: Theme,
    m: [f64; 2],
    curves: [&[[f64; 2]]; 2],
) -> Drawn<B> {
    let right = plane.rect.left + plane.rect.width + 5.0;
    let mut taken = f64::NEG_INFINITY;
    let highest =
        curves.iter().filter_map(|curve| curve.last()).map(|[_, y]| *y).fold(f64::INFINITY, f64::min);
    for (m, curve) in m.into_iter().zip(curves) {
        let Some(&[_, y]) = curve.last() else { continue };
        if (y - taken).abs() > LABEL {
            pen.label(&brief(m), [right, y], Anchor::After, theme.m)?;
            taken = y;
        }
    }
    pen.text("m", [right + 7.0, highest - 1.2 * NAME], Anchor::Middle, theme.m, NAME)
}

/// The plane up to what flows with the main valve turned as far as the other hand can; so it stays while that
/// hand turns.
fn plane(session: &Session, size: Size) -> Plane {
    let [m, _] = session.run().now().position;
    let scenario = session.scenario();
    let furthest = scenario.dial(Key::Drift).map_or(0.0, |dial| dial.most);
    fitted(session, (m + furthest.max(scenario.number(Key::Drift))).min(OPEN), size)
}

/// Where the handle begins, and where it ends with the main valve held.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let [m, h] = session.run().now().position;
    let keys = [(Key::H, h), (Key::To, session.scenario().number(Key::To))];
    on_curve(session, m, plane(session, size), &keys)
}

/// What a pointer makes of the key of a grip: the position below it.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    vec![(key, position(plane(session, size), x))]
}
