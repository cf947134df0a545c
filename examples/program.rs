//! The main run of a scenario as a program in Rust, NumPy or PyTorch, on standard output.
//!
//! `cargo run --release --example program -- rust 'preset=product&rate=0.1&steps=50' > run.rs`
//!
//! What is wrong with the scenario is listed on standard error and makes the exit status 2; the
//! rest of it applies, and the program is written all the same.

use backflow::code::{Language, program};
use backflow::scenario::Scenario;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> =
        std::env::args_os().skip(1).map(|given| given.to_string_lossy().into_owned()).collect();
    let language = arguments.first().and_then(|name| Language::from_name(name));
    let (Some(language), [_, given]) = (language, arguments.as_slice()) else {
        let names = Language::ALL.map(Language::name).join("|");
        complain(&format!("usage: program {names} '<scenario>', for example program rust 'steps=50'"));
        return ExitCode::from(2);
    };
    let (scenario, complaints) = Scenario::parse(given);
    for complaint in &complaints {
        complain(&complaint.to_string());
    }
    match io::stdout().write_all(program(&scenario, language).as_bytes()) {
        // A reader who has seen enough closes the pipe: nothing is wrong.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("the program could not be written: {error}"));
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
