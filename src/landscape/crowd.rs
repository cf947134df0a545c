//! Many starts at once: a grid of showers that all walk down the same landscape.

use super::stride::{Memories, NOT_YET, Stride, bounded, sign};
use crate::descent::{Error, Experiment, LONGEST};
use crate::plumbing::{BLOCK, Block, SHUT, Sight, SingleShower, TRAVEL, single};

/// Starting points, one at the centre of every cell of a grid over the plane of m and h, each of which
/// makes the steps of one experiment's optimizer.
///
/// The sensitivities are always the exact ones, whatever the experiment says. All is in single
/// precision: thousands of points have pixels rather than digits, and a turn of less than half
/// a millionth is lost. A start that has arrived, which is nearer to the ideal than the experiment's
/// tolerance, stays there.
///
/// ```
/// use backflow::landscape::Crowd;
/// use backflow::scenario::Scenario;
///
/// let experiment = Scenario::parse("preset=product&optimizer=adam&rate=0.1").0.experiment();
/// let mut crowd = Crowd::new(100, 100);
/// crowd.walk(&experiment, 300);
/// assert_eq!(crowd.steps(), 300);
/// assert_eq!(crowd.arrived_count(), 10_000); // from everywhere
/// ```
#[derive(Clone, Debug)]
pub struct Crowd {
    columns: usize,
    rows: usize,
    steps: u32,
    // Whole blocks, of which the last may have more places than there are starts.
    m: Vec<f32>,
    h: Vec<f32>,
    distance: Vec<f32>,
    arrived: Vec<u16>,
    /// What the rule remembers of m and of h.
    memory: [Memories; 2],
}

/// Where all want to go.
#[derive(Clone, Copy)]
struct Goal {
    target: f32,
    tolerance: f32,
}

impl Crowd {
    /// What stands in [`Self::arrived`] for a start that has not arrived yet.
    pub const NOT_YET: u16 = u16::MAX;

    /// A crowd of `columns` × `rows` starts, at least one, that have not made a step yet.
    ///
    /// Start (column, row) is element `row * columns + column`; row 0 has the lowest h.
    #[must_use]
    pub fn new(columns: usize, rows: usize) -> Self {
        let (columns, rows) = (columns.max(1), rows.max(1));
        let places = (columns * rows).next_multiple_of(BLOCK);
        let numbers = || vec![single(SHUT); places];
        let mut crowd = Self {
            columns,
            rows,
            steps: 0,
            m: numbers(),
            h: numbers(),
            distance: numbers(),
            arrived: vec![0; places],
            memory: Default::default(),
        };
        crowd.restart();
        crowd
    }

    /// Back to the starts, with nothing remembered.
    pub fn restart(&mut self) {
        let Self { columns, rows, .. } = *self;
        let centre = |index: usize, count: usize| single(SHUT + TRAVEL * (index as f64 + 0.5) / count as f64);
        let lines = self.m.chunks_exact_mut(columns).zip(self.h.chunks_exact_mut(columns)).take(rows);
        for (row, (m, h)) in lines.enumerate() {
            for (column, m) in m.iter_mut().enumerate() {
                *m = centre(column, columns);
            }
            h.fill(centre(row, rows));
        }
        self.steps = 0;
        self.distance.fill(0.0);
        self.arrived.fill(Self::NOT_YET);
        self.memory.iter_mut().for_each(Memories::forget);
    }

    /// Starts along m.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Starts along h.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn count(&self) -> usize {
        self.columns * self.rows
    }

    /// Steps made since the start.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// m and h of every start now, row by row.
    #[must_use]
    pub fn positions(&self) -> (&[f32], &[f32]) {
        let count = self.count();
        (&self.m[..count], &self.h[..count])
    }

    /// For every start the step at which |y − y'| first was less than the tolerance, or
    /// [`Self::NOT_YET`]. What stood there to begin with has arrived at step 0, once the crowd has
    /// looked at its experiment: with [`Self::walk`] or [`Self::step`].
    #[must_use]
    pub fn arrived(&self) -> &[u16] {
        &self.arrived[..self.count()]
    }

    /// How many have arrived.
    #[must_use]
    pub fn arrived_count(&self) -> usize {
        self.arrived().iter().filter(|step| **step != Self::NOT_YET).count()
    }

    /// e = y − y' of every start where it stands now; 0 before the crowd has looked at its experiment.
    #[must_use]
    pub fn distance(&self) -> &[f32] {
        &self.distance[..self.count()]
    }

    /// Every start makes one step, as long as there are not [`LONGEST`] of them.
    pub fn step(&mut self, experiment: &Experiment) {
        self.walk(experiment, 1);
    }

    /// Every start makes `count` steps, up to [`LONGEST`] in all; with 0, the crowd looks where it stands.
    ///
    /// Another experiment than that of the steps before wants a [`Self::restart`] first: what has arrived
    /// stays, and what an optimizer remembers would be read by another.
    pub fn walk(&mut self, experiment: &Experiment, count: u32) {
        let Experiment { target, tolerance, optimizer, rate, .. } = *experiment;
        let shower = SingleShower::new(&experiment.shower);
        let goal = Goal { target: single(target), tolerance: single(tolerance) };
        let left = u32::try_from(LONGEST).unwrap_or(u32::MAX).saturating_sub(self.steps);
        let after = self.steps + count.min(left);
        let stride = |t: u32| Stride::new(optimizer, rate, t.cast_signed());
        let strides: Vec<(u32, Stride)> = (self.steps + 1..=after).map(|t| (t, stride(t))).collect();
        if let Some((_, stride)) = strides.first() {
            self.memory.iter_mut().for_each(|memory| memory.prepare(stride.slots(), self.m.len()));
        }
        let mut sight = Sight::NOTHING;
        let places = self.m.as_chunks_mut().0.iter_mut().zip(self.h.as_chunks_mut().0);
        let states = self.distance.as_chunks_mut().0.iter_mut().zip(self.arrived.as_chunks_mut().0);
        let [of_m, of_h] = &mut self.memory;
        for (block, ((m, h), (distance, home))) in places.zip(states).enumerate() {
            // As wide as the other numbers, so that one comparison serves as many of them.
            let mut arrived = home.map(u32::from);
            shower.look::<true>(m, h, &mut sight);
            goal.note(&sight.y, self.steps, distance, &mut arrived);
            for (t, stride) in &strides {
                backward(experiment.error, distance, &mut sight);
                stride.turn(m, &sight.dy_dm, &arrived, of_m.of(block));
                stride.turn(h, &sight.dy_dh, &arrived, of_h.of(block));
                if *t == after {
                    shower.look::<false>(m, h, &mut sight);
                } else {
                    shower.look::<true>(m, h, &mut sight);
                }
                goal.note(&sight.y, *t, distance, &mut arrived);
            }
            narrow(&arrived, home);
        }
        self.steps = after;
    }
}

/// Steps of arrival, back to 16 bits.
#[allow(clippy::cast_possible_truncation, reason = "no run is longer than 16 bits can count")]
fn narrow(wide: &[u32; BLOCK], narrow: &mut [u16; BLOCK]) {
    for (narrow, wide) in narrow.iter_mut().zip(wide) {
        *narrow = *wide as u16;
    }
}

impl Goal {
    /// Notes how far everyone is, and who has arrived at step `t`.
    #[inline(never)]
    fn note(self, y: &Block, t: u32, distance: &mut Block, arrived: &mut [u32; BLOCK]) {
        for ((y, distance), arrived) in y.iter().zip(distance).zip(arrived) {
            let e = bounded(y - self.target);
            *distance = e;
            let first = (e.abs() < self.tolerance) & (*arrived == NOT_YET);
            *arrived = if first { t } else { *arrived };
        }
    }
}

/// The backward pass: slopes of the flow become slopes of the error.
#[inline(never)]
fn backward(error: Error, distance: &Block, sight: &mut Sight) {
    match error {
        Error::Absolute => backward_by(distance, sight, sign),
        Error::Squared => backward_by(distance, sight, |e| e),
        Error::Huber { delta } => {
            let delta = single(delta);
            backward_by(distance, sight, |e| {
                let e = if e > -delta { e } else { -delta };
                if e < delta { e } else { delta }
            });
        }
    }
}

#[inline(always)]
fn backward_by(distance: &Block, sight: &mut Sight, slope: impl Fn(f32) -> f32) {
    for ((e, by_m), by_h) in distance.iter().zip(&mut sight.dy_dm).zip(&mut sight.dy_dh) {
        let de_dy = slope(*e);
        *by_m *= de_dy;
        *by_h *= de_dy;
    }
}
