//! Scenarios as text: what is printed reads as itself, and what is wrong is named.

use crate::limits::assert_within_limits;
use crate::random::{check, scenario, valid, valid_list, within};
use backflow::scenario::{Complaint, Key, Kind, LONGEST_STRING, List, Reason, Scenario};

/// Whether a complaint names all it must, as data and in its sentence.
#[track_caller]
fn assert_named(complaint: &Complaint, key: &str, given: &str, used: Option<&str>) {
    assert_eq!((complaint.key.as_str(), complaint.given.as_str()), (key, given), "{complaint}");
    assert_eq!(complaint.used.as_deref(), used, "{complaint}");
    let sentence = complaint.to_string();
    assert!(sentence.starts_with(&format!("{key}={given}: ")), "{sentence}");
    match used {
        Some(used) => assert!(sentence.ends_with(&format!("; using {used}")), "{sentence}"),
        None => assert!(sentence.ends_with("; ignored"), "{sentence}"),
    }
}

#[test]
fn what_is_printed_reads_as_the_same_scenario() {
    check(10_000, |u| {
        let scenario = scenario(u)?;
        let printed = scenario.to_string();
        let (read, complaints) = Scenario::parse(&printed);
        assert!(complaints.is_empty(), "{printed}: {complaints:?}");
        assert_eq!(read, scenario, "{printed}");
        assert_eq!(read.to_string(), printed);
        assert_eq!(read.experiment(), scenario.experiment(), "{printed}");
        assert_within_limits(&scenario);
        Ok(())
    });
}

#[test]
fn the_order_of_the_pairs_does_not_matter() {
    check(5000, |u| {
        let printed = scenario(u)?.to_string();
        let mut pairs: Vec<_> = printed.split('&').filter(|pair| !pair.is_empty()).collect();
        for last in (1..pairs.len()).rev() {
            pairs.swap(last, u.choose_index(last + 1)?);
        }
        let shuffled = pairs.join("&");
        let (read, complaints) = Scenario::parse(&shuffled);
        assert!(complaints.is_empty(), "{shuffled}: {complaints:?}");
        assert_eq!(read.to_string(), printed, "from {shuffled}");
        Ok(())
    });
}

#[test]
fn no_default_is_printed() {
    check(3000, |u| {
        let scenario = scenario(u)?;
        let printed = scenario.to_string();
        for pair in printed.split('&').filter(|pair| !pair.is_empty()) {
            let others: Vec<_> = printed.split('&').filter(|other| *other != pair).collect();
            let (without, _) = Scenario::parse(&others.join("&"));
            let (name, _) = pair.split_once('=').expect("a pair");
            if let Some(list) = List::ALL.into_iter().find(|list| list.name() == name) {
                assert_ne!(without.list(list), scenario.list(list), "{pair} is a default in {printed}");
                continue;
            }
            let key = Key::from_name(name).expect("a key");
            assert_ne!(without.get(key), scenario.get(key), "{pair} is a default in {printed}");
        }
        Ok(())
    });
    assert_eq!(Scenario::default().to_string(), "");
}

#[test]
fn whatever_is_set_last_counts_and_is_told_again() {
    check(5000, |u| {
        let mut scenario = scenario(u)?;
        let key = *u.choose(&Key::ALL)?;
        let Some(before) = scenario.get(key) else {
            let preset = scenario.preset().name();
            let complaint = scenario.set(key, "1").expect_err("there is no such parameter");
            assert_eq!(complaint.reason, Reason::NotInPreset { preset });
            assert_named(&complaint, key.name(), "1", None);
            return Ok(());
        };
        let given = valid(u, key)?;
        assert_eq!(scenario.set(key, &given), Ok(()));
        let after = scenario.get(key).map(|value| value.to_string());
        if let (Kind::Number { .. }, Ok(number)) = (key.kind(), given.parse::<f64>()) {
            assert_eq!(scenario.number(key), number);
        } else if !matches!(key.kind(), Kind::Valve) {
            assert_eq!(after.as_deref(), Some(given.as_str()));
        }
        assert_eq!(scenario.set(key, &before.to_string()), Ok(()));
        assert_eq!(scenario.get(key), Some(before));
        Ok(())
    });
}

#[test]
fn a_number_beyond_its_limits_becomes_the_nearest_limit_and_the_complaint_says_so() {
    check(3000, |u| {
        let key = *u.choose(&Key::ALL)?;
        let mut scenario = scenario(u)?;
        let (Kind::Number { least, most, whole }, Some(_)) = (key.kind(), scenario.get(key)) else {
            return Ok(());
        };
        let (given, nearest) =
            *u.choose(&[(least - 1.0, least), (most + 1.0, most), (-1e300, least), (1e300, most)])?;
        let complaint = scenario.set_number(key, given).expect_err("it is beyond the limits");
        assert_eq!(scenario.number(key), nearest, "{complaint}");
        assert_eq!(complaint.reason, Reason::NotInRange { least, most, whole });
        assert_eq!(complaint.key, key.name());
        assert_eq!(complaint.given.parse(), Ok(given));
        let used = scenario.get(key).map(|value| value.to_string());
        assert_eq!(complaint.used, used);
        let sentence = complaint.to_string();
        assert!(sentence.ends_with(&format!("; using {}", used.unwrap_or_default())), "{sentence}");
        Ok(())
    });
}

#[test]
fn a_valve_beyond_its_limits_becomes_the_nearest_one() {
    for (given, used) in [
        ("eqp:1", "eqp:1.5"),
        ("eqp:1e9", "eqp:1000"),
        ("quick:0", "quick:0.0001"),
        ("quick:2", "quick:1"),
        ("scurve:-1", "scurve:0.1"),
        ("scurve:101", "scurve:100"),
    ] {
        for key in [Key::Main, Key::Handle] {
            let (mut scenario, _) = Scenario::parse("preset=curves");
            let complaint = scenario.set(key, given).expect_err("it is beyond the limits");
            assert_eq!(complaint.reason, Reason::NotAValve);
            assert_named(&complaint, key.name(), given, Some(used));
            assert_eq!(scenario.get(key).map(|value| value.to_string()).as_deref(), Some(used));
        }
    }
}

#[test]
fn every_complaint_names_the_key_what_was_given_and_what_is_used() {
    check(3000, |u| {
        let scenario = scenario(u)?;
        let printed = scenario.to_string();
        let key = *u.choose(&Key::ALL)?;
        let bad = *u.choose(&[
            "fast", "", "1,5", "NaN", "inf", "-inf", "eqp", "eqp:", "lin:1", "Product", "١", "0x1",
        ])?;
        let used = scenario.get(key).map(|value| value.to_string());
        let mut changed = scenario.clone();
        let complaint = changed.set(key, bad).expect_err("nothing takes this");
        assert_eq!(changed, scenario, "{complaint}");
        assert_named(&complaint, key.name(), bad, used.as_deref());

        // The same from a string in which the key does not stand yet.
        if !printed.split('&').any(|pair| pair.starts_with(&format!("{}=", key.name()))) {
            let (read, complaints) = Scenario::parse(&format!("{printed}&{}={bad}", key.name()));
            assert_eq!(read, scenario);
            assert_eq!(complaints, [complaint]);
        }
        let (read, complaints) = Scenario::parse(&format!("{printed}&flow={bad}"));
        assert_eq!(read, scenario);
        let [complaint] = complaints.as_slice() else { panic!("one complaint: {complaints:?}") };
        assert_eq!(complaint.reason, Reason::UnknownKey);
        assert_named(complaint, "flow", bad, None);
        Ok(())
    });
}

#[test]
fn a_list_with_a_number_too_many_too_few_or_beyond_its_limits_is_ignored() {
    check(3000, |u| {
        let list = *u.choose(&[List::Valves, List::Pumps, List::Wants])?;
        let ([least, most], count) = (list.limits(), list.default_numbers().len());
        let given = valid_list(u, list)?;
        let mut numbers: Vec<_> = given.split(',').map(str::to_owned).collect();
        let at = u.choose_index(count)?;
        match u.int_in_range(0..=4)? {
            0 => drop(numbers.remove(at)),
            1 => numbers.insert(at, most.to_string()),
            2 => numbers[at] = (least - within(u, 0.01, 100.0)?).to_string(),
            3 => numbers[at] = (most + within(u, 0.01, 100.0)?).to_string(),
            _ => (*u.choose(&["", "NaN", "inf", "open", "1.5.2"])?).clone_into(&mut numbers[at]),
        }
        let bad = numbers.join(",");
        let before = scenario(u)?;
        let mut changed = before.clone();
        let complaint = changed.set_list(list, &bad).expect_err("nothing takes this");
        assert_eq!(changed, before, "{complaint}");
        assert_eq!(complaint.reason, Reason::NotAList { count, least, most });
        assert_eq!((complaint.key.as_str(), complaint.given.as_str()), (list.name(), bad.as_str()));
        assert!(complaint.to_string().ends_with("; ignored"), "{complaint}");
        let (read, complaints) = Scenario::parse(&format!("{}={bad}", list.name()));
        assert_eq!((read, complaints), (Scenario::default(), vec![complaint]));
        Ok(())
    });
}

#[test]
fn sizes_too_many_too_few_too_large_or_in_parts_are_ignored() {
    check(3000, |u| {
        let mut sizes: Vec<_> = valid_list(u, List::City)?.split(',').map(str::to_owned).collect();
        let at = u.choose_index(sizes.len())?;
        match u.int_in_range(0..=4)? {
            0 => sizes.truncate(1),
            1 => sizes.resize(u.int_in_range(9..=40)?, "2".to_owned()),
            2 => sizes[at] = u.int_in_range(1025..=u64::MAX)?.to_string(),
            3 => sizes.splice(.., [1024; 4].map(|size| size.to_string())).for_each(drop),
            _ => {
                (*u.choose(&["", "0", "-3", "2.5", "NaN", "inf", "two", "1e-3"])?).clone_into(&mut sizes[at]);
            }
        }
        let bad = sizes.join(",");
        let before = scenario(u)?;
        let mut changed = before.clone();
        let complaint = changed.set_list(List::City, &bad).expect_err("nothing takes this");
        assert_eq!(changed, before, "{complaint}");
        assert_eq!(complaint.reason, Reason::NotSizes { count: 8, most: 1024.0, valves: 2_097_152.0 });
        assert_eq!((complaint.key.as_str(), complaint.given.as_str()), ("city", bad.as_str()));
        let (read, complaints) = Scenario::parse(&format!("city={bad}"));
        assert_eq!((read, complaints), (Scenario::default(), vec![complaint]));
        Ok(())
    });
}

#[test]
fn a_city_is_read_from_what_it_prints() {
    check(5000, |u| {
        let scenario = scenario(u)?;
        let plan = scenario.city();
        let city = Scenario::of_city(&plan);
        let printed = city.to_string();
        let (read, complaints) = Scenario::parse(&printed);
        assert!(complaints.is_empty(), "{printed}: {complaints:?}");
        assert_eq!((&read, read.city(), read.to_string()), (&city, plan, printed.clone()));
        let names = printed.split('&').filter_map(|pair| Some(pair.split_once('=')?.0));
        let of_city = ["error", "delta", "law", "range", "demand", "rule", "batch", "seed", "pace", "city"];
        assert!(names.clone().all(|name| of_city.contains(&name)), "{printed}");
        Ok(())
    });
}

#[test]
fn no_run_depends_on_the_city() {
    check(2000, |u| {
        let mut scenario = scenario(u)?;
        let experiment = scenario.experiment();
        for key in [Key::Law, Key::Range, Key::Demand, Key::Rule, Key::Batch, Key::Seed, Key::Pace] {
            assert!(key.is_of_figure() && !key.may_branch());
            assert_eq!(scenario.set(key, &valid(u, key)?), Ok(()));
        }
        assert_eq!(scenario.set_list(List::City, &valid_list(u, List::City)?), Ok(()));
        assert_eq!(scenario.experiment(), experiment);
        Ok(())
    });
}

#[test]
fn a_key_that_comes_twice_counts_the_last_time() {
    let (scenario, complaints) = Scenario::parse("rate=0.5&m=2&rate=0.25");
    assert_eq!(scenario.number(Key::Rate), 0.25);
    let [complaint] = complaints.as_slice() else { panic!("one complaint: {complaints:?}") };
    assert_eq!(complaint.reason, Reason::Repeated);
    assert_named(complaint, "rate", "0.25", Some("0.25"));
}

#[test]
fn the_sentences_are_the_promised_ones() {
    for (string, sentence) in [
        ("rate=fast", "rate=fast: a number from 0.000001 to 10; using 0.1"),
        ("rate=11", "rate=11: a number from 0.000001 to 10; using 10"),
        ("steps=3.5", "steps=3.5: a whole number from 0 to 10000; using 4"),
        ("error=big", "error=big: one of absolute, squared, huber; using absolute"),
        ("kx=1", "kx=1: the preset product has no such parameter; ignored"),
        ("colour=red", "colour=red: there is no such setting; ignored"),
        ("m", "m=: a number from 1 to 10; using 3"),
        ("pumps=1,2", "pumps=1,2: 3 numbers from 0 to 100 with commas between them; ignored"),
        (
            "city=256",
            "city=256: 2 to 8 whole numbers from 1 to 1024 with commas between them, and at most 2097152 valves; ignored",
        ),
        ("seed=-1", "seed=-1: a whole number from 0 to 4294967295; using 0"),
        ("rule=lion", "rule=lion: one of proportion, equal, momentum, adam; using adam"),
        (
            "preset=curves&main=ball",
            "main=ball: one of lin, eqp:R (1.5 to 1000), quick:ε (0.0001 to 1), scurve:s (0.1 to 100); using eqp:30",
        ),
    ] {
        let (_, complaints) = Scenario::parse(string);
        let complaints: Vec<_> = complaints.iter().map(Complaint::to_string).collect();
        assert_eq!(complaints, [sentence], "{string}");
    }
}

#[test]
fn a_string_is_read_to_its_limit_and_not_beyond() {
    let padded = |length: usize, tail: &str| {
        let head = "m=2&";
        // Letters of two bytes: the limit counts characters.
        let filler = "é".repeat(length - head.len() - tail.len() - "=1".len());
        format!("{head}{filler}=1{tail}")
    };
    let reasons = |string: &str| {
        let (scenario, complaints) = Scenario::parse(string);
        let reasons: Vec<_> = complaints.iter().map(|complaint| complaint.reason.name()).collect();
        (scenario.number(Key::M), scenario.number(Key::H), reasons)
    };
    assert_eq!(reasons(&padded(LONGEST_STRING, "&h=7")), (2.0, 7.0, vec!["unknown"]));
    // Cut within "h=75": the pair is not read as h=7.
    assert_eq!(reasons(&padded(LONGEST_STRING + 1, "&h=7.5")), (2.0, 5.0, vec!["long", "unknown"]));
    // Cut right behind a whole pair: the pair is read.
    assert_eq!(reasons(&(padded(LONGEST_STRING, "&h=7") + "&rate=2")), (2.0, 7.0, vec!["long", "unknown"]));
    let (_, complaints) = Scenario::parse(&"x".repeat(LONGEST_STRING + 1));
    assert_eq!(complaints.len(), 1);
    assert_eq!(complaints[0].reason, Reason::TooLong);
    assert!(complaints[0].to_string().chars().count() < 200);
}

#[test]
fn percent_signs_are_decoded_where_they_stand_for_something() {
    let (scenario, complaints) = Scenario::parse("preset=cu%72ves&m%61in=eqp%3A50&m=%34");
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(scenario.to_string(), "preset=curves&main=eqp:50");
    let (_, complaints) = Scenario::parse("rate=%&m=%4&h=%zz&target=%FF&%E2%82%AC=1");
    let given: Vec<_> = complaints.iter().map(|c| (c.key.as_str(), c.given.as_str())).collect();
    assert_eq!(given, [("rate", "%"), ("m", "%4"), ("h", "%zz"), ("target", "\u{fffd}"), ("€", "1")]);
}
