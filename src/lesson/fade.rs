//! Pipes that become a network: the tags that make up both gradients, and what backpropagation spares.

use super::challenge::Challenge;
use crate::plumbing::Model;
use crate::scenario::{Session, SmallNetwork};

/// Where one fills in: four tags that differ, and so do their products and sums.
const FILL: &str = "preset=product&m=3&h=5&error=squared";
/// Where one counts: pipes that have become a network.
const COUNT: &str = "preset=product&fade=1";
/// Sweeps of backpropagation, however many valves there are: one forward, one backward.
const SWEEPS: usize = 2;

/// The tags, and what they multiply to at each of the two weights.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let chain = &session.run().now().chain;
    let flows = &chain.flows;
    vec![
        ("dE_dy", chain.de_dy),
        ("dy_dx", flows.dy_dx),
        ("dx_dm", flows.dx_dm),
        ("dx_dh", flows.dx_dh),
        ("dy_dh_x", flows.dy_dh_x),
        ("dE_dm", chain.de_dm),
        ("dE_dh_direct", chain.de_dh_direct),
        ("dE_dh_via_x", chain.de_dh_via_x),
        ("dE_dh", chain.de_dh),
    ]
}

/// Whether the handle has a second path to the shower, through the house flow.
pub(super) fn form(session: &Session) -> &'static str {
    let forked = matches!(session.run().experiment().shower.model, Model::House { .. });
    if forked { "forked" } else { "" }
}

/// What is ∂E/∂m? It stands on no tag; three of them make it.
pub(super) fn fill() -> Challenge {
    let session = Session::open(FILL).0;
    let chain = session.run().now().chain;
    let flows = chain.flows;
    let guesses = [
        ("sum", chain.de_dy + flows.dy_dx + flows.dx_dm),
        ("product", chain.de_dy * flows.dy_dx * flows.dx_dm),
        ("flow", flows.dy_dx * flows.dx_dm),
        ("last", flows.dx_dm),
    ];
    let right = guesses.iter().find(|(_, guess)| *guess == chain.de_dm).map_or("", |(name, _)| *name);
    let names = guesses.map(|(name, _)| name);
    let mut told = numbers(&session);
    told.extend(guesses);
    Challenge::new("fill", FILL, &names, right, told)
}

/// What do all sensitivities of a larger network cost, by probing and by backpropagation?
pub(super) fn count() -> Challenge {
    let sizes = Session::default().network().network.sizes();
    let valves = SmallNetwork::VALVES;
    // One run as it is, and one for each valve that is turned a hair.
    let probes = valves + 1;
    let paths: usize = sizes.iter().product();
    let names = ["valves", "few", "paths", "together"];
    let told = [("valves", valves), ("probes", probes), ("sweeps", SWEEPS), ("paths", paths)];
    Challenge::new("count", COUNT, &names, "few", told.map(|(name, count)| (name, count as f64)).to_vec())
}

#[cfg(test)]
mod tests {
    use super::{COUNT, FILL, SWEEPS, count, fill, form, numbers};
    use crate::city::Sweep;
    use crate::descent::Error;
    use crate::scenario::{List, Session};

    #[test]
    fn the_tags_multiply_to_both_gradients_along_every_path() {
        for scenario in ["", "preset=house", "preset=curves&m=8&error=squared", "m=1&h=1", FILL, COUNT] {
            let session = Session::open(scenario).0;
            let told = numbers(&session);
            let number = |name: &str| told.iter().find(|told| told.0 == name).expect("a number").1;
            assert!(told.iter().all(|(_, number)| number.is_finite()), "{scenario}");
            let [error, shrink] = [number("dE_dy"), number("dy_dx")];
            assert!((error * shrink * number("dx_dm") - number("dE_dm")).abs() < 1e-12, "{scenario}");
            let paths = error * number("dy_dh_x") + error * shrink * number("dx_dh");
            assert!((paths - number("dE_dh")).abs() < 1e-12, "{scenario}");
            assert_eq!(form(&session) == "forked", scenario.contains("house"));
        }
    }

    #[test]
    fn what_one_may_fill_in_can_be_told_apart() {
        let fill = fill();
        let value = |name: &str| fill.numbers.iter().find(|told| told.0 == name).expect("a number").1;
        let right: Vec<_> = fill.guesses.iter().filter(|guess| guess.right).map(|guess| guess.name).collect();
        assert_eq!(right, ["product"]);
        for (place, guess) in fill.guesses.iter().enumerate() {
            for other in &fill.guesses[..place] {
                let apart = (value(guess.name) - value(other.name)).abs();
                assert!(apart > 0.1, "{} and {}", guess.name, other.name);
            }
        }
    }

    /// Counts the sweeps that either way makes, and compares what comes of them.
    #[test]
    fn probing_takes_as_many_runs_as_it_is_said_and_backpropagation_two_sweeps() {
        let said = count().numbers;
        let said = |name: &str| said.iter().find(|told| told.0 == name).expect("a number").1;
        let session = Session::open("error=squared").0;
        let state = session.network();
        let (pumps, positions) = (session.scenario().list(List::Pumps), &state.network.positions());
        let mut runs = 0.0;
        let mut error = |positions: &[f64]| {
            let (mut network, mut sweep) = (state.network.clone(), Sweep::default());
            network.turn_all(positions);
            sweep.forward(&network, pumps);
            runs += 1.0;
            sweep.judge(Error::Squared, &state.wants)
        };
        let before = error(positions);
        let probed: Vec<f64> = (0..positions.len())
            .map(|valve| {
                let mut turned = positions.to_vec();
                turned[valve] += 1e-6;
                (error(&turned) - before) / 1e-6
            })
            .collect();
        assert_eq!(runs, said("probes"));
        let mut sweeps = 1;
        let mut sweep = Sweep::default();
        sweep.forward(&state.network, pumps);
        sweep.judge(Error::Squared, &state.wants);
        let mut exact = vec![0.0; positions.len()];
        sweep.backward(&state.network, |valve, slopes| {
            exact[valve..][..slopes.len()].copy_from_slice(slopes);
        });
        sweeps += 1;
        assert_eq!((sweeps, exact.len() as f64), (SWEEPS, said("valves")));
        for (probed, exact) in probed.iter().zip(&exact) {
            assert!((probed - exact).abs() < 1e-5, "{probed} and {exact}");
        }
        // From each pump through each junction to each shower.
        assert_eq!(said("paths"), 27.0);
    }
}
