//! The errors: their slopes, their kinks and their inverses.

use crate::random::{check, magnitude, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::Error;

fn any(u: &mut Unstructured) -> Result<Error> {
    let delta = magnitude(u, 1e-3, 1e3)?;
    Ok(*u.choose(&[Error::Absolute, Error::Squared, Error::Huber { delta }])?)
}

#[test]
fn the_slope_of_an_error_is_what_differences_say() {
    check(5000, |u| {
        let error = any(u)?;
        let sign = *u.choose(&[-1.0, 1.0])?;
        let e = sign * magnitude(u, 1e-3, 1e3)?;
        let step = 1e-3 * e.abs();
        if let Error::Huber { delta } = error
            && (e.abs() - delta).abs() <= step
        {
            return Ok(());
        }
        // Between kinks each error is at most a parabola, whose central differences are exact.
        let expected = (error.value(e + step) - error.value(e - step)) / (2.0 * step);
        let slope = error.slope(e);
        assert!(
            (slope - expected).abs() <= 1e-11 * (1.0 + slope.abs()),
            "{error:?} at {e}: {slope}, {expected}"
        );
        Ok(())
    });
}

#[test]
fn an_error_is_0_at_the_goal_alone_and_the_same_to_both_sides() {
    check(3000, |u| {
        let error = any(u)?;
        assert_eq!((error.value(0.0), error.slope(0.0)), (0.0, 0.0));
        let e = magnitude(u, 1e-9, 1e6)?;
        assert!(error.value(e) > 0.0 && error.slope(e) > 0.0);
        assert_eq!(error.value(-e), error.value(e));
        assert_eq!(error.slope(-e), -error.slope(e));
        Ok(())
    });
}

#[test]
fn the_distance_undoes_the_value() {
    check(5000, |u| {
        let error = any(u)?;
        let distance = magnitude(u, 1e-6, 1e4)?;
        let back = error.distance(error.value(distance));
        assert!((back - distance).abs() <= 1e-14 * distance.max(1.0), "{error:?}: {distance}, {back}");
        let value = magnitude(u, 1e-6, 1e4)?;
        let back = error.value(error.distance(value));
        assert!((back - value).abs() <= 1e-14 * value.max(1.0), "{error:?}: {value}, {back}");
        assert_eq!(error.distance(0.0), 0.0);
        Ok(())
    });
}

#[test]
fn hubers_error_is_smooth_where_the_bowl_becomes_a_v() {
    check(2000, |u| {
        let delta = magnitude(u, 1e-3, 1e3)?;
        let error = Error::Huber { delta };
        let close = 1e-9 * within(u, 0.1, 1.0)?;
        let (inside, outside) = (delta * (1.0 - close), delta * (1.0 + close));
        let value = 0.5 * delta * delta;
        assert!((error.value(inside) - value).abs() <= 3e-9 * value);
        assert!((error.value(outside) - value).abs() <= 3e-9 * value);
        assert!(error.value(inside) < error.value(outside));
        assert!((error.slope(outside) - error.slope(inside)).abs() <= 3e-9 * delta);
        assert_eq!(error.slope(2.0 * delta), delta);
        Ok(())
    });
}
