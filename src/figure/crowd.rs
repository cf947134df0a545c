//! A crowd of starts as pixels: the trails that they leave, and where each comes from.
//!
//! The pixels lie above the landscape's field. They are red, green, blue and alpha bytes, transparent
//! where nobody walks; the upper row is where h is open.

use super::heat::palette;
use super::theme::{ARRIVED, NOT_ARRIVED, Rgb, WALKING};
use crate::landscape::{Crowd, single};
use crate::plumbing::{SHUT, TRAVEL};

/// What is left of a trail after each picture, in which it fades.
pub const TRAIL: f64 = 0.88;
/// How much light there is for each pixel of the picture, if the crowd spreads evenly.
const LIGHT: usize = 20;
/// The least light of one start, whatever the size of the crowd, and the most.
const DIM_AND_BRIGHT: [usize; 2] = [4, 255];
/// Starts whose pixels are found together.
const BLOCK: usize = 16;

/// Lets trails fade: `keep` (0 to 1) of every alpha is left, and in the end nothing.
pub fn fade(pixels: &mut [u8], keep: f64) {
    let keep = share(keep);
    for pixel in pixels.as_chunks_mut::<4>().0 {
        // The four bytes as one number, which vectors can hold.
        let word = u32::from_le_bytes(*pixel);
        let alpha = ((word >> 24) * keep) >> 8;
        *pixel = ((word & 0x00ff_ffff) | (alpha << 24)).to_le_bytes();
    }
}

/// A share of 256.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to 0 and 256")]
fn share(keep: f64) -> u32 {
    (256.0 * keep.clamp(0.0, 1.0)) as u32
}

/// Adds every start of a crowd where it stands now, as one pixel of `side` × `side`: brighter where more
/// of them stand, in one colour while they walk and in another when they have arrived.
///
/// `pixels` is brought to size.
pub fn splat(crowd: &Crowd, side: usize, pixels: &mut Vec<u8>) {
    let side = side.max(1);
    pixels.resize(4 * side * side, 0);
    let (m, h) = crowd.positions();
    let [dim, bright] = DIM_AND_BRIGHT;
    let light = (LIGHT * side * side / m.len()).clamp(dim, bright).to_le_bytes()[0];
    let brush = Brush { side, light, canvas: pixels.as_chunks_mut::<4>().0 };
    brush.splat(m, h, crowd.arrived());
}

struct Brush<'a> {
    side: usize,
    light: u8,
    canvas: &'a mut [[u8; 4]],
}

impl Brush<'_> {
    fn splat(mut self, m: &[f32], h: &[f32], arrived: &[u16]) {
        let (blocks, last_m) = m.as_chunks::<BLOCK>();
        let (blocks_of_h, last_h) = h.as_chunks::<BLOCK>();
        let (blocks_of_arrived, last_arrived) = arrived.as_chunks::<BLOCK>();
        for ((m, h), arrived) in blocks.iter().zip(blocks_of_h).zip(blocks_of_arrived) {
            self.block(m, h, arrived);
        }
        let (mut m, mut h) = ([0.0; BLOCK], [0.0; BLOCK]);
        m[..last_m.len()].copy_from_slice(last_m);
        h[..last_h.len()].copy_from_slice(last_h);
        self.block(&m, &h, last_arrived);
    }

    /// As many starts of a block as `arrived` has.
    #[inline(never)]
    fn block(&mut self, m: &[f32; BLOCK], h: &[f32; BLOCK], arrived: &[u16]) {
        for (place, arrived) in self.places(m, h).into_iter().zip(arrived) {
            let color = [WALKING, ARRIVED][usize::from(*arrived != Crowd::NOT_YET)];
            if let Some(pixel) = usize::try_from(place).ok().and_then(|place| self.canvas.get_mut(place)) {
                *pixel = pixel_of(color, pixel[3].saturating_add(self.light));
            }
        }
    }

    /// The places of the pixels on the canvas. By way of `i32`, the one cast that vectors have too.
    #[inline(always)]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "a canvas has fewer pixels"
    )]
    fn places(&self, m: &[f32; BLOCK], h: &[f32; BLOCK]) -> [i32; BLOCK] {
        let side = self.side as i32;
        let scale = side as f32 / single(TRAVEL);
        let along = |position: f32| {
            let index = (scale * (position - single(SHUT))) as i32;
            if index < side { index } else { side - 1 }
        };
        std::array::from_fn(|i| (side - 1 - along(h[i])) * side + along(m[i]))
    }
}

/// Paints where each start comes from: every pixel of `side` × `side` in the colour of the number of steps
/// that the start there took to arrive, bright for few, dark for `limit` or more, on a logarithmic scale;
/// grey where it has not arrived.
///
/// `pixels` is brought to size.
pub fn basins(crowd: &Crowd, side: usize, limit: u32, pixels: &mut Vec<u8>) {
    let side = side.max(1);
    pixels.resize(4 * side * side, 0);
    let palette = palette();
    let most = f64::from(limit.max(1)).ln_1p();
    let Rgb(r, g, b) = NOT_ARRIVED;
    let color = |steps: u32| palette[usize::from(darkness(f64::from(steps).ln_1p() / most))];
    let colors: Vec<[u8; 4]> = (0..=crowd.steps()).map(color).collect();
    let columns: Vec<usize> = (0..side).map(|pixel| pixel * crowd.columns() / side).collect();
    let rows = (0..side).rev().map(|pixel| pixel * crowd.rows() / side);
    for (line, row) in pixels.as_chunks_mut::<4>().0.chunks_exact_mut(side).zip(rows) {
        let arrived = &crowd.arrived()[row * crowd.columns()..][..crowd.columns()];
        for (pixel, column) in line.iter_mut().zip(&columns) {
            *pixel = colors.get(usize::from(arrived[*column])).copied().unwrap_or([r, g, b, 255]);
        }
    }
}

/// The place in the palette of a share of the longest way: the longer, the darker.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to 0 and 255")]
fn darkness(share: f64) -> u8 {
    (255.0 * (1.0 - share)).round().clamp(0.0, 255.0) as u8
}

fn pixel_of(Rgb(r, g, b): Rgb, alpha: u8) -> [u8; 4] {
    [r, g, b, alpha]
}

#[cfg(test)]
mod tests {
    use super::{basins, fade, pixel_of, splat};
    use crate::figure::heat::palette;
    use crate::figure::theme::{ARRIVED, NOT_ARRIVED, WALKING};
    use crate::landscape::Crowd;
    use crate::scenario::Scenario;

    fn walked(columns: usize, rows: usize, count: u32) -> Crowd {
        let experiment = Scenario::parse("preset=product&optimizer=adam&rate=0.1").0.experiment();
        let mut crowd = Crowd::new(columns, rows);
        crowd.walk(&experiment, count);
        crowd
    }

    #[test]
    fn every_start_lights_the_pixel_in_which_it_stands() {
        let (columns, rows) = (7, 5);
        let crowd = Crowd::new(columns, rows);
        let mut pixels = Vec::new();
        splat(&crowd, 35, &mut pixels);
        let (pixels, _) = pixels.as_chunks::<4>();
        assert_eq!(pixels.len(), 35 * 35);
        for (index, pixel) in pixels.iter().enumerate() {
            // Cells of 5 by 7 pixels, the start in the middle of each.
            let lit = index % 35 % 5 == 2 && index / 35 % 7 == 3;
            assert_eq!(*pixel, if lit { pixel_of(WALKING, 255) } else { [0; 4] }, "pixel {index}");
        }
    }

    #[test]
    fn the_ends_of_the_plane_are_in_the_picture_and_h_points_up() {
        let experiment = Scenario::parse("preset=product&target=100&rate=10").0.experiment();
        let mut crowd = Crowd::new(3, 1);
        crowd.walk(&experiment, 50);
        assert_eq!(crowd.positions(), (&[10.0; 3][..], &[10.0; 3][..]));
        let mut pixels = Vec::new();
        splat(&crowd, 8, &mut pixels);
        let (pixels, _) = pixels.as_chunks::<4>();
        assert_eq!(pixels[7], pixel_of(WALKING, 255), "m and h open are to the right, above");
        assert_eq!(pixels.iter().filter(|pixel| pixel[3] > 0).count(), 1);
    }

    #[test]
    fn more_starts_give_more_light_and_those_that_arrived_another() {
        let crowd = walked(200, 200, 300);
        assert_eq!(crowd.arrived_count(), 40_000);
        let mut pixels = Vec::new();
        splat(&crowd, 64, &mut pixels);
        let (once, _) = pixels.as_chunks::<4>();
        assert!(once.iter().all(|pixel| *pixel == [0; 4] || pixel[..3] == pixel_of(ARRIVED, 255)[..3]));
        let lights: std::collections::BTreeSet<u8> = once.iter().map(|pixel| pixel[3]).collect();
        assert!(lights.len() > 5, "{lights:?}");
    }

    #[test]
    fn trails_fade_until_nothing_is_left() {
        let mut pixels = vec![10, 20, 30, 255, 0, 0, 0, 0, 9, 9, 9, 1];
        fade(&mut pixels, 1.0);
        assert_eq!(pixels, [10, 20, 30, 255, 0, 0, 0, 0, 9, 9, 9, 1]);
        fade(&mut pixels, 0.5);
        assert_eq!(pixels, [10, 20, 30, 127, 0, 0, 0, 0, 9, 9, 9, 0]);
        for _ in 0..400 {
            fade(&mut pixels, 0.99);
        }
        assert_eq!(pixels[3], 0);
        fade(&mut pixels, f64::NAN);
    }

    #[test]
    fn basins_show_for_every_start_how_long_its_way_was() {
        let crowd = walked(16, 12, 20);
        let mut pixels = Vec::new();
        basins(&crowd, 48, 20, &mut pixels);
        let (pixels, _) = pixels.as_chunks::<4>();
        let mut kinds = [0; 3];
        for (index, pixel) in pixels.iter().enumerate() {
            let (column, row) = (index % 48 / 3, (47 - index / 48) / 4);
            let expected = match crowd.arrived()[row * 16 + column] {
                Crowd::NOT_YET => pixel_of(NOT_ARRIVED, 255),
                0 => palette()[255],
                20 => palette()[0],
                _ => *pixel,
            };
            assert_eq!(*pixel, expected, "pixel {index}");
            kinds[usize::from(expected == palette()[255])] += 1;
            kinds[2] += usize::from(expected == pixel_of(NOT_ARRIVED, 255));
        }
        assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
        // Before anybody has walked, nobody has arrived.
        let mut before = Vec::new();
        basins(&Crowd::new(1, 1), 2, 0, &mut before);
        assert_eq!(before, pixel_of(NOT_ARRIVED, 255).repeat(4));
    }
}
