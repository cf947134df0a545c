//! The engine at its limits: every parameter at either end, and what is no number at all.

use crate::random::check;
use backflow::backprop::Chain;
use backflow::descent::Run;
use backflow::landscape::{Field, Gradient};
use backflow::plumbing::{OPEN, Preset, SHUT, clamp_position};
use backflow::scenario::{Key, Kind, Scenario};

/// Whether everything that is known at a position is a number, and no flow runs backwards.
#[track_caller]
pub(crate) fn assert_sound(error: f64, chain: &Chain, scenario: &Scenario) {
    let flows = &chain.flows;
    let numbers = [
        error,
        flows.x,
        flows.y,
        flows.dx_dm,
        flows.dx_dh,
        flows.dy_dx,
        flows.dy_dh_x,
        chain.de_dy,
        chain.de_dx,
        chain.dy_dm,
        chain.dy_dh_via_x,
        chain.dy_dh,
        chain.de_dm,
        chain.de_dh_direct,
        chain.de_dh_via_x,
        chain.de_dh,
    ];
    assert!(numbers.iter().all(|number| number.is_finite()), "{scenario}: {error}, {chain:?}");
    let never_negative = [error, flows.x, flows.y, chain.dy_dm, chain.dy_dh, flows.dy_dx];
    assert!(never_negative.iter().all(|number| *number >= -1e-12), "{scenario}: {error}, {chain:?}");
}

/// Whether all that is set keeps its limits.
#[track_caller]
pub(crate) fn assert_within_limits(scenario: &Scenario) {
    for key in Key::ALL {
        let Some(value) = scenario.get(key) else { continue };
        match key.kind() {
            Kind::Number { least, most, whole } => {
                let number = scenario.number(key);
                assert!((least..=most).contains(&number), "{key:?} is {number}");
                assert!(!whole || number.fract() == 0.0, "{key:?} is {number}");
            }
            Kind::Choice(names) => assert!(names.contains(&value.to_string().as_str()), "{key:?} is {value}"),
            Kind::Valve => {
                let string = format!("preset=house&{}={value}", key.name());
                assert!(Scenario::parse(&string).1.is_empty(), "{string}");
            }
        }
    }
}

/// Both ends of what a key allows, and valves at both ends of theirs.
fn extremes(key: Key) -> Vec<String> {
    match key.kind() {
        // The smallest number that is not 0 has its own ways to go wrong.
        Kind::Number { least: 0.0, most, whole: false } => {
            vec!["0".into(), "5e-324".into(), most.to_string()]
        }
        Kind::Number { least, most, .. } => vec![least.to_string(), most.to_string()],
        Kind::Choice(names) => names.iter().map(ToString::to_string).collect(),
        Kind::Valve => ["lin", "eqp:1.5", "eqp:1000", "quick:0.0001", "quick:1", "scurve:0.1", "scurve:100"]
            .map(str::to_owned)
            .to_vec(),
    }
}

#[test]
fn with_every_parameter_at_an_end_everything_is_still_a_number() {
    let (mut field, mut gradient, mut errors) = (Field::new(9, 9), Gradient::default(), Vec::new());
    check(20_000, |u| {
        let mut scenario = Scenario::default();
        for key in Key::ALL {
            if scenario.get(key).is_some() && u.ratio(4, 5)? {
                let given = extremes(key);
                let given = u.choose(&given)?;
                assert_eq!(scenario.set(key, given), Ok(()), "{}={given}", key.name());
            }
        }
        let experiment = scenario.experiment();
        let positions = [SHUT, 1.0 + f64::EPSILON, 1.0 + 1e-9, 5.5, 10.0 - 1e-9, OPEN];
        for m in positions {
            for h in positions {
                let (error, chain) = experiment.evaluate([m, h]);
                assert_sound(error, &chain, &scenario);
            }
        }
        let mut run = Run::new(experiment);
        run.seek(5);
        for step in run.path() {
            assert_sound(step.error, &step.chain, &scenario);
        }
        field.sample(&experiment.shower);
        field.errors(experiment.error, experiment.target, &mut errors);
        assert!(field.y().iter().chain(&errors).all(|number| number.is_finite()), "{scenario}");
        field.sample_gradient(&experiment.shower, experiment.error, experiment.target, &mut gradient);
        let mut numbers = field.y().iter().chain(&gradient.de_dm).chain(&gradient.de_dh);
        assert!(numbers.all(|number| number.is_finite()), "{scenario}");
        Ok(())
    });
}

#[test]
fn without_pressure_nothing_flows_and_nothing_helps() {
    for preset in Preset::ALL {
        let (scenario, complaints) = Scenario::parse(&format!("preset={}&pressure=0", preset.name()));
        assert!(complaints.is_empty());
        let mut run = Run::new(scenario.experiment());
        run.seek(20);
        for step in run.path() {
            assert_sound(step.error, &step.chain, &scenario);
            assert_eq!(step.chain.flows.x, 0.0);
            assert_eq!(step.chain.dy_dm, 0.0);
        }
    }
}

#[test]
fn a_position_that_is_no_number_counts_as_shut() {
    assert_eq!(clamp_position(f64::NAN), SHUT);
    assert_eq!(clamp_position(f64::NEG_INFINITY), SHUT);
    assert_eq!(clamp_position(f64::INFINITY), OPEN);
    for preset in Preset::ALL {
        let shower = preset.shower();
        assert_eq!(shower.flows(f64::NAN, f64::NAN), shower.flows(SHUT, SHUT));
        assert_eq!(shower.flows(f64::INFINITY, -1e300), shower.flows(OPEN, SHUT));
    }
}

#[test]
fn a_number_that_is_none_changes_nothing_and_is_complained_about() {
    for preset in Preset::ALL {
        for key in Key::ALL {
            for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let (mut scenario, _) = Scenario::parse(&format!("preset={}", preset.name()));
                let before = scenario.clone();
                let complaint = scenario.set_number(key, number).expect_err("it is no number");
                assert_eq!(scenario, before, "{complaint}");
                assert_eq!(complaint.key, key.name());
                assert_eq!(complaint.used, before.get(key).map(|value| value.to_string()), "{complaint}");
            }
        }
    }
}
