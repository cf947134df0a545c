//! Three reasons for small steps: sensitivities change on the way, each depends on the other valve, and the
//! ideal may be out of reach.

use super::challenge::Challenge;
use super::rounding::{clean, difference};
use super::solve::root;
use crate::backprop::Chain;
use crate::descent::Experiment;
use crate::plumbing::{OPEN, Shower, TRAVEL};
use crate::scenario::{Key, Session};

/// Where one asks how far it is safe to jump, and what pressure is needed.
const STAGES: [&str; 2] = ["m=4&h=6&jump=0.5", "preset=low-pressure&m=10&h=10"];
/// Jumps at which the error is compared with the one before.
const JUMPS: u32 = 900;
/// Positions of the main valve at which the handle is looked at.
pub(crate) const MAIN: [f64; 3] = [4.0, 7.0, 10.0];
/// What is told of each: its position, and how much more one turn of the handle gives there.
const SAYS: [[&str; 2]; 3] = [["m_low", "s_low"], ["m_middle", "s_middle"], ["m_high", "s_high"]];

/// All jumps against the gradient from one position.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jumps {
    experiment: Experiment,
    here: [f64; 2],
    /// The error before the jump.
    pub(crate) before: f64,
    /// The way of the jump, of length 1; none where nothing pushes.
    way: [f64; 2],
    /// How much lower the error gets by each turn, as the sensitivities forecast.
    slope: f64,
}

impl Jumps {
    pub(crate) fn of(session: &Session) -> Self {
        let (experiment, here) = (*session.run().experiment(), session.run().now().position);
        let (before, chain) = experiment.evaluate(here);
        let gradient = chain.gradient();
        let slope = gradient[0].hypot(gradient[1]);
        let way = gradient.map(|part| if slope > 0.0 { -part / slope } else { 0.0 });
        Self { experiment, here, before, way, slope }
    }

    /// The error that the sensitivities forecast of a jump, down to 0.
    pub(crate) fn forecast(&self, jump: f64) -> f64 {
        (self.before - self.slope * jump).max(0.0)
    }

    /// The error that comes of a jump; a stop ends what goes beyond.
    pub(crate) fn came(&self, jump: f64) -> f64 {
        self.experiment.evaluate([0, 1].map(|valve| self.here[valve] + jump * self.way[valve])).0
    }

    pub(crate) fn is_flat(&self) -> bool {
        self.slope == 0.0
    }

    /// The jump of which perfection is forecast; as long as may be where that is further still.
    pub(crate) fn promised(&self) -> f64 {
        let far = self.before / self.slope;
        if far.is_nan() { 0.0 } else { far.min(TRAVEL) }
    }

    /// The longest jump after which the error is less than before; 0 where none is.
    fn safe(&self) -> f64 {
        let width = TRAVEL / f64::from(JUMPS);
        let all = (1..=JUMPS).rev().map(|index| f64::from(index) * width);
        let Some(last) = all.into_iter().find(|jump| self.came(*jump) < self.before) else { return 0.0 };
        // Between this one and the next the error comes back to what it was.
        root([last, last + width], self.before, |jump| self.came(jump)).map_or(last, |safe| safe.min(TRAVEL))
    }
}

/// What the house gives with both valves fully open, under any pressure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// The house in its own unit.
    shower: Shower,
    /// How many of the unit shown one of its own is.
    unit: f64,
    /// y', in the unit shown.
    pub(crate) target: f64,
    /// w, as the scenario writes it.
    pub(crate) pressure: f64,
}

impl Reach {
    pub(crate) fn of(session: &Session) -> Self {
        let settings = session.settings();
        let (shower, unit) = (settings.shower(), settings.unit());
        Self { shower, unit, target: settings.number(Key::Target), pressure: shower.pressure }
    }

    /// The largest flow under a pressure, in the unit shown.
    pub(crate) fn at(&self, pressure: f64) -> f64 {
        Shower { pressure, ..self.shower }.flows(OPEN, OPEN).y * self.unit
    }

    /// The pressure from which on the ideal can be reached, if there is one.
    pub(crate) fn needed(&self) -> Option<f64> {
        if self.at(0.0) >= self.target {
            return Some(0.0);
        }
        self.shower.pressure_for(OPEN, self.target / self.unit)
    }
}

/// How much more one turn of the handle gives while the main valve stands at a position.
pub(crate) fn steepness(session: &Session, m: f64) -> f64 {
    let [_, h] = session.run().now().position;
    Chain::backward(session.run().experiment().shower.flows(m, h), 1.0).dy_dh
}

/// What was forecast of the jump and what came; how steep the handle is for three positions of the main valve;
/// what the house gives at most.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let (jumps, reach) = (Jumps::of(session), Reach::of(session));
    let jump = session.scenario().number(Key::Jump);
    // Errors are differences of flows about as large as the ideal.
    let of = jumps.before + reach.target;
    let [before, forecast, came] =
        [jumps.before, jumps.forecast(jump), jumps.came(jump)].map(|error| clean(error, of));
    let largest = reach.at(reach.pressure);
    let mut told = vec![
        ("jump", jump),
        ("before", before),
        ("forecast", forecast),
        ("came", came),
        ("gap", clean((came - forecast).abs(), of + came)),
        ("promised", jumps.promised()),
        ("safe", jumps.safe()),
        ("h", session.run().now().position[1]),
        ("pressure", reach.pressure),
        ("reach", largest),
        ("target", reach.target),
        ("short", difference(reach.target, largest).max(0.0)),
    ];
    told.extend(reach.needed().map(|needed| ("pressure_needed", needed)));
    for (m, [position, slope]) in MAIN.into_iter().zip(SAYS) {
        told.extend([(position, m), (slope, steepness(session, m))]);
    }
    told
}

pub(super) fn form(session: &Session) -> &'static str {
    if Jumps::of(session).is_flat() { "flat" } else { "" }
}

/// How far may one jump before the error is no smaller than it was?
pub(super) fn jump() -> Challenge {
    let [stage, _] = STAGES;
    let session = Session::open(stage).0;
    let jumps = Jumps::of(&session);
    let (promised, safe) = (jumps.promised(), jumps.safe());
    let answers = [("promised", promised), ("safe", safe), ("twice", 2.0 * promised), ("always", TRAVEL)];
    let right = nearest(&answers, safe);
    let mut told = numbers(&session);
    told.extend([("twice", 2.0 * promised), ("came_promised", jumps.came(promised))]);
    told.push(("came_twice", jumps.came(2.0 * promised)));
    Challenge::new("jump", stage, &answers.map(|(name, _)| name), right, told)
}

/// From which pressure on can the error be 0?
pub(super) fn pressure() -> Challenge {
    let [_, stage] = STAGES;
    let session = Session::open(stage).0;
    let reach = Reach::of(&session);
    let largest = reach.at(reach.pressure);
    // As though twice the pressure were twice the flow.
    let linear = reach.pressure * reach.target / largest;
    let right = match reach.needed() {
        None => "never",
        Some(needed) if needed <= reach.pressure => "open",
        Some(needed) => nearest(&[("linear", linear), ("root", needed)], needed),
    };
    let mut told = numbers(&session);
    told.extend([
        ("pressure_linear", linear),
        ("reach_linear", reach.at(linear)),
        ("growth", reach.target / largest),
    ]);
    let shown = reach.needed().map(|needed| format!("{stage}&pressure={:.3}", needed + 0.0005));
    let guesses = ["linear", "root", "open", "never"];
    Challenge { shown, ..Challenge::new("pressure", stage, &guesses, right, told) }
}

/// The name of the answer that is nearest to the truth.
fn nearest<'a>(answers: &[(&'a str, f64)], truth: f64) -> &'a str {
    let off = |answer: &&(&'a str, f64)| (answer.1 - truth).abs();
    answers.iter().min_by(|a, b| off(a).total_cmp(&off(b))).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::{Jumps, Reach, STAGES, jump, numbers, pressure};
    use crate::plumbing::TRAVEL;
    use crate::scenario::Session;

    fn jumps(scenario: &str) -> Jumps {
        Jumps::of(&Session::open(scenario).0)
    }

    #[test]
    fn in_the_house_of_sums_the_forecast_comes_true_until_the_ideal() {
        let jumps = jumps("preset=article");
        for tenth in 0..=30 {
            let jump = f64::from(tenth) / 10.0;
            assert!((jumps.forecast(jump) - jumps.came(jump)).abs() < 1e-12, "{jump}");
        }
    }

    #[test]
    fn a_small_jump_comes_as_forecast_in_every_house() {
        for scenario in
            ["", "preset=curves", "preset=installed", "preset=house", "preset=plateau&error=squared"]
        {
            let jumps = jumps(scenario);
            let small = 1e-4;
            let lower = jumps.before - jumps.came(small);
            assert!(
                lower > 0.0 && (jumps.forecast(small) - jumps.came(small)).abs() < 1e-2 * lower,
                "{scenario}"
            );
        }
    }

    #[test]
    fn up_to_the_longest_safe_jump_the_error_is_less_and_beyond_it_never() {
        for scenario in
            [STAGES[0], "", "preset=curves", "preset=article", "preset=house&error=squared", "m=9&h=9"]
        {
            let jumps = jumps(scenario);
            let safe = jumps.safe();
            assert!(safe > 0.0 && jumps.came(safe - 1e-6) < jumps.before, "{scenario}");
            let mut beyond = safe + 1e-6;
            while beyond <= TRAVEL {
                assert!(jumps.came(beyond) >= jumps.before - 1e-9, "{scenario}: {beyond}");
                beyond += 0.01;
            }
        }
    }

    #[test]
    fn where_the_error_only_falls_every_jump_is_safe_and_where_nothing_pushes_none() {
        assert_eq!(jumps("preset=low-pressure").safe(), TRAVEL);
        assert_eq!(jumps("pressure=0").safe(), 0.0);
        assert!(jumps("pressure=0").is_flat());
    }

    #[test]
    fn the_longest_safe_jump_is_none_of_what_one_may_think() {
        let asked = jump();
        let right: Vec<_> =
            asked.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["safe"]);
        let number = |name: &str| asked.numbers.iter().find(|told| told.0 == name).map_or(0.0, |told| told.1);
        for other in ["promised", "twice"] {
            assert!((number(other) - number("safe")).abs() > 0.5, "{other}");
        }
        assert!(number("safe") < TRAVEL - 1.0, "not every jump is safe");
    }

    #[test]
    fn the_pressure_that_is_needed_goes_with_the_square_of_the_flow() {
        let asked = pressure();
        let right: Vec<_> =
            asked.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["root"]);
        let number = |name: &str| asked.numbers.iter().find(|told| told.0 == name).map_or(0.0, |told| told.1);
        assert!((number("pressure_needed") - 1.812).abs() < 5e-4);
        let [growth, needed, pressure] = ["growth", "pressure_needed", "pressure"].map(number);
        assert!((needed - pressure * growth * growth).abs() < 1e-9);
        let shown = Session::open(asked.shown.as_deref().unwrap_or_default()).0;
        assert!(shown.run().now().error < 0.01, "the answer shows a perfect shower");
    }

    #[test]
    fn what_the_house_gives_is_the_same_in_every_unit() {
        for preset in ["article", "product", "curves", "installed", "house", "low-pressure"] {
            let told = |units: &str| {
                let session = Session::open(&format!("preset={preset}&units={units}")).0;
                let reach = Reach::of(&session);
                [reach.at(1.5) / session.settings().unit(), reach.needed().unwrap_or(-1.0)]
            };
            let own = told("lpm");
            for (other, own) in told("gpm").into_iter().zip(own) {
                assert!((other - own).abs() < 1e-9, "{preset}: {other} is not {own}");
            }
        }
    }

    #[test]
    fn every_number_is_finite_whatever_is_set() {
        for scenario in
            ["pressure=0", "target=0", "preset=article&kx=0", "preset=house&pressure=100", "jump=9&k=0"]
        {
            let session = Session::open(scenario).0;
            for (name, number) in numbers(&session) {
                assert!(number.is_finite(), "{name} is {number} in {scenario}");
            }
        }
    }
}
