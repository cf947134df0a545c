//! Many starts at once: a grid of showers that all walk down the same landscape.

use super::stride::{SLOTS, Stride, bounded, sign};
use crate::descent::{Error, Experiment};
use crate::plumbing::{BLOCK, Block, OPEN, SHUT, Sight, SingleShower, TRAVEL, single};

/// Starting points, one at the centre of every cell of a grid over the plane of m and h, each of which
/// makes the steps of one experiment's optimizer.
///
/// The sensitivities are always the exact ones, whatever the experiment says. All is in single
/// precision: thousands of points have pixels rather than digits, and a turn of less than a quarter of
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
    m: Vec<f32>,
    h: Vec<f32>,
    distance: Vec<f32>,
    arrived: Vec<u16>,
    /// What the rule remembers of m and of h: empty where it remembers less.
    memory: [[Vec<f32>; SLOTS]; 2],
}

/// A block of starts, taken out of the crowd while it walks.
struct Walkers {
    m: Block,
    h: Block,
    arrived: [u32; BLOCK],
    memory: [[Block; SLOTS]; 2],
    /// e = y − y'.
    distance: Block,
    sight: Sight,
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
        let mut crowd = Self {
            columns,
            rows,
            steps: 0,
            m: Vec::new(),
            h: Vec::new(),
            distance: Vec::new(),
            arrived: Vec::new(),
            memory: Default::default(),
        };
        crowd.restart();
        crowd
    }

    /// Back to the starts, with nothing remembered.
    pub fn restart(&mut self) {
        let Self { columns, rows, .. } = *self;
        let centre = |index: usize, count: usize| single(SHUT + TRAVEL * (index as f64 + 0.5) / count as f64);
        self.steps = 0;
        self.m.clear();
        self.h.clear();
        for row in 0..rows {
            self.m.extend((0..columns).map(|column| centre(column, columns)));
            self.h.extend(std::iter::repeat_n(centre(row, rows), columns));
        }
        self.distance.clear();
        self.distance.resize(columns * rows, 0.0);
        self.arrived.clear();
        self.arrived.resize(columns * rows, Self::NOT_YET);
        self.memory.iter_mut().flatten().for_each(Vec::clear);
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

    /// Steps made since the start.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// m and h of every start now, row by row.
    #[must_use]
    pub fn positions(&self) -> (&[f32], &[f32]) {
        (&self.m, &self.h)
    }

    /// For every start the step at which |y − y'| first was less than the tolerance, or
    /// [`Self::NOT_YET`]. What stood there to begin with has arrived at step 0, once the crowd has
    /// looked at its experiment: with [`Self::walk`] or [`Self::step`].
    #[must_use]
    pub fn arrived(&self) -> &[u16] {
        &self.arrived
    }

    /// How many have arrived.
    #[must_use]
    pub fn arrived_count(&self) -> usize {
        self.arrived.iter().filter(|step| **step != Self::NOT_YET).count()
    }

    /// e = y − y' of every start where it stands now; 0 before the crowd has looked at its experiment.
    #[must_use]
    pub fn distance(&self) -> &[f32] {
        &self.distance
    }

    /// Every start makes one step.
    pub fn step(&mut self, experiment: &Experiment) {
        self.walk(experiment, 1);
    }

    /// Every start makes `count` steps; with 0, the crowd looks where it stands.
    ///
    /// Another experiment than that of the steps before wants a [`Self::restart`] first: what has arrived
    /// stays, and what an optimizer remembers would be read by another.
    pub fn walk(&mut self, experiment: &Experiment, count: u32) {
        let Experiment { shower, target, error, optimizer, rate, tolerance, .. } = *experiment;
        let shower = SingleShower::new(&shower);
        let goal = Goal { target: single(target), tolerance: single(tolerance) };
        let after = self.steps.saturating_add(count);
        let step = |t: u32| Stride::new(optimizer, rate, i32::try_from(t).unwrap_or(i32::MAX));
        let strides: Vec<Stride> = (self.steps..after).map(|t| step(t + 1)).collect();
        let slots = strides.first().map_or(0, |stride| stride.slots());
        for memory in &mut self.memory {
            memory[..slots].iter_mut().for_each(|slot| slot.resize(self.m.len(), 0.0));
        }
        let mut walkers = Walkers::new();
        for from in (0..self.m.len()).step_by(BLOCK) {
            walkers.take(self, from, slots);
            walkers.look(&shower, goal, self.steps);
            for (stride, t) in strides.iter().zip(self.steps + 1..) {
                walkers.push(error);
                walkers.turn(*stride);
                walkers.look(&shower, goal, t);
            }
            walkers.put(self, from, slots);
        }
        self.steps = after;
    }
}

/// Where all want to go.
#[derive(Clone, Copy)]
struct Goal {
    target: f32,
    tolerance: f32,
}

impl Walkers {
    fn new() -> Self {
        let nothing = [0.0; BLOCK];
        Self {
            // What is left of the last block stands in a position that valves can take.
            m: [single(OPEN); BLOCK],
            h: [single(OPEN); BLOCK],
            arrived: [0; BLOCK],
            memory: [[nothing; SLOTS]; 2],
            distance: nothing,
            sight: Sight::NOTHING,
        }
    }

    /// Takes the block that begins at `from` out of the crowd.
    fn take(&mut self, crowd: &Crowd, from: usize, slots: usize) {
        let to = (from + BLOCK).min(crowd.m.len());
        let count = to - from;
        self.m[..count].copy_from_slice(&crowd.m[from..to]);
        self.h[..count].copy_from_slice(&crowd.h[from..to]);
        for (mine, theirs) in self.arrived.iter_mut().zip(&crowd.arrived[from..to]) {
            *mine = u32::from(*theirs);
        }
        for (mine, theirs) in self.memory.iter_mut().zip(&crowd.memory) {
            for (mine, theirs) in mine.iter_mut().zip(theirs).take(slots) {
                mine[..count].copy_from_slice(&theirs[from..to]);
            }
        }
    }

    /// Puts it back.
    fn put(&self, crowd: &mut Crowd, from: usize, slots: usize) {
        let to = (from + BLOCK).min(crowd.m.len());
        let count = to - from;
        crowd.m[from..to].copy_from_slice(&self.m[..count]);
        crowd.h[from..to].copy_from_slice(&self.h[..count]);
        crowd.distance[from..to].copy_from_slice(&self.distance[..count]);
        #[allow(clippy::cast_possible_truncation, reason = "a step is limited to what 16 bits hold")]
        for (theirs, mine) in crowd.arrived[from..to].iter_mut().zip(&self.arrived) {
            *theirs = *mine as u16;
        }
        for (theirs, mine) in crowd.memory.iter_mut().zip(&self.memory) {
            for (theirs, mine) in theirs.iter_mut().zip(mine).take(slots) {
                theirs[from..to].copy_from_slice(&mine[..count]);
            }
        }
    }

    /// Looks at the flow and its slopes, and notes who has arrived at step `t`.
    fn look(&mut self, shower: &SingleShower, goal: Goal, t: u32) {
        shower.look(&self.m, &self.h, &mut self.sight);
        let not_yet = u32::from(Crowd::NOT_YET);
        let t = t.min(not_yet - 1);
        let Self { arrived, distance, sight, .. } = self;
        for i in 0..BLOCK {
            let e = bounded(sight.y[i] - goal.target);
            distance[i] = e;
            let first = (e.abs() < goal.tolerance) & (arrived[i] == not_yet);
            arrived[i] = if first { t } else { arrived[i] };
        }
    }

    /// The backward pass: slopes of the flow become slopes of the error.
    fn push(&mut self, error: Error) {
        match error {
            Error::Absolute => self.push_by(sign),
            Error::Squared => self.push_by(|e| e),
            Error::Huber { delta } => {
                let delta = single(delta);
                self.push_by(|e| {
                    let e = if e > -delta { e } else { -delta };
                    if e < delta { e } else { delta }
                });
            }
        }
    }

    #[inline(always)]
    fn push_by(&mut self, slope: impl Fn(f32) -> f32) {
        let Self { distance, sight, .. } = self;
        for ((e, by_m), by_h) in distance.iter().zip(&mut sight.dy_dm).zip(&mut sight.dy_dh) {
            let de_dy = slope(*e);
            *by_m *= de_dy;
            *by_h *= de_dy;
        }
    }

    fn turn(&mut self, stride: Stride) {
        let Self { m, h, arrived, memory: [of_m, of_h], sight, .. } = self;
        let not_yet = u32::from(Crowd::NOT_YET);
        let stays = arrived.map(|step| u32::from(step != not_yet));
        stride.turn(m, &sight.dy_dm, &stays, of_m);
        stride.turn(h, &sight.dy_dh, &stays, of_h);
    }
}
