//! The small network: the valve that is most to blame, and what a step of all of them leaves.

use super::challenge::Challenge;
use crate::scenario::{Session, SmallNetwork};

/// Where one thinks about it: the network as it is where nothing is given.
const STAGE: &str = "";
/// What is told of each valve on offer: where its pipe begins and ends, counted from 1, and ∂E/∂v.
const SUSPECTS: [(&str, [&str; 3]); 4] = [
    ("open", ["from_open", "to_open", "slope_open"]),
    ("full", ["from_full", "to_full", "slope_full"]),
    ("worst", ["from_worst", "to_worst", "slope_worst"]),
    ("most", ["from_most", "to_most", "slope_most"]),
];

/// How many valves there are, and how many runs of the water it takes to probe them; the error, and what a step
/// leaves of it; and the valve that is most to blame, where there is one.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let now = session.network();
    let mut next = session.clone();
    next.step_network();
    let count = SmallNetwork::VALVES as f64;
    let mut told =
        vec![("valves", count), ("probes", count + 1.0), ("E", now.error), ("E_next", next.network().error)];
    if let Some(most) = now.most_to_blame() {
        told.extend(of_valve(&now, most, ["from", "to", "slope"]));
    }
    told
}

/// Where the valve that is most to blame stands: behind a pump, behind a junction, or nowhere.
pub(super) fn form(session: &Session) -> &'static str {
    let state = session.network();
    match state.most_to_blame().and_then(|valve| state.network.pipe(valve)) {
        Some([0, ..]) => "pump",
        Some(_) => "junction",
        None => "none",
    }
}

/// Where the pipe of a valve begins and ends, counted from 1, and ∂E/∂v.
fn of_valve(
    state: &SmallNetwork,
    valve: usize,
    [begins, ends, slopes]: [&'static str; 3],
) -> [(&'static str, f64); 3] {
    let [_, from, to] = state.network.pipe(valve).unwrap_or_default();
    let slope = state.sensitivities.get(valve).copied().unwrap_or_default();
    [(begins, (from + 1) as f64), (ends, (to + 1) as f64), (slopes, slope)]
}

/// The valves that one may suspect: the one that is open furthest, the one with the most water, of those at the
/// shower that is furthest off the one that matters most, and the one that is most to blame.
fn suspects(state: &SmallNetwork) -> [usize; 4] {
    let valves = || 0..SmallNetwork::VALVES;
    let size = |valve: &usize| state.sensitivities[*valve].abs();
    let worst = largest(0..state.errors.len(), |shower| state.errors[*shower]);
    let last = state.sweep.flows().len().saturating_sub(2);
    let near = valves()
        .filter(|valve| state.network.pipe(*valve).is_some_and(|[l, _, to]| [l, to] == [last, worst]));
    let (carried, openings) = (state.carried(), state.network.openings());
    [
        largest(valves(), |valve| openings[*valve]),
        largest(valves(), |valve| carried[*valve]),
        largest(near, size),
        largest(valves(), size),
    ]
}

/// Which of some is the largest; the first of all where there are none.
fn largest(all: impl Iterator<Item = usize>, size: impl Fn(&usize) -> f64) -> usize {
    all.max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or_default()
}

/// Which valve is most to blame? Not what stands out in the picture.
pub(super) fn blame() -> Challenge {
    let session = Session::open(STAGE).0;
    let state = session.network();
    let valves = suspects(&state);
    let most = state.most_to_blame();
    let right = SUSPECTS.iter().zip(valves).find(|(_, valve)| Some(*valve) == most);
    let right = right.map_or("", |((name, _), _)| *name);
    let mut told = vec![("valves", SmallNetwork::VALVES as f64), ("E", state.error)];
    for ((_, says), valve) in SUSPECTS.into_iter().zip(valves) {
        told.extend(of_valve(&state, valve, says));
    }
    let [open, full, worst, most] = valves;
    // What reaches a valve, and the blame behind it: beside the layout, all that its sensitivity depends on.
    let (flows, blame) = (state.sweep.flows(), state.sweep.blame());
    let before = |valve: usize| state.network.pipe(valve).map_or(0.0, |[layer, from, _]| flows[layer][from]);
    let behind = |valve: usize| state.network.pipe(valve).map_or(0.0, |[layer, _, to]| blame[layer + 1][to]);
    told.extend([
        ("v_open", state.network.positions()[open]),
        ("q_open", before(open)),
        ("blame_open", behind(open)),
        ("flow_full", state.carried()[full]),
        ("blame_full", behind(full)),
        ("E_worst", state.errors.iter().copied().fold(0.0, f64::max)),
        ("blame_worst", behind(worst)),
        ("q_most", before(most)),
        ("blame_most", behind(most)),
    ]);
    let names = SUSPECTS.map(|(name, _)| name);
    let mut challenge = Challenge::new("blame", STAGE, &names, right, told);
    // Whoever turned a valve meanwhile sees what was asked about.
    challenge.shown = Some(STAGE.to_owned());
    challenge
}

#[cfg(test)]
mod tests {
    use super::{STAGE, blame, form, numbers, suspects};
    use crate::scenario::Session;

    #[test]
    fn the_suspects_are_four_valves_and_the_last_of_them_is_to_blame() {
        let state = Session::open(STAGE).0.network();
        let valves = suspects(&state);
        for (place, valve) in valves.iter().enumerate() {
            assert!(!valves[..place].contains(valve), "{valves:?}");
        }
        assert_eq!(state.most_to_blame(), Some(valves[3]));
        let right: Vec<_> = blame().guesses.into_iter().filter(|guess| guess.right).collect();
        assert_eq!((right.len(), right[0].name), (1, "most"));
        let slope = |valve: usize| state.sensitivities[valve].abs();
        for other in &valves[..3] {
            assert!(slope(valves[3]) > 1.2 * slope(*other), "{other} can be told apart");
        }
    }

    /// Labels and reasons say so.
    #[test]
    fn the_suspects_stand_where_the_words_say() {
        let state = Session::open(STAGE).0.network();
        let pipes = suspects(&state).map(|valve| state.network.pipe(valve).expect("a pipe"));
        assert_eq!(pipes.map(|[layer, ..]| layer), [1, 0, 1, 0]);
        assert_eq!(pipes[1][1], pipes[3][1], "the same pump feeds both");
        let pumps = &state.sweep.flows()[0];
        assert!(pumps.iter().all(|flow| *flow <= pumps[pipes[3][1]]), "it is the strongest");
        let slopes = &state.sweep.blame()[2];
        assert!(slopes.iter().all(|slope| slope.abs() == slopes[0].abs()), "all showers blame alike");
        assert_ne!(pipes[0][2], pipes[2][2], "the valve that is open furthest is not at the worst shower");
    }

    #[test]
    fn what_is_told_of_the_next_step_is_what_comes() {
        for scenario in ["", "error=squared&rate=0.5", "pumps=0,0,0", "wants=0,0,0&rate=10"] {
            let mut session = Session::open(scenario).0;
            let told = numbers(&session);
            assert!(told.iter().all(|(_, number)| number.is_finite()), "{scenario}");
            let promised = told.iter().find(|told| told.0 == "E_next").expect("a number").1;
            session.step_network();
            assert_eq!(session.network().error, promised, "{scenario}");
        }
    }

    #[test]
    fn each_sentence_is_said_somewhere() {
        let forms = ["", "pumps=12,0,0&valves=7,2,7,4,8,4,8,4,8,8,10,1,5,3,4,7,5,2", "pumps=0,0,0"];
        let forms = forms.map(|scenario| form(&Session::open(scenario).0));
        assert_eq!(forms, ["pump", "junction", "none"]);
    }
}
