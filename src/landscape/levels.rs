//! Round numbers for contours and axes.

/// Nothing below this has levels: it is 0 for every purpose of drawing.
const SMALLEST: f64 = 1e-100;

/// Multiples of 1, 2 or 5 times a power of ten, strictly between 0 and `highest`, at most `most`.
///
/// Each is the number that its shortest decimal text reads as. There are none where `highest` is not
/// above 0 or not finite.
///
/// ```
/// use backflow::landscape::round_levels;
///
/// assert_eq!(round_levels(5.625, 8), [1.0, 2.0, 3.0, 4.0, 5.0]);
/// assert_eq!(round_levels(1.0, 8), [0.2, 0.4, 0.6, 0.8]);
/// assert!(round_levels(0.0, 8).is_empty());
/// ```
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the exponent of a finite number is small")]
pub fn round_levels(highest: f64, most: usize) -> Vec<f64> {
    if !(SMALLEST..=1.0 / SMALLEST).contains(&highest) || most == 0 {
        return Vec::new();
    }
    // A power of ten that is surely too fine, and then the first step that is coarse enough.
    let finest = (highest / (most as f64 + 1.0)).log10().floor() as i32 - 1;
    let steps = (finest..).flat_map(|exponent| [1, 2, 5].map(|digit| Step { digit, exponent }));
    let fits = |step: &Step| (highest / step.times(1)).ceil() - 1.0 <= most as f64;
    let step = steps.into_iter().find(fits).unwrap_or(Step { digit: 1, exponent: 0 });
    (1..).map(|count| step.times(count)).take_while(|level| *level < highest).collect()
}

/// A digit times a power of ten.
#[derive(Clone, Copy)]
struct Step {
    digit: u32,
    exponent: i32,
}

impl Step {
    /// A multiple, rounded once, so that 3 × 0.2 is 0.6.
    fn times(self, count: u32) -> f64 {
        let whole = f64::from(count) * f64::from(self.digit);
        let power = 10f64.powi(self.exponent.abs());
        if self.exponent < 0 { whole / power } else { whole * power }
    }
}
