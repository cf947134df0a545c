//! What is Python in both: NumPy's programs and PyTorch's.

use super::formula::{Line, Notation, closed, filled, translate};
use super::plan::{Course, Plan};
use super::rule::{Memory, Rule, count};
use super::text::Text;
use crate::backprop::Sensitivities;
use crate::descent::Experiment;
use crate::scenario::COLUMNS;

/// Python with a library that has the functions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Python {
    /// `np`.
    NumPy,
    /// `torch`, whose functions take tensors alone; plain numbers have those of `math`.
    Torch,
}

impl Notation for Python {
    fn atom(&self, atom: &str) -> String {
        atom.to_owned()
    }

    fn call(&self, function: &str, arguments: &[String]) -> String {
        let library = self.name();
        let all = arguments.join(", ");
        match (function, arguments) {
            ("pow", [base, power]) => format!("{} ** {}", closed(base), closed(power)),
            ("where", [condition, then, otherwise]) => format!("{then} if {condition} else {otherwise}"),
            ("abs", _) => format!("abs({all})"),
            ("clip", _) => format!("{}({all})", self.clip()),
            ("sigmoid", [own]) if *self == Self::NumPy => format!("1 / (1 + np.exp(-{}))", closed(own)),
            ("nsqrt" | "nexp", _) => {
                let library = if *self == Self::NumPy { "np" } else { "math" };
                format!("{library}.{}({all})", &function[1..])
            }
            _ => format!("{library}.{function}({all})"),
        }
    }
}

impl Python {
    /// What the library is called in a program.
    fn name(self) -> &'static str {
        match self {
            Self::NumPy => "np",
            Self::Torch => "torch",
        }
    }

    fn clip(self) -> &'static str {
        match self {
            Self::NumPy => "np.clip",
            Self::Torch => "torch.clamp",
        }
    }

    /// What makes a vector of numbers that have been computed.
    fn vector(self) -> &'static str {
        match self {
            Self::NumPy => "np.array",
            Self::Torch => "torch.stack",
        }
    }

    /// What makes a vector of plain numbers.
    fn array(self) -> &'static str {
        match self {
            Self::NumPy => "np.array",
            Self::Torch => "torch.tensor",
        }
    }

    /// Something remembered, as it is at first.
    pub(super) fn remember(self, name: &str, initial: f64) -> String {
        let library = self.name();
        if initial == 0.0 {
            format!("{name} = {library}.zeros(2)")
        } else {
            format!("{name} = {library}.full((2,), {initial:?})")
        }
    }

    /// What begins anew at some steps.
    pub(super) fn resets(self, memories: &[Memory], text: &mut Text) {
        for (from, initial, name) in super::rule::resets(memories) {
            text.block(format!("if step == {from}"), [self.remember(name, initial)]);
        }
    }

    /// The lines that each stage has, each formula by the step where that matters.
    pub(super) fn formulas(self, plan: &Plan, of: impl Fn(&Experiment) -> Vec<Line>, text: &mut Text) {
        for (name, course) in plan.formulas(of) {
            let told = |(from, formula): (usize, String)| (from, translate(&formula, &self));
            let course: Vec<_> = course.into_iter().map(told).collect();
            text.line(format!("{name} = {}", choice(&course)));
        }
    }

    /// A rule, for both valves at once.
    pub(super) fn rule(self, rule: &Rule) -> Vec<String> {
        let line =
            |line: &Line| format!("{} {} {}", line.name, line.operator, translate(&line.formula, &self));
        let count = rule.since.map(|since| format!("t = {}", count("step", since)));
        count.into_iter().chain(rule.lines.iter().map(line)).collect()
    }

    /// Probes round m and h before a step, for the ways that probe.
    fn probe(self, way: Sensitivities, step: &str) -> Vec<String> {
        let lines: &[&str] = match way {
            Sensitivities::Central => &[
                "m_low, m_high = CLIP(m - CENTRAL_PROBE, SHUT, OPEN), CLIP(m + CENTRAL_PROBE, SHUT, OPEN)",
                "h_low, h_high = CLIP(h - CENTRAL_PROBE, SHUT, OPEN), CLIP(h + CENTRAL_PROBE, SHUT, OPEN)",
                "estimate = VECTOR([",
                "    (water(m_high, h)[1] - water(m_low, h)[1]) / (m_high - m_low),",
                "    (water(m, h_high)[1] - water(m, h_low)[1]) / (h_high - h_low),",
                "])",
            ],
            Sensitivities::Spsa => &[
                "signs = ARRAY([1.0 if STEP % 4 < 2 else -1.0, 1.0 if STEP % 2 == 0 else -1.0])",
                "plus, minus = \
                 CLIP(theta + SPSA_PROBE * signs, SHUT, OPEN), CLIP(theta - SPSA_PROBE * signs, SHUT, OPEN)",
                "estimate = (water(*plus)[1] - water(*minus)[1]) / SPSA_PROBES * signs",
            ],
            _ => &[],
        };
        self.fill(lines, step)
    }

    /// Lines with the library's own names.
    fn fill(self, lines: &[&str], step: &str) -> Vec<String> {
        let fill = |line: &String| {
            line.replace("CLIP", self.clip())
                .replace("VECTOR", self.vector())
                .replace("ARRAY", self.array())
                .replace("STEP", step)
        };
        filled(lines, &self).iter().map(fill).collect()
    }

    /// Probes before each step, in the stages that probe.
    pub(super) fn probes(self, plan: &Plan, text: &mut Text) {
        text.staged(&plan.course(|stage| self.probe(plan.way(stage), "step")));
    }

    /// Keeps where the valves stood, for the ways that look back.
    pub(super) fn keep(self, plan: &Plan, text: &mut Text) {
        if plan.remembers_estimates() {
            text.line(match self {
                Self::NumPy => "before = theta.copy()",
                Self::Torch => "before = theta.clone()",
            });
        }
    }

    /// What becomes of a move, and the clamp.
    pub(super) fn bend(self, plan: &Plan, text: &mut Text) {
        let bent = match self {
            Self::NumPy => "theta = before + np.array([a - side * b, b + side * a])",
            Self::Torch => "theta.copy_(before + torch.stack([a - side * b, b + side * a]))",
        };
        text.staged(&plan.course(|stage| match plan.way(stage) {
            Sensitivities::Wiggle => {
                self.fill(&["a, b = theta - before", "side = WIGGLE if step % 2 == 0 else -WIGGLE", bent], "")
            }
            _ => Vec::new(),
        }));
        let clamp = match self {
            Self::NumPy => "theta = CLIP(theta, SHUT, OPEN)",
            Self::Torch => "theta.clamp_(SHUT, OPEN)",
        };
        text.lines(self.fill(&[clamp], ""));
        text.staged(&plan.course(|stage| match plan.way(stage) {
            Sensitivities::Alternate => vec!["theta[1 - valve] = before[1 - valve]".to_owned()],
            _ => Vec::new(),
        }));
    }

    /// What the ways of measuring learn from the move.
    pub(super) fn learn(self, plan: &Plan, text: &mut Text) {
        if plan.remembers_estimates() {
            text.gap();
            text.staged(&plan.course(|stage| self.fill(&learning(plan.way(stage)), "")));
        }
        for (step, way) in plan.last_probes() {
            text.open(format!("if step == {step}"));
            text.line("m, h = theta");
            text.lines(self.probe(way, "(step + 1)"));
            text.shut("");
        }
    }
}

/// What a way of measuring learns from the move, for the ways that do.
fn learning(way: Sensitivities) -> Vec<&'static str> {
    let moved = "moved = theta - before";
    match way {
        Sensitivities::Exact | Sensitivities::Central | Sensitivities::Spsa => Vec::new(),
        Sensitivities::Joint => vec![
            "x_new, y_new = water(*theta)[:2]",
            "dx, dy = x_new - x, y_new - y",
            moved,
            "if abs(moved[0]) >= SMALLEST_CHANGE and abs(dx) >= SMALLEST_CHANGE:",
            "    estimate[0] = (dy / dx) * (dx / moved[0])",
            "if abs(moved[1]) >= SMALLEST_CHANGE:",
            "    estimate[1] = dy / moved[1]",
        ],
        Sensitivities::Alternate => vec![
            "y_new = water(*theta)[1]",
            moved,
            "if abs(moved[valve]) >= SMALLEST_CHANGE:",
            "    estimate[valve] = (y_new - y) / moved[valve]",
        ],
        Sensitivities::Broyden | Sensitivities::Wiggle => vec![
            "y_new = water(*theta)[1]",
            moved,
            "length = moved @ moved",
            "if length >= SMALLEST_CHANGE * SMALLEST_CHANGE:",
            "    surprise = y_new - y - estimate @ moved",
            "    estimate += surprise / length * moved",
        ],
    }
}

/// The comment with the scenario's string, with which a program begins.
pub(super) fn heading(plan: &Plan, text: &mut Text) {
    if !plan.string.is_empty() {
        text.line(format!("# {}", plan.string));
    }
}

/// The head of the table, and of the loop over the steps.
pub(super) fn begin(plan: &Plan, by_hand: &str, text: &mut Text) {
    text.gap();
    text.line(format!("print(\"{}\")", COLUMNS.join(",")));
    if plan.by_hand {
        text.open(format!("for step, {by_hand} in enumerate(positions)"));
    } else {
        text.open(format!("for step in range({})", plan.last + 1));
    }
}

/// The row of a step.
pub(super) fn row(gradient: &str, text: &mut Text) {
    text.line(format!("row = [m, h, x, y, E, {gradient}]"));
    text.line("print(step, *(f\"{value + 0.0:.16e}\" for value in row), sep=\",\")");
}

/// A number with its name, by the step where it changes.
pub(super) fn constant((name, course): &(String, Course<f64>)) -> String {
    let course: Vec<_> = course.iter().map(|(from, number)| (*from, format!("{number:?}"))).collect();
    format!("{name} = {}", choice(&course))
}

/// One thing or another, by the step.
fn choice(course: &[(usize, String)]) -> String {
    let ends =
        course.iter().skip(1).map(|(from, _)| format!(" if step < {from} else ")).chain([String::new()]);
    let is_choice = course.len() > 1;
    let own = |own: &String| if is_choice && own.contains(" if ") { format!("({own})") } else { own.clone() };
    course.iter().zip(ends).map(|((_, formula), end)| own(formula) + &end).collect()
}
