//! Paper tags, which say sensitivities, and numbers as they stand in drawings.

use super::pen::{Anchor, Drawn, Pen, Rect};
use super::theme::{LABEL, Rgb, THIN, Theme};
use plotters_backend::DrawingBackend;

/// Height of a tag, and the room before and behind its text, in CSS pixels.
pub(super) const TAG: f64 = 22.0;
const ROOM: f64 = 8.0;
/// Width of the stripe that says of which line it is, in CSS pixels.
const STRIPE: f64 = 5.0;

/// A tag with its text, and the colour of the line that it belongs to, where it does not hang on it.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) text: String,
    pub(super) stripe: Option<Rgb>,
}

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
fn width(letter: char) -> f64 {
    match letter {
        ' ' | '.' | '/' | '′' => 0.33,
        'm' | 'Δ' => 0.8,
        '→' => 1.0,
        _ => 0.6,
    }
}

/// A number as short as two decimals are, or four where two would show next to nothing.
#[cfg(feature = "course")]
pub(super) fn brief(number: f64) -> String {
    let decimals = if number.abs() < 0.0995 { 4 } else { 2 };
    let text = format!("{number:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    // A zero has no sign, and a minus is as wide as a plus.
    match text.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(size) => format!("−{size}"),
        None => text.to_owned(),
    }
}

/// A number with two decimals, or with none from 100 on, or in powers of ten where it is huge.
///
/// It is put together from whole numbers: what writes so many decimals of any number takes much room in
/// what the page loads.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within their limits")]
pub(super) fn short(number: f64) -> String {
    let size = number.abs();
    let hundredths = (100.0 * size).round();
    let text = if hundredths < 10_000.0 {
        let hundredths = hundredths as u32;
        format!("{}.{}{}", hundredths / 100, hundredths / 10 % 10, hundredths % 10)
    } else if size < 99_999.5 {
        (size.round() as u32).to_string()
    } else {
        // The first two digits, and what they are multiplied with.
        let mut unit = 1e4;
        while size >= 9.95 * 10.0 * unit {
            unit *= 10.0;
        }
        format!("{:e}", (size / unit).round() * unit)
    };
    if number < 0.0 && hundredths > 0.0 { format!("−{text}") } else { text }
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
    use super::{brief, short};

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
    fn a_number_on_a_tag_is_short_and_a_zero_has_no_sign() {
        let said = [0.5, 2.0, 0.333_333, -1.25, 0.0123, 0.000_01, -0.000_01, 0.0, 10.0, 100.0].map(brief);
        assert_eq!(said, ["0.5", "2", "0.33", "−1.25", "0.0123", "0", "0", "0", "10", "100"]);
    }
}
