//! What would help a run: the same run with one thing changed, tried out and found to arrive.

use super::experiment::{Experiment, Step};
use super::optimizer::{Moments, Optimizer};
use super::run::Run;
use super::verdict::{Ending, Verdict};
use crate::backprop::Sensitivities;
use crate::plumbing::{OPEN, SHUT};

/// A remedy has to arrive within this many steps.
const SOON: usize = 1000;
/// A learning rate is halved or doubled this often at most.
const HALVINGS: i32 = 12;
/// The highest learning rate that a scenario may have; no remedy raises it further.
pub const FASTEST: f64 = 10.0;
/// The learning rate that Adam is tried with: each of its first steps turns a valve by this much.
const ADAM_RATE: f64 = 0.1;
/// Pressures tried, as multiples of the one at which the ideal just comes within reach, or as parts of it
/// where there is too much water.
const PRESSURES: [f64; 4] = [1.05, 1.25, 1.5, 2.0];

/// One thing to change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Another learning rate η.
    Rate(f64),
    /// Another rule, with the learning rate that suits it.
    Optimizer(Optimizer, f64),
    /// Exact sensitivities instead of measured ones.
    Exact,
    /// Another pressure w.
    Pressure(f64),
    /// A new start: both valves turned to another place, and everything forgotten.
    Start([f64; 2]),
}

/// A change that makes a run arrive.
///
/// ```
/// use backflow::descent::{Change, Run};
/// use backflow::scenario::Scenario;
///
/// let mut run = Run::new(Scenario::parse("preset=product&rate=2").0.experiment());
/// run.seek(199);
/// let remedy = run.remedy().unwrap();
/// let mut helped = run.with(&remedy);
/// assert!(matches!(remedy.change, Change::Rate(rate) if rate < 2.0));
/// helped.seek(remedy.arrives);
/// assert_eq!(helped.verdict().name(), "arrived");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remedy {
    /// The step from which the change is made; a new start is step 0.
    pub from: usize,
    /// What is changed.
    pub change: Change,
    /// The step at which the run then arrives.
    pub arrives: usize,
}

impl Run {
    /// What would help here; `None` where nothing has to, or nothing that was tried does.
    ///
    /// Each candidate is carried out, so this takes as long as some thousand steps.
    #[must_use]
    pub fn remedy(&self) -> Option<Remedy> {
        let rate = self.experiment().rate;
        let slower = (1..=HALVINGS).map(|k| Change::Rate(round(rate / 2f64.powi(k))));
        let faster = (1..=HALVINGS)
            .map(|k| round(rate * 2f64.powi(k)))
            .filter(|rate| *rate <= FASTEST)
            .map(Change::Rate);
        let measured = self.experiment().sensitivities != Sensitivities::Exact;
        let exact = measured.then_some(Change::Exact).into_iter();
        let moments = Moments { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
        let others =
            [Change::Optimizer(Optimizer::Adam(moments), ADAM_RATE), Change::Start([0.5 * (SHUT + OPEN); 2])];
        let now = self.steps();
        let (from, changes): (_, Vec<Change>) = match self.verdict() {
            Verdict::Arrived { .. } | Verdict::OnTheWay { .. } => return None,
            Verdict::Overshot { step, .. } => (step - 1, slower.chain(exact).chain(others).collect()),
            Verdict::Bouncing { steps, .. } => (now - steps, slower.chain(exact).chain(others).collect()),
            Verdict::BlowingUp { .. } => {
                (self.now().tally.least_at, exact.chain(slower).chain(others).collect())
            }
            Verdict::Crawling { .. } | Verdict::OnPlateau { .. } => {
                (now, faster.chain(exact).chain(others).chain(slower).collect())
            }
            Verdict::AtStop { .. } => (now, exact.chain(others).chain(slower).collect()),
            Verdict::OutOfReach { pressure, nearest, .. } => {
                let too_much = nearest > self.experiment().target;
                let over = |pressure: f64| {
                    PRESSURES
                        .map(|times| if too_much { 1.0 / times } else { times })
                        .map(|times| Change::Pressure(round(pressure * times)))
                };
                (now, pressure.into_iter().flat_map(over).collect())
            }
        };
        // What comes too late here may still help from the start.
        self.first_that_helps(from, &changes).or_else(|| self.first_that_helps(0, &changes))
    }

    /// This run with a remedy applied: a branch at the step that the remedy names.
    #[must_use]
    pub fn with(&self, remedy: &Remedy) -> Self {
        self.changed(remedy.from, remedy.change)
    }

    /// The first change that makes the run arrive soon after a step, or before it where it had arrived
    /// there already.
    fn first_that_helps(&self, from: usize, changes: &[Change]) -> Option<Remedy> {
        let far = |step: &Step| self.experiment().miss(step).abs() >= self.experiment().tolerance;
        let from = self.path()[..=from].iter().rposition(far)?;
        changes.iter().find_map(|&change| {
            let from = if matches!(change, Change::Start(_)) { 0 } else { from };
            let mut run = self.changed(from, change);
            (run.finish(from + SOON) == Ending::Arrived).then(|| Remedy {
                from,
                change,
                arrives: run.steps(),
            })
        })
    }

    /// The run with something changed from a step on.
    fn changed(&self, from: usize, change: Change) -> Self {
        let run = self.back_to(from);
        let mut experiment = *self.experiment();
        match change {
            Change::Rate(rate) => experiment.rate = rate,
            Change::Optimizer(optimizer, rate) => {
                experiment.optimizer = optimizer;
                experiment.rate = rate;
            }
            Change::Exact => experiment.sensitivities = Sensitivities::Exact,
            Change::Pressure(pressure) => experiment.shower.pressure = pressure,
            Change::Start(start) => return Self::new(Experiment { start, ..experiment }),
        }
        if from == 0 {
            return Self::new(Experiment { start: run.now().position, ..experiment });
        }
        run.branch(experiment)
    }
}

/// A number with three digits, for people to read and to type; what is not above 0 stays as it is.
fn round(number: f64) -> f64 {
    let power = 10f64.powf(2.0 - number.log10().floor());
    let rounded = (number * power).round() / power;
    if rounded.is_finite() { rounded } else { number }
}
