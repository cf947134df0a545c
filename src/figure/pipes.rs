//! The plumbing as a picture, arranged as in the page's scene: water main, main valve, house pipe, shower handle,
//! shower head, and the gauge with the ideal and the error. It says symbols and numbers only, in every language.

use super::board::Board;
use super::pen::{Anchor, Drawn, Pen, Size};
use super::tag::number;
use super::tags;
use super::theme::{Rgb, Theme};
use crate::scenario::Session;
use plotters_backend::DrawingBackend;

/// The pictures of the plumbing, each with the size of its board; lengths below are units of that.
pub(super) const BOARDS: [(&str, [f64; 2]); 3] =
    [("shower", [560.0, 250.0]), ("chain", [560.0, 360.0]), ("two-paths", [560.0, 360.0])];

/// Where parts stand, from the left.
pub(super) const SPOTS: Spots = Spots { m: 118.0, tee: 222.0, h: 302.0, head: 378.0, gauge: 442.0 };
/// The middle of the pipe, how wide it is, and the radius of a dial.
pub(super) const LEVEL: f64 = 88.0;
pub(super) const BORE: f64 = 24.0;
pub(super) const RADIUS: f64 = 36.0;
/// Where the shower head begins, and where water falls to.
const DROP: f64 = LEVEL + 34.0;
const FLOOR: f64 = 232.0;
/// The upper end of the gauge, and its width.
const TOP: f64 = 30.0;
const TUBE: f64 = 22.0;
/// Half the sweep of a dial, in degrees from straight up, and the marks on it.
const SWEEP: f64 = 135.0;
const MARKS: u32 = 10;
/// Lines of water that fall from an open shower.
const JETS: u32 = 7;
/// The distance between drops with hardly any flow, and at full flow.
const SPARSE: f64 = 46.0;
const DENSE: f64 = 15.0;
/// Height of the letter on a dial, and of a quantity with its number.
const LETTER: f64 = 18.0;
const VALUE: f64 = 15.0;

/// Where parts stand, from the left.
pub(super) struct Spots {
    /// The main valve.
    pub(super) m: f64,
    /// The junction with the other tap.
    tee: f64,
    /// The shower handle.
    pub(super) h: f64,
    /// The shower head.
    head: f64,
    /// The gauge.
    pub(super) gauge: f64,
}

/// Every number of a moment, by name.
pub(super) struct Reading(Vec<(&'static str, f64)>);

impl Reading {
    /// The number of that name; 0 where there is none.
    pub(super) fn get(&self, name: &str) -> f64 {
        self.0.iter().find(|(own, _)| *own == name).map_or(0.0, |(_, number)| *number)
    }

    /// It as the page writes it.
    pub(super) fn text(&self, name: &str) -> String {
        number(self.get(name))
    }

    /// Whether the handle reaches the shower through the house flow too.
    pub(super) fn is_forked(&self) -> bool {
        self.get("paths") > 1.0
    }
}

/// Draws a picture of the plumbing; nothing where there is none of that name.
///
/// # Errors
/// Whatever the backend reports.
pub(super) fn plumbing<B: DrawingBackend>(
    backend: &mut B,
    name: &str,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let Some((_, lengths)) = BOARDS.iter().find(|(own, _)| *own == name) else { return Ok(()) };
    let mut pen = Pen::new(backend);
    let mut board = Board::new(&mut pen, size, *lengths);
    let reading = Reading(session.reading());
    waterworks(&mut board, theme, &reading)?;
    if name == "shower" {
        let middle = 0.5 * (height(&reading, "y_fraction") + height(&reading, "target_fraction"));
        let beside = [SPOTS.gauge + TUBE / 2.0 + 20.0, middle];
        return board.text(&format!("E {}", reading.text("E")), beside, Anchor::After, theme.error, VALUE);
    }
    tags::hang(&mut board, theme, &reading)?;
    if name == "chain" {
        tags::chain(&mut board, theme, &reading)
    } else {
        tags::paths(&mut board, theme, &reading)
    }
}

/// Pipes, valves, shower and gauge, with what flows in them.
fn waterworks<B: DrawingBackend>(board: &mut Board<'_, '_, B>, theme: Theme, reading: &Reading) -> Drawn<B> {
    let Spots { m, tee, h, head, .. } = SPOTS;
    let share = |name| reading.get(name);
    if reading.is_forked() {
        pipe(board, theme, &[[tee, LEVEL], [tee, 0.0]], share("other_share"))?;
    }
    let main = [[0.0, LEVEL], [m, LEVEL], [tee, LEVEL]];
    pipe(board, theme, &main, share("x_share"))?;
    pipe(board, theme, &[[tee, LEVEL], [h, LEVEL]], share("riser_share"))?;
    let riser: Vec<_> =
        [[h, LEVEL]].into_iter().chain(bend([head, LEVEL], 14.0)).chain([[head, DROP]]).collect();
    pipe(board, theme, &riser, share("y_share"))?;
    shower(board, theme, share("y_share").min(1.0))?;
    gauge(board, theme, reading)?;
    let over = LEVEL - BORE / 2.0 - 12.0;
    let mut say = |letter: &str, name: &str, x: f64, y: f64, color: Rgb| {
        board.text(&format!("{letter} {}", reading.text(name)), [x, y], Anchor::Middle, color, VALUE)
    };
    say("w", "pressure", 34.0, over, theme.w)?;
    say("x", "x", 0.5 * (m + RADIUS + tee - BORE / 2.0), over, theme.x)?;
    say("y", "y", head - 8.0, over, theme.y)?;
    let above = LEVEL - RADIUS - 13.0;
    say("m", "m", m, above, theme.m)?;
    say("h", "h", h, above, theme.h)?;
    dial(board, theme, ([m, LEVEL], "m", theme.m), share("m_fraction"))?;
    dial(board, theme, ([h, LEVEL], "h", theme.h), share("h_fraction"))
}

/// A quarter of a circle from the right to below, round the corner at a point.
fn bend([x, y]: [f64; 2], radius: f64) -> impl Iterator<Item = [f64; 2]> {
    (0..=6).map(move |part| {
        let (across, down) = (f64::from(part) * 15.0).to_radians().sin_cos();
        [x - radius + radius * across, y + radius - radius * down]
    })
}

/// A pipe along some points, with water where any flows, and drops as close as the flow is large.
fn pipe<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    points: &[[f64; 2]],
    share: f64,
) -> Drawn<B> {
    let ([wall, edge], [water, drop]) = ([theme.pipe, theme.pipe_edge], [theme.water, theme.drop]);
    board.line(points, edge, BORE + 3.0)?;
    board.line(points, wall, BORE)?;
    if share <= 0.0 {
        return Ok(());
    }
    board.line(points, water, BORE - 6.0)?;
    let apart = SPARSE + (DENSE - SPARSE) * share.min(1.0);
    let mut next = 0.5 * apart;
    for ends in points.windows(2) {
        let [[x, y], [to_x, to_y]] = [ends[0], ends[1]];
        let length = (to_x - x).hypot(to_y - y);
        while next < length {
            let part = next / length;
            board.disc([x + part * (to_x - x), y + part * (to_y - y)], BORE / 10.0, drop)?;
            next += apart;
        }
        next -= length;
    }
    Ok(())
}

/// The shower head, and the water that falls from it.
fn shower<B: DrawingBackend>(board: &mut Board<'_, '_, B>, theme: Theme, share: f64) -> Drawn<B> {
    let head = SPOTS.head;
    let [half, lip] = [7.0, 14.0];
    let corners = [
        [head - half, DROP],
        [head + half, DROP],
        [head + half + lip, DROP + 12.0],
        [head - half - lip, DROP + 12.0],
        [head - half, DROP],
    ];
    board.shape(&corners[..4], theme.pipe)?;
    board.line(&corners, theme.pipe_edge, 1.5)?;
    for jet in 0..JETS {
        let side = 2.0 * f64::from(jet) / f64::from(JETS - 1) - 1.0;
        // The outer jets start last.
        if share <= 0.0 || share < 0.3 * side.abs() {
            continue;
        }
        let ends = [[head + 15.0 * side, DROP + 16.0], [head + 17.0 * side, FLOOR]];
        board.dashed(ends, theme.water, 3.0, [4.0 + 10.0 * share, 9.0 - 3.0 * share])?;
    }
    Ok(())
}

/// How high a fraction of the gauge stands.
fn height(reading: &Reading, fraction: &str) -> f64 {
    FLOOR - (FLOOR - TOP) * reading.get(fraction).clamp(0.0, 1.0)
}

/// The gauge: the flow as a level, the ideal as a mark, and the error between them.
fn gauge<B: DrawingBackend>(board: &mut Board<'_, '_, B>, theme: Theme, reading: &Reading) -> Drawn<B> {
    let (left, right) = (SPOTS.gauge - TUBE / 2.0, SPOTS.gauge + TUBE / 2.0);
    let [level, ideal] = ["y_fraction", "target_fraction"].map(|name| height(reading, name));
    board.sheet([left, TOP - 3.0, TUBE, FLOOR - TOP + 6.0], [theme.desk, theme.pipe_edge])?;
    board.shape(
        &[[left + 3.0, level], [right - 3.0, level], [right - 3.0, FLOOR], [left + 3.0, FLOOR]],
        theme.y,
    )?;
    board.line(&[[left - 6.0, ideal], [right + 6.0, ideal]], theme.ink, 2.5)?;
    board.shape(&[[left - 5.0, ideal], [left - 16.0, ideal - 7.0], [left - 16.0, ideal + 7.0]], theme.ink)?;
    board.text("y′", [left - 20.0, ideal], Anchor::Before, theme.ink, VALUE)?;
    if (level - ideal).abs() > 0.5 {
        board.line(&[[right + 10.0, level], [right + 10.0, ideal]], theme.error, 4.0)?;
    }
    Ok(())
}

/// A dial that points to a fraction of its range.
fn dial<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    ([x, y], letter, color): ([f64; 2], &str, Rgb),
    fraction: f64,
) -> Drawn<B> {
    let point = |degrees: f64, far: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [x + far * RADIUS * sin, y - far * RADIUS * cos]
    };
    board.disc([x, y], RADIUS, theme.paper)?;
    board.ring([x, y], RADIUS, color, 2.5)?;
    for mark in 0..MARKS {
        let degrees = SWEEP * (2.0 * f64::from(mark) / f64::from(MARKS - 1) - 1.0);
        board.line(&[point(degrees, 0.8), point(degrees, 0.93)], theme.muted, 1.5)?;
    }
    board.disc([x, y], 0.72 * RADIUS, color)?;
    let degrees = SWEEP * (2.0 * fraction - 1.0);
    board.line(&[point(degrees, 0.36), point(degrees, 0.64)], theme.paper, 4.0)?;
    board.disc(point(degrees, 0.62), 0.09 * RADIUS, theme.paper)?;
    board.text(letter, [x, y], Anchor::Middle, theme.paper, LETTER)
}
