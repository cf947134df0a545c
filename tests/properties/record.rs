//! What is taken away of a run is the run: the table as CSV and JSON, and pictures made elsewhere.

use crate::random::check_from;
use crate::session::act;
use backflow::scenario::{COLUMNS, Scenario, Session, csv, json, row};
use serde_json::Value;

/// A session in which much was done.
fn lived(u: &mut arbtest::arbitrary::Unstructured) -> arbtest::arbitrary::Result<Session> {
    let mut session = Session::default();
    for _ in 0..20 {
        act(u, &mut session)?;
    }
    Ok(session)
}

#[test]
fn a_table_holds_every_number_to_the_last_bit() {
    check_from(1 << 14, 60, |u| {
        let session = lived(u)?;
        let (table, run) = (csv(session.run()), session.run());
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some(COLUMNS.join(",").as_str()));
        for step in run.path() {
            let line = lines.next().expect("a row for each step");
            let numbers: Vec<f64> = line.split(',').map(|field| field.parse().expect("a number")).collect();
            assert_eq!(numbers, row(step), "{line}");
        }
        assert_eq!(lines.next(), None);
        Ok(())
    });
}

#[test]
fn data_say_which_runs_they_hold_and_hold_them_to_the_last_bit() {
    check_from(1 << 14, 60, |u| {
        let session = lived(u)?;
        let text = json(&session);
        let data: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(data["scenario"], session.scenario().to_string());
        assert_eq!(data["columns"], serde_json::json!(COLUMNS));
        let runs = data["runs"].as_array().expect("runs");
        assert_eq!(runs.len(), 1 + session.rivals().len());
        for (rows, run) in runs.iter().zip(std::iter::once(session.run()).chain(session.rivals())) {
            let rows = rows.as_array().expect("rows");
            assert_eq!(rows.len(), run.path().len());
            for (given, step) in rows.iter().zip(run.path()) {
                assert_eq!(*given, serde_json::json!(row(step).map(written)));
            }
        }
        Ok(())
    });
}

/// A number as JSON writes it: a whole one has no point.
fn written(value: f64) -> Value {
    serde_json::from_str(&value.to_string()).expect("a number")
}

#[test]
fn the_table_of_a_session_is_that_of_its_scenario_alone() {
    for string in [
        "",
        "preset=house&optimizer=adam&rate=0.3&sensitivities=central&steps=7",
        "preset=plateau&steps=40&rate=0.5&until=12,rate,0.1",
        "turns=4:5,6:5&steps=2",
        "steps=60&rate=2",
    ] {
        assert_eq!(csv(Session::open(string).0.run()), csv(&Scenario::parse(string).0.run()), "{string}");
    }
}

#[test]
fn in_a_race_the_table_is_that_of_the_main_run_alone_where_it_stands() {
    for (string, alone) in [
        ("rate=0.5&rival=optimizer=descent%26rate=0.001&steps=300", "rate=0.5&steps=24"),
        (
            "preset=plateau&steps=40&rate=0.5&until=12,rate,0.1&rival=rate=0.2",
            "preset=plateau&rate=0.5&steps=40&until=12,rate,0.1",
        ),
        ("turns=4:5,6:5&steps=30&rival=rate=0.001", "steps=2&turns=4:5,6:5"),
    ] {
        let (session, complaints) = Session::open(string);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_eq!(session.alone().to_string(), alone);
        assert_eq!(csv(session.run()), csv(&Scenario::parse(alone).0.run()), "{string}");
    }
}

#[test]
fn a_session_opened_elsewhere_can_be_told_what_its_scenario_does_not_hold() {
    check_from(1 << 14, 60, |u| {
        let session = lived(u)?;
        let mut other = Session::of(session.scenario().clone());
        other.lengthen(&session.lengths());
        if let Some(from) = session.grabbed() {
            other.grab(from);
        }
        assert_eq!((other.lengths(), other.clock()), (session.lengths(), session.clock()));
        assert_eq!(other.promise(), session.promise());
        Ok(())
    });
}
