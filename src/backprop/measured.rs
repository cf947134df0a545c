//! Sensitivities from readings: what a plumber can know who turns a valve and reads the meters.
//!
//! The plumber reads m, h, x and y, nothing else. One estimate each is kept of ∂y/∂m and ∂y/∂h;
//! both start from the truth, and each way of measuring refreshes them differently.

use crate::plumbing::{Flows, Shower, clamp_position};

/// How the sensitivities that a run uses are known.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Sensitivities {
    /// From the formulas: the backward pass.
    #[default]
    Exact,
    /// Both from the last move of both valves, each taking full credit for the change.
    Joint,
    /// From turning one valve at a time: m on even steps, h on odd ones.
    Alternate,
    /// From probing each valve a little to both sides, before each step.
    Central,
    /// From probing both valves at once to both sides, with alternating signs (SPSA, Spall 1992).
    Spsa,
    /// From the last move, by Broyden's rank-one secant update (1965).
    Broyden,
    /// As `Broyden`, with a sideways wiggle in each move so that it learns in all directions.
    Wiggle,
}

impl Sensitivities {
    /// All seven.
    pub const ALL: [Self; 7] =
        [Self::Exact, Self::Joint, Self::Alternate, Self::Central, Self::Spsa, Self::Broyden, Self::Wiggle];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Joint => "joint",
            Self::Alternate => "alternate",
            Self::Central => "central",
            Self::Spsa => "spsa",
            Self::Broyden => "broyden",
            Self::Wiggle => "wiggle",
        }
    }
}

/// How far `Central` turns a valve to each side, in turns.
pub(crate) const CENTRAL_PROBE: f64 = 1e-3;
/// How far `Spsa` turns both valves to each side, in turns.
pub(crate) const SPSA_PROBE: f64 = 1e-2;
/// The signs with which `Spsa` turns the two valves, one pair a step, in a fixed cycle.
const SPSA_SIGNS: [[f64; 2]; 4] = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
/// The sideways part of a move of `Wiggle`, as a fraction of the move.
pub(crate) const WIGGLE: f64 = 0.5;
/// The smallest change to divide by; below it the last estimate stays.
pub(crate) const SMALLEST_CHANGE: f64 = 1e-9;

/// What the plumber believes, and how many readings it took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meters {
    /// The estimates of ∂y/∂m and ∂y/∂h, in flow per turn.
    pub estimate: [f64; 2],
    /// How often the meters were read so far.
    pub readings: u64,
}

impl Meters {
    /// Meters that start from the true ∂y/∂m and ∂y/∂h, after one reading.
    #[must_use]
    pub fn new(truth: [f64; 2]) -> Self {
        Self { estimate: truth, readings: 1 }
    }

    /// Which of the two valves the step numbered `step` turns: both, or one at a time.
    #[must_use]
    pub fn turns(way: Sensitivities, step: usize) -> [bool; 2] {
        match way {
            Sensitivities::Alternate => [step.is_multiple_of(2), !step.is_multiple_of(2)],
            _ => [true, true],
        }
    }

    /// Probes around `position` before the step numbered `step`, for the ways that probe.
    pub fn probe(&mut self, way: Sensitivities, step: usize, shower: &Shower, position: [f64; 2]) {
        let [m, h] = position;
        let y = |m, h| shower.flows(m, h).y;
        match way {
            Sensitivities::Central => {
                let (low, high) = (clamp_position(m - CENTRAL_PROBE), clamp_position(m + CENTRAL_PROBE));
                self.estimate[0] = (y(high, h) - y(low, h)) / (high - low);
                let (low, high) = (clamp_position(h - CENTRAL_PROBE), clamp_position(h + CENTRAL_PROBE));
                self.estimate[1] = (y(m, high) - y(m, low)) / (high - low);
                self.readings += 4;
            }
            Sensitivities::Spsa => {
                let signs = SPSA_SIGNS[step % SPSA_SIGNS.len()];
                let [along_m, along_h] = signs.map(|sign| sign * SPSA_PROBE);
                let rise = y(clamp_position(m + along_m), clamp_position(h + along_h))
                    - y(clamp_position(m - along_m), clamp_position(h - along_h));
                // Dividing by a sign is multiplying by it.
                self.estimate = signs.map(|sign| rise / (2.0 * SPSA_PROBE) * sign);
                self.readings += 2;
            }
            _ => {}
        }
    }

    /// What becomes of a planned move: `Wiggle` adds half of it sideways, to alternating sides.
    #[must_use]
    pub fn bend(way: Sensitivities, step: usize, [a, b]: [f64; 2]) -> [f64; 2] {
        match way {
            Sensitivities::Wiggle => {
                let side = if step.is_multiple_of(2) { WIGGLE } else { -WIGGLE };
                [a - side * b, b + side * a]
            }
            _ => [a, b],
        }
    }

    /// Learns from a move that was made: its turns of m and h, and the flows before and after.
    pub fn learn(&mut self, way: Sensitivities, step: usize, moved: [f64; 2], before: Flows, after: Flows) {
        self.readings += 1;
        let enough = |change: f64| change.abs() >= SMALLEST_CHANGE;
        let (dx, dy) = (after.x - before.x, after.y - before.y);
        match way {
            Sensitivities::Joint => {
                if enough(moved[0]) && enough(dx) {
                    self.estimate[0] = (dy / dx) * (dx / moved[0]);
                }
                if enough(moved[1]) {
                    self.estimate[1] = dy / moved[1];
                }
            }
            Sensitivities::Alternate => {
                for (valve, turned) in Self::turns(way, step).into_iter().enumerate() {
                    if turned && enough(moved[valve]) {
                        self.estimate[valve] = dy / moved[valve];
                    }
                }
            }
            Sensitivities::Broyden | Sensitivities::Wiggle => {
                let length = moved[0] * moved[0] + moved[1] * moved[1];
                if length >= SMALLEST_CHANGE * SMALLEST_CHANGE {
                    let surprise = dy - self.estimate[0] * moved[0] - self.estimate[1] * moved[1];
                    self.estimate[0] += surprise / length * moved[0];
                    self.estimate[1] += surprise / length * moved[1];
                }
            }
            Sensitivities::Exact | Sensitivities::Central | Sensitivities::Spsa => {}
        }
    }
}
