//! A session, as the page holds it.

use super::complaint::{to_array, to_object};
use super::race;
use crate::descent::Remedy;
use crate::scenario::{COLUMNS, Key, Kind, Past, RatesPlane, Rival, Session, row};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// An experiment and its run.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lab {
    session: Session,
    past: Past,
    complaints: Array,
    remedy: Option<Remedy>,
}

impl Lab {
    /// What the views draw.
    #[cfg(feature = "drawing")]
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// What a drawing changes where one pulls at it.
    #[cfg(all(feature = "course", feature = "drawing"))]
    pub(super) fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Takes a session of the past, if there is one.
    fn bring(&mut self, session: Option<Session>) -> bool {
        let there = session.is_some();
        if let Some(session) = session {
            self.session = session;
            // What was said of another session is not true of this one.
            self.complaints = Array::new();
            self.remedy = None;
        }
        there
    }
}

/// The key of that name.
pub(super) fn key(name: &str) -> Result<Key, JsError> {
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
        let past = Past::new(&session);
        Self { session, past, complaints: to_array(&complaints), remedy: None }
    }

    /// Opens another scenario string, as something that can be undone or as a new beginning, and returns
    /// what was wrong with it, as plain objects.
    pub fn open(&mut self, scenario: &str, undoable: bool) -> Array {
        let (session, complaints) = Session::open(scenario);
        self.past.record(&self.session);
        self.session = session;
        if undoable {
            self.past.record(&self.session);
        } else {
            self.past = Past::new(&self.session);
        }
        self.complaints = to_array(&complaints);
        self.complaints.clone()
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

    /// The parameters that matter now: those of the model, of the error and of the optimizer, and how near is
    /// good enough.
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

    /// Where a number stands on its dial, from 0 to 1; `undefined` where the key is not a number.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn fraction(&self, name: &str) -> Result<Option<f64>, JsError> {
        let (key, settings) = (key(name)?, self.session.settings());
        Ok(settings.dial(key).map(|dial| dial.fraction(settings.number(key))))
    }

    /// Sets a key from text. Returns a complaint, or `undefined`.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn set(&mut self, name: &str, given: &str) -> Result<JsValue, JsError> {
        let complaint = self.session.set(key(name)?, given).err();
        Ok(complaint.as_ref().map_or(JsValue::UNDEFINED, to_object))
    }

    /// Sets a key from text, and lets the run begin anew with it. Returns a complaint, or `undefined`.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = restartWith)]
    pub fn restart_with(&mut self, name: &str, given: &str) -> Result<JsValue, JsError> {
        let complaint = self.session.restart_with(key(name)?, given).err();
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

    /// The hand lets go of a valve, or something else is done: it can be undone from now on.
    pub fn settle(&mut self) {
        self.session.settle();
        self.past.record(&self.session);
    }

    /// Goes back to before the last thing that was done; false where there is no such thing.
    pub fn undo(&mut self) -> bool {
        self.past.record(&self.session);
        let before = self.past.undo();
        self.bring(before)
    }

    /// Does again what was undone last; false where there is no such thing.
    pub fn redo(&mut self) -> bool {
        self.past.record(&self.session);
        let after = self.past.redo();
        self.bring(after)
    }

    /// How many things can be undone.
    #[must_use]
    pub fn undoable(&self) -> usize {
        self.past.undoable()
    }

    /// How many can be redone.
    #[must_use]
    pub fn redoable(&self) -> usize {
        self.past.redoable()
    }

    /// Goes one step back, if there is one.
    pub fn back(&mut self) {
        self.session.back();
    }

    /// Back to where the run began.
    pub fn reset(&mut self) {
        self.session.reset();
    }

    /// Goes to a step.
    pub fn seek(&mut self, step: usize) {
        self.session.seek(step);
    }

    /// Makes steps until every run has ended.
    pub fn finish(&mut self) {
        self.session.finish();
    }

    /// Whether every run has ended where it stands.
    pub fn ended(&self) -> bool {
        self.session.has_ended()
    }

    /// Begins or ends a run by hand.
    #[wasm_bindgen(js_name = setByHand)]
    pub fn set_by_hand(&mut self, by_hand: bool) {
        self.session.set_by_hand(by_hand);
    }

    /// Adds a run to compare with: an optimizer by name, at its usual rate.
    ///
    /// # Errors
    /// Where there is no such optimizer.
    pub fn challenge(&mut self, optimizer: &str) -> Result<Array, JsError> {
        let complaints = self.session.challenge(optimizer);
        complaints
            .map(|complaints| to_array(&complaints))
            .ok_or_else(|| JsError::new(&format!("{optimizer}: there is no such optimizer")))
    }

    /// The most runs to compare with.
    #[wasm_bindgen(js_name = mostRivals)]
    #[must_use]
    pub fn most_rivals() -> usize {
        Rival::MOST
    }

    /// Takes a rival away, by its place.
    #[wasm_bindgen(js_name = removeRival)]
    pub fn remove_rival(&mut self, index: usize) {
        self.session.remove_rival(index);
    }

    /// Sets a key of a rival from text. Returns a complaint, or `undefined`.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = setRival)]
    pub fn set_rival(&mut self, index: usize, name: &str, given: &str) -> Result<JsValue, JsError> {
        let complaint = self.session.set_rival(index, key(name)?, given).err();
        Ok(complaint.as_ref().map_or(JsValue::UNDEFINED, to_object))
    }

    /// All runs side by side, the main one first, as plain objects.
    #[must_use]
    pub fn lanes(&self) -> Array {
        self.session.lanes().iter().map(race::lane).collect()
    }

    /// The links of the step at which the main run stands, as plain objects, in the order in which they are
    /// computed.
    #[must_use]
    pub fn pass(&self) -> Array {
        self.session.pass().iter().map(race::link).collect()
    }

    /// Goes on from the link at a place of the pass, and returns the place of the next; `undefined` where there
    /// is none. After the last one the run makes a step.
    pub fn onward(&mut self, at: usize) -> Option<usize> {
        self.session.onward(at)
    }

    /// Goes back from the link at a place of the pass, and returns the place of the one before; `undefined` at
    /// the very first. Before the first one the run goes a step back.
    pub fn backward(&mut self, at: usize) -> Option<usize> {
        self.session.backward(at)
    }

    /// Whether `onward` leads anywhere from the link at a place of the pass.
    #[must_use]
    #[wasm_bindgen(js_name = hasOnward)]
    pub fn has_onward(&self, at: usize) -> bool {
        self.session.has_onward(at)
    }

    /// Whether `backward` leads anywhere from the link at a place of the pass.
    #[must_use]
    #[wasm_bindgen(js_name = hasBackward)]
    pub fn has_backward(&self, at: usize) -> bool {
        self.session.has_backward(at)
    }

    /// What is happening, as a plain object: its name, with the numbers that prove it.
    #[must_use]
    pub fn verdict(&self) -> JsValue {
        race::verdict(&self.session.verdict())
    }

    /// Why the run ends where it stands: `arrived`, `no-progress`, `not-finite` or `limit`; `undefined` where
    /// it does not.
    #[must_use]
    pub fn ending(&self) -> Option<String> {
        self.session.ending().map(|ending| ending.name().to_owned())
    }

    /// The columns of the table of a run.
    #[must_use]
    pub fn columns() -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    /// How many steps each run has made, the main one first.
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        self.session.lengths()
    }

    /// m and h where a hand took hold of a valve, where that is what happened last; nothing where it is not.
    #[must_use]
    pub fn grabbed(&self) -> Vec<f64> {
        self.session.grabbed().map_or_else(Vec::new, Vec::from)
    }

    /// Up to `count` rows of the table from a step on, also of steps that lie ahead, one after the other.
    #[must_use]
    pub fn rows(&self, from: usize, count: usize) -> Vec<f64> {
        let made = self.session.run().made();
        made.iter().skip(from).take(count).flat_map(row).collect()
    }

    /// Looks for what would help, and returns it as a plain object, or `undefined`.
    pub fn remedy(&mut self) -> JsValue {
        self.remedy = self.session.remedy();
        self.remedy.as_ref().map_or(JsValue::UNDEFINED, |remedy| race::remedy(remedy, &self.session))
    }

    /// Applies the remedy found last, and runs until the end.
    #[wasm_bindgen(js_name = applyRemedy)]
    pub fn apply_remedy(&mut self) {
        if let Some(remedy) = self.remedy.take() {
            self.session.apply(&remedy);
        }
    }

    /// The last steps, nine numbers each: the step's, and for m and for h the measured sensitivity, the
    /// exact one and the relative difference, then the ratio of the two measured and of the two exact.
    #[must_use]
    pub fn measurements(&self, count: usize) -> Vec<f64> {
        self.session.measurements(count).concat()
    }

    /// The learning rate and the second parameter at a place of a rates map.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = ratesValues)]
    pub fn rates_values(&self, second: &str, x: f64, y: f64) -> Result<Vec<f64>, JsError> {
        Ok(RatesPlane::new(&self.session.settings(), key(second)?).values([x, y]).to_vec())
    }

    /// Where the settings stand on a rates map, as fractions of both axes.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = ratesHere)]
    pub fn rates_here(&self, second: &str) -> Result<Vec<f64>, JsError> {
        Ok(RatesPlane::new(&self.session.settings(), key(second)?).here().to_vec())
    }

    /// What a rates map depends on, as a scenario string: everything but its two parameters.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = ratesSettings)]
    pub fn rates_settings(&self, second: &str) -> Result<String, JsError> {
        let plane = RatesPlane::new(&self.session.bare_settings(), key(second)?);
        Ok(plane.settings([0.0, 0.0]).to_string())
    }

    /// Whether the rule of now has a momentum, so that a rates map can have it for its second parameter.
    #[wasm_bindgen(js_name = hasMomentum)]
    #[must_use]
    pub fn has_momentum(&self) -> bool {
        RatesPlane::has_momentum(&self.session.settings())
    }

    /// Goes to a place of a rates map: runs anew from the start with its settings, until the end.
    ///
    /// # Errors
    /// Where there is no such key.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&mut self, second: &str, x: f64, y: f64) -> Result<(), JsError> {
        let plane = RatesPlane::new(&self.session.settings(), key(second)?);
        self.session.go_to(&plane, [x, y]);
        Ok(())
    }

    /// The settings alone, as a scenario string: what the runs of a rates map depend on.
    #[must_use]
    pub fn settings(&self) -> String {
        self.session.bare_settings().to_string()
    }

    /// Those of them on which runs from everywhere depend.
    #[wasm_bindgen(js_name = crowdSettings)]
    #[must_use]
    pub fn crowd_settings(&self) -> String {
        self.session.crowd_settings().to_string()
    }

    /// Those of them that make the house.
    #[wasm_bindgen(js_name = houseSettings)]
    #[must_use]
    pub fn house_settings(&self) -> String {
        self.session.house_settings().to_string()
    }
}
