//! The landscape as it is drawn: the field, contours of the error, and the line of perfect showers.

use super::contour::Tracer;
use super::field::Field;
use super::levels::round_levels;
use super::single;
use crate::descent::Experiment;
use crate::plumbing::{OPEN, SHUT, TRAVEL};

/// About how many contours a landscape shows on the way from 0 to the highest error.
const CONTOURS: usize = 8;
/// A line through the plane of m and h.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// E along the line.
    pub error: f64,
    /// m and h of its vertices, in order. Closed lines end where they begin.
    pub points: Vec<[f64; 2]>,
}

/// Contours of the error, and where it is 0.
///
/// The contours of E are contours of y at equal distances to both sides of the ideal; tracing y
/// rather than E keeps them exact across the fold at y = y'.
#[derive(Clone, Debug)]
pub struct Map {
    field: Field,
    tracer: Tracer,
    most: usize,
    contours: Vec<Line>,
    perfect: Vec<Line>,
    highest: f64,
}

impl Default for Map {
    fn default() -> Self {
        Self::new(Self::NODES, CONTOURS)
    }
}

impl Map {
    /// Nodes along each axis of the grid in which contours are traced for a drawing: a vertex every few
    /// pixels, and no chord further from its curve than a tenth of one.
    pub const NODES: usize = 65;

    /// A map that traces contours through `nodes` × `nodes` nodes, at `most` errors above 0 or fewer.
    #[must_use]
    pub fn new(nodes: usize, most: usize) -> Self {
        Self {
            field: Field::new(nodes, nodes),
            tracer: Tracer::default(),
            most,
            contours: Vec::new(),
            perfect: Vec::new(),
            highest: 0.0,
        }
    }

    /// Surveys the landscape of an experiment anew.
    pub fn survey(&mut self, experiment: &Experiment) {
        self.field.sample(&experiment.shower);
        self.survey_error(experiment);
    }

    /// Surveys it anew where only the ideal or the error changed since the last survey.
    pub fn survey_error(&mut self, experiment: &Experiment) {
        let Experiment { error, target, .. } = *experiment;
        // Both flows grow with both valves, so the ends of y stand in two corners of the plane.
        let [low, high] = [SHUT, OPEN].map(|p| experiment.shower.flows(p, p).y);
        self.highest = error.value(low - target).max(error.value(high - target));

        // Below the ideal the errors stand in falling order, above it in rising order.
        let errors = round_levels(self.highest, self.most);
        let below = errors.iter().rev().map(|level| (target - error.distance(*level), *level));
        let above = errors.iter().map(|level| (target + error.distance(*level), *level));
        let levels: Vec<_> = below.chain([(target, 0.0)]).chain(above).collect();
        let flows: Vec<f32> = levels.iter().map(|level| single(level.0)).collect();

        self.contours.clear();
        self.perfect.clear();
        let columns = self.field.columns();
        for contour in self.tracer.trace(self.field.y(), columns, &flows) {
            let error = levels[contour.level].1;
            let at = |grid: f32| SHUT + TRAVEL * f64::from(grid) / (columns - 1) as f64;
            let points = contour.points.iter().map(|point| point.map(at)).collect();
            let lines = if error == 0.0 { &mut self.perfect } else { &mut self.contours };
            lines.push(Line { error, points });
        }
    }

    /// Contours at round values of E.
    #[must_use]
    pub fn contours(&self) -> &[Line] {
        &self.contours
    }

    /// Where y = y': the perfect showers. Empty where the line does not cross the inside of the plane: the
    /// ideal is out of reach, or is met along an edge only.
    #[must_use]
    pub fn perfect(&self) -> &[Line] {
        &self.perfect
    }

    /// The highest error on the plane.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.highest
    }
}
