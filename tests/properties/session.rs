//! Sessions: whatever a person does, the string opens the very same session again.

use crate::random::{check, valid, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::Verdict;
use backflow::plumbing::Preset;
use backflow::scenario::{Course, Key, LONGEST_STRING, Rival, Session};

/// Everything about where a session stands, to the last bit.
fn state(session: &Session) -> (String, String, Vec<String>) {
    let path = |run: &backflow::descent::Run| format!("{:?}", run.path());
    let rivals = session.rivals().iter().map(path).collect();
    (session.scenario().to_string(), path(session.run()), rivals)
}

/// The session's string opens the same session.
fn assert_opens_again(session: &Session, what: &str) {
    let string = session.scenario().to_string();
    assert!(string.chars().count() <= LONGEST_STRING, "{string}");
    let (again, complaints) = Session::open(&string);
    assert!(complaints.is_empty(), "after {what}: {string}: {complaints:?}");
    assert_eq!(again.scenario(), session.scenario(), "after {what}: {string}");
    assert!(state(&again) == state(session), "after {what}: {string}");
    let finite = session.reading().iter().all(|(_, number)| number.is_finite());
    assert!(finite, "after {what}: {string}: {:?}", session.reading());
}

/// Does something that a person could do; says what.
fn act(u: &mut Unstructured, session: &mut Session) -> Result<String> {
    let fraction = |u: &mut Unstructured| within(u, 0.0, 1.0);
    Ok(match u.int_in_range(0..=15)? {
        0 | 1 => {
            let key = *u.choose(&Key::ALL)?;
            let given = if key == Key::Steps { u.int_in_range(0..=60)?.to_string() } else { valid(u, key)? };
            let outcome = session.set(key, &given);
            format!("set {}={given}, {outcome:?}", key.name())
        }
        2 => {
            let key = *u.choose(&[Key::Rate, Key::Pressure, Key::Target])?;
            let fraction = fraction(u)?;
            session.set_fraction(key, fraction);
            format!("set_fraction {} {fraction}", key.name())
        }
        3 => {
            session.nudge(Key::M, 0.05);
            "nudge".to_owned()
        }
        4 | 5 => {
            let at = [fraction(u)?, fraction(u)?];
            session.turn(at);
            format!("turn {at:?}")
        }
        6 => {
            session.settle();
            "settle".to_owned()
        }
        7 | 8 => {
            let count = u.int_in_range(1..=12)?;
            session.step(count);
            format!("step {count}")
        }
        9 | 10 => {
            let step = u.int_in_range(0..=60)?;
            session.seek(step);
            format!("seek {step}")
        }
        11 => {
            let by_hand = u.arbitrary()?;
            session.set_by_hand(by_hand);
            format!("by hand {by_hand}")
        }
        12 => {
            let given = format!("optimizer={}&rate=0.05", u.choose(&Key::OPTIMIZERS)?);
            let complaints = session.add_rival(&given);
            assert!(complaints.is_empty() || session.rivals().len() == Rival::MOST);
            format!("rival {given}")
        }
        13 => {
            session.remove_rival(0);
            "remove a rival".to_owned()
        }
        14 => {
            let rate = within(u, 0.01, 1.0)?;
            let outcome = session.set_rival(0, Key::Rate, &rate.to_string());
            format!("rate of a rival {rate}, {outcome:?}")
        }
        _ => match session.remedy() {
            Some(remedy) if u.ratio(1, 3)? => {
                session.apply(&remedy);
                format!("{remedy:?}")
            }
            _ => {
                session.reset();
                "reset".to_owned()
            }
        },
    })
}

#[test]
fn whatever_one_does_the_string_opens_the_same_session_again() {
    check(1500, |u| {
        let mut session = Session::default();
        let preset = u.choose(&Preset::ALL)?.name();
        assert_eq!(session.set(Key::Preset, preset), Ok(()));
        let mut done = Vec::new();
        for _ in 0..14 {
            done.push(act(u, &mut session)?);
            assert_opens_again(&session, &done.join("; "));
        }
        Ok(())
    });
}

#[test]
fn a_change_after_some_steps_branches_and_what_lay_ahead_becomes_a_rival() {
    let mut session = Session::open("rate=2&tolerance=0.001").0;
    session.step(40);
    let bouncing = session.run().made().to_vec();
    session.seek(12);
    assert!(session.set_fraction(Key::Rate, 0.5));
    assert!(session.set(Key::Rate, "0.1").is_ok()); // the same branch, turned further
    assert_eq!(session.run().made()[..12], bouncing[..12]);
    assert_eq!(session.run().made().len(), 13);
    assert_eq!(session.rivals().len(), 1);
    session.finish();
    assert!(session.clock() >= 40);
    assert_eq!(session.rivals()[0].made()[..=40], bouncing, "the run as it was, to the last bit");
    let lanes = session.lanes();
    assert_eq!(
        (lanes[0].rate, lanes[0].branched, lanes[1].rate, lanes[1].branched),
        (0.1, Some(12), 2.0, None)
    );
    // Back before the branch the settings are those of then.
    session.seek(5);
    assert_eq!(session.settings().number(Key::Rate), 2.0);
    assert_eq!(session.run().experiment().rate, 2.0);
}

#[test]
fn three_optimizers_race_from_one_start_on_one_clock() {
    let mut session = Session::open("optimizer=adagrad&rate=0.5").0;
    assert!(session.add_rival("optimizer=momentum&rate=0.02").is_empty());
    assert!(session.add_rival("optimizer=adam&rate=0.1").is_empty());
    session.step(10);
    let steps: Vec<_> = session.lanes().iter().map(|lane| lane.steps).collect();
    assert_eq!(steps, [10; 3]);
    session.finish();
    let lanes = session.lanes();
    assert!(lanes.iter().all(|lane| matches!(lane.verdict, Verdict::Arrived { .. })));
    let clock = lanes.iter().map(|lane| lane.steps).max();
    assert_eq!(Some(session.clock()), clock);
    for lane in &lanes {
        let string = format!("optimizer={}&rate={}&steps={}", lane.optimizer, lane.rate, lane.steps);
        let alone = Session::open(&string).0;
        assert_eq!(alone.run().now().position, lane.position, "{string}");
        assert_eq!(alone.run().now().tally.wasted, lane.wasted, "{string}");
    }
    session.seek(7);
    assert!(session.lanes().iter().all(|lane| lane.steps == 7));
}

#[test]
fn turns_by_hand_are_steps_and_are_replayed_beside_an_optimizer() {
    let mut session = Session::default();
    session.set_by_hand(true);
    for (m, drag) in [(4.0, 3), (6.0, 1), (8.0, 5)] {
        // While the hand holds on, it is one turn.
        for part in 1..=drag {
            session.turn_to([m - 0.1 * f64::from(drag - part), 5.0]);
        }
        session.settle();
    }
    session.turn_to([8.0, 6.5]);
    session.settle();
    assert_eq!(session.scenario().to_string(), "steps=4&turns=4:5,6:5,8:5,8:6.5");
    assert_eq!(session.run().steps(), 4);
    session.set_by_hand(false);
    assert_eq!((session.run().steps(), session.clock()), (0, 0));
    session.finish();
    let lanes = session.lanes();
    assert!(!lanes[0].by_hand && lanes[1].by_hand);
    assert_eq!((lanes[0].steps, lanes[1].steps, lanes[1].position), (56, 4, [8.0, 6.5]));
    assert_eq!(lanes[1].verdict.name(), "overshot");
    session.seek(2);
    assert_eq!(session.lanes()[1].position, [6.0, 5.0]);
}

#[test]
fn a_hand_that_never_stops_stays_within_what_a_run_keeps() {
    let mut session = Session::default();
    session.set_by_hand(true);
    for turn in 0..Course::MOST_TURNS + 30 {
        session.turn([0.3 + 0.001 * turn as f64, 0.123 * (turn % 7) as f64]);
        session.settle();
    }
    assert_eq!(session.run().steps(), Course::MOST_TURNS);
    assert_opens_again(&session, "many turns");
    session.set_by_hand(false);
    assert_opens_again(&session, "letting go");
}
