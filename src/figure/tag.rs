//! Paper tags, which say sensitivities, and numbers as they stand in drawings.

use super::pen::{Anchor, Drawn, Pen, Rect};
use super::theme::{LABEL, THIN, Theme};
use plotters_backend::DrawingBackend;

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
    use super::short;

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
}
