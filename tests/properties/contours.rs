//! Contours: each vertex in its place, each line whole, and the same rings as another program's.

use crate::random::{check, magnitude, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::landscape::{Contour, Tracer};
use contour::ContourBuilder;
use std::cell::Cell;

/// A grid of values, row by row, and the levels to trace, ascending.
#[derive(Debug)]
struct Terrain {
    values: Vec<f32>,
    columns: usize,
    rows: usize,
    levels: Vec<f32>,
}

/// An edge between two neighbouring nodes: its lower left node, and whether it goes up.
type Edge = (usize, usize, bool);

#[allow(clippy::cast_possible_truncation, reason = "rounding to single precision is what is wanted")]
fn single(value: f64) -> f32 {
    value as f32
}

/// A coordinate as the number of a row or column.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a small grid")]
fn index(coordinate: f32) -> usize {
    coordinate as usize
}

impl Terrain {
    fn at(&self, column: usize, row: usize) -> f32 {
        self.values[row * self.columns + column]
    }

    /// The values at both ends of an edge.
    fn ends(&self, (column, row, up): Edge) -> [f32; 2] {
        [self.at(column, row), self.at(column + usize::from(!up), row + usize::from(up))]
    }

    fn crosses(&self, edge: Edge, level: f32) -> bool {
        let [from, to] = self.ends(edge);
        (from >= level) != (to >= level)
    }

    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                if column + 1 < self.columns {
                    edges.push((column, row, false));
                }
                if row + 1 < self.rows {
                    edges.push((column, row, true));
                }
            }
        }
        edges
    }

    /// The edges on which a vertex can stand: one, or those that meet in a node.
    fn edges_at(&self, [x, y]: [f32; 2]) -> Vec<Edge> {
        let (column, row) = (index(x), index(y));
        let (on_column, on_row) = (x.fract() == 0.0, y.fract() == 0.0);
        let mut edges = Vec::new();
        if on_row {
            edges.push((column, row, false));
            if on_column && column > 0 {
                edges.push((column - 1, row, false));
            }
        }
        if on_column {
            edges.push((column, row, true));
            if on_row && row > 0 {
                edges.push((column, row - 1, true));
            }
        }
        edges.retain(|&(column, row, up)| {
            column + usize::from(!up) < self.columns && row + usize::from(up) < self.rows
        });
        edges
    }

    fn on_border(&self, [x, y]: [f32; 2]) -> bool {
        x == 0.0 || y == 0.0 || x == (self.columns - 1) as f32 || y == (self.rows - 1) as f32
    }

    /// Whether two vertices stand on edges of one cell.
    fn share_a_cell(a: [f32; 2], b: [f32; 2]) -> bool {
        // Along each axis the closed cells that hold both: from the larger ceiling − 1 to the smaller floor.
        (0..2).all(|axis| a[axis].max(b[axis]).ceil() - 1.0 <= a[axis].min(b[axis]).floor())
    }

    /// Whether the saddle of some cell could be decided either way.
    fn has_saddle(&self, level: f32) -> bool {
        (0..self.rows - 1).any(|row| {
            (0..self.columns - 1).any(|column| {
                let [a, b, c, d] = [(0, 0), (1, 0), (1, 1), (0, 1)]
                    .map(|(right, up)| self.at(column + right, row + up) >= level);
                a == c && b == d && a != b
            })
        })
    }
}

/// Hills and pits on a gentle slope.
fn smooth(u: &mut Unstructured, columns: usize, rows: usize) -> Result<Vec<f32>> {
    let tilt = [within(u, -0.5, 0.5)?, within(u, -0.5, 0.5)?];
    let mut hills = Vec::new();
    for _ in 0..u.int_in_range(1..=6)? {
        let height = within(u, -1.5, 1.5)?;
        hills.push([within(u, 0.0, 1.0)?, within(u, 0.0, 1.0)?, within(u, 0.05, 0.3)?, height]);
    }
    let value = |node: usize| {
        let (x, y) = ((node % columns) as f64 / columns as f64, (node / columns) as f64 / rows as f64);
        let hill = |[a, b, width, height]: &[f64; 4]| {
            height * (-((x - a).powi(2) + (y - b).powi(2)) / (2.0 * width * width)).exp()
        };
        tilt[0] * x + tilt[1] * y + hills.iter().map(hill).sum::<f64>()
    };
    Ok((0..columns * rows).map(|node| single(value(node))).collect())
}

/// A terrain of any kind, from hills to noise, with ties between nodes and levels in many.
fn terrain(u: &mut Unstructured) -> Result<Terrain> {
    let (columns, rows) = (u.int_in_range(2..=26)?, u.int_in_range(2..=26)?);
    let nodes = columns * rows;
    let kind = u.int_in_range(0..=4)?;
    let values: Vec<f32> = match kind {
        0 => smooth(u, columns, rows)?,
        // Noise.
        1 => (0..nodes).map(|_| Ok(single(within(u, -1.0, 1.0)?))).collect::<Result<_>>()?,
        // Few different values: plateaus, and saddles at every turn.
        2 => (0..nodes).map(|_| Ok(f32::from(u.int_in_range(0..=3u8)?))).collect::<Result<_>>()?,
        // Neighbours that differ in their last bits only.
        3 => {
            let base = single(magnitude(u, 1e-3, 1e3)?).to_bits();
            (0..nodes).map(|_| Ok(f32::from_bits(base + u.int_in_range(0..=3u32)?))).collect::<Result<_>>()?
        }
        // One value almost everywhere.
        _ => (0..nodes).map(|_| Ok(if u.ratio(1, 20)? { 1.0 } else { 0.0 })).collect::<Result<_>>()?,
    };
    let mut levels = Vec::new();
    for _ in 0..u.int_in_range(1..=6)? {
        levels.push(match u.int_in_range(0..=2)? {
            0 => *u.choose(&values)?,
            1 => f32::from(u.int_in_range(0..=3u8)?),
            _ => single(within(u, -1.2, 1.2)?),
        });
    }
    levels.sort_by(f32::total_cmp);
    levels.dedup();
    Ok(Terrain { values, columns, rows, levels })
}

/// Whether every vertex stands on an edge that its level crosses, where the straight line between
/// the ends of that edge reaches the level.
fn assert_in_place(terrain: &Terrain, line: &Contour) {
    let level = terrain.levels[line.level];
    for &point in &line.points {
        let [x, y] = point;
        let fits = terrain.edges_at(point).into_iter().any(|edge| {
            let [from, to] = terrain.ends(edge).map(f64::from);
            let along = if edge.2 { f64::from(y) - edge.1 as f64 } else { f64::from(x) - edge.0 as f64 };
            // The place is rounded as a coordinate is, and the share of the edge before it.
            let rounding = f64::from(f32::EPSILON) * (1.0 + f64::from(x.max(y)));
            let height = from + along * (to - from);
            terrain.crosses(edge, level) && (height - f64::from(level)).abs() <= rounding * (to - from).abs()
        });
        assert!(fits, "{point:?} at level {level} of {terrain:?}");
    }
}

#[test]
fn every_vertex_lies_where_its_level_crosses_an_edge() {
    let mut tracer = Tracer::default();
    check(4000, |u| {
        let terrain = terrain(u)?;
        for line in tracer.trace(&terrain.values, terrain.columns, &terrain.levels) {
            assert_in_place(&terrain, &line);
        }
        Ok(())
    });
}

#[test]
fn lines_go_from_cell_to_cell_and_end_at_the_border_alone() {
    let mut tracer = Tracer::default();
    let (open, closed) = (Cell::new(0), Cell::new(0));
    check(4000, |u| {
        let terrain = terrain(u)?;
        for line in tracer.trace(&terrain.values, terrain.columns, &terrain.levels) {
            assert!(line.points.len() >= 2, "{line:?}");
            for pair in line.points.windows(2) {
                assert!(Terrain::share_a_cell(pair[0], pair[1]), "{pair:?} of {terrain:?}");
            }
            let (first, last) = (line.points[0], line.points[line.points.len() - 1]);
            let border = |point: &[f32; 2]| terrain.on_border(*point);
            // A vertex in a node has come there by a tie: a level that just touches the border.
            let tie = |point: &[f32; 2]| point.iter().all(|coordinate| coordinate.fract() == 0.0);
            let inner = if first == last { &line.points[..] } else { &line.points[1..line.points.len() - 1] };
            let counter = if first == last { &closed } else { &open };
            counter.set(counter.get() + 1);
            assert!(first == last || (border(&first) && border(&last)), "{line:?} of {terrain:?}");
            assert!(inner.iter().all(|point| !border(point) || tie(point)), "{line:?} of {terrain:?}");
        }
        Ok(())
    });
    let seeded = std::env::var_os("ARBTEST_SEED").is_some();
    assert!(seeded || (open.get() > 1000 && closed.get() > 1000), "{open:?} open, {closed:?} closed");
}

#[test]
fn every_crossed_edge_has_exactly_one_vertex() {
    let mut tracer = Tracer::default();
    check(4000, |u| {
        let terrain = terrain(u)?;
        let lines = tracer.trace(&terrain.values, terrain.columns, &terrain.levels);
        for (number, level) in terrain.levels.iter().enumerate() {
            let crossed = terrain.edges().into_iter().filter(|edge| terrain.crosses(*edge, *level)).count();
            let (mut vertices, mut doubtful) = (0, 0);
            for line in lines.iter().filter(|line| line.level == number) {
                let (first, last) = (line.points[0], line.points[line.points.len() - 1]);
                vertices += line.points.len() - usize::from(first == last);
                // By a tie in a node of the border, an open line may end in the place of its beginning.
                doubtful += usize::from(first == last && terrain.on_border(first));
            }
            assert!((vertices..=vertices + doubtful).contains(&crossed), "level {level} of {terrain:?}");
        }
        Ok(())
    });
}

#[test]
fn a_saddle_is_decided_by_the_mean_of_its_corners() {
    let mut tracer = Tracer::default();
    check(1000, |u| {
        let mut corner = |least, most| Ok(single(within(u, least, most)?));
        let high = [corner(0.01, 1.0)?, corner(0.01, 1.0)?];
        let low = [corner(-1.0, -0.01)?, corner(-1.0, -0.01)?];
        // Row by row: the high corners face each other, as do the low ones.
        let turned = u.arbitrary()?;
        let values =
            if turned { [high[0], low[0], low[1], high[1]] } else { [low[0], high[0], high[1], low[1]] };
        let mean = values.iter().sum::<f32>();
        if mean.abs() < 1e-5 {
            return Ok(());
        }
        let lines = tracer.trace(&values, 2, &[0.0]);
        assert_eq!(lines.len(), 2);
        for line in lines {
            let [[a, b], [c, d]] = line.points[..] else { panic!("two vertices: {line:?}") };
            // A line between neighbouring edges cuts off the corner in which they meet.
            let on_border = |near: f32, far: f32| if near.fract() == 0.0 { near } else { far };
            let (x, y) = (on_border(a, c), on_border(b, d));
            let cut_off = values[index(y) * 2 + index(x)];
            assert_eq!(cut_off < 0.0, mean > 0.0, "{line:?} of {values:?}");
        }
        Ok(())
    });
}

#[test]
fn interior_rings_are_those_of_the_crate_contour() {
    let mut tracer = Tracer::default();
    let rings = Cell::new(0);
    check(3000, |u| {
        let (columns, rows) = (u.int_in_range(3..=40)?, u.int_in_range(3..=40)?);
        let values = smooth(u, columns, rows)?;
        let [low, high] = [f32::min, f32::max].map(|of| values.iter().copied().reduce(of).unwrap_or(0.0));
        let level = single(within(u, low.into(), high.into())?);
        let terrain = Terrain { values, columns, rows, levels: vec![level] };
        if terrain.has_saddle(level) || terrain.values.contains(&level) {
            return Ok(()); // the two programs decide these differently
        }
        let ours: Vec<Vec<[f64; 2]>> = tracer
            .trace(&terrain.values, columns, &terrain.levels)
            .into_iter()
            .filter(|line| line.points.first() == line.points.last())
            .map(|line| line.points.iter().skip(1).map(|point| point.map(f64::from)).collect())
            .collect();
        let theirs = rings_of_contour(&terrain, level);
        assert_eq!(ours.len(), theirs.len(), "level {level} of {terrain:?}");
        for ring in &ours {
            assert!(theirs.iter().any(|other| coincide(ring, other)), "{ring:?} at {level} of {terrain:?}");
        }
        rings.set(rings.get() + ours.len());
        Ok(())
    });
    assert!(rings.get() > 300 || std::env::var_os("ARBTEST_SEED").is_some(), "{} rings", rings.get());
}

/// The rings of the crate `contour` that do not touch the border. It puts nodes at the middle of
/// pixels, half a pixel off, and closes open lines around the grid, where we leave them open.
fn rings_of_contour(terrain: &Terrain, level: f32) -> Vec<Vec<[f64; 2]>> {
    let values: Vec<f64> = terrain.values.iter().copied().map(f64::from).collect();
    let lines = ContourBuilder::new(terrain.columns, terrain.rows, true)
        .lines(&values, &[f64::from(level)])
        .expect("the grid has its size");
    let (right, top) = (terrain.columns as f64 - 1.0, terrain.rows as f64 - 1.0);
    let inside = |[x, y]: &[f64; 2]| *x >= 0.0 && *x <= right && *y >= 0.0 && *y <= top;
    lines[0]
        .geometry()
        .iter()
        .map(|ring| ring.coords().skip(1).map(|place| [place.x - 0.5, place.y - 0.5]).collect::<Vec<_>>())
        .filter(|ring| ring.iter().all(inside))
        .collect()
}

/// Whether two rings have the same vertices in the same order, from wherever and whichever way.
fn coincide(ring: &[[f64; 2]], other: &[[f64; 2]]) -> bool {
    let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs() <= 1e-5 && (a[1] - b[1]).abs() <= 1e-5;
    let count = ring.len();
    count == other.len()
        && (0..count).any(|start| {
            let same = |step: &dyn Fn(usize) -> usize| (0..count).all(|i| near(ring[i], other[step(i)]));
            same(&|i| (start + i) % count) || same(&|i| (start + count - i) % count)
        })
}

#[test]
fn what_is_no_grid_has_no_contours() {
    let mut tracer = Tracer::default();
    for (values, columns) in [(&[][..], 0), (&[1.0], 1), (&[0.0, 1.0], 2), (&[0.0, 1.0], 1), (&[0.0, 1.0], 7)]
    {
        assert!(tracer.trace(values, columns, &[0.5]).is_empty());
    }
    assert!(tracer.trace(&[0.0, 1.0, 0.0, 1.0], 2, &[]).is_empty());
}

#[test]
fn values_that_are_no_numbers_stop_nothing() {
    let mut tracer = Tracer::default();
    check(2000, |u| {
        let mut terrain = terrain(u)?;
        for value in &mut terrain.values {
            if u.ratio(1, 10)? {
                *value = *u.choose(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN])?;
            }
        }
        let lines = tracer.trace(&terrain.values, terrain.columns, &terrain.levels);
        assert!(lines.iter().all(|line| line.points.len() <= 2 * terrain.values.len()));
        Ok(())
    });
}
