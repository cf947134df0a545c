//! The runs of a session side by side, on one clock.

use super::key::Key;
use super::session::Session;
use super::{Course, Scenario};
use crate::backprop::Sensitivities;
use crate::descent::{Ending, LONGEST, Run, Verdict};
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

/// The lanes of a session: the main run first, then its rivals.
pub(super) fn lanes(session: &Session) -> Vec<Lane> {
    let main = session.settings();
    let scenario = session.scenario();
    let rivals = session.rivals().iter().enumerate().map(|(index, run)| {
        let rival = scenario.rival(index);
        lane(&rival.settings_at(session.clock()), rival.course(), run)
    });
    std::iter::once(lane(&main, scenario.course(), session.run())).chain(rivals).collect()
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
