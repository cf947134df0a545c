//! The walk down the landscape: what counts as error, how far each rule turns the valves, and a run
//! that remembers every step.

mod error;
mod optimizer;
mod run;

pub use error::Error;
pub use optimizer::{Definition, Memory, Moments, Optimizer};
pub use run::{Experiment, LONGEST, Run, Step};
