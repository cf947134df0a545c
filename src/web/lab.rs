//! A session, as the page holds it.

use super::complaint::{to_array, to_object};
use crate::scenario::{Key, Kind, Session};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// An experiment and its run.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lab {
    session: Session,
    complaints: Array,
}

impl Lab {
    pub(super) fn session(&self) -> &Session {
        &self.session
    }
}

/// The key of that name.
fn key(name: &str) -> Result<Key, JsError> {
    Key::from_name(name).ok_or_else(|| JsError::new(&format!("{name}: there is no such setting")))
}

/// An error where a key was not a number.
fn is_number(name: &str, number: bool) -> Result<(), JsError> {
    if number { Ok(()) } else { Err(JsError::new(&format!("{name}: not a number"))) }
}

#[wasm_bindgen]
impl Lab {
    /// The experiment that a scenario string describes, with its steps made.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str) -> Self {
        let (session, complaints) = Session::open(scenario);
        Self { session, complaints: to_array(&complaints) }
    }

    /// What was wrong with the scenario string, as plain objects.
    #[must_use]
    pub fn complaints(&self) -> Array {
        self.complaints.clone()
    }

    /// The scenario string of what is shown now.
    #[must_use]
    pub fn scenario(&self) -> String {
        self.session.scenario().to_string()
    }

    /// The names of the numbers in [`Self::reading`], in their order.
    #[wasm_bindgen(js_name = readingNames)]
    #[must_use]
    pub fn reading_names() -> Vec<String> {
        Session::default().reading().into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// Every number of this moment.
    #[must_use]
    pub fn reading(&self) -> Vec<f64> {
        self.session.reading().into_iter().map(|(_, number)| number).collect()
    }

    /// What is set for a key, as text; `undefined` where the preset has no such parameter.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn get(&self, name: &str) -> Result<Option<String>, JsError> {
        Ok(self.session.settings().get(key(name)?).map(|value| value.to_string()))
    }

    /// The parameters that matter now: those of the model, of the error and of the optimizer.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        self.session.settings().parameters().into_iter().map(|key| key.name().to_owned()).collect()
    }

    /// The names that a choice allows; none where the key is not a choice.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn choices(name: &str) -> Result<Vec<String>, JsError> {
        Ok(match key(name)?.kind() {
            Kind::Choice(names) => names.iter().map(|name| (*name).to_owned()).collect(),
            Kind::Number { .. } | Kind::Valve => Vec::new(),
        })
    }

    /// Sets a key from text. Returns a complaint, or `undefined`.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn set(&mut self, name: &str, given: &str) -> Result<JsValue, JsError> {
        let complaint = self.session.set(key(name)?, given).err();
        Ok(complaint.as_ref().map_or(JsValue::UNDEFINED, to_object))
    }

    /// Sets a number by its place on the dial, from 0 to 1.
    ///
    /// # Errors
    /// Where there is no such key, or it is not a number.
    #[wasm_bindgen(js_name = setFraction)]
    pub fn set_fraction(&mut self, name: &str, fraction: f64) -> Result<(), JsError> {
        is_number(name, self.session.set_fraction(key(name)?, fraction))
    }

    /// Moves a number by a part of its dial.
    ///
    /// # Errors
    /// Where there is no such key, or it is not a number.
    pub fn nudge(&mut self, name: &str, part: f64) -> Result<(), JsError> {
        is_number(name, self.session.nudge(key(name)?, part))
    }

    /// Turns both valves to a place on the plane, each from 0 (shut) to 1 (open).
    pub fn turn(&mut self, m_fraction: f64, h_fraction: f64) {
        self.session.turn([m_fraction, h_fraction]);
    }

    /// Turns both valves to positions; what is beyond an end becomes the end, and a valve whose
    /// position is not a number stays.
    #[wasm_bindgen(js_name = turnTo)]
    pub fn turn_to(&mut self, m: f64, h: f64) {
        self.session.turn_to([m, h]);
    }

    /// Makes up to `count` steps; false where the run can go no further.
    pub fn step(&mut self, count: usize) -> bool {
        self.session.step(count)
    }

    /// Goes one step back, if there is one.
    pub fn back(&mut self) {
        self.session.back();
    }

    /// Back to where the run began.
    pub fn reset(&mut self) {
        self.session.reset();
    }
}
