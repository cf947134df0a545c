//! Sessions: whatever a person does, the string opens the very same session again.

use crate::random::{check, valid, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::Verdict;
use backflow::plumbing::Preset;
use backflow::scenario::{Course, Key, LONGEST_STRING, RatesPlane, Rival, Session};

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
pub(crate) fn act(u: &mut Unstructured, session: &mut Session) -> Result<String> {
    let fraction = |u: &mut Unstructured| within(u, 0.0, 1.0);
    Ok(match u.int_in_range(0..=17)? {
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
        15 => {
            let (valve, part) = (u.int_in_range(0..=18)?, within(u, -1.2, 1.2)?);
            let turned =
                if u.arbitrary()? { session.turn_pipe(valve, part) } else { session.nudge_pipe(valve, part) };
            assert_eq!(turned, valve < 18);
            format!("turn or nudge pipe {valve} {part}")
        }
        16 => {
            session.step_network();
            "step the network".to_owned()
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
fn a_session_knows_without_stepping_whether_its_run_can_step() {
    let tried = std::cell::Cell::new([0; 2]);
    let agrees = |session: &Session| {
        let mut stepped = session.clone();
        stepped.step(1);
        let can = stepped.run().steps() > session.run().steps();
        assert_eq!(session.can_step(), can, "{}", session.scenario());
        let mut counts = tried.get();
        counts[usize::from(can)] += 1;
        tried.set(counts);
    };
    check(1500, |u| {
        let mut session = Session::default();
        let preset = u.choose(&Preset::ALL)?.name();
        assert_eq!(session.set(Key::Preset, preset), Ok(()));
        for _ in 0..10 {
            act(u, &mut session)?;
            agrees(&session);
        }
        session.finish();
        agrees(&session);
        Ok(())
    });
    for string in [
        "steps=10000&rate=0.0000001",
        "steps=9999&rate=0.0000001",
        "turns=4:5&steps=1",
        "turns=4:5",
        "rate=0.5&rival=rate=0.001&steps=900",
    ] {
        agrees(&Session::open(string).0);
    }
    let [cannot, can] = tried.get();
    assert!(cannot > 100 && can > 100 || std::env::var_os("ARBTEST_SEED").is_some(), "{cannot}, {can}");
}

#[test]
fn rivals_go_on_as_they_were_when_the_main_run_changes() {
    check(1500, |u| {
        let mut session = Session::default();
        let preset = u.choose(&Preset::ALL)?.name();
        assert_eq!(session.set(Key::Preset, preset), Ok(()));
        for _ in 0..u.int_in_range(0..=3)? {
            let key = *u.choose(&[Key::Optimizer, Key::Momentum, Key::Epsilon, Key::Beta1, Key::Rate])?;
            let given = valid(u, key)?;
            let _ = session.set(key, &given);
        }
        for _ in 0..u.int_in_range(1..=2)? {
            let optimizer = u.choose(&Key::OPTIMIZERS)?;
            let given = if u.arbitrary()? {
                format!("optimizer={optimizer}&rate=0.05")
            } else {
                "rate=0.07".to_owned()
            };
            assert!(session.add_rival(&given).is_empty());
        }
        session.step(u.int_in_range(4..=9)?);
        let made: Vec<_> = session.rivals().iter().map(|run| run.path().to_vec()).collect();
        let was = session.run().path().to_vec();
        let at = u.int_in_range(1..=session.run().steps().max(1))?;
        session.seek(at);
        let key = loop {
            let key = *u.choose(&Key::ALL)?;
            if key.may_branch() && session.settings().get(key).is_some() {
                break key;
            }
        };
        let given = valid(u, key)?;
        let _ = session.set(key, &given);
        session.seek(was.len() - 1);
        for (rival, made) in session.rivals().iter().zip(&made) {
            let together = rival.path().len().min(made.len());
            assert!(together > 1 || made.len() == 1);
            assert_eq!(rival.path()[..together], made[..together], "{}", session.scenario());
        }
        // The run as it was is among them, if it went further.
        if session.rivals().len() > made.len() {
            let ghost = session.rivals().last().map(|run| run.path().to_vec()).unwrap_or_default();
            let together = ghost.len().min(was.len());
            assert_eq!(ghost[..together], was[..together], "{}", session.scenario());
        }
        Ok(())
    });
}

#[test]
fn applying_a_remedy_arrives_when_it_says() {
    let tried = std::cell::Cell::new(0);
    check(1200, |u| {
        let mut session = Session::default();
        let preset = u.choose(&Preset::ALL)?.name();
        assert_eq!(session.set(Key::Preset, preset), Ok(()));
        for _ in 0..u.int_in_range(1..=4)? {
            let key = *u.choose(&[Key::Optimizer, Key::Rate, Key::Error, Key::Sensitivities, Key::Target])?;
            let given = valid(u, key)?;
            let _ = session.set(key, &given);
            session.step(u.int_in_range(1..=30)?);
        }
        let Some(remedy) = session.remedy() else { return Ok(()) };
        tried.set(tried.get() + 1);
        let string = session.scenario().to_string();
        // A pressure in another unit than the preset's may be off by a last bit; none is set here.
        session.apply(&remedy);
        let main = &session.lanes()[0];
        assert_eq!(main.verdict.name(), "arrived", "{string}: {remedy:?}");
        assert_eq!(main.steps, remedy.arrives, "{string}: {remedy:?}");
        Ok(())
    });
    assert!(tried.get() > 50 || std::env::var_os("ARBTEST_SEED").is_some(), "{}", tried.get());
}

#[test]
fn however_long_a_session_gets_its_string_opens_it() {
    let mut session = Session::default();
    for change in 0..120 {
        session.step(1);
        assert!(session.set(Key::Rate, &format!("0.{:04}1", 1000 + change)).is_ok());
        assert_opens_again(&session, "many branches");
    }
    let mut session = Session::default();
    session.set_by_hand(true);
    for turn in 0..Course::MOST_TURNS {
        session.turn_to([1.0 + 0.041_234_567 * turn as f64, 9.123_456_789 - 0.03 * turn as f64]);
        session.settle();
    }
    for back in 1..12 {
        session.seek(Course::MOST_TURNS - 10 * back);
        session.turn_to([5.0, 2.0 + 0.5 * f64::from(u8::try_from(back).unwrap_or(0))]);
        session.settle();
        assert_opens_again(&session, "many runs by hand");
    }
}

#[test]
fn a_run_that_made_no_progress_goes_on_after_a_change() {
    let mut session = Session::open("rate=2&steps=199").0;
    assert!(session.set(Key::Rate, "0.1").is_ok());
    session.finish();
    assert_eq!(session.run().verdict().name(), "arrived");
    assert!(session.run().steps() > 199);
}

#[test]
fn a_challenged_rule_has_its_own_defaults() {
    let mut session = Session::open("optimizer=adam&epsilon=0.1&beta1=0.3").0;
    assert_eq!(session.challenge("momentum"), Some(Vec::new()));
    assert_eq!(session.challenge("rmsprop"), Some(Vec::new()));
    assert_eq!(session.challenge("none"), None);
    let rules = session.rivals().iter().map(|run| run.experiment().optimizer);
    let alone = ["momentum", "rmsprop"].map(|name| Session::open(&format!("optimizer={name}")).0);
    assert!(rules.eq(alone.iter().map(|session| session.run().experiment().optimizer)));
}

#[test]
fn a_rates_map_and_an_end_of_a_race_lose_nothing() {
    let mut session = Session::default();
    session.set_by_hand(true);
    session.turn_to([6.0, 6.0]);
    session.settle();
    let plane = RatesPlane::new(&session.settings(), Key::Momentum);
    session.go_to(&plane, [0.5, 0.5]);
    assert!(session.lanes()[1].by_hand, "the run by hand is a rival now");
    let mut session = Session::open("rate=0.5&rival=rate=0.005").0;
    session.finish();
    let own = session.run().steps();
    assert!(session.clock() > own);
    session.remove_rival(0);
    assert_eq!((session.clock(), session.run().steps()), (own, own));
}

#[test]
fn a_hand_that_turns_away_is_not_on_the_way() {
    let mut session = Session::default();
    session.set_by_hand(true);
    for m in [2.5, 2.0, 1.5] {
        session.turn_to([m, 4.5]);
        session.settle();
    }
    assert!(["crawling", "blowing-up"].contains(&session.verdict().name()), "{:?}", session.verdict());
    assert_eq!(session.remedy(), None);
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

#[test]
fn a_hand_begins_where_the_race_began_and_the_race_goes_on_beside_it() {
    let mut session = Session::open("rate=0.5&rival=optimizer=adam%26rate=0.1").0;
    session.finish();
    let [machine, adam] = [session.run(), &session.rivals()[0]].map(|run| run.path().to_vec());
    session.set_by_hand(true);
    assert_eq!((session.clock(), session.run().now().position), (0, machine[0].position));
    session.turn_to([7.0, 7.0]);
    session.settle();
    session.finish();
    let paths: Vec<_> = session.rivals().iter().map(|run| run.path().to_vec()).collect();
    assert_eq!(paths, [adam.clone(), machine.clone()], "both are there, to the last bit");
    session.set_by_hand(false);
    session.finish();
    assert_eq!(session.run().path(), machine, "and the run is itself again");
    let lanes = session.lanes();
    assert_eq!(lanes.iter().map(|lane| lane.by_hand).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn a_branch_to_another_rule_keeps_what_was_set_for_the_one_before() {
    // A millionth is what Adadelta has of itself, and not what AdaGrad has.
    let (mut session, _) = Session::open("optimizer=adagrad&epsilon=0.000001&rate=0.5&steps=6");
    assert_eq!(session.set(Key::Optimizer, "adadelta"), Ok(()));
    assert_opens_again(&session, "another rule");
    assert_eq!(session.set(Key::Optimizer, "adagrad"), Ok(()));
    assert_opens_again(&session, "and back");
}

#[test]
fn a_run_that_begins_anew_with_another_setting_is_that_of_the_setting_alone() {
    let (mut session, _) = Session::open("sensitivities=joint&steps=6&rival=rate=0.3");
    assert!(session.restart_with(Key::Sensitivities, "central").is_ok());
    assert_eq!(session.scenario().to_string(), "sensitivities=central&rival=rate=0.3");
    session.step(3);
    assert_eq!(session.run().now(), Session::open("sensitivities=central&steps=3").0.run().now());
    let complaint = session.restart_with(Key::Optimizer, "magic").expect_err("there is none");
    assert!(complaint.to_string().starts_with("optimizer=magic"));
}
