//! A challenge: a question before a stage, and what may be said to it.

/// A question of the course with all that may be answered. Its words are elsewhere; they use its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    /// Its name among those of its figure.
    pub id: &'static str,
    /// The scenario string that the figure shows while one thinks.
    pub stage: &'static str,
    /// The answers to choose from, in the order in which they are offered; none where the challenge is met by
    /// doing.
    pub guesses: Vec<Guess>,
    /// The scenario string that shows the answer, where another one than the stage does.
    pub shown: Option<String>,
    /// What the words about it use.
    pub numbers: Vec<(&'static str, f64)>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Its name: what is right, or the misconception that leads to it.
    pub name: &'static str,
    /// Whether the engine agrees.
    pub right: bool,
    /// The scenario string that shows what comes of it, where that differs from guess to guess.
    pub shown: Option<String>,
}

/// What has come of a challenge that is met by doing.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name.
    pub name: &'static str,
    /// Whether the challenge is met.
    pub right: bool,
    /// What the words about it use.
    pub numbers: Vec<(&'static str, f64)>,
}

impl Challenge {
    /// A question whose right answer is one that the engine found: a guess is right where its name is in
    /// `right`.
    pub(super) fn new(
        id: &'static str,
        stage: &'static str,
        guesses: &[&'static str],
        right: &str,
        numbers: Vec<(&'static str, f64)>,
    ) -> Self {
        let guess = |name: &&'static str| Guess { name, right: *name == right, shown: None };
        let guesses = guesses.iter().map(guess).collect();
        Self { id, stage, guesses, shown: None, numbers }
    }
}
