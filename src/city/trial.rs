//! The experiment: do valves become specialists, and does it matter by which rule they are turned?

use super::plan::{Demand, Pipes, Plan, Rule};
use super::reach::Reach;
use super::training::Training;
use crate::descent::Error;

/// The city of the experiment: 16 pumps and showers, two levels of 32 junctions.
const SIZES: [usize; 4] = [16, 32, 32, 16];
/// R of its valves: fully open they let through thirty times their drip.
const RANGE: f64 = 30.0;
/// A run that has not come down to the error by then has not arrived.
const LONGEST: u32 = 10_000;
/// η of each rule, in turns: all of them come down in some hundreds of steps.
const RATES: [(Rule, f64); Rule::ALL.len()] =
    [(Rule::Proportion, 0.3), (Rule::Equal, 0.01), (Rule::Momentum, 0.1), (Rule::Adam, 0.05)];

/// What share of the untrained error a run is to come down to: below the level at which every shower gets about
/// the same, and above what the drip of the valves leaves.
fn goal(demand: Demand) -> f64 {
    match demand {
        Demand::Constant => 0.01,
        Demand::Blend => 0.1,
        Demand::Own => 0.7,
    }
}

/// One run of the experiment that has come to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The rule.
    pub rule: Rule,
    /// The seed.
    pub seed: u32,
    /// The error at which it was to stop.
    pub goal: f64,
    /// Whether it came down to it.
    pub arrived: bool,
    /// Steps made.
    pub steps: u32,
    /// E at the end, as the last step found it.
    pub error: f64,
    /// Its reach before the first step.
    pub untrained: Reach,
    /// Its reach at the end.
    pub reach: Reach,
}

/// What the runs of one rule have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The rule.
    pub rule: Rule,
    /// How many runs came down to the error. Steps, reach and information are those of these runs alone.
    pub arrived: usize,
    /// The error at which all of its runs were to stop, the mean.
    pub goal: f64,
    /// Steps, the mean.
    pub steps: f64,
    /// The reach before the first step, the mean.
    pub untrained: f64,
    /// The reach at the end: the mean, the lowest and the highest.
    pub reach: [f64; 3],
    /// The mutual information at the end, the mean.
    pub information: f64,
}

/// A comparison of all rules on several seeds, each stopped as soon as its error is as low as that of the others.
///
/// The cities share their water and are judged by the squared error; valves let through thirty times their drip.
/// Every rule starts from the same valves, pumps and wishes, and each step looks at all scenarios. Runs go one
/// after the other, seed by seed, so that a page can show how far it is.
///
/// ```
/// use backflow::city::{Demand, Trial};
///
/// let mut trial = Trial::new(Demand::Constant, 1);
/// while !trial.advance(100) {}
/// assert!(trial.outcomes().iter().all(|run| run.arrived && run.error <= run.goal));
/// ```
#[derive(Clone, Debug)]
pub struct Trial {
    plan: Plan,
    seeds: u32,
    outcomes: Vec<Outcome>,
    going: Option<(Reach, Training)>,
}

impl Trial {
    /// How many showers the cities of the experiment have.
    pub const SHOWERS: usize = SIZES[SIZES.len() - 1];

    /// The comparison for a demand, on seeds 1, 2 … `seeds`.
    #[must_use]
    pub fn new(demand: Demand, seeds: u32) -> Self {
        let (sizes, range, batch) = (SIZES.to_vec(), RANGE, Plan::SCENARIOS);
        let (pipes, error) = (Pipes::Share, Error::Squared);
        let plan = Plan { sizes, pipes, range, demand, error, batch, ..Plan::default() };
        Self { plan, seeds, outcomes: Vec::new(), going: None }
    }

    /// How many runs there are in all.
    fn count(&self) -> usize {
        self.seeds as usize * RATES.len()
    }

    /// Goes on with at most so many steps; true when all is done.
    pub fn advance(&mut self, steps: u32) -> bool {
        for _ in 0..steps {
            if self.outcomes.len() >= self.count() {
                break;
            }
            let number = self.outcomes.len();
            let (rule, rate) = RATES[number % RATES.len()];
            let seed = u32::try_from(number / RATES.len()).unwrap_or(u32::MAX).saturating_add(1);
            let (untrained, training) = self.going.get_or_insert_with(|| {
                let training = Training::new(&Plan { rule, rate, seed, ..self.plan.clone() });
                (read(&training), training)
            });
            let goal = goal(self.plan.demand) * training.untrained_error();
            let (arrived, steps) = (training.error() <= goal, training.steps());
            if arrived || steps >= LONGEST {
                let (untrained, error) = (*untrained, training.error());
                let reach = read(training);
                self.outcomes.push(Outcome { rule, seed, goal, arrived, steps, error, untrained, reach });
                self.going = None;
            } else {
                training.step();
            }
        }
        self.outcomes.len() >= self.count()
    }

    /// How far it is, from 0 to 1; a run counts by its steps, of which the last may be near.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let steps = self.going.as_ref().map_or(0.0, |(_, training)| f64::from(training.steps()));
        (self.outcomes.len() as f64 + steps / f64::from(LONGEST)) / self.count().max(1) as f64
    }

    /// The runs that have come to their end.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// What the runs of each rule have in common so far, in the order of [`Rule::ALL`].
    #[must_use]
    pub fn summaries(&self) -> Vec<Summary> {
        Rule::ALL.iter().map(|rule| self.summary(*rule)).collect()
    }

    fn summary(&self, rule: Rule) -> Summary {
        let runs: Vec<&Outcome> =
            self.outcomes.iter().filter(|run| run.rule == rule && run.arrived).collect();
        let mean = |of: fn(&Outcome) -> f64| {
            runs.iter().map(|run| of(run)).fold(0.0, std::ops::Add::add) / runs.len().max(1) as f64
        };
        let reaches = || runs.iter().map(|run| run.reach.mean);
        let [lowest, highest] = [f64::min, f64::max].map(|pick| reaches().reduce(pick).unwrap_or_default());
        Summary {
            rule,
            arrived: runs.len(),
            goal: {
                let goals: Vec<f64> =
                    self.outcomes.iter().filter(|run| run.rule == rule).map(|run| run.goal).collect();
                goals.iter().fold(0.0, |sum, goal| sum + goal) / goals.len().max(1) as f64
            },
            steps: mean(|run| f64::from(run.steps)),
            untrained: mean(|run| run.untrained.mean),
            reach: [mean(|run| run.reach.mean), lowest, highest],
            information: mean(|run| run.reach.information),
        }
    }
}

/// Reads the reach of a city at once.
fn read(training: &Training) -> Reach {
    let mut reading = training.reading();
    reading.read(usize::MAX);
    reading.reach()
}
