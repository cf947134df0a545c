//! The error as colour: from the flows of a field to pixels.

use crate::descent::Error;
use crate::landscape::{Field, single};
use std::sync::LazyLock;

/// Cividis in 256 steps, opaque: dark where the error is low, bright where it is high. It reads the
/// same for people who see red and green alike.
static PALETTE: LazyLock<[[u8; 4]; 256]> = LazyLock::new(|| {
    std::array::from_fn(|index| {
        let color = colorous::CIVIDIS.eval_rational(index, 256);
        [color.r, color.g, color.b, 255]
    })
});

/// Nodes whose indices are computed together.
const BLOCK: usize = 16;

/// The colours by index, for pictures that carry their own table.
pub(crate) fn palette() -> &'static [[u8; 4]; 256] {
    &PALETTE
}

/// Whether marks on this share of the highest error should be light.
pub(super) fn is_dark(share: f64) -> bool {
    share < 0.55
}

/// Paints the error over a field, one pixel a node, as red, green, blue and alpha bytes.
///
/// The upper row of pixels is the last row of nodes (h open). Index 0 is E = 0, index 255 is
/// `highest`. `pixels` is brought to size; nothing else is allocated.
pub fn paint(field: &Field, error: Error, target: f64, highest: f64, pixels: &mut Vec<u8>) {
    pixels.resize(4 * field.y().len(), 255);
    let palette = palette();
    each_index(field, error, target, highest, pixels, |pixel, index| {
        *pixel = palette[usize::from(index)];
    });
}

/// The same as indices into the palette, one byte a pixel.
#[cfg(feature = "export")]
pub(super) fn paint_indices(field: &Field, error: Error, target: f64, highest: f64) -> Vec<u8> {
    let mut indices = vec![0; field.y().len()];
    each_index(field, error, target, highest, &mut indices, |pixel: &mut [u8; 1], index| *pixel = [index]);
    indices
}

/// Calls `put` for every pixel of `N` bytes with its index.
fn each_index<const N: usize>(
    field: &Field,
    error: Error,
    target: f64,
    highest: f64,
    pixels: &mut [u8],
    put: impl Fn(&mut [u8; N], u8),
) {
    let scale = single(if highest > 0.0 { 255.0 / highest } else { 0.0 });
    let target = single(target);
    match error {
        Error::Absolute => fill(field, pixels, put, |y| scale * (y - target).abs()),
        Error::Squared => fill(field, pixels, put, |y| 0.5 * scale * (y - target) * (y - target)),
        Error::Huber { delta } => {
            let delta = single(delta);
            fill(field, pixels, put, |y| {
                let e = (y - target).abs();
                let near = e.min(delta);
                scale * near * (e - 0.5 * near)
            });
        }
    }
}

/// Goes through nodes and pixels together, from the last row of nodes to the first.
///
/// Indices are computed a block at a time, which takes vector instructions; looking them up does not.
fn fill<const N: usize>(
    field: &Field,
    pixels: &mut [u8],
    put: impl Fn(&mut [u8; N], u8),
    index: impl Fn(f32) -> f32,
) {
    let rows = field.y().chunks_exact(field.columns());
    let (pixels, _) = pixels.as_chunks_mut::<N>();
    for (row, line) in rows.rev().zip(pixels.chunks_exact_mut(field.columns())) {
        let (blocks, rest) = row.as_chunks::<BLOCK>();
        let (painted, last) = line.as_chunks_mut::<BLOCK>();
        for (block, pixels) in blocks.iter().zip(painted) {
            for (pixel, index) in pixels.iter_mut().zip(block.map(|y| whole(index(y)))) {
                put(pixel, index);
            }
        }
        for (pixel, y) in last.iter_mut().zip(rest) {
            put(pixel, whole(index(*y)));
        }
    }
}

/// The whole part of an index, at most 255. By way of `i32`, the one cast that vectors have too.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to 0 and 255")]
fn whole(index: f32) -> u8 {
    (index as i32).clamp(0, 255) as u8
}
