//! Whom every valve matters to: the reach of valves, read off in slices between steps.

use super::kernel::{BUNDLE, add, dot, largest, sum};
use super::network::{Layer, Network};
use super::number::Number;
use super::sweep::Sweep;

/// How many scenarios of the pumps tell how much water comes to a junction.
const SCENARIOS: usize = 16;

/// What one reading of a city found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reach {
    /// The reach of its valves, from 1 to the number of showers: the mean over the layers before the last, each
    /// valve weighted by its sum of J² (over all layers, where there is only one).
    pub mean: f64,
    /// The mutual information of valves and showers, as a part of ln S, from 0 to 1, where a valve v and a shower
    /// s are drawn together with probability ∝ J², over the same layers. 0: knowing the valve says nothing about
    /// which shower it moves; 1: it says everything.
    pub information: f64,
}

/// A reading of a city's reach: for every valve, J = ∂y/∂v at every shower.
///
/// The reach of a valve is (ΣJ²)²/ΣJ⁴, both summed over the showers: one that moves n showers alike has a reach of n. J factors into how
/// much comes to the valve, which is the same for all showers, and what becomes of it behind the valve: `T_ks − T_js`
/// where junctions share, `T_ks` where pipes throttle, with T the part of a junction's water that comes to each
/// shower. So reach does not depend on the pumps, and its mean only by its weights: J² is the mean over scenarios.
///
/// A city of two million valves has half a billion such numbers. They are read junction by junction, so that a
/// page can go on with steps in between; the reading keeps to the valves as they were when it began.
#[derive(Clone, Debug)]
pub struct Reading<T = f32> {
    network: Network<T>,
    showers: usize,
    /// T, level by level, junction by junction.
    transport: Vec<Vec<T>>,
    /// g, and the mean square of what comes to each junction, layer by layer.
    gains: Vec<Vec<T>>,
    squares: Vec<Vec<f64>>,
    /// The junctions that are still to be read: first their transport, from the showers on, then their valves.
    transports: usize,
    valves: usize,
    sums: Sums,
    most: Vec<u16>,
    special: Vec<u8>,
}

/// What adds up over the valves that count for the score.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// ΣJ², ΣJ²·reach, and what of ΣJ² ln J² is left when each valve's ΣJ² · ln ΣJ² is taken away.
    weight: f64,
    reach: f64,
    surprise: f64,
    /// ΣJ² of every shower.
    showers: Vec<f64>,
}

impl<T: Number> Reading<T> {
    /// Begins to read a network, with these flows of its pumps, scenario by scenario.
    #[must_use]
    pub fn new(network: &Network<T>, pumps: &[T]) -> Self {
        let sizes = network.sizes();
        let [count, showers] = [sizes.first(), sizes.last()].map(|size| size.copied().unwrap_or_default());
        let mut sweep = Sweep::default();
        sweep.forward(network, &pumps[..pumps.len().min(SCENARIOS * count)]);
        let square = |size: usize, flows: &[T]| -> Vec<f64> {
            let mut squares = vec![0.0; size];
            for flows in flows.chunks_exact(size.max(1)) {
                squares.iter_mut().zip(flows).for_each(|(square, flow)| *square += flow.double().powi(2));
            }
            squares.iter().map(|square| square / sweep.batch() as f64).collect()
        };
        let layers = network.layers();
        let gains = layers
            .iter()
            .map(|layer| (0..layer.from).map(|j| network.junction(*layer, j).1).collect())
            .collect();
        let squares = sizes.iter().zip(sweep.flows()).map(|(size, flows)| square(*size, flows)).collect();
        let junctions = layers.iter().map(|layer| layer.from).sum();
        let mut transport: Vec<Vec<T>> =
            sizes.iter().map(|size| vec![T::default(); size * showers]).collect();
        if let Some(last) = transport.last_mut() {
            (0..showers).for_each(|shower| last[shower * (showers + 1)] = T::of(1.0));
        }
        let valves = network.openings().len();
        Self {
            network: network.clone(),
            showers,
            transport,
            gains,
            squares,
            transports: junctions,
            valves: junctions,
            sums: Sums { showers: vec![0.0; showers], ..Sums::default() },
            most: vec![0; valves],
            special: vec![0; valves],
        }
    }

    /// Goes on with at most so many junctions; true when all are read.
    pub fn read(&mut self, junctions: usize) -> bool {
        for _ in 0..junctions {
            if self.transports > 0 {
                self.transports -= 1;
                let (level, junction) = self.place(self.transports);
                self.transport_from(level, junction);
            } else if self.valves > 0 {
                self.valves -= 1;
                let (level, junction) = self.place(self.valves);
                self.read_junction(level, junction);
            } else {
                break;
            }
        }
        self.transports == 0 && self.valves == 0
    }

    /// How many junctions are still to be read, of how many.
    #[must_use]
    pub fn left(&self) -> [usize; 2] {
        let all: usize = self.network.layers().iter().map(|layer| layer.from).sum();
        [self.transports + self.valves, 2 * all]
    }

    /// What has been found; meaningful when all is read.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let Sums { weight, reach, surprise, showers } = &self.sums;
        if *weight <= 0.0 {
            return Reach::default();
        }
        let by_shower: f64 =
            showers.iter().filter(|sum| **sum > 0.0).map(|sum| sum * (sum / weight).ln()).sum();
        let most = (self.showers.max(2) as f64).ln();
        let information = (surprise - by_shower) / weight / most;
        Reach { mean: reach / weight, information: information.clamp(0.0, 1.0) }
    }

    /// The shower that each valve serves most.
    #[must_use]
    pub fn most(&self) -> &[u16] {
        &self.most
    }

    /// How special each valve is: 0 where it serves all showers alike, 255 where it serves one alone, evenly in
    /// the logarithm of its reach.
    #[must_use]
    pub fn special(&self) -> &[u8] {
        &self.special
    }

    /// The network as it was when the reading began.
    #[must_use]
    pub fn network(&self) -> &Network<T> {
        &self.network
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let numbers: usize = self.transport.iter().chain(&self.gains).map(Vec::len).sum();
        let valves = self.network.openings().len();
        (numbers + valves) * size_of::<T>() + 3 * valves
    }

    /// The layer and junction of a number that goes through all junctions, pumps first.
    fn place(&self, number: usize) -> (usize, usize) {
        let mut number = number;
        for (level, layer) in self.network.layers().iter().enumerate() {
            if number < layer.from {
                return (level, number);
            }
            number -= layer.from;
        }
        (0, 0)
    }

    /// `T_j = g_j·Σ_k a_jk·T_k`.
    fn transport_from(&mut self, level: usize, junction: usize) {
        let layer = self.network.layers()[level];
        let (openings, gain) =
            (&self.network.openings()[layer.valves(junction)], self.gains[level][junction]);
        let (from, to) = self.transport.split_at_mut(level + 1);
        let (sum, ends) = (&mut from[level][junction * self.showers..][..self.showers], &to[0]);
        for first in (0..layer.to).step_by(BUNDLE) {
            let pipes: [usize; BUNDLE] = std::array::from_fn(|place| first + place);
            let weights = pipes.map(|pipe| openings.get(pipe).map_or(T::default(), |a| gain * *a));
            add(weights, pipes.map(|pipe| row(ends, pipe.min(layer.to - 1), self.showers)), sum);
        }
    }

    /// What one turn of a valve would change at each shower for each unit that comes to it, before its slope: the
    /// transport behind the valve, and what its neighbours lose.
    fn behind(&self, level: usize, layer: Layer, junction: usize) -> (&[T], &[T]) {
        let own = row(&self.transport[level], junction, if layer.law.shares() { self.showers } else { 0 });
        (&self.transport[level + 1], own)
    }

    /// The factor of J² that all showers have in common, of every pipe of a junction.
    fn weights(&self, level: usize, layer: Layer, junction: usize) -> impl Iterator<Item = f64> + '_ {
        let openings = &self.network.openings()[layer.valves(junction)];
        let gain = self.gains[level][junction].double();
        let square = self.squares[level][junction] * gain * gain;
        let valve = self.network.valve();
        openings.iter().map(move |opening| square * valve.slope(opening.double()).powi(2))
    }

    /// Reads the valves of a junction.
    fn read_junction(&mut self, level: usize, junction: usize) {
        let layers = self.network.layers();
        let layer = layers[level];
        let counts = level + 1 < layers.len() || layers.len() == 1;
        let mut sums = std::mem::take(&mut self.sums);
        let mut found = Vec::with_capacity(layer.to);
        let (ends, own) = self.behind(level, layer, junction);
        let [mut squares, mut logs, mut showers] = [(); 3].map(|()| vec![T::default(); self.showers]);
        for (pipe, weight) in self.weights(level, layer, junction).enumerate() {
            square_all(row(ends, pipe, self.showers), own, &mut squares);
            let one = One::of(&squares, &mut logs);
            found.push((one.most, one.special(self.showers)));
            if counts && one.sum > 0.0 {
                let all = weight * one.sum;
                sums.weight += all;
                sums.reach += all * one.reach();
                // ln of the common factor is in both, and cancels.
                sums.surprise += weight * (one.logs - one.sum * one.sum.ln());
                let weight = T::of(weight);
                showers.iter_mut().zip(&squares).for_each(|(sum, square)| *sum += weight * *square);
            }
        }
        sums.showers.iter_mut().zip(&showers).for_each(|(sum, more)| *sum += more.double());
        self.sums = sums;
        let first = layer.valves(junction).start;
        for (valve, (most, special)) in (first..).zip(found) {
            (self.most[valve], self.special[valve]) = (most, special);
        }
    }

    /// J² of every valve at one shower, the mean over scenarios, junction by junction: `each` is told the number
    /// of the valve and its J². Wants the transport to be read.
    fn squares_at(&self, shower: usize, mut each: impl FnMut(usize, f64)) {
        for (level, layer) in self.network.layers().iter().enumerate() {
            for junction in 0..layer.from {
                let (ends, own) = self.behind(level, *layer, junction);
                let own = own.get(shower).map_or(0.0, |own| own.double());
                let first = layer.valves(junction).start;
                for (pipe, weight) in self.weights(level, *layer, junction).enumerate() {
                    each(first + pipe, weight * (ends[pipe * self.showers + shower].double() - own).powi(2));
                }
            }
        }
    }

    /// The smallest set of valves that carries nine tenths of a shower's ΣJ²: which belong to it, and how
    /// many there are. Empty where there is no such shower, or nothing moves it, or the transport is not read.
    #[must_use]
    pub fn carriers(&self, shower: usize) -> (Vec<bool>, usize) {
        let mut lit = vec![false; self.network.openings().len()];
        if shower >= self.showers || self.transports > 0 {
            return (lit, 0);
        }
        // The larger ones first: numbers above 0 are in the order of their bits. They are counted by the upper
        // half of their bits, and only those of the half in which nine tenths are reached are put in order.
        let upper = |square: f64| (square.to_bits() >> 48) as usize;
        let mut halves = vec![0.0; 1 << 16];
        let mut all = 0.0;
        self.squares_at(shower, |_, square| {
            halves[upper(square)] += square;
            all += square;
        });
        let (goal, mut sum, mut last) = (CARRIED * all, 0.0, halves.len());
        while last > 0 && sum < goal {
            last -= 1;
            sum += halves[last];
        }
        let mut between = Vec::new();
        let mut count = 0;
        self.squares_at(shower, |valve, square| {
            if square > 0.0 && upper(square) > last {
                lit[valve] = true;
                count += 1;
            } else if square > 0.0 && upper(square) == last {
                between.push((square, valve));
            }
        });
        between.sort_by(|a, b| b.0.total_cmp(&a.0));
        sum -= halves.get(last).copied().unwrap_or_default();
        for (square, valve) in between {
            if sum >= goal {
                break;
            }
            sum += square;
            lit[valve] = true;
            count += 1;
        }
        (lit, count)
    }
}

/// What a shower's smallest set of valves carries, of 1.
const CARRIED: f64 = 0.9;

/// A row of a table.
fn row<T>(table: &[T], number: usize, width: usize) -> &[T] {
    &table[number * width..][..width]
}

/// (end − own)² for each shower; where there is no own, end².
fn square_all<T: Number>(ends: &[T], own: &[T], squares: &mut [T]) {
    if own.is_empty() {
        squares.iter_mut().zip(ends).for_each(|(square, end)| *square = *end * *end);
        return;
    }
    for ((square, end), own) in squares.iter_mut().zip(ends).zip(own) {
        let difference = *end - *own;
        *square = difference * difference;
    }
}

/// What is known of one valve, but for the factor that all showers have in common.
struct One {
    sum: f64,
    fourth: f64,
    /// Σ J² ln J².
    logs: f64,
    most: u16,
}

impl One {
    /// From J² at every shower; `logs` is room for as many.
    fn of<T: Number>(squares: &[T], logs: &mut [T]) -> Self {
        logs.iter_mut().zip(squares).for_each(|(log, square)| *log = square.logarithm());
        let largest = largest(squares);
        let most = squares.iter().position(|square| *square == largest).unwrap_or_default();
        Self {
            sum: sum(squares).double(),
            fourth: dot(squares, squares).double(),
            logs: dot(squares, logs).double(),
            most: u16::try_from(most).unwrap_or(u16::MAX),
        }
    }

    fn reach(&self) -> f64 {
        if self.fourth > 0.0 { self.sum * self.sum / self.fourth } else { 0.0 }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and 255")]
    fn special(&self, showers: usize) -> u8 {
        if self.sum <= 0.0 {
            return 0; // it matters to nobody
        }
        let all = (showers.max(2) as f64).ln();
        (255.0 * (1.0 - self.reach().ln() / all).clamp(0.0, 1.0)).round() as u8
    }
}
