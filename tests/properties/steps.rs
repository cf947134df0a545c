//! Single steps: when they help, what they leave unchanged, and where they lead.

use crate::random::{MODELS, check, inside, scenario, shower, within};
use backflow::backprop::Sensitivities;
use backflow::descent::{Error, Experiment, Memory, Optimizer, Run};
use backflow::scenario::Scenario;
use std::cell::Cell;

#[test]
fn a_small_enough_step_never_raises_the_error() {
    let (tried, flat) = (Cell::new(0), Cell::new(0));
    check(3000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let delta = within(u, 0.05, 3.0)?;
        let mut experiment = Experiment {
            shower: shower(u, model)?,
            target: within(u, 0.0, 12.0)?,
            error: *u.choose(&[Error::Absolute, Error::Squared, Error::Huber { delta }])?,
            optimizer: Optimizer::Descent,
            rate: 1.0,
            sensitivities: Sensitivities::Exact,
            start: inside(u)?,
            tolerance: 0.1,
        };
        let (before, chain) = experiment.evaluate(experiment.start);
        let [g, k] = chain.gradient();
        let steepness = g * g + k * k;
        tried.set(tried.get() + 1);
        if before < 1e-3 || steepness < 1e-4 {
            flat.set(flat.get() + 1);
            return Ok(());
        }
        let mut after = |rate: f64| {
            experiment.rate = rate;
            let mut run = Run::new(experiment);
            run.step();
            run.now().error
        };
        // The first rate that lowers the error by half of what its slope promises …
        let mut rate = 1.0;
        while after(rate) > before - 0.5 * rate * steepness {
            rate /= 2.0;
            assert!(rate * steepness > 1e-9, "no step helps from {:?}: {:?}", experiment.start, experiment);
        }
        // … and whatever is smaller lowers it too.
        for _ in 0..6 {
            rate *= within(u, 0.3, 0.9)?;
            let after = after(rate);
            assert!(after < before, "rate {rate} raises {before} to {after}: {experiment:?}");
        }
        Ok(())
    });
    assert!(3 * flat.get() < tried.get() || tried.get() == 1, "{} of {} flat", flat.get(), tried.get());
}

#[test]
fn gradient_descent_on_the_product_multiplies_its_invariant() {
    let steps = Cell::new(0);
    check(2000, |u| {
        let rate = within(u, 0.01, 2.0)?;
        let [m, h] = inside(u)?;
        let (scenario, complaints) = Scenario::parse(&format!("preset=product&rate={rate}&m={m}&h={h}"));
        assert!(complaints.is_empty(), "{complaints:?}");
        let mut run = Run::new(scenario.experiment());
        run.seek(40);
        let invariant = |[m, h]: [f64; 2]| (m - 1.0) * (m - 1.0) - (h - 1.0) * (h - 1.0);
        for pair in run.path().windows(2) {
            let free = |position: f64| position > 1.0 && position < 10.0;
            let [here, next] = [pair[0].position, pair[1].position];
            if pair[0].error == 0.0 || !(here.into_iter().chain(next).all(free)) {
                break;
            }
            let expected = invariant(here) * (1.0 - rate * rate / 64.0);
            // Two squares are subtracted; their rounding stays.
            let scale = [here, next].concat().iter().map(|p| (p - 1.0) * (p - 1.0)).sum::<f64>();
            let actual = invariant(next);
            assert!((actual - expected).abs() <= 1e-12 * scale, "{actual}, {expected} at {here:?}, {rate}");
            if (expected.abs()) > 0.1 * scale {
                assert!((actual / expected - 1.0).abs() <= 1e-12, "{actual}, {expected} at {here:?}, {rate}");
                steps.set(steps.get() + 1);
            }
        }
        Ok(())
    });
    assert!(steps.get() > 5000 || std::env::var_os("ARBTEST_SEED").is_some(), "{} steps", steps.get());
}

#[test]
fn the_next_position_is_where_the_next_step_leads() {
    check(2000, |u| {
        let mut run = Run::new(scenario(u)?.experiment());
        for _ in 0..12 {
            let promised = run.next_position();
            let stood = *run.now();
            assert_eq!(*run.now(), stood, "promising is not going");
            assert!(run.step());
            assert_eq!(run.now().position.map(f64::to_bits), promised.map(f64::to_bits));
        }
        Ok(())
    });
}

#[test]
fn when_the_step_overshoots_is_as_the_slope_foretells() {
    // With the linear house nothing is of second order: a step crosses the goal where η·S > E and
    // makes matters worse where η·S > 2E.
    check(2000, |u| {
        let rate = within(u, 0.05, 5.0)?;
        let (m, h) = (within(u, 4.0, 7.0)?, within(u, 4.0, 7.0)?);
        let target = within(u, 1.0, 8.0)?;
        let string = format!("preset=article&rate={rate}&m={m}&h={h}&target={target}");
        let (scenario, complaints) = Scenario::parse(&string);
        assert!(complaints.is_empty(), "{complaints:?}");
        let mut run = Run::new(scenario.experiment());
        let before = *run.now();
        run.step();
        let after = run.now();
        let reach = rate * (before.chain.dy_dm.powi(2) + before.chain.dy_dh.powi(2));
        if (reach - before.error).abs() < 1e-9 || (reach - 2.0 * before.error).abs() < 1e-9 {
            return Ok(());
        }
        let crossed = before.chain.de_dy != after.chain.de_dy;
        assert_eq!(crossed, reach > before.error, "{string}");
        assert_eq!(after.error > before.error, reach > 2.0 * before.error, "{string}");
        Ok(())
    });
}

#[test]
fn the_velocity_coasts_as_far_as_steps_without_a_gradient_lead() {
    check(500, |u| {
        let momentum = within(u, 0.1, 0.95)?;
        for optimizer in [Optimizer::Momentum { momentum }, Optimizer::Nesterov { momentum }] {
            let mut memory = Memory::default();
            let rate = within(u, 0.01, 1.0)?;
            let mut position = [0.0; 2];
            for _ in 0..4 {
                let gradient = [within(u, -1.0, 1.0)?, within(u, -1.0, 1.0)?];
                position = optimizer.step(rate, gradient, position, &mut memory);
            }
            let coast = optimizer.coast(rate, &memory);
            let from = position;
            for _ in 0..2000 {
                position = optimizer.step(rate, [0.0; 2], position, &mut memory);
            }
            for valve in 0..2 {
                let came = position[valve] - from[valve];
                assert!((came - coast[valve]).abs() < 1e-9, "{optimizer:?}: {came}, {}", coast[valve]);
            }
        }
        Ok(())
    });
}
