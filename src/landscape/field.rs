//! The plane of m and h as a grid: the shower flow y at every node, and the gradient of the error.
//!
//! A grid has `columns` nodes along m and `rows` along h, the first and last at positions 1 and 10;
//! node (column, row) is element `row * columns + column`. Values are in single precision: each row
//! is one pass over the columns that the compiler turns into vector instructions.

use super::single;
use crate::descent::Error;
use crate::plumbing::{Model, Opening, SHUT, Shower, TRAVEL};

/// y over the plane of m and h.
///
/// The flow is kept rather than the error, so that moving the ideal costs no new evaluation.
///
/// ```
/// use backflow::landscape::Field;
/// use backflow::plumbing::Preset;
///
/// let mut field = Field::new(10, 10);
/// field.sample(&Preset::Product.shower());
/// assert_eq!(field.position(2, 4), [3.0, 5.0]);
/// assert_eq!(field.y()[4 * 10 + 2], 1.0);
/// ```
#[derive(Clone, Debug)]
pub struct Field {
    columns: usize,
    rows: usize,
    main: Edge,
    y: Vec<f32>,
}

/// What the main valve sets at every column.
#[derive(Clone, Debug, Default)]
struct Edge {
    value: Vec<f32>,
    slope: Vec<f32>,
}

/// ∂E/∂m and ∂E/∂h at every node of a grid.
#[derive(Clone, Debug, Default)]
pub struct Gradient {
    /// ∂E/∂m, row by row.
    pub de_dm: Vec<f32>,
    /// ∂E/∂h, row by row.
    pub de_dh: Vec<f32>,
}

/// The shower flow along one row, as a function of what the main valve sets.
enum Row {
    /// `y = offset + gain·main`, and `∂y/∂h = slope_offset + slope_gain·main`.
    Affine { offset: f32, gain: f32, slope_offset: f32, slope_gain: f32 },
    /// `y = q·C_S·C_M/√(C_M² + S²)`, the model `House`.
    House { q: f32, c_s: f32, c_s_slope: f32, s: f32, c_other: f32 },
}

impl Row {
    /// The row at one opening of the handle.
    fn new(shower: &Shower, handle: Opening) -> Self {
        if let Model::House { c_other, .. } = shower.model {
            return Self::House {
                q: single(shower.pressure.sqrt()),
                c_s: single(handle.value),
                c_s_slope: single(handle.slope),
                s: single(handle.value + c_other),
                c_other: single(c_other),
            };
        }
        // The other models are straight lines in what the main valve sets: two points tell all.
        let at = |value| shower.join(Opening { value, slope: 0.0 }, handle);
        let (shut, open) = (at(0.0), at(1.0));
        Self::Affine {
            offset: single(shut.y),
            gain: single(open.y - shut.y),
            slope_offset: single(shut.dy_dh_x),
            slope_gain: single(open.dy_dh_x - shut.dy_dh_x),
        }
    }
}

impl Field {
    /// A grid of `columns` × `rows` nodes, at least 2 × 2, with no water in it yet.
    #[must_use]
    pub fn new(columns: usize, rows: usize) -> Self {
        let (columns, rows) = (columns.max(2), rows.max(2));
        Self { columns, rows, main: Edge::default(), y: vec![0.0; columns * rows] }
    }

    /// Nodes along m.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Nodes along h.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// y at every node, row by row.
    #[must_use]
    pub fn y(&self) -> &[f32] {
        &self.y
    }

    /// m and h at a node.
    #[must_use]
    pub fn position(&self, column: usize, row: usize) -> [f64; 2] {
        [along(column, self.columns), along(row, self.rows)]
    }

    /// Evaluates y everywhere.
    pub fn sample(&mut self, shower: &Shower) {
        self.main.sample(shower, self.columns);
        for (row, line) in self.y.chunks_exact_mut(self.columns).enumerate() {
            let main = &self.main.value;
            match Row::new(shower, shower.handle(along(row, self.rows))) {
                Row::Affine { offset, gain, .. } => {
                    for (y, &main) in line.iter_mut().zip(main) {
                        *y = offset + gain * main;
                    }
                }
                Row::House { q, c_s, s, .. } => {
                    let (gain, s_squared) = (q * c_s, square_above_zero(s));
                    for (y, &c_m) in line.iter_mut().zip(main) {
                        *y = gain * c_m / (c_m * c_m + s_squared).sqrt();
                    }
                }
            }
        }
    }

    /// E at every node, from the flows sampled last, into `errors`.
    pub fn errors(&self, error: Error, target: f64, errors: &mut Vec<f32>) {
        let target = single(target);
        errors.resize(self.y.len(), 0.0);
        let nodes = errors.iter_mut().zip(&self.y);
        match error {
            Error::Absolute => nodes.for_each(|(out, y)| *out = (y - target).abs()),
            Error::Squared => nodes.for_each(|(out, y)| *out = 0.5 * (y - target) * (y - target)),
            Error::Huber { delta } => {
                let delta = single(delta);
                nodes.for_each(|(out, y)| {
                    let e = (y - target).abs();
                    let near = e.min(delta);
                    *out = near * (e - 0.5 * near);
                });
            }
        }
    }

    /// Evaluates y everywhere, and the gradient of the error with it.
    pub fn sample_gradient(&mut self, shower: &Shower, error: Error, target: f64, gradient: &mut Gradient) {
        let target = single(target);
        match error {
            Error::Absolute => self.sample_slopes(shower, gradient, |y| {
                let e = y - target;
                if e > 0.0 {
                    1.0
                } else if e < 0.0 {
                    -1.0
                } else {
                    0.0
                }
            }),
            Error::Squared => self.sample_slopes(shower, gradient, |y| y - target),
            Error::Huber { delta } => {
                let delta = single(delta);
                self.sample_slopes(shower, gradient, |y| (y - target).max(-delta).min(delta));
            }
        }
    }

    /// y, and the slope `de_dy(y)` of the error times the slopes of y.
    fn sample_slopes(&mut self, shower: &Shower, gradient: &mut Gradient, de_dy: impl Fn(f32) -> f32) {
        self.main.sample(shower, self.columns);
        gradient.de_dm.resize(self.y.len(), 0.0);
        gradient.de_dh.resize(self.y.len(), 0.0);
        let lines = self
            .y
            .chunks_exact_mut(self.columns)
            .zip(gradient.de_dm.chunks_exact_mut(self.columns))
            .zip(gradient.de_dh.chunks_exact_mut(self.columns));
        for (row, ((y, de_dm), de_dh)) in lines.enumerate() {
            let nodes = y.iter_mut().zip(de_dm).zip(de_dh).zip(&self.main.value).zip(&self.main.slope);
            match Row::new(shower, shower.handle(along(row, self.rows))) {
                Row::Affine { offset, gain, slope_offset, slope_gain } => {
                    for ((((y, de_dm), de_dh), &main), &slope) in nodes {
                        *y = offset + gain * main;
                        let push = de_dy(*y);
                        *de_dm = push * gain * slope;
                        *de_dh = push * (slope_offset + slope_gain * main);
                    }
                }
                Row::House { q, c_s, c_s_slope, s, c_other } => {
                    let (gain, s_squared) = (q * c_s, square_above_zero(s));
                    for ((((y, de_dm), de_dh), &c_m), &slope) in nodes {
                        let root = (c_m * c_m + s_squared).sqrt();
                        *y = gain * c_m / root;
                        let push = de_dy(*y) * q;
                        // Parts of the root, which stay within 0 and 1 where the cube of it would vanish.
                        let part = 1.0 / root;
                        let (main, outlets) = (c_m * part, s * part);
                        *de_dm = push * (c_s * part) * outlets * outlets * slope;
                        *de_dh = push * main * (main * main + outlets * (c_other * part)) * c_s_slope;
                    }
                }
            }
        }
    }
}

impl Edge {
    /// The main valve at every column.
    fn sample(&mut self, shower: &Shower, columns: usize) {
        self.value.clear();
        self.slope.clear();
        for column in 0..columns {
            let opening = shower.main(along(column, columns));
            self.value.push(single(opening.value));
            self.slope.push(single(opening.slope));
        }
    }
}

/// s², or next to nothing where it would vanish, so that no flow becomes 0/0.
fn square_above_zero(s: f32) -> f32 {
    (s * s).max(f32::MIN_POSITIVE)
}

/// The position of the node numbered `index` of `count`.
fn along(index: usize, count: usize) -> f64 {
    SHUT + TRAVEL * index as f64 / (count - 1) as f64
}
