//! e^x in single precision, in steps that vectors have too.

/// 1.5 × 2²³: where it is added, what stands after the point falls away, and the whole part of a small
/// number is left in the lowest bits.
const ROUND: f32 = 12_582_912.0;
/// ln 2 in two parts: the first has so few digits that its multiples are exact.
const LN_2: [f32; 2] = [355.0 / 512.0, -2.121_944_4e-4];
/// Beyond it, the power would leave the range of single precision.
const MOST: f32 = 87.0;

/// e^x for x in [−87, 87], to which x is limited; within 3e-7 of the value.
///
/// e^x = 2^k·e^r, with k whole and |r| ≤ ½·ln 2: 2^k is put together from its bits, and e^r is Taylor's
/// polynomial of the sixth degree.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x > -MOST { x } else { -MOST };
    let x = if x < MOST { x } else { MOST };
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = x - k * LN_2[0] - k * LN_2[1];
    let power = f32::from_bits(rounded.to_bits().wrapping_add(127) << 23);
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * r + factor;
    }
    power * sum
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn the_exponential_is_good_to_six_digits_over_its_range() {
        for step in -8700_i16..=8700 {
            let x = f32::from(step) / 100.0;
            let (actual, expected) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((actual / expected - 1.0).abs() <= 3e-7, "e^{x} is {actual}, should be {expected}");
        }
    }

    #[test]
    fn what_no_number_can_hold_is_limited() {
        assert_eq!(exp(1e30), exp(87.0));
        assert_eq!(exp(f32::INFINITY), exp(87.0));
        assert_eq!(exp(f32::NEG_INFINITY), exp(-87.0));
        assert_eq!(exp(f32::NAN), exp(-87.0));
    }
}
