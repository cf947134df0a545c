//! Where a quantity that grows takes a value.

/// Halvings of an interval: more than a double has digits.
const HALVINGS: u32 = 60;

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

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn a_root_is_found_between_the_ends_and_nowhere_else() {
        let found = root([0.0, 4.0], 2.0, |x| x * x).expect("it grows from 0 to 16");
        assert!((found - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(root([0.0, 4.0], 17.0, |x| x * x), None);
        assert!(root([4.0, 0.0], -3.0, |x| -x).is_some_and(|found| (found - 3.0).abs() < 1e-12));
        assert_eq!(root([0.0, 1.0], 0.5, |_| f64::NAN), None);
    }
}
