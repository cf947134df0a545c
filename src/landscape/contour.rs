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
    crossed: Vec<Crossed>,
    /// For each cell, a bit for each of its segments that has been traced; 0 between two levels.
    traced: Vec<u8>,
}

/// The cells that a level crosses.
#[derive(Clone, Debug, Default)]
struct Crossed {
    all: Vec<Cell>,
    /// Those with a side on the border of the grid, where lines may begin.
    border: Vec<Cell>,
}

/// Nodes that are compared with a band together.
const BLOCK: usize = 16;
/// Both segments of a cell have been traced, or its only one.
const DONE: u8 = 0b11;

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
            let crossed = &self.crossed[level];
            // Open lines first, each from the border where it enters …
            for &cell in &crossed.border {
                for (number, [enter, _]) in grid.segments(cell, value).iter().enumerate() {
                    if grid.on_border(cell, *enter) {
                        let points = follow(&grid, &mut self.traced, value, cell, number);
                        contours.push(Contour { level, points });
                    }
                }
            }
            // … then whatever is left runs in circles.
            for &cell in &crossed.all {
                let node = grid.node(cell);
                if self.traced[node] == DONE {
                    continue;
                }
                for number in 0..grid.segments(cell, value).len() {
                    if self.traced[node] & (1 << number) == 0 {
                        let points = follow(&grid, &mut self.traced, value, cell, number);
                        contours.push(Contour { level, points });
                    }
                }
            }
            for &cell in &crossed.all {
                self.traced[grid.node(cell)] = 0;
            }
        }
        contours
    }

    /// Counts for every node the levels it reaches. Neighbours are mostly in the same band: a block
    /// that lies within the band of the node before it is done at once.
    fn sort_into_bands(&mut self, values: &[f32], levels: &[f32]) {
        self.bands.resize(values.len(), 0);
        let (blocks, rest) = values.as_chunks::<BLOCK>();
        let (sorted, last) = self.bands.as_chunks_mut::<BLOCK>();
        let mut band = Band::of(f32::NEG_INFINITY, levels);
        for (values, bands) in blocks.iter().zip(sorted) {
            if band.holds_all(values) {
                *bands = [band.number; BLOCK];
            } else {
                band.sort(values, bands, levels);
            }
        }
        band.sort(rest, last, levels);
    }

    /// Lists for every level the cells that it crosses.
    #[allow(clippy::cast_possible_truncation, reason = "a grid has fewer than 2³² nodes")]
    fn find_crossed(&mut self, grid: &Grid, levels: usize) {
        for crossed in &mut self.crossed {
            crossed.all.clear();
            crossed.border.clear();
        }
        self.crossed.resize_with(levels.max(self.crossed.len()), Crossed::default);
        let last = grid.columns - 2;
        for row in 0..grid.rows - 1 {
            let start = row * grid.columns;
            let lower = &self.bands[start..start + grid.columns];
            let upper = &self.bands[start + grid.columns..start + 2 * grid.columns];
            let mut column = 0;
            while column <= last {
                let uniform = uniform(&lower[column..], &upper[column..]);
                if uniform > 0 {
                    column += uniform;
                    continue;
                }
                let corners = [lower[column], lower[column + 1], upper[column], upper[column + 1]];
                let least = corners.iter().fold(u8::MAX, |a, &b| a.min(b));
                let most = corners.iter().fold(0, |a, &b| a.max(b));
                let cell = Cell { column: column as u32, row: row as u32 };
                let on_border = row == 0 || row == grid.rows - 2 || column == 0 || column == last;
                for level in least..most {
                    let crossed = &mut self.crossed[usize::from(level)];
                    crossed.all.push(cell);
                    if on_border {
                        crossed.border.push(cell);
                    }
                }
                column += 1;
            }
        }
    }
}

/// How many cells from the first on lie between nodes of one band, as far as nine nodes tell.
fn uniform(lower: &[u8], upper: &[u8]) -> usize {
    let (Some(lower), Some(upper)) = (lower.first_chunk::<9>(), upper.first_chunk::<9>()) else { return 0 };
    let eight = |&[a, b, c, d, e, f, g, h, _]: &[u8; 9]| u64::from_le_bytes([a, b, c, d, e, f, g, h]);
    let band = u64::from_le_bytes([lower[0]; 8]);
    let others = (eight(lower) ^ band) | (eight(upper) ^ band);
    if others == 0 && lower[8] == lower[0] && upper[8] == lower[0] {
        return 8;
    }
    // The first node stands in the lowest byte.
    (others.trailing_zeros() as usize / 8).saturating_sub(1)
}

/// The values that reach the same levels.
#[derive(Clone, Copy)]
struct Band {
    /// How many levels they reach.
    number: u8,
    floor: f32,
    ceiling: f32,
}

impl Band {
    /// The band of a value.
    #[allow(clippy::cast_possible_truncation, reason = "there are at most 255 levels")]
    fn of(value: f32, levels: &[f32]) -> Self {
        let number = levels.partition_point(|level| *level <= value);
        let floor = if number == 0 { f32::NEG_INFINITY } else { levels[number - 1] };
        let ceiling = levels.get(number).copied().unwrap_or(f32::INFINITY);
        Self { number: number as u8, floor, ceiling }
    }

    /// Whether every value is in this band. Four are compared at once: LLVM makes vector
    /// instructions of this form, and of the plain `all` it makes none.
    fn holds_all(self, values: &[f32; BLOCK]) -> bool {
        let mut outside = [0u32; 4];
        for four in values.as_chunks::<4>().0 {
            for (outside, value) in outside.iter_mut().zip(four) {
                *outside |= u32::from((*value < self.floor) | (*value >= self.ceiling));
            }
        }
        outside == [0; 4]
    }

    /// Finds the number of the band for each value, and ends as the band of the last one.
    fn sort(&mut self, values: &[f32], bands: &mut [u8], levels: &[f32]) {
        for (value, number) in values.iter().zip(bands) {
            if *value < self.floor || *value >= self.ceiling {
                *self = Self::of(*value, levels);
            }
            *number = self.number;
        }
    }
}

/// The cell whose lower left node stands in this column and row.
#[derive(Clone, Copy, Debug)]
struct Cell {
    column: u32,
    row: u32,
}

/// A grid of values.
struct Grid<'a> {
    values: &'a [f32],
    columns: usize,
    rows: usize,
}

impl Grid<'_> {
    /// The lower left node of a cell.
    fn node(&self, cell: Cell) -> usize {
        cell.row as usize * self.columns + cell.column as usize
    }

    /// The corners of a cell: lower left, lower right, upper right, upper left.
    fn corners(&self, cell: Cell) -> [f32; 4] {
        let node = self.node(cell);
        let lower = &self.values[node..node + 2];
        let upper = &self.values[node + self.columns..node + self.columns + 2];
        [lower[0], lower[1], upper[1], upper[0]]
    }

    fn on_border(&self, cell: Cell, side: Side) -> bool {
        match side {
            Below => cell.row == 0,
            Above => cell.row as usize == self.rows - 2,
            Left => cell.column == 0,
            Right => cell.column as usize == self.columns - 2,
        }
    }

    /// The segments of a level in a cell.
    fn segments(&self, cell: Cell, level: f32) -> &'static [[Side; 2]] {
        segments(self.corners(cell), level)
    }
}

impl Cell {
    /// The cell on the other side of a side, and the side by which one enters it.
    fn neighbour(self, side: Side) -> (Self, Side) {
        let Self { column, row } = self;
        match side {
            Below => (Self { row: row - 1, column }, Above),
            Above => (Self { row: row + 1, column }, Below),
            Left => (Self { row, column: column - 1 }, Right),
            Right => (Self { row, column: column + 1 }, Left),
        }
    }

    /// Where a level crosses a side of a cell with these corners, by linear interpolation.
    fn crossing(self, [a, b, c, d]: [f32; 4], side: Side, level: f32) -> [f32; 2] {
        let (column, row) = (self.column as f32, self.row as f32);
        let part = |from: f32, to: f32| (level - from) / (to - from);
        match side {
            Below => [column + part(a, b), row],
            Above => [column + part(d, c), row + 1.0],
            Left => [column, row + part(a, d)],
            Right => [column + 1.0, row + part(b, c)],
        }
    }
}

/// The segments of a level between four corners.
fn segments(corners: [f32; 4], level: f32) -> &'static [[Side; 2]] {
    let case = corners.iter().rev().fold(0, |case, corner| case << 1 | usize::from(*corner >= level));
    match case {
        5 | 10 if corners.iter().sum::<f32>() / 4.0 < level => LOW_SADDLES[usize::from(case == 10)],
        _ => SEGMENTS[case],
    }
}

/// Follows a line from one segment until it leaves the grid or meets its beginning.
fn follow(grid: &Grid, traced: &mut [u8], level: f32, cell: Cell, number: usize) -> Vec<[f32; 2]> {
    let (mut cell, mut number) = (cell, number);
    let mut corners = grid.corners(cell);
    let mut inside = segments(corners, level);
    let mut points = Vec::with_capacity(grid.columns);
    points.push(cell.crossing(corners, inside[number][0], level));
    loop {
        let traced = &mut traced[grid.node(cell)];
        if *traced & (1 << number) != 0 {
            return points;
        }
        *traced |= if inside.len() == 1 { DONE } else { 1 << number };
        let leave = inside[number][1];
        points.push(cell.crossing(corners, leave, level));
        if grid.on_border(cell, leave) {
            return points;
        }
        let enter;
        (cell, enter) = cell.neighbour(leave);
        corners = grid.corners(cell);
        inside = segments(corners, level);
        let Some(found) = inside.iter().position(|[side, _]| *side == enter) else {
            return points; // two cells always agree on the edge they share
        };
        number = found;
    }
}
