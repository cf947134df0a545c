//! A run as a table, read back: what the lab saves as CSV.

use super::address::read;
use crate::descent::LONGEST;
use crate::plumbing::clamp_position;

/// A run that someone saved: its scenario where the file says it, the positions of both valves, and E.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) scenario: Option<String>,
    pub(super) positions: Vec<[f64; 2]>,
    /// As many as positions, or none.
    pub(super) errors: Vec<f64>,
}

/// What is wrong with a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Spoilt {
    /// No line names the columns m and h.
    NotATable,
    /// There is no row.
    NoRows,
    /// A row has no m and h; the path ends before it.
    NotARow,
    /// There are more rows than a run has steps.
    TooManyRows,
    /// A position is beyond the ends of its valve.
    Beyond,
}

/// Reads a table, and says what is wrong with it: the line, from 1 on or 0, and what stands there. Nothing is
/// returned where there is nothing to use.
pub(super) fn read_table(text: &str) -> (Option<Table>, Vec<(usize, String, Spoilt)>) {
    let mut table = Table::default();
    let mut faults = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let header = loop {
        match lines.next() {
            Some((_, "")) => {}
            Some((_, line)) if line.starts_with('#') => {
                let said = line.trim_start_matches('#').trim();
                let scenario = said.split_whitespace().find_map(|word| read(word).ok());
                table.scenario = table.scenario.or(scenario.map(|(_, scenario)| scenario));
            }
            Some((_, line)) => break line,
            None => break "",
        }
    };
    // Spreadsheets of some languages write semicolons, and commas in numbers.
    let comma = if header.contains(';') {
        ';'
    } else if header.contains('\t') {
        '\t'
    } else {
        ','
    };
    let names: Vec<&str> = header.split(comma).map(|name| name.trim().trim_matches('"')).collect();
    let place = |wanted: &str| names.iter().position(|name| *name == wanted);
    let (Some(m), Some(h)) = (place("m"), place("h")) else {
        faults.push((0, header.to_owned(), Spoilt::NotATable));
        return (None, faults);
    };
    let error = place("E");
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let fields: Vec<String> =
            line.split(comma).map(|field| field.trim().trim_matches('"').replace(',', ".")).collect();
        let at = |index: usize| {
            let number: f64 = fields.get(index)?.parse().ok()?;
            number.is_finite().then_some(number)
        };
        let (Some(m), Some(h)) = (at(m), at(h)) else {
            faults.push((number, line.to_owned(), Spoilt::NotARow));
            break;
        };
        if table.positions.len() > LONGEST {
            faults.push((number, line.to_owned(), Spoilt::TooManyRows));
            break;
        }
        let position = [m, h].map(clamp_position);
        if position != [m, h] && !faults.iter().any(|(.., spoilt)| *spoilt == Spoilt::Beyond) {
            faults.push((number, format!("{m}, {h}"), Spoilt::Beyond));
        }
        table.positions.push(position);
        table.errors.extend(error.and_then(at));
    }
    if table.errors.len() != table.positions.len() {
        table.errors.clear();
    }
    if table.positions.is_empty() {
        if faults.is_empty() {
            faults.push((0, header.to_owned(), Spoilt::NoRows));
        }
        return (None, faults);
    }
    (Some(table), faults)
}
