//! The valves of a city as pixels: each in the hue of the shower that it serves most, the more colourful the more it
//! serves that one alone.

use super::mosaic::Mosaic;
use super::theme::{Rgb, Theme, VALVE_CHROMA, VALVE_DIM};
use std::ops::Range;
use std::sync::LazyLock;

/// How colourful a valve may be: so many steps from grey on.
const STEPS: usize = 16;
/// From so many device pixels a cell on, a line parts it from its neighbours.
const PARTED: f64 = 8.0;
/// A pixel looks at no more valves than this across, and as many down.
const MOST_LOOKED_AT: u8 = 3;

/// What is known of every valve of a city, by its number.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// The shower that it serves most.
    pub most: &'a [u16],
    /// How special it is: 0 serves all showers alike, 255 one alone.
    pub special: &'a [u8],
    /// Which are looked at, while the others stand back; `None` where all are.
    pub lit: Option<&'a [bool]>,
}

/// The part of a mosaic that is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    at: [f64; 2],
    scale: f64,
    width: usize,
    height: usize,
}

impl View {
    /// The most device pixels a side.
    pub const LARGEST: usize = 8192;

    /// A view with a place among the columns and rows of cells in its upper left corner, so many device pixels a
    /// cell, and so many across and down. What is no number is 0 in a place and 1 as a scale; what is too large is as
    /// large as may be.
    #[must_use]
    pub fn new(at: [f64; 2], scale: f64, [width, height]: [usize; 2]) -> Self {
        let place = |place: f64| if place.is_nan() { 0.0 } else { place.clamp(-1e8, 1e8) };
        let scale = if scale.is_nan() { 1.0 } else { scale.clamp(1e-3, 1e3) };
        let [width, height] = [width, height].map(|side| side.min(Self::LARGEST));
        Self { at: at.map(place), scale, width, height }
    }

    /// How many device pixels it is across.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many device pixels it is down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// How many valves a pixel looks at across, and as many down.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
    fn looks(&self) -> u8 {
        (1.0 / self.scale - 0.5).ceil().clamp(1.0, f64::from(MOST_LOOKED_AT)) as u8
    }

    /// The columns or the rows at which pixels look, `looks` for each pixel; `None` before the first.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not below 0, and no more than 1e9"
    )]
    fn cells(&self, axis: usize, looks: u8) -> Vec<Option<usize>> {
        let count = if axis == 0 { self.width } else { self.height };
        let parts = (0..looks).map(|part| (f64::from(part) + 0.5) / f64::from(looks));
        let place = |pixel: f64| self.at[axis] + pixel / self.scale;
        let cell = |pixel| Some(place(pixel)).filter(|place| *place >= 0.0).map(|place| place as usize);
        (0..count).flat_map(|pixel| parts.clone().map(move |part| pixel as f64 + part)).map(cell).collect()
    }

    /// Which pixels lie on the line between two cells.
    fn seams(&self, cells: &[Option<usize>]) -> Vec<bool> {
        let apart = self.scale >= PARTED;
        let pairs = cells.windows(2).map(|pair| apart && pair[0] != pair[1]);
        std::iter::once(false).chain(pairs).take(cells.len()).collect()
    }
}

/// Where the circle of hues begins: a red.
const HUE: f64 = 0.45;

/// So many rows of pixels are painted together, so that what lies side by side in memory is read together.
const BAND: usize = 16;

/// Light of the three colours, from 0 to 65535 each, and a 1, so that sums know of how many they are.
type Light = [u16; 4];

/// Paints the part of a mosaic that is seen, as red, green, blue and alpha bytes. A pixel that covers several valves
/// mixes their light. `pixels` is brought to size.
///
/// ```
/// use backflow::figure::{Mosaic, Service, Theme, View, paint_city};
///
/// // A pump and two showers: one valve serves the first alone, the other serves both alike.
/// let service = Service { most: &[0, 1], special: &[255, 0], lit: None };
/// let view = View::new([0.0, 0.0], 1.0, [2, 1]);
/// let mut pixels = Vec::new();
/// paint_city(&Mosaic::new(&[1, 2]), service, view, Theme::LIGHT, &mut pixels);
/// let [r, g, b, 255, grey, also_grey, grey_too, 255] = pixels[..] else { panic!() };
/// assert!(r > g && r > b && grey == also_grey && grey == grey_too);
/// ```
pub fn paint_city(mosaic: &Mosaic, service: Service<'_>, view: View, theme: Theme, pixels: &mut Vec<u8>) {
    pixels.clear();
    pixels.resize(4 * view.width * view.height, 255);
    let mut table = lights(mosaic.showers(), theme);
    if service.lit.is_some() {
        let dim: Vec<_> = table.iter().map(|light| dimmed(*light, theme)).collect();
        table.extend(dim);
    }
    let looks = view.looks();
    let [columns, rows] = [0, 1].map(|axis| view.cells(axis, looks));
    let [seams_across, seams_down] = [&columns, &rows].map(|cells| view.seams(cells));
    let looks = usize::from(looks);
    let (paper, bytes) = (light(theme.paper), &*BYTES);
    let mut sums = vec![[0; 4]; BAND * view.width];
    let bands = pixels.chunks_mut((4 * BAND * view.width).max(1));
    for ((band, rows), seams_down) in
        bands.zip(rows.chunks(BAND * looks)).zip(seams_down.chunks(BAND * looks))
    {
        sums.fill([0; 4]);
        for block in &mosaic.blocks {
            let [across, down] = block.strides();
            let across = places(&columns, &block.columns, [1, across], looks);
            let down = places(rows, &block.rows, [view.width, down], looks);
            // Along the lines in which the valves lie in memory.
            let [lines, along] = if block.turned { [across, down] } else { [down, across] };
            for line in &lines {
                for place in &along {
                    let valve = block.first + line.valve + place.valve;
                    let Some(entry) = service.entry(valve, mosaic.showers()) else { continue };
                    let sum = &mut sums[line.pixel + place.pixel];
                    for (sum, light) in sum.iter_mut().zip(table[entry]) {
                        *sum += u32::from(light);
                    }
                }
            }
        }
        let rows = band.chunks_exact_mut((4 * view.width).max(1)).zip(sums.chunks_exact(view.width.max(1)));
        for ((pixels, sums), down) in rows.zip(seams_down.iter().step_by(looks)) {
            let seams = seams_across.iter().step_by(looks);
            for ((pixel, sum), across) in pixels.as_chunks_mut::<4>().0.iter_mut().zip(sums).zip(seams) {
                let is_bare = *down || *across || sum[3] == 0;
                let Rgb(r, g, b) = if is_bare { theme.paper } else { mean(*sum, paper, looks, bytes) };
                *pixel = [r, g, b, 255];
            }
        }
    }
}

/// Where a look falls on a block, along one axis.
struct Place {
    /// How far its pixel is from the first along the other axis.
    pixel: usize,
    /// How far the number of its valve is from that of the first there.
    valve: usize,
}

/// The looks along an axis that fall on a block, whose pixels and whose valves are so far apart.
fn places(
    cells: &[Option<usize>],
    block: &Range<usize>,
    [pixel, valve]: [usize; 2],
    looks: usize,
) -> Vec<Place> {
    let before = cells.partition_point(|cell| cell.is_none_or(|cell| cell < block.start));
    let there = cells.iter().enumerate().skip(before).map_while(|(look, cell)| Some((look, (*cell)?)));
    let there = there.take_while(|(_, cell)| *cell < block.end);
    there
        .map(|(look, cell)| Place { pixel: look / looks * pixel, valve: (cell - block.start) * valve })
        .collect()
}

impl Service<'_> {
    /// Where the light of a valve stands among those of all showers.
    fn entry(&self, valve: usize, showers: usize) -> Option<usize> {
        let shower = usize::from(*self.most.get(valve)?);
        let step = usize::from(*self.special.get(valve)?) * STEPS / 256;
        let is_dim = self.lit.is_some_and(|lit| lit.get(valve) != Some(&true));
        (shower < showers).then_some((shower + if is_dim { showers } else { 0 }) * STEPS + step)
    }
}

/// The light of every shower in every step from grey to as colourful as it may be, shower by shower. The showers stand
/// evenly round a circle of hues between which people see even distances: OKLCH (Ottosson, 2020).
fn lights(showers: usize, theme: Theme) -> Vec<Light> {
    let [plain, special] = theme.valve_lightness.map(|hundredths| f64::from(hundredths) / 100.0);
    let hues = (0..showers).map(|shower| HUE + std::f64::consts::TAU * shower as f64 / showers as f64);
    let ways = (0..STEPS).map(|step| step as f64 / (STEPS - 1) as f64);
    hues.map(f64::sin_cos)
        .flat_map(|hue| {
            let chroma = shown(special, hue);
            ways.clone().map(move |way| {
                let color = linear(plain + way * (special - plain), way * chroma, hue);
                let [r, g, b] = color.map(|part| whole(part.clamp(0.0, 1.0)));
                [r, g, b, 1]
            })
        })
        .collect()
}

/// The largest chroma up to [`VALVE_CHROMA`] that a screen can show at a lightness in a hue.
fn shown(lightness: f64, hue: (f64, f64)) -> f64 {
    let fits = |chroma| linear(lightness, chroma, hue).iter().all(|part| (0.0..=1.0).contains(part));
    let (mut least, mut most) = (0.0, VALVE_CHROMA);
    if fits(most) {
        return most;
    }
    for _ in 0..8 {
        let half = 0.5 * (least + most);
        if fits(half) { least = half } else { most = half }
    }
    least
}

/// A colour of OKLCH, its hue as sine and cosine, as light: red, green and blue, from 0 to 1 where a screen can show it.
fn linear(lightness: f64, chroma: f64, (sine, cosine): (f64, f64)) -> [f64; 3] {
    let (b, a) = (chroma * sine, chroma * cosine);
    let [l, m, s] = [
        lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
        lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
        lightness - 0.089_484_177_5 * a - 1.291_485_548 * b,
    ]
    .map(|root| root * root * root);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
}

/// A part from 0 to 1 of the most light.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 65535")]
fn whole(part: f64) -> u16 {
    (part * f64::from(u16::MAX)).round() as u16
}

/// The light of a colour (IEC 61966-2-1).
fn light(Rgb(r, g, b): Rgb) -> Light {
    let [r, g, b] = [r, g, b].map(|byte| {
        let part = f64::from(byte) / 255.0;
        whole(if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    });
    [r, g, b, 1]
}

/// How many steps of light the table of bytes has.
const LEVELS: usize = 4096;

/// The bytes of so much light.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
static BYTES: LazyLock<[u8; LEVELS]> = LazyLock::new(|| {
    std::array::from_fn(|level| {
        let part = (level as f64 + 0.5) / LEVELS as f64;
        let part = if part <= 0.003_130_8 { 12.92 * part } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
        (255.0 * part).round() as u8
    })
});

/// The colour of a light.
fn color([r, g, b, _]: Light, bytes: &[u8; LEVELS]) -> Rgb {
    let [r, g, b] = [r, g, b].map(|part| bytes[usize::from(part >> 4)]);
    Rgb(r, g, b)
}

/// The light of a valve's colour that goes so far towards the paper as people see it.
fn dimmed(valve: Light, theme: Theme) -> Light {
    light(color(valve, &BYTES).towards(theme.paper, VALVE_DIM))
}

/// The colour of the lights of some valves, whose number comes last, among so many looks across and as many down, of
/// which the others fell on paper.
#[allow(clippy::cast_possible_truncation, reason = "a mean of 16 bits has no more")]
fn mean(
    [r, g, b, valves]: [u32; 4],
    [red, green, blue, _]: Light,
    looks: usize,
    bytes: &[u8; LEVELS],
) -> Rgb {
    let bare = (looks * looks) as u32 - valves;
    let mix = |sum: u32, paper: u16| {
        let sum = sum + bare * u32::from(paper);
        // Divisions by what is known beforehand are much quicker.
        (match looks {
            1 => sum,
            2 => sum / 4,
            _ => sum / 9,
        }) as u16
    };
    color([mix(r, red), mix(g, green), mix(b, blue), 1], bytes)
}

#[cfg(test)]
mod tests {
    use super::{BYTES, Mosaic, Rgb, STEPS, Service, View, color, lights, paint_city};
    use crate::figure::Theme;

    const SIZES: [usize; 3] = [2, 3, 2];
    const MOST: [u16; 12] = [0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0];
    const SPECIAL: [u8; 12] = [255, 255, 0, 128, 64, 255, 255, 255, 255, 255, 255, 255];
    const SERVICE: Service<'static> = Service { most: &MOST, special: &SPECIAL, lit: None };

    fn paint(service: Service<'_>, view: View, theme: Theme) -> Vec<Rgb> {
        let mut pixels = Vec::new();
        paint_city(&Mosaic::new(&SIZES), service, view, theme, &mut pixels);
        let (pixels, rest) = pixels.as_chunks::<4>();
        assert!(rest.is_empty() && pixels.iter().all(|[.., alpha]| *alpha == 255));
        assert_eq!(pixels.len(), view.width() * view.height());
        pixels.iter().map(|[r, g, b, _]| Rgb(*r, *g, *b)).collect()
    }

    fn of_valve(valve: usize, theme: Theme) -> Rgb {
        let entry = usize::from(MOST[valve]) * STEPS + usize::from(SPECIAL[valve]) / 16;
        color(lights(2, theme)[entry], &BYTES)
    }

    #[test]
    #[allow(clippy::cast_possible_truncation, reason = "small numbers of cells")]
    fn each_pixel_has_the_colour_of_its_valve() {
        let mosaic = Mosaic::new(&SIZES);
        for theme in Theme::ALL {
            for scale in [1.0, 3.0, 7.9] {
                // Two cells to the left of the mosaic, and one above it.
                let pixels = paint(SERVICE, View::new([-2.0, -1.0], scale, [60, 60]), theme);
                let mut found = 0;
                for (index, pixel) in pixels.iter().enumerate() {
                    let cell = [index % 60, index / 60].map(|at| (at as f64 + 0.5) / scale);
                    let inside = cell[0] >= 2.0 && cell[1] >= 1.0;
                    let cell = [cell[0] as usize, cell[1] as usize];
                    let valve = inside.then(|| mosaic.valve([cell[0] - 2, cell[1] - 1])).flatten();
                    found += usize::from(valve.is_some());
                    let wanted = valve.map_or(theme.paper, |valve| of_valve(valve, theme));
                    assert_eq!(*pixel, wanted, "{cell:?} at {scale}");
                }
                assert!(found >= 12, "{found}");
            }
        }
    }

    #[test]
    fn valves_are_parted_by_a_line_where_there_is_room() {
        let pixels = paint(SERVICE, View::new([0.0, 0.0], 8.0, [16, 16]), Theme::DARK);
        for (index, pixel) in pixels.iter().enumerate() {
            let [x, y] = [index % 16, index / 16];
            let is_line = x == 8 || y == 8;
            assert_eq!(*pixel == Theme::DARK.paper, is_line, "{x}, {y}");
        }
    }

    #[test]
    fn a_pixel_with_several_valves_mixes_their_light() {
        // Two by two valves a pixel: 0, 1, 3 and 4; then 2 and 5 beside paper.
        let [mixed, edge] = paint(SERVICE, View::new([0.0, 0.0], 0.5, [2, 1]), Theme::LIGHT)[..] else {
            panic!("two pixels")
        };
        let lights = lights(2, Theme::LIGHT);
        let light =
            |valve: usize| lights[usize::from(MOST[valve]) * STEPS + usize::from(SPECIAL[valve]) / 16];
        let mean = |lights: [[u16; 4]; 4]| {
            color(
                [0, 1, 2, 3].map(|part| {
                    let sum: u32 = lights.iter().map(|light| u32::from(light[part])).sum();
                    u16::try_from(sum / 4).expect("a mean")
                }),
                &BYTES,
            )
        };
        assert_eq!(mixed, mean([light(0), light(1), light(3), light(4)]));
        assert_eq!(edge, mean([light(2), light(5), [u16::MAX; 4], [u16::MAX; 4]]));
        assert!(mixed != of_valve(0, Theme::LIGHT) && edge != Theme::LIGHT.paper);
    }

    #[test]
    fn a_valve_that_serves_all_alike_is_grey_and_hues_are_far_apart() {
        for theme in Theme::ALL {
            let lights = lights(4, theme);
            let colors: Vec<_> = lights.iter().map(|light| color(*light, &BYTES)).collect();
            for shower in colors.chunks_exact(STEPS) {
                let Rgb(r, g, b) = shower[0];
                assert!(r.abs_diff(g) < 2 && g.abs_diff(b) < 2, "{:?}", shower[0]);
                let spread = |Rgb(r, g, b): Rgb| r.max(g).max(b) - r.min(g).min(b);
                assert!(shower.windows(2).all(|pair| spread(pair[0]) <= spread(pair[1])), "{shower:?}");
                assert!(spread(shower[STEPS - 1]) > 80, "{} has {:?}", theme.name, shower[STEPS - 1]);
            }
            let ends: Vec<_> = colors.iter().skip(STEPS - 1).step_by(STEPS).collect();
            let far = |a: &Rgb, b: &Rgb| a.0.abs_diff(b.0).max(a.1.abs_diff(b.1)).max(a.2.abs_diff(b.2));
            for (index, one) in ends.iter().enumerate() {
                assert!(ends[..index].iter().all(|other| far(one, other) > 60), "{ends:?}");
            }
        }
    }

    #[test]
    fn those_not_looked_at_stand_back() {
        let mut lit = [false; 12];
        lit[1] = true;
        let view = View::new([0.0, 0.0], 1.0, [3, 2]);
        for theme in Theme::ALL {
            let plain = paint(SERVICE, view, theme);
            let dim = paint(Service { lit: Some(&lit), ..SERVICE }, view, theme);
            let far = |a: Rgb| {
                let paper = theme.paper;
                a.0.abs_diff(paper.0).max(a.1.abs_diff(paper.1)).max(a.2.abs_diff(paper.2))
            };
            for (valve, (plain, dim)) in plain.iter().zip(&dim).enumerate() {
                if valve == 1 {
                    assert_eq!(plain, dim);
                } else {
                    assert!(0 < far(*dim) && 3 * far(*dim) < far(*plain), "{plain:?} became {dim:?}");
                }
            }
        }
    }

    #[test]
    fn no_view_and_no_gap_in_what_is_known_is_too_much() {
        let numbers = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e300, 1e300, 0.0, -0.5, 1e-300, 5.0];
        for x in numbers {
            for y in numbers {
                for scale in numbers {
                    paint(SERVICE, View::new([x, y], scale, [7, 5]), Theme::LIGHT);
                }
            }
        }
        for sides in [[0, 0], [0, 9], [9, 0], [usize::MAX, 1], [1, usize::MAX]] {
            let view = View::new([0.0, 0.0], 0.3, sides);
            assert!(view.width() <= View::LARGEST && view.height() <= View::LARGEST);
            paint(SERVICE, view, Theme::DARK);
        }
        let view = View::new([0.0, 0.0], 1.0, [3, 5]);
        let unknown = Service { most: &[9], special: &[], lit: Some(&[]) };
        assert!(paint(unknown, view, Theme::DARK).iter().all(|pixel| *pixel == Theme::DARK.paper));
        let no_shower = Service { most: &[9; 12], ..SERVICE };
        assert!(paint(no_shower, view, Theme::DARK).iter().all(|pixel| *pixel == Theme::DARK.paper));
    }
}
