//! Branches of a session: other settings from a step on, and what would help.

use super::Scenario;
use super::key::{Key, Value};
use super::race::shown_pressure;
use super::rival::Rival;
use super::session::Session;
use crate::backprop::Sensitivities;
use crate::descent::{Change, Remedy};

impl Session {
    /// What would help where the run stands, with a pressure that a scenario may have; nothing helps a hand.
    /// It takes as long as some thousand steps.
    #[must_use]
    pub fn remedy(&self) -> Option<Remedy> {
        if self.is_by_hand() {
            return None;
        }
        let mut remedy = self.run.remedy()?;
        if let Change::Pressure(pressure) = &mut remedy.change {
            *pressure = shown_pressure(&self.settings(), *pressure);
            if !Key::Pressure.kind().allows(*pressure) {
                return None;
            }
        }
        Some(remedy)
    }

    /// Goes to the step that a remedy names, goes on from there with the settings of now and its change, and
    /// runs until the end.
    pub fn apply(&mut self, remedy: &Remedy) {
        if let Change::Start(position) = remedy.change {
            self.start_from(position);
            self.finish();
            return;
        }
        let mut settings = self.settings();
        // All are names that there are and numbers within the limits.
        let _ = match remedy.change {
            Change::Rate(rate) => settings.set_number(Key::Rate, rate),
            Change::Pressure(pressure) => settings.set_number(Key::Pressure, pressure),
            Change::Optimizer(optimizer, rate) => {
                settings.choose_optimizer(optimizer.name());
                settings.set_number(Key::Rate, rate)
            }
            Change::Exact | Change::Start(_) => settings.set(Key::Sensitivities, Sensitivities::Exact.name()),
        };
        self.seek(remedy.from);
        self.branch(settings);
        self.finish();
    }

    /// How many times the rate of now a remedy's is, where it changes the rate.
    #[must_use]
    pub fn times(&self, remedy: &Remedy) -> Option<f64> {
        match remedy.change {
            Change::Rate(rate) => Some(rate / self.run.experiment().rate),
            _ => None,
        }
    }

    /// Goes on under other settings from where the main run stands. What lay ahead of it becomes a rival.
    pub(super) fn branch(&mut self, settings: Scenario) {
        let step = self.run.steps();
        let before = self.settings();
        if settings.given == before.given {
            return;
        }
        if step == 0 {
            self.begin(settings);
            return;
        }
        let was_ahead = self.run.made().len() - 1 > step;
        let old = self.scenario.clone();
        let course = &mut self.scenario.course;
        course.cut(step);
        course.note(step, differing(&before, &settings));
        course.forget(step, |key| settings.get(key));
        let branched = course.until.last().is_some_and(|until| until.step == step);
        self.scenario.given = settings.given;
        let lost = differing(&old, &self.scenario);
        for rival in &mut self.scenario.rivals {
            rival.stay(&lost);
        }
        self.at(step);
        // A run that branches again where it did, and is as before then, has not branched.
        if branched {
            self.run = self.run.branch(self.scenario.settings_at(step).experiment());
        } else {
            self.run_all();
        }
        if was_ahead {
            self.keep(Rival { given: lost, course: old.course });
        }
        self.fit();
        self.seek(step);
    }

    /// Begins anew with other settings, from the same start. What was made becomes a rival.
    fn begin(&mut self, settings: Scenario) {
        let old = self.scenario.clone();
        let was_made = self.run.made().len() > 1;
        self.scenario.given = settings.given;
        self.scenario.course.cut(0);
        self.at(0);
        if was_made {
            let given = differing(&old, &self.scenario);
            self.scenario.rivals.push(Rival { given, course: old.course });
        }
        self.run_all();
        self.fit();
    }
}

/// What settings have otherwise than others. Where the rule is another, that is all that was set for it: the
/// same number may be what the other rule has of itself.
fn differing(settings: &Scenario, others: &Scenario) -> Vec<(Key, Value)> {
    let other_rule = settings.get(Key::Optimizer) != others.get(Key::Optimizer);
    let differ = |key: &Key| {
        let of_rule = other_rule && key.is_of_optimizer() && settings.given[*key as usize].is_some();
        key.may_branch() && (of_rule || settings.get(*key) != others.get(*key))
    };
    Key::ALL.into_iter().filter(differ).filter_map(|key| Some((key, settings.get(key)?))).collect()
}
