//! One experiment with its run, as the page holds it.

use super::complaint::{to_array, to_object};
use super::reading;
use crate::descent::Run;
use crate::plumbing::clamp_position;
use crate::scenario::{Key, Kind, Scenario};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// An experiment and its run.
///
/// Turning a valve or changing a setting starts the run anew from where the valves stand; a new
/// learning rule keeps the position too.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lab {
    scenario: Scenario,
    run: Run,
    complaints: Array,
}

impl Lab {
    pub(super) fn run(&self) -> &Run {
        &self.run
    }

    /// Starts the run anew from a position.
    fn restart(&mut self, [m, h]: [f64; 2]) {
        // Numbers that are already positions raise no complaint.
        let _ = self.scenario.set_number(Key::M, m);
        let _ = self.scenario.set_number(Key::H, h);
        let _ = self.scenario.set_number(Key::Steps, 0.0);
        self.run = Run::new(self.scenario.experiment());
    }

    /// Writes the number of steps into the scenario.
    fn note_steps(&mut self) {
        let _ = self.scenario.set_number(Key::Steps, self.run.steps() as f64);
    }
}

/// The key of that name.
fn key(name: &str) -> Result<Key, JsError> {
    Key::from_name(name).ok_or_else(|| JsError::new(&format!("{name}: there is no such setting")))
}

#[wasm_bindgen]
impl Lab {
    /// The experiment that a scenario string describes, with its steps made.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str) -> Self {
        let (scenario, complaints) = Scenario::parse(scenario);
        let mut run = Run::new(scenario.experiment());
        run.seek(scenario.steps());
        Self { scenario, run, complaints: to_array(&complaints) }
    }

    /// What was wrong with the scenario string, as plain objects.
    #[must_use]
    pub fn complaints(&self) -> Array {
        self.complaints.clone()
    }

    /// The scenario string of what is shown now.
    #[wasm_bindgen(js_name = scenario)]
    #[must_use]
    pub fn scenario_string(&self) -> String {
        self.scenario.to_string()
    }

    /// The names of the numbers in [`Self::reading`].
    #[wasm_bindgen(js_name = readingNames)]
    #[must_use]
    pub fn reading_names() -> Vec<String> {
        reading::NAMES.map(str::to_owned).to_vec()
    }

    /// Every number of this moment.
    #[must_use]
    pub fn reading(&self) -> Vec<f64> {
        reading::values(&self.scenario, &self.run)
    }

    /// What is set for a key, as text; `undefined` where the preset has no such parameter.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn get(&self, name: &str) -> Result<Option<String>, JsError> {
        Ok(self.scenario.get(key(name)?).map(|value| value.to_string()))
    }

    /// The parameters that matter now: those of the model, of the error and of the optimizer.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        self.scenario.parameters().into_iter().map(|key| key.name().to_owned()).collect()
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
        let key = key(name)?;
        // The run begins anew from where the valves stand, unless it is they that are set.
        let mut scenario = self.scenario.clone();
        if key != Key::Steps {
            let [m, h] = self.run.now().position;
            let _ = scenario.set_number(Key::M, m);
            let _ = scenario.set_number(Key::H, h);
        }
        let before = scenario.get(key);
        let complaint = scenario.set(key, given).err();
        let object = complaint.as_ref().map_or(JsValue::UNDEFINED, to_object);
        if complaint.is_some() && scenario.get(key) == before {
            return Ok(object);
        }
        self.scenario = scenario;
        if key == Key::Steps {
            self.run.seek(self.scenario.steps());
        } else {
            self.restart([self.scenario.number(Key::M), self.scenario.number(Key::H)]);
        }
        Ok(object)
    }

    /// Sets a number by its place on the dial, from 0 to 1.
    ///
    /// # Errors
    /// Where there is no such key, or it is not a number.
    #[wasm_bindgen(js_name = setFraction)]
    pub fn set_fraction(&mut self, name: &str, fraction: f64) -> Result<(), JsError> {
        let dial =
            self.scenario.dial(key(name)?).ok_or_else(|| JsError::new(&format!("{name}: not a number")))?;
        let value = dial.value(fraction);
        self.set(name, &value.to_string()).map(|_| ())
    }

    /// Moves a number by a part of its dial.
    ///
    /// # Errors
    /// Where there is no such key, or it is not a number.
    pub fn nudge(&mut self, name: &str, part: f64) -> Result<(), JsError> {
        let number = match key(name)? {
            Key::M => self.run.now().position[0],
            Key::H => self.run.now().position[1],
            other => self.scenario.number(other),
        };
        let dial =
            self.scenario.dial(key(name)?).ok_or_else(|| JsError::new(&format!("{name}: not a number")))?;
        self.set_fraction(name, dial.fraction(number) + part)
    }

    /// Turns both valves to a place on the plane, each from 0 (shut) to 1 (open).
    pub fn turn(&mut self, m_fraction: f64, h_fraction: f64) {
        let at = |key: Key, fraction| key.dial().map_or(0.0, |dial| dial.value(fraction));
        self.restart([at(Key::M, m_fraction), at(Key::H, h_fraction)]);
    }

    /// Turns both valves to positions; what is beyond an end becomes the end.
    #[wasm_bindgen(js_name = turnTo)]
    pub fn turn_to(&mut self, m: f64, h: f64) {
        self.restart([m, h].map(clamp_position));
    }

    /// Makes up to `count` steps; false where the run can go no further.
    pub fn step(&mut self, count: u32) -> bool {
        let going = (0..count).all(|_| self.run.step());
        self.note_steps();
        going
    }

    /// Goes to a step, back or forward.
    pub fn seek(&mut self, step: u32) {
        self.run.seek(step as usize);
        self.note_steps();
    }

    /// Goes one step back, if there is one.
    pub fn back(&mut self) {
        self.run.seek(self.run.steps().saturating_sub(1));
        self.note_steps();
    }

    /// Back to where the run began.
    pub fn reset(&mut self) {
        self.run.reset();
        self.note_steps();
    }
}
