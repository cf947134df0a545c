//! How large a step should be: three learning rates, and what becomes of the run with each.

use super::challenge::Challenge;
use crate::descent::{Ending, Experiment, LONGEST, Run, Step};
use crate::scenario::Session;

/// Where one thinks about it: a rate that is not on offer, and nothing done yet.
const STAGE: &str = "rate=0.02";
/// What is on offer.
const RATES: [(&str, f64); 3] = [("small", 0.001), ("middle", 0.1), ("large", 2.0)];
/// A run that has arrived stays where it is for so many steps: a bounce that lands there by luck is gone with the
/// next one.
const STAYS: usize = 100;
/// No step of a run that stays is further off than so many times what is good enough.
const STRAYS: f64 = 3.0;
/// So many steps are shown of a run that does not stay; the last one is no lucky bounce.
const SHOWN: usize = 199;

/// A run with a learning rate.
struct Walk {
    rate: f64,
    experiment: Experiment,
    /// The step at which it arrives first, if it ever does.
    arrives: Option<usize>,
    /// Whether it stays there.
    stays: bool,
}

impl Walk {
    fn of(rate: f64) -> Self {
        let experiment = *Session::open(&format!("rate={rate}")).0.run().experiment();
        let outcome = experiment.outcome(LONGEST);
        let arrives = (outcome.ending == Ending::Arrived).then_some(outcome.steps);
        Self { rate, experiment, arrives, stays: arrives.is_some_and(|step| stays(experiment, step)) }
    }

    /// How many steps it takes to arrive for good, if it ever does.
    fn settles(&self) -> Option<usize> {
        self.arrives.filter(|_| self.stays)
    }

    /// The scenario string that shows how it goes.
    fn shown(&self) -> String {
        let steps = self.settles().unwrap_or(SHOWN);
        Session::open(&format!("rate={}&steps={steps}", self.rate)).0.scenario().to_string()
    }
}

/// Whether a run stays near the ideal after a step.
fn stays(experiment: Experiment, step: usize) -> bool {
    let mut run = Run::new(experiment);
    run.seek(step + STAYS);
    let far = |step: &Step| experiment.miss(step).abs() > STRAYS * experiment.tolerance;
    !run.path().iter().skip(step).any(far)
}

/// Which rate brings the shower to the ideal in the fewest steps, and keeps it there? Each answer shows what
/// comes of the rate that was chosen.
pub(super) fn rate() -> Challenge {
    let walks = RATES.map(|(_, rate)| Walk::of(rate));
    let needs = |walk: &Walk| walk.settles().unwrap_or(usize::MAX);
    let best = RATES.iter().zip(&walks).min_by_key(|(_, walk)| needs(walk));
    let right = best.map_or("", |((name, _), _)| *name);
    let [small, middle, large] = &walks;
    let first = |walk: &Walk| walk.arrives.unwrap_or(LONGEST);
    // Where the step after the lucky bounce leads, and how it is much later.
    let mut bounces = Run::new(large.experiment);
    bounces.seek(first(large) + 1);
    let after = bounces.now().error;
    bounces.seek(SHOWN);
    let told = vec![
        ("tolerance", small.experiment.tolerance),
        ("rate_small", small.rate),
        ("rate_middle", middle.rate),
        ("rate_large", large.rate),
        ("steps_small", first(small) as f64),
        ("steps_middle", first(middle) as f64),
        ("steps_lucky", first(large) as f64),
        ("E_lucky", after),
        ("steps_large", SHOWN as f64),
        ("crossings", bounces.now().tally.crossings as f64),
        ("E_large", bounces.now().error),
    ];
    let mut challenge = Challenge::new("rate", STAGE, &RATES.map(|(name, _)| name), right, told);
    for (guess, walk) in challenge.guesses.iter_mut().zip(&walks) {
        guess.shown = Some(walk.shown());
    }
    challenge
}

#[cfg(test)]
mod tests {
    use super::{RATES, SHOWN, Walk, rate};
    use crate::scenario::Session;

    #[test]
    fn the_middle_rate_settles_first_the_small_one_a_hundred_times_later_the_large_one_never() {
        let [small, middle, large] = RATES.map(|(_, rate)| Walk::of(rate).settles());
        assert_eq!((small, middle, large), (Some(5485), Some(56), None));
        let right: Vec<_> =
            rate().guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["middle"]);
    }

    #[test]
    fn each_answer_shows_what_became_of_the_rate_that_was_chosen() {
        let verdicts = rate().guesses.into_iter().map(|guess| {
            let (session, complaints) = Session::open(guess.shown.as_deref().unwrap_or_default());
            assert!(complaints.is_empty(), "{}", guess.name);
            session.verdict().name()
        });
        assert_eq!(verdicts.collect::<Vec<_>>(), ["arrived", "arrived", "bouncing"]);
    }

    #[test]
    fn a_lucky_bounce_is_gone_with_the_next() {
        let told = rate().numbers;
        let number = |name: &str| told.iter().find(|told| told.0 == name).map_or(0.0, |told| told.1);
        assert!(number("steps_lucky") < SHOWN as f64 && number("E_lucky") > 5.0 * number("tolerance"));
        assert!(number("crossings") > 100.0);
    }
}
