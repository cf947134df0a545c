//! Rivals: other runs of the same experiment, to compare with.

use super::Scenario;
use super::complaint::Complaint;
use super::course::{Course, TURNS, UNTIL};
use super::key::{Key, Value};
use super::text;

/// The name of a rival in a scenario string; it may be given several times.
pub(super) const RIVAL: &str = "rival";

/// A run beside the main one: what it has different.
///
/// In a scenario string it is a scenario string itself, whose `&` and `%` are written `%26` and `%25`:
/// `rival=optimizer=momentum%26rate=0.02`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rival {
    /// The settings that differ from those of the main run.
    pub given: Vec<(Key, Value)>,
    /// Its own branches and turns by hand.
    pub course: Course,
}

impl Scenario {
    /// This scenario with what a hand turned in another one beside its run; `None` where nothing was turned
    /// there, or in another house or unit.
    ///
    /// ```
    /// use backflow::scenario::Scenario;
    ///
    /// let of = |string| Scenario::parse(string).0;
    /// let both = of("rate=4").beside(&of("turns=4:5,6:5&target=5&rate=0.3")).unwrap();
    /// assert_eq!(both.to_string(), "rate=4&rival=target=5%26turns=4:5,6:5");
    /// assert!(of("preset=house").beside(&of("turns=4:5")).is_none());
    /// ```
    #[must_use]
    pub fn beside(&self, hand: &Self) -> Option<Self> {
        let turned = hand.course.turns.as_ref().is_some_and(|turns| !turns.is_empty());
        let shared = [Key::Preset, Key::Units].into_iter().all(|key| hand.get(key) == self.get(key));
        if !turned || !shared {
            return None;
        }
        // A hand needs no rule.
        let matters = |key: &Key| {
            key.may_differ()
                && (key.is_of_house()
                    || matches!(
                        key,
                        Key::M | Key::H | Key::Target | Key::Error | Key::Delta | Key::Tolerance
                    ))
        };
        let differing = Key::ALL.into_iter().filter(|key| matters(key) && hand.get(*key) != self.get(*key));
        let given = differing.filter_map(|key| Some((key, hand.get(key)?))).collect();
        let mut both = self.clone();
        both.rivals.push(Rival { given, course: hand.course.clone() });
        Some(both)
    }
}

impl Rival {
    /// The most rivals that a scenario has.
    pub const MOST: usize = 7;

    /// Reads a rival of a scenario. Whatever is wrong is listed, and the rest applies.
    pub(super) fn read(main: &Scenario, given: &str) -> (Self, Vec<Complaint>) {
        let (pairs, mut complaints) = text::split(given);
        let mut scenario = main.plain();
        if pairs.iter().any(|(name, _)| Key::from_name(name) == Some(Key::Optimizer)) {
            scenario.forget_optimizer();
        }
        let mut course = Course::default();
        let is = |key: Key, name: &str| Key::from_name(name) == Some(key);
        // The rule is read first: defaults depend on it.
        let (rule, others): (Vec<_>, Vec<_>) = pairs.iter().partition(|(name, _)| is(Key::Optimizer, name));
        let mut rival = Self::default();
        for (name, given) in rule.into_iter().chain(others) {
            match (name.as_str(), Key::from_name(name).filter(|key| key.may_differ())) {
                (UNTIL, _) => complaints.extend(course.read_until(given)),
                (TURNS, _) => complaints.extend(course.read_turns(given)),
                (_, Some(key)) => {
                    complaints.extend(scenario.set(key, given).err());
                    if let Some(value) = scenario.get(key) {
                        rival.put(key, value);
                    }
                }
                _ => complaints.push(Complaint::unknown(&format!("{RIVAL} {name}"), given)),
            }
        }
        rival.course = course;
        (rival, complaints)
    }

    /// Whether it differs from the main run in nothing.
    pub(super) fn is_the_main_run(&self) -> bool {
        self.given.is_empty() && self.course.is_plain()
    }

    /// What is set for a key, where it differs from the main run.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Value> {
        self.given.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
    }

    /// Goes on as it was where the main run changes: what that had set, this run keeps for itself. A rule of
    /// its own comes with its own parameters.
    pub(super) fn stay(&mut self, lost: &[(Key, Value)]) {
        let own_rule = self.get(Key::Optimizer).is_some();
        for (key, value) in lost {
            if self.get(*key).is_none() && !(own_rule && key.is_of_optimizer()) {
                self.put(*key, *value);
            }
        }
    }

    /// Sets a key for this run alone.
    pub(super) fn put(&mut self, key: Key, value: Value) {
        self.given.retain(|(own, _)| *own != key);
        let at = self.given.partition_point(|(own, _)| *own < key);
        self.given.insert(at, (key, value));
    }
}

impl Scenario {
    /// The scenario of the main run by itself.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self { rivals: Vec::new(), ..self.clone() }
    }
}

impl std::fmt::Display for Rival {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let given = self.given.iter().map(|(key, value)| (key.name(), value.to_string()));
        let pairs = given.chain(self.course.pairs()).map(|(name, value)| format!("{name}={value}"));
        out.write_str(&pairs.collect::<Vec<_>>().join("&"))
    }
}
