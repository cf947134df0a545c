//! What sensitivities promise of a turn by hand.

use crate::random::{check, scenario, within};
use backflow::scenario::{Key, Past, Session};

#[test]
fn a_promise_is_what_the_slopes_say_and_the_gap_shrinks_faster_than_the_turn() {
    check(500, |u| {
        let mut session = Session::of(scenario(u)?);
        session.turn_to([within(u, 2.0, 9.0)?, within(u, 2.0, 9.0)?]);
        session.settle();
        let from = session.run().now().position;
        let direction = [within(u, -1.0, 1.0)?, within(u, -1.0, 1.0)?];
        let mut gap = |size: f64| {
            session.turn_to([from[0] + size * direction[0], from[1] + size * direction[1]]);
            let promise = session.promise().expect("the hand has turned something");
            session.turn_to(from);
            assert!(session.promise().is_none(), "nothing is turned where the valves are back");
            assert_eq!(promise.from, from);
            (promise.came - promise.promised).abs()
        };
        let (small, large) = (gap(1e-3), gap(1e-1));
        // What is left out is of second order: a hundredth of the turn leaves a ten-thousandth of the gap.
        assert!(small <= 0.02 * large + 1e-9, "{small} after a small turn, {large} after a large one");
        Ok(())
    });
}

#[test]
fn on_its_line_a_perfect_shower_is_promised_and_where_there_is_no_line_none_is() {
    let mut lines = 0;
    check(2000, |u| {
        let mut session = Session::of(scenario(u)?);
        session.turn_to([within(u, 1.0, 10.0)?, within(u, 1.0, 10.0)?]);
        let Some(promise) = session.promise() else { return Ok(()) };
        let target = session.run().experiment().target;
        if let Some([from, to]) = promise.line(target) {
            lines += 1;
            let part = within(u, 0.0, 1.0)?;
            let between = [0, 1].map(|valve| from[valve] + part * (to[valve] - from[valve]));
            let size = 20.0 * (promise.slopes[0] + promise.slopes[1]) + promise.before + target;
            for place in [from, between, to] {
                let off = (promise.at(place) - target).abs();
                assert!(off <= 1e-13 * size, "{off} off at {place:?} in {promise:?}");
            }
        } else {
            // No corner of the plane is on the other side, but for one that the line touches.
            let corners = [[1.0, 1.0], [1.0, 10.0], [10.0, 1.0], [10.0, 10.0]];
            let off = corners.map(|corner| promise.at(corner) - target);
            let slack = 1e-12 * (promise.before + target + 20.0 * (promise.slopes[0] + promise.slopes[1]));
            assert!(
                off.iter().all(|off| *off >= -slack) || off.iter().all(|off| *off <= slack),
                "{promise:?}"
            );
        }
        Ok(())
    });
    assert!(lines > 500, "{lines} lines");
}

#[test]
fn a_promise_lasts_until_something_else_happens() {
    let (mut session, _) = Session::open("preset=product&m=3&h=5");
    assert!(session.promise().is_none(), "nobody has turned anything");
    session.turn_to([4.0, 5.0]);
    session.turn_to([5.0, 5.0]);
    assert_eq!(session.promise().map(|promise| promise.from), Some([3.0, 5.0]), "the hand still holds on");
    session.settle();
    assert!(session.promise().is_some(), "the hand has let go, and one can still look");
    session.turn_to([5.0, 6.0]);
    assert_eq!(session.promise().map(|promise| promise.from), Some([5.0, 5.0]), "another turn");
    assert_eq!(session.set(Key::Pressure, "3"), Ok(()));
    assert!(session.promise().is_none(), "the house is another");
    session.turn_to([5.0, 7.0]);
    session.step(1);
    assert!(session.promise().is_none(), "the rule has turned the valves");
}

#[test]
fn a_turn_of_a_run_by_hand_has_a_promise() {
    let (session, _) = Session::open("preset=product&m=3&h=5&turns=4:5,6:5&steps=2");
    let promise = session.promise().expect("the last step was by hand");
    assert_eq!((promise.from, promise.to), ([4.0, 5.0], [6.0, 5.0]));
}

#[test]
fn where_a_run_by_hand_came_into_another_house_nothing_is_promised() {
    let string = "preset=product&m=3&h=5&turns=4:5,6:5&steps=2&pressure=1&until=2,pressure,4";
    let (session, complaints) = Session::open(string);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert!(session.promise().is_none(), "the turn was made under another pressure");
}

#[test]
fn what_was_promised_comes_back_with_undo_and_redo() {
    let (mut session, _) = Session::open("preset=product&m=3&h=5");
    let mut past = Past::new(&session);
    session.turn_to([5.0, 7.0]);
    session.settle();
    past.record(&session);
    let promise = session.promise();
    assert!(promise.is_some());
    session.step(1);
    past.record(&session);
    assert_eq!(past.undo().and_then(|session| session.promise()), promise, "the step is undone");
    assert_eq!(past.undo().and_then(|session| session.promise()), None, "the turn too");
    assert_eq!(past.redo().and_then(|session| session.promise()), promise, "the turn is done again");
}

#[test]
fn finishing_a_run_ends_a_promise_and_lengthening_leaves_a_hand_its_turns() {
    let (mut session, _) = Session::open("preset=product&m=3&h=5");
    session.turn_to([4.0, 5.0]);
    session.finish();
    assert_eq!(session.grabbed(), None);
    let (mut session, _) = Session::open("turns=4:5&steps=1");
    session.lengthen(&[5]);
    session.step(3);
    assert_eq!((session.clock(), session.lengths()), (1, vec![1]), "there is but one turn");
}
