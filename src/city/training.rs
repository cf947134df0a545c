//! A city that learns: step by step, scenario by scenario.

use super::law::Law;
use super::network::Network;
use super::number::Number;
use super::plan::{Pipes, Plan};
use super::random::Random;
use super::reach::Reading;
use super::rule::{Memory, Stride};
use super::sweep::Sweep;
use super::valve::Valve;
use super::wishes::Wishes;
use crate::plumbing::{SHUT, TRAVEL};

/// Untrained, valves stand about half open, this many turns to either side.
const SPREAD: f64 = 1.0;
/// How many scenarios tell, each by itself, how large sensitivities are.
const LOOKED: usize = 8;

/// A city under training.
///
/// All of it follows from its plan: the valves, the pumps, the wishes, and so every step.
///
/// ```
/// use backflow::city::{Plan, Training};
///
/// let plan = Plan { sizes: vec![8, 16, 8], batch: 8, ..Plan::default() };
/// let mut city = Training::<f64>::new(&plan);
/// let untrained = city.error();
/// for _ in 0..200 {
///     city.step();
/// }
/// assert_eq!(city.steps(), 200);
/// assert!(city.error() < 0.5 * untrained);
/// ```
#[derive(Clone, Debug)]
pub struct Training<T = f32> {
    plan: Plan,
    network: Network<T>,
    sweep: Sweep<T>,
    wishes: Wishes<T>,
    memory: Memory<T>,
    steps: u32,
    /// E of each scenario, when it was looked at last.
    errors: Vec<f64>,
    untrained: f64,
    /// The root mean square of ∂E/∂v in one scenario, over all valves, untrained.
    size: f64,
    pumps: Vec<T>,
    wants: Vec<T>,
}

impl<T: Number> Training<T> {
    /// The city of a plan, untrained.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let valve = Valve::EqualPercentage { rangeability: plan.range };
        let mut random = Random::new(plan.seed, 0);
        let turns: Vec<T> = (0..plan.valves()).map(|_| T::of(SPREAD * random.normal())).collect();
        // Untrained, a throttled layer passes on about as much as it gets.
        let mut rest = &turns[..];
        let law = |sizes: &[usize]| match plan.pipes {
            Pipes::Share => Law::Share,
            Pipes::Throttle => {
                let (layer, others) = rest.split_at(sizes[0] * sizes[1]);
                rest = others;
                let open = |turn: &T| valve.opening(SHUT + 0.5 * TRAVEL + turn.double());
                Law::Throttle {
                    gain: sizes[0] as f64 / layer.iter().map(open).sum::<f64>().max(f64::MIN_POSITIVE),
                }
            }
        };
        let laws: Vec<Law> = plan.sizes.windows(2).map(law).collect();
        let mut network = Network::new(&plan.sizes, &laws, valve);
        network.turn(0, &turns, T::of(1.0));
        let wishes = Wishes::new(plan);
        let mut training = Self {
            plan: plan.clone(),
            memory: Memory::new(plan.rule, plan.valves()),
            network,
            sweep: Sweep::default(),
            errors: vec![0.0; wishes.count()],
            wishes,
            steps: 0,
            untrained: 0.0,
            size: 0.0,
            pumps: Vec::new(),
            wants: Vec::new(),
        };
        training.look();
        training
    }

    /// Looks once at the scenarios, without turning a valve: what the error is, and how much the valves matter.
    fn look(&mut self) {
        let count = self.wishes.count();
        self.forward_from(0, count);
        self.judge(0);
        self.untrained = self.error();
        let looked = count.min(LOOKED);
        let mut squares = 0.0;
        for scenario in 0..looked {
            self.forward_from(scenario, 1);
            self.judge(scenario);
            self.sweep.backward(&self.network, |_, slopes| {
                squares += slopes.iter().map(|slope| slope.double().powi(2)).sum::<f64>();
            });
        }
        let numbers = self.network.openings().len() * looked;
        self.size = (squares / numbers.max(1) as f64).sqrt();
        // The room that a batch of all takes is given back.
        self.sweep = Sweep::default();
        [&mut self.pumps, &mut self.wants].into_iter().for_each(|flows| *flows = Vec::new());
    }

    /// Begins to read whom its valves matter to.
    #[must_use]
    pub fn reading(&self) -> Reading<T> {
        Reading::new(&self.network, self.wishes.pumps())
    }

    /// What the pumps give, scenario by scenario.
    #[must_use]
    pub fn pumps(&self) -> &[T] {
        self.wishes.pumps()
    }

    /// What it was made from.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Its pipes and valves.
    #[must_use]
    pub fn network(&self) -> &Network<T> {
        &self.network
    }

    /// The flows and blame of the last step; of the water alone, where it ran once more since.
    #[must_use]
    pub fn sweep(&self) -> &Sweep<T> {
        &self.sweep
    }

    /// Steps made.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// E of a scenario, the mean over all of them, each as it was when a step looked at it last.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.errors.iter().sum::<f64>() / self.errors.len().max(1) as f64
    }

    /// The same before the first step.
    #[must_use]
    pub fn untrained_error(&self) -> f64 {
        self.untrained
    }

    /// How many scenarios each step looks at.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.plan.batch.clamp(1, self.wishes.count().max(1))
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let numbers = self.network.openings().len() + self.pumps.capacity() + self.wants.capacity();
        numbers * size_of::<T>() + self.sweep.bytes() + self.wishes.bytes() + self.memory.bytes()
    }

    /// Makes a step: the next scenarios run forward, the blame comes back, and every valve turns as it passes.
    pub fn step(&mut self) {
        let first = self.forward();
        self.judge(first);
        self.steps = self.steps.saturating_add(1);
        let batch = self.sweep.batch();
        let stride = Stride::new(self.plan.rule, self.steps, self.plan.rate, batch, self.size);
        let memory = &mut self.memory;
        self.sweep.turn(&mut self.network, |first, slopes| {
            let valves = first..first + slopes.len();
            stride.follow(slopes, memory, valves)
        });
    }

    /// Lets the water of the next step's scenarios run, and nothing else; returns the first of them.
    pub fn forward(&mut self) -> usize {
        let (count, batch) = (self.wishes.count().max(1), self.batch());
        let first = self.steps as usize % count * batch % count;
        self.forward_from(first, batch);
        first
    }

    /// How long measuring the sensitivity of every valve takes, in seconds, where one forward sweep takes so
    /// long: it runs the water once as it is, and once for each valve that is turned a little.
    #[must_use]
    pub fn probing(&self, forward: f64) -> f64 {
        (self.network.openings().len() + 1) as f64 * forward
    }

    fn forward_from(&mut self, first: usize, count: usize) {
        self.wishes.batch(first, count, &mut self.pumps, &mut self.wants);
        self.sweep.forward(&self.network, &self.pumps);
    }

    /// Judges the showers, and notes the errors of the scenarios from one on.
    fn judge(&mut self, first: usize) {
        let error = self.plan.error;
        self.sweep.judge(error, &self.wants);
        let showers = self.plan.sizes.last().copied().unwrap_or_default().max(1);
        let flows = self.sweep.flows().last().map_or(&[][..], Vec::as_slice);
        let scenarios = flows.chunks_exact(showers).zip(self.wants.chunks_exact(showers));
        let count = self.errors.len();
        for (place, (flows, wants)) in scenarios.enumerate() {
            let apart = flows.iter().zip(wants).map(|(flow, want)| flow.double() - want.double());
            self.errors[(first + place) % count] = apart.map(|e| error.value(e)).sum();
        }
    }
}
