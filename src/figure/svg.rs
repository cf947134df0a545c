//! Drawings as SVG documents, by plotters' own SVG backend.

use super::curves::{curves_top, family_sheet, present_sheet};
use super::heat::{paint_indices, palette};
use super::history::history;
use super::landscape::{map_sheet, plane, walk_sheet};
use super::memory::memory;
use super::pen::{FINE, Rect, Size};
use super::png::data_url;
use super::rates::{rates_indices, rates_palette, rates_plane, rates_sheet};
use super::theme::Theme;
use crate::landscape::{Curves, Field, Map, Rates};
use crate::scenario::{RatesPlane, Session};
use plotters_backend::DrawingBackend;
use plotters_svg::SVGBackend;

/// Nodes along each axis of the field behind a landscape.
const FIELD: usize = 96;

/// The landscape with its runs as an SVG document.
#[must_use]
pub fn landscape_svg(session: &Session, size: Size, theme: Theme) -> String {
    let experiment = session.run().experiment();
    let mut map = Map::default();
    map.survey(experiment);
    let mut field = Field::new(FIELD, FIELD);
    field.sample(&experiment.shower);
    let indices = paint_indices(&field, experiment.error, experiment.target, map.highest());
    let picture = image(&data_url(&indices, FIELD, palette()), plane(size));
    document(size, theme, &picture, |backend| {
        map_sheet(backend, size, theme, &map)?;
        walk_sheet(backend, size, theme, session)
    })
}

/// The history of its runs as an SVG document.
#[must_use]
pub fn history_svg(session: &Session, size: Size, theme: Theme) -> String {
    document(size, theme, "", |backend| history(backend, size, theme, session).map(|_| ()))
}

/// The flow over the handle, for many positions of the main valve, as an SVG document.
#[must_use]
pub fn curves_svg(session: &Session, size: Size, theme: Theme) -> String {
    let mut curves = Curves::default();
    curves.sample(&session.run().experiment().shower);
    document(size, theme, "", |backend| {
        family_sheet(backend, size, theme, &curves, curves_top(session))?;
        present_sheet(backend, size, theme, &mut curves, session)
    })
}

/// What its optimizer remembers as an SVG document.
#[must_use]
pub fn memory_svg(session: &Session, size: Size, theme: Theme) -> String {
    document(size, theme, "", |backend| memory(backend, size, theme, session.run()))
}

/// A rates map with its axes as an SVG document.
#[must_use]
pub fn rates_svg(rates: &Rates, axes: &RatesPlane, size: Size, theme: Theme) -> String {
    let map = data_url(&rates_indices(rates), rates.columns(), &rates_palette());
    let picture = image(&map, rates_plane(size));
    document(size, theme, &picture, |backend| rates_sheet(backend, size, theme, axes))
}

/// A picture stretched over a rectangle.
fn image(address: &str, Rect { left, top, width, height }: Rect) -> String {
    let fine = f64::from(FINE);
    let [x, y, width, height] = [left, top, width, height].map(|side| side * fine);
    format!(
        "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
         href=\"{address}\"/>\n"
    )
}

/// An SVG document of a size in CSS pixels, whose inside is `behind` and what `draw` draws.
fn document<E>(
    size: Size,
    theme: Theme,
    behind: &str,
    draw: impl FnOnce(&mut SVGBackend<'_>) -> Result<(), E>,
) -> String {
    let (width, height) = size.fine();
    let mut drawn = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut drawn, (width, height));
        // Writing into a string cannot fail.
        let _ = draw(&mut backend);
        let _ = backend.present();
    }
    // The backend writes its own opening line, in fine units; ours says the size in CSS pixels.
    let inside = drawn.split_once('\n').map_or("", |(_, inside)| inside).replace("</svg>", "</g>\n</svg>");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{behind}\
         <g stroke-linejoin=\"round\">\n{inside}",
        size.width, size.height, theme.paper
    )
}
