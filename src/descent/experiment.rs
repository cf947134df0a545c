//! One step of a descent, as a pure function: from everything that is known at one moment to
//! everything that is known at the next.

use super::error::Error;
use super::optimizer::{Memory, Optimizer};
use crate::backprop::{Chain, Meters, Sensitivities};
use crate::plumbing::{Shower, clamp_position};

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

/// One moment of a run: everything that is known there, and everything that the next step needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// How many steps lead here.
    pub number: usize,
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
    /// What has come of all steps so far.
    pub tally: Tally,
}

/// What has come of a run so far: how it compares with another from the same start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// The least distance |y − y'| so far, in flow.
    pub least: f64,
    /// The number of the step that reached it first.
    pub least_at: usize,
    /// The furthest that the flow was above the ideal, in flow; 0 where it never was.
    pub overshoot: f64,
    /// Water wasted: flow above the ideal, summed over the start and all steps.
    pub wasted: f64,
    /// How often a step crossed from one side of the ideal to the other.
    pub crossings: usize,
}

impl Experiment {
    /// E and the exact backward pass at a position, clamped to [1, 10].
    #[must_use]
    pub fn evaluate(&self, [m, h]: [f64; 2]) -> (f64, Chain) {
        let flows = self.shower.flows(m, h);
        let e = flows.y - self.target;
        (self.error.value(e), Chain::backward(flows, self.error.slope(e)))
    }

    /// e = y − y', how far the flow is above the ideal.
    #[must_use]
    pub fn miss(&self, step: &Step) -> f64 {
        step.chain.flows.y - self.target
    }

    /// Everything there is to know at the start.
    #[must_use]
    pub fn first(&self) -> Step {
        let position = self.start.map(clamp_position);
        let (error, chain) = self.evaluate(position);
        let distance = (chain.flows.y - self.target).abs();
        let above = (chain.flows.y - self.target).max(0.0);
        let mut step = Step {
            number: 0,
            position,
            error,
            chain,
            gradient: [0.0; 2],
            memory: Memory::default(),
            meters: Meters::new([chain.dy_dm, chain.dy_dh]),
            tally: Tally { least: distance, least_at: 0, overshoot: above, wasted: above, crossings: 0 },
        };
        self.probe(&mut step);
        step
    }

    /// Where the step from here leads: the optimizer's move, both positions clamped to [1, 10]. `None`
    /// where a number became infinite or undefined on the way.
    ///
    /// The clamp leaves the optimizer's memory alone.
    #[must_use]
    pub fn next(&self, here: &Step) -> Option<Step> {
        let mut memory = here.memory;
        let wanted = self.optimizer.step(self.rate, here.gradient, here.position, &mut memory);
        let planned = match self.sensitivities {
            Sensitivities::Exact => wanted,
            measured => {
                let turned = Meters::turns(measured, here.number);
                let moves = [0, 1]
                    .map(|valve| if turned[valve] { wanted[valve] - here.position[valve] } else { 0.0 });
                let bent = Meters::bend(measured, here.number, moves);
                [here.position[0] + bent[0], here.position[1] + bent[1]]
            }
        };
        let next = self.arrive(here, planned.map(clamp_position), memory);
        (planned.iter().all(|position| position.is_finite()) && next.is_finite()).then_some(next)
    }

    /// Everything there is to know after a turn by hand. The optimizer learns nothing from it; the
    /// meters do.
    #[must_use]
    pub fn turned(&self, here: &Step, position: [f64; 2]) -> Step {
        self.arrive(here, position.map(clamp_position), here.memory)
    }

    /// The same moment under this experiment, which differs from the one that led there.
    ///
    /// The optimizer keeps its memory where the rule is the same, with whatever parameters; the meters
    /// keep their estimates. Where the plumber measures only from now on, he starts from the truth.
    #[must_use]
    pub fn take_over(&self, from: &Self, here: &Step) -> Step {
        if self == from {
            return *here;
        }
        let mut step = *here;
        (step.error, step.chain) = self.evaluate(step.position);
        if std::mem::discriminant(&self.optimizer) != std::mem::discriminant(&from.optimizer) {
            step.memory = Memory::default();
        }
        // Progress is counted anew: what is changed deserves its own patience.
        step.tally.least = self.miss(&step).abs();
        step.tally.least_at = step.number;
        let elsewhere = self.shower != from.shower;
        if from.sensitivities == Sensitivities::Exact && self.sensitivities != Sensitivities::Exact {
            let Chain { dy_dm, dy_dh, .. } = step.chain;
            step.meters = Meters { estimate: [dy_dm, dy_dh], readings: step.meters.readings + 1 };
        }
        if elsewhere || self.sensitivities != from.sensitivities {
            self.probe(&mut step);
        } else {
            self.set_gradient(&mut step);
        }
        step
    }

    /// Everything there is to know after a move.
    fn arrive(&self, here: &Step, position: [f64; 2], memory: Memory) -> Step {
        let (error, chain) = self.evaluate(position);
        let mut meters = here.meters;
        let moved = [position[0] - here.position[0], position[1] - here.position[1]];
        meters.learn(self.sensitivities, here.number, moved, here.chain.flows, chain.flows);
        let number = here.number + 1;
        let miss = chain.flows.y - self.target;
        let tally = here.tally.after(number, self.miss(here), miss);
        let mut step = Step { number, position, error, chain, gradient: [0.0; 2], memory, meters, tally };
        self.probe(&mut step);
        step
    }

    /// Probes round a position, where that is the way of measuring, and settles the gradient.
    fn probe(&self, step: &mut Step) {
        step.meters.probe(self.sensitivities, step.number, &self.shower, step.position);
        self.set_gradient(step);
    }

    /// The gradient that the step from here uses.
    fn set_gradient(&self, step: &mut Step) {
        step.gradient =
            match self.sensitivities {
                Sensitivities::Exact => step.chain.gradient(),
                measured => {
                    let turned = Meters::turns(measured, step.number);
                    [0, 1].map(|valve: usize| {
                        if turned[valve] { step.chain.de_dy * step.meters.estimate[valve] } else { 0.0 }
                    })
                }
            };
    }
}

impl Step {
    /// Whether no number in it is infinite or undefined.
    fn is_finite(&self) -> bool {
        let Memory { velocity, squares, peak, turns, divisor, .. } = self.memory;
        let pairs = [self.position, self.gradient, velocity, squares, peak, turns, divisor];
        let sum: f64 = pairs.as_flattened().iter().chain(&self.meters.estimate).sum();
        // Whatever is infinite or undefined stays so in a sum, and in a product with 0.
        (sum + self.error + self.tally.wasted) * 0.0 == 0.0
    }
}

impl Tally {
    /// The tally after one more step, which led from one miss e = y − y' to another.
    fn after(self, number: usize, from: f64, to: f64) -> Self {
        let closer = to.abs() < self.least;
        Self {
            least: if closer { to.abs() } else { self.least },
            least_at: if closer { number } else { self.least_at },
            overshoot: self.overshoot.max(to),
            wasted: self.wasted + to.max(0.0),
            crossings: self.crossings + usize::from(from * to < 0.0),
        }
    }
}
