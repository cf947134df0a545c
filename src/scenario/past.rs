//! What was done in a session, to be undone and redone.

use super::Scenario;
use super::session::Session;

/// The states of a session, one after the other.
///
/// ```
/// use backflow::scenario::{Key, Past, Session};
///
/// let (mut session, _) = Session::open("preset=product");
/// let mut past = Past::new(&session);
/// session.step(5);
/// past.record(&session);
/// assert!(session.set(Key::Rate, "0.3").is_ok());
/// past.record(&session);
///
/// let session = past.undo().unwrap();
/// assert_eq!(session.scenario().to_string(), "steps=5");
/// let session = past.redo().unwrap();
/// assert_eq!(session.scenario().to_string(), "rate=0.3&steps=5&until=5,rate,0.1");
/// ```
#[derive(Clone, Debug)]
pub struct Past {
    states: Vec<State>,
    at: usize,
}

/// What a session was: the scenario, how many steps each run had made, the main one first, and where a hand had
/// taken hold of the valves.
#[derive(Clone, Debug)]
struct State {
    scenario: Scenario,
    made: Vec<usize>,
    grabbed: Option<[f64; 2]>,
}

impl Past {
    /// So many things can be undone; older ones are forgotten.
    pub const DEPTH: usize = 1000;

    /// A past that begins with a session.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        Self { states: vec![State::of(session)], at: 0 }
    }

    /// Keeps what a session is now; what was undone before is gone. False where nothing has changed.
    pub fn record(&mut self, session: &Session) -> bool {
        let state = State::of(session);
        let now = &mut self.states[self.at];
        if (&now.scenario, &now.made) == (&state.scenario, &state.made) {
            // A hand that has come back to where it was has changed nothing but where it came from.
            now.grabbed = state.grabbed;
            return false;
        }
        self.states.truncate(self.at + 1);
        self.states.push(state);
        if self.states.len() > Self::DEPTH + 1 {
            self.states.remove(0);
        }
        self.at = self.states.len() - 1;
        true
    }

    /// The session as it was before the last thing that was done; `None` where there is no such thing.
    pub fn undo(&mut self) -> Option<Session> {
        self.at = self.at.checked_sub(1)?;
        Some(self.states[self.at].session())
    }

    /// The session as it was before the last undoing; `None` where nothing was undone.
    pub fn redo(&mut self) -> Option<Session> {
        let state = self.states.get(self.at + 1)?;
        self.at += 1;
        Some(state.session())
    }

    /// How many things can be undone.
    #[must_use]
    pub fn undoable(&self) -> usize {
        self.at
    }

    /// How many can be redone.
    #[must_use]
    pub fn redoable(&self) -> usize {
        self.states.len() - 1 - self.at
    }
}

impl State {
    fn of(session: &Session) -> Self {
        Self { scenario: session.scenario().clone(), made: session.lengths(), grabbed: session.grabbed() }
    }

    /// The session, with what its scenario does not hold.
    fn session(&self) -> Session {
        let mut session = Session::of(self.scenario.clone());
        session.lengthen(&self.made);
        if let Some(from) = self.grabbed {
            session.grab(from);
        }
        session
    }
}
