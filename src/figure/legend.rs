//! Legends below maps: coloured squares with what each stands for, in lines as wide as there is room.

use super::pen::{Anchor, Drawn, Pen, Size};
use super::theme::{Rgb, THIN, Theme};
use plotters_backend::DrawingBackend;

/// The height of a line, the side of a square, and the room to the left, in CSS pixels.
const LINE: f64 = 18.0;
const SQUARE: f64 = 11.0;
const LEFT: f64 = 12.0;
/// The width of an entry that is a number, and of one that is a name.
pub(super) const NUMBERS: f64 = 62.0;
pub(super) const NAMES: f64 = 150.0;

/// Entries of one width: each a colour and a text.
pub(super) type Group = (f64, Vec<(Rgb, String)>);

/// A legend.
pub(super) struct Legend<'a> {
    /// What it says first; nothing where that is empty.
    pub(super) heading: &'a str,
    pub(super) groups: Vec<Group>,
    /// Round each square, where one of them may be as light as the paper.
    pub(super) edge: Option<Rgb>,
}

impl Legend<'_> {
    /// Entries that fit into a line.
    fn fitting(width: f64, entry: f64) -> usize {
        let mut count = 1;
        while LEFT + (count + 1) as f64 * entry <= width {
            count += 1;
        }
        count
    }

    /// The height that it takes in a drawing of this width.
    pub(super) fn height(&self, width: f64) -> f64 {
        let lines = |(entry, entries): &Group| entries.len().div_ceil(Self::fitting(width, *entry));
        let heading = usize::from(!self.heading.is_empty());
        LINE * (self.groups.iter().map(lines).sum::<usize>() + heading) as f64 + 0.5 * LINE
    }

    /// Draws it below a drawing of this size.
    pub(super) fn draw<B: DrawingBackend>(&self, backend: &mut B, size: Size, theme: Theme) -> Drawn<B> {
        let mut pen = Pen::new(backend);
        let mut y = size.height + 0.5 * LINE;
        if !self.heading.is_empty() {
            pen.label(self.heading, [LEFT, y], Anchor::After, theme.muted)?;
            y += LINE;
        }
        for (width, entries) in &self.groups {
            for line in entries.chunks(Self::fitting(size.width, *width)) {
                for (place, (color, text)) in line.iter().enumerate() {
                    let x = LEFT + place as f64 * width;
                    let (top, bottom) = (y - 0.5 * SQUARE, y + 0.5 * SQUARE);
                    let right = x + SQUARE;
                    pen.shape(&[[x, top], [right, top], [right, bottom], [x, bottom]], *color)?;
                    if let Some(edge) = self.edge {
                        let corners = [[x, top], [right, top], [right, bottom], [x, bottom], [x, top]];
                        pen.line(&corners, edge, 1.0, THIN)?;
                    }
                    pen.label(text, [right + 5.0, y], Anchor::After, theme.ink)?;
                }
                y += LINE;
            }
        }
        Ok(())
    }
}
