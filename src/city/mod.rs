//! Networks of pipes: layers of junctions from pumps to showers, forward and backward.

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
mod valve;
mod wishes;

pub use law::Law;
pub use network::Network;
pub use number::Number;
pub use plan::{Demand, Pipes, Plan, Rule};
pub use reach::{Reach, Reading};
pub use sweep::Sweep;
pub use training::Training;
pub use valve::Valve;
