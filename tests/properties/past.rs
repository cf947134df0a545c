//! Whatever was done can be undone, and done again.

use crate::random::check_from;
use crate::session::act;
use backflow::plumbing::Preset;
use backflow::scenario::{Key, Past, Promise, Session};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Everything that a session holds, its steps ahead too: its string, how far each run stands and was made, a
/// hash of every bit of every step, and what a turn promised.
fn whole(session: &Session) -> (String, Vec<(usize, usize)>, u64, Option<Promise>) {
    let runs: Vec<_> = std::iter::once(session.run()).chain(session.rivals()).collect();
    let mut hasher = DefaultHasher::new();
    for step in runs.iter().flat_map(|run| run.made()) {
        let numbers = [step.position, step.gradient, step.memory.velocity, step.memory.squares];
        numbers
            .as_flattened()
            .iter()
            .chain(&[step.error])
            .for_each(|number| number.to_bits().hash(&mut hasher));
    }
    let lengths = runs.iter().map(|run| (run.steps(), run.made().len())).collect();
    (session.scenario().to_string(), lengths, hasher.finish(), session.promise())
}

#[test]
fn a_thousand_things_undone_give_the_first_state_and_redone_the_last() {
    check_from(1 << 17, 12, |u| {
        let mut session = Session::default();
        let preset = u.choose(&Preset::ALL)?.name();
        assert_eq!(session.set(Key::Preset, preset), Ok(()));
        let mut past = Past::new(&session);
        let mut states = vec![whole(&session)];
        for _ in 0..1000 {
            act(u, &mut session)?;
            session.settle();
            if !past.record(&session) {
                // What has changed at most is where a hand came from.
                states.pop();
            }
            states.push(whole(&session));
        }
        assert!(states.len() > 500, "most of what was done changed something: {}", states.len());
        assert_eq!((past.undoable(), past.redoable()), (states.len() - 1, 0));
        for state in states.iter().rev().skip(1) {
            assert_eq!(past.undo().map(|session| whole(&session)).as_ref(), Some(state));
        }
        assert!(past.undo().is_none());
        for state in &states[1..] {
            assert_eq!(past.redo().map(|session| whole(&session)).as_ref(), Some(state));
        }
        assert!(past.redo().is_none());
        Ok(())
    });
}

#[test]
fn what_is_done_after_undoing_takes_the_place_of_what_was_undone() {
    let mut session = Session::default();
    let mut past = Past::new(&session);
    for step in 1..=3 {
        session.seek(step);
        assert!(past.record(&session));
    }
    assert!(past.undo().is_some());
    let mut session = past.undo().expect("something was done");
    assert_eq!((session.clock(), past.undoable(), past.redoable()), (1, 1, 2));
    session.seek(7);
    assert!(past.record(&session));
    assert!(!past.record(&session), "nothing has changed since");
    assert_eq!((past.undoable(), past.redoable()), (2, 0));
    assert_eq!(past.undo().expect("something was done").clock(), 1);
    assert_eq!(past.redo().expect("something was undone").clock(), 7);
}

#[test]
fn the_oldest_of_too_many_things_is_forgotten() {
    let mut session = Session::default();
    let mut past = Past::new(&session);
    for step in 1..=Past::DEPTH + 5 {
        session.seek(step);
        past.record(&session);
    }
    assert_eq!(past.undoable(), Past::DEPTH);
    let mut oldest = None;
    while let Some(session) = past.undo() {
        oldest = Some(session.clock());
    }
    assert_eq!(oldest, Some(5));
}
