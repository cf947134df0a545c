//! The city: how much there is to learn, and which of its wishes makes specialists.

use super::challenge::Challenge;
use crate::city::{Demand, Plan, Rule, Summary, Training, Trial, Valve};
use crate::plumbing::{OPEN, SHUT};
use crate::scenario::{Scenario, Session};

/// A small city that learns in a moment, whose showers want what never changes.
const STAGE: &str = "error=squared&range=30&demand=constant&rule=momentum&batch=16&city=12,24,12";
/// How long each city of the challenge is trained, and on how many seeds.
const STEPS: u32 = 300;
const TRIED: u32 = 2;
/// On how many seeds the experiment is made of which the text tells.
const SEEDS: u32 = 4;
/// What is told of the runs of each rule: their mean reach, the lowest and the highest, how many of them came down
/// to the error, and their steps.
const TOLD: [(Rule, [&str; 5]); Rule::ALL.len()] = [
    (
        Rule::Proportion,
        ["reach_proportion", "low_proportion", "high_proportion", "arrived_proportion", "steps_proportion"],
    ),
    (Rule::Equal, ["reach_equal", "low_equal", "high_equal", "arrived_equal", "steps_equal"]),
    (
        Rule::Momentum,
        ["reach_momentum", "low_momentum", "high_momentum", "arrived_momentum", "steps_momentum"],
    ),
    (Rule::Adam, ["reach_adam", "low_adam", "high_adam", "arrived_adam", "steps_adam"]),
];

/// How many valves the city has, and how many runs of the water it takes to probe them; how many pumps and showers
/// there are, and pipes at the junction that has most of them; and what the valve there gets, in hundredths of the
/// inflow, that is fully open while all others are shut and drip.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let plan = session.scenario().city();
    let [pumps, showers] =
        [plan.sizes.first(), plan.sizes.last()].map(|size| size.copied().unwrap_or_default() as f64);
    let pipes = plan.sizes.iter().skip(1).max().copied().unwrap_or_default() as f64;
    let valve = Valve::EqualPercentage { rangeability: plan.range };
    let [open, drip] = [OPEN, SHUT].map(|position| valve.opening(position));
    let valves = plan.valves() as f64;
    vec![
        ("valves", valves),
        ("probes", valves + 1.0),
        ("pumps", pumps),
        ("showers", showers),
        ("pipes", pipes),
        ("chosen", 100.0 * open / (open + (pipes - 1.0) * drip)),
    ]
}

/// What the experiment on specialists says for the demand of a session: of each rule, and on how many seeds; how
/// many showers these cities have, at which error the runs stop, the mean, and the reach before the first step.
/// This takes a second or two.
pub(super) fn trial(session: &Session) -> Vec<(&'static str, f64)> {
    let mut trial = Trial::new(session.scenario().city().demand, SEEDS);
    while !trial.advance(u32::MAX) {}
    let runs = trial.outcomes();
    let mean = |sum: f64| sum / runs.len().max(1) as f64;
    let mut told = vec![
        ("seeds", f64::from(SEEDS)),
        ("showers", Trial::SHOWERS as f64),
        ("goal", mean(runs.iter().map(|run| run.goal).sum())),
        ("untrained", mean(runs.iter().map(|run| run.untrained.mean).sum())),
    ];
    for Summary { rule, arrived, steps, reach: [mean, low, high], .. } in trial.summaries() {
        let names = TOLD.into_iter().find(|(told, _)| *told == rule).map(|(_, names)| names);
        told.extend(names.into_iter().flat_map(|names| {
            // Of a rule of which no run came down there is no reach to tell.
            let there = if arrived > 0 { 5 } else { 0 };
            names.into_iter().zip([mean, low, high, arrived as f64, steps]).take(there)
        }));
    }
    told
}

/// The city of the challenge, with one of the demands.
fn staged(demand: Demand) -> Plan {
    Plan { demand, ..Scenario::parse(STAGE).0.city() }
}

/// The reach of a city on each seed, before its first step and after its last.
fn reaches(demand: Demand) -> [[f64; 2]; TRIED as usize] {
    let mut seed = 0;
    [(); TRIED as usize].map(|()| {
        seed += 1;
        let mut city = Training::<f32>::new(&Plan { seed, ..staged(demand) });
        let read = |city: &Training| {
            let mut reading = city.reading();
            reading.read(usize::MAX);
            reading.reach().mean
        };
        let untrained = read(&city);
        for _ in 0..STEPS {
            city.step();
        }
        [untrained, read(&city)]
    })
}

/// Which city specialises most? The one whose reach is the lowest on every seed; where none is, there is no
/// difference to be seen.
pub(super) fn specialised() -> Challenge {
    let all = Demand::ALL.map(|demand| (demand, reaches(demand)));
    let lowest = |place: &usize| {
        let lower = |seed: usize| {
            all.iter()
                .enumerate()
                .all(|(other, (_, reaches))| other == *place || all[*place].1[seed][1] < reaches[seed][1])
        };
        (0..TRIED as usize).all(lower)
    };
    let right = (0..all.len()).find(lowest).map_or("none", |place| all[place].0.name());
    let mean = |reaches: &[[f64; 2]], moment: usize| {
        reaches.iter().map(|reach| reach[moment]).sum::<f64>() / reaches.len() as f64
    };
    let [constant, blend, own] = [0, 1, 2].map(|place: usize| mean(&all[place].1, 1));
    let plan = staged(Demand::Constant);
    let told = vec![
        ("valves", plan.valves() as f64),
        ("showers", plan.sizes.last().copied().unwrap_or_default() as f64),
        ("steps", f64::from(STEPS)),
        ("seeds", f64::from(TRIED)),
        ("untrained", all.iter().map(|(_, reaches)| mean(reaches, 0)).sum::<f64>() / all.len() as f64),
        ("reach_constant", constant),
        ("reach_blend", blend),
        ("reach_own", own),
    ];
    let mut challenge =
        Challenge::new("specialised", STAGE, &["constant", "blend", "own", "none"], right, told);
    // Whoever has guessed may train the city of which they thought.
    for guess in &mut challenge.guesses {
        let demand = Demand::ALL.into_iter().find(|demand| demand.name() == guess.name);
        guess.shown = demand.map(|demand| Scenario::of_city(&staged(demand)).to_string());
    }
    challenge.shown = Some(STAGE.to_owned());
    challenge
}

#[cfg(test)]
mod tests {
    use super::{Demand, STAGE, TOLD, TRIED, numbers, reaches, specialised, trial};
    use crate::city::Rule;
    use crate::scenario::{Complaint, Scenario, Session};

    #[test]
    fn the_stage_says_only_what_is_understood() {
        let (scenario, complaints) = Scenario::parse(STAGE);
        assert_eq!((scenario.to_string().as_str(), complaints), (STAGE, Vec::<Complaint>::new()));
    }

    #[test]
    fn the_city_whose_showers_want_their_own_pump_stands_apart_from_the_others() {
        let [constant, blend, own] = Demand::ALL.map(reaches);
        for seed in 0..TRIED as usize {
            for other in [constant, blend] {
                assert!(1.5 * own[seed][1] < other[seed][1], "seed {seed}: {own:?}, {other:?}");
            }
        }
        let right: Vec<_> = specialised().guesses.into_iter().filter(|guess| guess.right).collect();
        assert_eq!((right.len(), right[0].name), (1, "own"));
    }

    /// Reasons say so.
    #[test]
    fn training_lowers_the_reach_of_every_city_but_the_one_with_fixed_amounts_least() {
        let told = specialised().numbers;
        let number = |name: &str| told.iter().find(|told| told.0 == name).expect("a number").1;
        assert!(number("reach_own") < number("reach_blend"));
        assert!(number("reach_blend") < number("reach_constant"));
        assert!(number("reach_constant") < number("showers"));
    }

    #[test]
    fn each_guess_shows_its_own_city() {
        let shown = specialised().guesses.into_iter().map(|guess| {
            let plan = Session::open(&guess.shown?).0.scenario().city();
            Some((plan.demand, plan.sizes))
        });
        let city = |demand| Some((demand, vec![12, 24, 12]));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [city(Demand::Constant), city(Demand::Blend), city(Demand::Own), None]
        );
    }

    #[test]
    fn a_fully_open_valve_among_dripping_ones_gets_what_the_range_allows() {
        let told = |scenario: &str, name: &str| {
            let told = numbers(&Session::open(scenario).0);
            told.into_iter().find(|told| told.0 == name).expect("a number").1
        };
        // 1 of 1 + 3/30 = 1.1.
        assert!((told("city=2,4,3&range=30", "chosen") - 100.0 / 1.1).abs() < 1e-9);
        assert!((told("city=2,4,3&range=300", "chosen") - 100.0 / 1.01).abs() < 1e-9);
        assert_eq!(
            ["valves", "probes", "pumps", "showers", "pipes"].map(|name| told("city=2,4,3", name)),
            [20.0, 21.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(told("", "valves"), 1_966_080.0);
    }

    #[test]
    fn the_experiment_tells_of_every_rule_by_its_name() {
        assert_eq!(TOLD.map(|(rule, _)| rule), Rule::ALL);
        for (rule, names) in TOLD {
            assert!(names.iter().all(|name| name.ends_with(&format!("_{}", rule.name()))), "{names:?}");
        }
        let told = trial(&Session::open("demand=constant").0);
        assert_eq!(told.len(), 4 + 4 * 5);
        for (rule, [reach, low, high, arrived, _]) in TOLD {
            let number = |name: &str| told.iter().find(|told| told.0 == name).expect("a number").1;
            assert!(number(low) <= number(reach) && number(reach) <= number(high), "{rule:?}");
            assert_eq!(number(arrived), 4.0);
        }
    }
}
