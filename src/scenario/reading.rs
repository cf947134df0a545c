//! Every number of one moment, by name.

use super::key::Key;
use super::promise::Promise;
use super::session::Session;
use crate::backprop::Sensitivities;
use crate::plumbing::{Model, OPEN};

/// The numbers where a session stands.
///
/// Flows are in the unit shown, positions in turns, sensitivities in units per turn. A `fraction` is a
/// place on a dial from 0 to 1; a `share` is a flow over that of the preset with both valves open. An
/// `estimate_error` is relative to the truth, and 0 where the truth is 0. A `times` is a change over the one before
/// it on the way, and 0 where that one is 0: there it says nothing.
pub(super) fn of(session: &Session) -> Vec<(&'static str, f64)> {
    let (scenario, run) = (session.settings(), session.run());
    let now = run.now();
    let experiment = run.experiment();
    let chain = &now.chain;
    let flows = &chain.flows;
    let [m, h] = now.position;
    let ahead = run.ahead();
    let [next_m, next_h] = ahead.as_ref().map_or(now.position, |step| step.position);
    // Before the first step, of the step to come.
    let memory = ahead.as_ref().filter(|_| now.memory.steps == 0).map_or(&now.memory, |step| &step.memory);
    let effective = memory.effective(experiment.rate);
    let truth = [chain.dy_dm, chain.dy_dh];
    let estimate = if experiment.sensitivities == Sensitivities::Exact { truth } else { now.meters.estimate };
    let number = |key| scenario.number(key);
    let fraction = |key: Key, value| scenario.dial(key).map_or(0.0, |dial| dial.fraction(value));
    let full = scenario.preset().shower().flows(OPEN, OPEN);
    let [full_x, full_y] = [full.x, full.y].map(|flow| flow * scenario.unit());
    // In the house a second path leads from the handle to the shower, through the house flow.
    let forked = matches!(experiment.shower.model, Model::House { .. });
    let promise = session.promise();
    let promised = promise.map_or(flows.y, |promise| promise.promised);
    // What the last turn by hand has changed.
    let [turned_m, turned_h, changed_x, changed_y] = promise.map_or([0.0; 4], |promise| {
        let Promise { from, to, house, before, came, .. } = promise;
        [to[0] - from[0], to[1] - from[1], house[1] - house[0], came - before]
    });
    vec![
        ("m", m),
        ("h", h),
        ("pressure", number(Key::Pressure)),
        ("target", experiment.target),
        ("rate", experiment.rate),
        ("x", flows.x),
        ("y", flows.y),
        ("E", now.error),
        ("dx_dm", flows.dx_dm),
        ("dx_dh", flows.dx_dh),
        ("dy_dx", flows.dy_dx),
        ("dy_dh_x", flows.dy_dh_x),
        ("dy_dm", chain.dy_dm),
        ("dy_dh_via_x", chain.dy_dh_via_x),
        ("dy_dh", chain.dy_dh),
        ("dE_dy", chain.de_dy),
        ("dE_dx", chain.de_dx),
        ("dE_dm", chain.de_dm),
        ("dE_dh_direct", chain.de_dh_direct),
        ("dE_dh_via_x", chain.de_dh_via_x),
        ("dE_dh", chain.de_dh),
        ("step", run.steps() as f64),
        ("clock", session.clock() as f64),
        ("made", session.made() as f64),
        ("by_hand", f64::from(u8::from(session.is_by_hand()))),
        ("velocity_m", memory.velocity[0]),
        ("velocity_h", memory.velocity[1]),
        ("squares_m", memory.squares[0]),
        ("squares_h", memory.squares[1]),
        ("divides", f64::from(u8::from(experiment.optimizer.divides()))),
        ("divisor_m", memory.divisor[0]),
        ("divisor_h", memory.divisor[1]),
        ("effective_m", effective[0]),
        ("effective_h", effective[1]),
        ("measured", f64::from(u8::from(experiment.sensitivities != Sensitivities::Exact))),
        ("estimate_m", estimate[0]),
        ("estimate_h", estimate[1]),
        ("estimate_error_m", part(estimate[0] - truth[0], truth[0])),
        ("estimate_error_h", part(estimate[1] - truth[1], truth[1])),
        ("estimate_ratio", part(estimate[0], estimate[1])),
        ("true_ratio", part(truth[0], truth[1])),
        ("readings", now.meters.readings as f64),
        ("overshoot", now.tally.overshoot),
        ("wasted", now.tally.wasted),
        ("paths", if forked { 2.0 } else { 1.0 }),
        ("gradient_m", now.gradient[0]),
        ("gradient_h", now.gradient[1]),
        ("next_m", next_m),
        ("next_h", next_h),
        ("turn_m", next_m - m),
        ("turn_h", next_h - h),
        ("m_fraction", fraction(Key::M, m)),
        ("h_fraction", fraction(Key::H, h)),
        ("pressure_fraction", fraction(Key::Pressure, number(Key::Pressure))),
        ("target_fraction", fraction(Key::Target, experiment.target)),
        ("rate_fraction", fraction(Key::Rate, experiment.rate)),
        ("x_share", flows.x / full_x),
        ("y_share", flows.y / full_y),
        ("other_share", if forked { (flows.x - flows.y) / full_x } else { 0.0 }),
        ("riser_share", if forked { flows.y / full_x } else { flows.x / full_x }),
        ("y_fraction", fraction(Key::Target, flows.y)),
        ("has_promise", f64::from(u8::from(promise.is_some()))),
        ("promised", promised),
        ("promised_off", flows.y - promised),
        ("promised_fraction", fraction(Key::Target, promised)),
        ("turned_m", turned_m),
        ("turned_h", turned_h),
        ("changed_x", changed_x),
        ("changed_y", changed_y),
        ("times_m_x", part(changed_x, turned_m)),
        ("times_x_y", part(changed_y, changed_x)),
        ("times_h_y", part(changed_y, turned_h)),
    ]
}

/// A part of a whole; 0 where there is no whole, or no number for it.
pub(super) fn part(part: f64, whole: f64) -> f64 {
    let share = part / whole;
    if share.is_finite() { share } else { 0.0 }
}
