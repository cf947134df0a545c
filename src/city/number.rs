//! The two precisions in which a network can be computed.

use crate::plumbing::single;
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

/// A precision: `f64` for every number that is shown of a small network and for checks, `f32` for a city, which
/// has too many valves for more. The code is the same.
pub trait Number:
    Copy
    + Debug
    + Default
    + PartialOrd
    + Add<Output = Self>
    + AddAssign
    + Div<Output = Self>
    + Mul<Output = Self>
    + Sub<Output = Self>
    + 'static
{
    /// The nearest number to one of double precision.
    fn of(number: f64) -> Self;

    /// The same number in double precision.
    fn double(self) -> f64;

    /// √x.
    #[must_use]
    fn root(self) -> Self;

    /// e^(part·x).
    #[must_use]
    fn power(self, part: Self) -> Self;

    /// ln x for x above 0, and a finite number at 0; in single precision within 3e-5.
    #[must_use]
    fn logarithm(self) -> Self;

    /// The larger of two; `other` where this is no number.
    #[must_use]
    #[inline(always)]
    fn at_least(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    /// The smaller of two; `other` where this is no number.
    #[must_use]
    #[inline(always)]
    fn at_most(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
}

impl Number for f64 {
    #[inline(always)]
    fn of(number: f64) -> Self {
        number
    }

    #[inline(always)]
    fn double(self) -> f64 {
        self
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn power(self, part: Self) -> Self {
        (part * self).exp()
    }

    #[inline(always)]
    fn logarithm(self) -> Self {
        self.at_least(Self::MIN_POSITIVE).ln()
    }
}

impl Number for f32 {
    #[inline(always)]
    fn of(number: f64) -> Self {
        single(number)
    }

    #[inline(always)]
    fn double(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    /// Within 3e-6 of the value for part·x in [−0.4, 0.4], about a turn of a city's valve, and within 1 % for
    /// [−2, 2]; beyond, it grows and vanishes more slowly than it should. Valves seldom turn far in one step, and
    /// then their ends stop them; to turn them is all that it is for.
    #[inline(always)]
    fn power(self, part: Self) -> Self {
        // Taylor's polynomial of the third degree for an eighth of it, to the power of eight. Far below 0 the
        // polynomial falls below 0, where the power has vanished; that of the smallest number is 0 too, and to take
        // the larger of a number and that is one instruction, where with 0 it is two.
        let x = self * (part * 0.125);
        let eighth = (((x * (1.0 / 6.0) + 0.5) * x + 1.0) * x + 1.0).at_least(Self::MIN_POSITIVE);
        let quarter = eighth * eighth;
        let half = quarter * quarter;
        half * half
    }

    /// ln x = k·ln 2 + 2·artanh((m − 1)/(m + 1)), with x = m·2^k and m in [⅔, 4⁄3): both are read off the bits, and
    /// the second is the beginning of its series.
    #[inline(always)]
    fn logarithm(self) -> Self {
        const TWO_THIRDS: i32 = 0x3f2a_aaab;
        let bits = self.to_bits().cast_signed();
        let k = (bits - TWO_THIRDS) >> 23;
        let m = Self::from_bits((bits - (k << 23)).cast_unsigned());
        let z = (m - 1.0) / (m + 1.0);
        let square = z * z;
        let series = ((square * (2.0 / 7.0) + 0.4) * square + 2.0 / 3.0) * square + 2.0;
        // Whole numbers as small as these are exact.
        (k as Self) * std::f32::consts::LN_2 + z * series
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn the_logarithm_of_single_precision_is_as_good_as_it_is_said_to_be() {
        for step in -3600_i16..=3600 {
            let x = (f32::from(step) / 100.0).exp();
            let (logarithm, exact) = (f64::from(x.logarithm()), f64::from(x).ln());
            assert!((logarithm - exact).abs() < 3e-5, "ln {x} is not {logarithm}");
        }
        assert!([0.0, f32::MIN_POSITIVE, 1e-42].iter().all(|x| x.logarithm().is_finite()));
    }

    #[test]
    fn the_power_of_single_precision_is_as_good_as_it_is_said_to_be() {
        for step in -2000_i16..=2000 {
            let x = f32::from(step) / 1000.0;
            let (power, exact) = (f64::from(x.power(1.0)), f64::from(x).exp());
            let bound = if x.abs() <= 0.4 { 3e-6 } else { 1e-2 };
            assert!((power / exact - 1.0).abs() < bound, "e^{x} is not {power}");
        }
        for (x, least, most) in
            [(-1e30, 0.0, 0.0), (-20.0, 0.0, 1e-3), (9.0, 1e3, 1e4), (1e30, 1e30, f32::INFINITY)]
        {
            let power = x.power(1.0);
            assert!((least..=most).contains(&power), "e^{x} is {power}");
        }
    }
}
