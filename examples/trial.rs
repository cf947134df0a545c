//! The experiment on specialists: every rule at equal error, on several seeds, as a table.
//!
//! `cargo run --release --example trial -- 4` tries all three demands on four seeds, and prints every run, with
//! means below.

use backflow::city::{Demand, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    let given = std::env::args().nth(1);
    let Ok(seeds) = given.as_deref().unwrap_or("4").parse() else {
        eprintln!("{}: how many seeds to try, a whole number", given.unwrap_or_default());
        return ExitCode::from(2);
    };
    for demand in Demand::ALL {
        let mut trial = Trial::new(demand, seeds);
        while !trial.advance(1000) {}
        println!(
            "demand={}: rule, seed, E to stop at, E, steps, reach before, reach, information",
            demand.name()
        );
        for run in trial.outcomes() {
            let [rule, seed, steps] =
                [run.rule.name().to_owned(), run.seed.to_string(), run.steps.to_string()];
            let late = if run.arrived { "" } else { " (not arrived)" };
            println!(
                "{rule:>10} {seed:>3} {:.4} {:.4} {steps:>5} {:.2} {:.2} {:.3}{late}",
                run.goal, run.error, run.untrained.mean, run.reach.mean, run.reach.information
            );
        }
        for rule in trial.summaries() {
            let [mean, lowest, highest] = rule.reach;
            println!(
                "{:>10} {} of {seeds} arrived: reach {:.2} → {mean:.2} ({lowest:.2}–{highest:.2}), {:.0} steps, information {:.3}",
                rule.rule.name(),
                rule.arrived,
                rule.untrained,
                rule.steps,
                rule.information
            );
        }
    }
    ExitCode::SUCCESS
}
