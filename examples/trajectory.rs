//! The trajectory of a scenario as comma-separated values: one row a step, 17 significant digits.
//!
//! `cargo run --release --example trajectory -- 'preset=product&rate=0.1&steps=50'`
//!
//! What is wrong with the scenario is listed on standard error and makes the exit status 2; the
//! rest of it applies, and the rows are printed all the same.

use backflow::descent::Step;
use backflow::scenario::Scenario;
use std::io::{self, BufWriter, ErrorKind, Write};
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
    let run = scenario.run();
    match print(run.path(), BufWriter::new(io::stdout().lock())) {
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

/// Writes the header and a row for the start and for each step.
fn print(path: &[Step], mut out: impl Write) -> io::Result<()> {
    writeln!(out, "step,m,h,x,y,E,dE_dm,dE_dh")?;
    for (number, Step { position: [m, h], error, chain, .. }) in path.iter().enumerate() {
        write!(out, "{number}")?;
        for value in [*m, *h, chain.flows.x, chain.flows.y, *error, chain.de_dm, chain.de_dh] {
            // Adding 0 turns −0, which some readers stumble over, into 0.
            write!(out, ",{:.16e}", value + 0.0)?;
        }
        writeln!(out)?;
    }
    out.flush()
}
