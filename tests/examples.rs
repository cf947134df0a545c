//! The examples `trajectory` and `program` as a person runs them: what they print, their complaints, their
//! exit status.

#![cfg(feature = "code")]

use backflow::code::{Language, program};
use backflow::descent::Run;
use backflow::scenario::{Scenario, Session, csv};
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

/// The example `trajectory` with these arguments, built if need be.
fn trajectory(arguments: &[&str]) -> Command {
    example("trajectory", arguments)
}

/// The features that an example needs: a trajectory needs none, and neither draws.
fn features(name: &str) -> &'static str {
    if name == "trajectory" { "" } else { "code" }
}

/// An example with these arguments, built if need be.
fn example(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--quiet", "--no-default-features", "--features", features(name)])
        // A library with other features would take the place of the one that is tested.
        .args(["--target-dir", concat!(env!("CARGO_TARGET_TMPDIR"), "/examples"), "--example", name, "--"])
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// What it printed, what it complained about, and its exit status.
fn outcome(arguments: &[&str]) -> (String, String, Option<i32>) {
    told(&mut trajectory(arguments))
}

/// What a command printed, what it complained about, and its exit status.
fn told(command: &mut Command) -> (String, String, Option<i32>) {
    let Output { status, stdout, stderr } = command.output().expect("cargo runs");
    let text = |bytes| String::from_utf8(bytes).expect("the example writes UTF-8");
    (text(stdout), text(stderr), status.code())
}

#[test]
fn the_example_prints_every_number_of_the_run_to_the_last_bit() {
    let string = "preset=house&optimizer=adam&rate=0.3&sensitivities=central&steps=7";
    let (rows, complaints, status) = outcome(&[string]);
    assert_eq!((complaints.as_str(), status), ("", Some(0)));
    let mut lines = rows.lines();
    assert_eq!(lines.next(), Some("step,m,h,x,y,E,dE_dm,dE_dh"));

    let (scenario, _) = Scenario::parse(string);
    let mut run = Run::new(scenario.experiment());
    run.seek(7);
    for (number, step) in run.path().iter().enumerate() {
        let line = lines.next().expect("a row for each step");
        let mut fields = line.split(',');
        assert_eq!(fields.next(), Some(number.to_string().as_str()));
        let [m, h] = step.position;
        let chain = &step.chain;
        for value in [m, h, chain.flows.x, chain.flows.y, step.error, chain.de_dm, chain.de_dh] {
            let field = fields.next().expect("eight fields");
            let (mantissa, _) = field.split_once('e').expect("scientific notation");
            assert_eq!(mantissa.trim_start_matches('-').len(), 18, "{field} has not 17 significant digits");
            assert_eq!(field.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()), "{field}");
        }
        assert_eq!(fields.next(), None);
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn in_a_race_the_example_stops_where_the_main_run_ends() {
    let string = "rate=0.5&rival=optimizer=descent%26rate=0.001&steps=300";
    let (rows, complaints, status) = outcome(&[string]);
    assert_eq!((complaints.as_str(), status), ("", Some(0)));
    let (session, _) = Session::open(string);
    assert_eq!(rows, csv(session.run()));
    assert!(session.run().steps() < session.clock());
}

#[test]
fn complaints_go_to_standard_error_and_the_rest_applies() {
    let (rows, complaints, status) = outcome(&["preset=house&rate=fast&m=3&colour=red&steps=2"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        complaints.lines().collect::<Vec<_>>(),
        [
            "rate=fast: a number from 0.000001 to 10; using 0.1",
            "colour=red: there is no such setting; ignored"
        ]
    );
    let (sound, ..) = outcome(&["preset=house&m=3&steps=2"]);
    assert_eq!(rows, sound);
    assert_eq!(rows.lines().count(), 1 + 3);
}

#[test]
fn without_a_scenario_the_example_says_how_to_use_it() {
    for arguments in [&[][..], &["preset=house", "rate=0.1"]] {
        let (rows, complaints, status) = outcome(arguments);
        assert_eq!((rows.as_str(), status), ("", Some(2)));
        assert!(complaints.starts_with("usage: trajectory"), "{complaints}");
        assert_eq!(complaints.lines().count(), 1);
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    // 10,000 rows are far more than a pipe holds, so the example must meet the closed pipe.
    let mut child = trajectory(&["steps=10000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut first).expect("a line");
    drop(reader);
    let Output { status, stderr, .. } = child.wait_with_output().expect("the example ends");
    assert_eq!(first, "step,m,h,x,y,E,dE_dm,dE_dh\n");
    assert_eq!((String::from_utf8_lossy(&stderr).as_ref(), status.code()), ("", Some(0)));
}

#[test]
fn the_example_writes_a_run_as_a_program() {
    let string = "preset=house&optimizer=adam&rate=0.3&steps=7";
    let (scenario, _) = Scenario::parse(string);
    for language in Language::ALL {
        let (written, complaints, status) = told(&mut example("program", &[language.name(), string]));
        assert_eq!((complaints.as_str(), status), ("", Some(0)));
        assert_eq!(written, program(&scenario, language));
    }
    let (written, complaints, status) = told(&mut example("program", &["english", string]));
    assert_eq!((written.as_str(), status), ("", Some(2)));
    assert!(complaints.starts_with("usage: program rust|numpy|pytorch"), "{complaints}");
}
