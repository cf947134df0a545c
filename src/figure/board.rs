//! A board of a fixed size, on which a picture is laid out; it is scaled to fit and stands in the middle.

use super::pen::{Anchor, Drawn, Pen, Size};
use super::theme::Rgb;
use plotters_backend::DrawingBackend;

/// A board on a drawing. Its lengths, widths of lines and letters are all in units of the board.
pub(super) struct Board<'a, 'b, B: DrawingBackend> {
    pen: &'a mut Pen<'b, B>,
    scale: f64,
    origin: [f64; 2],
}

impl<'a, 'b, B: DrawingBackend> Board<'a, 'b, B> {
    /// A board of some width and height in a drawing of a size.
    pub(super) fn new(pen: &'a mut Pen<'b, B>, size: Size, [width, height]: [f64; 2]) -> Self {
        let scale = (size.width / width).min(size.height / height);
        let origin = [0.5 * (size.width - scale * width), 0.5 * (size.height - scale * height)];
        Self { pen, scale, origin }
    }

    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.origin[0] + self.scale * x, self.origin[1] + self.scale * y]
    }

    pub(super) fn line(&mut self, points: &[[f64; 2]], color: Rgb, width: f64) -> Drawn<B> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        self.pen.line(&points, color, 1.0, self.scale * width)
    }

    pub(super) fn dashed(
        &mut self,
        ends: [[f64; 2]; 2],
        color: Rgb,
        width: f64,
        dashes: [f64; 2],
    ) -> Drawn<B> {
        let ends = ends.map(|end| self.at(end));
        self.pen.dashed(ends, color, self.scale * width, dashes.map(|dash| self.scale * dash))
    }

    pub(super) fn shape(&mut self, points: &[[f64; 2]], color: Rgb) -> Drawn<B> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        self.pen.shape(&points, color)
    }

    /// A sheet with its edge: left, top, width, height.
    pub(super) fn sheet(&mut self, [left, top, width, height]: [f64; 4], [face, edge]: [Rgb; 2]) -> Drawn<B> {
        let [right, bottom] = [left + width, top + height];
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        self.shape(&corners[..4], face)?;
        self.line(&corners, edge, 1.5)
    }

    pub(super) fn disc(&mut self, center: [f64; 2], radius: f64, color: Rgb) -> Drawn<B> {
        let center = self.at(center);
        self.pen.disc(center, self.scale * radius, color, 1.0)
    }

    pub(super) fn ring(&mut self, center: [f64; 2], radius: f64, color: Rgb, width: f64) -> Drawn<B> {
        let center = self.at(center);
        self.pen.ring(center, self.scale * radius, color, self.scale * width)
    }

    pub(super) fn text(
        &mut self,
        text: &str,
        at: [f64; 2],
        anchor: Anchor,
        color: Rgb,
        height: f64,
    ) -> Drawn<B> {
        let at = self.at(at);
        self.pen.text(text, at, anchor, color, self.scale * height)
    }
}
