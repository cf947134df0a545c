//! The small network of the course: three pumps, three junctions, three showers and 18 valves.

use super::Scenario;
use super::complaint::{Complaint, Reason};
use super::key::Key;
use super::session::Session;
use super::text::{print_number, read_number};
use crate::city::{Law, Network, Sweep, Valve};
use crate::plumbing::{OPEN, SHUT};

/// Pumps, junctions and showers.
const SIZES: [usize; 3] = [3; 3];
/// A pipe that is fully open carries a third of what comes to its junction.
const LAW: Law = Law::Throttle { gain: 1.0 / 3.0 };
/// Steps leave the valves at whole numbers of these parts of a turn, so that a string of 18 stays short.
const PARTS: f64 = 1e6;

/// What a scenario string says of the small network: lists of numbers, with commas between them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum List {
    /// The positions of the 18 valves, from 1 to 10: from the first pump to each junction, from the second,
    /// from the third; then from each junction to each shower.
    Valves,
    /// The flows that the three pumps give, from 0 to 100.
    Pumps,
    /// The flows that are wanted at the three showers, from 0 to 100.
    Wants,
}

impl List {
    /// All three, in the order of printing.
    pub const ALL: [Self; 3] = [Self::Valves, Self::Pumps, Self::Wants];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valves => "valves",
            Self::Pumps => "pumps",
            Self::Wants => "wants",
        }
    }

    /// The smallest and the largest number allowed.
    #[must_use]
    pub const fn limits(self) -> [f64; 2] {
        match self {
            Self::Valves => [SHUT, OPEN],
            Self::Pumps | Self::Wants => [0.0, 100.0],
        }
    }

    /// What stands there where nothing is given: a network in which the valve that is most to blame is not the
    /// one that is open furthest, nor the one with the most water, nor one at the shower that is furthest off.
    #[must_use]
    pub const fn default_numbers(self) -> &'static [f64] {
        match self {
            Self::Valves => &[
                7.0, 2.0, 7.0, 4.0, 8.0, 4.0, 8.0, 4.0, 8.0, // pumps to junctions
                8.0, 2.0, 9.0, 5.0, 3.0, 4.0, 7.0, 5.0, 2.0, // junctions to showers
            ],
            Self::Pumps => &[12.0, 27.0, 9.0],
            Self::Wants => &[7.0, 1.0, 5.0],
        }
    }

    fn complaint(self, given: &str) -> Complaint {
        let [least, most] = self.limits();
        let count = self.default_numbers().len();
        Complaint::of_course(self.name(), given, Reason::NotAList { count, least, most })
    }
}

/// The lists of a scenario: only what is not the default.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lists([Option<Vec<f64>>; List::ALL.len()]);

impl Lists {
    fn get(&self, list: List) -> &[f64] {
        self.0[list as usize].as_deref().unwrap_or(list.default_numbers())
    }

    /// Puts numbers within the limits in their place.
    fn put(&mut self, list: List, numbers: Vec<f64>) {
        let default = numbers == list.default_numbers();
        self.0[list as usize] = (!default).then_some(numbers);
    }

    /// The pairs of a scenario string, each name with what is given for it.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, String)> {
        let text =
            |numbers: &Vec<f64>| numbers.iter().map(|n| print_number(*n)).collect::<Vec<_>>().join(",");
        List::ALL
            .into_iter()
            .zip(&self.0)
            .filter_map(move |(list, given)| given.as_ref().map(|numbers| (list.name(), text(numbers))))
    }
}

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

impl Scenario {
    /// The numbers of a list.
    ///
    /// ```
    /// use backflow::scenario::{List, Scenario};
    ///
    /// let (scenario, complaints) = Scenario::parse("pumps=12,27,9&wants=7,2,5");
    /// assert!(complaints.is_empty());
    /// assert_eq!(scenario.list(List::Wants), [7.0, 2.0, 5.0]);
    /// assert_eq!(scenario.to_string(), "wants=7,2,5"); // the pumps are the usual ones
    /// ```
    #[must_use]
    pub fn list(&self, list: List) -> &[f64] {
        self.lists.get(list)
    }

    /// Sets a list from text, as in a scenario string.
    ///
    /// # Errors
    /// A complaint that says what was given and what is allowed; nothing has changed then.
    pub fn set_list(&mut self, list: List, given: &str) -> Result<(), Complaint> {
        let [least, most] = list.limits();
        // Adding 0 turns −0, which nobody means, into 0.
        let number = |text: &str| read_number(text).filter(|n| (least..=most).contains(n)).map(|n| n + 0.0);
        let numbers: Option<Vec<f64>> = given.split(',').map(number).collect();
        let numbers = numbers.filter(|numbers| numbers.len() == list.default_numbers().len());
        self.lists.put(list, numbers.ok_or_else(|| list.complaint(given))?);
        Ok(())
    }

    /// Reads a pair of a scenario string that is none of the keys.
    pub(super) fn read_list(&mut self, name: &str, given: &str) -> Result<(), Complaint> {
        let list = List::ALL.into_iter().find(|list| list.name() == name);
        self.set_list(list.ok_or_else(|| Complaint::unknown(name, given))?, given)
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
