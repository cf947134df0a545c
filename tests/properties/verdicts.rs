//! Verdicts: exactly one at every step of every run, with finite numbers that prove it.

use crate::random::{check, magnitude, scenario};
use backflow::descent::{Change, Ending, Experiment, HOPE, PATIENCE, Run, Step, Verdict};
use backflow::plumbing::{OPEN, SHUT};
use backflow::scenario::Scenario;
use std::cell::RefCell;

/// A run of a scenario that must be without fault, with its steps made.
fn run(string: &str) -> Run {
    let (scenario, complaints) = Scenario::parse(string);
    assert!(complaints.is_empty(), "{string}: {complaints:?}");
    let mut run = Run::new(scenario.experiment());
    run.seek(scenario.steps());
    assert_eq!(run.steps(), scenario.steps(), "{string}");
    run
}

/// For each verdict a scenario that earns it.
const EARNED: [(&str, &str); Verdict::KINDS] = [
    ("arrived", "rate=0.1&steps=56"),
    ("on-the-way", "rate=0.1&steps=20"),
    ("overshot", "rate=2&steps=4"),
    ("bouncing", "rate=2&steps=199"),
    ("blowing-up", "preset=article&error=squared&rate=4.4&m=6.2&h=6&tolerance=0.01&steps=8"),
    ("crawling", "rate=0.001&steps=100"),
    ("on-plateau", "preset=plateau&rate=0.2&steps=100"),
    ("at-stop", "preset=installed&sensitivities=joint&optimizer=momentum&rate=0.5&steps=48"),
    ("out-of-reach", "preset=low-pressure&steps=300"),
];

#[test]
fn each_verdict_has_a_scenario_that_earns_it() {
    assert_eq!(EARNED.map(|(name, _)| name), Verdict::NAMES);
    for (name, string) in EARNED {
        let verdict = run(string).verdict();
        println!("{string}: {verdict:?}");
        assert_eq!(verdict.name(), name, "{string}: {verdict:?}");
    }
}

/// y − y' at a step.
fn miss(experiment: &Experiment, step: &Step) -> f64 {
    step.chain.flows.y - experiment.target
}

/// Whether the numbers of a verdict say what its name claims, from the steps alone.
fn assert_proven(run: &Run, verdict: &Verdict, string: &str) {
    let experiment = run.experiment();
    let now = run.now();
    let distance = miss(experiment, now).abs();
    let crossed = |step: usize| {
        let made = run.made();
        miss(experiment, &made[step - 1]) * miss(experiment, &made[step]) < 0.0
    };
    let where_it_stands =
        || format!("step {} of {string} at rate {}: {verdict:?}", run.steps(), experiment.rate);
    assert_eq!(distance < experiment.tolerance, verdict.name() == "arrived", "{}", where_it_stands());
    let proven = match *verdict {
        Verdict::Arrived { distance: d, tolerance } => d == distance && d < tolerance,
        Verdict::OnTheWay { pace, needed } => pace > 0.0 && (0.0..=HOPE).contains(&needed),
        Verdict::Overshot { step, wanted, came, .. } => {
            // Past an ideal next to 0 the two may differ by less than a last bit.
            step <= now.number && crossed(step) && came >= wanted && distance >= came - wanted - 1e-9 * came
        }
        Verdict::Bouncing { crossings, steps, before, after } => {
            (now.number - steps + 1..=now.number).filter(|step| crossed(*step)).count() == crossings
                && crossings >= 3
                && after >= 0.8 * before
                && after < 1.25 * before
        }
        Verdict::BlowingUp { crossings: 0, before, after } => after == distance && after > before,
        Verdict::BlowingUp { before, after, .. } => after >= 1.25 * before,
        Verdict::Crawling { pace, needed } => pace >= 0.0 && needed.is_none_or(|needed| needed > HOPE),
        Verdict::OnPlateau { reach, wanted } => reach < wanted && wanted == distance,
        Verdict::AtStop { pushed, distance: d } => {
            d == distance
                && run.next_position().iter().zip(now.position).all(|(next, here)| (next - here).abs() < 1e-9)
                && pushed.iter().zip(now.position).zip(now.gradient).all(|((pushed, position), push)| {
                    match *pushed {
                        Some(stop) => stop == position && (push < 0.0) == (stop == OPEN) && push != 0.0,
                        None => push == 0.0,
                    }
                })
        }
        Verdict::OutOfReach { nearest, short, .. } => {
            let [low, high] = [SHUT, OPEN].map(|p| experiment.shower.flows(p, p).y);
            short >= experiment.tolerance
                && (nearest == low || nearest == high)
                && (experiment.target - nearest).abs() == short
        }
    };
    assert!(proven, "not proven: {}", where_it_stands());
}

#[test]
fn every_run_has_exactly_one_verdict_at_every_step_with_finite_numbers() {
    let counts = RefCell::new([0usize; Verdict::KINDS]);
    let endings = RefCell::new([0usize; 4]);
    check(100_000, |u| {
        let scenario = scenario(u)?;
        // Rates far beyond what a scenario may have, too.
        let rate = magnitude(u, 1e-6, 1e6)?;
        let experiment = Experiment { rate, ..scenario.experiment() };
        let string = scenario.to_string();
        let steps = u.int_in_range(1..=24)?;
        let mut run = Run::new(experiment);
        for _ in 0..steps {
            let verdict = run.verdict();
            assert_proven(&run, &verdict, &string);
            assert_eq!(verdict, run.verdict(), "the same moment, the same verdict");
            let numbers = verdict.numbers();
            assert!(numbers.iter().all(|(_, number)| number.is_finite()), "{string}, {rate}: {verdict:?}");
            counts.borrow_mut()[verdict.kind()] += 1;
            if !run.step() {
                assert_eq!(run.ending(steps), Some(Ending::NotFinite), "{string}, {rate}");
                break;
            }
        }
        if let Some(ending) = run.ending(steps) {
            endings.borrow_mut()[ending as usize] += 1;
        }
        Ok(())
    });
    println!("{:?}", Verdict::NAMES.iter().zip(counts.borrow().iter()).collect::<Vec<_>>());
    println!("arrived, no progress, not finite, limit: {:?}", endings.borrow());
    let rare =
        Verdict::NAMES.iter().zip(*counts.borrow()).filter(|(_, count)| *count < 20).collect::<Vec<_>>();
    assert!(rare.is_empty() || std::env::var_os("ARBTEST_SEED").is_some(), "hardly tried: {rare:?}");
}

#[test]
fn a_run_ends_where_it_arrives_and_not_before() {
    check(3000, |u| {
        let mut run = Run::new(scenario(u)?.experiment());
        let ending = run.finish(300);
        let near = |step: &Step| miss(run.experiment(), step).abs() < run.experiment().tolerance;
        assert_eq!(run.path().iter().position(near).is_some(), ending == Ending::Arrived);
        assert!(run.path()[..run.steps()].iter().all(|step| !near(step)));
        match ending {
            Ending::Arrived => assert!(near(run.now())),
            Ending::Limit => assert_eq!(run.steps(), 300),
            Ending::NotFinite => assert!(run.ahead().is_none()),
            Ending::NoProgress => {
                let moved = run.next_position() != run.now().position;
                assert!(
                    !moved || run.steps() - run.now().tally.least_at >= PATIENCE || {
                        let next = run.next_position();
                        (0..2).all(|valve| (next[valve] - run.now().position[valve]).abs() < 1e-9)
                    }
                );
            }
        }
        Ok(())
    });
}

#[test]
fn a_number_that_overflows_ends_the_run_at_its_last_finite_step() {
    // Squares of a gradient of 5e153 are near the largest number that there is, and AdaGrad adds them up.
    let experiment = run("preset=article&optimizer=adagrad&error=squared").experiment().to_owned();
    let experiment = Experiment { target: 1e154, ..experiment };
    let mut run = Run::new(experiment);
    run.seek(100);
    assert!((1..100).contains(&run.steps()), "{}", run.steps());
    assert_eq!(run.ending(1000), Some(Ending::NotFinite));
    assert!(!run.step());
    assert_eq!(run.next_position(), run.now().position);
    let numbers = |step: &Step| [step.error, step.gradient[0], step.memory.squares[0], step.tally.least];
    assert!(run.path().iter().flat_map(numbers).all(f64::is_finite));
    let verdict = run.verdict();
    assert!(verdict.numbers().iter().all(|(_, number)| number.is_finite()), "{verdict:?}");
}

#[test]
fn a_remedy_makes_the_run_arrive_when_it_says() {
    let tried = RefCell::new([[0usize; 2]; Verdict::KINDS]);
    check(400, |u| {
        let scenario = scenario(u)?;
        let mut run = Run::new(scenario.experiment());
        run.seek(u.int_in_range(0..=60)?);
        let verdict = run.verdict();
        let remedy = run.remedy();
        tried.borrow_mut()[verdict.kind()][usize::from(remedy.is_some())] += 1;
        let Some(remedy) = remedy else { return Ok(()) };
        assert!(!matches!(verdict, Verdict::Arrived { .. } | Verdict::OnTheWay { .. }), "nothing to mend");
        let mut helped = run.with(&remedy);
        assert_eq!(helped.made()[..remedy.from], run.made()[..remedy.from], "what lies behind stays");
        assert_eq!(helped.finish(usize::MAX), Ending::Arrived, "{scenario}: {remedy:?}");
        assert_eq!(helped.steps(), remedy.arrives, "{scenario}: {remedy:?}");
        Ok(())
    });
    println!(
        "without and with a remedy: {:?}",
        Verdict::NAMES.iter().zip(tried.borrow().iter()).collect::<Vec<_>>()
    );
}

#[test]
fn the_scenarios_that_earn_a_bad_verdict_have_a_remedy() {
    for (name, string) in EARNED.into_iter().filter(|(name, _)| !["arrived", "on-the-way"].contains(name)) {
        let run = run(string);
        let remedy = run.remedy();
        println!("{name}: {remedy:?}");
        let remedy = remedy.unwrap_or_else(|| panic!("{name}: nothing helps {string}"));
        let mut helped = run.with(&remedy);
        helped.seek(remedy.arrives);
        assert_eq!(helped.verdict().name(), "arrived", "{string}: {remedy:?}");
    }
}

#[test]
fn with_the_absolute_error_the_promise_of_an_overshoot_is_the_rate_times_s() {
    let run = run("rate=2&steps=4");
    let Verdict::Overshot { step: 4, wanted, promised, came } = run.verdict() else {
        panic!("{:?}", run.verdict());
    };
    let before = &run.made()[3];
    let s = before.chain.dy_dm.powi(2) + before.chain.dy_dh.powi(2);
    assert!((promised - 2.0 * s).abs() < 1e-12, "{promised}, {s}");
    assert!(promised > wanted && came > wanted && wanted == before.error);
}

#[test]
fn the_pressure_that_brings_the_ideal_within_reach_does_so() {
    check(2000, |u| {
        let experiment = scenario(u)?.experiment();
        let run = Run::new(experiment);
        if let Verdict::OutOfReach { nearest, pressure: Some(pressure), .. } = run.verdict() {
            let corner = if nearest < experiment.target { OPEN } else { SHUT };
            let mut shower = experiment.shower;
            shower.pressure = pressure;
            let y = shower.flows(corner, corner).y;
            assert!(
                (y - experiment.target).abs() <= 1e-9 * experiment.target.max(1.0),
                "{y}: {experiment:?}"
            );
        }
        Ok(())
    });
    let Verdict::OutOfReach { pressure: Some(pressure), .. } = run("preset=low-pressure").verdict() else {
        panic!("the ideal is out of reach");
    };
    assert!((pressure - 1.812).abs() < 0.001, "{pressure}");
}

#[test]
fn where_there_is_too_much_water_less_pressure_helps() {
    // Valves that leak: shut, they still let more through than is wanted.
    let run = run("preset=curves&main=eqp:2&handle=eqp:2&target=0.1&tolerance=0.001");
    let Verdict::OutOfReach { nearest, pressure: Some(pressure), .. } = run.verdict() else {
        panic!("{:?}", run.verdict());
    };
    assert!(nearest > 0.1 && pressure < run.experiment().shower.pressure);
    let remedy = run.remedy().expect("less pressure helps");
    assert!(matches!(remedy.change, Change::Pressure(less) if less < pressure), "{remedy:?}");
    let mut helped = run.with(&remedy);
    helped.seek(remedy.arrives);
    assert_eq!(helped.verdict().name(), "arrived");
}
