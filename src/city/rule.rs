//! How the valves of one junction are turned, given the sensitivity of the error to each.

use super::number::Number;
use super::plan::Rule;
use std::ops::Range;

/// How much momentum keeps of what has come together.
const KEPT: f64 = 0.9;
/// How much Adam keeps of its mean sensitivity and of its mean square (Kingma and Ba 2015).
const BETA: [f64; 2] = [0.9, 0.999];
/// What Adam adds to the root of the mean square, for each unit of what sensitivities are at first.
const EPSILON: f64 = 1e-8;

/// A rule made ready for one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stride<T> {
    rule: Rule,
    first: bool,
    /// What the mean of a batch is multiplied by.
    mean: T,
    /// Turns for each unit of what the rule follows, against it.
    rate: T,
    /// 1 ÷ the bias of Adam's mean square, and ε.
    square: [T; 2],
}

impl<T: Number> Stride<T> {
    /// Step number `step`, from 1 on, at a rate in turns, where sensitivities come as sums of so many and are,
    /// untrained, about as large as `size`.
    pub(super) fn new(rule: Rule, step: u32, rate: f64, batch: usize, size: f64) -> Self {
        let mean = 1.0 / batch as f64;
        // Where nothing matters, nothing turns.
        let by_size = if size > 0.0 { rate / size } else { 0.0 };
        let step = step.cast_signed();
        let rate = match rule {
            Rule::Proportion | Rule::Momentum => by_size,
            Rule::Equal => rate,
            Rule::Adam => rate / (1.0 - BETA[0].powi(step)),
        };
        let square = [1.0 / (1.0 - BETA[1].powi(step)), EPSILON * size + f64::from(f32::MIN_POSITIVE)];
        Self { rule, first: step == 1, mean: T::of(mean), rate: T::of(-rate), square: square.map(T::of) }
    }

    /// Puts in the place of ∂E/∂v of some valves what the rule follows, and returns by how much each is to be turned
    /// for each unit of it.
    pub(super) fn follow(&self, slopes: &mut [T], memory: &mut Memory<T>, valves: Range<usize>) -> T {
        let Self { rule, first, mean, rate, square: [unbias, epsilon] } = *self;
        let zero = T::default();
        match rule {
            Rule::Proportion => return rate * mean,
            Rule::Equal => {
                let one = T::of(1.0);
                for slope in slopes {
                    let up = if *slope > zero { one } else { zero };
                    let down = if *slope < zero { one } else { zero };
                    *slope = up - down;
                }
            }
            Rule::Momentum => {
                let kept = if first { zero } else { T::of(KEPT) };
                for (slope, velocity) in slopes.iter_mut().zip(&mut memory.velocity[valves]) {
                    *velocity = kept * *velocity + mean * *slope;
                    *slope = *velocity;
                }
            }
            Rule::Adam => {
                let [[keep, take], [keep_square, take_square]] =
                    BETA.map(|beta| [T::of(beta), T::of(1.0 - beta)]);
                let memories = memory.velocity[valves.clone()].iter_mut().zip(&mut memory.squares[valves]);
                for (slope, (velocity, squares)) in slopes.iter_mut().zip(memories) {
                    let now = mean * *slope;
                    *velocity = keep * *velocity + take * now;
                    *squares = keep_square * *squares + take_square * (now * now);
                    *slope = *velocity / ((unbias * *squares).root() + epsilon);
                }
            }
        }
        rate
    }
}

/// What a rule remembers of every valve.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory<T> {
    velocity: Vec<T>,
    squares: Vec<T>,
}

impl<T: Number> Memory<T> {
    /// Room for what a rule remembers of so many valves; nothing has happened yet.
    pub(super) fn new(rule: Rule, valves: usize) -> Self {
        let room = |wanted: bool| vec![T::default(); if wanted { valves } else { 0 }];
        Self {
            velocity: room(matches!(rule, Rule::Momentum | Rule::Adam)),
            squares: room(rule == Rule::Adam),
        }
    }

    /// How many bytes of memory it holds.
    pub(super) fn bytes(&self) -> usize {
        (self.velocity.capacity() + self.squares.capacity()) * size_of::<T>()
    }
}
