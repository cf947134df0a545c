//! Paper tags, which say sensitivities, and numbers as they stand in drawings.

use super::pen::{Anchor, Drawn, Pen, Rect};
use super::theme::{LABEL, THIN, Theme};
use plotters_backend::DrawingBackend;

/// A number with two decimals, or with none from 100 on, or in powers of ten where it is huge.
pub(super) fn short(number: f64) -> String {
    let size = number.abs();
    let text = match size {
        _ if size < 99.995 => format!("{size:.2}"),
        _ if size < 99_999.5 => format!("{size:.0}"),
        _ => format!("{size:.1e}"),
    };
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if number < 0.0 && !zero { format!("−{text}") } else { text }
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
            (5e9, "5.0e9"),
        ] {
            assert_eq!(short(number), text);
        }
    }
}
