//! The figures of the course that are drawings: each by its name, with the grips that one drags in it.

use super::pen::{Drawn, Pen, Size};
use super::theme::Theme;
use super::{error, fade, hold, network, plumber, reasons, ruler, shrink, split};
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// The drawings of the course, each with its usual size in CSS pixels.
pub const PLOTS: [(&str, [f64; 2]); 9] = [
    ("ruler", [560.0, 400.0]),
    ("shrink", [560.0, 400.0]),
    ("hold", [560.0, 400.0]),
    ("error", [560.0, 400.0]),
    ("split", [640.0, 340.0]),
    ("three-reasons", [760.0, 300.0]),
    ("plumber", [560.0, 400.0]),
    ("fade", [640.0, 220.0]),
    ("small-network", [640.0, 420.0]),
];

/// Something in a drawing that one drags, or moves by keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grip {
    /// What it sets.
    pub key: Key,
    /// Where it stands, in CSS pixels of the drawing.
    pub at: [f64; 2],
}

/// Draws a figure of the course; nothing where there is none of that name. Where a reader is `asked` for what a
/// drawing would give away, that is left out.
///
/// # Errors
/// Whatever the backend reports.
pub fn plot<B: DrawingBackend>(
    backend: &mut B,
    name: &str,
    size: Size,
    theme: Theme,
    session: &Session,
    asked: bool,
) -> Drawn<B> {
    let mut pen = Pen::new(backend);
    match name {
        "ruler" => ruler::ruler(&mut pen, size, theme, session),
        "shrink" => shrink::shrink(&mut pen, size, theme, session),
        "hold" => hold::hold(&mut pen, size, theme, session),
        "error" => error::error(&mut pen, size, theme, session),
        "split" => split::split(&mut pen, size, theme, session, asked),
        "three-reasons" => reasons::reasons(&mut pen, size, theme, session, asked),
        "plumber" => plumber::plumber(&mut pen, size, theme, session),
        "fade" => fade::fade(&mut pen, size, theme, session),
        "small-network" => network::network(&mut pen, size, theme, &session.network(), !asked),
        _ => Ok(()),
    }
}

/// The grips of a figure of the course in a drawing of a size: as many whatever is set, in the same order.
///
/// ```
/// use backflow::figure::{Size, plot_grips, plot_pull};
/// use backflow::scenario::{Key, Session};
///
/// let session = Session::open("preset=article&m=4&h=4&to=8").0;
/// let size = Size::new(560.0, 400.0);
/// let grips = plot_grips("ruler", size, &session);
/// assert_eq!(grips[1].key, Key::To);
/// // Whoever pulls a grip to where it stands changes nothing.
/// let [(key, to)] = plot_pull("ruler", Key::To, grips[1].at, size, &session)[..] else { panic!() };
/// assert!(key == Key::To && (to - 8.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn plot_grips(name: &str, size: Size, session: &Session) -> Vec<Grip> {
    match name {
        "ruler" => ruler::grips(size, session),
        "shrink" => shrink::grips(size, session),
        "hold" => hold::grips(size, session),
        "error" => error::grips(size, session),
        "split" => split::grips(size, session),
        "three-reasons" => reasons::grips(size, session),
        _ => Vec::new(),
    }
}

/// What a pointer at a place of the drawing makes of the keys, when it pulls the grip of a key.
#[must_use]
pub fn plot_pull(name: &str, key: Key, at: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    match name {
        "ruler" => ruler::pull(key, at, size, session),
        "shrink" => shrink::pull(key, at, size, session),
        "hold" => hold::pull(key, at, size, session),
        "error" => error::pull(key, at, size, session),
        "split" => split::pull(at, size, session),
        "three-reasons" => reasons::pull(key, at, size, session),
        _ => Vec::new(),
    }
}
