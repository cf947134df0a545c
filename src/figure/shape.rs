//! Outlines made of short straight lines: round corners and arcs.

use std::f64::consts::{FRAC_PI_2, TAU};

/// Lines in a whole circle.
const LINES: f64 = 48.0;

/// Part of a circle, from an angle to another: 0 is to the right, a quarter turn downward.
pub(super) fn arc([x, y]: [f64; 2], radius: f64, [from, to]: [f64; 2]) -> Vec<[f64; 2]> {
    let lines = ((to - from).abs() / TAU * LINES).ceil().max(1.0);
    let mut points = Vec::new();
    let mut line = 0.0;
    while line <= lines {
        let angle = from + (to - from) * line / lines;
        points.push([x + radius * angle.cos(), y + radius * angle.sin()]);
        line += 1.0;
    }
    points
}

/// A closed rectangle about a centre, given by half its sides, with round corners; with corners as large as its
/// sides let them be it is a circle, or a pill.
pub(super) fn rounded([x, y]: [f64; 2], [half_width, half_height]: [f64; 2], corner: f64) -> Vec<[f64; 2]> {
    let corner = corner.min(half_width).min(half_height).max(0.0);
    let (right, low) = (half_width - corner, half_height - corner);
    let mut points = Vec::new();
    for (quarter, [dx, dy]) in [[right, low], [-right, low], [-right, -low], [right, -low]].iter().enumerate()
    {
        let from = FRAC_PI_2 * quarter as f64;
        points.extend(arc([x + dx, y + dy], corner, [from, from + FRAC_PI_2]));
    }
    points.push([x + half_width, y + low]);
    points
}
