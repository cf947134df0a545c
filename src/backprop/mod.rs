//! Sensitivities, backward: how the error answers to each valve.
//!
//! [`Chain`] multiplies the exact local sensitivities link by link. [`Meters`] is what a plumber
//! could know who has no formula, only valves to turn and flows to read.

mod chain;
pub(crate) mod measured;

pub use chain::Chain;
pub use measured::{Meters, Sensitivities};
