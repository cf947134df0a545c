//! A run: an experiment carried out step by step, with every step kept.

use super::error::Error;
use super::optimizer::{Memory, Optimizer};
use crate::backprop::{Chain, Meters, Sensitivities};
use crate::plumbing::{Shower, clamp_position};

/// The most steps that one run keeps.
pub const LONGEST: usize = 10_000;

/// What a run is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Experiment {
    /// The house.
    pub shower: Shower,
    /// y', the ideal shower flow, in the house's unit.
    pub target: f64,
    /// What counts as error.
    pub error: Error,
    /// The rule that turns the valves.
    pub optimizer: Optimizer,
    /// η, the learning rate, above 0: turns for each unit of the gradient.
    pub rate: f64,
    /// How the sensitivities are known.
    pub sensitivities: Sensitivities,
    /// Where the valves stand at first: m and h.
    pub start: [f64; 2],
    /// A shower is good enough where |y − y'| is less than this, above 0, in the house's unit.
    pub tolerance: f64,
}

impl Experiment {
    /// E and the exact backward pass at a position, clamped to [1, 10].
    #[must_use]
    pub fn evaluate(&self, [m, h]: [f64; 2]) -> (f64, Chain) {
        let flows = self.shower.flows(m, h);
        let e = flows.y - self.target;
        (self.error.value(e), Chain::backward(flows, self.error.slope(e)))
    }
}

/// One moment of a run: everything that is known there, and everything that the next step needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// m and h.
    pub position: [f64; 2],
    /// E.
    pub error: f64,
    /// Flows and exact sensitivities.
    pub chain: Chain,
    /// The gradient that the step from here uses: exact, or from the estimates.
    pub gradient: [f64; 2],
    /// What the optimizer remembers on arriving here.
    pub memory: Memory,
    /// What the meters have told so far; the estimates are those that the step from here uses.
    pub meters: Meters,
}

/// An experiment carried out step by step.
///
/// A step is: the gradient here, the optimizer's move, both positions clamped to [1, 10]. The
/// clamp leaves the optimizer's memory alone. The history is kept whole, and a run is a pure
/// function of its experiment: going back and forward again gives the same numbers, bit for bit.
///
/// ```
/// use backflow::descent::Run;
/// use backflow::scenario::Scenario;
///
/// let (scenario, complaints) = Scenario::parse("preset=product&rate=0.1");
/// assert!(complaints.is_empty());
/// let mut run = Run::new(scenario.experiment());
/// run.seek(56);
/// assert!(run.now().error < 0.1); // 56 steps of gradient descent bring the shower this close
/// run.seek(0);
/// assert_eq!(run.now().position, [3.0, 5.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    experiment: Experiment,
    history: Vec<Step>,
    at: usize,
}

impl Run {
    /// A run that has not made a step yet.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let mut run = Self { experiment, history: Vec::new(), at: 0 };
        run.reset();
        run
    }

    /// What is carried out.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The step that the run stands at.
    #[must_use]
    pub fn now(&self) -> &Step {
        &self.history[self.at]
    }

    /// How many steps lie behind.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.at
    }

    /// The start and every step up to where the run stands: one more than `steps()`.
    #[must_use]
    pub fn path(&self) -> &[Step] {
        &self.history[..=self.at]
    }

    /// Where the next step will lead. It is computed, not made.
    #[must_use]
    pub fn next_position(&self) -> [f64; 2] {
        self.move_from(self.at).0
    }

    /// Makes one step; false where the run already has [`LONGEST`] of them.
    pub fn step(&mut self) -> bool {
        if self.at == LONGEST {
            return false;
        }
        if self.at + 1 == self.history.len() {
            let next = self.compute_next();
            self.history.push(next);
        }
        self.at += 1;
        true
    }

    /// Goes to a step, back or forward, making those that are missing; at most to [`LONGEST`].
    pub fn seek(&mut self, step: usize) {
        let step = step.min(LONGEST);
        self.at = step.min(self.history.len() - 1);
        while self.at < step && self.step() {}
    }

    /// Back to the start, with nothing ahead.
    pub fn reset(&mut self) {
        let position = self.experiment.start.map(clamp_position);
        let (_, chain) = self.experiment.evaluate(position);
        let meters = Meters::new([chain.dy_dm, chain.dy_dh]);
        let start = self.observe(0, position, Memory::default(), meters);
        self.at = 0;
        self.history.clear();
        self.history.push(start);
    }

    /// Everything there is to know at a position reached with this memory and these meters.
    fn observe(&self, step: usize, position: [f64; 2], memory: Memory, mut meters: Meters) -> Step {
        let Experiment { sensitivities, ref shower, .. } = self.experiment;
        let (error, chain) = self.experiment.evaluate(position);
        let gradient = match sensitivities {
            Sensitivities::Exact => chain.gradient(),
            measured => {
                meters.probe(measured, step, shower, position);
                let turned = Meters::turns(measured, step);
                let part = |valve: usize| {
                    if turned[valve] { chain.de_dy * meters.estimate[valve] } else { 0.0 }
                };
                [part(0), part(1)]
            }
        };
        Step { position, error, chain, gradient, memory, meters }
    }

    /// The position after the step that leaves from `from`, and the optimizer's memory then.
    fn move_from(&self, from: usize) -> ([f64; 2], Memory) {
        let Experiment { optimizer, rate, sensitivities, .. } = self.experiment;
        let here = &self.history[from];
        let mut memory = here.memory;
        let wanted = optimizer.step(rate, here.gradient, here.position, &mut memory);
        let next = match sensitivities {
            Sensitivities::Exact => wanted,
            measured => {
                let turned = Meters::turns(measured, from);
                let planned = [0, 1]
                    .map(|valve| if turned[valve] { wanted[valve] - here.position[valve] } else { 0.0 });
                let bent = Meters::bend(measured, from, planned);
                [here.position[0] + bent[0], here.position[1] + bent[1]]
            }
        };
        (next.map(clamp_position), memory)
    }

    /// The step that follows the last one.
    fn compute_next(&self) -> Step {
        let from = self.history.len() - 1;
        let (position, memory) = self.move_from(from);
        let here = &self.history[from];
        let mut meters = here.meters;
        let moved = [position[0] - here.position[0], position[1] - here.position[1]];
        let after = self.experiment.shower.flows(position[0], position[1]);
        meters.learn(self.experiment.sensitivities, from, moved, here.chain.flows, after);
        self.observe(from + 1, position, memory, meters)
    }
}
