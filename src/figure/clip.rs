//! Cutting lines at a rectangle, segment by segment (Liang and Barsky, 1984).
//!
//! plotters pulls points outside its range to the border and joins them by false lines, so it
//! never gets to see any.

use super::pen::Rect;

/// The parts of a polyline inside a rectangle.
pub(super) fn clip(points: &[[f64; 2]], inside: Rect) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1], inside) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open && part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
        open = to == pair[1];
    }
    parts
}

/// The part of a segment inside a rectangle.
fn segment(from: [f64; 2], to: [f64; 2], inside: Rect) -> Option<([f64; 2], [f64; 2])> {
    let d = [to[0] - from[0], to[1] - from[1]];
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    // Each border is a pair: how fast the segment runs towards it, and how far away it starts.
    for (speed, distance) in [
        (-d[0], from[0] - inside.left),
        (d[0], inside.left + inside.width - from[0]),
        (-d[1], from[1] - inside.top),
        (d[1], inside.top + inside.height - from[1]),
    ] {
        if speed == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            enter = enter.max(distance / speed);
        } else {
            leave = leave.min(distance / speed);
        }
    }
    let at = |t: f64| [from[0] + t * d[0], from[1] + t * d[1]];
    (enter <= leave)
        .then(|| (if enter > 0.0 { at(enter) } else { from }, if leave < 1.0 { at(leave) } else { to }))
}

#[cfg(test)]
mod tests {
    use super::{Rect, clip};

    const UNIT: Rect = Rect { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };

    #[test]
    fn a_line_inside_stays_whole() {
        let line = [[0.1, 0.1], [0.5, 0.9], [1.0, 0.2]];
        assert_eq!(clip(&line, UNIT), vec![line.to_vec()]);
    }

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two() {
        let parts = clip(&[[0.5, 0.5], [2.0, 0.5], [2.0, 0.25], [0.5, 0.25]], UNIT);
        assert_eq!(parts, vec![vec![[0.5, 0.5], [1.0, 0.5]], vec![[1.0, 0.25], [0.5, 0.25]]]);
    }

    #[test]
    fn a_line_past_a_corner_vanishes() {
        assert!(clip(&[[-1.0, 0.5], [0.5, -1.0]], UNIT).is_empty());
    }
}
