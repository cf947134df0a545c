//! Every number of one moment, in one array, so that a frame crosses the boundary once.

use crate::descent::Run;
use crate::plumbing::{Model, OPEN, Preset};
use crate::scenario::{Key, Scenario};

/// The names of the numbers, in the order of [`values`].
pub(super) const NAMES: [&str; 37] = [
    "m",
    "h",
    "pressure",
    "target",
    "rate",
    "x",
    "y",
    "E",
    "dx_dm",
    "dx_dh",
    "dy_dx",
    "dy_dh_x",
    "dy_dm",
    "dy_dh_via_x",
    "dy_dh",
    "dE_dy",
    "dE_dx",
    "dE_dm",
    "dE_dh_direct",
    "dE_dh_via_x",
    "dE_dh",
    "step",
    "paths",
    "gradient_m",
    "gradient_h",
    "next_m",
    "next_h",
    "turn_m",
    "turn_h",
    "m_fraction",
    "h_fraction",
    "pressure_fraction",
    "target_fraction",
    "rate_fraction",
    "x_share",
    "y_share",
    "y_fraction",
];

/// The numbers of a run where it stands.
///
/// Fractions are places on a dial from 0 to 1; a share is a flow over that of the preset with both
/// valves open.
pub(super) fn values(scenario: &Scenario, run: &Run) -> Vec<f64> {
    let now = run.now();
    let chain = &now.chain;
    let flows = &chain.flows;
    let [m, h] = now.position;
    let [next_m, next_h] = run.next_position();
    let number = |key| scenario.number(key);
    let fraction = |key: Key, value| scenario.dial(key).map_or(0.0, |dial| dial.fraction(value));
    let full = full_flows(scenario.preset()).map(|flow| flow * scenario.unit());
    let [x_share, y_share] = [flows.x / full[0], flows.y / full[1]];
    let values: [f64; NAMES.len()] = [
        m,
        h,
        number(Key::Pressure),
        run.experiment().target,
        number(Key::Rate),
        flows.x,
        flows.y,
        now.error,
        flows.dx_dm,
        flows.dx_dh,
        flows.dy_dx,
        flows.dy_dh_x,
        chain.dy_dm,
        chain.dy_dh_via_x,
        chain.dy_dh,
        chain.de_dy,
        chain.de_dx,
        chain.de_dm,
        chain.de_dh_direct,
        chain.de_dh_via_x,
        chain.de_dh,
        run.steps() as f64,
        paths(run),
        now.gradient[0],
        now.gradient[1],
        next_m,
        next_h,
        next_m - m,
        next_h - h,
        fraction(Key::M, m),
        fraction(Key::H, h),
        fraction(Key::Pressure, number(Key::Pressure)),
        fraction(Key::Target, run.experiment().target),
        fraction(Key::Rate, number(Key::Rate)),
        x_share,
        y_share,
        fraction(Key::Target, flows.y),
    ];
    values.to_vec()
}

/// How many paths lead from the handle to the shower: in the house, one more through the house flow.
fn paths(run: &Run) -> f64 {
    if matches!(run.experiment().shower.model, Model::House { .. }) { 2.0 } else { 1.0 }
}

/// The flows of a preset as it comes, with both valves open.
fn full_flows(preset: Preset) -> [f64; 2] {
    let flows = preset.shower().flows(OPEN, OPEN);
    [flows.x, flows.y]
}
