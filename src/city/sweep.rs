//! One sweep forward, which gives every flow, and one backward, which gives every sensitivity.

use super::network::Network;
use crate::descent::Error;

/// What flows through every junction of a network, and how much the error depends on it.
///
/// Both are kept level by level, from the pumps to the showers. A backward sweep costs about twice a forward
/// one, however many valves there are: each pipe is passed once, and blame is added up where pipes part.
///
/// ```
/// use backflow::city::{Law, Network, Sweep};
/// use backflow::descent::Error;
/// use backflow::plumbing::Characteristic;
///
/// // A pump of 8, whose junction feeds two showers: the first has too little, the second too much.
/// let laws = [Law::Throttle { gain: 1.0 }; 2];
/// let mut network = Network::new(&[1, 1, 2], &laws, Characteristic::Linear);
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
pub struct Sweep {
    flows: Vec<Vec<f64>>,
    blame: Vec<Vec<f64>>,
}

impl Sweep {
    /// q of every junction, level by level.
    #[must_use]
    pub fn flows(&self) -> &[Vec<f64>] {
        &self.flows
    }

    /// ∂E/∂q of every junction, level by level; all 0 before the way back.
    #[must_use]
    pub fn blame(&self) -> &[Vec<f64>] {
        &self.blame
    }

    /// Lets the water run from the pumps, which give these flows, to the showers.
    pub fn forward(&mut self, network: &Network, pumps: &[f64]) {
        for levels in [&mut self.flows, &mut self.blame] {
            levels.resize_with(network.sizes().len(), Vec::new);
            for (level, size) in levels.iter_mut().zip(network.sizes()) {
                level.clear();
                level.resize(size, 0.0);
            }
        }
        for (flow, pump) in self.flows.iter_mut().take(1).flatten().zip(pumps) {
            *flow = *pump;
        }
        for (level, layer) in network.layers().iter().enumerate() {
            let (from, to) = self.flows.split_at_mut(level + 1);
            for (junction, flow) in from[level].iter().enumerate() {
                let [openings, _] = network.row(layer.valves(junction));
                layer.law.carry(*flow, openings, &mut to[0]);
            }
        }
    }

    /// Holds each shower's flow against what is wanted there, and blames it: ∂E/∂y. Returns E, the sum of all
    /// errors. A shower for which nothing is given is content. Blame of an earlier judgement is forgotten.
    pub fn judge(&mut self, error: Error, wants: &[f64]) -> f64 {
        let mut sum = 0.0;
        for level in &mut self.blame {
            level.fill(0.0);
        }
        let showers = self.flows.iter().rev().zip(self.blame.iter_mut().rev()).next();
        for ((flow, blame), want) in showers.into_iter().flat_map(|(q, b)| q.iter().zip(b)).zip(wants) {
            *blame = error.slope(flow - want);
            sum += error.value(flow - want);
        }
        sum
    }

    /// Takes the blame back from the showers to the pumps. `each` is told ∂E/∂v of every valve, by its number;
    /// it may turn that valve at once, since nothing that follows depends on it.
    pub fn backward(&mut self, network: &Network, mut each: impl FnMut(usize, f64)) {
        if !self.is_of(network) {
            return;
        }
        for (level, layer) in network.layers().iter().enumerate().rev() {
            let (from, to) = self.blame.split_at_mut(level + 1);
            let junctions = from[level].iter_mut().zip(&self.flows[level]);
            for (junction, (blame, flow)) in junctions.enumerate() {
                let valves = layer.valves(junction);
                let first = valves.start;
                *blame = layer.law.blame(*flow, network.row(valves), &to[0], |pipe, slope| {
                    each(first + pipe, slope);
                });
            }
        }
    }

    /// Whether it has gone forward through a network of this shape.
    fn is_of(&self, network: &Network) -> bool {
        self.flows.iter().map(Vec::len).eq(network.sizes())
    }

    /// ∂y/∂v of one valve at every shower; nothing where there is no such valve. The change is carried forward
    /// from where the pipe ends, as water would be.
    #[must_use]
    pub fn jacobian(&self, network: &Network, valve: usize) -> Vec<f64> {
        let pipe = network.pipe(valve).filter(|_| self.is_of(network));
        let Some([level, from, pipe]) = pipe else { return Vec::new() };
        let layer = network.layers()[level];
        let mut changes = vec![0.0; layer.to];
        layer.law.turn(self.flows[level][from], network.row(layer.valves(from)), pipe, &mut changes);
        for layer in &network.layers()[level + 1..] {
            let mut ends = vec![0.0; layer.to];
            for (junction, change) in changes.iter().enumerate() {
                let [openings, _] = network.row(layer.valves(junction));
                layer.law.carry(*change, openings, &mut ends);
            }
            changes = ends;
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::Sweep;
    use crate::city::{Law, Network};
    use crate::descent::Error;
    use crate::plumbing::Characteristic;

    #[test]
    fn a_second_judgement_keeps_nothing_of_the_first() {
        let mut network = Network::new(&[1, 2], &[Law::Throttle { gain: 0.5 }], Characteristic::Linear);
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
