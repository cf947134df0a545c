//! The links of a pass: their numbers are the run's, to the bit, and one can go through them and back.

use crate::random::{check, scenario};
use crate::session::act;
use arbtest::arbitrary::{Result, Unstructured};
use backflow::plumbing::{OPEN, Preset, SHUT};
use backflow::scenario::{Key, Link, Scenario, Session};
use std::collections::BTreeSet;

/// A number of a link.
fn number(link: &Link, name: &str) -> f64 {
    let found = link.numbers.iter().find(|(other, _)| *other == name);
    found.unwrap_or_else(|| panic!("{link:?} has {name}")).1
}

/// The link of a pass that says something.
fn find<'a>(pass: &'a [Link], name: &str) -> &'a Link {
    pass.iter().find(|link| link.says.0 == name).unwrap_or_else(|| panic!("there is {name} in {pass:?}"))
}

/// A session some steps into its run.
fn under_way(u: &mut Unstructured) -> Result<Session> {
    let mut scenario = scenario(u)?;
    assert_eq!(scenario.set(Key::Steps, &u.int_in_range(0..=30)?.to_string()), Ok(()));
    Ok(Session::of(scenario))
}

/// A session to which a person did this and that.
fn lived_in(u: &mut Unstructured) -> Result<Session> {
    let mut session = Session::default();
    let preset = u.choose(&Preset::ALL)?.name();
    assert_eq!(session.set(Key::Preset, preset), Ok(()));
    for _ in 0..8 {
        act(u, &mut session)?;
    }
    Ok(session)
}

/// The two sessions stand at the same step of the same run.
fn assert_same(one: &Session, other: &Session) {
    assert_eq!(one.scenario().to_string(), other.scenario().to_string());
    assert_eq!(one.run().path(), other.run().path());
}

#[test]
fn backward_every_product_and_sum_holds_to_the_bit() {
    check(3000, |u| {
        let session = under_way(u)?;
        let (pass, chain) = (session.pass(), session.run().now().chain);
        let dx = find(&pass, "dE_dx");
        assert_eq!(number(find(&pass, "dE_dy"), "dE_dy"), chain.de_dy);
        assert_eq!(number(dx, "dE_dx"), number(dx, "dE_dy") * number(dx, "dy_dx"));
        assert_eq!(number(dx, "dE_dx"), chain.de_dx);
        let dm = find(&pass, "dE_dm");
        assert_eq!(number(dm, "dE_dm"), number(dm, "dE_dx") * number(dm, "dx_dm"));
        assert_eq!(number(dm, "dE_dm"), chain.de_dm);
        let two = session.reading().contains(&("paths", 2.0));
        assert_eq!(two, pass.iter().any(|link| link.says.0 == "paths"));
        if two {
            let (direct, via, both) = (find(&pass, "direct"), find(&pass, "via"), find(&pass, "paths"));
            assert_eq!(number(direct, "dE_dh_direct"), number(direct, "dE_dy") * number(direct, "dy_dh_x"));
            assert_eq!(number(via, "dE_dh_via_x"), number(via, "dE_dx") * number(via, "dx_dh"));
            assert_eq!(number(both, "dE_dh"), number(both, "dE_dh_direct") + number(both, "dE_dh_via_x"));
            assert_eq!(number(both, "dE_dh"), chain.de_dh);
        } else {
            let dh = find(&pass, "dE_dh");
            assert_eq!(number(dh, "dE_dh"), number(dh, "dE_dy") * number(dh, "dy_dh_x"));
            assert_eq!(number(dh, "dE_dh"), chain.de_dh);
        }
        let measured = pass.iter().find(|link| link.says.0 == "measured");
        assert_eq!(measured.is_some(), session.settings().get(Key::Sensitivities) != exact());
        if let Some(link) = measured.filter(|_| session.is_by_hand()) {
            assert_eq!(link.says.1, "hand", "a hand uses no gradient");
            assert!(link.numbers.iter().all(|(name, _)| !name.starts_with("gradient")), "{link:?}");
        } else if let Some(link) = measured {
            for (valve, letter) in ["m", "h"].into_iter().enumerate() {
                let gradient = number(link, &format!("gradient_{letter}"));
                assert_eq!(gradient, session.run().now().gradient[valve]);
                let waits = link.says.1 != "both" && link.says.1 != letter;
                let estimate = number(link, &format!("estimate_{letter}"));
                assert_eq!(gradient, if waits { 0.0 } else { number(link, "dE_dy") * estimate });
            }
        }
        Ok(())
    });
}

fn exact() -> Option<backflow::scenario::Value> {
    Scenario::default().get(Key::Sensitivities)
}

#[test]
fn forward_what_was_and_what_is_are_the_numbers_of_the_two_steps() {
    check(3000, |u| {
        let session = lived_in(u)?;
        let path = session.run().path();
        let now = &path[path.len() - 1];
        let before = if path.len() > 1 { &path[path.len() - 2] } else { now };
        let pass = session.pass();
        let x = pass
            .iter()
            .find(|link| matches!(link.says.0, "x" | "forked" | "untapped"))
            .expect("a house flow");
        let (y, error) = (find(&pass, "y"), find(&pass, "E"));
        let flows = [before.chain.flows, now.chain.flows];
        assert_eq!([number(x, "before"), number(x, "x")], flows.map(|flows| flows.x));
        assert_eq!([number(x, "m"), number(x, "h")], now.position);
        assert_eq!([number(y, "before"), number(y, "y")], flows.map(|flows| flows.y));
        assert_eq!([number(y, "x"), number(y, "h")], [flows[1].x, now.position[1]]);
        assert_eq!([number(error, "before"), number(error, "E")], [before.error, now.error]);
        assert_eq!(number(error, "distance"), (number(error, "y") - number(error, "target")).abs());
        for (link, name) in [(x, "x"), (y, "y"), (error, "E")] {
            let (was, is) = (number(link, "before"), number(link, name));
            let fits = match link.says.1 {
                "more" => is > was,
                "less" => is < was,
                "same" | "start" => is == was,
                "exact" => is == 0.0 && was > 0.0,
                "exact-same" | "exact-start" => is == 0.0 && was == 0.0,
                "anew" | "exact-anew" => pass.iter().any(|link| link.says.0 == "branch"),
                _ => false,
            };
            assert!(fits, "{link:?}");
            let begins = path.len() == 1;
            assert_eq!(link.says.1.ends_with("start"), begins, "nothing was before the start: {link:?}");
        }
        Ok(())
    });
}

#[test]
fn an_update_is_what_the_rule_did_and_its_turn_is_the_difference_of_the_positions() {
    check(3000, |u| {
        let session = lived_in(u)?;
        let path = session.run().path();
        let [.., from, to] = path else { return Ok(()) };
        if session.is_by_hand() {
            let (pass, moved) = (session.pass(), |valve: usize| to.position[valve] - from.position[valve]);
            let hand = find(&pass, "hand");
            assert_eq!([number(hand, "turn_m"), number(hand, "turn_h")], [moved(0), moved(1)]);
            return Ok(());
        }
        let pass = session.pass();
        for (valve, letter) in ["m", "h"].into_iter().enumerate() {
            let update = &pass[valve];
            assert_eq!((update.says.0, update.part), ("update", Some(letter)));
            assert_eq!(number(update, "before"), from.position[valve]);
            assert_eq!(number(update, "now"), to.position[valve]);
            assert_eq!(number(update, "turn"), to.position[valve] - from.position[valve]);
            assert_eq!(number(update, "gradient"), from.gradient[valve]);
            assert_leads_there(update);
        }
        Ok(())
    });
}

/// The numbers of an update multiply out to where the valve stands now.
fn assert_leads_there(update: &Link) {
    let n = |name| number(update, name);
    let (before, now, wanted) = (n("before"), n("now"), n("wanted"));
    match update.says.1 {
        "waits" => {
            assert_eq!([now, n("goal"), n("turn"), n("planned")], [before, before, 0.0, 0.0], "{update:?}");
            return assert_eq!(update.clauses, [], "it goes nowhere");
        }
        "still" | "wiggles" => assert_eq!(wanted, 0.0, "{update:?}"),
        "descent" => assert_eq!(wanted, 0.0 - n("rate") * n("gradient")),
        "momentum" | "momentum-first" => assert_eq!(wanted, 0.0 - n("rate") * n("velocity")),
        "nesterov" | "nesterov-first" => {
            assert_eq!(n("ahead"), n("gradient") + n("momentum") * n("velocity"));
            assert_eq!(wanted, 0.0 - n("rate") * n("ahead"));
        }
        "adagrad" | "rmsprop" => assert_eq!(wanted, 0.0 - n("rate") * n("gradient") / n("divisor")),
        "adadelta" => assert_eq!(wanted, 0.0 - n("rate") * (n("scale") * n("gradient"))),
        "adam" | "amsgrad" | "adamw" => assert_eq!(wanted, 0.0 - n("rate") * n("mean") / n("divisor")),
        "lion-opens" => assert!(wanted == n("rate") && n("direction") < 0.0, "{update:?}"),
        "lion-shuts" => assert!(wanted == -n("rate") && n("direction") > 0.0, "{update:?}"),
        other => panic!("{other}: {update:?}"),
    }
    if matches!(update.says.1, "momentum" | "nesterov") {
        assert_eq!(n("velocity"), n("momentum") * n("old") + n("gradient"));
    }
    // What is kept of the position and the push lead to the goal; a wiggle leads elsewhere.
    let kept = if update.says.1 == "adamw" { n("kept") } else { 1.0 };
    let (held, goal) = (n("held"), n("goal"));
    assert_eq!(held, kept * before, "{update:?}");
    let end = update.clauses[0].1.1;
    let from = if end.starts_with("wiggle") { before + n("planned") } else { held + wanted };
    assert!((goal - from).abs() <= 1e-12 * (1.0 + before.abs() + wanted.abs()), "{update:?}");
    let beyond = now == SHUT && goal < SHUT || now == OPEN && goal > OPEN;
    match end {
        "turned" | "wiggle" => assert_eq!(now, goal, "{update:?}"),
        "cut" => assert!(now != before && beyond, "{update:?}"),
        "stopped" => assert!(now == before && beyond, "{update:?}"),
        "wiggle-cut" => assert!(beyond, "{update:?}"),
        other => panic!("{other}: {update:?}"),
    }
}

#[test]
fn going_on_and_back_as_often_ends_where_it_began() {
    check(400, |u| {
        let mut session = lived_in(u)?;
        // In a race the clock may be beyond where the main run ended; a walk brings it back to there.
        session.seek(session.run().steps());
        let before = session.clone();
        let begin = u.choose_index(before.pass().len())?;
        let mut at = begin;
        let mut gone = 0;
        for _ in 0..40 {
            let Some(next) = session.onward(at) else { break };
            at = next;
            gone += 1;
            assert!(at < session.pass().len());
        }
        for _ in 0..gone {
            at = session.backward(at).expect("there was something before");
        }
        assert_eq!(at, begin);
        assert_same(&session, &before);

        // The same the other way round.
        let mut gone = 0;
        while gone < 40
            && let Some(next) = session.backward(at)
        {
            at = next;
            gone += 1;
        }
        for _ in 0..gone {
            at = session.onward(at).expect("there was something after");
        }
        assert_eq!(at, begin);
        assert_same(&session, &before);
        Ok(())
    });
}

#[test]
fn one_can_go_where_one_is_told_that_one_can() {
    check(400, |u| {
        let session = lived_in(u)?;
        for at in 0..session.pass().len() {
            let [mut on, mut back] = [session.clone(), session.clone()];
            assert_eq!(session.has_onward(at), on.onward(at).is_some(), "{at}, {}", session.scenario());
            assert_eq!(session.has_backward(at), back.backward(at).is_some(), "{at}, {}", session.scenario());
        }
        Ok(())
    });
}

/// What the believed sensitivities of m and h are called, where they are spoken of.
fn beliefs(session: &Session) -> Vec<&'static str> {
    let pass = session.pass();
    find(&pass, "measured").clauses.iter().map(|(_, (_, form))| *form).collect()
}

#[test]
fn beliefs_begin_with_the_truth_and_stay_until_a_reading_changes_them() {
    let open = |string: &str| Session::open(string).0;
    assert_eq!(beliefs(&open("sensitivities=joint")), ["begins"; 2]);
    assert_eq!(beliefs(&open("sensitivities=joint&rate=0.2&steps=1")), ["read"; 2]);
    assert_eq!(beliefs(&open("turns=4:5&sensitivities=broyden")), ["begins"; 2]);
    assert_eq!(beliefs(&open("sensitivities=central")), ["read"; 2], "he probes before the first step");
    // One valve at a time: the handle has not been turned yet when it is its turn.
    let mut alternate = open("sensitivities=alternate&rate=0.2");
    for belief in ["begins", "kept", "read", "read"] {
        assert_eq!(beliefs(&alternate), [belief], "{}", alternate.scenario());
        alternate.step(1);
    }
    // At the ideal nothing turns.
    assert_eq!(beliefs(&open("target=1&sensitivities=joint&steps=3")), ["kept"; 2]);
    let mut branched = open("rate=0.2&steps=4");
    assert_eq!(branched.set(Key::Sensitivities, "joint"), Ok(()));
    assert_eq!(beliefs(&branched), ["begins"; 2]);
    branched.step(1);
    assert_eq!(beliefs(&branched), ["read"; 2]);
}

#[test]
fn what_begins_with_the_truth_is_the_truth() {
    check(2000, |u| {
        let session = lived_in(u)?;
        for link in session.pass() {
            for (_, (name, form)) in &link.clauses {
                let Some(letter) = name.strip_prefix("believed_") else { continue };
                let believed = number(&link, &format!("estimate_{letter}"));
                if *form == "begins" {
                    assert_eq!(believed, number(&link, &format!("dy_d{letter}")), "{}", session.scenario());
                }
            }
        }
        Ok(())
    });
}

#[test]
fn another_tap_is_open_only_where_it_lets_water_through() {
    for (string, name) in [("preset=house", "forked"), ("preset=house&Cother=0&m=4&h=4", "untapped")] {
        let pass = Session::open(string).0.pass();
        assert_eq!(find(&pass, name).says.1, "start", "{string}");
        assert!(pass.iter().any(|link| link.says.0 == "paths"), "two paths lead to the handle: {string}");
    }
}

#[test]
fn an_error_of_0_says_what_was_before_only_where_something_was() {
    let mut session = Session::open("preset=product&target=1").0;
    assert_eq!(find(&session.pass(), "E").says.1, "exact-start");
    session.step(1);
    assert_eq!(find(&session.pass(), "E").says.1, "exact-same");
    let mut session = Session::open("preset=product&rate=0.1&steps=1").0;
    let flow = number(find(&session.pass(), "y"), "y");
    assert_eq!(session.set(Key::Target, &flow.to_string()), Ok(()));
    assert_eq!(find(&session.pass(), "E").says.1, "exact-anew");
}

#[test]
fn weights_that_decay_beyond_nothing_open_and_end_shut_with_numbers_that_add_up() {
    let pass = Session::open("optimizer=adamw&rate=5&decay=0.5&steps=1").0.pass();
    let n = |name| number(&pass[0], name);
    assert_eq!((pass[0].says.1, pass[0].clauses[0].1.1), ("adamw", "cut"));
    assert_eq!((n("kept"), n("held"), n("now")), (-1.5, -1.5 * n("before"), SHUT));
    assert!(n("wanted") > 0.0 && (n("goal") - n("held") - n("wanted")).abs() < 1e-12 && n("goal") < SHUT);
}

#[test]
fn a_walk_stays_at_its_ends() {
    let (mut session, _) = Session::open("turns=4:5,6:5&steps=2");
    let last = session.pass().len() - 1;
    assert_eq!(session.onward(last), None, "a hand makes no step by itself");
    session.reset();
    assert_eq!(session.backward(0), None, "nothing comes before the start");

    // In a race the main run ends where it arrives, and its walk too, though a rival could go on.
    let (mut race, _) = Session::open("rate=0.5&rival=optimizer=descent%26rate=0.001");
    race.finish();
    race.seek(race.run().steps());
    assert_eq!(race.verdict().name(), "arrived");
    let (clock, last) = (race.clock(), race.pass().len() - 1);
    assert_eq!(race.onward(last), None);
    assert_eq!((race.clock(), race.made() > clock), (clock, true), "nobody has moved");
}

#[test]
fn every_case_comes_up_and_all_numbers_are_finite() {
    let mut met = BTreeSet::new();
    let mut note = |session: &Session| {
        for link in session.pass() {
            assert!(Link::PHASES.contains(&link.phase), "{link:?}");
            assert!(link.numbers.iter().all(|(_, number)| number.is_finite()), "{link:?}");
            met.insert(link.says);
            met.extend(link.clauses.iter().map(|(_, clause)| *clause));
        }
    };
    check(4000, |u| {
        let mut session = if u.arbitrary()? { under_way(u)? } else { lived_in(u)? };
        note(&session);
        for _ in 0..4 {
            session.step(1);
            note(&session);
        }
        Ok(())
    });
    for string in [
        "m=6&h=5&target=2.5",           // exactly ideal
        "error=huber&m=9&h=9&target=0", // far beyond δ
        "preset=house&m=1&steps=1",     // nothing comes through a shut valve
        "turns=3:5&steps=1",            // a hand that turns neither valve
        "turns=3:6&steps=1",
        "turns=4:6&steps=1",
        "optimizer=lion&rate=0.1&m=9&h=9&steps=1",
        "sensitivities=alternate&steps=3",
        "sensitivities=alternate&steps=1",
        "sensitivities=joint",
        "rate=0.1&steps=1&until=1,pressure,1",
        "optimizer=momentum&rate=0.1&steps=1",
        "optimizer=nesterov&rate=0.1&steps=1",
        "m=9.9&h=3&target=9&rate=4&steps=1",
        "m=10&h=3&target=9&rate=4&steps=1",
        "preset=house&m=4&h=4&turns=4:4&steps=1",
        "preset=house&m=4&h=4&turns=3:4&steps=1",
        "preset=house&m=1&sensitivities=wiggle&rate=0.1&steps=1",
        "sensitivities=wiggle&rate=9&m=9.5&h=9.5&target=9.9&steps=1",
        "sensitivities=wiggle&rate=50&steps=1",
        "turns=4:5&steps=1&sensitivities=alternate",
        "target=1&sensitivities=joint&steps=1",
        "target=1",
        "target=1&steps=1",
        "target=1&error=squared&steps=1&until=1,error,absolute",
        "preset=house&Cother=0",
        "turns=3:5&steps=1&target=1",
        "turns=6:5&steps=1&target=2.5",
        "preset=house&steps=1&until=1,pressure,1",
        "preset=house&Cother=0&rate=0.1&steps=1",
        "preset=house&Cother=0&m=4&h=4&turns=4:4&steps=1",
        "preset=house&Cother=0&m=4&h=4&turns=3:4&steps=1",
        "preset=house&Cother=0&rate=0.1&steps=1&until=1,pressure,1",
        "sensitivities=wiggle&rate=4&m=9.5&h=9.5&target=0.1&steps=2",
    ] {
        note(&Session::open(string).0);
    }
    let all: BTreeSet<_> = Link::sayings().into_iter().collect();
    let unknown: Vec<_> = met.difference(&all).collect();
    assert!(unknown.is_empty(), "{unknown:?} are not listed");
    let never: Vec<_> = all.difference(&met).collect();
    assert!(never.is_empty(), "{never:?} never come up");
}
