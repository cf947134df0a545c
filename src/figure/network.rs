//! The small network: pumps left, junctions in the middle, showers right, and a valve on every pipe.
//!
//! Pipes are as wide as they carry water, which always runs to the right. What comes back is told, not
//! drawn: a tag at each junction says ∂E/∂q, and the mark on each valve, by its size, its strength and its
//! sign, says ∂E/∂v beside those of the others.

use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::shape::{arc, on_circle};
use super::tag::{letters, short, tag, tag_height};
use super::theme::{BOLD, NAME, Rgb, THIN, Theme};
use crate::scenario::SmallNetwork;
use plotters_backend::DrawingBackend;

/// Junctions of each level.
const SIDE: usize = 3;
/// Room round the picture, and between what stands below it, in CSS pixels.
const ROOM: f64 = 4.0;
/// From this width and height on there is room for names and larger letters.
const WIDE: [f64; 2] = [500.0, 380.0];
/// Where a valve's dial begins and ends, in parts of a whole turn: below left and below right.
const DIAL: [f64; 2] = [0.375, 1.125];

/// Where everything stands.
struct Plan {
    letters: f64,
    wide: bool,
    /// The middle of each row.
    rows: [f64; SIDE],
    /// The left and the right edge of each column of cards.
    columns: [[f64; 2]; SIDE],
    /// From one pipe at a card to the next.
    apart: f64,
    /// The radius of a valve.
    valve: f64,
    /// The line below the picture.
    legend: f64,
}

impl Plan {
    fn new(size: Size) -> Self {
        let wide = size.width >= WIDE[0] && size.height >= WIDE[1];
        let letters = letters(wide);
        let [card, shower, apart, valve] =
            if wide { [104.0, 112.0, 13.0, 15.0] } else { [48.0, 66.0, 8.0, 11.0] };
        let legend = size.height - ROOM - valve;
        let tallest = Self::height(letters, 4);
        let (first, last) = (ROOM + 0.5 * tallest, legend - valve - ROOM - 0.5 * tallest);
        let (left, right) = (ROOM + card, size.width - ROOM - shower);
        let middle = 0.5 * (left + right);
        Self {
            letters,
            wide,
            rows: [first, 0.5 * (first + last), last],
            columns: [[ROOM, left], [middle - 0.5 * card, middle + 0.5 * card], [right, right + shower]],
            apart,
            valve,
            legend,
        }
    }

    /// The height of a card with so many lines, its tag among them.
    fn height(letters: f64, lines: usize) -> f64 {
        tag_height(lines, letters) + 4.0
    }

    /// Both ends of a pipe.
    fn pipe(&self, valve: usize) -> [[f64; 2]; 2] {
        let (layer, from, to) = (valve / (SIDE * SIDE), valve / SIDE % SIDE, valve % SIDE);
        let end = |row: usize, other: usize| self.rows[row] + (other as f64 - 1.0) * self.apart;
        [[self.columns[layer][1], end(from, to)], [self.columns[layer + 1][0], end(to, from)]]
    }

    /// The middle of a valve. How far along the pipe it stands is such that the nine of a layer are all equally
    /// far apart.
    fn valve(&self, valve: usize) -> [f64; 2] {
        let row = self.rows[1] - self.rows[0];
        let along = ((row - 3.0 * self.apart) / (4.0 * (row - self.apart))).clamp(0.05, 0.45);
        let [from, to] = self.pipe(valve);
        [from[0] + along * (to[0] - from[0]), from[1] + along * (to[1] - from[1])]
    }
}

/// The middles of the 18 valves in a drawing of this size, and the radius of each, in CSS pixels.
///
/// ```
/// use backflow::figure::{Size, network_valves};
///
/// let (valves, radius) = network_valves(Size::new(320.0, 300.0));
/// assert_eq!(valves.len(), 18);
/// // A finger finds each of them.
/// assert!(radius >= 11.0 && valves[1][1] - valves[0][1] >= 24.0);
/// ```
#[must_use]
pub fn network_valves(size: Size) -> (Vec<[f64; 2]>, f64) {
    let plan = Plan::new(size);
    ((0..SmallNetwork::VALVES).map(|valve| plan.valve(valve)).collect(), plan.valve)
}

/// Draws the network. Where its blame is to be guessed first, there are neither tags nor signs.
pub(super) fn network<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    state: &SmallNetwork,
    blame: bool,
) -> Drawn<B> {
    let plan = Plan::new(size);
    pipes(pen, &plan, &theme, state)?;
    for (valve, opening) in state.network.openings().iter().enumerate() {
        dial(pen, &plan, &theme, plan.valve(valve), *opening)?;
    }
    let largest = state.sensitivities.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
    for (valve, slope) in state.sensitivities.iter().enumerate().filter(|_| blame && largest > 0.0) {
        mark(pen, &plan, &theme, plan.valve(valve), slope / largest)?;
    }
    for level in 0..SIDE {
        for row in 0..SIDE {
            card(pen, &plan, &theme, state, [level, row], blame)?;
        }
    }
    legend(pen, &plan, &theme, state, blame)
}

/// The pipes, the widest first, so that a thin one that crosses it is seen.
fn pipes<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    state: &SmallNetwork,
) -> Drawn<B> {
    let flows = state.carried();
    // As wide as can be is a pipe of the strongest pump that is open; so it stays while a valve turns.
    let pumps = state.sweep.flows().first().into_iter().flatten();
    let full = pumps.fold(0.0_f64, |most, flow| most.max(*flow)) / SIDE as f64;
    let mut rest: Vec<usize> = (0..flows.len()).collect();
    while let Some(valve) = rest.iter().copied().reduce(|a, b| if flows[b] > flows[a] { b } else { a }) {
        rest.retain(|other| *other != valve);
        let line = plan.pipe(valve);
        if flows[valve] <= 0.0 {
            pen.line(&line, theme.pipe_edge, 1.0, THIN)?;
            continue;
        }
        let width = 1.5 + (1.2 * plan.apart - 1.5) * (flows[valve] / full).min(1.0);
        pen.line(&line, theme.pipe_edge, 1.0, width + 2.0)?;
        pen.line(&line, theme.water, 1.0, width)?;
    }
    Ok(())
}

/// A valve's disc, with an arc that says how far it is open.
fn dial<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    at: [f64; 2],
    opening: f64,
) -> Drawn<B> {
    let [shut, open] = DIAL;
    pen.disc(at, plan.valve, theme.paper, 1.0)?;
    pen.ring(at, plan.valve, theme.pipe_edge, THIN)?;
    let radius = plan.valve - BOLD;
    let now = shut + opening * (open - shut);
    if opening > 0.0 {
        pen.line(&arc(at, radius, [shut, now]), theme.ink, 1.0, BOLD)?;
    }
    // The end of the arc, so that a shut valve has one too.
    let tick = [radius - BOLD, radius + 0.5 * BOLD];
    let [dx, dy] = on_circle(now);
    pen.line(&tick.map(|r| [at[0] + r * dx, at[1] + r * dy]), theme.ink, 1.0, BOLD)
}

/// The sensitivity of a valve, as a part of the largest: a disc the stronger the larger it is, with its sign.
fn mark<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    at: [f64; 2],
    part: f64,
) -> Drawn<B> {
    let size = part.abs();
    let radius = (plan.valve - 1.5 * BOLD) * (0.6 + 0.4 * size);
    let face = theme.paper.towards(theme.error, 0.1 + 0.9 * size);
    pen.disc(at, radius, face, 1.0)?;
    if size < 1e-9 {
        return Ok(());
    }
    let sign = if size > 0.5 { theme.paper } else { theme.ink };
    let arm = 0.62 * radius;
    let [x, y] = at;
    pen.line(&[[x - arm, y], [x + arm, y]], sign, 1.0, BOLD)?;
    if part > 0.0 {
        pen.line(&[[x, y - arm], [x, y + arm]], sign, 1.0, BOLD)?;
    }
    Ok(())
}

/// A pump, a junction or a shower: its flow, at a shower what is wanted and the error too, and below ∂E/∂q.
fn card<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    state: &SmallNetwork,
    [level, row]: [usize; 2],
    blame: bool,
) -> Drawn<B> {
    let last = level + 1 == SIDE;
    let color = [theme.w, theme.x, theme.y][level];
    let flow = state.sweep.flows()[level][row];
    let mut lines = vec![(if last { "y" } else { "q" }, flow, color)];
    if last {
        lines.extend([("y′", state.wants[row], theme.ink), ("E", state.errors[row], theme.error)]);
    }
    let lines_high = Plan::height(plan.letters, lines.len()) - 2.0;
    // There is room for the tag before it is told, so that the card stays where it is.
    let tag_high = tag_height(1, plan.letters);
    let [left, right] = plan.columns[level];
    let top = plan.rows[row] - 0.5 * (lines_high + tag_high);
    let rect = Rect { left, top, width: right - left, height: lines_high };
    paper(pen, theme, rect, color)?;
    let inset = 0.4 * plan.letters;
    for (line, (name, number, color)) in lines.iter().enumerate() {
        let y = top + lines_high * (line as f64 + 0.5) / lines.len() as f64;
        if last || plan.wide {
            pen.text(name, [left + inset, y], Anchor::After, *color, plan.letters)?;
            pen.text(&short(*number), [right - inset, y], Anchor::Before, *color, plan.letters)?;
        } else {
            pen.text(&short(*number), [0.5 * (left + right), y], Anchor::Middle, *color, plan.letters)?;
        }
    }
    if !blame {
        return Ok(());
    }
    let said = short(state.sweep.blame()[level][row]);
    let said = if plan.wide { format!("{} {said}", symbol(level)) } else { said };
    let rect = Rect { top: top + lines_high, height: tag_high, ..rect };
    tag(pen, theme, rect, &[&said], plan.letters)
}

/// What the tags of a level say.
fn symbol(level: usize) -> &'static str {
    if level + 1 == SIDE { "∂E/∂y" } else { "∂E/∂q" }
}

/// A rectangle of paper with an edge.
fn paper<B: DrawingBackend>(pen: &mut Pen<'_, B>, theme: &Theme, rect: Rect, edge: Rgb) -> Drawn<B> {
    let Rect { left, top, width, height } = rect;
    let (right, bottom) = (left + width, top + height);
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
    pen.shape(&corners[..4], theme.paper)?;
    pen.line(&corners, edge, 1.0, 0.75 * BOLD)
}

/// What the tags and the marks say, and E.
fn legend<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    state: &SmallNetwork,
    blame: bool,
) -> Drawn<B> {
    let (y, right) = (plan.legend, plan.columns[SIDE - 1][1]);
    let total = format!("E = {}", short(state.error));
    pen.text(&total, [right, y], Anchor::Before, theme.error, NAME)?;
    if !blame {
        return Ok(());
    }
    let height = tag_height(1, plan.letters);
    let rect = Rect { left: ROOM, top: y - 0.5 * height, width: 4.0 * plan.letters, height };
    tag(pen, theme, rect, &[symbol(0)], plan.letters)?;
    let at = [ROOM + rect.width + 2.0 * plan.valve, y];
    dial(pen, plan, theme, at, 0.5)?;
    mark(pen, plan, theme, at, 1.0)?;
    pen.text("∂E/∂v", [at[0] + 1.4 * plan.valve, y], Anchor::After, theme.ink, plan.letters)
}
