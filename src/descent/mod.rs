//! The walk down the landscape: what counts as error, how far each rule turns the valves, a run that
//! remembers every step, and what is happening in it.

mod error;
mod experiment;
mod optimizer;
mod outcome;
mod push;
mod remedy;
mod run;
mod verdict;

pub use error::Error;
pub use experiment::{Experiment, Step, Tally};
pub use optimizer::{Definition, Memory, Moments, Optimizer};
pub use outcome::Outcome;
pub use push::Push;
pub use remedy::{Change, FASTEST, Remedy};
pub use run::{Arrival, LONGEST, Run};
pub use verdict::{Ending, HOPE, Next, PATIENCE, Verdict};
