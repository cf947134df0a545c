//! Paper tags, which say sensitivities, and numbers as they stand in drawings.

use super::pen::{Anchor, Drawn, Pen, Rect};
#[cfg(feature = "course")]
use super::theme::Rgb;
use super::theme::{LABEL, THIN, Theme};
use plotters_backend::DrawingBackend;

/// Height of a tag, and the room before and behind its text, in CSS pixels.
#[cfg(feature = "course")]
pub(super) const TAG: f64 = 22.0;
#[cfg(feature = "course")]
const ROOM: f64 = 8.0;
/// Width of the stripe that says of which line it is, in CSS pixels.
#[cfg(feature = "course")]
const STRIPE: f64 = 5.0;

/// A tag with its text, and the colour of the line that it belongs to, where it does not hang on it.
#[cfg(feature = "course")]
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) text: String,
    pub(super) stripe: Option<Rgb>,
}

#[cfg(feature = "course")]
impl Tag {
    /// How wide it is. No backend says how wide letters are, so this is what those of common fonts are, rather
    /// more.
    pub(super) fn width(&self) -> f64 {
        let text: f64 = self.text.chars().map(width).sum();
        text * LABEL + 2.0 * ROOM + self.stripe.map_or(0.0, |_| STRIPE)
    }

    /// Draws it with its upper left corner at a place.
    #[inline(never)]
    pub(super) fn draw<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        [left, top]: [f64; 2],
        theme: &Theme,
    ) -> Drawn<B> {
        let [right, bottom] = [left + self.width(), top + TAG];
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        pen.shape(&corners[..4], theme.tag)?;
        let striped = left + self.stripe.map_or(0.0, |_| STRIPE);
        if let Some(color) = self.stripe {
            pen.shape(&[[left, top], [striped, top], [striped, bottom], [left, bottom]], color)?;
        }
        pen.line(&corners, theme.tag_edge, 1.0, THIN)?;
        let middle = [0.5 * (striped + right), 0.5 * (top + bottom)];
        pen.text(&self.text, middle, Anchor::Middle, theme.ink, LABEL)
    }

    /// Draws it round a place, but inside a rectangle.
    pub(super) fn draw_round<B: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, B>,
        [x, y]: [f64; 2],
        inside: Rect,
        theme: &Theme,
    ) -> Drawn<B> {
        let Rect { left, top, width, height } = inside;
        let fit = |at: f64, least: f64, most: f64| at.min(most).max(least);
        let corner = [
            fit(x - 0.5 * self.width(), left, left + width - self.width()),
            fit(y - 0.5 * TAG, top, top + height - TAG),
        ];
        self.draw(pen, corner, theme)
    }
}

/// About how wide a letter is, in its height.
#[cfg(feature = "course")]
fn width(letter: char) -> f64 {
    match letter {
        ' ' | '.' | '/' | '′' => 0.33,
        'm' | 'Δ' => 0.8,
        '→' => 1.0,
        _ => 0.6,
    }
}

/// How many parts a size has of those of which `scale` make one, rounded as the page rounds: a half up, and a half
/// is what is written as one. The double of 1.005 is a little less, and is rounded up all the same.
fn rounded(size: f64, scale: f64) -> f64 {
    let whole = (scale * size).floor();
    if size >= (whole + 0.5) / scale { whole + 1.0 } else { whole }
}

/// A number with so many decimals. A zero has no sign, and a minus is as wide as a plus.
///
/// It is put together from whole numbers: what writes so many decimals of any number takes much room in
/// what the page loads.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within their limits")]
fn fixed(number: f64, decimals: u32) -> String {
    let scale = 10u64.pow(decimals);
    let parts = rounded(number.abs(), scale as f64) as u64;
    let sign = if number < 0.0 && parts > 0 { "−" } else { "" };
    let whole = format!("{sign}{}", parts / scale);
    if decimals == 0 { whole } else { format!("{whole}.{:01$}", parts % scale, decimals as usize) }
}

/// A number as the page writes it: with two decimals, or four where two would show next to nothing.
#[cfg(feature = "course")]
pub(super) fn number(number: f64) -> String {
    fixed(number, if number != 0.0 && number.abs() < 0.0995 { 4 } else { 2 })
}

/// The same as short as it can be.
#[cfg(feature = "course")]
pub(super) fn brief(value: f64) -> String {
    let text = number(value);
    let short = text.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

/// A number with two decimals, or with none from 100 on, or in powers of ten where it is huge.
pub(super) fn short(number: f64) -> String {
    let size = number.abs();
    if rounded(size, 100.0) < 10_000.0 {
        return fixed(number, 2);
    }
    if size < 99_999.5 {
        return fixed(number, 0);
    }
    // The first two digits, and what they are multiplied with.
    let mut unit = 1e4;
    while size >= 9.95 * 10.0 * unit {
        unit *= 10.0;
    }
    let sign = if number < 0.0 { "−" } else { "" };
    format!("{sign}{:e}", (size / unit).round() * unit)
}

/// The height of a tag with so many lines.
pub(super) fn tag_height(lines: usize, letters: f64) -> f64 {
    lines as f64 * 1.25 * letters + 2.0
}

/// A tag with a line of text or more, each centred.
pub(super) fn tag<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: &Theme,
    Rect { left, top, width, height }: Rect,
    lines: &[&str],
    letters: f64,
) -> Drawn<B> {
    let (right, bottom) = (left + width, top + height);
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
    pen.shape(&corners[..4], theme.tag)?;
    pen.line(&corners, theme.tag_edge, 1.0, THIN)?;
    for (line, text) in lines.iter().enumerate() {
        let y = top + height * (line as f64 + 0.5) / lines.len() as f64;
        pen.text(text, [left + 0.5 * width, y], Anchor::Middle, theme.ink, letters)?;
    }
    Ok(())
}

/// Letters in a drawing of a width: somewhat larger where there is room.
pub(super) fn letters(wide: bool) -> f64 {
    if wide { LABEL + 2.0 } else { LABEL }
}

#[cfg(test)]
mod tests {
    use super::short;
    #[cfg(feature = "course")]
    use super::{brief, number};

    #[test]
    fn numbers_are_short_and_nothing_is_less_than_nothing() {
        for (number, text) in [
            (0.0, "0.00"),
            (-0.004, "0.00"),
            (-0.125_1, "−0.13"),
            (99.994, "99.99"),
            (99.996, "100"),
            (-2500.4, "−2500"),
            (-99_999.6, "−1e5"),
            (5.04e9, "5e9"),
            (1.26e7, "1.3e7"),
        ] {
            assert_eq!(short(number), text);
        }
    }

    #[test]
    #[cfg(feature = "course")]
    fn a_number_is_rounded_as_in_a_sentence() {
        // These are what `Intl.NumberFormat` writes: a half goes up, whatever its double is.
        for (half, text) in [
            (0.625, "0.63"),
            (0.125, "0.13"),
            (2.675, "2.68"),
            (1.005, "1.01"),
            (0.615, "0.62"),
            (8.345, "8.35"),
            (0.624_999_999_999_9, "0.62"),
            (2.674_999_999_999, "2.67"),
        ] {
            assert_eq!([brief(half), short(half), number(half)], [text; 3]);
            assert_eq!([brief(-half), short(-half), number(-half)], [format!("−{text}").as_str(); 3]);
        }
        assert_eq!(
            [0.012_35, 0.000_05, 0.000_049, -0.000_02].map(number),
            ["0.0124", "0.0001", "0.0000", "0.0000"]
        );
    }

    #[test]
    #[cfg(feature = "course")]
    fn a_number_on_a_tag_is_short_and_a_zero_has_no_sign() {
        let said = [0.5, 2.0, 0.333_333, -1.25, 0.0123, 0.000_01, -0.000_01, 0.0, 10.0, 100.0].map(brief);
        assert_eq!(said, ["0.5", "2", "0.33", "−1.25", "0.0123", "0", "0", "0", "10", "100"]);
    }
}
