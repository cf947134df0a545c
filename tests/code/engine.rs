//! The engine's own numbers, and how far a program may stray from them.

use backflow::backprop::Sensitivities;
use backflow::descent::{Optimizer, Run, Step};
use backflow::scenario::{Scenario, Session};

/// How far a number may be off, in parts of it or of 1.
const CLOSE: f64 = 1e-11;
/// How many times further a program may stray than the engine does where a house is a hair another.
const TIMES: f64 = 100.0;
/// That hair, in parts: some hundred times what rounding does to a number.
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
    Session::of(scenario.clone()).run().path().iter().map(row).collect()
}

/// What stands for the difference of two numbers: in parts of them, or of 1.
fn difference(one: f64, other: f64) -> f64 {
    (one - other).abs() / one.abs().max(1.0)
}

/// How far each row strays where pressure, rate and start are a hair off: rounding is amplified as that is.
fn strays(scenario: &Scenario, own: &[Row]) -> Vec<f64> {
    let mut strays: Vec<f64> = vec![0.0; own.len()];
    for signs in [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]] {
        let mut furthest: f64 = 0.0;
        for ((stray, own), other) in strays.iter_mut().zip(own).zip(nudged(scenario, own.len() - 1, signs)) {
            let differences = own.iter().zip(other).map(|(own, other)| difference(*own, other));
            // What is amplified once stays so.
            furthest = differences.fold(furthest, f64::max);
            *stray = stray.max(furthest);
        }
    }
    strays
}

/// The rows of a scenario whose pressure, rate and start are a hair off, with all its branches and turns, up to
/// a step.
fn nudged(scenario: &Scenario, last: usize, [pressure, rate]: [f64; 2]) -> Vec<Row> {
    let experiment = |step| {
        let mut experiment = scenario.settings_at(step).experiment();
        experiment.shower.pressure *= 1.0 + pressure * HAIR;
        experiment.rate *= 1.0 + rate * (HAIR + bias(experiment.optimizer));
        for (position, sign) in experiment.start.iter_mut().zip([rate, pressure]) {
            // At an end a valve stands exactly, and shut is another world than nearly shut.
            if *position > 1.0 && *position < 10.0 {
                *position += sign * HAIR;
            }
        }
        experiment
    };
    let advance = |run: &mut Run, step: usize| match &scenario.course().turns {
        None => run.seek(step),
        Some(turns) => {
            for turn in turns.iter().take(step).skip(run.steps()) {
                run.turn_to(*turn);
            }
        }
    };
    let mut run = Run::new(experiment(0));
    for step in scenario.course().until.iter().map(|until| until.step) {
        advance(&mut run, step);
        run = run.branch(experiment(step));
    }
    if run.steps() < last {
        advance(&mut run, last);
    }
    run.path().iter().map(row).collect()
}

/// What a step may be off because 1 − βᵗ, where β is next to 1, has lost digits, and different ones by
/// different powers.
fn bias(optimizer: Optimizer) -> f64 {
    let beta = match optimizer {
        Optimizer::Adam(moments) | Optimizer::AmsGrad { moments, .. } | Optimizer::AdamW { moments, .. } => {
            moments.beta1.max(moments.beta2)
        }
        _ => 0.0,
    };
    f64::EPSILON / (1.0 - beta)
}

/// Whether nothing is measured in a scenario. Measuring subtracts readings and divides by turns, which
/// amplifies what rounding does to them.
fn is_exact(scenario: &Scenario) -> bool {
    let branches = scenario.course().until.iter().map(|until| until.step);
    let way = |step| scenario.settings_at(step).experiment().sensitivities;
    std::iter::once(0).chain(branches).all(|step| way(step) == Sensitivities::Exact)
}

/// Holds every number that programs printed against the engine's.
pub(crate) fn compare(name: &str, scenarios: &[Scenario], printed: &[String], lost: Strays) {
    assert_eq!(scenarios.len(), printed.len());
    let mut worst = (0.0, String::new());
    let (mut all, mut lost_rows) = (0, 0);
    for (scenario, printed) in scenarios.iter().zip(printed) {
        let own = rows(scenario);
        let strays = strays(scenario, &own);
        let is_exact = is_exact(scenario);
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
            let allowed = if is_exact && lost == Strays::Nowhere { CLOSE } else { CLOSE + TIMES * stray };
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
