//! The optimizers' rules in single precision, for a block of valves at once.
//!
//! The rules are those of [`Optimizer`]. What depends on the step alone, such as Adam's bias, is worked
//! out once a step in double precision; what is left is a loop without a branch.

use super::crowd::Crowd;
use crate::descent::{Definition, Moments, Optimizer};
use crate::plumbing::{BLOCK, Block, OPEN, SHUT, single};

/// The most numbers that a rule remembers of a valve.
const SLOTS: usize = 3;

/// Stands for the step of arrival of who has not arrived yet.
pub(super) const NOT_YET: u32 = Crowd::NOT_YET as u32;

/// No gradient is larger than this: its square, and the sum of many squares, stay within single
/// precision.
const STEEPEST: f32 = 1e15;

/// A rule made ready for one step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stride {
    Descent {
        rate: f32,
    },
    Momentum {
        rate: f32,
        momentum: f32,
    },
    Nesterov {
        rate: f32,
        momentum: f32,
    },
    AdaGrad {
        rate: f32,
        initial: f32,
        root: Root,
    },
    RmsProp {
        rate: f32,
        alpha: Mean,
        root: Root,
    },
    AdaDelta {
        rate: f32,
        rho: Mean,
        epsilon: f32,
    },
    Adam {
        kept: f32,
        moments: Step,
    },
    /// Bias goes before or after the peak is taken: what v is multiplied by then.
    AmsGrad {
        moments: Step,
        before: f32,
        after: f32,
    },
    Lion {
        rate: f32,
        beta1: Mean,
        beta2: Mean,
    },
}

/// What a rule remembers of one valve of every start.
#[derive(Clone, Debug)]
pub(super) struct Memories {
    slots: [Vec<f32>; SLOTS],
    /// For rules that remember less.
    spare: [Block; SLOTS],
}

impl Default for Memories {
    fn default() -> Self {
        Self { slots: Default::default(), spare: [[0.0; BLOCK]; SLOTS] }
    }
}

impl Memories {
    pub(super) fn forget(&mut self) {
        self.slots.iter_mut().for_each(Vec::clear);
    }

    /// Makes room for so many numbers a valve; what is new is 0.
    pub(super) fn prepare(&mut self, slots: usize, places: usize) {
        for slot in &mut self.slots[..slots] {
            slot.resize(places, 0.0);
        }
    }

    /// What is remembered of a block.
    pub(super) fn of(&mut self, block: usize) -> [&mut Block; SLOTS] {
        let [a, b, c] = self.slots.each_mut().map(|slot| slot.as_chunks_mut().0.get_mut(block));
        let [x, y, z] = &mut self.spare;
        [a.unwrap_or(x), b.unwrap_or(y), c.unwrap_or(z)]
    }
}

/// A running mean: what it keeps of the old value and takes of the new.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mean {
    keep: f32,
    take: f32,
}

/// What a gradient is divided by: √(v + under) + beside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    under: f32,
    beside: f32,
}

/// Adam's moments at one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    beta1: Mean,
    beta2: Mean,
    epsilon: f32,
    /// η over the bias of the first moment.
    rate: f32,
    /// 1 over the bias of the second.
    unbias: f32,
}

impl Mean {
    fn new(share: f64) -> Self {
        Self { keep: single(share), take: single(1.0 - share) }
    }

    #[inline(always)]
    fn mix(self, old: f32, new: f32) -> f32 {
        self.keep * old + self.take * new
    }
}

impl Root {
    fn new(epsilon: f64, definition: Definition) -> Self {
        let epsilon = single(epsilon);
        match definition {
            Definition::Torch => Self { under: 0.0, beside: epsilon },
            Definition::Optax => Self { under: epsilon, beside: 0.0 },
        }
    }

    #[inline(always)]
    fn of(self, v: f32) -> f32 {
        (v + self.under).sqrt() + self.beside
    }
}

impl Step {
    /// Step `t`, which counts from 1.
    fn new(moments: Moments, rate: f64, t: i32) -> Self {
        let Moments { beta1, beta2, epsilon } = moments;
        Self {
            beta1: Mean::new(beta1),
            beta2: Mean::new(beta2),
            epsilon: single(epsilon),
            rate: single(rate / (1.0 - beta1.powi(t))),
            unbias: single(1.0 / (1.0 - beta2.powi(t))),
        }
    }

    /// Both moments after a gradient.
    #[inline(always)]
    fn learn(self, g: f32, b: f32, v: f32) -> (f32, f32) {
        (self.beta1.mix(b, g), self.beta2.mix(v, g * g))
    }

    #[inline(always)]
    fn turn(self, b: f32, mean_square: f32) -> f32 {
        self.rate * b / (mean_square.sqrt() + self.epsilon)
    }
}

impl Stride {
    /// Step `t` of an optimizer, which counts from 1.
    pub(super) fn new(optimizer: Optimizer, rate: f64, t: i32) -> Self {
        let moments = |moments| Step::new(moments, rate, t);
        let (eta, kept) = (single(rate), |decay: f64| single(1.0 - rate * decay));
        match optimizer {
            Optimizer::Descent => Self::Descent { rate: eta },
            Optimizer::Momentum { momentum } => Self::Momentum { rate: eta, momentum: single(momentum) },
            Optimizer::Nesterov { momentum } => Self::Nesterov { rate: eta, momentum: single(momentum) },
            Optimizer::AdaGrad { epsilon, initial, definition } => Self::AdaGrad {
                rate: eta,
                initial: if t == 1 { single(initial) } else { 0.0 },
                root: Root::new(epsilon, definition),
            },
            Optimizer::RmsProp { alpha, epsilon, definition } => {
                Self::RmsProp { rate: eta, alpha: Mean::new(alpha), root: Root::new(epsilon, definition) }
            }
            Optimizer::AdaDelta { rho, epsilon } => {
                Self::AdaDelta { rate: eta, rho: Mean::new(rho), epsilon: single(epsilon) }
            }
            Optimizer::Adam(m) => Self::Adam { kept: 1.0, moments: moments(m) },
            Optimizer::AdamW { moments: m, decay } => Self::Adam { kept: kept(decay), moments: moments(m) },
            Optimizer::AmsGrad { moments: m, definition } => {
                let moments = moments(m);
                let [before, after] = match definition {
                    Definition::Torch => [1.0, moments.unbias],
                    Definition::Optax => [moments.unbias, 1.0],
                };
                Self::AmsGrad { moments, before, after }
            }
            Optimizer::Lion { beta1, beta2 } => {
                Self::Lion { rate: eta, beta1: Mean::new(beta1), beta2: Mean::new(beta2) }
            }
        }
    }

    /// How many numbers the rule remembers of a valve.
    pub(super) fn slots(self) -> usize {
        match self {
            Self::Descent { .. } => 0,
            Self::Momentum { .. }
            | Self::Nesterov { .. }
            | Self::AdaGrad { .. }
            | Self::RmsProp { .. }
            | Self::Lion { .. } => 1,
            Self::AdaDelta { .. } | Self::Adam { .. } => 2,
            Self::AmsGrad { .. } => 3,
        }
    }

    /// Turns a block of valves, where `arrived` is [`NOT_YET`]; the others stay where they are.
    pub(super) fn turn(
        self,
        positions: &mut Block,
        gradient: &Block,
        arrived: &[u32; BLOCK],
        memory: [&mut Block; SLOTS],
    ) {
        let (p, g, s, m) = (positions, gradient, arrived, memory);
        match self {
            Self::Descent { rate } => each(p, g, s, m, |p, g, []| (p - rate * g, [])),
            Self::Momentum { rate, momentum } => each(p, g, s, m, |p, g, [b]| {
                let b = momentum * b + g;
                (p - rate * b, [b])
            }),
            Self::Nesterov { rate, momentum } => each(p, g, s, m, |p, g, [b]| {
                let b = momentum * b + g;
                (p - rate * (g + momentum * b), [b])
            }),
            Self::AdaGrad { rate, initial, root } => each(p, g, s, m, |p, g, [v]| {
                let v = v + initial + g * g;
                (p - rate * g / root.of(v), [v])
            }),
            Self::RmsProp { rate, alpha, root } => each(p, g, s, m, |p, g, [v]| {
                let v = alpha.mix(v, g * g);
                (p - rate * g / root.of(v), [v])
            }),
            Self::AdaDelta { rate, rho, epsilon } => each(p, g, s, m, |p, g, [v, u]| {
                let v = rho.mix(v, g * g);
                let turn = bounded(g * (u + epsilon).sqrt() / (v + epsilon).sqrt());
                (p - rate * turn, [v, rho.mix(u, turn * turn)])
            }),
            Self::Adam { kept, moments } => each(p, g, s, m, |p, g, [b, v]| {
                let (b, v) = moments.learn(g, b, v);
                (kept * p - moments.turn(b, moments.unbias * v), [b, v])
            }),
            Self::AmsGrad { moments, before, after } => each(p, g, s, m, |p, g, [b, v, peak]| {
                let (b, v) = moments.learn(g, b, v);
                let v_before = before * v;
                let peak = if peak > v_before { peak } else { v_before };
                (p - moments.turn(b, after * peak), [b, v, peak])
            }),
            Self::Lion { rate, beta1, beta2 } => each(p, g, s, m, |p, g, [b]| {
                let direction = beta1.mix(b, g);
                (p - rate * sign(direction), [beta2.mix(b, g)])
            }),
        }
    }
}

/// A rule at every valve of a block. From a position, a gradient and what it remembers, it makes the
/// position that it asks for, not yet clamped, and what it remembers then.
#[inline(always)]
fn each<const N: usize>(
    positions: &mut Block,
    gradient: &Block,
    arrived: &[u32; BLOCK],
    [first, second, third]: [&mut Block; SLOTS],
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]),
) {
    apply(positions, gradient, arrived, first, second, third, rule);
}

/// As [`each`], with everything by a name of its own: so the compiler knows that nothing overlaps.
#[inline(never)]
#[allow(clippy::too_many_arguments, reason = "references in an array might overlap")]
fn apply<const N: usize>(
    positions: &mut Block,
    gradient: &Block,
    arrived: &[u32; BLOCK],
    first: &mut Block,
    second: &mut Block,
    third: &mut Block,
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]),
) {
    for i in 0..BLOCK {
        let here = positions[i];
        let known = [first[i], second[i], third[i]];
        let (wanted, learned) = rule(here, bounded(gradient[i]), std::array::from_fn(|slot| known[slot]));
        if N > 0 {
            first[i] = learned[0];
        }
        if N > 1 {
            second[i] = learned[1];
        }
        if N > 2 {
            third[i] = learned[2];
        }
        positions[i] = if arrived[i] == NOT_YET { clamped(wanted) } else { here };
    }
}

/// The nearest position that a valve can take; what is no number counts as shut.
#[inline(always)]
fn clamped(position: f32) -> f32 {
    let (shut, open) = (single(SHUT), single(OPEN));
    let position = if position > shut { position } else { shut };
    if position < open { position } else { open }
}

/// The nearest number in ±[`STEEPEST`]; written so that what is no number becomes one.
#[inline(always)]
pub(super) fn bounded(number: f32) -> f32 {
    let number = if number > -STEEPEST { number } else { -STEEPEST };
    if number < STEEPEST { number } else { STEEPEST }
}

/// −1, 0 or 1.
#[inline(always)]
pub(super) fn sign(number: f32) -> f32 {
    let positive = if number > 0.0 { 1.0 } else { 0.0 };
    let negative = if number < 0.0 { 1.0 } else { 0.0 };
    positive - negative
}
