//! From Δ to ∂: the line through two points that come together, the slope, and a lens on what is between them.

use super::clip::clip;
use super::curves::Plane;
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::plot::Grip;
use super::ruler::{names, triangle};
use super::slopes::{Corner, corners, dashed, fitted, on_curve, position, sheet, through};
use super::tag::{Tag, brief};
use super::theme::{BOLD, DOT, LABEL, THIN, Theme};
use crate::lesson::shrink::Shrunk;
use crate::plumbing::{OPEN, SHUT, TRAVEL};
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// The lens as parts of the plane: across and down.
const LENS: [f64; 2] = [0.4, 0.44];
/// The part of the lens that the stretch between both points takes, the other way at most.
const FILLED: f64 = 0.62;
/// Straight pieces of the curve in the lens.
const PIECES: usize = 64;
/// A lens that enlarges less than this says nothing of it, nor shows at what it looks.
const ENLARGED: f64 = 1.5;
/// A lens has room for names where it is wider than this, in CSS pixels.
const ROOMY: f64 = 150.0;

/// Draws the curve with its slope at the handle, the line through both points, and the lens.
pub(super) fn shrink<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let [m, h] = session.run().now().position;
    let plane = fitted(session, m, size);
    let line = sheet(pen, plane, theme, session, m)?;
    let shrunk = Shrunk::of(session);
    let first = plane.at([h, session.run().now().chain.flows.y]);
    let scale = [plane.rect.width / TRAVEL, -plane.rect.height / plane.top];
    let way = [scale[0] * shrunk.run, scale[1] * shrunk.rise()];
    let second = [first[0] + way[0], first[1] + way[1]];
    let falls = [shrunk.slope, shrunk.ratio].map(|slope| slope * scale[1] / scale[0]);
    let lens_size = [LENS[0] * plane.rect.width, LENS[1] * plane.rect.height];
    let [free, other] = corners(plane, &[&line], lens_size);
    straight(pen, theme, [first, first], falls, plane.rect)?;
    let lens = Lens::new(free, lens_size, [first, way]);
    lens.glass(pen, theme, plane.rect)?;
    let stretch = lens.stretch(session, &shrunk, scale);
    let ends = [lens.at([0.0; 2]), lens.at(way)];
    triangle(pen, theme, ends)?;
    if lens.rect.width > ROOMY {
        names(pen, theme, ends, lens.rect, 0.0)?;
    }
    for part in clip(&stretch, lens.rect) {
        pen.line(&part, theme.y, 1.0, 1.5 * BOLD)?;
    }
    straight(pen, theme, ends, falls, lens.rect)?;
    lens.rim(pen, theme)?;
    pen.disc(ends[1], 0.6 * DOT, theme.ink, 1.0)?;
    pen.disc(ends[0], 0.6 * DOT, theme.h, 1.0)?;
    let tags = [("Δy/Δh", theme.ink, shrunk.ratio), ("∂y/∂h", theme.h, shrunk.slope)]
        .map(|(name, color, slope)| Tag { text: format!("{name} {}", brief(slope)), stripe: Some(color) });
    other.tags(pen, &tags, theme)?;
    pen.disc(second, DOT, theme.paper, 1.0)?;
    pen.disc(second, DOT - 2.0, theme.ink, 1.0)?;
    pen.dot(first, [theme.paper, theme.h, theme.paper])
}

/// The slope, and over it in dashes the line through both points, so that one sees both where they meet.
fn straight<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    [tangent, secant]: [[f64; 2]; 2],
    [slope, ratio]: [f64; 2],
    inside: Rect,
) -> Drawn<B> {
    for part in through(tangent, slope, inside) {
        pen.line(&part, theme.h, 1.0, BOLD)?;
    }
    for part in through(secant, ratio, inside) {
        dashed(pen, &part, theme.ink, BOLD)?;
    }
    Ok(())
}

/// A magnifying glass on the stretch between both points. Places in it are told from the first point, so that
/// no digit is lost however near the second one is.
#[derive(Clone, Copy)]
struct Lens {
    rect: Rect,
    /// The first point on paper.
    first: [f64; 2],
    /// What is in its middle, from the first point, in CSS pixels.
    middle: [f64; 2],
    /// How many times it enlarges.
    zoom: f64,
}

impl Lens {
    /// A lens of a size in a corner: on a way from the first point.
    fn new(corner: Corner, [width, height]: [f64; 2], [first, way]: [[f64; 2]; 2]) -> Self {
        let across = FILLED * width / way[0].abs().max(f64::MIN_POSITIVE);
        let down = FILLED * height / way[1].abs().max(f64::MIN_POSITIVE);
        let middle = way.map(|length| 0.5 * length);
        Self { rect: corner.rect([width, height]), first, middle, zoom: across.min(down) }
    }

    /// A place that is told from the first point.
    fn at(&self, from_first: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        let [x, y] = [0, 1].map(|axis| self.zoom * (from_first[axis] - self.middle[axis]));
        [left + 0.5 * width + x, top + 0.5 * height + y]
    }

    /// The curve, as far as the lens shows it.
    fn stretch(&self, session: &Session, shrunk: &Shrunk, scale: [f64; 2]) -> Vec<[f64; 2]> {
        let shower = &session.run().experiment().shower;
        let now = session.run().now();
        let (m, y) = (now.position[0], now.chain.flows.y);
        let half = 0.5 * self.rect.width / self.zoom;
        let [from, to] = [self.middle[0] - half, self.middle[0] + half].map(|across| across / scale[0]);
        let [from, to] = [from.max(SHUT - shrunk.h), to.min(OPEN - shrunk.h)];
        let step = (to - from) / PIECES as f64;
        let point = |piece: usize| {
            let turn = from + step * piece as f64;
            self.at([scale[0] * turn, scale[1] * (shower.flows(m, shrunk.h + turn).y - y)])
        };
        (0..=PIECES).map(point).collect()
    }

    /// What the lens looks at, where it enlarges that, and its empty glass.
    fn glass<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme, inside: Rect) -> Drawn<B> {
        let far = outline(self.rect);
        if self.zoom > ENLARGED {
            let [x, y] = [0, 1].map(|axis| self.first[axis] + self.middle[axis]);
            let [width, height] = [self.rect.width, self.rect.height].map(|side| side / self.zoom);
            let near = outline(Rect { left: x - 0.5 * width, top: y - 0.5 * height, width, height });
            for part in clip(&near, inside) {
                pen.line(&part, theme.muted, 0.8, THIN)?;
            }
            let Rect { left, top, width, height } = self.rect;
            // From the two corners that are side by side as one looks along the way.
            let aslant = (x - left - 0.5 * width) * (y - top - 0.5 * height) > 0.0;
            for corner in if aslant { [1, 3] } else { [0, 2] } {
                pen.line(&[near[corner], far[corner]], theme.muted, 0.8, THIN)?;
            }
        }
        pen.shape(&far[..4], theme.paper)
    }

    /// The rim, with how many times it enlarges.
    fn rim<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, theme: Theme) -> Drawn<B> {
        let Rect { left, top, .. } = self.rect;
        pen.line(&outline(self.rect), theme.muted, 1.0, 0.75 * BOLD)?;
        if self.zoom < ENLARGED {
            return Ok(());
        }
        pen.label(&times(self.zoom), [left + 6.0, top + 0.9 * LABEL], Anchor::After, theme.muted)
    }
}

/// The corners of a rectangle, the first once more at the end.
fn outline(Rect { left, top, width, height }: Rect) -> [[f64; 2]; 5] {
    let [right, bottom] = [left + width, top + height];
    [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
}

/// How many times, to two digits, in groups of three.
fn times(zoom: f64) -> String {
    let unit = 10f64.powf(zoom.log10().floor() - 1.0);
    let number = (zoom / unit).round() * unit;
    let whole = format!("{:.*}", usize::from(number < 10.0), number);
    let mut text = "×".to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && !whole.contains('.') {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// The first point alone: how far the second one is away is a matter of powers of ten.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let [m, h] = session.run().now().position;
    on_curve(session, m, plane(session, size), &[(Key::H, h)])
}

/// What a pointer makes of the key of a grip: the position below it.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    vec![(key, position(plane(session, size), x))]
}

fn plane(session: &Session, size: Size) -> Plane {
    fitted(session, session.run().now().position[0], size)
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn a_lens_says_in_two_digits_how_many_times_it_enlarges() {
        assert_eq!(
            [1.54, 9.96, 12.3, 149.0, 2345.0, 1_876_000.0].map(times),
            ["×1.5", "×10", "×12", "×150", "×2\u{202f}300", "×1\u{202f}900\u{202f}000"]
        );
    }
}
