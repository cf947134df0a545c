//! The rules that turn a gradient into a turn of the valves.
//!
//! Each rule is the one that PyTorch documents (Lion's is optax's), for two parameters.

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
    },
    /// v = αv + (1 − α)g²; θ −= ηg/(√v + ε).
    RmsProp {
        /// α, in [0, 1).
        alpha: f64,
        /// ε, above 0.
        epsilon: f64,
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
    AmsGrad(Moments),
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
    /// The largest v so far (AMSGrad).
    pub peak: [f64; 2],
    /// u: the mean square of the turns made (Adadelta).
    pub turns: [f64; 2],
}

impl Optimizer {
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

    /// The step of one valve.
    fn turn(self, rate: f64, g: f64, position: f64, memory: &mut Memory, valve: usize) -> f64 {
        let first = memory.steps == 1;
        let b = &mut memory.velocity[valve];
        let v = &mut memory.squares[valve];
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
            Self::AdaGrad { epsilon } => {
                *v += g * g;
                position - rate * g / (v.sqrt() + epsilon)
            }
            Self::RmsProp { alpha, epsilon } => {
                *v = mix(alpha, *v, g * g);
                position - rate * g / (v.sqrt() + epsilon)
            }
            Self::AdaDelta { rho, epsilon } => {
                let u = &mut memory.turns[valve];
                *v = mix(rho, *v, g * g);
                let turn = (*u + epsilon).sqrt() / (*v + epsilon).sqrt() * g;
                *u = mix(rho, *u, turn * turn);
                position - rate * turn
            }
            Self::Adam(moments) => position - moments.turn(rate, g, memory, valve, false),
            Self::AmsGrad(moments) => position - moments.turn(rate, g, memory, valve, true),
            Self::AdamW { moments, decay } => {
                position * (1.0 - rate * decay) - moments.turn(rate, g, memory, valve, false)
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
    /// The turn of Adam (or of AMSGrad, from the peak): η·b̂/(√v̂ + ε).
    fn turn(self, rate: f64, g: f64, memory: &mut Memory, valve: usize, from_peak: bool) -> f64 {
        let b = &mut memory.velocity[valve];
        let v = &mut memory.squares[valve];
        *b = mix(self.beta1, *b, g);
        *v = mix(self.beta2, *v, g * g);
        let peak = &mut memory.peak[valve];
        *peak = peak.max(*v);
        let squares = if from_peak { *peak } else { *v };
        let mean = *b / (1.0 - self.beta1.powi(memory.steps));
        let mean_square = squares / (1.0 - self.beta2.powi(memory.steps));
        rate * mean / (mean_square.sqrt() + self.epsilon)
    }
}

/// A running mean: keeps `share` of the old value.
fn mix(share: f64, old: f64, new: f64) -> f64 {
    share * old + (1.0 - share) * new
}
