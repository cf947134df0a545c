//! The runs of a session side by side, on one clock.

use super::complaint::Complaint;
use super::key::Key;
use super::rival::Rival;
use super::session::Session;
use super::{Course, LONGEST_STRING, Scenario};
use crate::backprop::Sensitivities;
use crate::descent::{Ending, Error, LONGEST, Run, Verdict};
use crate::plumbing::Shower;

/// One run of a session at this moment, in numbers that compare.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The name of its optimizer.
    pub optimizer: &'static str,
    /// η, its learning rate.
    pub rate: f64,
    /// Whether a hand turned the valves.
    pub by_hand: bool,
    /// The step at which it branched last; `None` where it never did.
    pub branched: Option<usize>,
    /// How many steps it has made.
    pub steps: usize,
    /// E.
    pub error: f64,
    /// m and h.
    pub position: [f64; 2],
    /// The furthest that the flow was above the ideal.
    pub overshoot: f64,
    /// Flow above the ideal, summed over all steps.
    pub wasted: f64,
    /// How often the meters were read; `None` where the sensitivities are exact and nobody reads them.
    pub readings: Option<u64>,
    /// What is happening.
    pub verdict: Verdict,
    /// Why it ends here, if it does.
    pub ending: Option<Ending>,
}

impl Session {
    /// All runs side by side: the main one first.
    #[must_use]
    pub fn lanes(&self) -> Vec<Lane> {
        let settings = self.settings();
        let rivals = self.rivals().iter().enumerate().map(|(index, run)| {
            let rival = self.scenario.rival(index);
            lane(&rival.settings_at(self.clock()), rival.course(), run)
        });
        std::iter::once(lane(&settings, self.scenario.course(), self.run())).chain(rivals).collect()
    }

    /// Adds a run to compare with, from text as in a scenario string; lists what is wrong with it.
    pub fn add_rival(&mut self, given: &str) -> Vec<Complaint> {
        let complaints = self.scenario.add_rival(given);
        // In a race the main run, too, stops where it ends.
        self.run_all();
        self.fit();
        complaints
    }

    /// Adds a run to compare with: an optimizer by name, with its own defaults and its usual rate. `None` where
    /// there is no such optimizer.
    pub fn challenge(&mut self, optimizer: &str) -> Option<Vec<Complaint>> {
        let name = Key::OPTIMIZERS.into_iter().find(|name| *name == optimizer)?;
        let rate = usual_rate(name, &self.scenario);
        Some(self.add_rival(&format!("optimizer={name}&rate={rate}")))
    }

    /// Takes a rival away; there may be none of that number.
    pub fn remove_rival(&mut self, index: usize) {
        if index < self.scenario.rivals.len() {
            self.scenario.rivals.remove(index);
            if self.scenario.rivals.is_empty() {
                // No clock but the main run's own.
                self.at(self.run.steps());
            }
            self.run_all();
        }
    }

    /// Sets a key of a rival from text. There may be no rival of that number.
    ///
    /// # Errors
    /// A complaint, as [`Self::set`] gives.
    pub fn set_rival(&mut self, index: usize, key: Key, given: &str) -> Result<(), Complaint> {
        if !key.may_differ() {
            return Err(Complaint::unknown(key.name(), given));
        }
        let mut settings = self.scenario.rival(index);
        let outcome = settings.set(key, given);
        if let (Some(rival), Some(value)) = (self.scenario.rivals.get_mut(index), settings.get(key)) {
            rival.put(key, value);
            self.run_all();
        }
        outcome
    }

    /// Keeps a run as a rival.
    pub(super) fn keep(&mut self, rival: Rival) {
        self.scenario.rivals.push(rival);
        let index = self.scenario.rivals.len() - 1;
        self.rivals.push(self.scenario.rival(index).run_all_turns());
    }

    /// Takes the oldest rivals away where there are more than a scenario holds. Where a string does not hold
    /// the course of the main run itself, the run begins anew from where it stands.
    pub(super) fn fit(&mut self) {
        let too_long = |scenario: &Scenario| scenario.to_string().chars().count() > LONGEST_STRING;
        let rivals = self.scenario.rivals.len();
        while self.scenario.rivals.len() > Rival::MOST
            || !self.scenario.rivals.is_empty() && too_long(&self.scenario)
        {
            self.scenario.rivals.remove(0);
        }
        if self.scenario.course.until.len() > Course::MOST_BRANCHES || too_long(&self.scenario) {
            self.start_from(self.run.now().position);
        } else if self.scenario.rivals.len() < rivals {
            self.run_all();
        }
    }
}

/// A learning rate that suits a rule on a house. Those that divide by the size of the gradient turn a valve
/// by about the rate itself; for the others it is one for the preset's own unit, of which the gradient has
/// one factor, and two where the push grows with the distance.
fn usual_rate(optimizer: &str, scenario: &Scenario) -> f64 {
    let unit = scenario.unit();
    let factor = if scenario.experiment().error == Error::Absolute { unit } else { unit * unit };
    let own = scenario.preset().rate() / factor;
    let rate = match optimizer {
        "descent" => own,
        "momentum" | "nesterov" => own / 5.0,
        "adagrad" => 0.5,
        "rmsprop" => 0.05,
        "adadelta" => 1.0,
        _ => 0.1,
    };
    Key::Rate.kind().nearest(rate)
}

fn lane(settings: &Scenario, course: &Course, run: &Run) -> Lane {
    let now = run.now();
    let measured = run.experiment().sensitivities != Sensitivities::Exact;
    let mut branches = course.until.iter().map(|until| until.step).filter(|step| *step <= run.steps());
    Lane {
        optimizer: Key::OPTIMIZERS[settings.choice(Key::Optimizer)],
        rate: settings.number(Key::Rate),
        by_hand: course.turns.is_some(),
        branched: branches.next_back(),
        steps: run.steps(),
        error: now.error,
        position: now.position,
        overshoot: now.tally.overshoot,
        wasted: now.tally.wasted,
        readings: measured.then_some(now.meters.readings),
        verdict: verdict(settings, run),
        ending: run.ending(LONGEST),
    }
}

/// What is happening in a run, with a pressure as the scenario writes it.
pub(super) fn verdict(settings: &Scenario, run: &Run) -> Verdict {
    let mut verdict = run.verdict();
    if let Verdict::OutOfReach { pressure: Some(pressure), .. } = &mut verdict {
        *pressure = shown_pressure(settings, *pressure);
    }
    verdict
}

/// A pressure of the house, whose flows are in the unit shown, as the scenario writes it.
pub(super) fn shown_pressure(settings: &Scenario, pressure: f64) -> f64 {
    Shower { pressure, ..settings.experiment().shower }.rescaled(1.0 / settings.unit()).pressure
}
