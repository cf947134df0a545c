//! The small network of the course: three pumps, three junctions, three showers and 18 valves.

use super::key::Key;
use super::list::List;
use super::session::Session;
use crate::city::{Law, Network, Sweep, Valve};

/// Pumps, junctions and showers.
const SIZES: [usize; 3] = [3; 3];
/// A pipe that is fully open carries a third of what comes to its junction.
const LAW: Law = Law::Throttle { gain: 1.0 / 3.0 };
/// Steps leave the valves at whole numbers of these parts of a turn, so that a string of 18 stays short.
const PARTS: f64 = 1e6;

/// The small network at one moment, with its water gone forward and its blame come back.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallNetwork {
    /// The pipes and their valves.
    pub network: Network,
    /// The flow of every junction, and ∂E/∂q of it.
    pub sweep: Sweep,
    /// y′ of every shower, in flow.
    pub wants: Vec<f64>,
    /// The error of every shower.
    pub errors: Vec<f64>,
    /// E, the sum of them.
    pub error: f64,
    /// ∂E/∂v of every valve, in error per turn.
    pub sensitivities: Vec<f64>,
}

impl SmallNetwork {
    /// How many valves there are.
    pub const VALVES: usize = 18;

    /// What the pipe of every valve carries, in flow.
    #[must_use]
    pub fn carried(&self) -> Vec<f64> {
        let pipes = 0..self.network.positions().len();
        pipes.filter_map(|valve| self.network.carried(&self.sweep, valve)).collect()
    }

    /// The valve whose turn changes E the most; the first of them where there are several. `None` where none
    /// changes anything.
    ///
    /// ```
    /// use backflow::scenario::Session;
    ///
    /// // From the second pump to the first junction: much water, and much blame.
    /// assert_eq!(Session::default().network().most_to_blame(), Some(3));
    /// ```
    #[must_use]
    pub fn most_to_blame(&self) -> Option<usize> {
        let sizes = self.sensitivities.iter().map(|slope| slope.abs());
        let most = sizes.clone().fold(0.0, f64::max);
        sizes.clone().position(|size| size == most).filter(|_| most > 0.0)
    }
}

impl Session {
    /// The small network as it is now, judged by the error of the scenario.
    ///
    /// ```
    /// use backflow::scenario::Session;
    ///
    /// let mut session = Session::default();
    /// let before = session.network();
    /// session.step_network();
    /// let after = session.network();
    /// let turned = after.network.positions()[3] - before.network.positions()[3];
    /// assert!((turned + 0.1 * before.sensitivities[3]).abs() < 1e-6); // −η·∂E/∂v
    /// assert!(after.error < before.error);
    /// ```
    #[must_use]
    pub fn network(&self) -> SmallNetwork {
        let mut network = Network::new(&SIZES, &[LAW; SIZES.len() - 1], Valve::Linear);
        network.turn_all(self.scenario.list(List::Valves));
        let (mut sweep, wants) = (Sweep::default(), self.scenario.list(List::Wants).to_vec());
        sweep.forward(&network, self.scenario.list(List::Pumps));
        let kind = self.run.experiment().error;
        let error = sweep.judge(kind, &wants);
        let mut sensitivities = vec![0.0; network.positions().len()];
        sweep.backward(&network, |valve, slopes| {
            sensitivities[valve..][..slopes.len()].copy_from_slice(slopes);
        });
        let showers = sweep.flows().last().into_iter().flatten();
        let errors = showers.zip(&wants).map(|(flow, want)| kind.value(flow - want)).collect();
        SmallNetwork { network, sweep, wants, errors, error, sensitivities }
    }

    /// Turns a valve of the small network to a fraction of its travel, from 0 (shut) to 1 (open), to a
    /// thousandth of a turn; false where there is no such valve.
    pub fn turn_pipe(&mut self, valve: usize, fraction: f64) -> bool {
        let mut positions = self.scenario.list(List::Valves).to_vec();
        let (Some(position), Some(dial)) = (positions.get_mut(valve), Key::M.dial()) else { return false };
        *position = dial.value(fraction);
        self.turn_pipes(positions);
        true
    }

    /// Turns a valve of the small network by a part of its travel; false where there is no such valve.
    pub fn nudge_pipe(&mut self, valve: usize, part: f64) -> bool {
        let (positions, dial) = (self.scenario.list(List::Valves), Key::M.dial());
        let (Some(position), Some(dial)) = (positions.get(valve), dial) else { return false };
        self.turn_pipe(valve, dial.fraction(*position) + part)
    }

    /// Makes a step of gradient descent with the rate of the scenario: every valve of the small network turns
    /// at once, by −η·∂E/∂v, to a millionth of a turn.
    pub fn step_network(&mut self) {
        let SmallNetwork { mut network, mut sweep, .. } = self.network();
        network.descend(&mut sweep, self.run.experiment().rate);
        self.turn_pipes(network.positions().iter().map(|at| (at * PARTS).round() / PARTS).collect());
    }

    fn turn_pipes(&mut self, positions: Vec<f64>) {
        self.scenario.lists.put(List::Valves, positions);
        self.fit();
    }
}
