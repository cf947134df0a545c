//! What a session holds beyond its scenario, so that another one can show the same: the steps that lie ahead,
//! and where a hand took hold of the valves.

use super::session::{Session, go};
use crate::plumbing::clamp_position;

impl Session {
    /// How many steps each run has made, the main one first.
    ///
    /// ```
    /// use backflow::scenario::Session;
    ///
    /// let (mut session, _) = Session::open("preset=product&rate=0.02&steps=30");
    /// session.seek(10);
    /// let (mut other, _) = Session::open(&session.scenario().to_string());
    /// other.lengthen(&session.lengths());
    /// assert_eq!((other.clock(), other.made()), (10, 30));
    /// ```
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        std::iter::once(self.run()).chain(self.rivals()).map(|run| run.made().len() - 1).collect()
    }

    /// Makes the steps ahead that runs of these lengths have. A run by hand has no more than its turns.
    pub fn lengthen(&mut self, lengths: &[usize]) {
        let courses = self.scenario.rivals.iter().map(|rival| &rival.course);
        let by_hand: Vec<_> = std::iter::once(&self.scenario.course)
            .chain(courses)
            .map(|course| course.turns.is_some())
            .collect();
        let runs = std::iter::once(&mut self.run).chain(&mut self.rivals);
        for ((run, by_hand), &made) in runs.zip(by_hand).zip(lengths) {
            let at = run.steps();
            go(run, made, by_hand, false);
            run.seek(at);
        }
    }

    /// Where the valves stood when a hand last took hold of one, while that is what happened last.
    #[must_use]
    pub fn grabbed(&self) -> Option<[f64; 2]> {
        self.grabbed
    }

    /// Takes the valves to have been turned from a position to where they stand.
    ///
    /// ```
    /// use backflow::scenario::Session;
    ///
    /// let (mut session, _) = Session::open("preset=product");
    /// session.turn_to([5.0, 7.0]);
    /// let (mut other, _) = Session::open(&session.scenario().to_string());
    /// other.grab(session.grabbed().unwrap());
    /// assert_eq!(other.promise(), session.promise());
    /// ```
    pub fn grab(&mut self, from: [f64; 2]) {
        if from.iter().all(|position| position.is_finite()) {
            self.grabbed = Some(from.map(clamp_position));
        }
    }
}
