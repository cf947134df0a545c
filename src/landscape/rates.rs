//! The rates map: what comes of a run at every learning rate and every value of a second parameter.

use crate::descent::{Experiment, Verdict};

/// What came of one run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cell {
    /// The steps it made until it ended, at most 65,535.
    pub steps: u16,
    /// The place of its verdict among [`Verdict::NAMES`]; 0 is arrived.
    pub verdict: u8,
}

/// A grid of runs, `columns` learning rates wide and `rows` values of the second parameter high, row by
/// row from the lowest.
///
/// ```
/// use backflow::landscape::Rates;
/// use backflow::scenario::{Key, RatesPlane, Scenario};
///
/// let plane = RatesPlane::new(&Scenario::default(), Key::Momentum);
/// let mut rates = Rates::new(16, 8, 500);
/// rates.survey(0..8, |at| plane.experiment(at));
/// assert!(rates.cells().iter().any(|cell| cell.verdict == 0)); // some of them arrive
/// ```
#[derive(Clone, Debug)]
pub struct Rates {
    columns: usize,
    limit: usize,
    cells: Vec<Cell>,
}

impl Rates {
    /// A grid of at least 1 × 1 runs of at most `limit` steps, none made yet.
    #[must_use]
    pub fn new(columns: usize, rows: usize, limit: usize) -> Self {
        let (columns, rows) = (columns.max(1), rows.max(1));
        Self {
            columns,
            limit: limit.min(usize::from(u16::MAX)),
            cells: vec![Cell::default(); columns * rows],
        }
    }

    /// Learning rates along a row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Values of the second parameter.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// The most steps of a run.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// What came of every run.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Where the middle of a cell lies, as fractions of both axes.
    #[must_use]
    pub fn middle(&self, column: usize, row: usize) -> [f64; 2] {
        [(column as f64 + 0.5) / self.columns as f64, (row as f64 + 0.5) / self.rows() as f64]
    }

    /// Makes the runs of some rows. `experiment` gives the one at fractions of both axes.
    #[allow(clippy::cast_possible_truncation, reason = "the limit and the number of verdicts are small")]
    pub fn survey(&mut self, rows: std::ops::Range<usize>, experiment: impl Fn([f64; 2]) -> Experiment) {
        for row in rows.start..rows.end.min(self.rows()) {
            for column in 0..self.columns {
                let outcome = experiment(self.middle(column, row)).outcome(self.limit);
                let verdict = outcome.verdict.kind() as u8;
                self.cells[row * self.columns + column] = Cell { steps: outcome.steps as u16, verdict };
            }
        }
    }

    /// How many runs came to each verdict.
    #[must_use]
    pub fn counts(&self) -> [usize; Verdict::KINDS] {
        let mut counts = [0; Verdict::KINDS];
        for cell in &self.cells {
            counts[usize::from(cell.verdict)] += 1;
        }
        counts
    }
}
