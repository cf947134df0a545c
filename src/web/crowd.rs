//! A crowd of starts and an audit of the plane for the browser: scenarios in, pixels out. Nothing here
//! needs a document, so that a worker can do it.

use crate::descent::Experiment;
use crate::figure::{TRAIL, audit, basins, fade, splat};
use crate::landscape::{Audit, Crowd};
use crate::scenario::Scenario;
use js_sys::Uint8ClampedArray;
use wasm_bindgen::prelude::*;

/// The most starts, pixels and nodes along each axis: what memory surely holds.
const MOST: usize = 2048;

/// A crowd of starts with its picture.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CrowdView {
    experiment: Experiment,
    crowd: Crowd,
    side: usize,
    pixels: Vec<u8>,
}

#[wasm_bindgen]
impl CrowdView {
    /// A crowd of `columns` × `rows` starts for a scenario, and a picture of `side` × `side` pixels; 2048
    /// of each at most.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str, columns: usize, rows: usize, side: usize) -> Self {
        let experiment = Scenario::parse(scenario).0.experiment();
        let crowd = Crowd::new(columns.min(MOST), rows.min(MOST));
        let mut view = Self { experiment, crowd, side: side.clamp(1, MOST), pixels: Vec::new() };
        view.reset();
        view
    }

    /// Everyone makes so many steps.
    pub fn step(&mut self, count: u32) {
        self.crowd.walk(&self.experiment, count);
    }

    /// Everyone back to the start, and the picture empty.
    pub fn reset(&mut self) {
        self.crowd.restart();
        self.crowd.walk(&self.experiment, 0);
        self.pixels.clear();
        self.pixels.resize(4 * self.side * self.side, 0);
    }

    /// Lets the trails fade and adds everyone where they stand now.
    #[wasm_bindgen(js_name = paintTrails)]
    pub fn paint_trails(&mut self) {
        fade(&mut self.pixels, TRAIL);
        splat(&self.crowd, self.side, &mut self.pixels);
    }

    /// Paints where each start comes from, in the colour of the steps it took; dark from `limit` on.
    #[wasm_bindgen(js_name = paintBasins)]
    pub fn paint_basins(&mut self, limit: u32) {
        basins(&self.crowd, self.side, limit, &mut self.pixels);
    }

    /// A copy of the picture: red, green, blue and alpha, the upper row first, as `ImageData` takes them.
    #[must_use]
    pub fn pixels(&self) -> Uint8ClampedArray {
        Uint8ClampedArray::from(&self.pixels[..])
    }

    /// Copies the picture into an array that is kept from frame to frame.
    ///
    /// # Errors
    /// Where the array has not four bytes for each pixel.
    #[wasm_bindgen(js_name = copyPixels)]
    pub fn copy_pixels(&self, into: &Uint8ClampedArray) -> Result<(), JsError> {
        if into.length() as usize != self.pixels.len() {
            let [wanted, given] = [self.pixels.len(), into.length() as usize];
            return Err(JsError::new(&format!("the picture has {wanted} bytes, not {given}")));
        }
        into.copy_from(&self.pixels);
        Ok(())
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.crowd.columns() * self.crowd.rows()
    }

    /// How many have arrived.
    #[must_use]
    #[wasm_bindgen(js_name = arrivedCount)]
    pub fn arrived_count(&self) -> usize {
        self.crowd.arrived_count()
    }

    /// Steps made since the start.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.crowd.steps()
    }
}

/// An audit of the plane with its picture.
#[wasm_bindgen]
#[derive(Debug)]
pub struct AuditView {
    audit: Audit,
    pixels: Vec<u8>,
}

#[wasm_bindgen]
impl AuditView {
    /// An audit of `nodes` × `nodes` nodes, 2048 × 2048 at most, one pixel each.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { audit: Audit::new(nodes.min(MOST)), pixels: Vec::new() }
    }

    /// Checks the backward pass of a scenario's shower at every node, and paints the differences.
    pub fn run(&mut self, scenario: &str) {
        self.audit.run(&Scenario::parse(scenario).0.experiment().shower);
        audit(&self.audit, &mut self.pixels);
    }

    /// A copy of the picture: red, green, blue and alpha, the upper row first, as `ImageData` takes them.
    #[must_use]
    pub fn pixels(&self) -> Uint8ClampedArray {
        Uint8ClampedArray::from(&self.pixels[..])
    }

    /// The largest relative difference.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.audit.worst().difference
    }

    /// m where it is.
    #[must_use]
    #[wasm_bindgen(js_name = worstM)]
    pub fn worst_m(&self) -> f64 {
        self.audit.worst().position[0]
    }

    /// h where it is.
    #[must_use]
    #[wasm_bindgen(js_name = worstH)]
    pub fn worst_h(&self) -> f64 {
        self.audit.worst().position[1]
    }
}
