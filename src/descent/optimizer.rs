//! The rules that turn a gradient into a turn of the valves.
//!
//! Each rule is the one that PyTorch documents (Lion's is optax's), for two parameters. Where optax
//! defines a rule otherwise, [`Definition`] says whose is meant.

/// Whose definition of a rule is meant, where two libraries differ.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Definition {
    /// PyTorch's: ε is added to the root, and AMSGrad takes the largest v before freeing it of its bias.
    #[default]
    Torch,
    /// optax's: ε is added under the root, and AMSGrad takes the largest v after freeing it of its bias.
    Optax,
}

impl Definition {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Torch, Self::Optax];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Torch => "torch",
            Self::Optax => "optax",
        }
    }

    /// What a gradient is divided by: √v + ε, or √(v + ε).
    fn root(self, v: f64, epsilon: f64) -> f64 {
        match self {
            Self::Torch => v.sqrt() + epsilon,
            Self::Optax => (v + epsilon).sqrt(),
        }
    }
}

/// A rule with its parameters. The learning rate η is given to each step.
///
/// ```
/// use backflow::descent::{Memory, Optimizer};
///
/// let mut memory = Memory::default();
/// let momentum = Optimizer::Momentum { momentum: 0.9 };
/// let one = momentum.step(0.1, [-1.0, 0.0], [3.0, 5.0], &mut memory);
/// let two = momentum.step(0.1, [-1.0, 0.0], one, &mut memory);
/// assert_eq!(one, [3.1, 5.0]);
/// assert!((two[0] - 3.29).abs() < 1e-12); // the second push adds to nine tenths of the first
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Optimizer {
    /// θ −= ηg.
    #[default]
    Descent,
    /// b = μb + g (b = g at first); θ −= ηb. Polyak's heavy ball.
    Momentum {
        /// μ, in [0, 1).
        momentum: f64,
    },
    /// b as for momentum; θ −= η(g + μb).
    Nesterov {
        /// μ, in [0, 1).
        momentum: f64,
    },
    /// v += g²; θ −= ηg/(√v + ε).
    AdaGrad {
        /// ε, above 0.
        epsilon: f64,
        /// What v begins with, 0 or more.
        initial: f64,
        /// Whose root.
        definition: Definition,
    },
    /// v = αv + (1 − α)g²; θ −= ηg/(√v + ε).
    RmsProp {
        /// α, in [0, 1).
        alpha: f64,
        /// ε, above 0.
        epsilon: f64,
        /// Whose root.
        definition: Definition,
    },
    /// v = ρv + (1 − ρ)g²; Δ = g·√(u + ε)/√(v + ε); u = ρu + (1 − ρ)Δ²; θ −= ηΔ.
    AdaDelta {
        /// ρ, in [0, 1).
        rho: f64,
        /// ε, above 0.
        epsilon: f64,
    },
    /// b = β₁b + (1 − β₁)g; v = β₂v + (1 − β₂)g²; θ −= η·b̂/(√v̂ + ε), both freed of their bias.
    Adam(Moments),
    /// As Adam, with the largest v so far in place of v.
    AmsGrad {
        /// Adam's parameters.
        moments: Moments,
        /// Whose largest v.
        definition: Definition,
    },
    /// θ *= 1 − ηλ, then Adam.
    AdamW {
        /// Adam's parameters.
        moments: Moments,
        /// λ, the weight decay, 0 or more.
        decay: f64,
    },
    /// θ −= η·sign(β₁b + (1 − β₁)g); b = β₂b + (1 − β₂)g.
    Lion {
        /// β₁, in [0, 1).
        beta1: f64,
        /// β₂, in [0, 1).
        beta2: f64,
    },
}

/// The parameters that Adam and its kin share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// β₁, in [0, 1): how much of the mean gradient is kept.
    pub beta1: f64,
    /// β₂, in [0, 1): how much of the mean square is kept.
    pub beta2: f64,
    /// ε, above 0.
    pub epsilon: f64,
}

/// What an optimizer remembers between steps, for m and for h.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// t, the steps made so far.
    pub steps: i32,
    /// b: the velocity of momentum and Nesterov, the first moment (mean gradient) of Adam and Lion.
    pub velocity: [f64; 2],
    /// v: the squared gradients, summed (AdaGrad) or averaged (the second moment).
    pub squares: [f64; 2],
    /// The largest v so far (AMSGrad); under optax's definition, the largest freed of its bias.
    pub peak: [f64; 2],
    /// u: the mean square of the turns made (Adadelta).
    pub turns: [f64; 2],
    /// What the last step divided the learning rate by: 1 for rules that do not divide, 0 before the
    /// first step.
    pub divisor: [f64; 2],
}

impl Memory {
    /// The effective learning rate: how many turns each unit of what the rule follows makes, which is the
    /// gradient, the velocity or the mean gradient, and for Lion a bare sign. 0 before the first step.
    #[must_use]
    pub fn effective(&self, rate: f64) -> [f64; 2] {
        self.divisor.map(|divisor| if divisor > 0.0 { rate / divisor } else { 0.0 })
    }
}

impl Optimizer {
    /// Whether the rule divides by the size of the gradients.
    #[must_use]
    pub const fn divides(self) -> bool {
        !matches!(self, Self::Descent | Self::Momentum { .. } | Self::Nesterov { .. } | Self::Lion { .. })
    }

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Descent => "descent",
            Self::Momentum { .. } => "momentum",
            Self::Nesterov { .. } => "nesterov",
            Self::AdaGrad { .. } => "adagrad",
            Self::RmsProp { .. } => "rmsprop",
            Self::AdaDelta { .. } => "adadelta",
            Self::Adam(_) => "adam",
            Self::AmsGrad { .. } => "amsgrad",
            Self::AdamW { .. } => "adamw",
            Self::Lion { .. } => "lion",
        }
    }

    /// One step at learning rate `rate`: the position that the rule asks for, not yet clamped.
    ///
    /// `gradient` is ∂E/∂m and ∂E/∂h at `position`; `memory` is brought up to date.
    #[must_use]
    pub fn step(self, rate: f64, gradient: [f64; 2], position: [f64; 2], memory: &mut Memory) -> [f64; 2] {
        memory.steps += 1;
        let mut next = position;
        for valve in 0..2 {
            next[valve] = self.turn(rate, gradient[valve], position[valve], memory, valve);
        }
        next
    }

    /// How far the velocity would still turn the valves at a learning rate if no more gradient came:
    /// ηbμ/(1 − μ), for Nesterov μ times that, and for Adam and its kin the same of the mean gradient at
    /// the effective rate of now. 0 for rules without a velocity, and for Lion, which never comes to rest.
    #[must_use]
    pub fn coast(self, rate: f64, memory: &Memory) -> [f64; 2] {
        let (share, first) = match self {
            Self::Momentum { momentum } => (momentum, momentum),
            Self::Nesterov { momentum } => (momentum, momentum * momentum),
            Self::Adam(moments) | Self::AmsGrad { moments, .. } | Self::AdamW { moments, .. } => {
                let bias = 1.0 - moments.beta1.powi(memory.steps.max(1));
                (moments.beta1, moments.beta1 / bias)
            }
            _ => (0.0, 0.0),
        };
        let effective = memory.effective(rate);
        [0, 1].map(|valve| 0.0 - effective[valve] * memory.velocity[valve] * first / (1.0 - share))
    }

    /// The step of one valve.
    fn turn(self, rate: f64, g: f64, position: f64, memory: &mut Memory, valve: usize) -> f64 {
        let first = memory.steps == 1;
        let b = &mut memory.velocity[valve];
        let v = &mut memory.squares[valve];
        let divisor = &mut memory.divisor[valve];
        *divisor = 1.0;
        match self {
            Self::Descent => position - rate * g,
            Self::Momentum { momentum } => {
                *b = if first { g } else { momentum * *b + g };
                position - rate * *b
            }
            Self::Nesterov { momentum } => {
                *b = if first { g } else { momentum * *b + g };
                position - rate * (g + momentum * *b)
            }
            Self::AdaGrad { epsilon, initial, definition } => {
                *v = if first { initial } else { *v } + g * g;
                *divisor = definition.root(*v, epsilon);
                position - rate * g / *divisor
            }
            Self::RmsProp { alpha, epsilon, definition } => {
                *v = mix(alpha, *v, g * g);
                *divisor = definition.root(*v, epsilon);
                position - rate * g / *divisor
            }
            Self::AdaDelta { rho, epsilon } => {
                let u = &mut memory.turns[valve];
                *v = mix(rho, *v, g * g);
                let scale = (*u + epsilon).sqrt() / (*v + epsilon).sqrt();
                let turn = scale * g;
                *u = mix(rho, *u, turn * turn);
                *divisor = 1.0 / scale;
                position - rate * turn
            }
            Self::Adam(moments) => position - moments.turn(rate, g, memory, valve, None),
            Self::AmsGrad { moments, definition } => {
                position - moments.turn(rate, g, memory, valve, Some(definition))
            }
            Self::AdamW { moments, decay } => {
                position * (1.0 - rate * decay) - moments.turn(rate, g, memory, valve, None)
            }
            Self::Lion { beta1, beta2 } => {
                let direction = mix(beta1, *b, g);
                *b = mix(beta2, *b, g);
                let sign = if direction == 0.0 { 0.0 } else { direction.signum() };
                position - rate * sign
            }
        }
    }
}

impl Moments {
    /// The turn of Adam, η·b̂/(√v̂ + ε), or of AMSGrad, from the peak that a definition gives.
    fn turn(self, rate: f64, g: f64, memory: &mut Memory, valve: usize, peak_by: Option<Definition>) -> f64 {
        let b = &mut memory.velocity[valve];
        let v = &mut memory.squares[valve];
        *b = mix(self.beta1, *b, g);
        *v = mix(self.beta2, *v, g * g);
        let without_bias = |squares: f64| squares / (1.0 - self.beta2.powi(memory.steps));
        let peak = &mut memory.peak[valve];
        let mean_square = match peak_by {
            None => without_bias(*v),
            Some(Definition::Torch) => {
                *peak = peak.max(*v);
                without_bias(*peak)
            }
            Some(Definition::Optax) => {
                *peak = peak.max(without_bias(*v));
                *peak
            }
        };
        let mean = *b / (1.0 - self.beta1.powi(memory.steps));
        let root = mean_square.sqrt() + self.epsilon;
        memory.divisor[valve] = root;
        rate * mean / root
    }
}

/// A running mean: keeps `share` of the old value.
fn mix(share: f64, old: f64, new: f64) -> f64 {
    share * old + (1.0 - share) * new
}
