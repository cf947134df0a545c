//! Any string at all: the parser never panics, and what it returns is always a sound experiment.

use crate::limits::{assert_sound, assert_within_limits};
use crate::random::{check, valid};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::Run;
use backflow::scenario::{Key, LONGEST_STRING, Scenario};
use std::cell::Cell;

/// Pieces of the grammar, of other grammars and of none.
const PIECES: [&str; 79] = [
    "=",
    "=",
    "=",
    "&",
    "&",
    "&",
    "&&",
    "==",
    "=&",
    "?",
    "#",
    ";",
    ":",
    ",",
    "+",
    " ",
    "%",
    "%3",
    "%3A",
    "%3D",
    "%26",
    "%zz",
    "%00",
    "%FF",
    "%E2%82",
    "%E2%82%AC",
    "%%",
    "%25",
    "\0",
    "\n",
    "\t",
    "é",
    "∂E/∂m",
    "ε",
    "🚿",
    "\u{202e}",
    "\u{fffd}",
    "٣",
    "e\u{301}",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "infinity",
    "1e999",
    "-1e999",
    "1e-999",
    "5e-324",
    "1.7976931348623157e308",
    "-0",
    "0",
    "1",
    "10",
    "-1",
    "+3",
    ".5",
    "5.",
    "1,5",
    "1_000",
    "0x10",
    "1e3",
    "3.0000000000000004",
    "9999999999999999999999",
    "lin",
    "lin:1",
    "eqp:",
    "eqp:30",
    "eqp:1e9",
    "quick:0",
    "quick:0.5",
    "scurve:-1",
    "scurve:NaN",
    "valves",
    "&pumps=1,2,3",
    "wants",
    "&wants=1,1e2,-0,",
    "city",
    "&city=256,1024,",
    "&city=16,16",
];

fn bytes(u: &mut Unstructured) -> Result<String> {
    let length = u.int_in_range(0..=80)?;
    Ok(String::from_utf8_lossy(u.bytes(length)?).into_owned())
}

fn piece(u: &mut Unstructured, string: &mut String) -> Result<()> {
    match u.int_in_range(0..=9)? {
        0..=3 => string.push_str(u.choose(&PIECES)?),
        4 | 5 => string.push_str(u.choose(&Key::ALL)?.name()),
        6 => {
            let key = *u.choose(&Key::ALL)?;
            *string += &valid(u, key)?;
        }
        7 => string.push_str(&format!("{:e}", f64::from_bits(u.arbitrary()?))),
        // A whole pair, so that the pieces around it have something to spoil.
        8 => {
            let key = *u.choose(&Key::ALL)?;
            *string += &format!("&{}={}", key.name(), valid(u, key)?);
        }
        _ => string.push(char::from_u32(u.int_in_range(0..=0x10_ffff)?).unwrap_or('%')),
    }
    Ok(())
}

fn pieces(u: &mut Unstructured) -> Result<String> {
    let mut string = String::new();
    for _ in 0..u.int_in_range(0..=24)? {
        piece(u, &mut string)?;
    }
    Ok(string)
}

/// More than 4,096 characters, or just so.
fn long(u: &mut Unstructured) -> Result<String> {
    let unit = pieces(u)? + "&";
    let length = LONGEST_STRING - 2 + u.int_in_range(0..=600)?;
    Ok(unit.chars().cycle().take(length).collect())
}

/// Everything that must hold for a string; returns how many complaints it earned.
fn try_string(string: &str) -> usize {
    let (scenario, complaints) = Scenario::parse(string);
    assert_within_limits(&scenario);
    let experiment = scenario.experiment();
    for position in [experiment.start, [1.0, 1.0], [10.0, 1.0], [1.0, 10.0], [10.0, 10.0]] {
        let (error, chain) = experiment.evaluate(position);
        assert_sound(error, &chain, &scenario);
    }
    let plan = scenario.city();
    assert!((2..=8).contains(&plan.sizes.len()) && plan.sizes.iter().all(|size| (1..=1024).contains(size)));
    assert!(plan.valves() <= 2_097_152, "{string}");
    let mut run = Run::new(experiment);
    run.step();
    assert!(run.now().position.iter().all(|p| (1.0..=10.0).contains(p)), "{string}");
    let (again, none) = Scenario::parse(&scenario.to_string());
    assert!(none.is_empty(), "{string} is printed as {scenario}: {none:?}");
    assert_eq!(again, scenario, "{string}");
    for complaint in &complaints {
        assert!(complaint.to_string().chars().count() < 400, "{complaint}");
    }
    complaints.len()
}

/// Tries `cases` × 8 strings of one kind, of which at least some must be of use and some not.
fn try_many(cases: u32, string: fn(&mut Unstructured) -> Result<String>) {
    let (tried, faulty) = (Cell::new(0), Cell::new(0));
    check(cases, |u| {
        for _ in 0..8 {
            let string = string(u)?;
            tried.set(tried.get() + 1);
            faulty.set(faulty.get() + usize::from(try_string(&string) > 0));
        }
        Ok(())
    });
    if std::env::var_os("ARBTEST_SEED").is_none() {
        assert_eq!(tried.get(), 8 * cases);
        assert!(faulty.get() > 0);
    }
}

#[test]
fn any_bytes_give_a_sound_experiment() {
    try_many(12_500, bytes);
}

#[test]
fn any_pieces_of_the_grammar_give_a_sound_experiment() {
    try_many(12_500, pieces);
}

#[test]
fn any_long_string_gives_a_sound_experiment() {
    try_many(250, long);
}
