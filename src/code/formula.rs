//! Formulas in one notation, from which each language takes its own.
//!
//! The notation is that of mathematics on a line: `k * x * (h - 1)`, `sqrt(u + softening)`, `pow(R, u - 1)`,
//! `where(abs(miss) <= delta, …, …)`. A function of plain numbers alone, which PyTorch keeps apart from
//! those of tensors, has an `n` before its name: `nsqrt(w)`. `SHUT`, `OPEN` and `TRAVEL` stand for the ends
//! of a valve and the turns between them.

use crate::backprop::measured::{CENTRAL_PROBE, SMALLEST_CHANGE, SPSA_PROBE, WIGGLE};
use crate::plumbing::{OPEN, SHUT, TRAVEL};

/// A name and the formula that it stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// What is set.
    pub(super) name: String,
    /// `=`, `+=`, `-=` or `*=`.
    pub(super) operator: &'static str,
    /// What it is set to.
    pub(super) formula: String,
    /// Whether the name is new, rather than something remembered from step to step.
    pub(super) is_new: bool,
}

impl Line {
    /// A new name.
    pub(super) fn new(name: impl Into<String>, formula: impl Into<String>) -> Self {
        Self { name: name.into(), operator: "=", formula: formula.into(), is_new: true }
    }

    /// Something remembered, which changes.
    pub(super) fn change(name: &str, operator: &'static str, formula: &str) -> Self {
        Self { name: name.to_owned(), operator, formula: formula.to_owned(), is_new: false }
    }
}

/// How a language writes the names, numbers and functions of a formula.
pub(super) trait Notation {
    /// A name or a number that stands for itself.
    fn atom(&self, atom: &str) -> String;
    /// A function of arguments that are translated already.
    fn call(&self, function: &str, arguments: &[String]) -> String;
}

/// A formula in a language.
pub(super) fn translate(formula: &str, notation: &impl Notation) -> String {
    let mut translated = String::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_alphanumeric() { word(rest) } else { first.len_utf8() };
        let (head, tail) = rest.split_at(length);
        rest = tail;
        if !first.is_ascii_alphanumeric() {
            translated += head;
        } else if let Some((arguments, after)) = arguments(tail) {
            let arguments: Vec<_> =
                arguments.into_iter().map(|argument| translate(argument, notation)).collect();
            translated += &notation.call(head, &arguments);
            rest = after;
        } else {
            translated += &match head {
                "SHUT" => notation.atom(&SHUT.to_string()),
                "OPEN" => notation.atom(&OPEN.to_string()),
                "TRAVEL" => notation.atom(&TRAVEL.to_string()),
                head => notation.atom(head),
            };
        }
    }
    translated
}

/// Lines that are in a language already, but for the engine's own numbers, which have names in them.
pub(super) fn filled(lines: &[&str], notation: &impl Notation) -> Vec<String> {
    let numbers = [
        ("SHUT", notation.atom(&SHUT.to_string())),
        ("OPEN", notation.atom(&OPEN.to_string())),
        ("CENTRAL_PROBE", format!("{CENTRAL_PROBE:e}")),
        ("SPSA_PROBES", format!("{:e}", 2.0 * SPSA_PROBE)),
        ("SPSA_PROBE", format!("{SPSA_PROBE:e}")),
        ("WIGGLE", WIGGLE.to_string()),
        ("SMALLEST_CHANGE", format!("{SMALLEST_CHANGE:e}")),
    ];
    let fill =
        |line: &str| numbers.iter().fold(line.to_owned(), |line, (name, number)| line.replace(name, number));
    lines.iter().map(|line| fill(line)).collect()
}

/// How long the name or the number is with which a text begins.
fn word(text: &str) -> usize {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let mut last = ' ';
    let mut within = |c: char| {
        let exponent = is_number && last == 'e' && c == '-';
        last = c;
        c.is_ascii_alphanumeric() || c == '_' || (is_number && c == '.') || exponent
    };
    text.find(|c| !within(c)).unwrap_or(text.len())
}

/// The arguments in the parentheses with which a text begins, if it does, and what stands behind them.
fn arguments(text: &str) -> Option<(Vec<&str>, &str)> {
    let inside = text.strip_prefix('(')?;
    let (mut depth, mut from, mut arguments) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(inside[from..at].trim());
                from = at + 1;
            }
            ')' => {
                arguments.push(inside[from..at].trim());
                return Some((arguments, &inside[at + 1..]));
            }
            _ => {}
        }
    }
    None
}

/// A formula in parentheses, unless nothing could tear it apart.
pub(super) fn closed(formula: &str) -> String {
    let mut depth = 0;
    let is_open = formula.chars().any(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        c == ' ' && depth == 0
    });
    if is_open || formula.starts_with('-') { format!("({formula})") } else { formula.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Notation, closed, filled, translate};

    /// Writes functions in square brackets, and atoms in angles.
    struct Brackets;

    impl Notation for Brackets {
        fn atom(&self, atom: &str) -> String {
            format!("<{atom}>")
        }

        fn call(&self, function: &str, arguments: &[String]) -> String {
            format!("{function}[{}]", arguments.join("; "))
        }
    }

    #[test]
    fn a_formula_is_translated_atom_by_atom_and_call_by_call() {
        let translated = translate("k * (h - 1) / pow(R_m, sqrt(u) - 1e-9) * -2.5", &Brackets);
        assert_eq!(translated, "<k> * (<h> - <1>) / pow[<R_m>; sqrt[<u>] - <1e-9>] * -<2.5>");
    }

    #[test]
    fn the_engines_own_numbers_have_names() {
        let translated = translate("(m - SHUT) / TRAVEL - OPEN", &Brackets);
        assert_eq!(translated, "(<m> - <1>) / <9> - <10>");
        let lines = ["CENTRAL_PROBE, SPSA_PROBE, SPSA_PROBES", "SHUT, OPEN", "WIGGLE, SMALLEST_CHANGE"];
        assert_eq!(filled(&lines, &Brackets), ["1e-3, 1e-2, 2e-2", "<1>, <10>", "0.5, 1e-9"]);
    }

    #[test]
    fn only_what_could_be_torn_apart_is_put_in_parentheses() {
        let written = ["x", "x[0]", "a + b", "(a + b).sqrt()", "-z"].map(closed);
        assert_eq!(written, ["x", "x[0]", "(a + b)", "(a + b).sqrt()", "(-z)"]);
    }
}
