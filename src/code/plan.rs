//! What a program has to say: how many steps, from where, and what holds in which of them.

use super::formula::Line;
use crate::backprop::Sensitivities;
use crate::descent::Experiment;
use crate::plumbing::{Model, Shower};
use crate::scenario::{Scenario, Session};

/// The plan of a program.
#[derive(Debug)]
pub(super) struct Plan {
    /// The string of the main run by itself.
    pub(super) string: String,
    /// The number of the last step.
    pub(super) last: usize,
    /// m and h at the start, and for a run by hand at every step.
    pub(super) positions: Vec<[f64; 2]>,
    /// Whether a hand turns the valves.
    pub(super) by_hand: bool,
    /// What holds from which step on; the first from 0.
    pub(super) stages: Vec<Stage>,
}

/// A part of a run under one experiment.
#[derive(Debug)]
pub(super) struct Stage {
    /// Its first step.
    pub(super) from: usize,
    /// What is carried out.
    pub(super) experiment: Experiment,
}

/// What is so in the steps from one on, until the next of its kind: in rising order, the first from 0.
pub(super) type Course<T> = Vec<(usize, T)>;

impl Plan {
    /// The plan of a scenario's main run: as it stands in its session, for in a race it stops where it ends.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let session = Session::of(scenario.clone());
        let run = session.run();
        let by_hand = scenario.course().turns.is_some();
        let count = if by_hand { run.path().len() } else { 1 };
        let branches = scenario.course().until.iter().map(|until| until.step);
        let mut stages: Vec<Stage> = Vec::new();
        for from in std::iter::once(0).chain(branches).filter(|from| *from <= run.steps()) {
            let experiment = scenario.settings_at(from).experiment();
            if stages.last().is_none_or(|stage| stage.experiment != experiment) {
                stages.push(Stage { from, experiment });
            }
        }
        Self {
            string: session.alone().to_string(),
            last: run.steps(),
            positions: run.path().iter().take(count).map(|step| step.position).collect(),
            by_hand,
            stages,
        }
    }

    /// The way of measuring in each stage; a hand needs none.
    pub(super) fn way(&self, stage: &Stage) -> Sensitivities {
        if self.by_hand { Sensitivities::Exact } else { stage.experiment.sensitivities }
    }

    /// Whether any stage has a way of measuring.
    pub(super) fn has_way(&self, is: impl Fn(Sensitivities) -> bool) -> bool {
        self.stages.iter().any(|stage| is(self.way(stage)))
    }

    /// Whether sensitivities are measured in any stage.
    pub(super) fn is_measured(&self) -> bool {
        self.has_way(|way| way != Sensitivities::Exact)
    }

    /// Whether an estimate is kept from one step to the next in any stage.
    pub(super) fn remembers_estimates(&self) -> bool {
        self.has_way(learns)
    }

    /// Whether estimates have a place of their own beside the steps: not where every step probes anew.
    pub(super) fn keeps_estimates(&self) -> bool {
        self.is_measured() && !self.stages.iter().all(|stage| probes(self.way(stage)))
    }

    /// Whether every step probes anew, in other ways in other steps.
    pub(super) fn probes_in_several_ways(&self) -> bool {
        self.stages.iter().all(|stage| probes(self.way(stage)))
            && self.course(|stage| self.way(stage)).len() > 1
    }

    /// The steps at which estimates start from the truth.
    pub(super) fn truths(&self) -> Vec<usize> {
        let mut before = Sensitivities::Exact;
        let mut steps = Vec::new();
        for stage in &self.stages {
            let way = self.way(stage);
            if before == Sensitivities::Exact && learns(way) {
                steps.push(stage.from);
            }
            before = way;
        }
        steps
    }

    /// The stages that probe, where the next one goes on with what was probed last: the step before
    /// that next one, and the way.
    pub(super) fn last_probes(&self) -> Vec<(usize, Sensitivities)> {
        let pairs = self.stages.iter().zip(self.stages.iter().skip(1));
        let handed_on = pairs.filter(|(stage, next)| probes(self.way(stage)) && learns(self.way(next)));
        handed_on.map(|(stage, next)| (next.from - 1, self.way(stage))).collect()
    }

    /// What is said of each stage, as a course.
    pub(super) fn course<T: PartialEq>(&self, of: impl Fn(&Stage) -> T) -> Course<T> {
        course(self.stages.iter().map(|stage| (stage.from, Some(of(stage)))).collect())
    }

    /// Named numbers that each stage has, each with its course.
    pub(super) fn numbers(
        &self,
        of: impl Fn(&Experiment) -> Vec<(String, f64)>,
    ) -> Vec<(String, Course<f64>)> {
        let lists = self.stages.iter().map(|stage| (stage.from, of(&stage.experiment)));
        named(lists.collect())
    }

    /// The lines that each stage has, each name with the course of its formulas.
    pub(super) fn formulas(&self, of: impl Fn(&Experiment) -> Vec<Line>) -> Vec<(String, Course<String>)> {
        let pairs = |stage: &Stage| {
            let lines = of(&stage.experiment).into_iter();
            (stage.from, lines.map(|line| (line.name, line.formula)).collect())
        };
        named(self.stages.iter().map(pairs).collect())
    }

    /// Whether the handle reaches the house flow too, so that two paths lead back to it.
    pub(super) fn has_two_paths(&self) -> bool {
        self.stages.iter().any(|stage| matches!(stage.experiment.shower.model, Model::House { .. }))
    }

    /// Whether valves are turned one at a time in any stage.
    pub(super) fn alternates(&self) -> bool {
        self.has_way(|way| way == Sensitivities::Alternate)
    }

    /// Whether the house is another after a branch.
    pub(super) fn house_changes(&self) -> bool {
        let shower = |stage: &Stage| -> Shower { stage.experiment.shower };
        self.course(shower).len() > 1
    }
}

/// Whether a way of measuring learns from the moves that are made.
pub(super) fn learns(way: Sensitivities) -> bool {
    !probes(way) && way != Sensitivities::Exact
}

/// Whether a way of measuring probes before each step.
pub(super) fn probes(way: Sensitivities) -> bool {
    matches!(way, Sensitivities::Central | Sensitivities::Spsa)
}

/// A course, in which what is nowhere needed is as it was before, or will be.
pub(super) fn course<T: PartialEq>(parts: Vec<(usize, Option<T>)>) -> Course<T> {
    let mut course: Course<T> = Vec::new();
    for (from, part) in parts {
        let Some(part) = part else { continue };
        match course.last() {
            None => course.push((0, part)),
            Some((_, last)) if *last != part => course.push((from, part)),
            Some(_) => {}
        }
    }
    course
}

/// Names with their courses, in an order in which every list finds its own.
pub(super) fn named<T: Clone + PartialEq>(lists: Vec<(usize, Vec<(String, T)>)>) -> Vec<(String, Course<T>)> {
    let mut names: Vec<String> = Vec::new();
    for (_, list) in &lists {
        let mut at = 0;
        for (name, _) in list {
            at = match names.iter().position(|other| other == name) {
                Some(place) => place + 1,
                None => {
                    names.insert(at, name.clone());
                    at + 1
                }
            };
        }
    }
    let find = |list: &[(String, T)], name: &String| {
        list.iter().find(|(other, _)| other == name).map(|(_, part)| part.clone())
    };
    let parts = |name: &String| lists.iter().map(|(from, list)| (*from, find(list, name))).collect();
    names.iter().map(|name| (name.clone(), course(parts(name)))).collect()
}
