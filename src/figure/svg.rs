//! Drawings as SVG documents, by plotters' own SVG backend.

use super::audit::{audit_entries, audit_indices};
use super::city::{Service, View, paint_city};
use super::cohort::{cohort_sheet, way_color};
use super::curves::{curves_top, family_sheet, present_sheet};
use super::heat::{paint_indices, palette};
use super::history::history;
use super::landscape::{axes_sheet, map_sheet, plane, walk_sheet};
use super::legend::{Legend, NAMES, NUMBERS};
use super::memory::memory;
use super::mosaic::Mosaic;
use super::pen::{FINE, Rect, Size};
use super::pipes::plumbing;
use super::plot::plot;
use super::png::{colors_url, data_url};
use super::progress::{Moment, city_chart, city_chart_in};
use super::rates::{rates_entries, rates_indices, rates_palette, rates_plane, rates_sheet, verdict_entries};
use super::theme::Theme;
use crate::city::Watch;
use crate::descent::Experiment;
use crate::landscape::{Audit, Curves, Field, Map, Rates};
use crate::scenario::{Cohort, Landscape, RatesPlane, Session};
use plotters_backend::DrawingBackend;
use plotters_svg::SVGBackend;

/// Nodes along each axis of the field behind a landscape.
const FIELD: usize = 96;
/// Places along each axis that an audit checks.
const PLACES: usize = 512;
/// Of a larger city a still picture shows a smaller one of the same kind, with no more valves than that.
const MOST_VALVES: usize = 32_768;
/// In so many parts is the training parted between which reach is read.
const READINGS: usize = 40;
/// What the chart takes below the mosaic of a city, and the room between the two, in CSS pixels.
const CHARTED: [f64; 2] = [190.0, 8.0];
/// The backend writes letters smaller than it is asked for, by this; a canvas does not.
const SHRUNK: f64 = 1.24;

/// The landscape with its runs as an SVG document.
#[must_use]
pub fn landscape_svg(session: &Session, size: Size, theme: Theme) -> String {
    let (map, field) = map_and_field(session.run().experiment(), size);
    document(size, theme, &field, |backend| {
        map_sheet(backend, size, theme, &map)?;
        walk_sheet(backend, size, theme, session)
    })
}

/// The landscape with a picture over its field, such as of a crowd, as an SVG document.
pub(super) fn starts_svg(session: &Session, size: Size, theme: Theme, over: &str) -> String {
    let (map, field) = map_and_field(session.run().experiment(), size);
    let pictures = field + &image(over, plane(size));
    document(size, theme, &pictures, |backend| map_sheet(backend, size, theme, &map))
}

/// A class on a landscape as an SVG document, with the names of those verdicts below it to which somebody came; all
/// names are given in their order.
#[must_use]
pub fn cohort_svg(cohort: &Cohort, on: &Landscape, size: Size, theme: Theme, names: &[String]) -> String {
    let (map, field) = map_and_field(&on.experiment, size);
    let counts = cohort.summary(on).counts;
    let entries = names.iter().zip(counts).enumerate().filter(|(_, (_, count))| *count > 0);
    let entries =
        entries.map(|(kind, (name, count))| (way_color(kind), format!("{name}: {count}"))).collect();
    let legend = Legend { heading: "", groups: vec![(NAMES, entries)], edge: Some(theme.ink) };
    let whole = Size { height: size.height + legend.height(size.width), ..size };
    document(whole, theme, &field, |backend| {
        map_sheet(backend, size, theme, &map)?;
        cohort_sheet(backend, size, cohort, on, None)?;
        legend.draw(backend, size, theme)
    })
}

/// What lies above the field of a landscape, and the field as a picture.
fn map_and_field(experiment: &Experiment, size: Size) -> (Map, String) {
    let mut map = Map::default();
    map.survey(experiment);
    let mut field = Field::new(FIELD, FIELD);
    field.sample(&experiment.shower);
    let indices = paint_indices(&field, experiment.error, experiment.target, map.highest());
    (map, image(&data_url(&indices, FIELD, palette()), plane(size)))
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

/// A picture of the plumbing as an SVG document.
pub(super) fn plumbing_svg(name: &str, session: &Session, size: Size, theme: Theme) -> String {
    document(size, theme, "", |backend| plumbing(backend, name, size, theme, session))
}

/// A figure of the course as an SVG document; without what a reader is `asked` for.
#[must_use]
pub fn plot_svg(name: &str, session: &Session, size: Size, theme: Theme, asked: bool) -> String {
    document(size, theme, "", |backend| plot(backend, name, size, theme, session, asked))
}

/// What its optimizer remembers as an SVG document.
#[must_use]
pub fn memory_svg(session: &Session, size: Size, theme: Theme) -> String {
    document(size, theme, "", |backend| memory(backend, size, theme, session.run()))
}

/// The error of a city and the reach of its valves over the steps as an SVG document.
#[must_use]
pub fn city_chart_svg(moments: &[Moment], untrained: Option<f64>, size: Size, theme: Theme) -> String {
    document(size, theme, "", |backend| city_chart(backend, size, theme, moments, untrained))
}

/// A city after as many steps of training as its session says, as an SVG document: its mosaic, and below it the error
/// and the reach over these steps.
pub(super) fn city_svg(session: &Session, size: Size, theme: Theme) -> String {
    let steps = session.scenario().steps();
    let mut city = Watch::new(&session.scenario().city().within(MOST_VALVES));
    city.look(usize::MAX);
    let part = u32::try_from(steps.div_ceil(READINGS).max(1)).unwrap_or(u32::MAX);
    for first in (0..steps).step_by(part as usize) {
        city.train(part.min(u32::try_from(steps - first).unwrap_or(u32::MAX)));
        city.look(usize::MAX);
    }
    let mosaic = Mosaic::new(&city.training().plan().sizes);
    let [columns, rows] = mosaic.extent();
    let mut pixels = Vec::new();
    if let Some(reading) = city.reading() {
        let service = Service { most: reading.most(), special: reading.special(), lit: None };
        paint_city(&mosaic, service, View::new([0.0, 0.0], 1.0, [columns, rows]), theme, &mut pixels);
    }
    let [charted, gap] = CHARTED;
    let room = Size { height: (size.height - charted - gap).max(1.0), ..size };
    let cell = (room.width / columns.max(1) as f64).min(room.height / rows.max(1) as f64);
    let [width, height] = [columns, rows].map(|cells| cell * cells as f64);
    let picture = image(
        &colors_url(&pixels, columns),
        Rect { left: 0.5 * (size.width - width), top: 0.0, width, height },
    );
    let chart = Rect { left: 0.0, top: height + gap, width: size.width, height: charted };
    let (moments, untrained) = (Moment::all(&city), city.untrained().map(|reach| reach.mean));
    // One valve does not pass into another.
    let picture = picture.replace("href=", "image-rendering=\"pixelated\" href=");
    document(size, theme, &picture, |backend| city_chart_in(backend, chart, theme, &moments, untrained))
}

/// A rates map with its axes and its legend as an SVG document. The legend begins with a text, and has names
/// for the verdicts in the place of their own where they are given; it stands below the map of this size.
#[must_use]
pub fn rates_svg(
    rates: &Rates,
    axes: &RatesPlane,
    size: Size,
    theme: Theme,
    (heading, names): (&str, &[String]),
) -> String {
    let map = data_url(&rates_indices(rates), rates.columns(), &rates_palette());
    // One colour does not pass into another: between two verdicts lies no third.
    let picture = image(&map, rates_plane(size)).replace("href=", "image-rendering=\"pixelated\" href=");
    let groups = vec![(NUMBERS, rates_entries(rates)), (NAMES, verdict_entries(rates, names))];
    let legend = Legend { heading, groups, edge: None };
    let whole = Size { height: size.height + legend.height(size.width), ..size };
    document(whole, theme, &picture, |backend| {
        rates_sheet(backend, size, theme, axes)?;
        legend.draw(backend, size, theme)
    })
}

/// How far exact and measured sensitivities differ all over the plane of a session's house, with its axes and
/// a legend that begins with a text, as an SVG document.
pub(super) fn audit_svg(session: &Session, size: Size, theme: Theme, heading: &str) -> String {
    let mut audit = Audit::new(PLACES);
    audit.run(&session.run().experiment().shower);
    let picture = image(&data_url(&audit_indices(&audit), PLACES, palette()), plane(size));
    let legend = Legend { heading, groups: vec![(NUMBERS, audit_entries())], edge: None };
    let whole = Size { height: size.height + legend.height(size.width), ..size };
    document(whole, theme, &picture, |backend| {
        axes_sheet(backend, size, theme)?;
        legend.draw(backend, size, theme)
    })
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
    let inside = with_letters_as_asked(&inside);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{behind}\
         <g stroke-linejoin=\"round\">\n{inside}",
        size.width, size.height, theme.paper
    )
}

/// A drawing with its letters as tall as they were asked for.
fn with_letters_as_asked(drawn: &str) -> String {
    const SIZE: &str = "font-size=\"";
    let mut parts = drawn.split(SIZE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (size, rest) = part.split_once('"').unwrap_or((part, ""));
        let asked =
            size.parse().map_or_else(|_| size.to_owned(), |size: f64| (size * SHRUNK).round().to_string());
        text.extend([SIZE, &asked, "\"", rest]);
    }
    text
}
