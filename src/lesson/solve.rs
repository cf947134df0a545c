//! Where a quantity that grows takes a value, and where one that falls and grows again is least.

/// Halvings of an interval: more than a double has digits.
const HALVINGS: u32 = 60;
/// Thirds taken off an interval: as near to what is least as a double can tell.
const NARROWINGS: u32 = 60;

/// Where something that grows from the first end to the second becomes what is wanted; `None` where it does not.
///
/// Either end may be the larger one.
pub(super) fn root([low, high]: [f64; 2], wanted: f64, grows: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (low, high);
    if !(grows(low) <= wanted && wanted <= grows(high)) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if grows(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// Where something is least that falls from the lower end and, from there on, grows up to the higher one.
pub(super) fn lowest([low, high]: [f64; 2], of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..NARROWINGS {
        let third = (high - low) / 3.0;
        if of(low + third) <= of(high - third) {
            high -= third;
        } else {
            low += third;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::{lowest, root};

    #[test]
    fn the_lowest_place_is_found_inside_and_at_either_end() {
        for least in [-1.0, 0.25, 3.0] {
            assert!((lowest([-1.0, 3.0], |x: f64| (x - least).abs()) - least).abs() < 1e-9, "{least}");
        }
    }

    #[test]
    fn a_root_is_found_between_the_ends_and_nowhere_else() {
        let found = root([0.0, 4.0], 2.0, |x| x * x).expect("it grows from 0 to 16");
        assert!((found - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(root([0.0, 4.0], 17.0, |x| x * x), None);
        assert!(root([4.0, 0.0], -3.0, |x| -x).is_some_and(|found| (found - 3.0).abs() < 1e-12));
        assert_eq!(root([0.0, 1.0], 0.5, |_| f64::NAN), None);
    }
}
