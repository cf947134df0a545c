//! Networks of pipes: layers of junctions from pumps to showers, forward and backward.

mod law;
mod network;
mod plan;
mod sweep;

pub use law::Law;
pub use network::Network;
pub use plan::{Demand, Pipes, Plan, Rule};
pub use sweep::Sweep;
