//! What is happening in a run, and the numbers that prove it.
//!
//! A verdict is data: a name and numbers. The page puts it into words.

use super::experiment::{Experiment, Step};
use crate::backprop::Sensitivities;
use crate::plumbing::{OPEN, SHUT, TRAVEL};

/// How many steps a verdict looks back.
pub(super) const WINDOW: usize = 48;
/// The pace is the mean over this many steps.
const PACED: usize = 12;
/// A run that would need more steps than this at its present pace is crawling.
pub const HOPE: f64 = 1000.0;
/// This many crossings of the ideal within the window are a pattern.
const PATTERN: usize = 3;
/// Where the later swings are this many times as wide as the earlier ones, the run is blowing up.
const GROWING: f64 = 1.25;
/// Where they are at least this many times as wide, they do not settle.
const LASTING: f64 = 0.8;
/// A distance that grows this many times within the window without a crossing is a run going wrong.
const WORSE: f64 = 1.05;
/// A valve that turns less than this in a step stands still, in turns.
const STILL: f64 = 1e-9;
/// A run that came no closer for this many steps makes no progress.
pub const PATIENCE: usize = 100;

/// What is happening where a run stands. Distances are |y − y'|, in flow.
///
/// ```
/// use backflow::descent::{Run, Verdict};
/// use backflow::scenario::Scenario;
///
/// let verdict = |string: &str| {
///     let (scenario, _) = Scenario::parse(string);
///     let mut run = Run::new(scenario.experiment());
///     run.seek(scenario.steps());
///     run.verdict()
/// };
/// assert_eq!(verdict("rate=0.1&steps=10").name(), "on-the-way");
/// assert_eq!(verdict("rate=0.001&steps=10").name(), "crawling");
/// assert_eq!(verdict("rate=2&steps=199").name(), "bouncing");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The flow is as good as ideal.
    Arrived {
        /// How far off it still is.
        distance: f64,
        /// Less than this is good enough.
        tolerance: f64,
    },
    /// At this pace the run arrives in a foreseeable number of steps.
    OnTheWay {
        /// How much closer a step comes.
        pace: f64,
        /// Steps still needed at this pace, at most [`HOPE`].
        needed: f64,
    },
    /// A step crossed the ideal, and the flow has not turned back since.
    Overshot {
        /// The number of that step.
        step: usize,
        /// The distance before it.
        wanted: f64,
        /// How far the slope promised to move the flow towards the ideal: for gradient descent on the
        /// absolute error, η·S with S = (∂y/∂m)² + (∂y/∂h)².
        promised: f64,
        /// How far the step did move the flow.
        came: f64,
    },
    /// The flow swings from one side of the ideal to the other, about as wide as before.
    Bouncing {
        /// How often it crossed the ideal lately.
        crossings: usize,
        /// Within how many steps.
        steps: usize,
        /// The widest swing in the first half of these steps.
        before: f64,
        /// The widest in the second half.
        after: f64,
    },
    /// The swings get wider, or the flow moves away from the ideal step by step.
    BlowingUp {
        /// How often it crossed the ideal lately.
        crossings: usize,
        /// The distance, or the widest swing, some steps ago.
        before: f64,
        /// The same now.
        after: f64,
    },
    /// The run comes closer, but so slowly that it would take more than [`HOPE`] steps; or not at all.
    Crawling {
        /// How much closer a step comes; 0 where it does not.
        pace: f64,
        /// Steps still needed at this pace; `None` where it comes no closer.
        needed: Option<f64>,
    },
    /// The sensitivities have almost vanished: they promise that no turn would be enough.
    OnPlateau {
        /// How far all turns of both valves would move the flow, at these sensitivities.
        reach: f64,
        /// How far it has to move.
        wanted: f64,
    },
    /// A valve stands at its end, the gradient pushes it further, and nothing else moves.
    AtStop {
        /// Where each valve stands that is pushed on: 1 or 10; `None` for one that is not.
        pushed: [Option<f64>; 2],
        /// How far off the flow is.
        distance: f64,
    },
    /// No position of the valves gives the ideal flow.
    OutOfReach {
        /// The flow nearest to the ideal that this house gives.
        nearest: f64,
        /// How far that is from the ideal.
        short: f64,
        /// The pressure at which the ideal comes within reach, if there is one.
        pressure: Option<f64>,
    },
}

/// What comes after the steps on which a verdict is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next<'a> {
    /// The rule's next step.
    Step(&'a Step),
    /// The rule's next step would have an infinite or undefined number.
    NotFinite,
    /// Whatever the hand does that turns the valves.
    Hand,
}

/// Why a run ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The flow is within the tolerance.
    Arrived,
    /// Nothing moves any more, or the run came no closer for [`PATIENCE`] steps.
    NoProgress,
    /// The next step would have an infinite or undefined number.
    NotFinite,
    /// It has as many steps as it may.
    Limit,
}

impl Ending {
    /// The name, for whoever puts it into words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::NoProgress => "no-progress",
            Self::NotFinite => "not-finite",
            Self::Limit => "limit",
        }
    }

    /// Why a run ends at the last of these steps, if it does.
    #[must_use]
    pub fn of(experiment: &Experiment, recent: &[Step], next: Next<'_>, limit: usize) -> Option<Self> {
        let now = recent.last()?;
        if experiment.miss(now).abs() < experiment.tolerance {
            return Some(Self::Arrived);
        }
        let rests = match next {
            Next::NotFinite => return Some(Self::NotFinite),
            Next::Step(next) => rests(experiment, recent, next),
            Next::Hand => false,
        };
        if rests || now.number - now.tally.least_at >= PATIENCE {
            return Some(Self::NoProgress);
        }
        (now.number >= limit).then_some(Self::Limit)
    }
}

impl Verdict {
    /// How many kinds of verdict there are.
    pub const KINDS: usize = 9;

    /// The names of all kinds; a verdict's own is the one at its [`Self::kind`].
    pub const NAMES: [&'static str; Self::KINDS] = [
        "arrived",
        "on-the-way",
        "overshot",
        "bouncing",
        "blowing-up",
        "crawling",
        "on-plateau",
        "at-stop",
        "out-of-reach",
    ];

    /// The place among [`Self::NAMES`].
    #[must_use]
    pub const fn kind(&self) -> usize {
        match self {
            Self::Arrived { .. } => 0,
            Self::OnTheWay { .. } => 1,
            Self::Overshot { .. } => 2,
            Self::Bouncing { .. } => 3,
            Self::BlowingUp { .. } => 4,
            Self::Crawling { .. } => 5,
            Self::OnPlateau { .. } => 6,
            Self::AtStop { .. } => 7,
            Self::OutOfReach { .. } => 8,
        }
    }

    /// The name, for whoever puts it into words.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        Self::NAMES[self.kind()]
    }

    /// The numbers that prove it, by name; all finite. What there is not is left out.
    #[must_use]
    pub fn numbers(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Self::Arrived { distance, tolerance } => vec![("distance", distance), ("tolerance", tolerance)],
            Self::OnTheWay { pace, needed } => vec![("pace", pace), ("needed", needed)],
            Self::Overshot { step, wanted, promised, came } => {
                vec![("step", step as f64), ("wanted", wanted), ("promised", promised), ("came", came)]
            }
            Self::Bouncing { crossings, steps, before, after } => vec![
                ("crossings", crossings as f64),
                ("steps", steps as f64),
                ("before", before),
                ("after", after),
            ],
            Self::BlowingUp { crossings, before, after } => {
                vec![("crossings", crossings as f64), ("before", before), ("after", after)]
            }
            Self::Crawling { pace, needed } => {
                let needed = needed.map(|needed| ("needed", needed));
                [("pace", pace)].into_iter().chain(needed).collect()
            }
            Self::OnPlateau { reach, wanted } => vec![("reach", reach), ("wanted", wanted)],
            Self::AtStop { pushed: [m, h], distance } => {
                let [m, h] = [m.map(|m| ("m", m)), h.map(|h| ("h", h))];
                m.into_iter().chain(h).chain([("distance", distance)]).collect()
            }
            Self::OutOfReach { nearest, short, pressure } => {
                let pressure = pressure.map(|pressure| ("pressure", pressure));
                [("nearest", nearest), ("short", short)].into_iter().chain(pressure).collect()
            }
        }
    }

    /// Judges the last of these steps, which led one to the next under one experiment.
    ///
    /// # Panics
    /// Where there is no step.
    #[must_use]
    pub fn judge(experiment: &Experiment, recent: &[Step], next: Next<'_>) -> Self {
        let now = &recent[recent.len() - 1];
        let misses = Misses { experiment, recent };
        let distance = misses.distance(recent.len() - 1);
        if distance < experiment.tolerance {
            return Self::Arrived { distance, tolerance: experiment.tolerance };
        }
        if let Some(verdict) = out_of_reach(experiment) {
            return verdict;
        }
        let (rests, ahead) = match next {
            Next::NotFinite => {
                let crossings = misses.crossings().count();
                return Self::BlowingUp { crossings, before: now.tally.least, after: distance };
            }
            Next::Step(next) => (rests(experiment, recent, next), Some(next)),
            Next::Hand => (false, None),
        };
        if rests {
            let pushed = [0, 1].map(|valve| pushed_on(now, valve).then_some(now.position[valve]));
            if pushed.iter().any(Option::is_some) {
                return Self::AtStop { pushed, distance };
            }
        } else if let Some(verdict) =
            misses.swinging().or_else(|| misses.overshot()).or_else(|| misses.receding())
        {
            return verdict;
        }
        let pace = if rests { 0.0 } else { misses.pace(ahead) };
        let needed = (distance - experiment.tolerance) / pace;
        let needed = (pace > 0.0 && needed.is_finite()).then(|| needed.ceil().max(1.0));
        if let Some(needed) = needed.filter(|needed| *needed <= HOPE) {
            return Self::OnTheWay { pace, needed };
        }
        let reach = TRAVEL * (now.chain.dy_dm.abs() + now.chain.dy_dh.abs());
        if reach < distance {
            return Self::OnPlateau { reach, wanted: distance };
        }
        Self::Crawling { pace: pace.max(0.0), needed }
    }
}

/// Where the ideal is beyond every flow that the house gives.
fn out_of_reach(experiment: &Experiment) -> Option<Verdict> {
    let Experiment { ref shower, target, tolerance, .. } = *experiment;
    // Both flows grow with both valves, so the ends of y stand in two corners of the plane.
    let [low, high] = [SHUT, OPEN].map(|p| shower.flows(p, p).y);
    let nearest = target.max(low).min(high);
    let short = (target - nearest).abs();
    (short >= tolerance).then(|| {
        let corner = if target > high { OPEN } else { SHUT };
        Verdict::OutOfReach { nearest, short, pressure: shower.pressure_for(corner, target) }
    })
}

/// Whether a valve stands at an end and the gradient pushes it further.
fn pushed_on(step: &Step, valve: usize) -> bool {
    let (position, push) = (step.position[valve], -step.gradient[valve]);
    (position == OPEN && push > 0.0) || (position == SHUT && push < 0.0)
}

/// Whether nothing moves any more: no valve turns, and each has no push or stands at the end to which
/// it is pushed.
fn rests(experiment: &Experiment, recent: &[Step], ahead: &Step) -> bool {
    let still = |from: &Step, to: &Step| {
        (0..2).all(|valve| (to.position[valve] - from.position[valve]).abs() < STILL)
    };
    let now = &recent[recent.len() - 1];
    // Who turns one valve at a time has to have tried both.
    let tried = experiment.sensitivities != Sensitivities::Alternate
        || recent.len() > 1 && still(&recent[recent.len() - 2], now);
    tried && still(now, ahead) && (0..2).all(|valve| now.gradient[valve] == 0.0 || pushed_on(now, valve))
}

/// The misses e = y − y' of the last steps.
#[derive(Clone, Copy)]
struct Misses<'a> {
    experiment: &'a Experiment,
    recent: &'a [Step],
}

impl Misses<'_> {
    fn miss(self, index: usize) -> f64 {
        self.experiment.miss(&self.recent[index])
    }

    fn distance(self, index: usize) -> f64 {
        self.miss(index).abs()
    }

    fn last(self) -> usize {
        self.recent.len() - 1
    }

    /// The steps, by index, that crossed from one side of the ideal to the other.
    fn crossings(self) -> impl DoubleEndedIterator<Item = usize> {
        (1..self.recent.len()).filter(move |&index| self.miss(index - 1) * self.miss(index) < 0.0)
    }

    /// The widest swing among some steps.
    fn widest(self, mut range: std::ops::Range<usize>) -> f64 {
        let first = range.next().map_or(0.0, |index| self.distance(index));
        range.fold(first, |widest, index| widest.max(self.distance(index)))
    }

    /// A pattern of crossings that does not settle.
    fn swinging(self) -> Option<Verdict> {
        let crossings = self.crossings().count();
        if crossings < PATTERN {
            return None;
        }
        let first = self.crossings().next()? - 1;
        let middle = (first + self.recent.len()) / 2;
        let (before, after) = (self.widest(first..middle), self.widest(middle..self.recent.len()));
        let steps = self.last() - first;
        if after >= GROWING * before {
            Some(Verdict::BlowingUp { crossings, before, after })
        } else if after >= LASTING * before {
            Some(Verdict::Bouncing { crossings, steps, before, after })
        } else {
            None
        }
    }

    /// A crossing from which the flow has not turned back.
    fn overshot(self) -> Option<Verdict> {
        let crossing = self.crossings().next_back()?;
        let turned_back =
            (crossing..self.last()).any(|index| self.distance(index + 1) < self.distance(index));
        if turned_back {
            return None;
        }
        let from = crossing - 1;
        Some(Verdict::Overshot {
            step: self.recent[crossing].number,
            wanted: self.distance(from),
            promised: self.promise(&self.recent[from], &self.recent[crossing]),
            came: (self.miss(crossing) - self.miss(from)).abs(),
        })
    }

    /// A distance that grows without a crossing.
    fn receding(self) -> Option<Verdict> {
        let last = self.last();
        if last < PATTERN || self.crossings().next().is_some() {
            return None;
        }
        let grows = (last - PATTERN..last).all(|index| self.distance(index + 1) > self.distance(index));
        let before = (0..last).map(|index| self.distance(index)).fold(f64::MAX, f64::min);
        let after = self.distance(last);
        (grows && after > WORSE * before).then_some(Verdict::BlowingUp { crossings: 0, before, after })
    }

    /// How far the slope promises that a move brings the flow towards the ideal; negative where away.
    fn promise(self, from: &Step, to: &Step) -> f64 {
        let [m, h] = [0, 1].map(|valve| to.position[valve] - from.position[valve]);
        let rise = from.chain.dy_dm * m + from.chain.dy_dh * h;
        if self.experiment.miss(from) > 0.0 { -rise } else { rise }
    }

    /// How much closer a step comes: lately, with the last step, or as the slope promises for the
    /// next, whichever is most, and never by more than there is to go. Optimizers that begin slowly are
    /// not judged by their beginning alone.
    fn pace(self, ahead: Option<&Step>) -> f64 {
        let last = self.last();
        let promise = ahead.map_or(0.0, |ahead| self.promise(&self.recent[last], ahead));
        let closer = |steps: usize| (self.distance(last - steps) - self.distance(last)) / steps as f64;
        let lately =
            [1, PACED].into_iter().map(|steps| steps.min(last)).filter(|steps| *steps > 0).map(closer);
        lately.fold(promise, f64::max).min(self.distance(last))
    }
}
