//! What the pumps give and the showers want, drawn from a seed.

use super::number::Number;
use super::plan::{Demand, Plan};
use super::random::Random;

/// What a shower wants of its own pump, of 1; the rest comes from all pumps alike.
const OWN: f64 = 0.9;

/// Scenarios of the pumps, each with what the showers want then.
///
/// In each, the showers want as much water as the pumps give, so that a city without losses can do it.
#[derive(Clone, Debug)]
pub(super) struct Wishes<T> {
    pumps: Vec<T>,
    wants: Vec<T>,
    /// Pumps and showers.
    ends: [usize; 2],
    count: usize,
}

impl<T: Number> Wishes<T> {
    /// The scenarios of a plan: [`Plan::SCENARIOS`] of them, or one where nothing varies, and none where there are no pumps or no showers.
    pub(super) fn new(plan: &Plan) -> Self {
        let ends @ [pumps, showers] =
            [plan.sizes.first(), plan.sizes.last()].map(|size| size.copied().unwrap_or_default());
        let count = match plan.demand {
            _ if pumps == 0 || showers == 0 => 0,
            Demand::Constant => 1,
            Demand::Blend | Demand::Own => Plan::SCENARIOS,
        };
        let mut random = Random::new(plan.seed, 1);
        let mut wishes = Self { pumps: Vec::new(), wants: Vec::new(), ends, count };
        if count == 0 {
            return wishes;
        }
        let share = Shares::new(plan.demand, ends, &mut Random::new(plan.seed, 2));
        for _ in 0..count {
            let given: Vec<f64> = match plan.demand {
                Demand::Constant => vec![1.0; pumps],
                Demand::Blend | Demand::Own => (0..pumps).map(|_| 2.0 * random.part()).collect(),
            };
            let wanted = share.wanted(&given, showers);
            wishes.pumps.extend(given.into_iter().map(T::of));
            wishes.wants.extend(wanted.into_iter().map(T::of));
        }
        wishes
    }

    /// How many scenarios there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// What the pumps give, scenario by scenario.
    pub(super) fn pumps(&self) -> &[T] {
        &self.pumps
    }

    /// What the pumps give, and what the showers want, in so many scenarios from one on, going round.
    pub(super) fn batch(&self, first: usize, count: usize, pumps: &mut Vec<T>, wants: &mut Vec<T>) {
        let [pumps_each, showers] = self.ends;
        pumps.clear();
        wants.clear();
        for scenario in
            (first..first + count).map(|scenario| scenario % self.count.max(1)).filter(|_| self.count > 0)
        {
            pumps.extend_from_slice(&self.pumps[scenario * pumps_each..][..pumps_each]);
            wants.extend_from_slice(&self.wants[scenario * showers..][..showers]);
        }
    }

    /// How many bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        (self.pumps.capacity() + self.wants.capacity()) * size_of::<T>()
    }
}

/// How much of what each pump gives each shower wants.
enum Shares {
    /// So much, whatever comes.
    Fixed(Vec<f64>),
    /// A part of each pump's water for each shower, pump by pump.
    Blend(Vec<f64>),
    /// Pumps and showers in pairs, each with its part of the pump's water.
    Own(Vec<(usize, usize, f64)>),
}

impl Shares {
    fn new(demand: Demand, [pumps, showers]: [usize; 2], random: &mut Random) -> Self {
        match demand {
            Demand::Constant => {
                let drawn: Vec<f64> = (0..showers).map(|_| 0.5 + random.part()).collect();
                let scale = pumps as f64 / drawn.iter().sum::<f64>();
                Self::Fixed(drawn.into_iter().map(|part| scale * part).collect())
            }
            Demand::Blend => {
                let mut parts: Vec<f64> = (0..pumps * showers).map(|_| random.part()).collect();
                for row in parts.chunks_exact_mut(showers.max(1)) {
                    let sum: f64 = row.iter().sum();
                    row.iter_mut().for_each(|part| *part /= sum);
                }
                Self::Blend(parts)
            }
            Demand::Own => {
                // Each pump has a shower, and each shower a pump; where they are not as many, some share.
                let order = random.order(pumps);
                let pairs = pumps.max(showers);
                let pair = |index: usize| {
                    let shares = (pairs - index % pumps).div_ceil(pumps);
                    (order[index % pumps], index % showers, 1.0 / shares as f64)
                };
                Self::Own((0..pairs).map(pair).collect())
            }
        }
    }

    fn wanted(&self, given: &[f64], showers: usize) -> Vec<f64> {
        match self {
            Self::Fixed(wanted) => wanted.clone(),
            Self::Blend(parts) => {
                let mut wanted = vec![0.0; showers];
                for (row, given) in parts.chunks_exact(showers).zip(given) {
                    wanted.iter_mut().zip(row).for_each(|(wanted, part)| *wanted += part * given);
                }
                wanted
            }
            Self::Own(pairs) => {
                let all: f64 = given.iter().sum::<f64>() / showers as f64;
                let mut wanted = vec![(1.0 - OWN) * all; showers];
                for (pump, shower, part) in pairs {
                    wanted[*shower] += OWN * part * given[*pump];
                }
                wanted
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wishes;
    use crate::city::plan::{Demand, Plan};

    #[test]
    fn the_showers_want_what_the_pumps_give() {
        for demand in Demand::ALL {
            for sizes in [vec![5, 8, 5], vec![3, 7], vec![7, 3], vec![1, 1]] {
                let [pumps, showers] = [sizes[0], sizes[sizes.len() - 1]];
                let wishes = Wishes::<f64>::new(&Plan { sizes, demand, seed: 3, ..Plan::default() });
                let (mut given, mut wanted) = (Vec::new(), Vec::new());
                wishes.batch(0, wishes.count(), &mut given, &mut wanted);
                let sums = |flows: &[f64], each: usize| -> Vec<f64> {
                    flows.chunks_exact(each).map(|flows| flows.iter().sum()).collect()
                };
                let (given, wanted) = (sums(&given, pumps), sums(&wanted, showers));
                assert_eq!(given.len(), wishes.count());
                for (given, wanted) in given.iter().zip(&wanted) {
                    assert!((given - wanted).abs() < 1e-12, "{demand:?}: {given}, {wanted}");
                }
                assert!(given.len() == 1 || given[0] != given[1], "the pumps vary");
            }
        }
    }

    #[test]
    fn batches_go_round() {
        let wishes = Wishes::<f64>::new(&Plan { sizes: vec![2, 3], ..Plan::default() });
        let [mut all, mut some, mut wants] = [const { Vec::new() }; 3];
        wishes.batch(0, 64, &mut all, &mut wants);
        wishes.batch(62, 4, &mut some, &mut wants);
        assert_eq!(some, [&all[124..], &all[..4]].concat());
        assert_eq!(wants.len(), 12);
    }
}
