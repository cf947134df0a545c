//! What rules remember: whose path stays put when the unit of the flow changes.

use super::challenge::Challenge;
use crate::scenario::Session;

/// Four rules from one start, after some steps.
const STAGE: &str = "optimizer=momentum&rate=0.02&steps=10&rival=optimizer=descent%26rate=0.1\
    &rival=optimizer=adagrad%26rate=0.5&rival=optimizer=adam%26rate=0.1";
/// The same in another unit.
const OTHER: &str = "&units=lpm";
/// The names of how far apart each rule ends in the two units, in turns, in the order of the runs.
const APART: [&str; 4] = ["apart_momentum", "apart_descent", "apart_adagrad", "apart_adam"];
/// The runs of rules that divide by the size of past gradients.
const DIVIDING: [usize; 2] = [2, 3];
/// Nearer than this to each other, in turns, two places are the same.
const SAME: f64 = 1e-3;

/// Whose path stays where it is when the flow is read in litres?
pub(super) fn units() -> Challenge {
    let other = format!("{STAGE}{OTHER}");
    let [before, after] = [STAGE, &other].map(|scenario| Session::open(scenario).0);
    let places = |session: &Session| session.lanes().iter().map(|lane| lane.position).collect::<Vec<_>>();
    let apart: Vec<_> =
        places(&before).iter().zip(places(&after)).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).collect();
    let stays: Vec<_> = apart.iter().map(|apart| *apart < SAME).collect();
    let only = |runs: &[usize]| (0..stays.len()).all(|run| stays[run] == runs.contains(&run));
    let candidates = [("all", &[0, 1, 2, 3][..]), ("momentum", &[0]), ("dividing", &DIVIDING), ("none", &[])];
    let right = candidates.iter().find(|(_, runs)| only(runs)).map_or("", |(name, _)| name);
    let mut numbers: Vec<_> = APART.into_iter().zip(apart).collect();
    let slope = |session: &Session| session.run().path()[0].chain.de_dm.abs();
    numbers.extend([("times", slope(&after) / slope(&before)), ("steps", before.clock() as f64)]);
    let guesses = candidates.map(|(name, _)| name);
    Challenge { shown: Some(other), ..Challenge::new("units", STAGE, &guesses, right, numbers) }
}

#[cfg(test)]
mod tests {
    use super::units;

    #[test]
    fn rules_that_divide_by_past_gradients_know_no_unit() {
        let challenge = units();
        let right: Vec<_> =
            challenge.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["dividing"]);
        let apart =
            |name| challenge.numbers.iter().find(|(own, _)| *own == name).map_or(f64::NAN, |(_, far)| *far);
        assert!(apart("apart_adagrad") < 1e-6 && apart("apart_adam") < 1e-6);
        assert!(apart("apart_momentum") > 1.0 && apart("apart_descent") > 1.0);
    }
}
