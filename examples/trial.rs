//! The experiment on specialists: every rule at equal error, on several seeds, as a table.
//!
//! `cargo run --release --example trial -- 'error=squared' 4` takes the law and the error from a scenario,
//! tries all three demands, and prints every run, with means below.

use backflow::city::{Demand, Plan, Trial};
use backflow::scenario::Scenario;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let (scenario, complaints) = Scenario::parse(&words.next().unwrap_or_else(|| "error=squared".to_owned()));
    let seeds = words.next().map_or(Ok(4), |seeds| seeds.parse());
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    let Ok(seeds) = seeds else {
        eprintln!("the second word is how many seeds to try, a whole number");
        return ExitCode::from(2);
    };
    for demand in Demand::ALL {
        let mut trial = Trial::new(&Plan { demand, ..scenario.city() }, seeds);
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
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}
