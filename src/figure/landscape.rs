//! The landscape above its field, on two sheets: the map with its axes and contours, and the walk
//! with the trajectory, the dot and its next step.

use super::clip::clip;
use super::heat::is_dark;
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::theme::{BOLD, DOT, LABEL, NAME, Rgb, SHADE, THIN, Theme, VELOCITY, WHITE};
use crate::descent::{Run, Step};
use crate::landscape::Map;
use crate::plumbing::{OPEN, SHUT, TRAVEL};
use crate::scenario::{Promise, Session};
use plotters_backend::DrawingBackend;

/// Room for tick labels and the name of the axis, in CSS pixels: left, right, top, bottom.
const MARGIN: [f64; 4] = [40.0, 12.0, 12.0, 40.0];
/// An arrow shorter than this, in CSS pixels, is not drawn: the dot would hide it.
const SHORTEST_ARROW: f64 = 2.0;
/// Dashes of what was promised, and the gaps between them, in CSS pixels.
const DASHES: [f64; 2] = [7.0, 5.0];
/// Those of the way of a turn.
const SHORT_DASHES: [f64; 2] = [3.0, 3.0];
/// Up to this many steps each one has a mark of its own.
const MARKED_STEPS: usize = 100;

/// Labels of contours stand where h exceeds m by this many turns.
const LABEL_SLANT: f64 = 3.0;
/// Turns between a label and the border of the plane.
const LABEL_ROOM: f64 = 0.35;

/// Where the plane of m and h lies in a drawing of this size: a square as large as fits.
#[must_use]
pub fn plane(size: Size) -> Rect {
    let [left, right, top, bottom] = MARGIN;
    let side = (size.width - left - right).min(size.height - top - bottom);
    // Whole pixels, so that the picture of the field below is met exactly.
    Rect { left, top, width: side.floor(), height: side.floor() }
}

/// Draws the map above the field: contours, the line of perfect showers, axes. It changes with the
/// house and the error, and stays while a valve turns.
///
/// # Errors
/// Whatever the backend reports.
pub fn map_sheet<B: DrawingBackend>(backend: &mut B, size: Size, theme: Theme, map: &Map) -> Drawn<B> {
    let plane = Plane { rect: plane(size) };
    let mut pen = Pen::new(backend);
    contours(&mut pen, plane, map)?;
    axes(&mut pen, plane, theme)
}

/// Draws the axes of the plane alone, for other maps of it.
///
/// # Errors
/// Whatever the backend reports.
#[cfg(feature = "export")]
pub(super) fn axes_sheet<B: DrawingBackend>(backend: &mut B, size: Size, theme: Theme) -> Drawn<B> {
    axes(&mut Pen::new(backend), Plane { rect: plane(size) }, theme)
}

/// Draws the walk above the map: what was promised of a turn by hand, the trajectories of all runs, what was
/// made ahead already, the next step and the optimizer's velocity as arrows, the dot.
///
/// # Errors
/// Whatever the backend reports.
pub fn walk_sheet<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let plane = Plane { rect: plane(size) };
    let mut pen = Pen::new(backend);
    let run = session.run();
    if let Some(promised) = session.promise() {
        promise(&mut pen, plane, &promised, run.experiment().target)?;
    }
    ahead(&mut pen, plane, run, WHITE)?;
    for (index, rival) in session.rivals().iter().enumerate() {
        let color = Theme::DARK.rivals[index % Theme::DARK.rivals.len()];
        ahead(&mut pen, plane, rival, color)?;
        rival_path(&mut pen, plane, rival.path(), index, color)?;
    }
    trajectory(&mut pen, plane, run.path())?;
    velocity_arrow(&mut pen, plane, run)?;
    step_arrow(&mut pen, plane, theme, run)?;
    pen.dot(plane.at(run.now().position), [SHADE, WHITE, theme.error])
}

/// The plane of m and h on paper.
#[derive(Clone, Copy)]
pub(super) struct Plane {
    pub(super) rect: Rect,
}

impl Plane {
    pub(super) fn at(self, [m, h]: [f64; 2]) -> [f64; 2] {
        let Rect { left, top, width, height } = self.rect;
        [left + width * (m - SHUT) / TRAVEL, top + height * (OPEN - h) / TRAVEL]
    }

    fn line(self, points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        clip(&points, self.rect)
    }
}

fn contours<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, map: &Map) -> Drawn<B> {
    for line in map.contours() {
        let mark = if is_dark(line.error / map.highest()) { WHITE } else { SHADE };
        for part in plane.line(&line.points) {
            pen.line(&part, mark, 0.5, THIN)?;
        }
    }
    for line in map.perfect() {
        for part in plane.line(&line.points) {
            pen.line(&part, SHADE, 0.5, 2.0 * BOLD)?;
            pen.line(&part, WHITE, 1.0, BOLD)?;
        }
    }
    // Labels last, so that no line runs through one; all on one slant, away from where paths go.
    for line in map.contours() {
        let off_slant = |point: &&[f64; 2]| (point[1] - point[0] - LABEL_SLANT).abs();
        let place = line.points.iter().min_by(|a, b| off_slant(a).total_cmp(&off_slant(b)));
        let Some(&place) = place.filter(|place| off_slant(place) < 0.5 && is_inside(place)) else { continue };
        let (mark, shade) = if is_dark(line.error / map.highest()) { (WHITE, SHADE) } else { (SHADE, WHITE) };
        pen.disc(plane.at(place), 9.0, shade, 0.35)?;
        pen.number(line.error, plane.at(place), Anchor::Middle, mark)?;
    }
    Ok(())
}

/// Whether a label at this position has room on all sides.
fn is_inside(place: &[f64; 2]) -> bool {
    place.iter().all(|position| (SHUT + LABEL_ROOM..=OPEN - LABEL_ROOM).contains(position))
}

fn axes<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, theme: Theme) -> Drawn<B> {
    let Rect { left, top, width, height } = plane.rect;
    let bottom = top + height;
    pen.axes(plane.rect, theme.ink)?;
    for tick in 1..=10 {
        let position = f64::from(tick);
        let [x, y] = plane.at([position, position]);
        pen.tick_below([x, bottom], position, &theme)?;
        pen.tick_before([left, y], position, &theme)?;
    }
    pen.text("m", [left + width / 2.0, bottom + 22.0], Anchor::Below, theme.m, NAME)?;
    pen.text("h", [left - 32.0, top + height / 2.0], Anchor::Middle, theme.h, NAME)
}

/// Where the slopes promised perfect showers when a turn by hand began, and the way from there.
fn promise<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    promise: &Promise,
    target: f64,
) -> Drawn<B> {
    for part in promise.line(target).into_iter().flat_map(|ends| plane.line(&ends)) {
        pen.line(&part, SHADE, 0.4, 2.0 * BOLD)?;
        pen.dashed([part[0], part[1]], WHITE, BOLD, DASHES)?;
    }
    let [from, to] = [promise.from, promise.to].map(|position| plane.at(position));
    let radius = 0.6 * DOT;
    let part = radius / (to[0] - from[0]).hypot(to[1] - from[1]);
    if part < 1.0 {
        // From the rim of the ring, which stays hollow.
        let rim = [0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis]));
        pen.line(&[rim, to], SHADE, 0.4, 1.5 * BOLD)?;
        pen.dashed([rim, to], WHITE, 0.75 * BOLD, SHORT_DASHES)?;
    }
    pen.ring(from, radius, SHADE, 2.0 * BOLD)?;
    pen.ring(from, radius, WHITE, 0.75 * BOLD)
}

fn trajectory<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, path: &[Step]) -> Drawn<B> {
    let points: Vec<_> = path.iter().map(|step| plane.at(step.position)).collect();
    pen.line(&points, SHADE, 0.6, 2.0 * BOLD)?;
    pen.line(&points, WHITE, 1.0, 0.75 * BOLD)?;
    if points.len() <= MARKED_STEPS {
        for point in &points {
            pen.disc(*point, 2.5, SHADE, 1.0)?;
            pen.disc(*point, 1.75, WHITE, 1.0)?;
        }
    }
    Ok(())
}

/// The steps that lie ahead already, thin: where the run came from when one went back.
fn ahead<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, run: &Run, color: Rgb) -> Drawn<B> {
    let points: Vec<_> = run.made()[run.steps()..].iter().map(|step| plane.at(step.position)).collect();
    pen.line(&points, color, 0.45, THIN)
}

/// The path of a rival, with its number where it stands. Colours on the field are the same in every look.
fn rival_path<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    path: &[Step],
    index: usize,
    color: Rgb,
) -> Drawn<B> {
    let points: Vec<_> = path.iter().map(|step| plane.at(step.position)).collect();
    pen.line(&points, SHADE, 0.6, 1.75 * BOLD)?;
    pen.line(&points, color, 1.0, 0.75 * BOLD)?;
    let Some(&end) = points.last() else { return Ok(()) };
    pen.disc(end, DOT, SHADE, 1.0)?;
    pen.disc(end, DOT - 1.0, color, 1.0)?;
    pen.text(&(index + 1).to_string(), end, Anchor::Middle, SHADE, LABEL - 1.0)
}

/// How far the velocity alone would still carry the valves.
fn velocity_arrow<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, run: &Run) -> Drawn<B> {
    let now = run.now();
    let experiment = run.experiment();
    let coast = experiment.optimizer.coast(experiment.rate, &now.memory);
    let [m, h] = [0, 1].map(|valve| now.position[valve] + coast[valve]);
    for part in clip(&[plane.at(now.position), plane.at([m, h])], plane.rect) {
        let (from, to) = (part[0], part[1]);
        if (to[0] - from[0]).hypot(to[1] - from[1]) > SHORTEST_ARROW {
            pen.arrow(from, to, VELOCITY, SHADE, 2.0 * BOLD)?;
        }
    }
    Ok(())
}

/// The next step, with the part of each valve.
fn step_arrow<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, theme: Theme, run: &Run) -> Drawn<B> {
    let here = run.now().position;
    let next = run.next_position();
    let (from, to) = (plane.at(here), plane.at(next));
    let parts = [
        (plane.at([next[0], here[1]]), on_field(theme.m)),
        (plane.at([here[0], next[1]]), on_field(theme.h)),
    ];
    for (end, color) in parts {
        if (end[0] - from[0]).hypot(end[1] - from[1]) > SHORTEST_ARROW {
            pen.arrow(from, end, color, SHADE, 1.25 * BOLD)?;
        }
    }
    if (to[0] - from[0]).hypot(to[1] - from[1]) > SHORTEST_ARROW {
        pen.arrow(from, to, WHITE, SHADE, 1.25 * BOLD)?;
    }
    Ok(())
}

/// A colour light enough to stand on the dark valley.
fn on_field(Rgb(r, g, b): Rgb) -> Rgb {
    let lighter = |part: u8| part / 2 + 128;
    Rgb(lighter(r), lighter(g), lighter(b))
}
