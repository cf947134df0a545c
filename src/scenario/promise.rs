//! What the sensitivities promise of a turn by hand, beside what comes of it.

use super::session::Session;
use crate::descent::Experiment;
use crate::plumbing::{OPEN, SHUT, TRAVEL};

/// A turn of the valves, what the exact sensitivities at its beginning promised, and what came.
///
/// ```
/// use backflow::scenario::{Key, Session};
///
/// let (mut session, _) = Session::open("preset=product&m=3&h=5");
/// session.turn_to([5.0, 7.0]);
/// let promise = session.promise().unwrap();
/// assert_eq!(promise.from, [3.0, 5.0]);
/// // ∂y/∂m = ½ and ∂y/∂h = ¼ promise 2 · ½ + 2 · ¼ more than 1; the product gives more.
/// assert_eq!((promise.promised, promise.came), (2.5, 3.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    /// m and h where the turn began.
    pub from: [f64; 2],
    /// m and h where it has led.
    pub to: [f64; 2],
    /// x where it began and where it has led, in flow.
    pub house: [f64; 2],
    /// y where it began, in flow.
    pub before: f64,
    /// ∂y/∂m and ∂y/∂h there, in flow per turn.
    pub slopes: [f64; 2],
    /// y as those slopes promise it where the turn has led; below 0 where they promise what no flow is.
    pub promised: f64,
    /// y as it is there.
    pub came: f64,
}

impl Promise {
    /// The promise of a turn in an experiment.
    fn of(experiment: &Experiment, from: [f64; 2], to: [f64; 2]) -> Self {
        let (_, chain) = experiment.evaluate(from);
        let (_, after) = experiment.evaluate(to);
        let (before, slopes) = (chain.flows.y, [chain.dy_dm, chain.dy_dh]);
        let promised = before + slopes[0] * (to[0] - from[0]) + slopes[1] * (to[1] - from[1]);
        let house = [chain.flows.x, after.flows.x];
        Self { from, to, house, before, slopes, promised, came: after.flows.y }
    }

    /// y as promised where both valves stand at `position`, in flow; below 0 where the slopes say so.
    #[must_use]
    pub fn at(&self, [m, h]: [f64; 2]) -> f64 {
        self.before + self.slopes[0] * (m - self.from[0]) + self.slopes[1] * (h - self.from[1])
    }

    /// Two places of the straight line on which a flow is promised: where the valve that counts less is shut
    /// and where it is open. `None` where the line does not come near the plane of m and h.
    #[must_use]
    pub fn line(&self, flow: f64) -> Option<[[f64; 2]; 2]> {
        let [m, h] = self.slopes.map(f64::abs);
        let (steep, other) = if m >= h { (0, 1) } else { (1, 0) };
        let needed = flow - self.before;
        let ends = [SHUT, OPEN].map(|position| {
            let rest = needed - self.slopes[other] * (position - self.from[other]);
            let mut end = [position; 2];
            end[steep] = self.from[steep] + rest / self.slopes[steep];
            end
        });
        // From one end to the other the steeper valve turns no further than the other one.
        let near = SHUT - TRAVEL..=OPEN + TRAVEL;
        ends.as_flattened().iter().all(|position| near.contains(position)).then_some(ends)
    }
}

impl Session {
    /// The promise of the last turn by hand, while it is the last thing that happened: the valves were
    /// turned where no step was made, or the last step of a run by hand.
    #[must_use]
    pub fn promise(&self) -> Option<Promise> {
        let run = self.run();
        let from = match run.arrival() {
            // In another house the promise would be another.
            Some(arrival) if arrival.experiment.shower != run.experiment().shower => return None,
            Some(arrival) if self.is_by_hand() => arrival.from.position,
            Some(_) => return None,
            None => self.grabbed?,
        };
        let to = run.now().position;
        (from != to).then(|| Promise::of(run.experiment(), from, to))
    }
}
