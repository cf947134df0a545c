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
