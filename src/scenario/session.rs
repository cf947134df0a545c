//! An experiment under way: what a person turns, sets and steps.

use super::complaint::Complaint;
use super::key::Key;
use super::{Scenario, reading};
use crate::descent::Run;
use crate::plumbing::clamp_position;

/// A scenario with its run.
///
/// Turning a valve or changing a setting starts the run anew, from where the valves stand then.
///
/// ```
/// use backflow::scenario::{Key, Session};
///
/// let (mut session, _) = Session::open("preset=product&steps=12");
/// assert!(session.set(Key::Rate, "0.2").is_ok());
/// assert_eq!(session.run().steps(), 0);
/// session.nudge(Key::M, 0.05); // a twentieth of the range
/// session.step(3);
/// assert!(session.scenario().to_string().ends_with("&rate=0.2&steps=3"));
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    scenario: Scenario,
    run: Run,
}

impl Session {
    /// Opens what a scenario string describes, with its steps made, and lists what is wrong with it.
    #[must_use]
    pub fn open(string: &str) -> (Self, Vec<Complaint>) {
        let (scenario, complaints) = Scenario::parse(string);
        let mut run = Run::new(scenario.experiment());
        run.seek(scenario.steps());
        (Self { scenario, run }, complaints)
    }

    /// What would open this very session again.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The run, where it stands.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Every number of this moment, with its name.
    #[must_use]
    pub fn reading(&self) -> Vec<(&'static str, f64)> {
        reading::of(self)
    }

    /// Sets a key from text, as in a scenario string.
    ///
    /// # Errors
    /// A complaint that says what was given, what is allowed and what is used instead. Where nothing
    /// is, the run goes on as it was.
    pub fn set(&mut self, key: Key, given: &str) -> Result<(), Complaint> {
        let mut scenario = self.scenario.clone();
        if key != Key::Steps {
            place(&mut scenario, self.run.now().position);
        }
        let before = scenario.get(key);
        let outcome = scenario.set(key, given);
        if outcome.is_err() && scenario.get(key) == before {
            return outcome;
        }
        self.scenario = scenario;
        if key == Key::Steps {
            self.run.seek(self.scenario.steps());
        } else {
            self.restart();
        }
        outcome
    }

    /// Sets a number by its place on the dial, from 0 to 1; false where the key is not a number.
    pub fn set_fraction(&mut self, key: Key, fraction: f64) -> bool {
        let Some(dial) = self.scenario.dial(key) else { return false };
        self.put(key, dial.value(fraction));
        true
    }

    /// Moves a number by a part of its dial; false where the key is not a number.
    ///
    /// A number beyond an end of the dial, which someone typed, does not move further that way.
    pub fn nudge(&mut self, key: Key, part: f64) -> bool {
        let Some(dial) = self.scenario.dial(key) else { return false };
        let [m, h] = self.run.now().position;
        let number = match key {
            Key::M => m,
            Key::H => h,
            other => self.scenario.number(other),
        };
        let beyond = if part > 0.0 { number >= dial.most } else { number <= dial.least };
        if !beyond {
            self.put(key, dial.value(dial.fraction(number) + part));
        }
        true
    }

    /// Turns both valves to a place on the plane, each from 0 (shut) to 1 (open).
    pub fn turn(&mut self, fractions: [f64; 2]) {
        let at = |key: Key, fraction| key.dial().map_or(0.0, |dial| dial.value(fraction));
        self.turn_to([at(Key::M, fractions[0]), at(Key::H, fractions[1])]);
    }

    /// Turns both valves to positions. What is beyond an end becomes the end; a valve whose position
    /// is not a number stays where it is.
    pub fn turn_to(&mut self, positions: [f64; 2]) {
        let now = self.run.now().position;
        let sound = |valve: usize| {
            if positions[valve].is_nan() { now[valve] } else { clamp_position(positions[valve]) }
        };
        place(&mut self.scenario, [sound(0), sound(1)]);
        self.restart();
    }

    /// Makes up to `count` steps; false where the run can go no further.
    pub fn step(&mut self, count: u32) -> bool {
        let going = (0..count).all(|_| self.run.step());
        self.note_steps();
        going
    }

    /// Goes one step back, if there is one.
    pub fn back(&mut self) {
        self.run.seek(self.run.steps().saturating_sub(1));
        self.note_steps();
    }

    /// Back to where the run began.
    pub fn reset(&mut self) {
        self.run.seek(0);
        self.note_steps();
    }

    /// Sets a number that its limits allow.
    fn put(&mut self, key: Key, number: f64) {
        if key != Key::Steps {
            place(&mut self.scenario, self.run.now().position);
        }
        // What a dial gives is within the limits, so there is nothing to complain of.
        let _ = self.scenario.set_number(key, number);
        if key == Key::Steps {
            self.run.seek(self.scenario.steps());
            self.note_steps();
        } else {
            self.restart();
        }
    }

    /// Starts the run anew from where the scenario says.
    fn restart(&mut self) {
        self.run = Run::new(self.scenario.experiment());
        self.note_steps();
    }

    /// Writes the number of steps into the scenario.
    fn note_steps(&mut self) {
        // A run makes no more steps than a scenario may have.
        let _ = self.scenario.set_number(Key::Steps, self.run.steps() as f64);
    }
}

impl Default for Session {
    /// The default scenario, no step made.
    fn default() -> Self {
        Self::open("").0
    }
}

/// Writes positions, which are never beyond their limits, into a scenario.
fn place(scenario: &mut Scenario, [m, h]: [f64; 2]) {
    let _ = scenario.set_number(Key::M, m);
    let _ = scenario.set_number(Key::H, h);
}
