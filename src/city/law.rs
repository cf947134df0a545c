//! How a junction's water goes on through the valves of its pipes.

use super::number::Number;

/// The law of a layer of pipes.
///
/// Under both, the pipe from junction j to junction k carries `g_j·a_jk·q_j`, with a the opening of its valve and
/// q the junction's inflow; they differ in what g is, the gain of the junction. Backward, the blame of the
/// junction is `λ_j = g_j·Σ_k a_jk·λ_k`, and that of the valve is `∂E/∂v_jk = g_j·q_j·a′_jk·λ_k` where the gain is
/// constant. Where it shares, opening one pipe takes water from the others: `λ_k − λ_j` stands for `λ_k`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// The gain is a constant. A pipe lets through what its opening allows, whatever its neighbours do.
    Throttle {
        /// G, above 0, the same for every pipe of the layer. With 1 ÷ the number of pipes that lead from a
        /// junction, no water is made out of nothing, however far its valves are open.
        gain: f64,
    },
    /// The gain is 1 ÷ the sum of the openings: a junction shares its inflow among its pipes, and none is lost. Where all of
    /// them are shut without even a drip, nothing goes on.
    Share,
}

impl Law {
    /// g of a junction, from the sum of the openings of its pipes.
    pub(super) fn gain<T: Number>(self, openings: T) -> T {
        match self {
            Self::Throttle { gain } => T::of(gain),
            Self::Share if openings > T::default() => T::of(1.0) / openings,
            Self::Share => T::default(),
        }
    }

    /// Whether opening one pipe takes water from its neighbours.
    pub(super) fn shares(self) -> bool {
        self == Self::Share
    }
}
