//! Round numbers for contours and axes.

/// Multiples of 1, 2 or 5 times a power of ten, strictly between 0 and `highest`, at most `most`.
///
/// ```
/// use backflow::landscape::round_levels;
///
/// assert_eq!(round_levels(5.625, 8), [1.0, 2.0, 3.0, 4.0, 5.0]);
/// assert!(round_levels(0.0, 8).is_empty());
/// ```
#[must_use]
pub fn round_levels(highest: f64, most: usize) -> Vec<f64> {
    if !(highest.is_finite() && highest > 0.0) || most == 0 {
        return Vec::new();
    }
    // A power of ten that is surely too fine, and then the first step that is coarse enough.
    let mut power = 10f64.powf((highest / (most as f64 + 1.0)).log10().floor());
    let step = loop {
        let fits = [1.0, 2.0, 5.0].into_iter().map(|digit| digit * power).find(|step| {
            let count = (highest / step).ceil() - 1.0;
            count <= most as f64
        });
        match fits {
            Some(step) => break step,
            None => power *= 10.0,
        }
    };
    (1..).map(|i| f64::from(i) * step).take_while(|level| *level < highest).collect()
}
