//! A city that is watched while it learns: what its error was and how special its valves became, over its steps.

use super::plan::Plan;
use super::reach::{Reach, Reading};
use super::sweep::Sweep;
use super::training::Training;

/// A series never has more points than this; of one that has, every other goes.
const MOST_POINTS: usize = 400;

/// A city with readings of its reach between its steps, and what became of both.
///
/// ```
/// use backflow::city::{Plan, Watch};
///
/// let mut city = Watch::new(&Plan { sizes: vec![8, 16, 16, 8], batch: 8, ..Plan::default() });
/// while !city.look(10) {} // untrained
/// city.train(500);
/// while !city.look(10) {}
/// let [before, after] = [city.untrained(), city.reach()].map(|reach| reach.expect("it was read").mean);
/// assert!(after < before);
/// ```
#[derive(Clone, Debug)]
pub struct Watch {
    training: Training,
    /// The reading that goes on, with the step at which it began.
    going: Option<(u32, Reading)>,
    found: Option<Reading>,
    untrained: Option<Reach>,
    errors: Series<f64>,
    reaches: Series<Reach>,
}

/// What is known of one valve.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Its layer, the junction where its pipe begins, and the one of the next level where it ends.
    pub pipe: [usize; 3],
    /// Its position, from 1 to 10 turns.
    pub position: f64,
    /// a, its opening, from 0 to 1.
    pub opening: f64,
    /// What its pipe carries in the first scenario, in flow.
    pub carried: f64,
    /// To how many showers it matters.
    pub reach: f64,
    /// The shower that it serves most.
    pub most: usize,
    /// ∂y/∂v at every shower in the first scenario, in flow per turn.
    pub sensitivities: Vec<f64>,
}

impl Watch {
    /// The untrained city of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let training = Training::new(plan);
        let mut errors = Series::default();
        errors.note(0, training.error());
        Self { training, going: None, found: None, untrained: None, errors, reaches: Series::default() }
    }

    /// The city itself.
    #[must_use]
    pub fn training(&self) -> &Training {
        &self.training
    }

    /// Makes so many steps.
    pub fn train(&mut self, steps: u32) {
        for _ in 0..steps {
            self.training.step();
            self.errors.note(self.training.steps(), self.training.error());
        }
    }

    /// Lets the water run once, and nothing else.
    pub fn forward(&mut self) {
        self.training.forward();
    }

    /// Goes on reading the reach of its valves, with at most so many junctions; true when a reading is whole. The
    /// next call begins another, with the valves as they are then.
    pub fn look(&mut self, junctions: usize) -> bool {
        let training = &self.training;
        let (step, reading) = self.going.get_or_insert_with(|| (training.steps(), training.reading()));
        if !reading.read(junctions) {
            return false;
        }
        let reach = reading.reach();
        if *step == 0 {
            self.untrained = Some(reach);
        }
        self.reaches.note(*step, reach);
        self.found = self.going.take().map(|(_, reading)| reading);
        true
    }

    /// What the last whole reading found.
    #[must_use]
    pub fn reach(&self) -> Option<Reach> {
        self.reaches.points.last().map(|(_, reach)| *reach)
    }

    /// What a reading before the first step found.
    #[must_use]
    pub fn untrained(&self) -> Option<Reach> {
        self.untrained
    }

    /// The last whole reading.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        self.found.as_ref()
    }

    /// The error over the steps: at most some hundreds of points, evenly.
    #[must_use]
    pub fn errors(&self) -> &[(u32, f64)] {
        &self.errors.points
    }

    /// The reach over the steps: one for each whole reading, and for longer trainings evenly fewer.
    #[must_use]
    pub fn reaches(&self) -> &[(u32, Reach)] {
        &self.reaches.points
    }

    /// How many bytes of memory it holds, readings among them.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let readings = self.found.iter().chain(self.going.iter().map(|(_, reading)| reading));
        self.training.bytes() + readings.map(Reading::bytes).sum::<usize>()
    }

    /// What is known of a valve as it stands now; `None` where there is no such valve.
    #[must_use]
    pub fn valve(&self, valve: usize) -> Option<Seen> {
        let network = self.training.network();
        let pipe = network.pipe(valve)?;
        let mut sweep = Sweep::default();
        let pumps = self.training.pumps();
        sweep.forward(network, &pumps[..pumps.len().min(network.sizes()[0])]);
        let opening = f64::from(*network.openings().get(valve)?);
        let carried = f64::from(network.carried(&sweep, valve)?);
        let sensitivities: Vec<f64> = sweep.jacobian(network, valve).into_iter().map(f64::from).collect();
        let squares = || sensitivities.iter().map(|slope| slope * slope);
        let (sum, fourth) = (squares().sum::<f64>(), squares().map(|square| square * square).sum::<f64>());
        let largest = squares().fold(0.0, f64::max);
        Some(Seen {
            pipe,
            position: network.valve().position(opening),
            opening,
            carried,
            reach: if fourth > 0.0 { sum * sum / fourth } else { 0.0 },
            most: squares().position(|square| square == largest).unwrap_or_default(),
            sensitivities,
        })
    }
}

/// Numbers over steps, of which there are never too many.
#[derive(Clone, Debug)]
struct Series<N> {
    points: Vec<(u32, N)>,
    /// Of so many that come, one is kept.
    every: u32,
    come: u32,
    /// Whether the newest is there only until the next comes.
    passing: bool,
}

impl<N> Default for Series<N> {
    fn default() -> Self {
        Self { points: Vec::new(), every: 1, come: 0, passing: false }
    }
}

impl<N: Copy> Series<N> {
    /// Notes a number. The newest is always there; it makes room for the next where it is not one of those that are kept.
    fn note(&mut self, step: u32, number: N) {
        if self.passing {
            self.points.pop();
        }
        if self.points.len() >= MOST_POINTS {
            let mut place = 0;
            self.points.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.every = self.every.saturating_mul(2);
        }
        self.passing = !self.come.is_multiple_of(self.every);
        self.points.push((step, number));
        self.come = self.come.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_POINTS, Series};

    #[test]
    fn a_long_series_is_thinned_and_keeps_its_first_and_its_newest() {
        let mut series = Series::default();
        for step in 0..100_000_u32 {
            series.note(step, f64::from(step));
            let points = &series.points;
            assert!(points.len() <= MOST_POINTS);
            assert_eq!((points[0].0, points[points.len() - 1].0), (0, step));
        }
        let gaps: Vec<u32> = series.points.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        let (last, others) = gaps.split_last().expect("there are many");
        assert!(others.iter().all(|gap| *gap == others[0]) && *last <= others[0], "{gaps:?}");
        assert!(series.points.len() > MOST_POINTS / 4);
    }
}
