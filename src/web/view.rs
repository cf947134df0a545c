//! Figures on canvases. A view remembers what it drew, and draws nothing that did not change.

use super::lab::Lab;
use crate::descent::Experiment;
#[cfg(feature = "export")]
use crate::figure::cohort_sheet;
use crate::figure::{
    FINE, Size, Theme, curves_level, curves_plane, curves_top, family_sheet, history, history_plane,
    history_steps, map_sheet, memory, paint, plane, present_sheet, rates_plane, rates_sheet, walk_sheet,
};
use crate::landscape::{Curves, Field, Map};
#[cfg(feature = "export")]
use crate::scenario::{Cohort, Landscape};
use crate::scenario::{Key, RatesPlane};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// The most nodes of the painted field along each axis; the browser smooths between them.
const MOST_NODES: f64 = 512.0;

/// The landscape on three stacked canvases: the field as pixels, the map above it, and the walk above
/// both. While a valve turns, only the walk is drawn.
#[wasm_bindgen]
#[derive(Debug)]
pub struct LandscapeView {
    field_layer: Layer,
    map_layer: Layer,
    walk_layer: Layer,
    field: Field,
    pub(super) map: Map,
    pixels: Vec<u8>,
    painted: Option<Experiment>,
    drawn: Option<Drawn>,
}

/// The flow over the handle on two stacked canvases: the family of curves, and what moves above it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CurvesView {
    family_layer: Layer,
    present_layer: Layer,
    curves: Curves,
    /// What the family's picture depends on beside the house: the upper end of its axis, and the sheet.
    family: Option<(f64, (Size, f64, &'static Theme))>,
    drawn: Option<Drawn>,
}

/// The history of the runs on a canvas.
#[wasm_bindgen]
#[derive(Debug)]
pub struct HistoryView {
    sheet: Sheet,
}

/// What the optimizer remembers, on a canvas.
#[wasm_bindgen]
#[derive(Debug)]
pub struct MemoryView {
    sheet: Sheet,
}

/// A canvas that holds one picture of a lab.
#[derive(Debug)]
pub(super) struct Sheet {
    layer: Layer,
    drawn: Option<Drawn>,
}

impl Sheet {
    pub(super) fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { layer: Layer::new(canvas)?, drawn: None })
    }

    /// The next picture is another, even where the lab is the same.
    pub(super) fn forget(&mut self) {
        self.drawn = None;
    }

    /// Draws, unless the picture is there already.
    pub(super) fn draw<E: std::error::Error>(
        &mut self,
        wanted: Drawn,
        draw: impl FnOnce(&mut CanvasBackend, Size, Theme) -> Result<(), E>,
    ) -> Result<(), JsError> {
        if wanted.is(self.drawn.as_ref()) {
            return Ok(());
        }
        let mut backend = self.layer.begin(wanted.size, wanted.ratio)?;
        draw(&mut backend, wanted.size, *wanted.theme).map_err(|error| refused(&error))?;
        self.drawn = Some(wanted);
        Ok(())
    }
}

/// What a picture depends on: the runs follow from the scenario, and from how far they were made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawn {
    scenario: String,
    made: usize,
    /// Where the turn by hand began, where the picture shows what was promised of it.
    promise: Option<[f64; 2]>,
    size: Size,
    ratio: f64,
    theme: &'static Theme,
}

/// A canvas with its context.
#[derive(Debug)]
struct Layer {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Layer {
    fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        let context = canvas.get_context("2d").ok().flatten();
        let context = context.and_then(|context| context.dyn_into().ok());
        match context {
            Some(context) => Ok(Self { canvas, context }),
            None => Err(JsError::new("this browser gives the canvas no 2d context")),
        }
    }

    /// Brings the backing store to a size in pixels; true where it had another.
    fn resize(&self, width: u32, height: u32) -> bool {
        let other = (self.canvas.width(), self.canvas.height()) != (width, height);
        if other {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        other
    }

    /// Clears the canvas and gives a backend whose units are [`FINE`] to a CSS pixel.
    fn begin(&self, size: Size, ratio: f64) -> Result<CanvasBackend, JsError> {
        self.resize(pixels(size.width * ratio), pixels(size.height * ratio));
        let context = &self.context;
        let scale = ratio / f64::from(FINE);
        context.reset_transform().map_err(|_| JsError::new("the canvas cannot be scaled"))?;
        context.clear_rect(0.0, 0.0, f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        context.scale(scale, scale).map_err(|_| JsError::new("the canvas cannot be scaled"))?;
        context.set_line_join("round");
        CanvasBackend::with_canvas_object(self.canvas.clone())
            .ok_or_else(|| JsError::new("this browser gives the canvas no 2d context"))
    }
}

/// What the canvas said when it refused.
fn refused(error: &dyn std::error::Error) -> JsError {
    JsError::new(&error.to_string())
}

/// A length in whole pixels, within what a canvas can have.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small range")]
fn pixels(length: f64) -> u32 {
    length.round().clamp(1.0, 8192.0) as u32
}

/// A device pixel ratio that can be worked with.
fn sound_ratio(ratio: f64) -> f64 {
    if ratio.is_finite() { ratio.clamp(0.5, 4.0) } else { 1.0 }
}

impl Drawn {
    pub(super) fn new(lab: &Lab, width: f64, height: f64, ratio: f64, theme: &str) -> Self {
        let session = lab.session();
        Self {
            scenario: session.scenario().to_string(),
            made: session.made(),
            promise: None,
            size: Size::new(width, height),
            ratio: sound_ratio(ratio),
            theme: Theme::named(theme),
        }
    }

    /// The same for a picture that shows what was promised.
    fn promising(self, lab: &Lab) -> Self {
        Self { promise: lab.session().promise().map(|promise| promise.from), ..self }
    }

    /// Whether this is the picture that is there.
    #[inline(never)]
    fn is(&self, drawn: Option<&Self>) -> bool {
        drawn == Some(self)
    }

    /// What a sheet depends on, whatever is drawn on it.
    fn sheet(&self) -> (Size, f64, &'static Theme) {
        (self.size, self.ratio, self.theme)
    }
}

#[wasm_bindgen]
impl LandscapeView {
    /// A view on three canvases that lie one above the other.
    ///
    /// # Errors
    /// Where a canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(
        field: HtmlCanvasElement,
        map: HtmlCanvasElement,
        walk: HtmlCanvasElement,
    ) -> Result<Self, JsError> {
        Ok(Self {
            field_layer: Layer::new(field)?,
            map_layer: Layer::new(map)?,
            walk_layer: Layer::new(walk)?,
            field: Field::new(2, 2),
            map: Map::default(),
            pixels: Vec::new(),
            painted: None,
            drawn: None,
        })
    }

    /// Where the plane of m and h lies in a figure of this size: left, top, width, height, all in
    /// CSS pixels. The page puts the lowest canvas there.
    #[must_use]
    pub fn plane(width: f64, height: f64) -> Vec<f64> {
        let rect = plane(Size::new(width, height));
        vec![rect.left, rect.top, rect.width, rect.height]
    }

    /// Draws what changed, in a figure of a size in CSS pixels.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        let wanted = Drawn::new(lab, width, height, ratio, theme).promising(lab);
        if wanted.is(self.drawn.as_ref()) {
            return Ok(());
        }
        let Drawn { size, ratio, theme, .. } = wanted;
        let session = lab.session();
        let painted = self.paint(session.run().experiment(), (plane(size).width * ratio).min(MOST_NODES))?;
        if painted || !self.drawn.as_ref().is_some_and(|drawn| drawn.sheet() == wanted.sheet()) {
            let mut backend = self.map_layer.begin(size, ratio)?;
            map_sheet(&mut backend, size, *theme, &self.map).map_err(|error| refused(&error))?;
        }
        let mut backend = self.walk_layer.begin(size, ratio)?;
        walk_sheet(&mut backend, size, *theme, session).map_err(|error| refused(&error))?;
        self.drawn = Some(wanted);
        Ok(())
    }

    /// Draws a class in place of a lab.
    #[cfg(feature = "export")]
    pub(super) fn draw_cohort(
        &mut self,
        cohort: &Cohort,
        landscape: &Landscape,
        lit: Option<usize>,
        (size, ratio, theme): (Size, f64, &'static Theme),
    ) -> Result<(), JsError> {
        let ratio = sound_ratio(ratio);
        self.paint(&landscape.experiment, (plane(size).width * ratio).min(MOST_NODES))?;
        let mut backend = self.map_layer.begin(size, ratio)?;
        map_sheet(&mut backend, size, *theme, &self.map).map_err(|error| refused(&error))?;
        let mut backend = self.walk_layer.begin(size, ratio)?;
        cohort_sheet(&mut backend, size, cohort, landscape, lit).map_err(|error| refused(&error))
    }

    /// Surveys the landscape and paints its field; false where both would be as before.
    fn paint(&mut self, experiment: &Experiment, side: f64) -> Result<bool, JsError> {
        let side = pixels(side);
        let resized = self.field_layer.resize(side, side);
        let old = self.painted.filter(|_| !resized);
        let same_flows = old.is_some_and(|old| old.shower == experiment.shower);
        let same_error =
            old.is_some_and(|old| old.target == experiment.target && old.error == experiment.error);
        if same_flows && same_error {
            return Ok(false);
        }
        if same_flows {
            self.map.survey_error(experiment);
        } else {
            if self.field.columns() != side as usize {
                self.field = Field::new(side as usize, side as usize);
            }
            self.field.sample(&experiment.shower);
            self.map.survey(experiment);
        }
        paint(&self.field, experiment.error, experiment.target, self.map.highest(), &mut self.pixels);
        let nodes = pixels(self.field.columns() as f64);
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.pixels), nodes, nodes)
            .and_then(|image| self.field_layer.context.put_image_data(&image, 0.0, 0.0))
            .map_err(|_| JsError::new("the canvas takes no picture"))?;
        self.painted = Some(*experiment);
        Ok(true)
    }
}

#[wasm_bindgen]
impl CurvesView {
    /// A view on two canvases that lie one above the other.
    ///
    /// # Errors
    /// Where a canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(family: HtmlCanvasElement, present: HtmlCanvasElement) -> Result<Self, JsError> {
        let (family_layer, present_layer) = (Layer::new(family)?, Layer::new(present)?);
        Ok(Self { family_layer, present_layer, curves: Curves::default(), family: None, drawn: None })
    }

    /// Where the plane of h and y lies in a figure of this size: left, top, width, height, all in
    /// CSS pixels.
    #[must_use]
    pub fn plane(width: f64, height: f64) -> Vec<f64> {
        let rect = curves_plane(Size::new(width, height));
        vec![rect.left, rect.top, rect.width, rect.height]
    }

    /// How high a lab's flow stands on that plane, from 0 to 1.
    #[must_use]
    pub fn level(lab: &Lab) -> f64 {
        curves_level(lab.session())
    }

    /// Draws what changed, in a figure of a size in CSS pixels.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        let wanted = Drawn::new(lab, width, height, ratio, theme).promising(lab);
        if wanted.is(self.drawn.as_ref()) {
            return Ok(());
        }
        let Drawn { size, ratio, theme, .. } = wanted;
        let session = lab.session();
        let family = (curves_top(session), wanted.sheet());
        if self.curves.sample(&session.run().experiment().shower) || self.family != Some(family) {
            // Where the canvas refuses, the next picture begins anew.
            self.family = None;
            let mut backend = self.family_layer.begin(size, ratio)?;
            family_sheet(&mut backend, size, *theme, &self.curves, family.0)
                .map_err(|error| refused(&error))?;
            self.family = Some(family);
        }
        let mut backend = self.present_layer.begin(size, ratio)?;
        present_sheet(&mut backend, size, *theme, &mut self.curves, session)
            .map_err(|error| refused(&error))?;
        self.drawn = Some(wanted);
        Ok(())
    }
}

#[wasm_bindgen]
impl HistoryView {
    /// Where both panels lie in a figure of this size: left, top, width, height, all in CSS pixels.
    #[must_use]
    pub fn plane(width: f64, height: f64) -> Vec<f64> {
        let rect = history_plane(Size::new(width, height));
        vec![rect.left, rect.top, rect.width, rect.height]
    }

    /// How many steps the axis of a lab's history shows.
    #[must_use]
    pub fn steps(lab: &Lab) -> usize {
        history_steps(lab.session())
    }

    /// A view on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { sheet: Sheet::new(canvas)? })
    }

    /// Draws the history, in a figure of a size in CSS pixels.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        self.sheet.draw(Drawn::new(lab, width, height, ratio, theme), |backend, size, theme| {
            history(backend, size, theme, lab.session()).map(|_| ())
        })
    }
}

#[wasm_bindgen]
impl MemoryView {
    /// A view on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { sheet: Sheet::new(canvas)? })
    }

    /// Draws the memory, in a figure of a size in CSS pixels.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        self.sheet.draw(Drawn::new(lab, width, height, ratio, theme), |backend, size, theme| {
            memory(backend, size, theme, lab.session().run())
        })
    }
}

/// The axes of a rates map on a canvas, with the mark of where the settings stand.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RatesView {
    sheet: Sheet,
    second: String,
}

#[wasm_bindgen]
impl RatesView {
    /// A view on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { sheet: Sheet::new(canvas)?, second: String::new() })
    }

    /// Where the map lies in a figure of this size: left, top, width, height, all in CSS pixels.
    #[must_use]
    pub fn plane(width: f64, height: f64) -> Vec<f64> {
        let rect = rates_plane(Size::new(width, height));
        vec![rect.left, rect.top, rect.width, rect.height]
    }

    /// Draws the axes, in a figure of a size in CSS pixels; `second` is `momentum` or `pressure`.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        second: &str,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        if self.second != second {
            second.clone_into(&mut self.second);
            self.sheet.forget();
        }
        self.sheet.draw(Drawn::new(lab, width, height, ratio, theme), |backend, size, theme| {
            let second = Key::from_name(second).unwrap_or(Key::Pressure);
            rates_sheet(backend, size, theme, &RatesPlane::new(&lab.session().settings(), second))
        })
    }
}
