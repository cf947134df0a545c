//! A run as a program that one can read, take along and change: on a page, in Rust, NumPy or PyTorch.
//!
//! A program prints the same numbers as the example `trajectory` for the same scenario: a header, and a line a
//! step. It holds what its own run needs and nothing else, and no words but the names of the field, so
//! that it is the same in every language that people speak. A `Plan` says what holds in which steps;
//! formulas are written once, in a notation of their own, and each language has a file that tells them
//! in its way. NumPy and PyTorch share what is Python in both.

mod formula;
mod house;
mod numpy;
mod plan;
mod python;
mod rule;
mod rust;
mod text;
mod torch;

use crate::scenario::Scenario;
use plan::Plan;

/// The languages in which a run can be had.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Language {
    /// Rust with its standard library alone: the backward pass link by link.
    #[default]
    Rust,
    /// Python with NumPy: the same, with both valves in one array.
    NumPy,
    /// Python with PyTorch, which finds the gradient by itself, and turns the valves where it has the
    /// rule.
    PyTorch,
}

impl Language {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Rust, Self::NumPy, Self::PyTorch];

    /// The name, as one would ask for it.
    ///
    /// ```
    /// use backflow::code::Language;
    ///
    /// assert_eq!(Language::ALL.map(Language::name), ["rust", "numpy", "pytorch"]);
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::NumPy => "numpy",
            Self::PyTorch => "pytorch",
        }
    }

    /// The language of that name.
    ///
    /// ```
    /// use backflow::code::Language;
    ///
    /// assert_eq!(Language::from_name("numpy"), Some(Language::NumPy));
    /// assert_eq!(Language::from_name("english"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.name() == name)
    }

    /// How the name of a file in it ends.
    ///
    /// ```
    /// use backflow::code::Language;
    ///
    /// assert_eq!(Language::ALL.map(Language::extension), ["rs", "py", "py"]);
    /// ```
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Rust => "rs",
            Self::NumPy | Self::PyTorch => "py",
        }
    }
}

/// The main run of a scenario as a program: its branches and its turns by hand too, its rivals not. In a race
/// it stops where it ends, as in the session of the scenario.
///
/// ```
/// use backflow::code::{Language, program};
/// use backflow::scenario::Scenario;
///
/// let (scenario, complaints) = Scenario::parse("preset=product&optimizer=momentum&rate=0.02&steps=50");
/// assert!(complaints.is_empty());
/// let rust = program(&scenario, Language::Rust);
/// assert!(rust.contains("let dE_dm = dE_dx * dx_dm;"));
/// let torch = program(&scenario, Language::PyTorch);
/// assert!(torch.contains("optimizer = torch.optim.SGD([theta], lr=0.02, momentum=0.9)"));
/// ```
#[must_use]
pub fn program(scenario: &Scenario, language: Language) -> String {
    let plan = Plan::of(scenario);
    match language {
        Language::Rust => rust::program(&plan),
        Language::NumPy => numpy::program(&plan),
        Language::PyTorch => torch::program(&plan),
    }
}
