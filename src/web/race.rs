//! Runs, verdicts, remedies and the links of a pass as plain objects, for the page to put into words.

use super::object::object;
use crate::descent::{Change, Remedy, Verdict};
use crate::scenario::{Lane, Link, Session};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// `{name, numbers: {…}}`.
pub(super) fn verdict(verdict: &Verdict) -> JsValue {
    let numbers = verdict.numbers().into_iter().map(|(name, number)| (name, number.into()));
    object([("name", verdict.name().into()), ("numbers", object(numbers))])
}

/// `{phase, says, clauses: {…}, part, lit: […], numbers: {…}}`; what is said is `[name, form]`.
pub(super) fn link(link: &Link) -> JsValue {
    let says = |(name, form): (&str, &str)| JsValue::from(Array::of2(&name.into(), &form.into()));
    let clauses = link.clauses.iter().map(|(place, clause)| (*place, says(*clause)));
    let lit: Array = link.lit.iter().map(|name| JsValue::from(*name)).collect();
    let numbers = link.numbers.iter().map(|(name, number)| (*name, (*number).into()));
    object([
        ("phase", link.phase.into()),
        ("says", says(link.says)),
        ("clauses", object(clauses)),
        ("part", link.part.map_or(JsValue::UNDEFINED, Into::into)),
        ("lit", lit.into()),
        ("numbers", object(numbers)),
    ])
}

/// `{optimizer, rate, byHand, branched, steps, E, m, h, overshoot, wasted, readings, verdict, ending}`.
pub(super) fn lane(lane: &Lane) -> JsValue {
    let number = |count: usize| JsValue::from(count as f64);
    object([
        ("optimizer", lane.optimizer.into()),
        ("rate", lane.rate.into()),
        ("byHand", lane.by_hand.into()),
        ("branched", lane.branched.map_or(JsValue::UNDEFINED, number)),
        ("steps", number(lane.steps)),
        ("E", lane.error.into()),
        ("m", lane.position[0].into()),
        ("h", lane.position[1].into()),
        ("overshoot", lane.overshoot.into()),
        ("wasted", lane.wasted.into()),
        ("readings", lane.readings.map_or(JsValue::UNDEFINED, |readings| (readings as f64).into())),
        ("verdict", verdict(&lane.verdict)),
        ("ending", lane.ending.map_or(JsValue::UNDEFINED, |ending| ending.name().into())),
    ])
}

/// `{from, arrives, change, rate, times, optimizer, pressure, m, h}`; what does not apply is left out.
pub(super) fn remedy(remedy: &Remedy, session: &Session) -> JsValue {
    let number = |count: usize| JsValue::from(count as f64);
    let mut properties = vec![("from", number(remedy.from)), ("arrives", number(remedy.arrives))];
    properties.extend(match remedy.change {
        Change::Rate(rate) => vec![("change", "rate".into()), ("rate", rate.into())],
        Change::Optimizer(optimizer, rate) => vec![
            ("change", "optimizer".into()),
            ("optimizer", optimizer.name().into()),
            ("rate", rate.into()),
        ],
        Change::Exact => vec![("change", "exact".into())],
        Change::Pressure(pressure) => vec![("change", "pressure".into()), ("pressure", pressure.into())],
        Change::Start([m, h]) => vec![("change", "start".into()), ("m", m.into()), ("h", h.into())],
    });
    properties.extend(session.times(remedy).map(|times| ("times", times.into())));
    object(properties)
}
