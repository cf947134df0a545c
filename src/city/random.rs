//! Numbers that look as if they were drawn, and follow from a seed alone.

/// `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Clone, Copy, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The numbers of one seed and purpose: what is drawn for one purpose does not depend on how much is drawn
    /// for another.
    pub(super) fn new(seed: u32, purpose: u32) -> Self {
        let mut random = Self(u64::from(seed) << 32 | u64::from(purpose));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from [0, 1).
    pub(super) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly one of the first so many numbers; 0 where there are none.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.next()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// With mean 0 and variance 1, nearly normal: the sum of four even numbers, which are the quarters of one.
    pub(super) fn normal(&mut self) -> f64 {
        let drawn = self.next();
        let sum: u64 = [0, 16, 32, 48].iter().map(|bits| drawn >> bits & 0xffff).sum();
        // Four of variance 1/12 each have 1/3; each stands in the middle of its step.
        ((sum as f64 + 2.0) / 65536.0 - 2.0) * 3_f64.sqrt()
    }

    /// The first so many numbers, each once, in any order.
    pub(super) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in (1..count).rev() {
            order.swap(place, self.below(place + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn drawn_numbers_have_the_mean_and_the_spread_that_they_should() {
        let mut random = Random::new(7, 0);
        let count = 100_000;
        let drawn: Vec<f64> = (0..count).map(|_| random.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / f64::from(count);
        let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(count);
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02, "{mean}, {variance}");
        let parts: Vec<f64> = (0..count).map(|_| random.part()).collect();
        assert!(parts.iter().all(|part| (0.0..1.0).contains(part)));
        assert!((parts.iter().sum::<f64>() / f64::from(count) - 0.5).abs() < 0.01);
    }

    #[test]
    fn an_order_has_each_number_once_and_no_order_is_that_of_another_seed() {
        let order = Random::new(1, 3).order(100);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
        assert_ne!(order, sorted);
        assert_ne!(order, Random::new(2, 3).order(100));
        assert_eq!(Random::new(1, 3).order(0), [0; 0]);
        assert_eq!(Random::new(1, 3).below(0), 0);
    }
}
