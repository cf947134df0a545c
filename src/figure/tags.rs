//! Sensitivities on paper tags that hang on the plumbing, and the chain that they make: symbols and numbers.

use super::board::Board;
use super::pen::{Anchor, Drawn};
use super::pipes::{BORE, LEVEL, RADIUS, Reading, SPOTS};
use super::theme::{Rgb, Theme};
use plotters_backend::DrawingBackend;
use std::f64::consts::FRAC_1_SQRT_2;

/// Where tags hang, and how large they are.
const TOP: f64 = LEVEL + RADIUS + 20.0;
const TALL: f64 = 50.0;
const END: f64 = 352.0;
const GAP: f64 = 8.0;
/// Where the links of a chain stand, and how large they are.
const LINKS: f64 = 262.0;
const LINK: [f64; 2] = [62.0, 84.0];
/// The room that a sign between links takes.
const SIGN: f64 = 22.0;
/// Height of letters in a fraction, of numbers, and of numbers with four decimals on a tag.
const LETTER: f64 = 17.0;
const NUMBER: f64 = 16.0;
const SMALL: f64 = 13.0;

/// A sensitivity: the name of its number, what changes, with what, and what is held where that must be said.
#[derive(Clone, Copy)]
struct Partial {
    name: &'static str,
    above: &'static str,
    below: &'static str,
    held: &'static str,
}

impl Partial {
    const fn new(name: &'static str, above: &'static str, below: &'static str) -> Self {
        Self { name, above, below, held: "" }
    }
}

const DE_DM: Partial = Partial::new("dE_dm", "E", "m");
const DE_DY: Partial = Partial::new("dE_dy", "E", "y");
const DY_DX: Partial = Partial::new("dy_dx", "y", "x");
const DX_DM: Partial = Partial::new("dx_dm", "x", "m");
const DX_DH: Partial = Partial::new("dx_dh", "x", "h");
const DY_DH: Partial = Partial::new("dy_dh", "y", "h");
/// With one path there is nothing but the handle that changes y at the same x, and nothing need be said.
const DIRECT: Partial = Partial::new("dy_dh_x", "y", "h");
const HELD: Partial = Partial { held: "x", ..DIRECT };

/// The colour of a quantity.
fn color_of(theme: Theme, letter: &str) -> Rgb {
    match letter {
        "m" => theme.m,
        "h" => theme.h,
        "x" => theme.x,
        "y" => theme.y,
        _ => theme.error,
    }
}

/// Hangs the tags along the pipe, from left to right, and the error's beside the gauge.
pub(super) fn hang<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    reading: &Reading,
) -> Drawn<B> {
    let (pipe, dial) = (LEVEL + BORE / 2.0, LEVEL + RADIUS);
    let between = 0.5 * (SPOTS.m + SPOTS.h);
    let (start, all) = if reading.is_forked() {
        let beside = SPOTS.h - RADIUS - 6.0;
        (
            4.0,
            vec![
                (DX_DM, SPOTS.m, dial),
                (DY_DX, between, pipe),
                (DX_DH, beside, pipe),
                (HELD, SPOTS.h, dial),
            ],
        )
    } else {
        (30.0, vec![(DX_DM, SPOTS.m, dial), (DY_DX, between, pipe), (DIRECT, SPOTS.h, dial)])
    };
    let count = all.len() as f64;
    let wide = (END - start - GAP * (count - 1.0)) / count;
    for (index, (partial, part, from)) in all.into_iter().enumerate() {
        let left = start + index as f64 * (wide + GAP);
        let string = part.clamp(left + 8.0, left + wide - 8.0);
        // A dial whose tag is not below it holds the string at its side; along the pipe there is room everywhere.
        let slant = FRAC_1_SQRT_2 * RADIUS;
        let knot = match from {
            from if string == part || from == pipe => [string, from],
            _ => [part - slant, LEVEL + slant],
        };
        board.line(&[knot, [string, TOP]], theme.tag_edge, 1.5)?;
        tag(board, theme, reading, partial, [left, TOP, wide, TALL])?;
    }
    let left = SPOTS.gauge + 30.0;
    let middle = TOP + TALL / 2.0;
    board.line(&[[SPOTS.gauge + 13.0, middle], [left, middle]], theme.tag_edge, 1.5)?;
    tag(board, theme, reading, DE_DY, [left, TOP, 556.0 - left, TALL])?;
    let over = [0.5 * (left + 556.0), LEVEL - BORE / 2.0 - 12.0];
    board.text(&format!("E {}", reading.text("E")), over, Anchor::Middle, theme.error, 15.0)
}

/// A tag: the fraction, and its number beside it.
fn tag<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    reading: &Reading,
    partial: Partial,
    [left, top, wide, tall]: [f64; 4],
) -> Drawn<B> {
    board.sheet([left, top, wide, tall], [theme.tag, theme.tag_edge])?;
    let middle = top + tall / 2.0;
    fraction(board, theme, partial, [left + 18.0, middle])?;
    let number = [0.5 * (left + 34.0 + left + wide), middle];
    let text = reading.text(partial.name);
    let height = if text.chars().count() > 5 { SMALL } else { NUMBER };
    board.text(&text, number, Anchor::Middle, theme.ink, height)
}

/// A sensitivity as a fraction round a point, each letter in the colour of its quantity.
fn fraction<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    Partial { above, below, held, .. }: Partial,
    [x, y]: [f64; 2],
) -> Drawn<B> {
    let mut part = |letter: &str, y: f64| {
        board.text(&format!("∂{letter}"), [x, y], Anchor::Middle, color_of(theme, letter), LETTER)
    };
    part(above, y - 11.0)?;
    part(below, y + 11.0)?;
    board.line(&[[x - 12.0, y], [x + 12.0, y]], theme.ink, 1.2)?;
    board.text(held, [x + 14.0, y + 18.0], Anchor::After, color_of(theme, held), SMALL)
}

/// ∂E/∂m = ∂E/∂y × ∂y/∂x × ∂x/∂m.
pub(super) fn chain<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    reading: &Reading,
) -> Drawn<B> {
    let links = [(DE_DM, "="), (DE_DY, "×"), (DY_DX, "×"), (DX_DM, "")];
    row(board, theme, reading, &links)
}

/// ∂y/∂h = ∂y/∂h with x held + ∂y/∂x × ∂x/∂h.
pub(super) fn paths<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    reading: &Reading,
) -> Drawn<B> {
    let links = [(DY_DH, "="), (HELD, "+"), (DY_DX, "×"), (DX_DH, "")];
    row(board, theme, reading, &links)
}

/// Links with a sign behind each, in the middle of the board: the first is what the others make.
fn row<B: DrawingBackend>(
    board: &mut Board<'_, '_, B>,
    theme: Theme,
    reading: &Reading,
    links: &[(Partial, &str)],
) -> Drawn<B> {
    let [wide, tall] = LINK;
    let count = links.len() as f64;
    let mut left = 0.5 * (560.0 - count * wide - (count - 1.0) * SIGN);
    for (index, (partial, sign)) in links.iter().enumerate() {
        let [face, edge] = if index == 0 { [theme.desk, theme.muted] } else { [theme.paper, theme.grid] };
        board.sheet([left, LINKS, wide, tall], [face, edge])?;
        let x = left + wide / 2.0;
        fraction(board, theme, *partial, [x, LINKS + 30.0])?;
        board.text(
            &reading.text(partial.name),
            [x, LINKS + tall - 16.0],
            Anchor::Middle,
            theme.ink,
            NUMBER,
        )?;
        left += wide + SIGN;
        board.text(sign, [left - SIGN / 2.0, LINKS + tall / 2.0], Anchor::Middle, theme.muted, LETTER)?;
    }
    Ok(())
}
