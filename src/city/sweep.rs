//! One sweep forward, which gives every flow, and one backward, which gives every sensitivity.

use super::kernel::{BUNDLE, add, dot, sum};
use super::network::{Layer, Network};
use super::number::Number;
use crate::descent::Error;

/// What flows through every junction of a network, and how much the error depends on it.
///
/// Both are kept level by level, from the pumps to the showers, and within a level scenario by scenario. A
/// backward sweep costs about twice a forward one, however many valves there are: each pipe is passed once, and
/// blame is added up where pipes part.
///
/// ```
/// use backflow::city::{Law, Network, Sweep, Valve};
/// use backflow::descent::Error;
///
/// // A pump of 8, whose junction feeds two showers: the first has too little, the second too much.
/// let laws = [Law::Throttle { gain: 1.0 }; 2];
/// let mut network = Network::<f64>::new(&[1, 1, 2], &laws, Valve::Linear);
/// network.turn_all(&[5.5, 7.75, 3.25]);
/// let mut sweep = Sweep::default();
/// sweep.forward(&network, &[8.0]);
/// assert_eq!(sweep.flows()[2], [3.0, 1.0]);
/// assert_eq!(sweep.judge(Error::Absolute, &[4.0, 0.5]), 1.5);
/// sweep.backward(&network, |_, _| {});
/// // Back at the junction the two are added: −1 through ¾, and +1 through ¼.
/// assert_eq!(sweep.blame()[1], [-0.5]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep<T = f64> {
    /// How many scenarios of the pumps there are.
    batch: usize,
    flows: Vec<Vec<T>>,
    blame: Vec<Vec<T>>,
    /// g of every junction, layer by layer.
    gains: Vec<Vec<T>>,
    /// What is told of the valves of a bundle of junctions.
    told: [Vec<T>; BUNDLE],
}

impl<T: Number> Sweep<T> {
    /// q of every junction, level by level, and within a level scenario by scenario.
    #[must_use]
    pub fn flows(&self) -> &[Vec<T>] {
        &self.flows
    }

    /// ∂E/∂q of every junction, in the order of the flows; all 0 before the way back.
    #[must_use]
    pub fn blame(&self) -> &[Vec<T>] {
        &self.blame
    }

    /// How many scenarios it goes through at once.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let levels = self.flows.iter().chain(&self.blame).chain(&self.gains);
        levels.chain(&self.told).map(Vec::capacity).sum::<usize>() * size_of::<T>()
    }

    /// Lets the water run from the pumps to the showers. The pumps give these flows, one after the other; where
    /// there are more of them than pumps, the next scenario begins. What is not given is 0.
    pub fn forward(&mut self, network: &Network<T>, pumps: &[T]) {
        let sizes = network.sizes();
        let count = sizes.first().copied().unwrap_or_default();
        self.batch = pumps.len().div_ceil(count.max(1)).max(1);
        for levels in [&mut self.flows, &mut self.blame] {
            levels.resize_with(sizes.len(), Vec::new);
            for (level, size) in levels.iter_mut().zip(&sizes) {
                level.clear();
                level.resize(size * self.batch, T::default());
            }
        }
        for (flow, pump) in self.flows.iter_mut().take(1).flatten().zip(pumps) {
            *flow = *pump;
        }
        self.gains.resize_with(network.layers().len(), Vec::new);
        for (level, layer) in network.layers().iter().enumerate() {
            let (from, to) = self.flows.split_at_mut(level + 1);
            let gains = &mut self.gains[level];
            gains.resize(layer.from, T::default());
            run(network, *layer, &from[level], &mut to[0], gains);
        }
    }

    /// Holds each shower's flow against what is wanted there, and blames it: ∂E/∂y. Returns E, the sum of all
    /// errors. A shower for which nothing is given is content. Blame of an earlier judgement is forgotten.
    pub fn judge(&mut self, error: Error, wants: &[T]) -> f64 {
        let mut sum = 0.0;
        for level in &mut self.blame {
            level.fill(T::default());
        }
        let showers = self.flows.iter().rev().zip(self.blame.iter_mut().rev()).next();
        for ((flow, blame), want) in showers.into_iter().flat_map(|(q, b)| q.iter().zip(b)).zip(wants) {
            let e = flow.double() - want.double();
            *blame = T::of(error.slope(e));
            sum += error.value(e);
        }
        sum
    }

    /// Takes the blame back from the showers to the pumps. `each` is told of the valves of one junction after
    /// the other: the number of the first of them, and ∂E/∂v of each, per turn, added up over the scenarios.
    ///
    /// Nothing is told where the sweep has not gone forward through a network of this shape.
    pub fn backward(&mut self, network: &Network<T>, mut each: impl FnMut(usize, &[T])) {
        for (level, layer, first) in self.way_back(network) {
            self.pull(network, level, first);
            for (junction, told) in (first..layer.from).zip(&self.told) {
                each(layer.valves(junction).start, &told[..layer.to]);
            }
        }
    }

    /// The same, and turns the valves: `each` puts in the place of ∂E/∂v how far each valve is to be turned, and
    /// returns the unit of that, in turns. They are turned at once, while they are at hand, since nothing that
    /// follows depends on them.
    pub fn turn(&mut self, network: &mut Network<T>, mut each: impl FnMut(usize, &mut [T]) -> T) {
        for (level, layer, first) in self.way_back(network) {
            self.pull(network, level, first);
            for (junction, told) in (first..layer.from).zip(&mut self.told) {
                let number = layer.valves(junction).start;
                let unit = each(number, &mut told[..layer.to]);
                network.turn(number, &told[..layer.to], unit);
            }
        }
    }

    /// The bundles of junctions in the order in which blame comes back: the level, its layer of pipes, and the
    /// first junction.
    fn way_back(&self, network: &Network<T>) -> Vec<(usize, Layer, usize)> {
        let layers = network.layers().iter().enumerate().rev();
        let layers = layers.filter(|(_, layer)| layer.to > 0 && self.is_of(network));
        layers
            .flat_map(|(level, layer)| {
                (0..layer.from).step_by(BUNDLE).map(move |first| (level, *layer, first))
            })
            .collect()
    }

    /// Takes the blame back to a bundle of junctions of a level, and finds ∂E/∂v of the valves of their pipes.
    fn pull(&mut self, network: &Network<T>, level: usize, first: usize) {
        let layer = network.layers()[level];
        let Self { batch, flows, blame, gains, told } = self;
        let (flows, gains) = (&flows[level], &gains[level]);
        let (from, to) = blame.split_at_mut(level + 1);
        let (blame, ends) = (&mut from[level], &to[0]);
        let junctions = first..layer.from.min(first + BUNDLE);
        let rows = bundle(network, layer, first);
        let part = network.valve().part::<T>();
        for scenario in 0..*batch {
            let ends = &ends[scenario * layer.to..][..layer.to];
            for (openings, junction) in rows.into_iter().zip(junctions.clone()) {
                blame[scenario * layer.from + junction] = gains[junction] * dot(openings, ends);
            }
        }
        for ((openings, told), junction) in rows.into_iter().zip(told).zip(junctions) {
            told.resize(layer.to.max(told.len()), T::default());
            let told = &mut told[..layer.to];
            let gain = part * gains[junction];
            let weight = |scenario: usize| gain * flows[scenario * layer.from + junction];
            let mut own = T::default();
            if layer.law.shares() {
                for scenario in 0..*batch {
                    own += weight(scenario) * blame[scenario * layer.from + junction];
                }
            }
            if *batch == 1 {
                network.valve().per_turn_of(openings, ends, [weight(0), own], told);
            } else {
                told.fill(T::default() - own);
                for first in (0..*batch).step_by(BUNDLE) {
                    let scenarios: [_; BUNDLE] = std::array::from_fn(|place| first + place);
                    let known = |scenario: &usize| scenario < batch;
                    let weights = scenarios.map(|s| if known(&s) { weight(s) } else { T::default() });
                    let ends = scenarios.map(|s| &ends[s.min(*batch - 1) * layer.to..][..layer.to]);
                    add(weights, ends, told);
                }
                network.valve().per_turn(openings, told);
            }
        }
    }

    /// Whether it has gone forward through a network of this shape.
    fn is_of(&self, network: &Network<T>) -> bool {
        let sizes = network.sizes();
        self.flows.len() == sizes.len()
            && self.flows.iter().zip(sizes).all(|(level, size)| level.len() == size * self.batch)
    }

    /// ∂y/∂v of one valve at every shower, in the first scenario; nothing where there is no such valve. The
    /// change is carried forward from where the pipe ends, as water would be.
    #[must_use]
    pub fn jacobian(&self, network: &Network<T>, valve: usize) -> Vec<T> {
        let pipe = network.pipe(valve).filter(|_| self.is_of(network));
        let Some([level, from, pipe]) = pipe else { return Vec::new() };
        let layer = network.layers()[level];
        let (openings, gain) = network.junction(layer, from);
        let mut turned = [network.valve().part::<T>() * gain * self.flows[level][from]];
        network.valve().per_turn(&openings[pipe..=pipe], &mut turned);
        let [turned] = turned;
        let mut changes = vec![T::default(); layer.to];
        changes[pipe] = turned;
        if layer.law.shares() {
            for (change, opening) in changes.iter_mut().zip(openings) {
                *change = *change - turned * gain * *opening;
            }
        }
        for (layer, gains) in network.layers()[level + 1..].iter().zip(&self.gains[level + 1..]) {
            let mut ends = vec![T::default(); layer.to];
            run(network, *layer, &changes, &mut ends, &mut gains.clone());
            changes = ends;
        }
        changes
    }
}

/// The openings of a bundle of junctions; where the layer has no more, the last one stands in again.
fn bundle<T: Number>(network: &Network<T>, layer: Layer, first: usize) -> [&[T]; BUNDLE] {
    std::array::from_fn(|place| &network.openings()[layer.valves((first + place).min(layer.from - 1))])
}

/// Lets flows run on through a layer, and notes the gains of its junctions. It is linear in the flows, so it
/// carries changes of flows as well.
fn run<T: Number>(network: &Network<T>, layer: Layer, flows: &[T], ends: &mut [T], gains: &mut [T]) {
    for first in (0..layer.from).step_by(BUNDLE) {
        let junctions = first..layer.from.min(first + BUNDLE);
        let rows = bundle(network, layer, first);
        for (row, junction) in rows.into_iter().zip(junctions.clone()) {
            gains[junction] = layer.law.gain(sum(row));
        }
        for (flows, ends) in flows.chunks_exact(layer.from).zip(ends.chunks_exact_mut(layer.to.max(1))) {
            let mut weights = [T::default(); BUNDLE];
            for (weight, junction) in weights.iter_mut().zip(junctions.clone()) {
                *weight = gains[junction] * flows[junction];
            }
            add(weights, rows, ends);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sweep;
    use crate::city::{Law, Network, Valve};
    use crate::descent::Error;

    #[test]
    fn a_second_judgement_keeps_nothing_of_the_first() {
        let mut network = Network::<f64>::new(&[1, 2], &[Law::Throttle { gain: 0.5 }], Valve::Linear);
        network.turn_all(&[4.0, 7.0]);
        let mut sweep = Sweep::default();
        sweep.forward(&network, &[8.0]);
        sweep.judge(Error::Absolute, &[9.0, 9.0]);
        sweep.backward(&network, |_, _| {});
        assert!(sweep.blame().iter().flatten().all(|blame| *blame < 0.0));
        // Now nobody is asked but the first shower, and nothing has come back to the pump.
        sweep.judge(Error::Absolute, &[0.0]);
        assert_eq!(sweep.blame(), [vec![0.0], vec![1.0, 0.0]]);
    }
}
