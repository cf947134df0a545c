//! The trajectory of a scenario's main run as comma-separated values: one row a step, 17 significant digits.
//!
//! `cargo run --release --example trajectory -- 'preset=product&rate=0.1&steps=50'`
//!
//! In a race, which is a scenario with rivals, the run stops where it ends. What is wrong with the scenario is listed on standard error and makes the exit status 2; the
//! rest of it applies, and the rows are printed all the same.

use backflow::scenario::{Scenario, Session, csv};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [given] = arguments.as_slice() else {
        complain("usage: trajectory '<scenario>', for example trajectory 'preset=product&rate=0.1&steps=50'");
        return ExitCode::from(2);
    };
    let (scenario, complaints) = Scenario::parse(&given.to_string_lossy());
    for complaint in &complaints {
        complain(&complaint.to_string());
    }
    let table = csv(Session::of(scenario).run());
    match io::stdout().write_all(table.as_bytes()).and_then(|()| io::stdout().flush()) {
        // A reader who has seen enough, such as `head`, closes the pipe: nothing is wrong.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("the rows could not be written: {error}"));
            ExitCode::FAILURE
        }
        _ if complaints.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

/// Writes a sentence to standard error; where that is closed, nobody listens.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}
