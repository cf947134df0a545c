//! A run: an experiment carried out step by step, with every step kept.

use super::experiment::{Experiment, Step};
use super::verdict::{self, Ending, Next, Verdict};

/// The most steps that one run keeps.
pub const LONGEST: usize = 10_000;

/// An experiment carried out step by step.
///
/// A step is: the gradient here, the optimizer's move, both positions clamped to [1, 10]. The history
/// is kept whole, also ahead of where the run stands, so going back and forward again gives the same
/// numbers, bit for bit. At any step something may be changed, and the run branches.
///
/// ```
/// use backflow::descent::Run;
/// use backflow::scenario::Scenario;
///
/// let (scenario, complaints) = Scenario::parse("preset=product&rate=0.1");
/// assert!(complaints.is_empty());
/// let mut run = Run::new(scenario.experiment());
/// run.seek(56);
/// assert!(run.now().error < 0.1); // 56 steps of gradient descent bring the shower this close
/// run.seek(20);
/// let mut branch = run.branch(backflow::descent::Experiment { rate: 0.2, ..*run.experiment() });
/// branch.finish(1000);
/// assert!(branch.steps() < 56); // twice as fast from step 20
/// assert_eq!(branch.made()[..20], run.made()[..20]);
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    /// What is carried out from which step on; the first holds from 0 on.
    stages: Vec<Stage>,
    history: Vec<Step>,
    at: usize,
    /// Whether a hand makes the steps.
    by_hand: bool,
}

/// The move that led to a step.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Under which it was made; from the step on there may be another.
    pub experiment: &'a Experiment,
    /// Where it began.
    pub from: &'a Step,
    /// Where it led, before anything was changed there.
    pub to: &'a Step,
}

/// A part of a run under one experiment.
#[derive(Clone, Copy, Debug)]
struct Stage {
    /// The step at which it begins.
    from: usize,
    experiment: Experiment,
    /// That step as the stage before left it.
    left: Step,
}

impl Run {
    /// A run that has not made a step yet.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let first = experiment.first();
        let stage = Stage { from: 0, experiment, left: first };
        Self { stages: vec![stage], history: vec![first], at: 0, by_hand: false }
    }

    /// What is carried out where the run stands; before or after a branch it may be something else.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.stage().experiment
    }

    /// The stage in which the run stands.
    fn stage(&self) -> &Stage {
        let begun = self.stages.partition_point(|stage| stage.from <= self.at);
        &self.stages[begun.max(1) - 1]
    }

    /// The step that the run stands at.
    #[must_use]
    pub fn now(&self) -> &Step {
        &self.history[self.at]
    }

    /// The move that led to where the run stands; `None` at the start.
    #[must_use]
    pub fn arrival(&self) -> Option<Arrival<'_>> {
        let from = self.history.get(self.at.checked_sub(1)?)?;
        let begun = self.stages.partition_point(|stage| stage.from < self.at);
        let changed = self.stages.get(begun).filter(|stage| stage.from == self.at);
        let to = changed.map_or(self.now(), |stage| &stage.left);
        Some(Arrival { experiment: &self.stages[begun.max(1) - 1].experiment, from, to })
    }

    /// The step since which something holds of all that is carried out up to here; where it does not hold
    /// here, where the run stands.
    pub fn since(&self, holds: impl Fn(&Experiment) -> bool) -> &Step {
        let begun = self.stages.partition_point(|stage| stage.from <= self.at).max(1);
        let before = self.stages[..begun].iter().rposition(|stage| !holds(&stage.experiment));
        let first = before.map_or(0, |index| index + 1);
        &self.history[self.stages[..begun].get(first).map_or(self.at, |stage| stage.from)]
    }

    /// How many steps lie behind.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.at
    }

    /// The start and every step up to where the run stands: one more than `steps()`.
    #[must_use]
    pub fn path(&self) -> &[Step] {
        &self.history[..=self.at]
    }

    /// The start and every step made so far, also those ahead of where the run stands.
    #[must_use]
    pub fn made(&self) -> &[Step] {
        &self.history
    }

    /// The next step. It is computed, not made. `None` where a number would become infinite or
    /// undefined: the run ends at its last finite step.
    #[must_use]
    pub fn ahead(&self) -> Option<Step> {
        match self.history.get(self.at + 1) {
            Some(step) => Some(*step),
            None => self.experiment().next(self.now()),
        }
    }

    /// Where the next step will lead; where there is none, where the run stands.
    #[must_use]
    pub fn next_position(&self) -> [f64; 2] {
        self.ahead().map_or(self.now().position, |step| step.position)
    }

    /// Makes one step; false where the run already has [`LONGEST`] of them, or has no finite next one.
    pub fn step(&mut self) -> bool {
        if self.at == LONGEST {
            return false;
        }
        if self.at + 1 == self.history.len() {
            let Some(next) = self.experiment().next(self.now()) else { return false };
            self.history.push(next);
        }
        self.at += 1;
        true
    }

    /// Goes to a step, back or forward, making those that are missing; at most to [`LONGEST`], or to
    /// the last finite one.
    pub fn seek(&mut self, step: usize) {
        let step = step.min(LONGEST);
        self.at = step.min(self.history.len() - 1);
        while self.at < step && self.step() {}
    }

    /// Goes to a step as [`Self::seek`] does, but after its last branch not beyond where the run ends.
    pub fn follow(&mut self, step: usize) {
        let branched = self.stages.last().map_or(0, |stage| stage.from);
        self.seek(step.min(self.at.max(branched)));
        while self.at < step && self.ending(LONGEST).is_none() && self.step() {}
    }

    /// Whether [`Self::follow`] leads on from where the run stands.
    #[must_use]
    pub fn may_follow(&self) -> bool {
        let branched = self.stages.last().map_or(0, |stage| stage.from);
        self.at < branched || self.ending(LONGEST).is_none()
    }

    /// Makes steps until the run ends, at most up to the step numbered `limit`.
    pub fn finish(&mut self, limit: usize) -> Ending {
        loop {
            if let Some(ending) = self.ending(limit) {
                return ending;
            }
            if !self.step() {
                return Ending::Limit;
            }
        }
    }

    /// Another run, which shares this one's steps up to where it stands and goes on differently. Where this
    /// one has branched at that very step, the new branch takes its place.
    ///
    /// With the very same experiment it goes on just as this one, bit for bit.
    #[must_use]
    pub fn branch(&self, experiment: Experiment) -> Self {
        let mut run = self.back_to(self.at);
        let mut left = *run.now();
        if run.at > 0
            && let Some(stage) = run.stages.pop_if(|stage| stage.from == run.at)
        {
            left = stage.left;
        }
        let before = run.experiment();
        run.history[self.at] = experiment.take_over(before, &left);
        if run.at == 0 {
            run.stages.clear();
        }
        run.stages.push(Stage { from: self.at, experiment, left });
        run
    }

    /// This run, standing at an earlier step, with nothing ahead.
    #[must_use]
    pub fn back_to(&self, step: usize) -> Self {
        let at = step.min(self.at);
        let mut stages = self.stages.clone();
        stages.retain(|stage| stage.from <= at);
        Self { stages, history: self.history[..=at].to_vec(), at, by_hand: self.by_hand }
    }

    /// Makes a step by hand: turns both valves to positions, clamped to [1, 10], and forgets what lay
    /// ahead. False where the run already has [`LONGEST`] steps.
    pub fn turn_to(&mut self, position: [f64; 2]) -> bool {
        if self.at == LONGEST {
            return false;
        }
        self.history.truncate(self.at + 1);
        self.stages.retain(|stage| stage.from <= self.at);
        self.by_hand = true;
        let turned = self.experiment().turned(self.now(), position);
        self.history.push(turned);
        self.at += 1;
        true
    }

    /// What is happening where the run stands, with the numbers that prove it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let ahead = self.ahead();
        Verdict::judge(self.experiment(), self.recent(), self.next(ahead.as_ref()))
    }

    /// Why the run ends where it stands, if it does; `limit` is the most steps it may have.
    #[must_use]
    pub fn ending(&self, limit: usize) -> Option<Ending> {
        let ahead = self.ahead();
        Ending::of(self.experiment(), self.recent(), self.next(ahead.as_ref()), limit.min(LONGEST))
    }

    /// What comes next, for whoever judges.
    fn next<'a>(&self, ahead: Option<&'a Step>) -> Next<'a> {
        match ahead {
            // Before the first turn by hand there is nothing to judge but the rule.
            _ if self.by_hand && self.at > 0 => Next::Hand,
            Some(step) => Next::Step(step),
            None => Next::NotFinite,
        }
    }

    /// The last steps of this stage: as many as a verdict looks back.
    fn recent(&self) -> &[Step] {
        let from = self.at.saturating_sub(verdict::WINDOW).max(self.stage().from);
        &self.history[from..=self.at]
    }
}
