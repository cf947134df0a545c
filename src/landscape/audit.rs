//! Every sensitivity of the plane, exact against measured.

use super::single;
use crate::backprop::Chain;
use crate::plumbing::{Opening, SHUT, Shower, TRAVEL};

/// How far a valve is turned to measure, in turns: 2⁻¹⁶. Twice as far, and the curves of the valves tell
/// in the eighth digit; half as far, and the rounding of the flows does.
const TURN: f64 = 1.0 / 65_536.0;

/// Differences are relative to the sensitivity itself, or to this part of the largest on the plane
/// where it is smaller: next to nothing, digits mean nothing.
const FLOOR: f64 = 1e-2;

/// The backward pass checked at every node of a grid over the plane of m and h: ∂y/∂m and ∂y/∂h along
/// the chain, both paths added, against differences of the flow, all in double precision.
///
/// Inside the plane the differences are central. At the ends of its travel a valve turns one way only,
/// and the differences look that way, twice: they are of the second order too.
///
/// ```
/// use backflow::landscape::Audit;
/// use backflow::plumbing::Preset;
///
/// let mut audit = Audit::new(64);
/// audit.run(&Preset::House.shower());
/// assert!(audit.worst().difference < 2e-8);
/// ```
#[derive(Clone, Debug)]
pub struct Audit {
    main: Probes,
    handle: Probes,
    row: Row,
    by_m: Compared,
    by_h: Compared,
    differences: Vec<f32>,
    worst: Worst,
}

/// The largest difference that an audit found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worst {
    /// The relative difference.
    pub difference: f64,
    /// m and h of the node.
    pub position: [f64; 2],
}

/// What a valve sets at every node along its travel.
#[derive(Clone, Debug, Default)]
struct Probes {
    positions: Vec<f64>,
    here: Vec<Opening>,
    /// After either of two small turns.
    turned: [Vec<Opening>; 2],
    /// What the two changes of the flow count for in the slope.
    weights: Vec<[f64; 2]>,
}

/// What is known along one row of nodes.
#[derive(Clone, Debug, Default)]
struct Row {
    y: Vec<f64>,
    exact: [Vec<f64>; 2],
    /// y after either turn of the main valve, then of the handle.
    turned: [[Vec<f64>; 2]; 2],
}

/// The size of one sensitivity at every node, and how far it is from the one measured.
#[derive(Clone, Debug, Default)]
struct Compared {
    size: Vec<f32>,
    apart: Vec<f32>,
}

impl Probes {
    /// Turns the valve at every node.
    fn sample(&mut self, nodes: usize, valve: impl Fn(f64) -> Opening) {
        let Self { positions, here, turned, weights } = self;
        positions.clear();
        positions.extend((0..nodes).map(|index| SHUT + TRAVEL * index as f64 / (nodes - 1) as f64));
        here.clear();
        turned.iter_mut().for_each(Vec::clear);
        weights.clear();
        for (index, position) in positions.iter().copied().enumerate() {
            let turns = match index {
                0 => [TURN, 2.0 * TURN],
                _ if index == nodes - 1 => [-TURN, -2.0 * TURN],
                _ => [TURN, -TURN],
            };
            // The turns that the rounded positions really are.
            let [a, b] = turns.map(|turn| position + turn - position);
            // The slope at 0 of the parabola through 0, a and b.
            weights.push([b / (a * (b - a)), -a / (b * (b - a))]);
            here.push(valve(position));
            turned[0].push(valve(position + a));
            turned[1].push(valve(position + b));
        }
    }
}

/// The slope from the flow here and after two turns.
fn slope(weights: [f64; 2], y: f64, turned: [f64; 2]) -> f64 {
    weights[0] * (turned[0] - y) + weights[1] * (turned[1] - y)
}

/// y along a row, whatever the main valve sets there.
#[inline(never)]
fn flows(shower: &Shower, main: &[Opening], handle: Opening, y: &mut [f64]) {
    for (y, main) in y.iter_mut().zip(main) {
        *y = shower.join(*main, handle).y;
    }
}

impl Audit {
    /// An audit of `nodes` × `nodes` nodes, at least 2 × 2, that has not run yet.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        let nodes = nodes.max(2);
        let all = || vec![0.0; nodes * nodes];
        let line = || vec![0.0; nodes];
        Self {
            main: Probes::default(),
            handle: Probes::default(),
            row: Row { y: line(), exact: [line(), line()], turned: [[line(), line()], [line(), line()]] },
            by_m: Compared { size: all(), apart: all() },
            by_h: Compared { size: all(), apart: all() },
            differences: all(),
            worst: Worst::default(),
        }
    }

    /// Nodes along each axis.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.row.y.len()
    }

    /// The relative difference at every node, the larger of those of both sensitivities, row by row;
    /// row 0 has the lowest h.
    #[must_use]
    pub fn differences(&self) -> &[f32] {
        &self.differences
    }

    /// The largest of them.
    #[must_use]
    pub fn worst(&self) -> Worst {
        self.worst
    }

    /// Checks the backward pass of a shower at every node.
    pub fn run(&mut self, shower: &Shower) {
        let nodes = self.nodes();
        self.main.sample(nodes, |m| shower.main(m));
        self.handle.sample(nodes, |h| shower.handle(h));
        let Self { main, handle, row, by_m, by_h, .. } = self;
        for index in 0..nodes {
            row.measure(shower, main, handle, index);
            let nodes = index * nodes..(index + 1) * nodes;
            let (y, [m, h]) = (&row.y, &row.turned);
            by_m.note(nodes.clone(), &row.exact[0], |column| {
                slope(main.weights[column], y[column], [m[0][column], m[1][column]])
            });
            by_h.note(nodes, &row.exact[1], |column| {
                slope(handle.weights[index], y[column], [h[0][column], h[1][column]])
            });
        }
        self.judge();
    }

    /// From what was compared to relative differences.
    fn judge(&mut self) {
        let largest = self.by_m.size.iter().chain(&self.by_h.size).fold(0.0_f32, |a, b| a.max(*b));
        // Where nothing changes anything, nothing differs either.
        let floor = (single(FLOOR) * largest).max(f32::MIN_POSITIVE);
        let by_m = self.by_m.apart.iter().zip(&self.by_m.size);
        let by_h = self.by_h.apart.iter().zip(&self.by_h.size);
        let mut most = 0.0_f32;
        for ((difference, m), h) in self.differences.iter_mut().zip(by_m).zip(by_h) {
            let [m, h] = [m, h].map(|(apart, size)| apart / if *size > floor { *size } else { floor });
            *difference = if m > h { m } else { h };
            most = if *difference > most { *difference } else { most };
        }
        let node = self.differences.iter().position(|difference| *difference == most).unwrap_or(0);
        let nodes = self.nodes();
        let position = [self.main.positions[node % nodes], self.handle.positions[node / nodes]];
        self.worst = Worst { difference: most.into(), position };
    }
}

impl Row {
    /// Along one row: the exact sensitivities, and the flows that the others are measured from.
    fn measure(&mut self, shower: &Shower, main: &Probes, handle: &Probes, row: usize) {
        let Self { y, exact: [by_m, by_h], turned } = self;
        for (main, ((y, by_m), by_h)) in main.here.iter().zip(y.iter_mut().zip(by_m).zip(by_h)) {
            let chain = Chain::backward(shower.join(*main, handle.here[row]), 1.0);
            (*y, *by_m, *by_h) = (chain.flows.y, chain.dy_dm, chain.dy_dh);
        }
        let [[by_m, by_m_again], [by_h, by_h_again]] = turned;
        flows(shower, &main.turned[0], handle.here[row], by_m);
        flows(shower, &main.turned[1], handle.here[row], by_m_again);
        flows(shower, &main.here, handle.turned[0][row], by_h);
        flows(shower, &main.here, handle.turned[1][row], by_h_again);
    }
}

impl Compared {
    /// Notes a row of nodes.
    fn note(&mut self, nodes: std::ops::Range<usize>, exact: &[f64], measured: impl Fn(usize) -> f64) {
        let all = self.size[nodes.clone()].iter_mut().zip(&mut self.apart[nodes]).zip(exact);
        for (column, ((size, apart), exact)) in all.enumerate() {
            *size = single(exact.abs());
            *apart = single((measured(column) - exact).abs());
        }
    }
}
