//! What was wrong with an input: what was given, what is allowed, what was done instead.

use super::LONGEST_STRING;
use super::text::print_number;

/// One thing that was wrong with a scenario string, as data; `Display` says it in English.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// The key, as given.
    pub key: String,
    /// What was given for it.
    pub given: String,
    /// What is wrong, with what is allowed.
    pub reason: Reason,
    /// What is used instead; `None` where the input is ignored.
    pub used: Option<String>,
}

/// Why something given cannot be taken as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// There is no such key.
    UnknownKey,
    /// It is not a number within these limits.
    NotInRange {
        /// The smallest allowed.
        least: f64,
        /// The largest allowed.
        most: f64,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// It is none of these names.
    NotAChoice {
        /// The names allowed.
        names: &'static [&'static str],
    },
    /// It is not a valve characteristic.
    NotAValve,
    /// The preset has no such parameter.
    NotInPreset {
        /// The preset.
        preset: &'static str,
    },
    /// It is not a step with the settings until then.
    NotABranch,
    /// It is not a list of positions of both valves.
    NotTurns {
        /// The most turns allowed.
        most: usize,
    },
    /// It is not a list of so many numbers within these limits.
    NotAList {
        /// How many numbers.
        count: usize,
        /// The smallest allowed.
        least: f64,
        /// The largest allowed.
        most: f64,
    },
    /// It is not a list of the sizes of a city: 2 or more whole numbers from 1 on.
    NotSizes {
        /// How many numbers at most.
        count: usize,
        /// The largest allowed.
        most: f64,
        /// How many valves at most.
        valves: f64,
    },
    /// A scenario has this many rivals already.
    TooManyRivals {
        /// The most allowed.
        most: usize,
    },
    /// The key was given before; the last one counts.
    Repeated,
    /// The string is longer than [`LONGEST_STRING`]; what is beyond is not read.
    TooLong,
}

impl Reason {
    /// A short name for the kind of complaint: the key to its words in any language.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown",
            Self::NotInRange { whole: true, .. } => "whole",
            Self::NotInRange { .. } => "number",
            Self::NotAChoice { .. } => "choice",
            Self::NotAValve => "valve",
            Self::NotInPreset { .. } => "preset",
            Self::NotABranch => "branch",
            Self::NotTurns { .. } => "turns",
            Self::NotAList { .. } => "list",
            Self::NotSizes { .. } => "sizes",
            Self::TooManyRivals { .. } => "rivals",
            Self::Repeated => "repeated",
            Self::TooLong => "long",
        }
    }
}

impl Complaint {
    /// Something in the course of a run that cannot be taken.
    pub(super) fn of_course(key: &str, given: &str, reason: Reason) -> Self {
        Self { key: key.to_owned(), given: given.to_owned(), reason, used: None }
    }

    pub(super) fn unknown(key: &str, given: &str) -> Self {
        Self::of_course(key, given, Reason::UnknownKey)
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}={}: ", shortened(&self.key), shortened(&self.given))?;
        match &self.reason {
            Reason::UnknownKey => write!(out, "there is no such setting")?,
            Reason::NotInRange { least, most, whole } => {
                let what = if *whole { "whole number" } else { "number" };
                write!(out, "a {what} from {} to {}", print_number(*least), print_number(*most))?;
            }
            Reason::NotAChoice { names } => write!(out, "one of {}", names.join(", "))?,
            Reason::NotAValve => {
                write!(out, "one of lin, eqp:R (1.5 to 1000), quick:ε (0.0001 to 1), scurve:s (0.1 to 100)")?;
            }
            Reason::NotInPreset { preset } => write!(out, "the preset {preset} has no such parameter")?,
            Reason::NotABranch => {
                write!(
                    out,
                    "branches are steps in rising order, within the turns of a hand, each with settings: 12,rate,0.1;20,rate,0.05"
                )?;
            }
            Reason::NotTurns { most } => {
                write!(out, "turns are positions m:h from 1 to 10, at most {most} of them: 3:5,4:5")?;
            }
            Reason::NotAList { count, least, most } => {
                let [least, most] = [least, most].map(|number| print_number(*number));
                write!(out, "{count} numbers from {least} to {most} with commas between them")?;
            }
            Reason::NotSizes { count, most, valves } => {
                write!(
                    out,
                    "2 to {count} whole numbers from 1 to {most} with commas between them, and at most {valves} valves"
                )?;
            }
            Reason::TooManyRivals { most } => write!(out, "there are at most {most} rivals")?,
            Reason::Repeated => write!(out, "given more than once, the last one counts")?,
            Reason::TooLong => write!(out, "a scenario has at most {LONGEST_STRING} characters")?,
        }
        match &self.used {
            Some(used) => write!(out, "; using {used}"),
            None => write!(out, "; ignored"),
        }
    }
}

/// At most 40 characters of a text, so that a sentence about it stays a sentence.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
