//! A turn of fixed size, shared out between the two valves: which way lowers the error most?

use super::challenge::{Challenge, Outcome};
use super::rounding::{clean, difference};
use super::solve::lowest;
use crate::descent::Experiment;
use crate::plumbing::clamp_position;
use crate::scenario::{Key, Session};

/// Where one thinks about it: one turn of the main valve matters three times as much as one of the handle.
const STAGE: &str = "m=3&h=7&angle=200";
/// Directions at which the best one is looked for, all round.
const DIRECTIONS: u32 = 720;
/// Who beats the way of the gradient has to lower the error by this much more, as a part of what that lowers.
const BETTER: f64 = 0.002;

/// The ways to share out that are marked: all on one valve, both alike, and in proportion to sensitivity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    Main,
    Handle,
    Equal,
    Proportional,
}

impl Way {
    pub(crate) const ALL: [Self; 4] = [Self::Main, Self::Handle, Self::Equal, Self::Proportional];

    const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Handle => "handle",
            Self::Equal => "equal",
            Self::Proportional => "proportional",
        }
    }
}

/// All turns of one size from one position.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    experiment: Experiment,
    /// Where the valves stand.
    pub(crate) here: [f64; 2],
    /// How far both are turned together, √(Δm² + Δh²), in turns.
    pub(crate) size: f64,
    /// The error before the turn.
    before: f64,
    gradient: [f64; 2],
}

impl Split {
    pub(crate) fn of(session: &Session) -> Self {
        let (experiment, here) = (*session.run().experiment(), session.run().now().position);
        let (before, chain) = experiment.evaluate(here);
        let size = session.scenario().number(Key::Jump);
        Self { experiment, here, size, before, gradient: chain.gradient() }
    }

    /// E somewhere.
    pub(crate) fn error(&self, at: [f64; 2]) -> f64 {
        self.experiment.evaluate(at).0
    }

    /// Where a turn in a direction leads, in degrees from m to h, if no stop is in the way.
    pub(crate) fn aim(&self, angle: f64) -> [f64; 2] {
        let (sin, cos) = angle.to_radians().sin_cos();
        [self.here[0] + self.size * cos, self.here[1] + self.size * sin]
    }

    /// How far both valves really turn: a stop ends what goes beyond.
    fn turned(&self, angle: f64) -> [f64; 2] {
        let aim = self.aim(angle);
        [0, 1].map(|valve| difference(clamp_position(aim[valve]), self.here[valve]))
    }

    /// ΔE of a turn in a direction.
    pub(crate) fn change(&self, angle: f64) -> f64 {
        clean(self.error(self.aim(angle)) - self.before, self.scale())
    }

    /// How large the numbers are that errors are computed from: an error is a difference of flows about as large as
    /// the ideal.
    fn scale(&self) -> f64 {
        self.before + self.experiment.target
    }

    /// Whether some direction is better than another as far as sensitivities tell.
    pub(crate) fn is_flat(&self) -> bool {
        self.gradient == [0.0; 2]
    }

    /// The direction of a way; signs are those of what the sensitivities want.
    pub(crate) fn angle(&self, way: Way) -> f64 {
        let [m, h] = self.gradient.map(|slope| -slope);
        // Of a valve that does not matter, more.
        let sign = |slope: f64| if slope < 0.0 { -1.0 } else { 1.0 };
        let towards = match way {
            Way::Main => [sign(m), 0.0],
            Way::Handle => [0.0, sign(h)],
            Way::Equal => [sign(m), sign(h)],
            Way::Proportional => [m, h],
        };
        round(towards[1].atan2(towards[0]).to_degrees())
    }

    /// The direction that lowers the error most, whatever the sensitivities say.
    pub(crate) fn best(&self) -> f64 {
        let width = 360.0 / f64::from(DIRECTIONS);
        let all = (0..DIRECTIONS).map(|index| f64::from(index) * width);
        let near = all.min_by(|a, b| self.change(*a).total_cmp(&self.change(*b))).unwrap_or(0.0);
        let found = round(lowest([near - width, near + width], |angle| self.change(angle)));
        // Where all are alike, the first.
        if self.change(found) < self.change(near) { found } else { near }
    }
}

/// An angle from 0 up to 360 degrees.
fn round(angle: f64) -> f64 {
    let angle = angle.rem_euclid(360.0);
    if angle < 360.0 { angle } else { 0.0 }
}

/// The chosen turn and what it does; what the marked ways gain; and how far the best direction is from the
/// gradient's. A gain is how much lower the error is.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let split = Split::of(session);
    let angle = session.scenario().number(Key::Angle);
    let [dm, dh] = split.turned(angle);
    let change = split.change(angle);
    let (gradient, best) = (split.angle(Way::Proportional), split.best());
    let gain = |angle: f64| -split.change(angle);
    let error = |error: f64| clean(error, split.scale());
    vec![
        ("size", split.size),
        ("angle", angle),
        ("dm", dm),
        ("dh", dh),
        ("E_before", error(split.before)),
        ("E_after", error(split.before + change)),
        ("change", change),
        ("angle_gradient", gradient),
        ("change_gradient", split.change(gradient)),
        ("angle_best", best),
        ("change_best", split.change(best)),
        ("lead", error(gain(best) - gain(gradient))),
        ("gain_m", gain(split.angle(Way::Main))),
        ("gain_h", gain(split.angle(Way::Handle))),
        ("gain_equal", gain(split.angle(Way::Equal))),
        ("gain", gain(gradient)),
    ]
}

/// Whether nothing is turned, or no direction is preferred.
pub(super) fn form(session: &Session) -> &'static str {
    let split = Split::of(session);
    if split.size == 0.0 {
        "none"
    } else if split.is_flat() {
        "flat"
    } else {
        ""
    }
}

/// Which way of sharing out lowers the error most?
pub(super) fn beat() -> Challenge {
    let session = Session::open(STAGE).0;
    let split = Split::of(&session);
    let gain = |way: &Way| -split.change(split.angle(*way));
    let best = Way::ALL.into_iter().max_by(|a, b| gain(a).total_cmp(&gain(b)));
    let [dm, dh] = split.turned(split.angle(Way::Proportional));
    let mut told = numbers(&session);
    told.retain(|(name, _)| !["angle", "dm", "dh", "E_after", "change"].contains(name));
    let [of_m, of_h] = split.gradient;
    told.extend([("dE_dm", of_m), ("dE_dh", of_h), ("turn_m", dm), ("turn_h", dh)]);
    Challenge::new("beat", STAGE, &Way::ALL.map(Way::name), best.map_or("", Way::name), told)
}

/// A direction that is better than the gradient's: there is one, since the circle is not small.
pub(super) fn better() -> Challenge {
    Challenge::new("better", STAGE, &[], "", numbers(&Session::open(STAGE).0))
}

/// Whether a turn is better than the one against the gradient, once the hand has chosen it: one of the size that is
/// asked for, from where it is asked for.
pub(super) fn judge(session: &Session) -> Option<Outcome> {
    let (split, stage) = (Split::of(session), Split::of(&Session::open(STAGE).0));
    if (split.experiment, split.here, split.size) != (stage.experiment, stage.here, stage.size) {
        return None;
    }
    let [gain, other] = [session.scenario().number(Key::Angle), split.angle(Way::Proportional)]
        .map(|angle| -split.change(angle));
    let ahead = gain - other;
    (gain > 0.0 && ahead > BETTER * other.abs()).then(|| Outcome {
        name: "beaten",
        right: true,
        numbers: [numbers(session), vec![("ahead", ahead)]].concat(),
    })
}

#[cfg(test)]
mod tests {
    use super::{STAGE, Split, Way, beat, judge, numbers};
    use crate::scenario::Session;

    fn split(scenario: &str) -> Split {
        Split::of(&Session::open(scenario).0)
    }

    #[test]
    fn the_smaller_the_turn_the_nearer_is_the_best_direction_to_the_gradient_s() {
        for scenario in ["m=3&h=7", "preset=house", "preset=installed&m=4&h=6", "preset=curves&m=7&h=5"] {
            let off = |size: f64| {
                let split = split(&format!("{scenario}&jump={size}"));
                (split.best() - split.angle(Way::Proportional)).abs()
            };
            assert!(off(1e-4) < 0.1, "{scenario}: {}", off(1e-4));
            assert!(off(0.01) <= off(1.0), "{scenario}");
        }
    }

    #[test]
    fn no_direction_all_round_is_better_than_the_best() {
        for scenario in
            ["", "m=9&h=9", "preset=house&jump=2", "preset=plateau", "m=1&h=1", "m=10&h=10&jump=9"]
        {
            let split = split(scenario);
            let best = split.change(split.best());
            for angle in 0..3600 {
                let angle = f64::from(angle) / 10.0;
                assert!(split.change(angle) >= best - 1e-9, "{scenario} at {angle}");
            }
        }
    }

    #[test]
    fn in_proportion_to_sensitivity_is_the_best_of_the_ways_on_offer() {
        let beat = beat();
        let right: Vec<_> = beat.guesses.iter().filter(|guess| guess.right).collect();
        assert_eq!((right.len(), right[0].name), (1, "proportional"));
        let split = split(STAGE);
        let gain = |way| -split.change(split.angle(way));
        for other in [Way::Main, Way::Handle, Way::Equal] {
            assert!(gain(Way::Proportional) > gain(other) + 0.02, "{other:?} can be told apart");
        }
    }

    #[test]
    fn who_shares_out_better_than_the_gradient_has_met_the_challenge_and_nobody_else() {
        let judged = |angle: f64| judge(&Session::open(&format!("m=3&h=7&angle={angle}")).0);
        let split = split(STAGE);
        assert_eq!(judged(200.0), None);
        assert_eq!(judged(split.angle(Way::Proportional)), None);
        assert!(judged(split.best()).is_some_and(|outcome| outcome.right));
    }

    #[test]
    fn a_loss_a_longer_turn_and_another_house_are_no_answer() {
        for other in
            ["m=3&h=7&jump=9", "m=3&h=7&jump=0.5", "m=4&h=7", "m=3&h=7&pressure=3", "m=3&h=7&preset=curves"]
        {
            for degree in 0..360 {
                let session = Session::open(&format!("{other}&angle={degree}")).0;
                assert_eq!(judge(&session), None, "{other} at {degree}");
            }
        }
    }

    #[test]
    fn every_number_is_finite_whatever_is_set() {
        for scenario in
            ["pressure=0", "m=10&h=10&jump=9&angle=45", "jump=0", "m=5&h=10&target=4.5", "m=1&h=1"]
        {
            for (name, number) in numbers(&Session::open(scenario).0) {
                assert!(number.is_finite(), "{name} is {number} in {scenario}");
            }
        }
    }
}
