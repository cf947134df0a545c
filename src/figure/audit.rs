//! An audit as colour: in how many digits exact and measured sensitivities agree.

use super::heat::palette;
#[cfg(feature = "export")]
use super::theme::Rgb;
use crate::landscape::Audit;

/// The first and the last colour: differences of so many powers of ten.
const POWERS: [f32; 2] = [-16.0, -6.0];

/// Paints the differences of an audit, one pixel a node, as red, green, blue and alpha bytes: dark where
/// they are 1e-16 or less, bright where they are 1e-6 or more, each power of ten as far from the next.
///
/// The upper row of pixels is the last row of nodes (h open). `pixels` is brought to size.
pub fn audit(audit: &Audit, pixels: &mut Vec<u8>) {
    let nodes = audit.nodes();
    pixels.resize(4 * nodes * nodes, 255);
    let palette = palette();
    let (pixels, _) = pixels.as_chunks_mut::<4>();
    let rows = audit.differences().chunks_exact(nodes).rev();
    for (line, row) in pixels.chunks_exact_mut(nodes).zip(rows) {
        for (pixel, difference) in line.iter_mut().zip(row) {
            *pixel = palette[usize::from(index(*difference))];
        }
    }
}

/// The same as indices into the palette, from the upper row down.
#[cfg(feature = "export")]
pub(super) fn audit_indices(audit: &Audit) -> Vec<u8> {
    let rows = audit.differences().chunks_exact(audit.nodes()).rev();
    rows.flatten().map(|difference| index(*difference)).collect()
}

/// Colours of every other power of ten, with what each stands for.
#[cfg(feature = "export")]
pub(super) fn audit_entries() -> Vec<(Rgb, String)> {
    let raised =
        |power: i32| power.to_string().replace('-', "⁻").chars().map(superscript).collect::<String>();
    let entry = |power: i32| {
        let [r, g, b, _] = palette()[usize::from(index(10.0_f32.powi(power)))];
        (Rgb(r, g, b), format!("10{}", raised(power)))
    };
    (-16..=-6).step_by(2).map(entry).collect()
}

/// A digit above the line; any other sign as it is.
#[cfg(feature = "export")]
fn superscript(sign: char) -> char {
    match sign.to_digit(10) {
        Some(digit) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize],
        None => sign,
    }
}

/// The place in the palette of a difference, 0 or more.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to 0 and 255")]
fn index(difference: f32) -> u8 {
    let [first, last] = POWERS;
    // The bits of a number, read as a whole one, are its logarithm to less than a tenth of a doubling:
    // less than the step from one colour to the next.
    let doublings = difference.to_bits() as f32 / (1 << (f32::MANTISSA_DIGITS - 1)) as f32 - 127.0;
    let power = doublings * std::f32::consts::LOG10_2;
    let index = 255.0 * (power - first) / (last - first);
    (index as i32).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::index;

    #[test]
    fn every_power_of_ten_has_as_many_colours() {
        for (difference, expected) in
            [(0.0, 0), (1e-16, 0), (1e-11, 127), (1e-8, 204), (1e-6, 255), (1.0, 255)]
        {
            let actual = index(difference);
            assert!(actual.abs_diff(expected) <= 1, "{difference:e} has colour {actual}, not {expected}");
        }
    }
}
