//! Networks of pipes: layers of junctions from pumps to showers, forward and backward; and a city of them that learns.
//!
//! # Bird's-eye view
//!
//! A [`Plan`] says what a city is like. [`Training`] draws its valves, its pumps and its wishes from a seed, and turns
//! every valve at each step; [`Watch`] reads in between whom the valves matter to, and keeps both over the steps;
//! [`Trial`] compares the rules at equal error. Below them lie the [`Network`], which is openings in one block a layer,
//! and the [`Sweep`] over it, forward and backward. The numbers are of single precision in a city, and of double in
//! the small network of the course ([`Number`]). A city follows from its plan: no clock, no chance but its seed.
//!
//! # Formulas
//!
//! - A valve at the position v in \[1, 10\] is open by `a = R^(u − 1)` with `u = (v − 1)/9`: equal percentage, as valve
//!   makers call it (IEC 60534-2-4), so that a shut valve drips 1/R.
//! - Where a layer shares, junction j hands on `q_j·a_jk/Σ_k a_jk` to junction k, and none is lost: [`Law::Share`]. Where
//!   it throttles, a pipe carries `G·a_jk·q_j`: [`Law::Throttle`].
//! - Backward (Rumelhart, Hinton and Williams 1986): the blame of a junction is the sum over its pipes of share times
//!   blame behind; of a valve, `∂E/∂v_jk = q_j·share_jk·(ln R/9)·(λ_k − λ_j)`: [`Law`], [`Sweep`].
//! - With T the part of a junction's water that comes to each shower s, `J_s = ∂y_s/∂v_jk = q_j·share_jk·(ln R/9)·(T_ks −
//!   T_js)`. The reach of a valve is `(Σ_s J_s²)²/Σ_s J_s⁴`, the participation ratio of J² (Bell and Dean 1970), from 1 to
//!   the number of showers; that of a city is the mean over its valves, by J², in all layers but the last: [`Reach`].
//! - The mutual information of valve and shower, drawn together by J², is told over ln S: from 0 to 1 (Shannon 1948).
//! - η is in turns. Rules: gradient descent, equal turns by the sign of ∂E/∂v, momentum, and Adam (Kingma and Ba 2015):
//!   [`Rule`].

mod kernel;
mod law;
mod network;
mod number;
mod plan;
mod random;
mod reach;
mod rule;
mod sweep;
mod training;
mod trial;
mod valve;
mod watch;
mod wishes;

pub use law::Law;
pub use network::Network;
pub use number::Number;
pub use plan::{Demand, Pipes, Plan, Rule};
pub use reach::{Reach, Reading};
pub use sweep::Sweep;
pub use training::Training;
pub use trial::{Outcome, Summary, Trial};
pub use valve::Valve;
pub use watch::{Seen, Watch};
