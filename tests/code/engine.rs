//! The engine's own numbers, and how far a program may stray from them.

use backflow::descent::Step;
use backflow::scenario::{Key, Scenario};

/// How far a number may be off, in parts of it or of 1.
const CLOSE: f64 = 1e-11;
/// How many times further a program may stray than the engine does from a start a hair away.
const TIMES: f64 = 100.0;
/// That hair, in turns: some hundred times what rounding does to a position.
const HAIR: f64 = 1e-13;
/// Beyond this stray, rounding decides where a run goes, and a comparison says nothing.
const LOST: f64 = 1e-8;

/// Whether rounding may decide where a run goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Strays {
    /// In no step of any run.
    Nowhere,
    /// In one step out of five at most.
    Somewhere,
}

/// The numbers of a row.
type Row = [f64; 7];

fn row(step: &Step) -> Row {
    let [m, h] = step.position;
    let chain = &step.chain;
    [m, h, chain.flows.x, chain.flows.y, step.error, chain.de_dm, chain.de_dh]
}

fn rows(scenario: &Scenario) -> Vec<Row> {
    scenario.run().path().iter().map(row).collect()
}

/// What stands for the difference of two numbers: in parts of them, or of 1.
fn difference(one: f64, other: f64) -> f64 {
    (one - other).abs() / one.abs().max(1.0)
}

/// How far each row strays for starts a hair away: rounding is amplified as that is.
fn strays(scenario: &Scenario, own: &[Row]) -> Vec<f64> {
    let mut strays: Vec<f64> = vec![0.0; own.len()];
    for signs in [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]] {
        let mut nudged = scenario.clone();
        for (key, sign) in [Key::M, Key::H].into_iter().zip(signs) {
            let position = scenario.settings_at(0).number(key);
            // At an end a valve stands exactly, and the other side of an end is another world.
            let hair = if (1.0..=10.0).contains(&(position - HAIR)) && position < 10.0 { HAIR } else { 0.0 };
            assert_eq!(nudged.set_number(key, position + sign * hair), Ok(()));
        }
        let mut furthest: f64 = 0.0;
        for ((stray, own), other) in strays.iter_mut().zip(own).zip(rows(&nudged)) {
            let differences = own.iter().zip(other).map(|(own, other)| difference(*own, other));
            // What is amplified once stays so.
            furthest = differences.fold(furthest, f64::max);
            *stray = stray.max(furthest);
        }
    }
    strays
}

/// Holds every number that programs printed against the engine's.
pub(crate) fn compare(name: &str, scenarios: &[Scenario], printed: &[String], lost: Strays) {
    assert_eq!(scenarios.len(), printed.len());
    let mut worst = (0.0, String::new());
    let (mut all, mut lost_rows) = (0, 0);
    for (scenario, printed) in scenarios.iter().zip(printed) {
        let own = rows(scenario);
        let strays = strays(scenario, &own);
        let mut lines = printed.lines();
        assert_eq!(lines.next(), Some("step,m,h,x,y,E,dE_dm,dE_dh"), "{name}: {scenario}");
        for (number, (own, stray)) in own.iter().zip(strays).enumerate() {
            let line = lines.next().unwrap_or_else(|| panic!("{name}: no step {number} of {scenario}"));
            let off = off(line, number, own).unwrap_or_else(|what| panic!("{name}: {scenario}: {what}"));
            all += 1;
            if stray > LOST {
                assert_eq!(lost, Strays::Somewhere, "step {number} of {scenario} says nothing");
                lost_rows += 1;
                continue;
            }
            let allowed = CLOSE + TIMES * stray;
            assert!(
                off <= allowed,
                "{name}: {scenario}: step {number} is off by {off:e}: {line}, not {own:?}"
            );
            if off > worst.0 {
                worst = (off, format!("step {number} of {scenario}, where {allowed:.1e} is allowed"));
            }
        }
        assert_eq!(lines.next(), None, "{name}: {scenario}");
    }
    println!("{name}: {} programs, {all} rows; worst {:.1e}, {}", scenarios.len(), worst.0, worst.1);
    println!("{name}: rounding decided {lost_rows} rows");
    assert!(lost_rows * 5 <= all, "too many rows say nothing");
}

/// How far a printed row is off at most, or what is wrong with it.
fn off(line: &str, number: usize, own: &Row) -> Result<f64, String> {
    let fields: Vec<_> = line.split(',').collect();
    if fields.len() != 8 || fields[0] != number.to_string() {
        return Err(format!("no row of step {number}: {line}"));
    }
    let mut most: f64 = 0.0;
    for (field, own) in fields[1..].iter().zip(own) {
        let (mantissa, _) = field.split_once('e').ok_or(format!("{field} is not scientific"))?;
        let value: f64 = field.parse().map_err(|_| format!("{field} is no number"))?;
        if mantissa.trim_start_matches('-').len() != 18 || field.starts_with("-0.0") || !value.is_finite() {
            return Err(format!("{field} in step {number}"));
        }
        most = most.max(difference(*own, value));
    }
    Ok(most)
}
