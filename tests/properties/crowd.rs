//! The crowd in single precision against runs in double precision.

use crate::random::{MODELS, check, scenario, shower, within};
use backflow::descent::{Error, Experiment, LONGEST, Optimizer, Run};
use backflow::landscape::Crowd;
use backflow::plumbing::{OPEN, Preset, SHUT, TRAVEL};
use backflow::scenario::{Key, Scenario};

/// How far a start may stand from its run, in turns, after [`STEPS`] steps at moderate rates. Rounding
/// costs a millionth at most; the rest is what the slopes of the landscape make of it.
const CLOSE: f64 = 4e-5;
const STEPS: usize = 30;

/// Where a grid of starts begins.
fn start(index: usize, columns: usize, rows: usize) -> [f64; 2] {
    let centre = |index: usize, count: usize| SHUT + TRAVEL * (index as f64 + 0.5) / count as f64;
    [centre(index % columns, columns), centre(index / columns, rows)]
}

/// The step at which a run has arrived, if it has, unless that hangs on a rounding.
fn arrival(run: &Run) -> Result<Option<usize>, ()> {
    let Experiment { target, tolerance, .. } = *run.experiment();
    for (index, step) in run.path().iter().enumerate() {
        let distance = (step.chain.flows.y - target).abs();
        if (distance - tolerance).abs() < 10.0 * CLOSE * tolerance.max(0.1) {
            return Err(());
        }
        if distance < tolerance {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Compares every start with its run; gives the number of those compared, and of those that arrived.
fn compare(experiment: &Experiment, what: &str) -> [usize; 2] {
    let (columns, rows) = (7, 6);
    let mut crowd = Crowd::new(columns, rows);
    for _ in 0..STEPS {
        crowd.step(experiment);
    }
    let (m, h) = crowd.positions();
    let [mut compared, mut arrivals] = [0, 0];
    for index in 0..columns * rows {
        let start = start(index, columns, rows);
        let mut run = Run::new(Experiment { start, ..*experiment });
        run.seek(STEPS);
        let Ok(arrival) = arrival(&run) else { continue };
        let at = || format!("the start {start:?} of {what}");
        let arrived = Some(crowd.arrived()[index]).filter(|step| *step != Crowd::NOT_YET).map(usize::from);
        assert_eq!(arrived, arrival, "{}", at());
        let step = &run.path()[arrival.unwrap_or(STEPS)];
        let here = [m[index], h[index]].map(f64::from);
        for valve in 0..2 {
            let apart = (here[valve] - step.position[valve]).abs();
            assert!(apart <= CLOSE, "{here:?} should be {:?}: {apart:e}, {}", step.position, at());
        }
        let e = step.chain.flows.y - experiment.target;
        let apart = (f64::from(crowd.distance()[index]) - e).abs();
        assert!(apart <= 10.0 * CLOSE, "e is {apart:e} from {e}, {}", at());
        compared += 1;
        arrivals += usize::from(arrival.is_some());
    }
    [compared, arrivals]
}

#[test]
fn every_start_makes_the_steps_of_its_run() {
    let [mut compared, mut arrivals] = [0, 0];
    for preset in Preset::ALL {
        for error in Key::ERRORS {
            for optimizer in Key::OPTIMIZERS {
                for definition in ["torch", "optax"] {
                    let string = format!(
                        "preset={}&error={error}&optimizer={optimizer}&definition={definition}&rate=0.02",
                        preset.name()
                    );
                    let experiment = Scenario::parse(&string).0.experiment();
                    let [these, of_them] = compare(&experiment, &string);
                    compared += these;
                    arrivals += of_them;
                }
            }
        }
    }
    let all = 7 * 6 * 7 * 3 * 20;
    assert!(
        compared > all * 95 / 100 && arrivals > all / 20,
        "{compared} compared, {arrivals} arrived of {all}"
    );
}

#[test]
fn in_houses_of_every_kind_the_crowd_sees_what_runs_see() {
    let [mut compared, mut arrivals] = [0, 0];
    check(300, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let delta = within(u, 0.05, 3.0)?;
        let experiment = Experiment {
            shower: shower(u, model)?,
            target: within(u, 0.0, 12.0)?,
            error: *u.choose(&[Error::Absolute, Error::Squared, Error::Huber { delta }])?,
            optimizer: Optimizer::Descent,
            rate: 1e-3,
            sensitivities: Default::default(),
            start: [SHUT, SHUT],
            tolerance: 0.1,
        };
        let [these, of_them] = compare(&experiment, &format!("{experiment:?}"));
        compared += these;
        arrivals += of_them;
        Ok(())
    });
    let asked = std::env::var_os("ARBTEST_SEED").is_some();
    assert!(asked || (compared > 10_000 && arrivals > 100), "{compared} compared, {arrivals} arrived");
}

#[track_caller]
fn assert_sound(crowd: &Crowd, what: &str) {
    let (m, h) = crowd.positions();
    for (valve, positions) in [("m", m), ("h", h)] {
        for position in positions {
            assert!((SHUT..=OPEN).contains(&f64::from(*position)), "{valve} = {position}: {what}");
        }
    }
    assert!(crowd.distance().iter().all(|e| e.is_finite()), "{:?}: {what}", crowd.distance());
}

#[test]
fn whatever_the_scenario_every_number_stays_finite() {
    let mut crowd = Crowd::new(9, 7);
    check(4000, |u| {
        let scenario = scenario(u)?;
        let mut experiment = scenario.experiment();
        if u.ratio(1, 3)? {
            experiment.rate = *u.choose(&[1e6, 1e3, 1e-12])?;
        }
        if u.ratio(1, 3)? {
            experiment.target = 1e5;
        }
        crowd.restart();
        crowd.walk(&experiment, 0);
        assert_sound(&crowd, &scenario.to_string());
        crowd.walk(&experiment, 40);
        assert_sound(&crowd, &scenario.to_string());
        Ok(())
    });
}

#[test]
fn what_is_no_number_in_an_experiment_stays_out_of_the_crowd() {
    let mut crowd = Crowd::new(5, 5);
    for optimizer in Key::OPTIMIZERS {
        let sound = Scenario::parse(&format!("preset=house&optimizer={optimizer}")).0.experiment();
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for experiment in [
                Experiment { rate: number, ..sound },
                Experiment { target: number, ..sound },
                Experiment { tolerance: number, ..sound },
                Experiment { error: Error::Huber { delta: number }, ..sound },
            ] {
                crowd.restart();
                crowd.walk(&experiment, 10);
                assert_sound(&crowd, &format!("{experiment:?}"));
            }
        }
    }
}

#[test]
fn many_steps_at_once_are_as_many_steps_one_by_one() {
    for optimizer in Key::OPTIMIZERS {
        let string = format!("preset=house&optimizer={optimizer}&rate=0.05");
        let experiment = Scenario::parse(&string).0.experiment();
        // More than one block, and a last one that is not full.
        let (mut one_by_one, mut at_once) = (Crowd::new(23, 17), Crowd::new(23, 17));
        for _ in 0..25 {
            one_by_one.step(&experiment);
        }
        at_once.walk(&experiment, 7);
        at_once.walk(&experiment, 18);
        assert_eq!(one_by_one.positions(), at_once.positions(), "{optimizer}");
        assert_eq!(one_by_one.distance(), at_once.distance(), "{optimizer}");
        assert_eq!(one_by_one.arrived(), at_once.arrived(), "{optimizer}");
        at_once.restart();
        at_once.walk(&experiment, 25);
        assert_eq!(one_by_one.positions(), at_once.positions(), "{optimizer}, once more");
    }
}

#[test]
fn who_has_arrived_stays() {
    let experiment = Scenario::parse("preset=product&optimizer=momentum&rate=0.05").0.experiment();
    let mut crowd = Crowd::new(30, 30);
    crowd.walk(&experiment, 0);
    let at_home = crowd.arrived_count();
    assert!(at_home > 0 && crowd.arrived().iter().all(|step| [0, Crowd::NOT_YET].contains(step)));
    crowd.walk(&experiment, 60);
    let (arrived, (m, h)) = (crowd.arrived().to_vec(), crowd.positions());
    let (m, h) = (m.to_vec(), h.to_vec());
    assert!(crowd.arrived_count() > at_home && crowd.arrived_count() < 900);
    crowd.walk(&experiment, 60);
    for index in 0..900 {
        if arrived[index] != Crowd::NOT_YET {
            assert_eq!(crowd.arrived()[index], arrived[index]);
            assert_eq!([crowd.positions().0[index], crowd.positions().1[index]], [m[index], h[index]]);
            assert!(f64::from(crowd.distance()[index].abs()) < experiment.tolerance);
        }
    }
}

#[test]
fn no_crowd_walks_further_than_a_run() {
    let experiment = Scenario::parse("preset=low-pressure&optimizer=lion").0.experiment();
    let mut crowd = Crowd::new(1, 1);
    crowd.walk(&experiment, 9_999);
    crowd.walk(&experiment, u32::MAX);
    assert_eq!(crowd.steps() as usize, LONGEST);
    crowd.step(&experiment);
    assert_eq!((crowd.steps() as usize, crowd.arrived()), (LONGEST, &[Crowd::NOT_YET][..]));
}
