//! How a rule came to turn one valve in one step: every number that it used.

use super::optimizer::{Memory, Moments, Optimizer};

/// What a rule wants of one valve: from the position p to kept · p + turn, before any stop.
///
/// ```
/// use backflow::descent::{Memory, Optimizer, Push};
///
/// let momentum = Optimizer::Momentum { momentum: 0.5 };
/// let mut memory = Memory::default();
/// momentum.step(0.25, [-1.0, 0.0], [3.0, 5.0], &mut memory);
/// let before = memory;
/// let to = momentum.step(0.25, [-2.0, 0.0], [3.25, 5.0], &mut memory);
/// let push = Push::of(momentum, 0.25, [-2.0, 0.0], [&before, &memory], 0);
/// // ½ of the old velocity −1, and the gradient −2.
/// assert_eq!((push.name, push.turn), ("momentum", -0.25 * (0.5 * -1.0 + -2.0)));
/// assert_eq!(push.kept * 3.25 + push.turn, to[0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// How it came about: the rule's name, or a case of it.
    pub name: &'static str,
    /// What is kept of the position: 1, but where the weights decay.
    pub kept: f64,
    /// How far the rule turns the valve beside that, in turns.
    pub turn: f64,
    /// The numbers that lead to it, by name.
    pub numbers: Vec<(&'static str, f64)>,
}

impl Push {
    /// The names of all.
    pub const NAMES: [&'static str; 14] = [
        "descent",
        "momentum-first",
        "momentum",
        "nesterov-first",
        "nesterov",
        "adagrad",
        "rmsprop",
        "adadelta",
        "adam",
        "amsgrad",
        "adamw",
        "lion-opens",
        "lion-shuts",
        "still",
    ];

    /// What a rule with a learning rate makes of a gradient for m (0) or for h (1), from what it remembered
    /// before the step and after it.
    #[must_use]
    pub fn of(
        rule: Optimizer,
        rate: f64,
        gradient: [f64; 2],
        [before, after]: [&Memory; 2],
        valve: usize,
    ) -> Self {
        let g = gradient[valve];
        let (old, velocity) = (before.velocity[valve], after.velocity[valve]);
        let (squares, divisor) = (after.squares[valve], after.divisor[valve]);
        let first = before.steps == 0;
        let mut numbers = vec![("rate", rate), ("gradient", g)];
        let mut kept = 1.0;
        let (name, turn) = match rule {
            Optimizer::Descent => ("descent", -(rate * g)),
            Optimizer::Momentum { momentum } => {
                numbers.extend_from_slice(&[("momentum", momentum), ("old", old), ("velocity", velocity)]);
                (if first { "momentum-first" } else { "momentum" }, -(rate * velocity))
            }
            Optimizer::Nesterov { momentum } => {
                let ahead = g + momentum * velocity;
                numbers.extend_from_slice(&[("momentum", momentum), ("old", old), ("velocity", velocity)]);
                numbers.push(("ahead", ahead));
                (if first { "nesterov-first" } else { "nesterov" }, -(rate * ahead))
            }
            Optimizer::AdaGrad { .. } | Optimizer::RmsProp { .. } => {
                numbers.extend_from_slice(&[("squares", squares), ("divisor", divisor)]);
                (rule.name(), -(rate * g / divisor))
            }
            Optimizer::AdaDelta { epsilon, .. } => {
                let scale = (before.turns[valve] + epsilon).sqrt() / (squares + epsilon).sqrt();
                numbers.push(("scale", scale));
                ("adadelta", -(rate * (scale * g)))
            }
            Optimizer::Adam(moments)
            | Optimizer::AmsGrad { moments, .. }
            | Optimizer::AdamW { moments, .. } => {
                let mean = moments.mean(after, valve);
                numbers.extend_from_slice(&[("mean", mean), ("divisor", divisor)]);
                if let Optimizer::AdamW { decay, .. } = rule {
                    kept = 1.0 - rate * decay;
                    numbers.push(("kept", kept));
                }
                (rule.name(), -(rate * mean / divisor))
            }
            Optimizer::Lion { beta1, .. } => {
                let direction = beta1 * old + (1.0 - beta1) * g;
                numbers.push(("direction", direction));
                let sign = if direction == 0.0 { 0.0 } else { direction.signum() };
                (if direction < 0.0 { "lion-opens" } else { "lion-shuts" }, -(rate * sign))
            }
        };
        // A zero has no sign.
        let turn = turn + 0.0;
        let name = if turn == 0.0 && kept == 1.0 { "still" } else { name };
        numbers.push(("wanted", turn));
        Self { name, kept, turn, numbers }
    }
}

impl Moments {
    /// The mean gradient of one valve, freed of its bias.
    fn mean(self, memory: &Memory, valve: usize) -> f64 {
        memory.velocity[valve] / (1.0 - self.beta1.powi(memory.steps))
    }
}
