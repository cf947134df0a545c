//! Rise over run: how much more comes out of the shower for each turn of the handle, between two positions.

use super::challenge::Challenge;
use crate::backprop::Chain;
use crate::plumbing::Shower;
use crate::scenario::{Key, Session};

/// The house in which one looks for the steepest place, and where the handle may stand there: hardly open, in
/// the middle, and wide open, where most comes out.
const STAGE: &str = "preset=curves&m=8&h=4&to=6";
const PLACES: [Place; 3] = [
    Place { name: "low", h: 1.5, says: ["h_low", "y_low", "s_low"] },
    Place { name: "middle", h: 5.0, says: ["h_middle", "y_middle", "s_middle"] },
    Place { name: "high", h: 9.5, says: ["h_high", "y_high", "s_high"] },
];

/// A shorter run, in turns, would be divided by as good as nothing: what is set is set to a hundredth.
const LEAST_RUN: f64 = 1e-4;

/// A position of the handle, and the names of what is told of it: position, flow and sensitivity.
#[derive(Clone, Copy)]
struct Place {
    name: &'static str,
    h: f64,
    says: [&'static str; 3],
}

/// Where a measurement begins and ends: two positions of the handle with what comes out at each.
pub(crate) struct Secant {
    pub(crate) from: [f64; 2],
    pub(crate) to: [f64; 2],
}

impl Secant {
    /// Between two positions of the handle, the main valve standing at m.
    pub(crate) fn between(shower: &Shower, m: f64, [from, to]: [f64; 2]) -> Self {
        let at = |h: f64| [h, shower.flows(m, h).y];
        Self { from: at(from), to: at(to) }
    }

    pub(crate) fn run(&self) -> f64 {
        self.to[0] - self.from[0]
    }

    pub(crate) fn rise(&self) -> f64 {
        self.to[1] - self.from[1]
    }

    /// Whether there is no run to speak of.
    pub(crate) fn is_point(&self) -> bool {
        self.run().abs() < LEAST_RUN
    }

    /// Rise over run; 0 where there is no run to speak of.
    pub(crate) fn ratio(&self) -> f64 {
        if self.is_point() { 0.0 } else { self.rise() / self.run() }
    }
}

/// That of a session: from the handle's position to the second one.
pub(crate) fn secant(session: &Session) -> Secant {
    let [m, h] = session.run().now().position;
    let to = session.scenario().number(Key::To);
    Secant::between(&session.run().experiment().shower, m, [h, to])
}

/// Both ends of the measurement, rise, run and their ratio.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let secant = secant(session);
    vec![
        ("h_from", secant.from[0]),
        ("h_to", secant.to[0]),
        ("y_from", secant.from[1]),
        ("y_to", secant.to[1]),
        ("run", secant.run()),
        ("rise", secant.rise()),
        ("ratio", secant.ratio()),
    ]
}

/// Whether both ends are one point.
pub(super) fn form(session: &Session) -> &'static str {
    if secant(session).is_point() { "point" } else { "" }
}

/// Where is the handle most sensitive? Not where most water comes out.
pub(super) fn steepest() -> Challenge {
    let session = Session::open(STAGE).0;
    let (shower, [m, _]) = (session.run().experiment().shower, session.run().now().position);
    let found = PLACES.map(|place| (place, Chain::backward(shower.flows(m, place.h), 1.0)));
    let steeper = |a: &(Place, Chain), b: &(Place, Chain)| a.1.dy_dh.total_cmp(&b.1.dy_dh);
    let right = found.iter().copied().max_by(steeper).map_or("", |(place, _)| place.name);
    let told = |(place, chain): (Place, Chain)| {
        let Place { says: [position, flow, slope], h, .. } = place;
        [(position, h), (flow, chain.flows.y), (slope, chain.dy_dh)]
    };
    let numbers = found.into_iter().flat_map(told).collect();
    Challenge::new("steepest", STAGE, &PLACES.map(|place| place.name), right, numbers)
}
