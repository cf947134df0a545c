//! What comes of an experiment, without its history: for thousands of them at once.

use super::experiment::{Experiment, Step};
use super::run::LONGEST;
use super::verdict::{Ending, Next, Verdict, WINDOW};

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The step at which it ends.
    pub steps: usize,
    /// Why it ends there.
    pub ending: Ending,
    /// What is happening then.
    pub verdict: Verdict,
}

impl Experiment {
    /// Carries the experiment out until it ends, at most up to the step numbered `limit` or [`LONGEST`]: the
    /// same as [`super::Run::finish`], with no more memory than a verdict needs.
    ///
    /// ```
    /// use backflow::scenario::Scenario;
    ///
    /// let outcome = Scenario::parse("rate=0.1").0.experiment().outcome(500);
    /// assert_eq!((outcome.verdict.name(), outcome.steps), ("arrived", 56));
    /// ```
    #[must_use]
    pub fn outcome(&self, limit: usize) -> Outcome {
        let limit = limit.min(LONGEST);
        let mut recent: Vec<Step> = Vec::with_capacity(2 * (WINDOW + 1));
        let mut now = self.first();
        loop {
            if recent.len() == recent.capacity() {
                recent.drain(..=WINDOW);
            }
            recent.push(now);
            let window = &recent[recent.len().saturating_sub(WINDOW + 1)..];
            let ahead = self.next(&now);
            let next = ahead.as_ref().map_or(Next::NotFinite, Next::Step);
            match (Ending::of(self, window, next, limit), ahead) {
                (None, Some(step)) => now = step,
                (ending, _) => {
                    let verdict = Verdict::judge(self, window, next);
                    let ending = ending.unwrap_or(Ending::NotFinite);
                    return Outcome { steps: now.number, ending, verdict };
                }
            }
        }
    }
}
