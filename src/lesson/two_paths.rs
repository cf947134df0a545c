//! Two paths from the handle to the shower flow: sensitivities of paths add.

use super::challenge::Challenge;
use crate::backprop::Chain;
use crate::scenario::Session;

/// The house with another tap open, and the same with that tap shut.
const STAGE: &str = "preset=house";
const SHUT: &str = "preset=house&Cother=0";
/// Another position of the handle, to see whether the answer depends on it.
const ELSEWHERE: &str = "preset=house&Cother=0&h=8";

/// With no other tap, how much of the house flow comes out of the shower?
pub(super) fn no_tap() -> Challenge {
    let chain = |scenario| -> Chain { Session::open(scenario).0.run().now().chain };
    let [now, shut, elsewhere] = [STAGE, SHUT, ELSEWHERE].map(chain);
    let is = |value: f64| (shut.flows.dy_dx - value).abs() < 1e-12;
    let right = if elsewhere.flows.dy_dx != shut.flows.dy_dx {
        "handle"
    } else if is(1.0) {
        "one"
    } else if is(0.0) {
        "zero"
    } else if is(now.flows.dy_dx) {
        "same"
    } else {
        ""
    };
    let numbers = vec![
        ("now", now.flows.dy_dx),
        ("answer", shut.flows.dy_dx),
        ("elsewhere", elsewhere.flows.dy_dx),
        ("x", now.flows.x),
        ("y", now.flows.y),
        ("x_shut", shut.flows.x),
        ("y_shut", shut.flows.y),
        ("direct", shut.flows.dy_dh_x),
        ("via", shut.dy_dh_via_x),
    ];
    let guesses = ["same", "one", "zero", "handle"];
    Challenge { shown: Some(SHUT.to_owned()), ..Challenge::new("no-tap", STAGE, &guesses, right, numbers) }
}

#[cfg(test)]
mod tests {
    use super::no_tap;

    #[test]
    fn with_no_other_tap_all_that_enters_the_house_leaves_by_the_shower() {
        let challenge = no_tap();
        assert!(challenge.numbers.contains(&("answer", 1.0)), "exactly");
        assert!(challenge.numbers.contains(&("direct", 0.0)), "there is one path left");
        let right: Vec<_> =
            challenge.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["one"]);
    }
}
