//! A run as a table: what is saved as CSV and JSON, and shown step by step.

use super::session::Session;
use crate::descent::{Run, Step};
use std::fmt::Write;

/// The columns of a table: the step, both positions (turns), both flows, E, and both total sensitivities of E.
pub const COLUMNS: [&str; 8] = ["step", "m", "h", "x", "y", "E", "dE_dm", "dE_dh"];

/// A step as a row of the table.
#[must_use]
pub fn row(step: &Step) -> [f64; 8] {
    let [m, h] = step.position;
    let flows = &step.chain.flows;
    let values = [step.number as f64, m, h, flows.x, flows.y, step.error, step.chain.de_dm, step.chain.de_dh];
    // Adding 0 turns −0, which some readers stumble over, into 0.
    values.map(|value| value + 0.0)
}

/// A run up to where it stands as CSV, with a header and 17 significant digits.
///
/// ```
/// use backflow::scenario::{Session, csv};
///
/// let (session, _) = Session::open("preset=product&steps=1");
/// let table = csv(session.run());
/// assert!(table.starts_with("step,m,h,x,y,E,dE_dm,dE_dh\n0,3.0000000000000000e0,"));
/// assert_eq!(table.lines().count(), 3);
/// ```
#[must_use]
pub fn csv(run: &Run) -> String {
    let mut table = COLUMNS.join(",");
    table.push('\n');
    for step in run.path() {
        let [number, rest @ ..] = row(step);
        // Writing into a string cannot fail.
        let _ = write!(table, "{number}");
        for value in rest {
            let _ = write!(table, ",{value:.16e}");
        }
        table.push('\n');
    }
    table
}

/// All runs of a session up to where they stand as JSON: the scenario, the columns, and the rows of each run,
/// the main one first.
///
/// ```
/// use backflow::scenario::{Session, json};
///
/// let (session, _) = Session::open("preset=product");
/// let data = json(&session);
/// assert!(data.starts_with(r#"{"scenario":"","columns":["step","m","#));
/// assert!(data.ends_with("\"runs\":[[[0,3,5,4,1,3.5,-0.5,-0.25]]]}\n"));
/// ```
#[must_use]
pub fn json(session: &Session) -> String {
    let rows = |run: &Run| {
        let rows =
            run.path().iter().map(|step| format!("[{}]", row(step).map(|value| value.to_string()).join(",")));
        format!("[{}]", rows.collect::<Vec<_>>().join(","))
    };
    let runs: Vec<_> = std::iter::once(session.run()).chain(session.rivals()).map(rows).collect();
    // A scenario string has no quotation marks, no backslashes and no control characters.
    let (scenario, columns) = (session.scenario(), COLUMNS.map(|name| format!("\"{name}\"")).join(","));
    format!("{{\"scenario\":\"{scenario}\",\"columns\":[{columns}],\"runs\":[{}]}}\n", runs.join(","))
}
