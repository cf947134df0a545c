//! The shower flow over the handle: one curve for each position of the main valve.

use crate::plumbing::{OPEN, Opening, SHUT, Shower, TRAVEL};

/// At first a curve has so many nodes a turn; more stand where it bends.
const NODES_A_TURN: usize = 4;
/// No chord is further from its curve than this part of the full flow, halfway, unless nodes are nearer than
/// [`CLOSEST`].
const NEAR: f64 = 5e-4;
/// Nodes nearer to each other than this, in turns, have none between them.
const CLOSEST: f64 = 1e-3;

/// y(h) for many m, sampled exactly and kept while the house stays the same.
///
/// ```
/// use backflow::landscape::Curves;
/// use backflow::plumbing::Preset;
///
/// let shower = Preset::Product.shower();
/// let mut curves = Curves::default();
/// assert!(curves.sample(&shower));
/// assert!(!curves.sample(&shower)); // it is there already
/// let fifth = curves.positions().iter().position(|h| *h == 5.0).unwrap();
/// assert_eq!(curves.flows(2)[fifth], 1.0); // m = 3
/// curves.turn(7.25);
/// assert_eq!(curves.present()[fifth], shower.flows(7.25, 5.0).y);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Curves {
    shower: Option<Shower>,
    positions: Vec<f64>,
    handle: Vec<Opening>,
    /// Curve by curve.
    flows: Vec<f64>,
    /// The curve that was asked for last, with its m.
    present: Vec<f64>,
    m: Option<f64>,
}

/// The handle at one position.
#[derive(Clone, Copy)]
struct Node {
    h: f64,
    opening: Opening,
}

impl Node {
    fn new(shower: &Shower, h: f64) -> Self {
        Self { h, opening: shower.handle(h) }
    }
}

impl Curves {
    /// The positions of the main valve that have a curve.
    pub const MAIN: [f64; 10] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];

    /// Samples the curves of a house; false where they were sampled already.
    pub fn sample(&mut self, shower: &Shower) -> bool {
        if self.shower.as_ref() == Some(shower) {
            return false;
        }
        self.shower = Some(*shower);
        self.m = None;
        self.positions.clear();
        self.handle.clear();
        self.flows.clear();
        let mains = Self::MAIN.map(|m| shower.main(m));
        let tolerance = NEAR * shower.flows(OPEN, OPEN).y;
        let pieces = (Self::MAIN.len() - 1) * NODES_A_TURN;
        let node = |piece: usize| Node::new(shower, SHUT + TRAVEL * piece as f64 / pieces as f64);
        let mut from = node(0);
        self.push(from);
        for piece in 1..=pieces {
            let to = node(piece);
            self.refine(shower, &mains, tolerance, [from, to]);
            self.push(to);
            from = to;
        }
        for main in mains {
            self.flows.extend(self.handle.iter().map(|handle| flow(shower, main, *handle)));
        }
        true
    }

    /// h at every node, ascending from 1 to 10.
    #[must_use]
    pub fn positions(&self) -> &[f64] {
        &self.positions
    }

    /// y at every node of a curve, by its place in [`Self::MAIN`].
    #[must_use]
    pub fn flows(&self, curve: usize) -> &[f64] {
        &self.flows[curve * self.positions.len()..][..self.positions.len()]
    }

    /// Samples the curve of any m, which becomes the present one; it is kept while m stays.
    pub fn turn(&mut self, m: f64) {
        if let Some(shower) = self.shower.filter(|_| self.m != Some(m)) {
            let main = shower.main(m);
            self.present.clear();
            self.present.extend(self.handle.iter().map(|handle| flow(&shower, main, *handle)));
            self.m = Some(m);
        }
    }

    /// y at every node of the present curve.
    #[must_use]
    pub fn present(&self) -> &[f64] {
        &self.present
    }

    fn push(&mut self, node: Node) {
        self.positions.push(node.h);
        self.handle.push(node.opening);
    }

    /// Puts nodes between two others, in their order, where a chord is too far from its curve.
    fn refine(&mut self, shower: &Shower, mains: &[Opening], tolerance: f64, [from, to]: [Node; 2]) {
        if to.h - from.h < CLOSEST {
            return;
        }
        let middle = Node::new(shower, 0.5 * (from.h + to.h));
        let is_bent = mains.iter().any(|main| {
            let [from, middle, to] = [from, middle, to].map(|node| flow(shower, *main, node.opening));
            (middle - 0.5 * (from + to)).abs() > tolerance
        });
        if is_bent {
            self.refine(shower, mains, tolerance, [from, middle]);
            self.push(middle);
            self.refine(shower, mains, tolerance, [middle, to]);
        }
    }
}

/// The flow where the valves are open so far.
#[inline(never)]
fn flow(shower: &Shower, main: Opening, handle: Opening) -> f64 {
    shower.join(main, handle).y
}
