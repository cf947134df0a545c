//! An experiment under way: what a person turns, sets, steps and branches.

use super::complaint::Complaint;
use super::course::Course;
use super::key::Key;
use super::race;
use super::rates::RatesPlane;
use super::rival::Rival;
use super::{Scenario, reading};
use crate::backprop::Sensitivities;
use crate::descent::{Ending, LONGEST, Run, Step, Verdict};
use crate::plumbing::clamp_position;

/// A scenario with its runs, which step on one clock.
///
/// Turning a valve starts the runs anew from there, or is a step of its own where a run is made by
/// hand. Changing a setting after some steps branches the run; what lay ahead of it stays as a rival.
/// Where it stands follows from the scenario, so its string opens the same session again; only the steps
/// that lie ahead already are made anew.
///
/// ```
/// use backflow::scenario::{Key, Session};
///
/// let (mut session, _) = Session::open("preset=product&steps=12");
/// assert!(session.set(Key::Rate, "0.2").is_ok());
/// session.step(8);
/// assert_eq!(session.scenario().to_string(), "rate=0.2&steps=20&until=12,rate,0.1");
/// session.nudge(Key::M, 0.05); // a twentieth of the range: the run begins anew from there
/// assert_eq!(session.run().steps(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) scenario: Scenario,
    pub(super) run: Run,
    pub(super) rivals: Vec<Run>,
    /// Whether a hand is turning a valve: until it lets go, its turn is one step.
    turning: bool,
    /// Where the valves stood when a hand last took hold of one, while that is what happened last.
    pub(super) grabbed: Option<[f64; 2]>,
}

impl Session {
    /// Opens what a scenario string describes, with its steps made, and lists what is wrong with it.
    #[must_use]
    pub fn open(string: &str) -> (Self, Vec<Complaint>) {
        let (scenario, complaints) = Scenario::parse(string);
        (Self::of(scenario), complaints)
    }

    /// Opens a scenario, with its steps made.
    #[must_use]
    pub fn of(scenario: Scenario) -> Self {
        let run = Run::new(scenario.experiment());
        let mut session = Self { scenario, run, rivals: Vec::new(), turning: false, grabbed: None };
        session.run_all();
        session
    }

    /// What would open this very session again.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The settings as they are where the session stands: before or after a branch they may be others.
    #[must_use]
    pub fn settings(&self) -> Scenario {
        self.scenario.settings_at(self.run.steps())
    }

    /// What would open the main run by itself, where it stands: in a race it may have ended before the clock.
    #[must_use]
    pub fn alone(&self) -> Scenario {
        let mut scenario = self.scenario.alone();
        // A run makes no more steps than a scenario may have.
        let _ = scenario.set_number(Key::Steps, self.run.steps() as f64);
        scenario
    }

    /// The main run, where it stands.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The other runs, where they stand: where the clock is, or where they ended before.
    #[must_use]
    pub fn rivals(&self) -> &[Run] {
        &self.rivals
    }

    /// The step at which all runs stand that have not ended before.
    #[must_use]
    pub fn clock(&self) -> usize {
        self.scenario.steps()
    }

    /// The most steps that any of the runs has made so far: how far one can seek without making new ones.
    #[must_use]
    pub fn made(&self) -> usize {
        let runs = self.rivals.iter().chain([&self.run]);
        runs.map(|run| run.made().len() - 1).max().unwrap_or(0).max(self.clock())
    }

    /// Every number of this moment, with its name.
    #[must_use]
    pub fn reading(&self) -> Vec<(&'static str, f64)> {
        reading::of(self)
    }

    /// Whether the main run is one that a hand makes.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.scenario.course.turns.is_some()
    }

    /// Sets a key from text, as in a scenario string.
    ///
    /// After some steps the run branches: it keeps them, and goes on otherwise. Where there were steps
    /// ahead already, the run as it was becomes a rival. Another house starts anew.
    ///
    /// # Errors
    /// A complaint that says what was given, what is allowed and what is used instead. Where nothing
    /// is, the run goes on as it was.
    pub fn set(&mut self, key: Key, given: &str) -> Result<(), Complaint> {
        self.change(key, |settings| settings.set(key, given))
    }

    /// Sets a key from text, and lets the main run begin anew with it from its start; nothing of the run as it
    /// was is kept, and its rivals stay.
    ///
    /// # Errors
    /// As for [`Self::set`].
    pub fn restart_with(&mut self, key: Key, given: &str) -> Result<(), Complaint> {
        let mut settings = self.settings();
        let outcome = settings.set(key, given);
        self.scenario.given = settings.given;
        self.scenario.course = Course::default();
        self.at(0);
        self.run_all();
        outcome
    }

    /// Sets a number by its place on the dial, from 0 to 1; false where the key is not a number.
    pub fn set_fraction(&mut self, key: Key, fraction: f64) -> bool {
        let Some(dial) = self.settings().dial(key) else { return false };
        self.put(key, dial.value(fraction));
        true
    }

    /// Moves a number by a part of its dial; false where the key is not a number.
    ///
    /// A number beyond an end of the dial, which someone typed, does not move further that way.
    pub fn nudge(&mut self, key: Key, part: f64) -> bool {
        let settings = self.settings();
        let Some(dial) = settings.dial(key) else { return false };
        let [m, h] = self.run.now().position;
        let number = match key {
            Key::M => m,
            Key::H => h,
            other => settings.number(other),
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
        let position = [sound(0), sound(1)];
        if self.is_by_hand() {
            self.turn_by_hand(position);
        } else {
            let grabbed = if self.turning { self.grabbed } else { Some(now) };
            self.start_from(position);
            self.grabbed = grabbed;
            self.turning = true;
        }
    }

    /// The hand lets go: the next turn is another step.
    pub fn settle(&mut self) {
        self.turning = false;
    }

    /// Begins a run by hand from the start of the main run, which becomes a rival where it has made steps; or
    /// ends it, and the run by hand becomes a rival of the one that the optimizer makes from that start.
    pub fn set_by_hand(&mut self, by_hand: bool) {
        if by_hand == self.is_by_hand() {
            return;
        }
        self.turning = false;
        let was_made = self.run.made().len() > 1;
        let course = std::mem::take(&mut self.scenario.course);
        self.at(0);
        if by_hand {
            if was_made {
                self.scenario.rivals.push(Rival { given: Vec::new(), course });
            }
            self.scenario.course.turns = Some(Vec::new());
        } else {
            // The optimizer's own run comes back to its place.
            self.scenario.rivals.retain(|rival| !rival.is_the_main_run());
            if course.turns.as_ref().is_some_and(|turns| !turns.is_empty()) {
                self.scenario.rivals.push(Rival { given: Vec::new(), course });
            }
        }
        self.run_all();
        self.fit();
    }

    /// Makes up to `count` steps; false where the runs can go no further.
    pub fn step(&mut self, count: usize) -> bool {
        let goal = self.clock().saturating_add(count);
        self.seek(goal);
        self.clock() == goal
    }

    /// Goes to a step, back or forward, making those that are missing. A run by hand goes no further than
    /// its turns, and in a race every run stops where it ends.
    pub fn seek(&mut self, step: usize) {
        self.turning = false;
        self.grabbed = None;
        let racing = !self.rivals.is_empty();
        go(&mut self.run, step, self.scenario.course.turns.is_some(), racing);
        for (run, rival) in self.rivals.iter_mut().zip(&self.scenario.rivals) {
            go(run, step, rival.course.turns.is_some(), racing);
        }
        self.keep_time();
    }

    /// Whether the main run makes a step where all go one on.
    #[must_use]
    pub fn can_step(&self) -> bool {
        let run = &self.run;
        if self.is_by_hand() {
            run.steps() < run.made().len() - 1
        } else if self.rivals.is_empty() {
            run.steps() < LONGEST && run.ahead().is_some()
        } else {
            run.may_follow()
        }
    }

    /// Whether every run has ended where it stands.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let courses = self.scenario.rivals.iter().map(|rival| &rival.course);
        let runs = self.rivals.iter().zip(courses).chain([(&self.run, &self.scenario.course)]);
        runs.into_iter().all(|(run, course)| match &course.turns {
            Some(turns) => run.steps() >= turns.len(),
            None => run.ending(LONGEST).is_some(),
        })
    }

    /// What is happening in the main run, with a pressure as the scenario writes it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        race::verdict(&self.settings(), &self.run)
    }

    /// Why the main run ends where it stands, if it does; a hand ends when it likes.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        if self.is_by_hand() { None } else { self.run.ending(LONGEST) }
    }

    /// Where the plumber's estimates stood at the last steps, up to `count` of them: the step, and for m and
    /// for h the estimate, the truth and the relative difference; then the ratio of the two estimates and
    /// of the two truths. A difference from 0, or a ratio to 0, is 0.
    #[must_use]
    pub fn measurements(&self, count: usize) -> Vec<[f64; 9]> {
        let path = self.run.path();
        let exact = self.run.experiment().sensitivities == Sensitivities::Exact;
        let row = |step: &Step| {
            let truth = [step.chain.dy_dm, step.chain.dy_dh];
            let [m, h] = if exact { truth } else { step.meters.estimate };
            let [true_m, true_h] = truth;
            let off = |estimate: f64, truth: f64| reading::part(estimate - truth, truth);
            let ratios = [reading::part(m, h), reading::part(true_m, true_h)];
            let [ratio, true_ratio] = ratios;
            [step.number as f64, m, true_m, off(m, true_m), h, true_h, off(h, true_h), ratio, true_ratio]
        };
        path[path.len().saturating_sub(count)..].iter().map(row).collect()
    }

    /// Goes one step back, if there is one.
    pub fn back(&mut self) {
        self.seek(self.clock().saturating_sub(1));
    }

    /// Back to where the run began; its steps stay to be gone through again.
    pub fn reset(&mut self) {
        self.seek(0);
    }

    /// Makes steps until every run has ended.
    pub fn finish(&mut self) {
        self.turning = false;
        self.grabbed = None;
        go(&mut self.run, LONGEST, self.scenario.course.turns.is_some(), true);
        for (run, rival) in self.rivals.iter_mut().zip(&self.scenario.rivals) {
            go(run, LONGEST, rival.course.turns.is_some(), true);
        }
        self.keep_time();
    }

    /// Goes to a place of a rates map: runs anew from the start with its settings, until the end.
    pub fn go_to(&mut self, plane: &RatesPlane, at: [f64; 2]) {
        self.set_by_hand(false);
        let settings = plane.settings(at);
        self.scenario.given = settings.given;
        self.scenario.course = Course::default();
        self.at(0);
        self.run_all();
        self.finish();
    }

    /// The settings as they are where the session stands, with the start and without the clock: what the
    /// runs of a rates map depend on.
    #[must_use]
    pub fn bare_settings(&self) -> Scenario {
        self.settings().without(|key| key == Key::Steps || key.is_of_figure())
    }

    /// Those of them on which runs from everywhere depend: all but the start, and with exact sensitivities.
    #[must_use]
    pub fn crowd_settings(&self) -> Scenario {
        self.bare_settings().without(|key| matches!(key, Key::M | Key::H | Key::Sensitivities))
    }

    /// Those of them that make the house.
    #[must_use]
    pub fn house_settings(&self) -> Scenario {
        self.settings().without(|key| !key.is_of_house())
    }

    /// Sets a number; what is beyond its limits becomes the nearest limit, and what is not a number changes
    /// nothing.
    pub fn put(&mut self, key: Key, number: f64) {
        // Whoever turns a dial sees where it ends.
        let _ = self.change(key, |settings| settings.set_number(key, number));
    }

    /// Lets something change one key of the settings, and does what follows from it.
    fn change(
        &mut self,
        key: Key,
        act: impl FnOnce(&mut Scenario) -> Result<(), Complaint>,
    ) -> Result<(), Complaint> {
        let mut after = self.settings();
        if key == Key::M || key == Key::H {
            place(&mut after, self.run.now().position);
        }
        let present = after.get(key);
        let outcome = act(&mut after);
        if outcome.is_err() && after.get(key) == present {
            return outcome;
        }
        match key {
            Key::Steps => self.seek(after.steps()),
            Key::M | Key::H => self.turn_to([after.number(Key::M), after.number(Key::H)]),
            Key::Preset | Key::Units => {
                // The whole scenario changes, its branches and its rivals too.
                if let Some(value) = after.get(key) {
                    self.scenario.put(key, value);
                }
                if key == Key::Preset {
                    self.at(0);
                }
                self.run_all();
            }
            key if key.is_of_figure() => {
                if let Some(value) = after.get(key) {
                    self.scenario.put(key, value);
                }
            }
            _ => self.branch(after),
        }
        outcome
    }

    /// Starts all runs anew from a position.
    pub(super) fn start_from(&mut self, position: [f64; 2]) {
        self.scenario = self.started(position);
        self.run_all();
    }

    /// The scenario that starts anew from a position, with the settings of now.
    fn started(&self, position: [f64; 2]) -> Scenario {
        let mut scenario = self.settings();
        let old = [Key::M, Key::H].map(|key| self.scenario.get(key).map(|value| (key, value)));
        scenario.rivals.clone_from(&self.scenario.rivals);
        for rival in scenario.rivals.iter_mut().filter(|rival| rival.course.turns.is_some()) {
            // What a hand turned began where it began.
            for (key, value) in old.into_iter().flatten() {
                if rival.get(key).is_none() {
                    rival.put(key, value);
                }
            }
        }
        place(&mut scenario, position);
        let _ = scenario.set_number(Key::Steps, 0.0);
        scenario
    }

    /// A turn of a run by hand, to a thousandth. While the hand holds on, the last turn goes on.
    fn turn_by_hand(&mut self, position: [f64; 2]) {
        let position = position.map(|position| (position * 1000.0).round() / 1000.0);
        let step = self.run.steps();
        if position == self.run.now().position {
            return;
        }
        let was_ahead = self.run.made().len() - 1 > step;
        let old = self.scenario.course.clone();
        self.scenario.course.cut(step);
        let turns = self.scenario.course.turns.get_or_insert_default();
        if (self.turning || turns.len() == Course::MOST_TURNS) && step > 0 {
            turns.pop();
        }
        turns.push(position);
        let steps = turns.len();
        self.at(steps);
        if was_ahead {
            self.scenario.rivals.push(Rival { given: Vec::new(), course: old });
        }
        self.run_all();
        self.fit();
        self.turning = true;
    }

    /// Makes all runs anew, up to the clock.
    pub(super) fn run_all(&mut self) {
        self.run = self.scenario.run_all_turns();
        let rivals = 0..self.scenario.rivals.len();
        self.rivals = rivals.map(|index| self.scenario.rival(index).run_all_turns()).collect();
        self.seek(self.clock());
    }

    /// Sets the clock to the run that went furthest.
    fn keep_time(&mut self) {
        let furthest = self.rivals.iter().map(Run::steps).fold(self.run.steps(), usize::max);
        self.at(furthest);
    }

    /// Writes the number of steps into the scenario.
    pub(super) fn at(&mut self, step: usize) {
        // A run makes no more steps than a scenario may have.
        let _ = self.scenario.set_number(Key::Steps, step as f64);
    }
}

impl Default for Session {
    /// The default scenario, no step made.
    fn default() -> Self {
        Self::open("").0
    }
}

/// Takes a run to a step.
pub(super) fn go(run: &mut Run, step: usize, by_hand: bool, racing: bool) {
    if by_hand {
        run.seek(step.min(run.made().len() - 1));
    } else if racing {
        run.follow(step);
    } else {
        run.seek(step);
    }
}

/// Writes positions, which are never beyond their limits, into a scenario.
fn place(scenario: &mut Scenario, [m, h]: [f64; 2]) {
    let _ = scenario.set_number(Key::M, m);
    let _ = scenario.set_number(Key::H, h);
}
