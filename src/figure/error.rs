//! The error over the flow: a V, a bowl, or both, with the slope where the flow stands.

use super::clip::clip;
use super::curves::curves_plane;
use super::pen::{Anchor, Drawn, Pen, Rect, Size, levels};
use super::plot::Grip;
use super::slopes::dashed;
use super::tag::{TAG, Tag, brief};
use super::theme::{BOLD, DOT, NAME, THIN, Theme};
use crate::descent::Error;
use crate::lesson::error::{Aim, handle_for};
use crate::plumbing::OPEN;
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// The axis of flows reaches so many times as far as the handle does, but at least to this part of the gauge.
const BEYOND: f64 = 1.6;
const LEAST: f64 = 0.6;
/// The error at the upper end of its axis is that of a flow off by this part of the axis of flows.
const HIGHEST: f64 = 0.45;
/// How much further an axis goes than a flow or an error that is beyond it.
const ABOVE: f64 = 1.1;
/// From the axis of flows up to where E is 0, so that a level slope does not lie on the axis, in CSS pixels.
const FLOOR: f64 = 16.0;
/// Width and height that a label on an axis takes, with the room round it, in CSS pixels.
const LABEL_ROOM: [f64; 2] = [48.0, 40.0];
/// Straight pieces of the curve.
const PIECES: usize = 240;
/// How far the slope is drawn to both sides of the dot, in CSS pixels.
const REACH: f64 = 76.0;
/// Height of the strip that shows what the handle can do, in CSS pixels.
const STRIP: f64 = 6.0;
/// The grip of the ideal stands so far above the plane, in CSS pixels.
const GRIP: f64 = 8.0;
/// A pointer this near to the ideal, or to the flow, means it, in CSS pixels.
const SNAP: f64 = 5.0;

/// The plane of flow and error on paper.
#[derive(Clone, Copy)]
struct Field {
    rect: Rect,
    /// The flow at the right end of its axis.
    most: f64,
    /// The error at the upper end of its axis.
    top: f64,
    error: Error,
    target: f64,
}

impl Field {
    /// That of a session in a drawing of a size. Its axes stay while the flow and the ideal move on them.
    fn of(session: &Session, size: Size) -> Self {
        let experiment = session.run().experiment();
        let (error, target, aim) = (experiment.error, experiment.target, Aim::of(session));
        let full = experiment.shower.flows(OPEN, OPEN).y;
        let gauge = session.scenario().dial(Key::Target).map_or(1.0, |dial| dial.most).max(full);
        let most = (BEYOND * aim.reach[1]).max(LEAST * gauge);
        let most = if target > most { ABOVE * target } else { most };
        let top = error.value(HIGHEST * most).max(ABOVE * aim.value);
        Self { rect: curves_plane(size), most, top, error, target }
    }

    fn at(self, [y, value]: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        [left + width * y / self.most, top + (height - FLOOR) * (1.0 - value / self.top)]
    }

    /// The flow at a place across.
    fn flow(self, x: f64) -> f64 {
        (self.most * (x - self.rect.left) / self.rect.width).clamp(0.0, self.most)
    }

    /// The curve between two flows; the ideal, where a V has its point, is one of its nodes.
    fn curve(self, [from, to]: [f64; 2]) -> Vec<[f64; 2]> {
        let node = |piece: usize| from + (to - from) * piece as f64 / PIECES as f64;
        let mut flows: Vec<f64> = (0..=PIECES).map(node).collect();
        if (from..to).contains(&self.target) {
            flows.push(self.target);
            flows.sort_by(f64::total_cmp);
        }
        flows.into_iter().map(|y| self.at([y, self.error.value(y - self.target)])).collect()
    }

    /// How far a slope, in error for each unit of flow, falls for each pixel to the right.
    fn fall(self, slope: f64) -> f64 {
        -slope / self.top * (self.rect.height - FLOOR) * self.most / self.rect.width
    }
}

/// Draws the error over the flow, the ideal, and the slope where the flow stands.
pub(super) fn error<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let (field, aim) = (Field::of(session, size), Aim::of(session));
    axes(pen, field, theme)?;
    strip(pen, field, theme, aim.reach)?;
    ideal(pen, field, theme)?;
    for part in clip(&field.curve([0.0, field.most]), field.rect) {
        dashed(pen, &part, theme.error, 0.75 * BOLD)?;
    }
    for part in clip(&field.curve(aim.reach), field.rect) {
        pen.line(&part, theme.error, 1.0, 1.5 * BOLD)?;
    }
    let dot = field.at([aim.y, aim.value]);
    pen.line(&[dot, [dot[0], field.rect.top + field.rect.height]], theme.y, 1.0, THIN)?;
    slope(pen, field, theme, &aim, dot)?;
    pen.dot(dot, [theme.paper, theme.y, theme.paper])
}

/// The axes with their ticks and names.
fn axes<B: DrawingBackend>(pen: &mut Pen<'_, B>, field: Field, theme: Theme) -> Drawn<B> {
    let Rect { left, top, width, height } = field.rect;
    for level in levels(0.0, 1.001 * field.top, height / LABEL_ROOM[1]) {
        let [x, y] = field.at([0.0, level]);
        pen.line(&[[x, y], [left + width, y]], theme.grid, 1.0, THIN)?;
        pen.tick_before([x, y], level, &theme)?;
    }
    pen.axes(field.rect, theme.ink)?;
    for level in levels(0.0, 1.001 * field.most, width / LABEL_ROOM[0]) {
        pen.tick_below([field.at([level, 0.0])[0], top + height], level, &theme)?;
    }
    pen.text("y", [left + width / 2.0, top + height + 22.0], Anchor::Below, theme.y, NAME)?;
    pen.text("E", [left - 36.0, top + height / 2.0], Anchor::Middle, theme.error, NAME)
}

/// What the handle can let through, along the axis of flows.
fn strip<B: DrawingBackend>(pen: &mut Pen<'_, B>, field: Field, theme: Theme, reach: [f64; 2]) -> Drawn<B> {
    let [from, to] = reach.map(|y| field.at([y, 0.0])[0]);
    let bottom = field.rect.top + field.rect.height;
    let top = bottom - STRIP;
    pen.area(&[[from, bottom], [to, bottom], [to, top], [from, top]], theme.y, 0.3)?;
    for end in [from, to] {
        pen.line(&[[end, bottom], [end, bottom - 1.5 * STRIP]], theme.y, 1.0, BOLD)?;
    }
    Ok(())
}

/// The ideal, with its grip above the plane; and how far round it a Huber error is a bowl.
fn ideal<B: DrawingBackend>(pen: &mut Pen<'_, B>, field: Field, theme: Theme) -> Drawn<B> {
    let Rect { left, top, width, height } = field.rect;
    let bottom = top + height;
    let [x, _] = field.at([field.target, 0.0]);
    if let Error::Huber { delta } = field.error {
        for (edge, name) in [(field.target - delta, ""), (field.target + delta, "δ")] {
            let [x, y] = field.at([edge, field.error.value(delta).min(field.top)]);
            if (left..=left + width).contains(&x) {
                pen.dashed([[x, bottom], [x, y]], theme.muted, THIN, [3.0, 3.0])?;
                pen.text(name, [x + 6.0, bottom - 1.2 * NAME], Anchor::After, theme.muted, NAME)?;
            }
        }
    }
    pen.line(&[[x, top - GRIP], [x, bottom]], theme.ink, 1.0, 0.75 * BOLD)?;
    pen.dot([x, top - GRIP], [theme.paper, theme.ink, theme.paper])?;
    let (side, anchor) = if x + 40.0 < left + width { (1.0, Anchor::After) } else { (-1.0, Anchor::Before) };
    pen.text("y′", [x + side * (DOT + 5.0), top - GRIP], anchor, theme.ink, NAME)
}

/// The slope at the dot, with its tag on the side where the curve is not. Where a V has its point it is only
/// declared, and so in dashes.
fn slope<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    field: Field,
    theme: Theme,
    aim: &Aim,
    [x, y]: [f64; 2],
) -> Drawn<B> {
    let fall = field.fall(aim.slope);
    let across = REACH / fall.hypot(1.0);
    let declared = aim.is_exact && field.error == Error::Absolute;
    let ends = [[x - across, y - fall * across], [x + across, y + fall * across]];
    for part in clip(&ends, field.rect) {
        if declared {
            dashed(pen, &part, theme.ink, 1.5 * BOLD)?;
        } else {
            pen.line(&part, theme.ink, 1.0, 1.5 * BOLD)?;
        }
    }
    let tag = Tag { text: format!("∂E/∂y {}", brief(aim.slope)), stripe: None };
    let toward = if aim.is_exact { 0.0 } else { (aim.target - aim.y).signum() };
    // Between the arms of a V there is room for it only so far above the point.
    let lift = if declared { 0.6 * tag.width() * field.fall(1.0).abs() } else { 1.5 * DOT };
    let place = [x + toward * (0.5 * tag.width() + 1.5 * DOT), y - lift - 0.5 * TAG];
    tag.draw_round(pen, place, field.rect, &theme)
}

/// The flow, which the handle sets, and the ideal.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let (field, aim) = (Field::of(session, size), Aim::of(session));
    let [x, _] = field.at([aim.target, 0.0]);
    vec![
        Grip { key: Key::H, at: field.at([aim.y, aim.value]) },
        Grip { key: Key::Target, at: [x, field.rect.top - GRIP] },
    ]
}

/// What a pointer makes of the key of a grip: the handle at which the flow below it flows, as far as it can; or
/// that flow as the ideal. Each catches at the other.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    let (field, aim) = (Field::of(session, size), Aim::of(session));
    let near = |flow: f64| (field.at([flow, 0.0])[0] - x).abs() < SNAP;
    let wanted = field.flow(x);
    if key == Key::Target {
        let target = if near(aim.y) { aim.y } else { (100.0 * wanted).round() / 100.0 };
        return vec![(key, target)];
    }
    let [m, _] = session.run().now().position;
    let handle = |y: f64| handle_for(&session.run().experiment().shower, m, y);
    let h = if near(aim.target) { handle(aim.target) } else { (1000.0 * handle(wanted)).round() / 1000.0 };
    vec![(key, h)]
}

#[cfg(test)]
mod tests {
    use super::{Field, grips, pull};
    use crate::figure::Size;
    use crate::lesson::error::Aim;
    use crate::scenario::{Key, Session};

    const SIZE: Size = Size { width: 560.0, height: 400.0 };

    /// A session after a grip was pulled across to where a flow is.
    fn pulled(scenario: &str, key: Key, flow: f64) -> Session {
        let mut session = Session::open(scenario).0;
        let at = Field::of(&session, SIZE).at([flow, 0.0]);
        for (key, number) in pull(key, at, SIZE, &session) {
            session.put(key, number);
        }
        session
    }

    #[test]
    fn the_dot_goes_where_it_is_pulled_or_as_far_as_the_handle_lets_it() {
        for preset in ["article&m=4", "curves&m=8", "house&m=6"] {
            let scenario = format!("preset={preset}&error=squared");
            let [least, most] = Aim::of(&Session::open(&scenario).0).reach;
            let middle = 0.4 * least + 0.6 * most;
            let aim = Aim::of(&pulled(&scenario, Key::H, middle));
            assert!((aim.y - middle).abs() < 0.01 * most, "{preset}: {aim:?}");
            assert!((Aim::of(&pulled(&scenario, Key::H, 100.0)).y - most).abs() < 1e-12, "{preset}");
            assert!((Aim::of(&pulled(&scenario, Key::H, -1.0)).y - least).abs() < 1e-12, "{preset}");
        }
    }

    #[test]
    fn flow_and_ideal_catch_at_each_other() {
        let near = pulled("preset=curves&m=8&h=3", Key::H, 3.02);
        assert!(Aim::of(&near).is_exact && Aim::of(&near).slope == 0.0);
        let flow = Aim::of(&Session::open("preset=curves&m=8&h=3").0).y;
        assert!(Aim::of(&pulled("preset=curves&m=8&h=3", Key::Target, flow + 0.01)).is_exact);
        assert_eq!(Aim::of(&pulled("preset=curves&m=8&h=3", Key::Target, 7.123)).target, 7.12);
    }

    #[test]
    fn the_dot_and_both_axes_hold_whatever_is_wanted() {
        for scenario in [
            "target=1000&error=squared",
            "m=10&h=10&pressure=100",
            "pressure=0&target=0",
            "error=huber&target=0&m=9&h=9",
        ] {
            let session = Session::open(scenario).0;
            for grip in grips(SIZE, &session) {
                let [x, y] = grip.at;
                assert!((0.0..=SIZE.width).contains(&x) && (0.0..=SIZE.height).contains(&y), "{scenario}");
            }
        }
    }
}
