//! A pen that draws in CSS pixels on a backend that knows whole pixels only.

use super::theme::{DOT, LABEL, Rgb, THIN, Theme};
use crate::landscape::round_levels;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendColor, DrawingBackend, DrawingErrorKind};

/// How many units of the backend a CSS pixel has: lines end within a sixteenth of a pixel of where
/// they should.
pub(crate) const FINE: u32 = 8;

/// From one line of a hatching to the next, in CSS pixels.
const HATCH: f64 = 4.0;

/// The size of a drawing in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width, at least [`Size::SMALLEST`].
    pub width: f64,
    /// Height, at least [`Size::SMALLEST`].
    pub height: f64,
}

impl Size {
    /// Nothing is drawn smaller.
    pub const SMALLEST: f64 = 96.0;
    /// Nothing is drawn larger.
    pub const LARGEST: f64 = 4096.0;

    /// A size within the limits; what is not a number becomes the smallest.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Self {
        let fit = |side: f64| {
            if side.is_nan() { Self::SMALLEST } else { side.clamp(Self::SMALLEST, Self::LARGEST) }
        };
        Self { width: fit(width), height: fit(height) }
    }

    /// The size in units of the backend.
    #[must_use]
    pub fn fine(self) -> (u32, u32) {
        let fine = |side: f64| units(side).unsigned_abs();
        (fine(self.width), fine(self.height))
    }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where a text stands in relation to its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    /// Centred on the point.
    Middle,
    /// Centred below it.
    Below,
    /// To its left.
    Before,
    /// To its right.
    After,
}

/// A pen on a backend.
#[derive(Debug)]
pub(super) struct Pen<'a, B: DrawingBackend> {
    backend: &'a mut B,
}

/// What came of drawing: nothing, or what the backend reports. In a box, since every stroke returns it
/// and hardly any has something to say.
pub type Drawn<B> = Result<(), Box<DrawingErrorKind<<B as DrawingBackend>::ErrorType>>>;

// Drawings consist of strokes, so each stroke is one piece of code: what the page loads is small that way.
impl<'a, B: DrawingBackend> Pen<'a, B> {
    /// A pen on a backend whose size is [`Size::fine`].
    pub(super) fn new(backend: &'a mut B) -> Self {
        Self { backend }
    }

    #[inline(never)]
    pub(super) fn line(&mut self, points: &[[f64; 2]], color: Rgb, alpha: f64, width: f64) -> Drawn<B> {
        if points.len() < 2 {
            return Ok(());
        }
        let style = ShapeStyle { color: mixed(color, alpha), filled: false, stroke_width: width_of(width) };
        self.backend.draw_path(points.iter().copied().map(fine), &style).map_err(Box::new)
    }

    /// A straight line of dashes: how long each is, and how far from the next.
    #[inline(never)]
    pub(super) fn dashed(
        &mut self,
        [from, to]: [[f64; 2]; 2],
        color: Rgb,
        width: f64,
        [on, off]: [f64; 2],
    ) -> Drawn<B> {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = dx.hypot(dy);
        let at = |along: f64| [from[0] + dx * along / length, from[1] + dy * along / length];
        let mut start = 0.0;
        while start < length {
            self.line(&[at(start), at((start + on).min(length))], color, 1.0, width)?;
            start += on + off;
        }
        Ok(())
    }

    /// A rectangle under slanted lines, so that what it says does not rest on its colour.
    #[inline(never)]
    pub(super) fn hatched(&mut self, rect: Rect, color: Rgb) -> Drawn<B> {
        let Rect { left, top, width, height } = rect;
        let (right, bottom) = (left + width, top + height);
        self.area(&[[left, top], [right, top], [right, bottom], [left, bottom]], color, 0.2)?;
        // Each line rises by a pixel for each to the right, from where it would leave the left side.
        let mut start = top;
        while start < bottom + width {
            let ends = [start.min(bottom), (start - width).max(top)];
            self.line(&ends.map(|y| [left + start - y, y]), color, 1.0, THIN)?;
            start += HATCH;
        }
        Ok(())
    }

    /// The axes to the left of a rectangle and below it.
    #[inline(never)]
    pub(super) fn axes(&mut self, rect: Rect, color: Rgb) -> Drawn<B> {
        let Rect { left, top, width, height } = rect;
        let (left_line, bottom_line) = (left - 0.5, top + height + 0.5);
        let line = [[left_line, top], [left_line, bottom_line], [left + width, bottom_line]];
        self.line(&line, color, 1.0, THIN)
    }

    /// A filled shape.
    #[inline(never)]
    pub(super) fn shape(&mut self, points: &[[f64; 2]], color: Rgb) -> Drawn<B> {
        self.area(points, color, 1.0)
    }

    /// A filled shape that lets through what is below it.
    #[inline(never)]
    pub(super) fn area(&mut self, points: &[[f64; 2]], color: Rgb, alpha: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, alpha), filled: true, stroke_width: 0 };
        self.backend.fill_polygon(points.iter().copied().map(fine), &style).map_err(Box::new)
    }

    /// A filled circle.
    #[inline(never)]
    pub(super) fn disc(&mut self, center: [f64; 2], radius: f64, color: Rgb, alpha: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, alpha), filled: true, stroke_width: 0 };
        self.backend.draw_circle(fine(center), width_of(radius), &style, true).map_err(Box::new)
    }

    /// The dot that one drags, from its rim inward.
    #[inline(never)]
    pub(super) fn dot(&mut self, at: [f64; 2], [rim, face, heart]: [Rgb; 3]) -> Drawn<B> {
        self.disc(at, DOT + 2.0, rim, 1.0)?;
        self.disc(at, DOT, face, 1.0)?;
        self.disc(at, DOT - 3.0, heart, 1.0)
    }

    /// The outline of a circle.
    #[inline(never)]
    pub(super) fn ring(&mut self, center: [f64; 2], radius: f64, color: Rgb, width: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, 1.0), filled: false, stroke_width: width_of(width) };
        self.backend.draw_circle(fine(center), width_of(radius), &style, false).map_err(Box::new)
    }

    /// An arrow from a point to another, with a shade round it; the head shrinks with the arrow.
    #[inline(never)]
    pub(super) fn arrow(
        &mut self,
        from: [f64; 2],
        to: [f64; 2],
        color: Rgb,
        shade: Rgb,
        width: f64,
    ) -> Drawn<B> {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = dx.hypot(dy);
        if length < 1.0 {
            return Ok(());
        }
        let head = (4.0 * width).min(0.6 * length);
        let (ux, uy) = (dx / length, dy / length);
        let neck = [to[0] - ux * head, to[1] - uy * head];
        let wing = 0.5 * head;
        let corners =
            [to, [neck[0] - uy * wing, neck[1] + ux * wing], [neck[0] + uy * wing, neck[1] - ux * wing], to];
        self.line(&[from, neck], shade, 1.0, width + 2.0)?;
        self.line(&corners, shade, 1.0, 2.0)?;
        self.line(&[from, neck], color, 1.0, width)?;
        self.shape(&corners[..3], color)
    }

    #[inline(never)]
    pub(super) fn text(
        &mut self,
        text: &str,
        at: [f64; 2],
        anchor: Anchor,
        color: Rgb,
        height: f64,
    ) -> Drawn<B> {
        let (h, v) = match anchor {
            Anchor::Middle => (HPos::Center, VPos::Center),
            Anchor::Below => (HPos::Center, VPos::Top),
            Anchor::Before => (HPos::Right, VPos::Center),
            Anchor::After => (HPos::Left, VPos::Center),
        };
        let style = TextStyle {
            font: FontDesc::new(FontFamily::SansSerif, f64::from(width_of(height)), FontStyle::Normal),
            color: backend_color(color, 1.0),
            pos: Pos::new(h, v),
        };
        self.backend.draw_text(text, &style, fine(at)).map_err(Box::new)
    }

    /// A tick below an axis, with its number.
    #[inline(never)]
    pub(super) fn tick_below(&mut self, [x, y]: [f64; 2], number: f64, theme: &Theme) -> Drawn<B> {
        self.line(&[[x, y], [x, y + 5.0]], theme.ink, 1.0, THIN)?;
        self.number(number, [x, y + 8.0], Anchor::Below, theme.muted)
    }

    /// A tick to the left of an axis, with its number.
    #[inline(never)]
    pub(super) fn tick_before(&mut self, [x, y]: [f64; 2], number: f64, theme: &Theme) -> Drawn<B> {
        self.line(&[[x - 5.0, y], [x, y]], theme.ink, 1.0, THIN)?;
        self.number(number, [x - 9.0, y], Anchor::Before, theme.muted)
    }

    /// A number as a tick label, as short as it can be.
    #[inline(never)]
    pub(super) fn number(&mut self, number: f64, at: [f64; 2], anchor: Anchor, color: Rgb) -> Drawn<B> {
        self.label(&number.to_string(), at, anchor, color)
    }

    /// A tick label.
    #[inline(never)]
    pub(super) fn label(&mut self, text: &str, at: [f64; 2], anchor: Anchor, color: Rgb) -> Drawn<B> {
        self.text(text, at, anchor, color, LABEL)
    }
}

/// An end of an axis and the round levels between 0 and `highest`, as many as there is room for.
#[inline(never)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
pub(super) fn levels(end: f64, highest: f64, room: f64) -> Vec<f64> {
    let mut levels = round_levels(highest, room.max(1.0) as usize);
    levels.insert(0, end);
    levels
}

fn mixed(Rgb(r, g, b): Rgb, alpha: f64) -> RGBAColor {
    RGBAColor(r, g, b, alpha)
}

fn backend_color(Rgb(r, g, b): Rgb, alpha: f64) -> BackendColor {
    BackendColor { alpha, rgb: (r, g, b) }
}

fn fine([x, y]: [f64; 2]) -> (i32, i32) {
    (units(x), units(y))
}

fn width_of(width: f64) -> u32 {
    units(width).unsigned_abs()
}

/// CSS pixels in units of the backend.
#[allow(clippy::cast_possible_truncation, reason = "rounding to whole units is what is wanted")]
fn units(pixels: f64) -> i32 {
    (pixels * f64::from(FINE)).round() as i32
}
