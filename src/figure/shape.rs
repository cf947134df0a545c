//! Outlines made of short straight lines: round corners and arcs.

/// Lines in a whole circle.
const LINES: f64 = 48.0;
/// The cosine and the sine of one of them. No other angle is needed, and so none of the functions, which
/// take much room in what the page loads.
const LINE: [f64; 2] = [0.991_444_861_373_810_4, 0.130_526_192_220_051_6];

/// The point of the unit circle after a part of a whole turn, 0 or more: 0 is to the right, ¼ downward. Between
/// the ends of its lines it lies on the line.
pub(super) fn on_circle(part: f64) -> [f64; 2] {
    let turned = |[x, y]: [f64; 2]| [x * LINE[0] - y * LINE[1], x * LINE[1] + y * LINE[0]];
    let (mut point, mut lines) = ([1.0, 0.0], LINES * part);
    while lines >= 1.0 {
        point = turned(point);
        lines -= 1.0;
    }
    let next = turned(point);
    [point[0] + lines * (next[0] - point[0]), point[1] + lines * (next[1] - point[1])]
}

/// Part of a circle, from a part of a whole turn to another.
pub(super) fn arc([x, y]: [f64; 2], radius: f64, [from, to]: [f64; 2]) -> Vec<[f64; 2]> {
    let lines = (LINES * (to - from)).ceil().max(1.0);
    let mut points = Vec::new();
    let mut line = 0.0;
    while line <= lines {
        let [dx, dy] = on_circle(from + (to - from) * line / lines);
        points.push([x + radius * dx, y + radius * dy]);
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
    let mut from = 0.0;
    for [dx, dy] in [[right, low], [-right, low], [-right, -low], [right, -low]] {
        points.extend(arc([x + dx, y + dy], corner, [from, from + 0.25]));
        from += 0.25;
    }
    points.push([x + half_width, y + low]);
    points
}

#[cfg(test)]
mod tests {
    use super::on_circle;
    use std::f64::consts::TAU;

    #[test]
    fn points_of_the_circle_are_where_sine_and_cosine_put_them() {
        for step in 0..=200 {
            let part = f64::from(step) / 160.0;
            let [x, y] = on_circle(part);
            let (sine, cosine) = (TAU * part).sin_cos();
            // A line of the polygon is nowhere further from its arc.
            assert!((x - cosine).hypot(y - sine) < 0.0025, "{part}: {x}, {y}");
        }
    }
}
