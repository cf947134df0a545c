//! The small network for the page, and the two drawings that lead from pipes to networks.

use super::race;
use crate::scenario::SmallNetwork;
use js_sys::Float64Array;
use wasm_bindgen::JsValue;

#[cfg(feature = "drawing")]
use super::{
    lab::Lab,
    view::{Drawn, Sheet},
};
#[cfg(feature = "drawing")]
use crate::figure::{Size, fade_sheet, network_sheet, network_valves};
#[cfg(feature = "drawing")]
use wasm_bindgen::prelude::*;
#[cfg(feature = "drawing")]
use web_sys::HtmlCanvasElement;

/// `{flows, blame, valves, openings, carried, sensitivities, wants, errors, error, most}`.
///
/// `flows` and `blame` (∂E/∂q) are of pumps, junctions and showers, three each; `valves` (positions),
/// `openings` (which are the fractions of their travel, since the valves are linear), `carried` (flows) and
/// `sensitivities` (∂E/∂v) of the 18 valves; `wants` and `errors` of the showers; `most` is the valve that is
/// most to blame, and missing where none is.
pub(super) fn object(state: &SmallNetwork) -> JsValue {
    let flat = |numbers: &[f64]| JsValue::from(Float64Array::from(numbers));
    let most = state.most_to_blame();
    let properties = [
        ("flows", flat(&state.sweep.flows().concat())),
        ("blame", flat(&state.sweep.blame().concat())),
        ("valves", flat(state.network.positions())),
        ("openings", flat(state.network.openings())),
        ("carried", flat(&state.carried())),
        ("sensitivities", flat(&state.sensitivities)),
        ("wants", flat(&state.wants)),
        ("errors", flat(&state.errors)),
        ("error", state.error.into()),
    ];
    race::object(properties.into_iter().chain(most.map(|valve| ("most", (valve as f64).into()))))
}

/// The small network on a canvas.
#[cfg(feature = "drawing")]
#[wasm_bindgen]
#[derive(Debug)]
pub struct NetworkView {
    sheet: Sheet,
    blame: bool,
}

#[cfg(feature = "drawing")]
#[wasm_bindgen]
impl NetworkView {
    /// A view on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { sheet: Sheet::new(canvas)?, blame: true })
    }

    /// Where the valves stand in a figure of this size: the radius of each, then the middles of all 18, x and y
    /// in turn, all in CSS pixels.
    #[must_use]
    pub fn valves(width: f64, height: f64) -> Vec<f64> {
        let (valves, radius) = network_valves(Size::new(width, height));
        std::iter::once(radius).chain(valves.into_iter().flatten()).collect()
    }

    /// Draws the network, in a figure of a size in CSS pixels; without `blame` where that is to be guessed.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        blame: bool,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        if self.blame != blame {
            self.blame = blame;
            self.sheet.forget();
        }
        self.sheet.draw(Drawn::new(lab, width, height, ratio, theme), |backend, size, theme| {
            network_sheet(backend, size, theme, &lab.session().network(), blame)
        })
    }
}

/// The shower on its way from pipes to a network, on a canvas.
#[cfg(feature = "drawing")]
#[wasm_bindgen]
#[derive(Debug)]
pub struct FadeView {
    sheet: Sheet,
}

#[cfg(feature = "drawing")]
#[wasm_bindgen]
impl FadeView {
    /// A view on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { sheet: Sheet::new(canvas)? })
    }

    /// Draws the shower as far on its way as is set, in a figure of a size in CSS pixels.
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
            fade_sheet(backend, size, theme, lab.session())
        })
    }
}
