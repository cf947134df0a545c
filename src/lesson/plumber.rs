//! What a plumber can measure: both sensitivities from one reading, and what honest ways cost.

use super::challenge::Challenge;
use super::rounding::clean;
use crate::backprop::Sensitivities;
use crate::backprop::measured::CENTRAL_PROBE;
use crate::scenario::{Key, Session};

/// A run that takes both estimates from the last move of both valves, after some steps.
const JOINT: &str = "sensitivities=joint&steps=6";
/// The ways among which one chooses for a repair.
const REPAIRS: [Repair; 5] = [
    Repair { name: "alternate", says: ["readings_alternate", "steps_alternate", "off_alternate"] },
    Repair { name: "central", says: ["readings_central", "steps_central", "off_central"] },
    Repair { name: "spsa", says: ["readings_spsa", "steps_spsa", "off_spsa"] },
    Repair { name: "broyden", says: ["readings_broyden", "steps_broyden", "off_broyden"] },
    Repair { name: "wiggle", says: ["readings_wiggle", "steps_wiggle", "off_wiggle"] },
];
/// How far the estimates of an honest way may be off on average, in hundredths of the truth.
const HONEST: f64 = 5.0;

/// A way of measuring, and the names of what is told of it: readings and steps until the run ends, and how far the
/// estimates were off on average, in hundredths of the truth.
#[derive(Clone, Copy)]
struct Repair {
    name: &'static str,
    says: [&'static str; 3],
}

/// Readings, steps and mean error of a run to its end.
fn cost(way: &str) -> [f64; 3] {
    let mut session = Session::open(&format!("sensitivities={way}")).0;
    session.finish();
    let rows = session.measurements(session.run().path().len());
    let off: f64 = rows.iter().map(|row| 50.0 * (row[3].abs() + row[6].abs())).sum();
    let run = session.run();
    // What is left of the digits of two readings is divided by the width of the probe.
    let off = clean(off / rows.len() as f64, 100.0 / CENTRAL_PROBE);
    [run.now().meters.readings as f64, run.steps() as f64, off]
}

/// Both estimates, both truths, the ratio of each pair, and what it has cost so far.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let row = session.measurements(1).last().copied().unwrap_or_default();
    let [step, estimate_m, dy_dm, _, estimate_h, dy_dh, _, ratio, true_ratio] = row;
    let now = session.run().now();
    vec![
        ("step", step),
        ("estimate_m", estimate_m),
        ("estimate_h", estimate_h),
        ("ratio", ratio),
        ("dy_dm", dy_dm),
        ("dy_dh", dy_dh),
        ("true_ratio", true_ratio),
        ("readings", now.meters.readings as f64),
        ("E", now.error),
    ]
}

/// Whether anything is measured.
pub(super) fn form(session: &Session) -> &'static str {
    if session.run().experiment().sensitivities == Sensitivities::Exact { "exact" } else { "measured" }
}

/// Whether a ratio turns upside down from each step to the next: those of the estimates in a run.
fn flips(scenario: &str) -> bool {
    let rows = Session::open(scenario).0.measurements(6);
    rows.windows(2).all(|pair| (pair[0][7] * pair[1][7] - 1.0).abs() < 1e-6)
}

/// The ratio of the estimates turns upside down from step to step. What is wrong?
pub(super) fn diagnose() -> Challenge {
    let session = Session::open(JOINT).0;
    let rows = session.measurements(session.run().path().len());
    let rate = session.settings().number(Key::Rate);
    let (slower, probed) = (rate / 2.0, Session::open("sensitivities=central&steps=6").0);
    // Each suspect is cleared by an experiment in which it is absent, or present while the fault is not.
    let by_rate = !flips(&format!("{JOINT}&rate={slower}"));
    let by_formula = probed.measurements(7).iter().any(|row| row[3].abs().max(row[6].abs()) > 1e-4);
    let by_noise = Session::open(JOINT).0.measurements(7) != rows;
    let right = match (by_rate, by_formula, by_noise) {
        (true, ..) => "rate",
        (_, true, _) => "formula",
        (_, _, true) => "noise",
        _ => "unknowns",
    };
    let ratio = |row: usize, column: usize| rows.get(row).map_or(0.0, |row| row[column]);
    let now = rows.last().copied().unwrap_or_default();
    let numbers = vec![
        ("ratio_first", ratio(1, 7)),
        ("ratio_second", ratio(2, 7)),
        ("ratio_third", ratio(3, 7)),
        ("true_ratio", now[8]),
        ("estimate_m", now[1]),
        ("dy_dm", now[2]),
        ("estimate_h", now[4]),
        ("dy_dh", now[5]),
        ("rate", rate),
        ("rate_slower", slower),
        ("step", now[0]),
    ];
    Challenge::new("diagnose", JOINT, &["noise", "rate", "unknowns", "formula"], right, numbers)
}

/// Which way of measuring is honest, and costs the fewest readings?
pub(super) fn repair() -> Challenge {
    let costs = REPAIRS.map(|way| (way, cost(way.name)));
    let honest = costs.iter().filter(|(_, [.., off])| *off < HONEST);
    let cheapest = honest.min_by(|(_, a), (_, b)| a[0].total_cmp(&b[0]));
    let right = cheapest.map_or("", |(way, _)| way.name);
    let mut numbers: Vec<_> = costs.iter().flat_map(|(way, cost)| way.says.into_iter().zip(*cost)).collect();
    let [readings, steps, off] = cost("joint");
    numbers.extend([
        ("most", HONEST),
        ("readings_joint", readings),
        ("steps_joint", steps),
        ("off_joint", off),
    ]);
    let guesses = REPAIRS.map(|way| way.name);
    let shown = format!("sensitivities={right}&steps=6");
    Challenge { shown: Some(shown), ..Challenge::new("repair", JOINT, &guesses, right, numbers) }
}

#[cfg(test)]
mod tests {
    use super::{JOINT, cost, diagnose, flips, repair};
    use crate::lesson::Challenge;

    fn right(challenge: &Challenge) -> Vec<&'static str> {
        challenge.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect()
    }

    #[test]
    fn the_ratio_of_joint_estimates_flips_at_every_rate_and_no_other_does() {
        assert!(flips(JOINT) && flips(&format!("{JOINT}&rate=0.02")));
        for way in ["exact", "alternate", "central", "spsa", "broyden", "wiggle"] {
            assert!(!flips(&format!("sensitivities={way}&steps=6")), "{way}");
        }
        assert_eq!(right(&diagnose()), ["unknowns"]);
    }

    #[test]
    fn a_wiggle_is_the_cheapest_of_the_honest_ways() {
        assert_eq!(right(&repair()), ["wiggle"]);
        let [wiggle, alternate, central, broyden] = ["wiggle", "alternate", "central", "broyden"].map(cost);
        assert!(wiggle[0] < alternate[0] && alternate[0] < central[0]);
        assert_eq!(central[2], 0.0, "rounding is told as nothing");
        assert!(wiggle[2] < 5.0 && broyden[2] > 10.0, "without the wiggle it is no longer honest");
    }
}
