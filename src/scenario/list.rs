//! Lists of numbers in a scenario string: what it says of the small network, and the sizes of the city.

use super::Scenario;
use super::complaint::{Complaint, Reason};
use super::text::{print_number, read_number};
use crate::city::Plan;
use crate::plumbing::{OPEN, SHUT};

/// The most valves that a city may have.
pub(super) const MOST_VALVES: f64 = 2_097_152.0;

/// The sizes of the whole city, as numbers of a list.
const CITY: [f64; Plan::CITY.len()] = {
    let mut sizes = [0.0; Plan::CITY.len()];
    let mut level = 0;
    while level < sizes.len() {
        sizes[level] = Plan::CITY[level] as f64;
        level += 1;
    }
    sizes
};

/// What stands in a scenario string as numbers with commas between them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum List {
    /// The positions of the 18 valves, from 1 to 10: from the first pump to each junction, from the second,
    /// from the third; then from each junction to each shower.
    Valves,
    /// The flows that the three pumps give, from 0 to 100.
    Pumps,
    /// The flows that are wanted at the three showers, from 0 to 100.
    Wants,
    /// How many pumps, junctions of each level, and showers the city has: 2 to 8 whole numbers from 1 to 1024, and
    /// no more than 2,097,152 valves.
    City,
}

impl List {
    /// All of them, in the order of printing.
    pub const ALL: [Self; 4] = [Self::Valves, Self::Pumps, Self::Wants, Self::City];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valves => "valves",
            Self::Pumps => "pumps",
            Self::Wants => "wants",
            Self::City => "city",
        }
    }

    /// The smallest and the largest number allowed.
    #[must_use]
    pub const fn limits(self) -> [f64; 2] {
        match self {
            Self::Valves => [SHUT, OPEN],
            Self::Pumps | Self::Wants => [0.0, 100.0],
            Self::City => [1.0, Plan::MOST_JUNCTIONS as f64],
        }
    }

    /// What stands there where nothing is given: the whole city, and a small network in which the valve that is most to blame is not the
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
            Self::City => &CITY,
        }
    }

    fn complaint(self, given: &str) -> Complaint {
        let [least, most] = self.limits();
        let reason = match self {
            Self::City => Reason::NotSizes { count: Plan::MOST_LEVELS, most, valves: MOST_VALVES },
            _ => Reason::NotAList { count: self.default_numbers().len(), least, most },
        };
        Complaint::of_course(self.name(), given, reason)
    }

    /// Whether numbers within the limits are as many as there have to be, and what is counted is whole.
    fn allows(self, numbers: &[f64]) -> bool {
        if self != Self::City {
            return numbers.len() == self.default_numbers().len();
        }
        let valves: f64 = numbers.windows(2).map(|sizes| sizes[0] * sizes[1]).sum();
        (2..=Plan::MOST_LEVELS).contains(&numbers.len())
            && numbers.iter().all(|size| size.fract() == 0.0)
            && valves <= MOST_VALVES
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
    pub(super) fn put(&mut self, list: List, numbers: Vec<f64>) {
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
        let numbers = numbers.filter(|numbers| list.allows(numbers));
        self.lists.put(list, numbers.ok_or_else(|| list.complaint(given))?);
        Ok(())
    }

    /// Reads a pair of a scenario string that is none of the keys.
    pub(super) fn read_list(&mut self, name: &str, given: &str) -> Result<(), Complaint> {
        let list = List::ALL.into_iter().find(|list| list.name() == name);
        self.set_list(list.ok_or_else(|| Complaint::unknown(name, given))?, given)
    }
}
