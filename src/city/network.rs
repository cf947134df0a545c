//! A network: its layers of pipes, and where every valve stands.

use super::law::Law;
use super::sweep::Sweep;
use crate::plumbing::{Characteristic, clamp_position};
use std::ops::Range;

/// Pipes from each junction of a level to each of the next, with a valve on every pipe.
///
/// Valves are numbered layer by layer; within a layer, pipe by pipe of the first junction, then of the second,
/// and so on. Whatever is known of them lies in that order, so each layer is one block without gaps.
///
/// ```
/// use backflow::city::{Law, Network, Sweep};
/// use backflow::descent::Error;
/// use backflow::plumbing::Characteristic;
///
/// // One pump of 2, one junction, one shower: the main valve at 3, the handle at 5, linear both.
/// let laws = [Law::Throttle { gain: 9.0 }, Law::Throttle { gain: 9.0 / 16.0 }];
/// let mut network = Network::new(&[1, 1, 1], &laws, Characteristic::Linear);
/// network.turn_all(&[3.0, 5.0]);
///
/// let mut sweep = Sweep::default();
/// sweep.forward(&network, &[2.0]);
/// assert_eq!(sweep.flows(), [vec![2.0], vec![4.0], vec![1.0]]); // w, x, y
/// assert_eq!(sweep.judge(Error::Absolute, &[4.5]), 3.5);
///
/// let mut slopes = [0.0; 2];
/// sweep.backward(&network, |valve, slope| slopes[valve] = slope);
/// assert_eq!(slopes, [-0.5, -0.25]); // ∂E/∂m, ∂E/∂h
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
    valve: Characteristic,
    positions: Vec<f64>,
    openings: Vec<f64>,
    slopes: Vec<f64>,
}

/// A layer of pipes: from each of `from` junctions to each of `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layer {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) law: Law,
    /// The number of its first valve.
    first: usize,
}

impl Layer {
    /// The valves of the pipes that lead from its junction numbered `from`.
    pub(super) fn valves(self, from: usize) -> Range<usize> {
        let first = self.first + from * self.to;
        first..first + self.to
    }
}

impl Network {
    /// A network of levels of these sizes, the pumps first and the showers last, with one law for each layer
    /// between two levels and one kind of valve. Every valve is half open. A layer without a law, and whatever
    /// lies behind it, is left out.
    #[must_use]
    pub fn new(sizes: &[usize], laws: &[Law], valve: Characteristic) -> Self {
        let mut first = 0;
        let mut layer = |(sizes, law): (&[usize], &Law)| {
            let layer = Layer { from: sizes[0], to: sizes[1], law: *law, first };
            first += layer.from * layer.to;
            layer
        };
        let layers = sizes.windows(2).zip(laws).map(&mut layer).collect();
        let unknown = || vec![0.0; first];
        let mut network =
            Self { layers, valve, positions: unknown(), openings: unknown(), slopes: unknown() };
        network.turn_all(&vec![5.5; first]);
        network
    }

    /// How many junctions each level has, pumps and showers among them.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        let first = self.layers.first().map(|layer| layer.from);
        first.into_iter().chain(self.layers.iter().map(|layer| layer.to)).collect()
    }

    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The position of every valve, in [1, 10].
    #[must_use]
    pub fn positions(&self) -> &[f64] {
        &self.positions
    }

    /// a, the opening of every valve, from 0 to 1.
    #[must_use]
    pub fn openings(&self) -> &[f64] {
        &self.openings
    }

    /// ∂a/∂v of every valve, per turn.
    #[must_use]
    pub fn slopes(&self) -> &[f64] {
        &self.slopes
    }

    /// Openings and slopes of some valves.
    pub(super) fn row(&self, valves: Range<usize>) -> [&[f64]; 2] {
        [&self.openings[valves.clone()], &self.slopes[valves]]
    }

    /// The layer of a valve, the junction of that layer where its pipe begins and the one where it ends.
    #[must_use]
    pub fn pipe(&self, valve: usize) -> Option<[usize; 3]> {
        let layer = self.layers.iter().rposition(|layer| layer.first <= valve)?;
        let Layer { to, first, .. } = self.layers[layer];
        (valve < self.positions.len()).then(|| [layer, (valve - first) / to, (valve - first) % to])
    }

    /// What the pipe of a valve carries.
    #[must_use]
    pub fn carried(&self, sweep: &Sweep, valve: usize) -> Option<f64> {
        let [layer, from, to] = self.pipe(valve)?;
        let mut ends = vec![0.0; self.layers[layer].to];
        let [openings, _] = self.row(self.layers[layer].valves(from));
        self.layers[layer].law.carry(*sweep.flows().get(layer)?.get(from)?, openings, &mut ends);
        ends.get(to).copied()
    }

    /// Turns every valve to a position; what is beyond an end becomes the end. Valves for which none is given
    /// stay.
    pub fn turn_all(&mut self, positions: &[f64]) {
        for (old, new) in self.positions.iter_mut().zip(positions) {
            *old = clamp_position(*new);
        }
        self.open();
    }

    /// Makes a step of gradient descent: the backward pass turns each valve by −η·∂E/∂v as it comes past. The
    /// sweep has gone forward and been judged; its blame is that of before the step.
    pub fn descend(&mut self, sweep: &mut Sweep, rate: f64) {
        let mut positions = std::mem::take(&mut self.positions);
        sweep.backward(self, |valve, slope| {
            positions[valve] = clamp_position(positions[valve] - rate * slope);
        });
        self.positions = positions;
        self.open();
    }

    /// Opens every valve as far as its position says.
    fn open(&mut self) {
        let openings = self.openings.iter_mut().zip(&mut self.slopes);
        for (position, (opening, slope)) in self.positions.iter().zip(openings) {
            let here = self.valve.opening(*position);
            (*opening, *slope) = (here.value, here.slope);
        }
    }
}
