//! The error over the flow: what the distance from the ideal counts as, and how hard it pushes.

use super::challenge::Challenge;
use super::solve::root;
use crate::descent::Error;
use crate::plumbing::{OPEN, SHUT, Shower};
use crate::scenario::Session;

/// A flow this near to the ideal, as a part of it, is the ideal: no handle can be set nearer.
const EXACT: f64 = 1e-9;

/// The bowl in which one halves E.
const STAGE: &str = "preset=article&error=squared&m=4&h=4";

/// The flow and its error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aim {
    /// The flow.
    pub(crate) y: f64,
    /// y', the ideal.
    pub(crate) target: f64,
    /// E.
    pub(crate) value: f64,
    /// ∂E/∂y; what is declared where there is no slope.
    pub(crate) slope: f64,
    /// The least and the most that the handle lets through, the main valve staying where it is.
    pub(crate) reach: [f64; 2],
    /// Whether the flow is the ideal.
    pub(crate) is_exact: bool,
}

impl Aim {
    /// That of a session.
    pub(crate) fn of(session: &Session) -> Self {
        let (experiment, now) = (session.run().experiment(), session.run().now());
        let (y, target) = (now.chain.flows.y, experiment.target);
        let is_exact = (y - target).abs() <= EXACT * target.max(1.0);
        let off = if is_exact { 0.0 } else { y - target };
        let reach = [SHUT, OPEN].map(|h| experiment.shower.flows(now.position[0], h).y);
        let (value, slope) = (experiment.error.value(off), experiment.error.slope(off));
        Self { y, target, value, slope, reach, is_exact }
    }
}

/// The position of the handle at which so much flows, with the main valve at m; the nearer end where it cannot.
/// More never flows with the handle further shut.
pub(crate) fn handle_for(shower: &Shower, m: f64, y: f64) -> f64 {
    let flow = |h: f64| shower.flows(m, h).y;
    if y <= flow(SHUT) { SHUT } else { root([SHUT, OPEN], y, flow).unwrap_or(OPEN) }
}

/// The flow, the ideal, E and its slope, and what the handle can do.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let Aim { y, target, value, slope, reach: [least, most], .. } = Aim::of(session);
    let [m, h] = session.run().now().position;
    let delta = match session.run().experiment().error {
        Error::Huber { delta } => delta,
        Error::Absolute | Error::Squared => 0.0,
    };
    vec![
        ("y", y),
        ("target", target),
        ("distance", (y - target).abs()),
        ("E", value),
        ("slope", slope),
        ("delta", delta),
        ("m", m),
        ("h", h),
        ("y_least", least),
        ("y_most", most),
    ]
}

/// Whether the flow is the ideal, at the point of a V or on the ground of a bowl; whether the handle is at an
/// end; and else what counts as error.
pub(super) fn form(session: &Session) -> &'static str {
    let (error, h) = (session.run().experiment().error, session.run().now().position[1]);
    match (Aim::of(session).is_exact, error) {
        (true, Error::Absolute) => "exact",
        (true, _) => "bottom",
        _ if h >= OPEN => "open",
        _ if h <= SHUT => "shut",
        (_, Error::Absolute) => "absolute",
        (_, Error::Squared) => "squared",
        (_, Error::Huber { .. }) => "huber",
    }
}

/// E halves; does the push halve? Not in a bowl, which is narrower there.
pub(super) fn half() -> Challenge {
    let session = Session::open(STAGE).0;
    let (experiment, now) = (session.run().experiment(), session.run().now());
    let (error, target) = (experiment.error, experiment.target);
    let before = (now.chain.flows.y - target).abs();
    let value = error.value(before);
    let after = error.distance(0.5 * value);
    let factor = error.slope(after) / error.slope(before);
    let right = [("half", 0.5), ("same", 1.0)].into_iter().find(|(_, guess)| (factor - guess).abs() < EXACT);
    let numbers = vec![
        ("E_before", value),
        ("E_after", error.value(after)),
        ("push_before", error.slope(before)),
        ("push_after", error.slope(after)),
        ("distance_before", before),
        ("distance_after", after),
        ("factor", factor),
        ("push_v", Error::Absolute.slope(after)),
        ("half", 0.5),
    ];
    let right = right.map_or("root", |(name, _)| name);
    let challenge = Challenge::new("half", STAGE, &["half", "same", "root"], right, numbers);
    let h = handle_for(&experiment.shower, now.position[0], target - after);
    Challenge { shown: Some(format!("preset=article&error=squared&m=4&h={h:.4}")), ..challenge }
}

#[cfg(test)]
mod tests {
    use super::{Aim, form, half, handle_for};
    use crate::plumbing::{OPEN, Preset, SHUT};
    use crate::scenario::Session;

    fn session(scenario: &str) -> Session {
        let (session, complaints) = Session::open(scenario);
        assert!(complaints.is_empty(), "{complaints:?}");
        session
    }

    #[test]
    fn the_handle_that_is_found_lets_through_what_is_wanted_or_stands_at_an_end() {
        for preset in Preset::ALL {
            let shower = preset.shower();
            for m in [1.0, 2.5, 6.0, 10.0] {
                let [least, most] = [SHUT, OPEN].map(|h| shower.flows(m, h).y);
                for part in [0.0, 0.1, 0.5, 0.9, 1.0] {
                    let y = least + part * (most - least);
                    let h = handle_for(&shower, m, y);
                    let found = shower.flows(m, h).y;
                    assert!((found - y).abs() <= 1e-12 * y.max(1.0), "{preset:?} {m}: {found} is not {y}");
                }
                assert_eq!(handle_for(&shower, m, most + 1.0), OPEN);
                assert_eq!(handle_for(&shower, m, least - 1.0), SHUT);
            }
        }
    }

    #[test]
    fn at_the_ideal_the_slope_is_the_declared_one_although_no_digit_is_lucky() {
        for error in ["absolute", "squared", "huber"] {
            let mut session = session(&format!("preset=curves&m=8&h=3&error={error}"));
            let shower = session.run().experiment().shower;
            session.turn_to([8.0, handle_for(&shower, 8.0, 3.0)]);
            let aim = Aim::of(&session);
            assert!(aim.is_exact && aim.slope == 0.0 && aim.value == 0.0, "{aim:?}");
            assert_eq!(form(&session), if error == "absolute" { "exact" } else { "bottom" });
        }
    }

    #[test]
    fn the_sentence_says_where_the_handle_can_do_no_more() {
        assert_eq!(form(&session("preset=article&m=1&h=10")), "open");
        assert_eq!(form(&session("preset=article&m=8&h=1")), "shut");
        assert_eq!(form(&session("preset=article&m=4&h=4")), "absolute");
        assert_eq!(form(&session("preset=article&m=4&h=8&error=squared")), "bottom");
    }

    #[test]
    fn half_the_error_is_seven_tenths_of_the_push() {
        let challenge = half();
        let told = |name: &str| challenge.numbers.iter().find(|(key, _)| *key == name).map(|(_, n)| *n);
        assert!((told("factor").expect("it is told") - 0.5f64.sqrt()).abs() < 1e-12);
        assert_eq!(challenge.guesses.iter().find(|guess| guess.right).map(|guess| guess.name), Some("root"));
        let [before, after] = [challenge.stage, challenge.shown.as_deref().expect("an answer to see")]
            .map(|scenario| Aim::of(&session(scenario)).value);
        assert!((after - 0.5 * before).abs() < 1e-3, "{before} {after}");
    }
}
