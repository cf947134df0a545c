//! Properties of the engine, each tried on many random cases.
//!
//! A failure prints its seed; `ARBTEST_SEED=0x… cargo test --test properties name_of_the_test` tries
//! that one case again.

mod audit;
mod city;
#[cfg(feature = "export")]
mod cohort;
mod contours;
mod crowd;
mod curves;
mod error;
mod field;
mod limits;
mod pass;
mod past;
mod promise;
mod random;
mod rates;
mod record;
mod run;
mod scenario;
mod session;
mod slopes;
mod steps;
mod strings;
mod training;
mod units;
mod verdicts;
