//! The rates map: each of its cells is a run, the same as the one that a tap on it makes.

use crate::random::{check, scenario, within};
use backflow::descent::{Run, Verdict};
use backflow::landscape::Rates;
use backflow::scenario::{Key, RatesPlane, Scenario, Session};

#[test]
fn an_outcome_is_how_a_run_with_its_history_ends() {
    check(2000, |u| {
        let experiment = scenario(u)?.experiment();
        let limit = u.int_in_range(1..=200)?;
        let outcome = experiment.outcome(limit);
        let mut run = Run::new(experiment);
        let ending = run.finish(limit);
        assert_eq!((outcome.steps, outcome.ending), (run.steps(), ending));
        assert_eq!(outcome.verdict, run.verdict());
        Ok(())
    });
}

#[test]
fn going_to_a_cell_makes_its_run() {
    check(60, |u| {
        let scenario = scenario(u)?;
        let second = *u.choose(&[Key::Momentum, Key::Pressure])?;
        let plane = RatesPlane::new(&scenario, second);
        let mut rates = Rates::new(9, 7, usize::from(u16::MAX));
        rates.survey(0..7, |at| plane.experiment(at));
        let (column, row) = (u.choose_index(9)?, u.choose_index(7)?);
        let cell = rates.cells()[row * 9 + column];
        let mut session = Session::of(scenario.clone());
        session.go_to(&plane, rates.middle(column, row));
        assert_eq!(session.run().steps(), usize::from(cell.steps), "{scenario}");
        assert_eq!(session.run().verdict().name(), Verdict::NAMES[usize::from(cell.verdict)], "{scenario}");
        // There the settings stand, and the string opens it again.
        let plane = RatesPlane::new(&session.settings(), plane.second());
        let here = plane.here();
        let there = rates.middle(column, row);
        assert!((0..2).all(|axis| (here[axis] - there[axis]).abs() < 0.01), "{here:?}, {there:?}");
        let again = Session::open(&session.scenario().to_string()).0;
        assert_eq!(again.run().now(), session.run().now());
        Ok(())
    });
}

#[test]
fn the_rows_can_be_made_in_any_order_and_the_counts_are_all_runs() {
    let plane = RatesPlane::new(&Scenario::default(), Key::Momentum);
    let mut whole = Rates::new(24, 16, 300);
    whole.survey(0..16, |at| plane.experiment(at));
    let mut parts = Rates::new(24, 16, 300);
    for row in (0..16).rev() {
        parts.survey(row..row + 1, |at| plane.experiment(at));
    }
    assert_eq!(whole.cells(), parts.cells());
    assert_eq!(whole.counts().iter().sum::<usize>(), 24 * 16);
    assert!(whole.counts()[0] > 100 && whole.counts()[1..].iter().sum::<usize>() > 20);
}

#[test]
fn gradient_descent_is_momentum_without_any() {
    check(400, |u| {
        let rate = within(u, 0.001, 2.0)?;
        let run = |optimizer: &str| {
            let string = format!("rate={rate}&optimizer={optimizer}&momentum=0&steps=40");
            Scenario::parse(&string).0.run().path().iter().map(|step| step.position).collect::<Vec<_>>()
        };
        assert_eq!(run("descent"), run("momentum"));
        Ok(())
    });
}
