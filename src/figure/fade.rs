//! The shower with two valves, on its way from pipes to a network.
//!
//! The water main, the house flow, the shower and the gauge become units; the pipes between them become
//! edges; and the valves become the weights on them. Names, numbers and tags stay where they are.

use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::shape::{on_circle, rounded};
use super::tag::{letters, short, tag, tag_height};
use super::theme::{BOLD, Rgb, THIN, Theme};
use crate::plumbing::{Model, OPEN, SHUT, TRAVEL};
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Room to the left and the right of the outermost parts, in CSS pixels.
const ROOM: f64 = 30.0;
/// From this width on everything is larger, by this.
const WIDE: f64 = 500.0;
const LARGER: f64 = 1.3;
/// Half the height of a pipe, and of the water in it when all valves are open, in CSS pixels.
const PIPE: f64 = 13.0;
const WATER: f64 = 11.0;
/// The radius of a unit of a network, of a valve's wheel, and half the sides of a weight's box.
const UNIT: f64 = 17.0;
const WHEEL: f64 = 16.0;
const WEIGHT: [f64; 2] = [13.0, 12.0];
/// From a part to the tag that hangs on it, in CSS pixels.
const STRING: f64 = 26.0;
/// Where a wheel's handle points when the valve is shut, and how far it turns until it is open, in parts of a
/// whole turn.
const HANDLE: [f64; 2] = [0.375, 0.75];

/// Where everything stands, and how far it has come.
struct Plan {
    /// How far the pipes have become a network, from 0 to 1.
    fade: f64,
    letters: f64,
    scale: f64,
    /// The places of w, m, x, h, y and E, from left to right.
    columns: [f64; 6],
    /// The height at which all of them stand.
    line: f64,
    /// The width of a tag.
    tag: f64,
}

impl Plan {
    fn new(size: Size, fade: f64, forked: bool) -> Self {
        let (letters, scale) = (letters(size.width >= WIDE), if size.width >= WIDE { LARGER } else { 1.0 });
        let apart = (size.width - 2.0 * ROOM) / 5.0;
        // Below the line hang a string and a tag; above it stand the names, and in the house another tag.
        let tag = tag_height(2, letters);
        let above = scale * WHEEL + 1.75 * letters + if forked { tag + 8.0 } else { 0.0 };
        let below = scale * WHEEL + STRING + tag + 4.0;
        let line = above + 0.5 * (size.height - above - below).max(0.0);
        let width = (4.2 * letters).min(apart - 2.0);
        Self {
            fade,
            letters,
            scale,
            columns: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(|at| ROOM + at * apart),
            line,
            tag: width,
        }
    }

    /// A length on its way from what it is for pipes to what it is for a network.
    fn between(&self, pipes: f64, network: f64) -> f64 {
        self.scale * (pipes + self.fade * (network - pipes))
    }

    /// How much is left of what only pipes have; it goes before what only a network has comes.
    fn old(&self) -> f64 {
        (1.0 - 2.0 * self.fade).max(0.0)
    }

    /// How much there is of what only a network has.
    fn young(&self) -> f64 {
        (2.0 * self.fade - 1.0).max(0.0)
    }

    fn at(&self, column: usize) -> [f64; 2] {
        [self.columns[column], self.line]
    }
}

/// Draws the shower as far on its way as the scenario says ([`Key::Fade`]).
pub(super) fn fade<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
) -> Drawn<B> {
    let run = session.run();
    let now = run.now();
    let (chain, flows, experiment) = (&now.chain, &now.chain.flows, run.experiment());
    let forked = matches!(experiment.shower.model, Model::House { .. });
    let plan = Plan::new(size, session.scenario().number(Key::Fade), forked);
    let full = experiment.shower.flows(OPEN, OPEN);
    let share = |flow: f64, full: f64| if full > 0.0 { (flow / full).clamp(0.0, 1.0) } else { 0.0 };
    let shares = [1.0, share(flows.x, full.x), share(flows.y, full.y)];
    tags(pen, &plan, &theme, [flows.dx_dm, flows.dy_dx, flows.dy_dh_x, chain.de_dy])?;
    if forked {
        second_path(pen, &plan, &theme, flows.dx_dh)?;
    }
    pipes(pen, &plan, &theme, shares)?;
    for (column, color, name) in
        [(0, theme.w, "w"), (2, theme.x, "x"), (4, theme.y, "y"), (5, theme.error, "E")]
    {
        unit(pen, &plan, &theme, column, color, name)?;
    }
    gauge(pen, &plan, &theme, flows.y, experiment.target)?;
    for (column, color, position) in [(1, theme.m, now.position[0]), (3, theme.h, now.position[1])] {
        valve(pen, &plan, &theme, column, color, position)?;
    }
    let pressure = session.settings().number(Key::Pressure);
    let said = [
        ("w", pressure, theme.w),
        ("m", now.position[0], theme.m),
        ("x", flows.x, theme.x),
        ("h", now.position[1], theme.h),
        ("y", flows.y, theme.y),
        ("E", now.error, theme.error),
    ];
    for (column, (name, number, color)) in said.into_iter().enumerate() {
        let [x, y] = plan.at(column);
        let text = format!("{name} {}", short(number));
        let at = [x, y - plan.scale * WHEEL - plan.letters];
        if forked {
            let half = [0.31 * plan.letters * text.chars().count() as f64, 0.6 * plan.letters];
            pen.shape(&rounded(at, half, 0.0), theme.paper)?;
        }
        pen.text(&text, at, Anchor::Middle, color, plan.letters)?;
    }
    Ok(())
}

/// The tags below the line: what each link does to a change that passes it.
fn tags<B: DrawingBackend>(pen: &mut Pen<'_, B>, plan: &Plan, theme: &Theme, slopes: [f64; 4]) -> Drawn<B> {
    let [_, m, x, h, y, error] = plan.columns;
    let places = [m, x, h, 0.5 * (y + error)];
    for ((name, slope), place) in ["∂x/∂m", "∂y/∂x", "∂y/∂h", "∂E/∂y"].into_iter().zip(slopes).zip(places)
    {
        let top = plan.line + plan.scale * WHEEL + STRING;
        pen.line(&[[place, plan.line], [place, top]], theme.tag_edge, 1.0, THIN)?;
        let height = tag_height(2, plan.letters);
        let rect = Rect { left: place - 0.5 * plan.tag, top, width: plan.tag, height };
        tag(pen, theme, rect, &[name, &short(slope)], plan.letters)?;
    }
    Ok(())
}

/// In the house the handle reaches the house flow too, over an edge of its own.
fn second_path<B: DrawingBackend>(pen: &mut Pen<'_, B>, plan: &Plan, theme: &Theme, slope: f64) -> Drawn<B> {
    let [_, _, x, h, ..] = plan.columns;
    let radius = plan.scale * WHEEL;
    let (height, bottom) = (tag_height(2, plan.letters), plan.line - radius - 1.75 * plan.letters - 4.0);
    let top = bottom - height;
    let middle = 0.5 * (top + bottom);
    for side in [x, h] {
        pen.dashed([[0.5 * (x + h), middle], [side, middle]], theme.h, THIN, [4.0, 3.0])?;
        pen.dashed([[side, middle], [side, plan.line - radius]], theme.h, THIN, [4.0, 3.0])?;
    }
    let tip = plan.line - plan.scale * UNIT - 1.0;
    pen.shape(&[[x, tip], [x - 4.0, tip - 6.0], [x + 4.0, tip - 6.0]], theme.h)?;
    let rect = Rect { left: 0.5 * (x + h - plan.tag), top, width: plan.tag, height };
    tag(pen, theme, rect, &["∂x/∂h", &short(slope)], plan.letters)
}

/// The pipes with their water, each part as full as the flow is a share of the most; they thin out to edges.
fn pipes<B: DrawingBackend>(pen: &mut Pen<'_, B>, plan: &Plan, theme: &Theme, shares: [f64; 3]) -> Drawn<B> {
    let line = plan.line;
    let [w, m, x, h, y, error] = plan.columns;
    let parts = [([w, m], shares[0]), ([m, h], shares[1]), ([h, y], shares[2])];
    let [metal, inside] = [PIPE, PIPE - 1.5].map(|half| 2.0 * plan.between(half, 0.0));
    if metal > BOLD {
        pen.line(&[[w, line], [y, line]], theme.pipe_edge, 1.0, metal)?;
        pen.line(&[[w, line], [y, line]], theme.pipe, 1.0, inside)?;
    }
    let water = theme.water.towards(theme.ink, plan.fade);
    for ([from, to], share) in parts {
        let width = plan.between(2.0 * WATER * share, BOLD / plan.scale);
        if width > 0.1 {
            pen.line(&[[from, line], [to, line]], water, 1.0, width)?;
        }
    }
    // What is read at the shower goes to the gauge, which is no pipe.
    let read = theme.paper.towards(theme.ink, 0.4 + 0.6 * plan.fade);
    pen.dashed(
        [[y, line], [error, line]],
        read,
        THIN + plan.fade * (BOLD - THIN),
        [plan.between(3.0, 60.0), plan.between(3.0, 0.0)],
    )?;
    for column in [x, y, error] {
        let (tip, wing) = (column - plan.scale * UNIT - 1.0, 5.0 * plan.scale);
        let head = [[tip, line], [tip - 1.6 * wing, line - wing], [tip - 1.6 * wing, line + wing]];
        pen.area(&head, theme.ink, plan.young())?;
    }
    Ok(())
}

/// A unit: the water main, a stretch of pipe, the shower head or the gauge, on its way to a circle.
fn unit<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    column: usize,
    color: Rgb,
    name: &str,
) -> Drawn<B> {
    // Half the sides and the corner of what it is among pipes, and how far it is metal.
    let (half, corner, metal) = match column {
        0 => ([12.0, 28.0], 4.0, true),
        2 => ([9.0, PIPE], 1.0, true),
        4 => ([14.0, 17.0], 5.0, true),
        _ => ([UNIT, UNIT], UNIT, false),
    };
    let half = half.map(|side| plan.between(side, UNIT));
    let [x, y] = plan.at(column);
    // The water main reaches down, since its name stands above it.
    let down = if column == 0 { half[1] - plan.between(16.0, UNIT) } else { 0.0 };
    let outline = rounded([x, y + down], half, plan.between(corner, UNIT));
    let (face, edge) = if metal { (theme.pipe, theme.pipe_edge) } else { (theme.paper, color) };
    let (face, edge) = (face.towards(theme.paper, plan.fade), edge.towards(color, plan.fade));
    if column == 4 {
        drops(pen, plan, theme)?;
    }
    pen.shape(&outline, face)?;
    pen.line(&outline, edge, 1.0, BOLD)?;
    if plan.young() > 0.0 {
        let ink = face.towards(color, plan.young());
        pen.text(name, plan.at(column), Anchor::Middle, ink, plan.letters + 3.0)?;
    }
    Ok(())
}

/// Water that falls from the shower head.
fn drops<B: DrawingBackend>(pen: &mut Pen<'_, B>, plan: &Plan, theme: &Theme) -> Drawn<B> {
    let [x, y] = plan.at(4);
    for (drop, dx) in [-9.0, -3.0, 3.0, 9.0].map(|dx| dx * plan.scale).into_iter().enumerate() {
        let top = y + 18.0 * plan.scale + if drop % 2 == 0 { 0.0 } else { 4.0 };
        pen.line(&[[x + dx, top], [x + 1.1 * dx, top + 7.0]], theme.water, plan.old(), BOLD)?;
    }
    Ok(())
}

/// The hands of the gauge, which fade: the flow and the ideal; and y′, which comes to the error from below.
fn gauge<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    flow: f64,
    ideal: f64,
) -> Drawn<B> {
    let at = plan.at(5);
    let most = 1.25 * flow.max(ideal);
    for (value, color) in [(ideal, theme.ink), (flow, theme.y)] {
        let part = if most > 0.0 { value / most } else { 0.0 };
        let hand = [at, pointed(at, HANDLE[0] + part * HANDLE[1], 12.0 * plan.scale)];
        pen.line(&hand, color, plan.old(), BOLD)?;
    }
    let text = format!("y′ {}", short(ideal));
    pen.text(
        &text,
        [at[0], at[1] + plan.scale * UNIT + 0.8 * plan.letters],
        Anchor::Middle,
        theme.ink,
        plan.letters,
    )
}

/// A valve: its wheel with a handle, on its way to a box with the weight's name.
fn valve<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plan: &Plan,
    theme: &Theme,
    column: usize,
    color: Rgb,
    position: f64,
) -> Drawn<B> {
    let at = plan.at(column);
    let half = WEIGHT.map(|side| plan.between(WHEEL, side));
    let outline = rounded(at, half, plan.between(WHEEL, 3.0));
    pen.shape(&outline, theme.paper)?;
    pen.line(&outline, color, 1.0, BOLD)?;
    let turned = HANDLE[0] + HANDLE[1] * ((position - SHUT) / TRAVEL).clamp(0.0, 1.0);
    if plan.old() > 0.0 {
        let handle = pointed(at, turned, plan.scale * (WHEEL - 4.0));
        pen.line(&[at, handle], color, plan.old(), 1.5 * BOLD)?;
        pen.disc(at, 4.0 * plan.scale, color, plan.old())?;
    }
    if plan.young() > 0.0 {
        let name = if column == 1 { "m" } else { "h" };
        let ink = theme.paper.towards(color, plan.young());
        pen.text(name, at, Anchor::Middle, ink, plan.letters + 3.0)?;
    }
    Ok(())
}

/// The end of a hand that points somewhere.
fn pointed([x, y]: [f64; 2], part: f64, reach: f64) -> [f64; 2] {
    let [dx, dy] = on_circle(part);
    [x + reach * dx, y + reach * dy]
}
