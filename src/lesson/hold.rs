//! What partial means: the effect of the handle with the main valve held, and with another hand turning it.

use super::challenge::Challenge;
use super::ruler::Secant;
use crate::plumbing::{Shower, clamp_position};
use crate::scenario::{Key, Session};

/// The house of the question, with nobody at the main valve, and with someone.
const STAGE: &str = "preset=article&m=4&h=4&to=6";
const SHOWN: &str = "preset=article&m=4&h=4&to=6&drift=1";
/// The names of what is told of a measurement: m, h and y before and after, then run, rise and ratio.
macro_rules! says {
    ($name:literal) => {
        [
            concat!($name, "_m_from"),
            concat!($name, "_m_to"),
            concat!($name, "_h_from"),
            concat!($name, "_h_to"),
            concat!($name, "_y_from"),
            concat!($name, "_y_to"),
            concat!($name, "_run"),
            concat!($name, "_rise"),
            concat!($name, "_ratio"),
        ]
    };
}
/// What three people wrote down.
const TAKEN: [Taken; 3] = [
    Taken { name: "least", m: [4.0, 4.0], h: [4.0, 4.2], says: says!("least") },
    Taken { name: "both", m: [4.0, 5.0], h: [4.0, 6.0], says: says!("both") },
    Taken { name: "farthest", m: [4.0, 4.0], h: [2.0, 9.0], says: says!("farthest") },
];

/// A measurement before and after: where the valves stood; with the names of what is told of it.
#[derive(Clone, Copy)]
struct Taken {
    name: &'static str,
    m: [f64; 2],
    h: [f64; 2],
    says: [&'static str; 9],
}

impl Taken {
    /// What came out before and after, in a house.
    fn secant(&self, shower: &Shower) -> Secant {
        let [from, to] = [0, 1].map(|at| [self.h[at], shower.flows(self.m[at], self.h[at]).y]);
        Secant { from, to }
    }

    /// Whether the handle alone was turned.
    fn is_of_handle(&self) -> bool {
        self.m[0] == self.m[1]
    }
}

/// Two measurements over the same turn of the handle.
pub(crate) struct Held {
    /// The main valve at first, and where the other hand leaves it.
    pub(crate) m: [f64; 2],
    /// With the main valve held.
    pub(crate) clean: Secant,
    /// With the other hand on it.
    pub(crate) spoilt: Secant,
}

impl Held {
    /// Those of a session.
    pub(crate) fn of(session: &Session) -> Self {
        let shower = &session.run().experiment().shower;
        let ([m, h], scenario) = (session.run().now().position, session.scenario());
        let drifted = clamp_position(m + scenario.number(Key::Drift));
        let clean = Secant::between(shower, m, [h, scenario.number(Key::To)]);
        let [to, _] = clean.to;
        let spoilt = Secant { from: clean.from, to: [to, shower.flows(drifted, to).y] };
        Self { m: [m, drifted], clean, spoilt }
    }
}

/// Both measurements and their ratios, with the slope that they are after.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let Held { m: [m_from, m_to], clean, spoilt } = Held::of(session);
    vec![
        ("m_from", m_from),
        ("m_to", m_to),
        ("drift", m_to - m_from),
        ("h_from", clean.from[0]),
        ("h_to", clean.to[0]),
        ("run", clean.run()),
        ("y_from", clean.from[1]),
        ("y_held", clean.to[1]),
        ("y_spoilt", spoilt.to[1]),
        ("rise_held", clean.rise()),
        ("rise_spoilt", spoilt.rise()),
        ("held", clean.ratio()),
        ("spoilt", spoilt.ratio()),
        ("exact", session.run().now().chain.dy_dh),
    ]
}

/// Whether nobody turns the handle, or nobody the main valve.
pub(super) fn form(session: &Session) -> &'static str {
    let Held { m: [m_from, m_to], clean, .. } = Held::of(session);
    if clean.is_point() {
        "point"
    } else if m_from == m_to {
        "still"
    } else {
        ""
    }
}

/// Which measurement says nothing about ∂y/∂h? The one in which the main valve moved too.
pub(super) fn invalid() -> Challenge {
    let session = Session::open(STAGE).0;
    let (shower, now) = (session.run().experiment().shower, session.run().now());
    let told = |taken: Taken| {
        let Taken { m, h, says, .. } = taken;
        let secant = taken.secant(&shower);
        let y = [secant.from[1], secant.to[1]];
        let values = [m[0], m[1], h[0], h[1], y[0], y[1], secant.run(), secant.rise(), secant.ratio()];
        says.into_iter().zip(values)
    };
    let right = TAKEN.iter().find(|taken| !taken.is_of_handle()).map_or("", |taken| taken.name);
    let numbers = TAKEN.into_iter().flat_map(told).chain([("slope", now.chain.dy_dh)]).collect();
    let challenge = Challenge::new("invalid", STAGE, &TAKEN.map(|taken| taken.name), right, numbers);
    Challenge { shown: Some(SHOWN.to_owned()), ..challenge }
}

#[cfg(test)]
mod tests {
    use super::{Held, STAGE, TAKEN, invalid, numbers};
    use crate::scenario::Session;

    fn session(scenario: &str) -> Session {
        let (session, complaints) = Session::open(scenario);
        assert!(complaints.is_empty(), "{complaints:?}");
        session
    }

    #[test]
    fn a_hand_on_the_main_valve_spoils_the_ratio_and_a_held_one_leaves_it() {
        let told = |scenario: &str| {
            let told = numbers(&session(scenario));
            ["held", "spoilt", "exact"].map(|name| {
                told.iter().find(|(key, _)| *key == name).map(|(_, value)| *value).expect("it is told")
            })
        };
        assert_eq!(told("preset=article&m=4&h=4&to=6&drift=1"), [0.5, 0.75, 0.5]);
        assert_eq!(told("preset=article&m=4&h=4&to=6"), [0.5, 0.5, 0.5]);
    }

    #[test]
    fn the_other_hand_turns_no_further_than_the_valve_goes() {
        assert_eq!(Held::of(&session("preset=article&m=9&drift=3")).m, [9.0, 10.0]);
        assert_eq!(Held::of(&session("preset=article&m=2&drift=-3")).m, [2.0, 1.0]);
    }

    #[test]
    fn each_wrong_guess_is_the_misconception_that_it_is_named_after() {
        let shower = session(STAGE).run().experiment().shower;
        let named = |name: &str| TAKEN.iter().find(|taken| taken.name == name).expect("it is offered");
        let rise = |name: &str| named(name).secant(&shower).rise().abs();
        let run = |name: &str| named(name).secant(&shower).run().abs();
        assert!(rise("least") < rise("both") && rise("least") < rise("farthest"));
        assert!(run("farthest") > run("both") && run("farthest") > run("least"));
        let right: Vec<_> = invalid().guesses.iter().filter(|guess| guess.right).map(|g| g.name).collect();
        assert_eq!(right, ["both"]);
        // And the ratios of the others are the slope of this straight house.
        let slope = session(STAGE).run().now().chain.dy_dh;
        for taken in TAKEN.iter().filter(|taken| taken.is_of_handle()) {
            assert!((taken.secant(&shower).ratio() - slope).abs() < 1e-12, "{}", taken.name);
        }
    }
}
