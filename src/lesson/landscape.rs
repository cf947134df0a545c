//! Where the arrow on the landscape points: across the contour, and hardly ever at the nearest perfect shower.

use super::challenge::Challenge;
use super::rounding::difference;
use super::solve::{lowest, root};
use crate::descent::Experiment;
use crate::plumbing::{OPEN, SHUT, TRAVEL, clamp_position};
use crate::scenario::Session;

/// A place from which the arrow and the way to the nearest perfect shower part widely, with a rate at which the
/// arrow is long enough to be seen.
const STAGE: &str = "m=1.5&h=4&rate=5";
/// The same place with a rate at which the walk follows the arrow.
const WALK: &str = "m=1.5&h=4";
/// Places along each axis at which the line of perfect showers is looked for.
const PLACES: u32 = 900;
/// From one place on a contour to the next, in turns, where its direction is measured.
const NEXT: f64 = 1e-4;

/// The perfect showers of an experiment: where y(m, h) = y'. Both flows grow with both valves.
struct Perfect<'a>(&'a Experiment);

impl Perfect<'_> {
    /// The place on the line where one valve stands at a position.
    fn at(&self, valve: usize, position: f64) -> Option<[f64; 2]> {
        let Experiment { ref shower, target, .. } = *self.0;
        let place = |other: f64| if valve == 0 { [position, other] } else { [other, position] };
        let flow = |other: f64| {
            let [m, h] = place(other);
            shower.flows(m, h).y
        };
        root([SHUT, OPEN], target, flow).map(place)
    }

    /// The place on the line that is nearest to a position; `None` where no shower is perfect.
    fn nearest(&self, here: [f64; 2]) -> Option<[f64; 2]> {
        let width = TRAVEL / f64::from(PLACES);
        // Where the line runs level one valve tells its places apart, where it runs upright the other.
        let starts =
            (0..2).flat_map(|valve| (0..=PLACES).map(move |index| (valve, SHUT + f64::from(index) * width)));
        let near = |valve: usize, position: f64| {
            let place = self.at(valve, clamp_position(position))?;
            Some((distance(here, place), place))
        };
        let nearer = |a: &(f64, [f64; 2]), b: &(f64, [f64; 2])| a.0.total_cmp(&b.0);
        let found = starts
            .filter_map(|(valve, position)| near(valve, position).map(|found| (found, valve, position)))
            .min_by(|a, b| nearer(&a.0, &b.0));
        let (mut best, valve, position) = found?;
        let far = |position: f64| near(valve, position).map_or(f64::MAX, |(far, _)| far);
        let narrowed = lowest([position - width, position + width], far);
        if let Some(found) = near(valve, narrowed).filter(|found| found.0 < best.0) {
            best = found;
        }
        Some(best.1)
    }

    /// The middle of the line: where both valves are equally open.
    fn middle(&self) -> Option<[f64; 2]> {
        let Experiment { ref shower, target, .. } = *self.0;
        root([SHUT, OPEN], target, |position| shower.flows(position, position).y).map(|both| [both, both])
    }
}

/// From one place to another.
fn way(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    [difference(to[0], from[0]), difference(to[1], from[1])]
}

fn distance(from: [f64; 2], to: [f64; 2]) -> f64 {
    let [m, h] = way(from, to);
    m.hypot(h)
}

/// The angle between two directions, from 0 to 180 degrees; 0 where one is none.
fn between(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (along, across) = (a[0] * b[0] + a[1] * b[1], a[0] * b[1] - a[1] * b[0]);
    across.abs().atan2(along).to_degrees()
}

/// What there is to say of the arrow at a position.
struct Arrow {
    /// Against the gradient.
    direction: [f64; 2],
    nearest: [f64; 2],
    /// Degrees from the way to the nearest perfect shower.
    off: f64,
    /// Degrees from the way to the middle of the line of perfect showers.
    off_middle: f64,
    /// Degrees from the contour through the position.
    contour: f64,
}

impl Arrow {
    fn of(experiment: &Experiment, here: [f64; 2]) -> Option<Self> {
        let perfect = Perfect(experiment);
        let (nearest, middle) = (perfect.nearest(here)?, perfect.middle()?);
        let direction = experiment.evaluate(here).1.gradient().map(|slope| -slope);
        let contour = along(experiment, here).map_or(90.0, |along| between(direction, along));
        Some(Self {
            direction,
            nearest,
            off: between(direction, way(here, nearest)),
            off_middle: between(direction, way(here, middle)),
            contour,
        })
    }

    /// How many degrees each answer is off, with its name.
    fn answers(&self) -> [(&'static str, f64); 3] {
        [("nearest", self.off), ("lowest", self.off_middle), ("across", (90.0 - self.contour).abs())]
    }
}

/// The way along the contour of y through a position, and so along that of E: to its next place.
fn along(experiment: &Experiment, [m, h]: [f64; 2]) -> Option<[f64; 2]> {
    let shower = &experiment.shower;
    let here = shower.flows(m, h);
    let y = here.y;
    // The other valve tells the place.
    let [m, h] = if here.dy_dx * here.dx_dm > here.dy_dh_x + here.dy_dx * here.dx_dh {
        let next = h + if h < OPEN { NEXT } else { -NEXT };
        [root([SHUT, OPEN], y, |m| shower.flows(m, next).y)? - m, next - h]
    } else {
        let next = m + if m < OPEN { NEXT } else { -NEXT };
        [next - m, root([SHUT, OPEN], y, |h| shower.flows(next, h).y)? - h]
    };
    Some([m, h])
}

/// Where the nearest perfect shower is, and how far the arrow points past it, in whole degrees; nothing where none
/// is perfect.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let (experiment, here) = (session.run().experiment(), session.run().now().position);
    let Some(arrow) = Arrow::of(experiment, here) else { return Vec::new() };
    let [m, h] = arrow.direction;
    vec![
        ("nearest_m", arrow.nearest[0]),
        ("nearest_h", arrow.nearest[1]),
        ("distance", distance(here, arrow.nearest)),
        ("angle", h.atan2(m).to_degrees().round()),
        ("angle_off", arrow.off.round()),
        ("angle_middle", arrow.off_middle.round()),
        ("angle_contour", arrow.contour.round()),
    ]
}

/// Does the arrow point at the nearest perfect shower? The answer shows the whole walk, and beside it a hand
/// that goes to the nearest one.
pub(super) fn nearest() -> Challenge {
    let mut session = Session::open(WALK).0;
    let mut told = numbers(&session);
    let arrow = Arrow::of(session.run().experiment(), session.run().now().position);
    let right = arrow.as_ref().and_then(|arrow| {
        let answers = arrow.answers().into_iter();
        answers.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(name, _)| name)
    });
    session.finish();
    let [end_m, end_h] = session.run().now().position;
    told.extend([("end_m", end_m), ("end_h", end_h), ("steps", session.run().steps() as f64)]);
    let shown = arrow.map(|arrow| {
        let [m, h] = arrow.nearest.map(|position| (1000.0 * position).round() / 1000.0);
        format!("{WALK}&steps={}&rival=turns={m}:{h}", session.run().steps())
    });
    let guesses = ["nearest", "lowest", "across"];
    Challenge { shown, ..Challenge::new("nearest", STAGE, &guesses, right.unwrap_or_default(), told) }
}

#[cfg(test)]
mod tests {
    use super::{Arrow, Perfect, STAGE, distance, nearest, numbers};
    use crate::scenario::Session;

    #[test]
    fn the_nearest_perfect_shower_is_perfect_and_none_is_nearer() {
        for scenario in
            [STAGE, "", "m=9&h=9.5", "preset=house", "preset=curves&m=9&h=2", "preset=installed&m=1&h=1"]
        {
            let session = Session::open(scenario).0;
            let (experiment, here) = (session.run().experiment(), session.run().now().position);
            let perfect = Perfect(experiment);
            let found = perfect.nearest(here).expect("this house has perfect showers");
            assert!(experiment.evaluate(found).0 < 1e-9, "{scenario}: {found:?}");
            for tenth in 10..=100 {
                for valve in 0..2 {
                    let Some(other) = perfect.at(valve, f64::from(tenth) / 10.0) else { continue };
                    assert!(distance(here, other) >= distance(here, found) - 1e-9, "{scenario}: {other:?}");
                }
            }
        }
    }

    #[test]
    fn the_arrow_crosses_the_contour_at_a_right_angle_in_every_house() {
        for scenario in [STAGE, "", "m=9&h=9.5", "preset=house", "preset=curves&m=9&h=2", "m=10&h=10"] {
            let session = Session::open(scenario).0;
            let arrow = Arrow::of(session.run().experiment(), session.run().now().position)
                .expect("a house with perfect showers");
            assert!((arrow.contour - 90.0).abs() < 0.05, "{scenario}: {}", arrow.contour);
        }
    }

    #[test]
    fn where_the_challenge_is_put_the_arrow_points_far_past_the_nearest_and_past_the_middle() {
        let asked = nearest();
        let right: Vec<_> = asked.guesses.iter().filter(|guess| guess.right).collect();
        assert_eq!((right.len(), right[0].name), (1, "across"));
        let number = |name: &str| asked.numbers.iter().find(|told| told.0 == name).map_or(0.0, |told| told.1);
        assert!(number("angle_off") > 15.0 && number("angle_middle") > 15.0);
        let (shown, complaints) = Session::open(asked.shown.as_deref().unwrap_or_default());
        assert!(complaints.is_empty(), "{complaints:?}");
        assert!(shown.has_ended() && shown.rivals().len() == 1);
        let end = shown.rivals()[0].now();
        assert!(end.error < 1e-2, "the hand has gone to a perfect shower");
    }

    #[test]
    fn without_a_perfect_shower_there_is_nothing_to_tell() {
        assert!(numbers(&Session::open("preset=low-pressure").0).is_empty());
    }
}
