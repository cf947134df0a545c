//! What the benchmarks call beside what the page calls: the kernels one by one, and a landscape in
//! more detail than the page's. `benches/kernels.rs` does the same natively.

use super::lab::Lab;
use super::view::LandscapeView;
use crate::descent::Experiment;
use crate::figure::paint;
use crate::landscape::{Contour, Field, Gradient, Map, Tracer, round_levels, single};
use crate::plumbing::{OPEN, SHUT};
use crate::scenario::Scenario;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Contours at 20 flows, at equal distances to both sides of the ideal, whatever it is.
const LEVELS: i32 = 20;

/// A landscape with everything that the kernels read and write.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Kernels {
    experiment: Experiment,
    highest: f64,
    levels: Vec<f32>,
    field: Field,
    gradient: Gradient,
    tracer: Tracer,
    contours: Vec<Contour>,
    pixels: Vec<u8>,
}

#[wasm_bindgen]
impl Kernels {
    /// The landscape of a scenario, with `side` nodes along each axis.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str, side: usize) -> Self {
        let experiment = Scenario::parse(scenario).0.experiment();
        let [low, high] = ends(&experiment);
        let target = experiment.target;
        let step = (high - low) / f64::from(LEVELS);
        let levels = (-LEVELS..=LEVELS).map(|k| target + f64::from(k) * step);
        Self {
            experiment,
            highest: (target - low).max(high - target),
            levels: levels.filter(|level| low < *level && *level < high).map(single).collect(),
            field: Field::new(side, side),
            gradient: Gradient::default(),
            tracer: Tracer::default(),
            contours: Vec::new(),
            pixels: Vec::new(),
        }
    }

    /// y everywhere.
    pub fn sample(&mut self) {
        self.field.sample(&self.experiment.shower);
    }

    /// y everywhere, and the gradient of the error.
    #[wasm_bindgen(js_name = sampleGradient)]
    pub fn sample_gradient(&mut self) {
        let Experiment { shower, error, target, .. } = self.experiment;
        self.field.sample_gradient(&shower, error, target, &mut self.gradient);
    }

    /// Contours of y.
    pub fn trace(&mut self) {
        self.contours = self.tracer.trace(self.field.y(), self.field.columns(), &self.levels);
    }

    /// The error as colour.
    pub fn paint(&mut self) {
        let Experiment { error, target, .. } = self.experiment;
        paint(&self.field, error, target, self.highest, &mut self.pixels);
    }

    /// What a frame needs when the pressure changes.
    pub fn frame(&mut self) {
        self.sample();
        self.trace();
        self.paint();
    }

    /// The flows at which contours are traced.
    #[must_use]
    pub fn levels(&self) -> Vec<f32> {
        self.levels.clone()
    }

    /// E that has the last colour.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.highest
    }

    /// y', the ideal.
    #[must_use]
    pub fn target(&self) -> f64 {
        self.experiment.target
    }

    /// The 256 colours, each as the four bytes of a pixel.
    #[must_use]
    pub fn palette() -> Vec<u32> {
        crate::figure::palette().iter().copied().map(u32::from_le_bytes).collect()
    }

    /// Sums over what the kernels computed: flows, slopes, vertices, their coordinates, colours.
    #[must_use]
    pub fn sums(&self) -> Vec<f64> {
        let sum = |values: &[f32]| values.iter().copied().map(f64::from).sum::<f64>();
        let points = || self.contours.iter().flat_map(|contour| &contour.points);
        vec![
            sum(self.field.y()),
            sum(&self.gradient.de_dm) + sum(&self.gradient.de_dh),
            points().count() as f64,
            points().map(|point| sum(point)).sum(),
            self.pixels.iter().copied().map(f64::from).sum(),
        ]
    }
}

/// The least and the greatest flow of the plane.
fn ends(experiment: &Experiment) -> [f64; 2] {
    [SHUT, OPEN].map(|p| experiment.shower.flows(p, p).y)
}

#[wasm_bindgen]
impl LandscapeView {
    /// A view that traces its contours through `nodes` × `nodes` nodes, at `most` errors or fewer.
    ///
    /// # Errors
    /// Where a canvas has no 2d context.
    pub fn detailed(
        field: HtmlCanvasElement,
        map: HtmlCanvasElement,
        walk: HtmlCanvasElement,
        nodes: usize,
        most: usize,
    ) -> Result<Self, JsError> {
        let mut view = Self::new(field, map, walk)?;
        view.map = Map::new(nodes, most);
        Ok(view)
    }

    /// Nodes along each axis of the grid in which the page traces its contours.
    #[must_use]
    pub fn nodes() -> usize {
        Map::NODES
    }

    /// The least and the greatest flow of a lab's plane.
    #[must_use]
    #[wasm_bindgen(js_name = ends)]
    pub fn ends_of(lab: &Lab) -> Vec<f64> {
        ends(lab.session().run().experiment()).to_vec()
    }

    /// The flows within the plane at which a view of `most` errors traces its contours for a lab.
    #[must_use]
    pub fn flows(lab: &Lab, most: usize) -> Vec<f32> {
        let experiment = lab.session().run().experiment();
        let Experiment { error, target, .. } = *experiment;
        let [low, high] = ends(experiment);
        let errors = round_levels(error.value(low - target).max(error.value(high - target)), most);
        let distances = errors.into_iter().map(|level| error.distance(level));
        let mut flows: Vec<f64> = distances.flat_map(|e| [target - e, target + e]).chain([target]).collect();
        flows.retain(|flow| low < *flow && *flow < high);
        flows.sort_by(f64::total_cmp);
        flows.into_iter().map(single).collect()
    }
}
