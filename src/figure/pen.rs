//! A pen that draws in CSS pixels on a backend that knows whole pixels only.

use super::clip::clip;
use super::dash::dashes;
use super::theme::{LABEL, Rgb, THIN};
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

impl<'a, B: DrawingBackend> Pen<'a, B> {
    /// A pen on a backend whose size is [`Size::fine`].
    pub(super) fn new(backend: &'a mut B) -> Self {
        Self { backend }
    }

    pub(super) fn line(&mut self, points: &[[f64; 2]], color: Rgb, alpha: f64, width: f64) -> Drawn<B> {
        if points.len() < 2 {
            return Ok(());
        }
        let style = ShapeStyle { color: mixed(color, alpha), filled: false, stroke_width: width_of(width) };
        self.backend.draw_path(points.iter().copied().map(fine), &style).map_err(Box::new)
    }

    /// A line of dashes: how long each is, and how far from the next.
    pub(super) fn dashed(
        &mut self,
        points: &[[f64; 2]],
        color: Rgb,
        width: f64,
        pattern: [f64; 2],
    ) -> Drawn<B> {
        for dash in dashes(points, pattern) {
            self.line(&dash, color, 1.0, width)?;
        }
        Ok(())
    }

    /// A rectangle under slanted lines, so that what it says does not rest on its colour.
    pub(super) fn hatched(&mut self, rect: Rect, color: Rgb) -> Drawn<B> {
        let Rect { left, top, width, height } = rect;
        let (right, bottom) = (left + width, top + height);
        self.area(&[[left, top], [right, top], [right, bottom], [left, bottom]], color, 0.2)?;
        let mut start = top;
        while start < bottom + width {
            for part in clip(&[[left, start], [right, start - width]], rect) {
                self.line(&part, color, 1.0, THIN)?;
            }
            start += HATCH;
        }
        Ok(())
    }

    /// A filled shape.
    pub(super) fn shape(&mut self, points: &[[f64; 2]], color: Rgb) -> Drawn<B> {
        self.area(points, color, 1.0)
    }

    /// A filled shape that lets through what is below it.
    pub(super) fn area(&mut self, points: &[[f64; 2]], color: Rgb, alpha: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, alpha), filled: true, stroke_width: 0 };
        self.backend.fill_polygon(points.iter().copied().map(fine), &style).map_err(Box::new)
    }

    /// A filled circle.
    pub(super) fn disc(&mut self, center: [f64; 2], radius: f64, color: Rgb, alpha: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, alpha), filled: true, stroke_width: 0 };
        self.backend.draw_circle(fine(center), width_of(radius), &style, true).map_err(Box::new)
    }

    /// The outline of a circle.
    pub(super) fn ring(&mut self, center: [f64; 2], radius: f64, color: Rgb, width: f64) -> Drawn<B> {
        let style = ShapeStyle { color: mixed(color, 1.0), filled: false, stroke_width: width_of(width) };
        self.backend.draw_circle(fine(center), width_of(radius), &style, false).map_err(Box::new)
    }

    /// An arrow from a point to another, with a shade round it; the head shrinks with the arrow.
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

    /// A tick label.
    pub(super) fn label(&mut self, text: &str, at: [f64; 2], anchor: Anchor, color: Rgb) -> Drawn<B> {
        self.text(text, at, anchor, color, LABEL)
    }
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
