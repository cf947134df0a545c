//! The small network for the page: how it stands, where its valves are drawn, and the hands that turn them.

use super::lab::Lab;
use super::lesson::PlotView;
use super::object::object;
use crate::figure::{Size, network_valves};
use crate::scenario::SmallNetwork;
use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Lab {
    /// The small network as a plain object of flat arrays: `{flows, blame, pipes, valves, openings, carried,
    /// sensitivities, wants, errors, error, most}`.
    ///
    /// `flows` and `blame` (∂E/∂q) are of pumps, junctions and showers, three each. Of the 18 valves come the
    /// `pipes` (the layer, and where in it each begins and ends, counted from 0), the `valves` themselves
    /// (positions), `openings` (which are the fractions of their travel, since the valves are linear), `carried`
    /// (flows) and `sensitivities` (∂E/∂v); of the showers `wants` and `errors`. `most` is the valve that is
    /// most to blame, and missing where none is.
    #[must_use]
    pub fn network(&self) -> JsValue {
        told(&self.session().network())
    }

    /// Turns a valve of the small network to a fraction of its travel, from 0 (shut) to 1 (open); false where
    /// there is no such valve.
    #[wasm_bindgen(js_name = turnPipe)]
    pub fn turn_pipe(&mut self, valve: usize, fraction: f64) -> bool {
        self.session_mut().turn_pipe(valve, fraction)
    }

    /// Turns a valve of the small network by a part of its travel; false where there is no such valve.
    #[wasm_bindgen(js_name = nudgePipe)]
    pub fn nudge_pipe(&mut self, valve: usize, part: f64) -> bool {
        self.session_mut().nudge_pipe(valve, part)
    }

    /// Makes a step of gradient descent in the small network, with the rate that is set.
    #[wasm_bindgen(js_name = stepNetwork)]
    pub fn step_network(&mut self) {
        self.session_mut().step_network();
    }
}

#[wasm_bindgen]
impl PlotView {
    /// Where the valves of the small network stand in a drawing of this size: the radius of each, then the
    /// middles of all 18, x and y in turn, all in CSS pixels.
    #[must_use]
    pub fn valves(width: f64, height: f64) -> Vec<f64> {
        let (valves, radius) = network_valves(Size::new(width, height));
        std::iter::once(radius).chain(valves.into_iter().flatten()).collect()
    }
}

fn told(state: &SmallNetwork) -> JsValue {
    let flat = |numbers: &[f64]| JsValue::from(Float64Array::from(numbers));
    let pipes = (0..SmallNetwork::VALVES).filter_map(|valve| state.network.pipe(valve)).flatten();
    let pipes: Vec<f64> = pipes.map(|place| place as f64).collect();
    let properties = [
        ("flows", flat(&state.sweep.flows().concat())),
        ("blame", flat(&state.sweep.blame().concat())),
        ("pipes", flat(&pipes)),
        ("valves", flat(&state.network.positions())),
        ("openings", flat(state.network.openings())),
        ("carried", flat(&state.carried())),
        ("sensitivities", flat(&state.sensitivities)),
        ("wants", flat(&state.wants)),
        ("errors", flat(&state.errors)),
        ("error", state.error.into()),
    ];
    let most = state.most_to_blame();
    object(properties.into_iter().chain(most.map(|valve| ("most", (valve as f64).into()))))
}
