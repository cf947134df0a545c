//! A network: its layers of pipes, and where every valve stands.

use super::kernel::sum;
use super::law::Law;
use super::number::Number;
use super::sweep::Sweep;
use super::valve::Valve;
use crate::plumbing::{SHUT, TRAVEL};
use std::ops::Range;

/// Pipes from each junction of a level to each of the next, with a valve on every pipe.
///
/// Valves are numbered layer by layer; within a layer, pipe by pipe of the first junction, then of the second,
/// and so on. Their openings lie in that order, so each layer is one block without gaps, and they are all that
/// is kept: water runs by them alone, and positions and slopes follow from them.
///
/// ```
/// use backflow::city::{Law, Network, Sweep, Valve};
/// use backflow::descent::Error;
///
/// // One pump of 2, one junction, one shower: the main valve at 3, the handle at 5, linear both.
/// let laws = [Law::Throttle { gain: 9.0 }, Law::Throttle { gain: 9.0 / 16.0 }];
/// let mut network = Network::<f64>::new(&[1, 1, 1], &laws, Valve::Linear);
/// network.turn_all(&[3.0, 5.0]);
///
/// let mut sweep = Sweep::default();
/// sweep.forward(&network, &[2.0]);
/// assert_eq!(sweep.flows(), [vec![2.0], vec![4.0], vec![1.0]]); // w, x, y
/// assert_eq!(sweep.judge(Error::Absolute, &[4.5]), 3.5);
///
/// let mut slopes = [0.0; 2];
/// sweep.backward(&network, |valve, row| slopes[valve..][..row.len()].copy_from_slice(row));
/// assert_eq!(slopes, [-0.5, -0.25]); // ∂E/∂m, ∂E/∂h
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Network<T = f64> {
    layers: Vec<Layer>,
    valve: Valve,
    openings: Vec<T>,
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

impl<T: Number> Network<T> {
    /// A network of levels of these sizes, the pumps first and the showers last, with one law for each layer
    /// between two levels and one kind of valve. Every valve is half open. A layer without a law, and whatever
    /// lies behind it, is left out.
    #[must_use]
    pub fn new(sizes: &[usize], laws: &[Law], valve: Valve) -> Self {
        let mut first = 0;
        let mut layer = |(sizes, law): (&[usize], &Law)| {
            let layer = Layer { from: sizes[0], to: sizes[1], law: *law, first };
            first += layer.from * layer.to;
            layer
        };
        let layers = sizes.windows(2).zip(laws).map(&mut layer).collect();
        Self { layers, valve, openings: vec![T::of(valve.opening(SHUT + 0.5 * TRAVEL)); first] }
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

    /// The kind of its valves.
    #[must_use]
    pub fn valve(&self) -> Valve {
        self.valve
    }

    /// The position of every valve, in [1, 10].
    #[must_use]
    pub fn positions(&self) -> Vec<T> {
        self.openings.iter().map(|opening| T::of(self.valve.position(opening.double()))).collect()
    }

    /// a, the opening of every valve, from 0 to 1.
    #[must_use]
    pub fn openings(&self) -> &[T] {
        &self.openings
    }

    /// Openings of the pipes of a junction, and g, its gain.
    pub(super) fn junction(&self, layer: Layer, from: usize) -> (&[T], T) {
        let openings = &self.openings[layer.valves(from)];
        (openings, layer.law.gain(sum(openings)))
    }

    /// The layer of a valve, the junction of that layer where its pipe begins and the one where it ends.
    #[must_use]
    pub fn pipe(&self, valve: usize) -> Option<[usize; 3]> {
        let layer = self.layers.iter().rposition(|layer| layer.first <= valve)?;
        let Layer { to, first, .. } = self.layers[layer];
        (valve < self.openings.len()).then(|| [layer, (valve - first) / to, (valve - first) % to])
    }

    /// What the pipe of a valve carries, in the first scenario of a sweep.
    #[must_use]
    pub fn carried(&self, sweep: &Sweep<T>, valve: usize) -> Option<T> {
        let [layer, from, to] = self.pipe(valve)?;
        let (openings, gain) = self.junction(self.layers[layer], from);
        Some(gain * openings[to] * *sweep.flows().get(layer)?.get(from)?)
    }

    /// Turns every valve to a position; what is beyond an end becomes the end. Valves for which none is given
    /// stay.
    pub fn turn_all(&mut self, positions: &[T]) {
        for (opening, position) in self.openings.iter_mut().zip(positions) {
            *opening = T::of(self.valve.opening(position.double()));
        }
    }

    /// Turns some valves that lie side by side, each by so many times a unit, in turns, and no further than to an
    /// end.
    pub(super) fn turn(&mut self, first: usize, turns: &[T], unit: T) {
        self.valve.turn(&mut self.openings[first..first + turns.len()], turns, unit);
    }

    /// Makes a step of gradient descent: the backward pass turns each valve by −η·∂E/∂v as it comes past. The
    /// sweep has gone forward and been judged; its blame is that of before the step.
    pub fn descend(&mut self, sweep: &mut Sweep<T>, rate: T) {
        let rate = T::default() - rate;
        sweep.turn(self, |_, _| rate);
    }
}
