//! Every slope of the chain against differences of the flows.

use crate::random::{MODELS, check, inside, shower, within};
use backflow::backprop::Chain;
use backflow::descent::{Error, Experiment, Optimizer};
use backflow::plumbing::{Flows, Model, OPEN, Preset, SHUT, Shower};

/// The half step of the differences, in turns.
const STEP: f64 = 2e-3;

/// A slope by differences, and how far that can be trusted.
#[derive(Clone, Copy)]
struct Slope {
    value: f64,
    doubt: f64,
}

impl Slope {
    /// From differences at a step and at half of it: what halving changes is still in doubt.
    fn of(differences: impl Fn(f64) -> f64, step: f64) -> Self {
        let (coarse, fine) = (differences(step), differences(step / 2.0));
        Self { value: fine, doubt: (fine - coarse).abs() }
    }

    fn minus(self, other: Self) -> Self {
        Self { value: self.value - other.value, doubt: self.doubt + other.doubt }
    }
}

/// The slope at 0 by central differences, freed of the error of second order.
fn slope(f: impl Fn(f64) -> f64, step: f64) -> Slope {
    let central = |step: f64| (f(step) - f(-step)) / (2.0 * step);
    Slope::of(|step| (4.0 * central(step / 2.0) - central(step)) / 3.0, step)
}

/// The slope at 0 from one side, of the fourth order; a negative step looks to the left.
fn one_sided(f: impl Fn(f64) -> f64, step: f64) -> Slope {
    let five = |step: f64| {
        let at = |steps: f64| f(steps * step);
        (-25.0 * at(0.0) + 48.0 * at(1.0) - 36.0 * at(2.0) + 16.0 * at(3.0) - 3.0 * at(4.0)) / (12.0 * step)
    };
    Slope::of(five, step)
}

/// y after a turn of the handle, with the house flow held by turning the pressure.
fn y_with_x_held(shower: &Shower, m: f64, h: f64, x: f64) -> f64 {
    let drawn = shower.flows(m, h).x;
    let factor = x / drawn;
    let pressure = match shower.model {
        Model::Linear { .. } | Model::Product { .. } => shower.pressure * factor,
        _ => shower.pressure * factor * factor,
    };
    let held = Shower { pressure, ..*shower }.flows(m, h);
    assert!((held.x - x).abs() <= 1e-12 * x);
    held.y
}

/// How the shower flow answers to the house flow alone: the pressure changes, the valves stay.
fn slope_of_y_over_x(shower: &Shower, m: f64, h: f64) -> Slope {
    let under = |pressure: f64| Shower { pressure, ..*shower }.flows(m, h);
    let (low, high) = (under(0.9 * shower.pressure), under(1.1 * shower.pressure));
    // y is a straight line in x, so nothing is in doubt.
    Slope { value: (high.y - low.y) / (high.x - low.x), doubt: 0.0 }
}

/// A slope as good as differences can tell, next to the flows and slopes around it.
#[track_caller]
fn assert_slope(actual: f64, expected: Slope, flows: &Flows, what: &str) {
    let Slope { value, doubt } = expected;
    let tolerance = 1e-7 * (1.0 + value.abs() + flows.x.abs() + flows.y.abs()) + 2.0 * doubt;
    assert!((actual - value).abs() <= tolerance, "{what} is {actual}, by differences {value} ± {doubt:e}");
}

#[test]
fn the_chain_is_what_differences_say_in_every_model() {
    check(5000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        let [m, h] = inside(u)?;
        let flows = shower.flows(m, h);
        let chain = Chain::backward(flows, 1.0);
        let by_m = |f: fn(&Flows) -> f64| slope(|turn| f(&shower.flows(m + turn, h)), STEP);
        let by_h = |f: fn(&Flows) -> f64| slope(|turn| f(&shower.flows(m, h + turn)), STEP);
        let held = slope(|turn| y_with_x_held(&shower, m, h + turn, flows.x), STEP);
        for (actual, expected, what) in [
            (flows.dx_dm, by_m(|flows| flows.x), "∂x/∂m"),
            (flows.dx_dh, by_h(|flows| flows.x), "∂x/∂h"),
            (flows.dy_dx, slope_of_y_over_x(&shower, m, h), "∂y/∂x"),
            (flows.dy_dh_x, held, "∂y/∂h, x held"),
            (chain.dy_dm, by_m(|flows| flows.y), "∂y/∂m"),
            (chain.dy_dh, by_h(|flows| flows.y), "∂y/∂h"),
            (chain.dy_dh_via_x, by_h(|flows| flows.y).minus(held), "∂y/∂h through x"),
        ] {
            assert_slope(actual, expected, &flows, &format!("{what} at ({m}, {h}) of {shower:?}"));
        }
        Ok(())
    });
}

#[test]
fn at_a_bound_the_slope_is_the_one_sided_one() {
    check(3000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        let bound = *u.choose(&[SHUT, OPEN])?;
        // Where a shower is the only outlet and nearly shut, flows bend within a thousandth of a turn.
        let inward = if bound == SHUT { 1e-5 } else { -1e-5 };
        let other = within(u, 1.5, 10.0)?;

        let flows = shower.flows(bound, other);
        let chain = Chain::backward(flows, 1.0);
        let at = format!("at m = {bound}, h = {other} of {shower:?}");
        let x = one_sided(|turn| shower.flows(bound + turn, other).x, inward);
        let y = one_sided(|turn| shower.flows(bound + turn, other).y, inward);
        assert_slope(flows.dx_dm, x, &flows, &format!("∂x/∂m {at}"));
        assert_slope(chain.dy_dm, y, &flows, &format!("∂y/∂m {at}"));

        let flows = shower.flows(other, bound);
        let chain = Chain::backward(flows, 1.0);
        let at = format!("at m = {other}, h = {bound} of {shower:?}");
        let x = one_sided(|turn| shower.flows(other, bound + turn).x, inward);
        let y = one_sided(|turn| shower.flows(other, bound + turn).y, inward);
        assert_slope(flows.dx_dh, x, &flows, &format!("∂x/∂h {at}"));
        assert_slope(chain.dy_dh, y, &flows, &format!("∂y/∂h {at}"));
        Ok(())
    });
}

#[test]
fn the_backward_pass_multiplies_along_paths_and_adds_over_them() {
    check(2000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        let [m, h] = inside(u)?;
        let push = within(u, -3.0, 3.0)?;
        let chain = Chain::backward(shower.flows(m, h), push);
        for (actual, expected) in [
            (chain.de_dy, push),
            (chain.de_dx, push * chain.flows.dy_dx),
            (chain.de_dm, push * chain.dy_dm),
            (chain.de_dh, push * chain.dy_dh),
            (chain.de_dh_direct, push * chain.flows.dy_dh_x),
            (chain.de_dh_via_x, push * chain.dy_dh_via_x),
            (chain.de_dh_direct + chain.de_dh_via_x, chain.de_dh),
            (chain.dy_dh, chain.flows.dy_dh_x + chain.dy_dh_via_x),
        ] {
            assert!((actual - expected).abs() <= 1e-14 * (1.0 + expected.abs()), "{chain:?}");
        }
        assert_eq!(chain.gradient(), [chain.de_dm, chain.de_dh]);
        assert_eq!(chain.dy_dh_via_x != 0.0, model == MODELS - 1, "two paths in the house alone: {chain:?}");
        Ok(())
    });
}

#[test]
fn the_gradient_of_every_error_is_what_differences_say() {
    check(3000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        let [m, h] = inside(u)?;
        let delta = within(u, 0.05, 3.0)?;
        let error = *u.choose(&[Error::Absolute, Error::Squared, Error::Huber { delta }])?;
        let experiment = Experiment {
            shower,
            target: within(u, 0.0, 12.0)?,
            error,
            optimizer: Optimizer::Descent,
            rate: 0.1,
            sensitivities: Default::default(),
            start: [m, h],
            tolerance: 0.1,
        };
        let (_, chain) = experiment.evaluate([m, h]);
        let e = chain.flows.y - experiment.target;
        let reach = STEP * 2.0 * (chain.dy_dm.abs() + chain.dy_dh.abs());
        let kinks = [0.0, delta, -delta];
        if kinks.iter().any(|kink| (e - kink).abs() <= reach) {
            return Ok(()); // differences across a kink tell nothing
        }
        let by_m = slope(|turn| experiment.evaluate([m + turn, h]).0, STEP);
        let by_h = slope(|turn| experiment.evaluate([m, h + turn]).0, STEP);
        let scale = (1.0 + e.abs()) * (1.0 + e.abs() + chain.flows.y);
        for (actual, Slope { value, doubt }) in [(chain.de_dm, by_m), (chain.de_dh, by_h)] {
            let tolerance = 1e-7 * scale * (1.0 + value.abs()) + 2.0 * doubt;
            assert!((actual - value).abs() <= tolerance, "{actual}, by differences {value}: {experiment:?}");
        }
        Ok(())
    });
}

#[test]
fn where_another_tap_is_shut_a_shut_handle_still_has_its_slope() {
    let Shower { pressure, model } = Preset::House.shower();
    let Model::House { main, c_main, c_pipe, c_handle, c_head, .. } = model else { panic!("a house") };
    let handle = backflow::plumbing::Characteristic::Linear;
    for c_other in [0.0, 1e-300, 1e-9] {
        let model = Model::House { main, handle, c_main, c_pipe, c_handle, c_head, c_other };
        let shower = Shower { pressure, model };
        let flows = shower.flows(5.0, SHUT);
        let chain = Chain::backward(flows, 1.0);
        let expected = one_sided(|turn| shower.flows(5.0, SHUT + turn).y, 5e-4);
        assert!(expected.value > 2.0);
        assert_slope(chain.dy_dh, expected, &flows, &format!("∂y/∂h with C_other = {c_other}"));
        assert_eq!((flows.y, chain.dy_dm), (0.0, 0.0));
    }
}
