//! The course of a run: what was changed on the way, and what was turned by hand.

use super::Scenario;
use super::complaint::{Complaint, Reason};
use super::key::{Key, Value};
use super::text::{print_number, read_number};
use crate::descent::{LONGEST, Run};
use crate::plumbing::{OPEN, SHUT};

/// What makes a run more than its settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Where the run branched: until each of these steps, in rising order, some settings were others.
    pub until: Vec<Until>,
    /// The positions, m and h, to which a hand turned the valves, one a step; `None` for a run in which
    /// the optimizer turns them.
    pub turns: Option<Vec<[f64; 2]>>,
}

/// What was set otherwise until a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    /// The step at which the settings changed to those that follow.
    pub step: usize,
    /// The settings before it, where they differ from those that follow.
    pub given: Vec<(Key, Value)>,
}

/// The name of the branches in a scenario string.
pub(super) const UNTIL: &str = "until";
/// The name of the turns by hand in a scenario string.
pub(super) const TURNS: &str = "turns";

impl Course {
    /// The most turns that a hand makes in one run.
    pub const MOST_TURNS: usize = 200;
    /// The most branches of one run.
    pub const MOST_BRANCHES: usize = 40;

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.until.is_empty() && self.turns.is_none()
    }

    /// Forgets what was changed and turned after a step.
    pub(super) fn cut(&mut self, step: usize) {
        self.until.retain(|until| until.step <= step);
        if let Some(turns) = &mut self.turns {
            turns.truncate(step);
        }
    }

    /// Notes a branch at a step, not before the last one: what was set until then. Where it branched there
    /// already, what was noted first stays.
    pub(super) fn note(&mut self, step: usize, given: Vec<(Key, Value)>) {
        match self.until.last_mut().filter(|until| until.step == step) {
            Some(until) => {
                for (key, value) in given {
                    if !until.given.iter().any(|(noted, _)| *noted == key) {
                        until.given.push((key, value));
                    }
                }
            }
            None => self.until.push(Until { step, given }),
        }
    }

    /// Takes out of the branch at a step what is set again as before; but what belongs to another rule than
    /// now stays with it.
    pub(super) fn forget(&mut self, step: usize, now: impl Fn(Key) -> Option<Value>) {
        if let Some(until) = self.until.last_mut().filter(|until| until.step == step) {
            let other = |(key, value): &(Key, Value)| now(*key) != Some(*value);
            let other_rule = until.given.iter().any(|noted| noted.0 == Key::Optimizer && other(noted));
            until.given.retain(|noted| other(noted) || other_rule && noted.0.is_of_optimizer());
        }
        self.until.retain(|until| !until.given.is_empty());
    }

    /// Reads `12,rate,0.1,momentum,0.8;20,rate,0.05`. Whatever is wrong is listed, and the rest applies.
    pub(super) fn read_until(&mut self, given: &str) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for part in given.split(';').filter(|part| !part.is_empty()) {
            let mut fields = part.split(',');
            let step = fields.next().and_then(whole);
            let last = self.until.last().map_or(0, |until| until.step);
            let room = self.until.len() < Self::MOST_BRANCHES;
            let Some(step) = step.filter(|step| room && (last + 1..=LONGEST).contains(step)) else {
                complaints.push(Complaint::of_course(UNTIL, part, Reason::NotABranch));
                continue;
            };
            let mut settings = Vec::new();
            while let Some(name) = fields.next() {
                let text = fields.next().unwrap_or("");
                let key = Key::from_name(name).filter(|key| key.may_branch());
                let Some(key) = key else {
                    complaints.push(Complaint::of_course(UNTIL, part, Reason::NotABranch));
                    continue;
                };
                let (value, reason) = key.kind().read(text);
                settings.extend(value.map(|value| (key, value)));
                if let Some(reason) = reason {
                    let used = value.map(|value| value.to_string());
                    let (key, given) = (name.to_owned(), text.to_owned());
                    complaints.push(Complaint { key, given, reason, used });
                }
            }
            if !settings.is_empty() {
                self.until.push(Until { step, given: settings });
            }
        }
        complaints
    }

    /// Reads `3:5,4:5,4:6.5`: m and h after each turn.
    pub(super) fn read_turns(&mut self, given: &str) -> Vec<Complaint> {
        let position = |text: &str| read_number(text).filter(|number| (SHUT..=OPEN).contains(number));
        let turn = |text: &str| {
            let (m, h) = text.split_once(':')?;
            Some([position(m)?, position(h)?])
        };
        let parts = given.split(',').filter(|part| !part.is_empty());
        let turns: Option<Vec<_>> = parts.map(turn).collect();
        match turns.filter(|turns| turns.len() <= Self::MOST_TURNS) {
            Some(turns) => {
                self.turns = Some(turns);
                Vec::new()
            }
            None => vec![Complaint::of_course(TURNS, given, Reason::NotTurns { most: Self::MOST_TURNS })],
        }
    }

    /// The pairs of a scenario string, each name with what is given for it.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if let Some(turns) = &self.turns {
            let turns = turns.iter().map(|[m, h]| format!("{}:{}", print_number(*m), print_number(*h)));
            pairs.push((TURNS, turns.collect::<Vec<_>>().join(",")));
        }
        if !self.until.is_empty() {
            let until = self.until.iter().map(ToString::to_string);
            pairs.push((UNTIL, until.collect::<Vec<_>>().join(";")));
        }
        pairs
    }
}

impl Scenario {
    /// The settings alone, as they are at a step.
    #[must_use]
    pub fn settings_at(&self, step: usize) -> Self {
        let mut settings = self.plain();
        for until in self.course.until.iter().rev().take_while(|until| step < until.step) {
            for (key, value) in &until.given {
                settings.put(*key, *value);
            }
        }
        settings
    }

    /// The run with its branches and its turns by hand, at the step that [`Key::Steps`] says, or at its
    /// last where it has fewer.
    #[must_use]
    pub fn run(&self) -> Run {
        let mut run = self.run_all_turns();
        let last = if self.course.turns.is_some() { run.made().len() - 1 } else { LONGEST };
        run.seek(self.steps().min(last));
        run
    }

    /// The run with all its branches and turns made.
    pub(super) fn run_all_turns(&self) -> Run {
        let mut run = Run::new(self.settings_at(0).experiment());
        for until in &self.course.until {
            self.advance(&mut run, Some(until.step));
            run = run.branch(self.settings_at(until.step).experiment());
        }
        self.advance(&mut run, None);
        run
    }

    /// Takes a run to a branch, as the optimizer leads or as a hand turned. After the last branch, the
    /// turns that are left are made.
    fn advance(&self, run: &mut Run, branch: Option<usize>) {
        match &self.course.turns {
            None => run.seek(branch.unwrap_or(run.steps())),
            Some(turns) => {
                for turn in turns.iter().take(branch.unwrap_or(turns.len())).skip(run.steps()) {
                    run.turn_to(*turn);
                }
            }
        }
    }

    /// Takes out of a course what the preset has not, and branches that no turn by hand reaches, with a
    /// complaint each.
    pub(super) fn admit(&self, course: &mut Course) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        let turns = course.turns.as_ref().map_or(LONGEST, Vec::len);
        course.until.retain(|until| {
            if until.step > turns {
                complaints.push(Complaint::of_course(UNTIL, &until.to_string(), Reason::NotABranch));
            }
            until.step <= turns
        });
        for until in &mut course.until {
            until.given.retain(|(key, value)| {
                let there = self.get(*key).is_some();
                if !there {
                    let reason = Reason::NotInPreset { preset: self.preset().name() };
                    let (key, given) = (key.name().to_owned(), value.to_string());
                    complaints.push(Complaint { key, given, reason, used: None });
                }
                there
            });
        }
        course.until.retain(|until| !until.given.is_empty());
        complaints
    }
}

impl std::fmt::Display for Until {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.step)?;
        self.given.iter().try_for_each(|(key, value)| write!(out, ",{},{value}", key.name()))
    }
}

/// A whole number, 0 or more.
fn whole(text: &str) -> Option<usize> {
    text.parse().ok()
}
