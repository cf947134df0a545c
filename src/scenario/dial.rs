//! Dials and sliders: where a number stands between two ends.

/// The range of a dial, and how it is spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dial {
    /// The value at one end.
    pub least: f64,
    /// The value at the other.
    pub most: f64,
    /// Whether equal turns multiply rather than add.
    pub logarithmic: bool,
}

impl Dial {
    /// The value at a fraction of the way, clamped to [0, 1]: a round one, to a thousandth, or to
    /// three digits where turns multiply.
    ///
    /// ```
    /// use backflow::scenario::{Key, Scenario};
    ///
    /// let scenario = Scenario::default();
    /// let dial = scenario.dial(Key::M).unwrap();
    /// assert_eq!(dial.value(0.5), 5.5);
    /// assert_eq!(dial.fraction(5.5), 0.5);
    /// assert_eq!(scenario.dial(Key::Rate).unwrap().value(0.6), 0.1);
    /// ```
    #[must_use]
    pub fn value(self, fraction: f64) -> f64 {
        let fraction = if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) };
        let value = if self.logarithmic {
            let value = self.least * (self.most / self.least).powf(fraction);
            let digits = 2.0 - value.log10().floor();
            (value * 10f64.powf(digits)).round() / 10f64.powf(digits)
        } else {
            (1000.0 * (self.least + fraction * (self.most - self.least))).round() / 1000.0
        };
        value.clamp(self.least, self.most)
    }

    /// The same dial in another unit.
    pub(super) fn rescaled(self, factor: f64) -> Self {
        Self { least: self.least * factor, most: self.most * factor, ..self }
    }

    /// The fraction of the way to a value, in [0, 1].
    #[must_use]
    pub fn fraction(self, value: f64) -> f64 {
        let value = value.clamp(self.least, self.most);
        if self.logarithmic {
            (value / self.least).ln() / (self.most / self.least).ln()
        } else {
            (value - self.least) / (self.most - self.least)
        }
    }
}
