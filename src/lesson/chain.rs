//! A nudge along the pipes: sensitivities are multiplied along a path.

use super::challenge::Challenge;
use crate::scenario::Session;

/// The house in which every sensitivity is a constant, and how far the main valve is turned there.
const STAGE: &str = "preset=article&m=4&h=4";
const TURNS: f64 = 3.0;
/// The same house after that turn by hand.
const SHOWN: &str = "preset=article&m=4&h=4&turns=7:4&steps=1";

/// By how much does the shower flow change when the main valve is turned by three?
pub(super) fn three_turns() -> Challenge {
    let session = Session::open(STAGE).0;
    let now = session.run().now();
    let [m, h] = now.position;
    let (flows, shower) = (now.chain.flows, &session.run().experiment().shower);
    let came = shower.flows(m + TURNS, h).y - flows.y;
    // What each way of reading the tags promises.
    let guesses = [
        ("product", TURNS * flows.dy_dx * flows.dx_dm),
        ("first", TURNS * flows.dx_dm),
        ("last", TURNS * flows.dy_dx),
        ("sum", TURNS * (flows.dy_dx + flows.dx_dm)),
    ];
    let off = |guess: &&(&str, f64)| (guess.1 - came).abs();
    let nearest = guesses.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    let right = nearest.filter(|guess| off(guess) < 1e-9).map_or("", |(name, _)| name);
    let mut numbers = guesses.to_vec();
    numbers.extend([
        ("dx_dm", flows.dx_dm),
        ("dy_dx", flows.dy_dx),
        ("dy_dm", flows.dy_dx * flows.dx_dm),
        ("turns", TURNS),
        ("to", m + TURNS),
        ("came", came),
        ("came_x", shower.flows(m + TURNS, h).x - flows.x),
    ]);
    let names = guesses.map(|(name, _)| name);
    Challenge {
        shown: Some(SHOWN.to_owned()),
        ..Challenge::new("three-turns", STAGE, &names, right, numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, STAGE, TURNS, three_turns};
    use crate::scenario::Session;

    #[test]
    fn what_is_shown_is_the_stage_after_the_turns_that_are_asked_about() {
        let [before, after] = [STAGE, SHOWN].map(|string| Session::open(string).0);
        let [m, h] = before.run().now().position;
        assert_eq!(after.run().now().position, [m + TURNS, h]);
        let came = after.run().now().chain.flows.y - before.run().now().chain.flows.y;
        assert!(three_turns().numbers.contains(&("came", came)));
        assert!(after.promise().is_some(), "the turn is one that the figure tells of");
    }
}
