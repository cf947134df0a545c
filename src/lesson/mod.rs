//! What the figures of the course tell beyond a session's reading, and their challenges: what is asked, what
//! one may guess, and what the engine says to each guess.
//!
//! ```
//! use backflow::lesson::{challenges, numbers};
//! use backflow::scenario::Session;
//!
//! // From 4 to 8 the handle lets 2 more through: half a unit for each turn.
//! let session = Session::open("preset=article&m=4&h=4&to=8").0;
//! let told = numbers("ruler", &session);
//! assert!(told.contains(&("run", 4.0)) && told.contains(&("rise", 2.0)) && told.contains(&("ratio", 0.5)));
//!
//! let right = challenges("ruler").iter().all(|challenge| challenge.guesses.iter().any(|guess| guess.right));
//! assert!(right, "every question has an answer");
//! ```

mod chain;
mod challenge;
mod city;
pub(crate) mod error;
mod fade;
pub(crate) mod hold;
mod landscape;
mod memory;
mod network;
mod plumber;
mod rates;
pub(crate) mod reasons;
mod rounding;
pub(crate) mod ruler;
mod shower;
pub(crate) mod shrink;
mod solve;
pub(crate) mod split;
mod two_paths;

pub use challenge::{Challenge, Guess, Outcome};

use crate::scenario::Session;

/// The figures that have a challenge, in the order of the course.
pub const FIGURES: [&str; 16] = [
    "shower",
    "ruler",
    "shrink",
    "hold",
    "chain",
    "two-paths",
    "error",
    "split",
    "landscape",
    "three-reasons",
    "rates",
    "plumber",
    "memory",
    "fade",
    "small-network",
    "city",
];

/// The numbers that a figure of the course tells of, with their names; none where there is no such figure. `trial` is
/// no figure, but the experiment on specialists, of which the text beside the city tells; it takes a second or two.
#[must_use]
pub fn numbers(figure: &str, session: &Session) -> Vec<(&'static str, f64)> {
    match figure {
        "ruler" => ruler::numbers(session),
        "shrink" => shrink::numbers(session),
        "hold" => hold::numbers(session),
        "error" => error::numbers(session),
        "split" => split::numbers(session),
        "landscape" => landscape::numbers(session),
        "three-reasons" => reasons::numbers(session),
        "plumber" => plumber::numbers(session),
        "fade" => fade::numbers(session),
        "small-network" => network::numbers(session),
        "city" => city::numbers(session),
        "trial" => city::trial(session),
        _ => Vec::new(),
    }
}

/// Which of its sentences a figure says where its numbers alone do not decide that; empty where there is one.
#[must_use]
pub fn form(figure: &str, session: &Session) -> &'static str {
    match figure {
        "ruler" => ruler::form(session),
        "shrink" => shrink::form(session),
        "hold" => hold::form(session),
        "error" => error::form(session),
        "split" => split::form(session),
        "three-reasons" => reasons::form(session),
        "plumber" => plumber::form(session),
        "fade" => fade::form(session),
        "small-network" => network::form(session),
        _ => "",
    }
}

/// The challenges of a figure, in the order in which they are put; none where there is no such figure.
#[must_use]
pub fn challenges(figure: &str) -> Vec<Challenge> {
    match figure {
        "shower" => vec![shower::six()],
        "ruler" => vec![ruler::steepest()],
        "shrink" => vec![shrink::small()],
        "hold" => vec![hold::invalid()],
        "error" => vec![error::half()],
        "split" => vec![split::beat(), split::better()],
        "landscape" => vec![landscape::nearest()],
        "three-reasons" => vec![reasons::jump(), reasons::pressure()],
        "rates" => vec![rates::rate()],
        "chain" => vec![chain::three_turns()],
        "two-paths" => vec![two_paths::no_tap()],
        "plumber" => vec![plumber::diagnose(), plumber::repair()],
        "memory" => vec![memory::units()],
        "fade" => vec![fade::fill(), fade::count()],
        "small-network" => vec![network::blame()],
        "city" => vec![city::specialised()],
        _ => Vec::new(),
    }
}

/// What has come of a challenge that is met by doing, where a session has come from its stage; `None` while
/// that is open, and where a challenge is met by guessing.
#[must_use]
pub fn judge(figure: &str, id: &str, session: &Session) -> Option<Outcome> {
    match (figure, id) {
        ("split", "better") => split::judge(session),
        ("shower", "six") => shower::judge(session),
        _ => None,
    }
}

/// How far someone has come with a challenge that is met by doing; no numbers where nothing is counted.
#[must_use]
pub fn progress(figure: &str, id: &str, session: &Session) -> Vec<(&'static str, f64)> {
    match (figure, id) {
        ("shower", "six") => shower::progress(session),
        _ => Vec::new(),
    }
}
