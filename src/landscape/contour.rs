//! Contours by marching squares: lines of equal value through a grid, left open at its border.
//!
//! A cell stands between four nodes. A line enters it through one edge and leaves through another,
//! with the higher values on its left; so each segment has exactly one successor, and lines are
//! traced from cell to cell without any search. A saddle is decided by the mean of its corners.

/// One line of equal value.
#[derive(Clone, Debug, PartialEq)]
pub struct Contour {
    /// Which of the levels asked for.
    pub level: usize,
    /// The vertices in grid units (column, row), each on an edge between two neighbouring nodes.
    /// A closed line ends with the vertex it begins with.
    pub points: Vec<[f32; 2]>,
}

/// The four edges of a cell, by the side of the cell on which they lie.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Below,
    Right,
    Above,
    Left,
}
use Side::{Above, Below, Left, Right};

/// For each of the 16 ways in which corners can be high: the segments, from side to side.
///
/// Bits: 1 lower left, 2 lower right, 4 upper right, 8 upper left. The saddles (5 and 10) are given
/// for a high mean; for a low mean the other one's complement applies, see [`segments`].
const SEGMENTS: [&[[Side; 2]]; 16] = [
    &[],
    &[[Below, Left]],
    &[[Right, Below]],
    &[[Right, Left]],
    &[[Above, Right]],
    &[[Below, Right], [Above, Left]],
    &[[Above, Below]],
    &[[Above, Left]],
    &[[Left, Above]],
    &[[Below, Above]],
    &[[Left, Below], [Right, Above]],
    &[[Right, Above]],
    &[[Left, Right]],
    &[[Below, Right]],
    &[[Left, Below]],
    &[],
];
/// The saddles with a low mean: each high corner is cut off by itself.
const LOW_SADDLES: [&[[Side; 2]]; 2] = [&[[Below, Left], [Above, Right]], &[[Right, Below], [Left, Above]]];

/// Traces contours; keeps its working memory from one call to the next.
///
/// ```
/// use backflow::landscape::Tracer;
///
/// // A slope that rises to the right: the contour at 0.5 runs straight up, from border to border.
/// let lines = Tracer::default().trace(&[0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 2, &[0.5]);
/// assert_eq!(lines.len(), 1);
/// assert_eq!(lines[0].points.len(), 3);
/// assert!(lines[0].points.iter().all(|point| point[0] == 0.5));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tracer {
    /// For each node, how many levels its value reaches.
    bands: Vec<u8>,
    /// For each level, the cells that it crosses.
    crossed: Vec<Vec<u32>>,
    /// For each cell, a bit for each of its segments that has been traced.
    traced: Vec<u8>,
}

impl Tracer {
    /// The contours of `values`, a grid row by row with `columns` nodes in a row, at each level.
    ///
    /// `levels` must ascend; at most 255 are drawn. Values must be numbers. A grid of fewer than
    /// 2 × 2 nodes has no contours.
    #[must_use]
    pub fn trace(&mut self, values: &[f32], columns: usize, levels: &[f32]) -> Vec<Contour> {
        let levels = &levels[..levels.len().min(usize::from(u8::MAX))];
        let rows = values.len().checked_div(columns).unwrap_or(0);
        if columns < 2 || rows < 2 {
            return Vec::new();
        }
        let grid = Grid { values: &values[..columns * rows], columns, rows };
        self.sort_into_bands(grid.values, levels);
        self.find_crossed(&grid, levels.len());
        self.traced.clear();
        self.traced.resize(grid.values.len(), 0);

        let mut contours = Vec::new();
        for (level, &value) in levels.iter().enumerate() {
            let cells = &self.crossed[level];
            // Open lines first, each from the border where it enters …
            for &cell in cells {
                let cell = cell as usize;
                for (number, [enter, _]) in segments(&grid, cell, value).iter().enumerate() {
                    if grid.on_border(cell, *enter) {
                        contours.push(follow(&grid, &mut self.traced, level, value, cell, number));
                    }
                }
            }
            // … then whatever is left runs in circles.
            for &cell in cells {
                let cell = cell as usize;
                for number in 0..segments(&grid, cell, value).len() {
                    if self.traced[cell] & (1 << number) == 0 {
                        contours.push(follow(&grid, &mut self.traced, level, value, cell, number));
                    }
                }
            }
            for &cell in cells {
                self.traced[cell as usize] = 0;
            }
        }
        contours
    }

    /// Counts for every node the levels it reaches. Neighbours are mostly in the same band, so the
    /// band of the last node is tried first.
    #[allow(clippy::cast_possible_truncation, reason = "there are at most 255 levels")]
    fn sort_into_bands(&mut self, values: &[f32], levels: &[f32]) {
        let floor_of = |band: usize| if band == 0 { f32::NEG_INFINITY } else { levels[band - 1] };
        let ceiling_of = |band: usize| levels.get(band).copied().unwrap_or(f32::INFINITY);
        let (mut band, mut floor, mut ceiling) = (0, f32::NEG_INFINITY, ceiling_of(0));
        self.bands.clear();
        self.bands.extend(values.iter().map(|&value| {
            if value < floor || value >= ceiling {
                band = levels.partition_point(|level| *level <= value);
                (floor, ceiling) = (floor_of(band), ceiling_of(band));
            }
            band as u8
        }));
    }

    /// Lists for every level the cells that it crosses.
    #[allow(clippy::cast_possible_truncation, reason = "a grid has fewer than 2³² nodes")]
    fn find_crossed(&mut self, grid: &Grid, levels: usize) {
        self.crossed.iter_mut().for_each(Vec::clear);
        self.crossed.resize_with(levels.max(self.crossed.len()), Vec::new);
        for row in 0..grid.rows - 1 {
            let start = row * grid.columns;
            let lower = &self.bands[start..start + grid.columns];
            let upper = &self.bands[start + grid.columns..start + 2 * grid.columns];
            let mut column = 0;
            while column + 1 < grid.columns {
                if let Some(stride) = uniform(&lower[column..], &upper[column..]) {
                    column += stride;
                    continue;
                }
                let corners = [lower[column], lower[column + 1], upper[column], upper[column + 1]];
                let least = corners.iter().fold(u8::MAX, |a, &b| a.min(b));
                let most = corners.iter().fold(0, |a, &b| a.max(b));
                for level in least..most {
                    self.crossed[usize::from(level)].push((start + column) as u32);
                }
                column += 1;
            }
        }
    }
}

/// How many cells can be passed over at once because nine nodes above and below share one band.
fn uniform(lower: &[u8], upper: &[u8]) -> Option<usize> {
    let lower: &[u8; 9] = lower.first_chunk()?;
    let upper: &[u8; 9] = upper.first_chunk()?;
    let eight = |nodes: &[u8; 9]| {
        let [a, b, c, d, e, f, g, h, _] = *nodes;
        u64::from_ne_bytes([a, b, c, d, e, f, g, h])
    };
    let all = u64::from_ne_bytes([lower[0]; 8]);
    let same = eight(lower) == all && eight(upper) == all && lower[8] == lower[0] && upper[8] == lower[0];
    same.then_some(8)
}

/// A grid of values. A cell has the number of its lower left node.
struct Grid<'a> {
    values: &'a [f32],
    columns: usize,
    rows: usize,
}

impl Grid<'_> {
    /// The corners of a cell: lower left, lower right, upper right, upper left.
    fn corners(&self, cell: usize) -> [f32; 4] {
        let above = cell + self.columns;
        [self.values[cell], self.values[cell + 1], self.values[above + 1], self.values[above]]
    }

    fn on_border(&self, cell: usize, side: Side) -> bool {
        match side {
            Below => cell < self.columns,
            Above => cell / self.columns == self.rows - 2,
            Left => cell.is_multiple_of(self.columns),
            Right => cell % self.columns == self.columns - 2,
        }
    }

    /// The cell on the other side of a side, and the side by which one enters it.
    fn neighbour(&self, cell: usize, side: Side) -> (usize, Side) {
        match side {
            Below => (cell - self.columns, Above),
            Above => (cell + self.columns, Below),
            Left => (cell - 1, Right),
            Right => (cell + 1, Left),
        }
    }

    /// Where a level crosses a side of a cell, by linear interpolation.
    fn crossing(&self, cell: usize, side: Side, level: f32) -> [f32; 2] {
        let (column, row) = ((cell % self.columns) as f32, (cell / self.columns) as f32);
        let [a, b, c, d] = self.corners(cell);
        let part = |from: f32, to: f32| (level - from) / (to - from);
        match side {
            Below => [column + part(a, b), row],
            Above => [column + part(d, c), row + 1.0],
            Left => [column, row + part(a, d)],
            Right => [column + 1.0, row + part(b, c)],
        }
    }
}

/// The segments of a level in a cell.
fn segments(grid: &Grid, cell: usize, level: f32) -> &'static [[Side; 2]] {
    let corners = grid.corners(cell);
    let case = corners.iter().rev().fold(0, |case, corner| case << 1 | usize::from(*corner >= level));
    let mean = corners.iter().sum::<f32>() / 4.0;
    match case {
        5 if mean < level => LOW_SADDLES[0],
        10 if mean < level => LOW_SADDLES[1],
        _ => SEGMENTS[case],
    }
}

/// Follows a line from one segment until it leaves the grid or meets its beginning.
fn follow(grid: &Grid, traced: &mut [u8], level: usize, value: f32, cell: usize, number: usize) -> Contour {
    let (mut cell, mut number) = (cell, number);
    let mut points = vec![grid.crossing(cell, segments(grid, cell, value)[number][0], value)];
    while traced[cell] & (1 << number) == 0 {
        traced[cell] |= 1 << number;
        let leave = segments(grid, cell, value)[number][1];
        points.push(grid.crossing(cell, leave, value));
        if grid.on_border(cell, leave) {
            break;
        }
        let (next, enter) = grid.neighbour(cell, leave);
        let Some(found) = segments(grid, next, value).iter().position(|[side, _]| *side == enter) else {
            break; // two cells always agree on the edge they share
        };
        (cell, number) = (next, found);
    }
    Contour { level, points }
}
