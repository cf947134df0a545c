//! The rates map: its runs, made where no page waits for them, and its axes.

use crate::descent::Verdict;
use crate::figure::{RATES_LIMIT, RATES_SHOWN, RATES_SIDE, paint_rates, rates_color};
use crate::landscape::Rates;
use crate::scenario::{Key, RatesPlane, Scenario};
use js_sys::Uint8ClampedArray;
use wasm_bindgen::prelude::*;

/// The runs of a rates map.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RatesMap {
    rates: Rates,
    plane: RatesPlane,
    pixels: Vec<u8>,
}

#[wasm_bindgen]
impl RatesMap {
    /// A map of a scenario's settings, `columns` × `rows` runs of at most `limit` steps, none made yet.
    /// `second` is `momentum` or `pressure`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str, second: &str, columns: usize, rows: usize, limit: usize) -> Self {
        let second = Key::from_name(second).unwrap_or(Key::Pressure);
        let plane = RatesPlane::new(&Scenario::parse(scenario).0, second);
        Self { rates: Rates::new(columns, rows, limit), plane, pixels: Vec::new() }
    }

    /// Makes the runs of the rows from one to another, which is left out.
    pub fn survey(&mut self, from: usize, to: usize) {
        let Self { rates, plane, .. } = self;
        rates.survey(from..to, |at| plane.experiment(at));
    }

    /// The map as pixels: red, green, blue and alpha, from the upper row down.
    #[must_use]
    pub fn pixels(&mut self) -> Uint8ClampedArray {
        paint_rates(&self.rates, &mut self.pixels);
        Uint8ClampedArray::from(self.pixels.as_slice())
    }

    /// The steps of one run, and the place of its verdict among the names.
    #[must_use]
    pub fn cell(&self, column: usize, row: usize) -> Vec<u32> {
        let cell = self.rates.cells().get(row * self.rates.columns() + column).copied().unwrap_or_default();
        vec![cell.steps.into(), cell.verdict.into()]
    }

    /// The steps of each run and the place of its verdict among the names, row by row from the lowest.
    #[must_use]
    pub fn cells(&self) -> Vec<u32> {
        self.rates.cells().iter().flat_map(|cell| [cell.steps.into(), cell.verdict.into()]).collect()
    }

    /// How many runs came to each verdict, in the order of the names.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        self.rates.counts().to_vec()
    }

    /// Runs along each axis of the map that the page shows, and the most steps of each.
    #[must_use]
    pub fn usual() -> Vec<usize> {
        vec![RATES_SIDE, RATES_LIMIT]
    }

    /// The steps whose colours a legend shows.
    #[must_use]
    pub fn shown() -> Vec<usize> {
        RATES_SHOWN.to_vec()
    }

    /// The names of the verdicts.
    #[must_use]
    pub fn names() -> Vec<String> {
        Verdict::NAMES.map(str::to_owned).to_vec()
    }

    /// The colour of a run that arrives after so many of `limit` steps, or of one that comes to another
    /// verdict: `#rrggbb`.
    #[must_use]
    pub fn color(steps: usize, verdict: usize, limit: usize) -> String {
        rates_color(steps, verdict, limit).to_string()
    }
}
