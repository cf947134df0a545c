//! Two handles and one goal: the shower put right in a few turns.

use super::challenge::{Challenge, Outcome};
use crate::descent::Experiment;
use crate::plumbing::OPEN;
use crate::scenario::Session;

/// Where it begins: no turn made, and every turn by hand from here on.
const STAGE: &str = "turns=";
/// How many turns there are.
const TURNS: usize = 6;

/// Put the shower right in six turns or fewer.
pub(super) fn six() -> Challenge {
    let session = Session::open(STAGE).0;
    let [flow, ideal] = [session.run().now().chain.flows.y, session.run().experiment().target];
    Challenge::new("six", STAGE, &[], "", vec![("most", TURNS as f64), ("y", flow), ("ideal", ideal)])
}

/// How many turns are made, and how many are left.
pub(super) fn progress(session: &Session) -> Vec<(&'static str, f64)> {
    let turns = session.run().steps();
    vec![("turns", turns as f64), ("left", TURNS.saturating_sub(turns) as f64), ("most", TURNS as f64)]
}

/// What has come of the turns so far; `None` while there are some left, and in any shower but that of the stage.
pub(super) fn judge(session: &Session) -> Option<Outcome> {
    let run = session.run();
    let stage = Session::open(STAGE).0;
    let experiment = stage.run().experiment();
    let (turns, [start_m, _]) = (run.steps(), experiment.start);
    let tolerance = experiment.tolerance;
    let [_, h] = run.now().position;
    // What the handle alone could do.
    let highest = experiment.shower.flows(start_m, OPEN).y;
    let handle_alone = run.path().iter().all(|step| step.position[0] == start_m);
    let name = if !session.is_by_hand() {
        return None;
    } else if (Experiment { target: experiment.target, ..*run.experiment() }) != *experiment {
        // Another shower is another question.
        return None;
    } else if run.experiment().target != experiment.target {
        "ideal"
    } else if run.now().error < tolerance && turns <= TURNS {
        "done"
    } else if turns < TURNS {
        return None;
    } else if handle_alone && highest < experiment.target - tolerance {
        "handle"
    } else {
        "over"
    };
    let numbers = vec![
        ("turns", turns as f64),
        ("most", TURNS as f64),
        ("E", run.now().error),
        ("h", h),
        ("m", start_m),
        ("y", run.now().chain.flows.y),
        ("highest", highest),
        ("tolerance", tolerance),
        ("ideal", experiment.target),
    ];
    Some(Outcome { name, right: name == "done", numbers })
}

#[cfg(test)]
mod tests {
    use super::{STAGE, judge, progress};
    use crate::scenario::{Key, Session};

    /// What has come of some turns, by name.
    fn outcome(turns: &str) -> Option<&'static str> {
        let session = Session::open(&format!("turns={turns}&steps={}", turns.split(',').count())).0;
        judge(&session).map(|outcome| outcome.name)
    }

    #[test]
    fn six_turns_are_enough_for_those_who_arrive_and_no_seventh_follows() {
        assert_eq!(judge(&Session::open(STAGE).0), None);
        assert_eq!(outcome("6:5"), None);
        assert_eq!(outcome("10:5"), Some("done"));
        assert_eq!(outcome("4:5,5:5,6:5,7:5,7:6,7:7"), Some("done"));
        assert_eq!(outcome("4:5,5:5,6:5,7:5,7:6,7:6.5"), Some("over"));
        assert_eq!(outcome("4:5,5:5,6:5,7:5,7:6,7:6.5,7:7"), Some("over"));
    }

    #[test]
    fn the_handle_alone_never_gives_enough() {
        assert_eq!(outcome("3:6,3:7,3:8,3:9,3:9.5,3:10"), Some("handle"));
        assert_eq!(outcome("3:6,3:7,3:8,3:9,3:10,3:5"), Some("handle"));
    }

    #[test]
    fn to_move_the_mark_is_no_answer() {
        let mut session = Session::open(STAGE).0;
        session.put(Key::Target, 1.0);
        assert_eq!(judge(&session).map(|outcome| (outcome.name, outcome.right)), Some(("ideal", false)));
    }

    #[test]
    fn another_shower_than_that_of_the_stage_is_not_judged() {
        for (key, number) in [(Key::Pressure, 3.0), (Key::Rate, 0.5)] {
            let mut session = Session::open(&format!("{STAGE}10:5&steps=1")).0;
            assert!(judge(&session).is_some_and(|outcome| outcome.right));
            session.put(key, number);
            assert_eq!(judge(&session), None, "{key:?}");
            session.put(Key::Target, 1.0);
            assert_eq!(judge(&session), None, "{key:?} and the mark");
        }
    }

    #[test]
    fn turns_are_counted_as_they_are_made() {
        let mut session = Session::open(STAGE).0;
        assert_eq!(progress(&session)[..2], [("turns", 0.0), ("left", 6.0)]);
        for position in [3.5, 4.0] {
            session.turn_to([position, 5.0]);
        }
        // The hand has not let go: it is one turn.
        assert_eq!(progress(&session)[..2], [("turns", 1.0), ("left", 5.0)]);
    }
}
