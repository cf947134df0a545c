//! Units: the same house in other units, and what does not change with them.

use crate::random::{MODELS, check, inside, magnitude, scenario, shower, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::{Run, Step};
use backflow::plumbing::Preset;
use backflow::scenario::{Key, Kind, Scenario, Units};
use std::cell::Cell;

#[test]
fn other_units_multiply_every_flow_by_the_same_factor() {
    check(3000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        let factor = magnitude(u, 1e-3, 1e3)?;
        let rescaled = shower.rescaled(factor);
        let [m, h] = inside(u)?;
        let (here, there) = (shower.flows(m, h), rescaled.flows(m, h));
        for (expected, actual) in [
            (factor * here.x, there.x),
            (factor * here.y, there.y),
            (factor * here.dx_dm, there.dx_dm),
            (factor * here.dx_dh, there.dx_dh),
            (factor * here.dy_dh_x, there.dy_dh_x),
            (here.dy_dx, there.dy_dx),
        ] {
            assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual}, {expected}: {shower:?}");
        }
        Ok(())
    });
}

#[test]
fn a_scenario_in_other_units_is_the_same_experiment() {
    check(2000, |u| {
        let mut scenario = scenario(u)?;
        let own = Units::of(scenario.preset());
        assert_eq!(scenario.set(Key::Units, own.name()), Ok(()));
        let here = scenario.experiment();
        let units = *u.choose(&Units::ALL)?;
        assert_eq!(scenario.set(Key::Units, units.name()), Ok(()));
        let there = scenario.experiment();
        let factor = units.per_unit_of(own);
        let position = inside(u)?;
        let ((_, here_chain), (_, there_chain)) = (here.evaluate(position), there.evaluate(position));
        let Kind::Number { least, most, .. } = Key::Target.kind() else { panic!("the ideal is a number") };
        for (expected, actual) in [
            // The ideal keeps its limits in every unit.
            ((factor * here.target).clamp(least, most), there.target),
            (factor * here_chain.flows.x, there_chain.flows.x),
            (factor * here_chain.flows.y, there_chain.flows.y),
        ] {
            // Next to the smallest number that there is, fewer digits are left.
            let tolerance = 1e-12 * expected.max(f64::MIN_POSITIVE / f64::EPSILON);
            assert!((actual - expected).abs() <= tolerance, "{actual:e}, {expected:e}: {scenario}");
        }
        Ok(())
    });
}

#[test]
fn a_cubic_foot_is_28_317_litres_and_7_4805_gallons() {
    let cubic_foot = |units: Units| units.per_unit_of(Units::CubicFeet);
    assert!((cubic_foot(Units::Litres) - 28.317).abs() < 5e-4);
    assert!((cubic_foot(Units::Gallons) - 7.4805).abs() < 5e-5);
    for one in Units::ALL {
        for other in Units::ALL {
            assert!((one.per_unit_of(other) * other.per_unit_of(one) - 1.0).abs() < 1e-15);
        }
    }
}

/// The path of a rule from the same start in each unit.
fn paths(u: &mut Unstructured, optimizer: &str) -> Result<[Vec<Step>; 3]> {
    let preset = *u.choose(&Preset::ALL)?;
    let (error, power) = *u.choose(&[("absolute", 1), ("squared", 2)])?;
    // At high rates runs bounce, and bouncing makes any last bit grow.
    let rate = within(u, 0.01, 0.1)?;
    let [m, h] = inside(u)?;
    Ok(Units::ALL.map(|units| {
        // ε is a gradient, the one number in these rules that has a unit: it is rescaled as gradients are, for
        // on a plateau they may be hardly more.
        let epsilon = 1e-12 * units.per_unit_of(Units::of(preset)).powi(power);
        let string = format!(
            "preset={}&error={error}&optimizer={optimizer}&epsilon={epsilon}&rate={rate}&m={m}&h={h}&units={}",
            preset.name(),
            units.name()
        );
        let (scenario, complaints) = Scenario::parse(&string);
        assert!(complaints.is_empty(), "{complaints:?}");
        let mut run = Run::new(scenario.experiment());
        run.seek(40);
        run.path().to_vec()
    }))
}

/// How far apart two paths get, in turns.
fn apart(one: &[Step], other: &[Step]) -> f64 {
    let pairs = one.iter().zip(other);
    pairs
        .flat_map(|(one, other)| [0, 1].map(|valve| (one.position[valve] - other.position[valve]).abs()))
        .fold(0.0, f64::max)
}

#[test]
fn rules_that_divide_by_the_gradients_size_take_the_same_path_in_all_units() {
    for optimizer in ["adagrad", "rmsprop", "adam", "amsgrad", "lion"] {
        check(400, |u| {
            let [cubic_feet, litres, gallons] = paths(u, optimizer)?;
            for other in [litres, gallons] {
                let apart = apart(&cubic_feet, &other);
                assert!(apart <= 1e-9, "{optimizer}: {apart:e} apart");
            }
            Ok(())
        });
    }
}

#[test]
fn rules_that_do_not_take_another_path_in_other_units() {
    for optimizer in ["descent", "momentum", "nesterov"] {
        let (moved, tried) = (Cell::new(0), Cell::new(0));
        check(200, |u| {
            let [cubic_feet, litres, _] = paths(u, optimizer)?;
            let far = |path: &[Step]| path[0].chain.gradient().iter().any(|part| part.abs() > 1e-3);
            if far(&cubic_feet) {
                tried.set(tried.get() + 1);
                moved.set(moved.get() + u32::from(apart(&cubic_feet, &litres) > 1e-3));
            }
            Ok(())
        });
        assert_eq!(moved.get(), tried.get(), "{optimizer}");
        assert!(tried.get() > 100 || std::env::var_os("ARBTEST_SEED").is_some());
    }
}
