//! A run in Rust, with its standard library alone.

use super::formula::{Line, Notation, closed, filled, translate};
use super::plan::{Course, Plan};
use super::rule::{Rule, memories, reign_numbers, reigns, rules};
use super::text::{Text, pairs};
use super::{house, rule};
use crate::backprop::Sensitivities;
use crate::descent::Experiment;
use crate::scenario::COLUMNS;

/// The program of a plan.
pub(super) fn program(plan: &Plan) -> String {
    let mut text = Text::with_braces();
    if !plan.string.is_empty() {
        text.line(format!("// {}", plan.string));
    }
    text.line("#[allow(non_snake_case)]");
    text.open("fn main()");
    let reigns = reigns(plan);
    let numbers = [plan.numbers(house::numbers), plan.numbers(house::error_numbers), reign_numbers(&reigns)];
    let (lasting, changing): (Vec<_>, Vec<_>) =
        numbers.into_iter().flatten().partition(|(_, course)| course.len() == 1);
    text.lines(lasting.iter().map(constant));
    start(plan, &mut text);
    let memories = memories(&reigns);
    text.lines(
        memories
            .iter()
            .map(|memory| format!("let mut {}: [f64; 2] = [{:?}; 2];", memory.name, memory.initial)),
    );
    if plan.keeps_estimates() {
        text.line("let mut estimate: [f64; 2] = [0.0; 2];");
    }
    let same_water = plan.is_measured() && !plan.house_changes();
    if same_water {
        water(plan, &mut text);
    }
    text.line(format!("println!(\"{}\");", COLUMNS.join(",")));
    if plan.by_hand {
        text.open("for (step, &[m, h]) in positions.iter().enumerate()");
    } else {
        text.open(format!("for step in 0..={}", plan.last));
    }
    text.lines(changing.iter().map(constant));
    for (from, initial, name) in rule::resets(&memories) {
        text.block(format!("if step == {from}"), [format!("{name} = [{initial:?}; 2];")]);
    }
    if plan.is_measured() && !same_water {
        water(plan, &mut text);
    }
    look(plan, &mut text);
    if !plan.by_hand {
        measure(plan, &mut text);
        turn(plan, rules(&reigns), &mut text);
        learn(plan, &mut text);
    }
    text.shut("");
    text.shut("");
    text.into()
}

/// Where the valves stand at first; for a run by hand, at every step.
fn start(plan: &Plan, text: &mut Text) {
    if plan.by_hand {
        text.indent("let positions: &[[f64; 2]] = &[");
        text.lines(pairs(&plan.positions));
        text.dedent("];");
    } else {
        text.lines(plan.positions.iter().map(|start| format!("let mut theta: [f64; 2] = {start:?};")));
    }
}

/// Forward and backward at a position, and the row that is printed.
fn look(plan: &Plan, text: &mut Text) {
    if !plan.by_hand {
        text.line("let [m, h] = theta;");
    }
    if plan.is_measured() {
        text.line(format!("let {} = water(m, h);", seen(plan)));
    } else {
        formulas(plan, house::forward, text);
    }
    text.line("let miss = y - ideal;");
    formulas(plan, house::error, text);
    text.gap();
    formulas(plan, house::error_slope, text);
    if !plan.is_measured() {
        formulas(plan, house::slopes, text);
    }
    text.line("let dE_dx = dE_dy * dy_dx;");
    text.line("let dE_dm = dE_dx * dx_dm;");
    let through_x = if plan.has_two_paths() { " + dE_dx * dx_dh" } else { "" };
    text.line(format!("let dE_dh = dE_dy * dy_dh{through_x};"));
    text.gap();
    text.line("let row = [m, h, x, y, E, dE_dm, dE_dh].map(|value| format!(\"{:.16e}\", value + 0.0));");
    text.line("println!(\"{step},{}\", row.join(\",\"));");
    if !plan.by_hand {
        text.gap();
    }
}

/// The flows and their slopes as a function, for whoever reads them at several positions.
fn water(plan: &Plan, text: &mut Text) {
    text.open("let water = |m: f64, h: f64|");
    formulas(plan, house::forward, text);
    formulas(plan, house::slopes, text);
    text.line(seen(plan));
    text.shut(";");
}

/// What the water shows at a position.
fn seen(plan: &Plan) -> &'static str {
    if plan.has_two_paths() { "(x, y, dx_dm, dx_dh, dy_dx, dy_dh)" } else { "(x, y, dx_dm, dy_dx, dy_dh)" }
}

/// What the step from here takes for the gradient.
fn measure(plan: &Plan, text: &mut Text) {
    if plan.alternates() {
        text.line("let valve = step % 2;");
    }
    let through_x = if plan.has_two_paths() { " + dy_dx * dx_dh" } else { "" };
    for from in plan.truths() {
        let truth = format!("estimate = [dy_dx * dx_dm, dy_dh{through_x}];");
        text.block(format!("if step == {from}"), [truth]);
    }
    let is_set_apart = plan.probes_in_several_ways();
    if is_set_apart {
        text.line("let estimate: [f64; 2];");
    }
    let kept = if is_set_apart || plan.keeps_estimates() { "" } else { "let " };
    text.staged(&plan.course(|stage| probe(plan.way(stage), "step", kept)));
    let gradient = plan.course(|stage| {
        match plan.way(stage) {
            Sensitivities::Exact => "[dE_dm, dE_dh]",
            Sensitivities::Alternate => "[0, 1].map(|i| if i == valve { dE_dy * estimate[i] } else { 0.0 })",
            _ => "estimate.map(|slope| dE_dy * slope)",
        }
        .to_owned()
    });
    text.line(format!("let gradient = {};", choice(&gradient)));
}

/// Probes round m and h before a step, for the ways that probe.
fn probe(way: Sensitivities, step: &str, kept: &str) -> Vec<String> {
    let lines: &[&str] = match way {
        Sensitivities::Central => &[
            "let (m_low, m_high) = ((m - CENTRAL_PROBE).max(SHUT), (m + CENTRAL_PROBE).min(OPEN));",
            "let (h_low, h_high) = ((h - CENTRAL_PROBE).max(SHUT), (h + CENTRAL_PROBE).min(OPEN));",
            "KEPTestimate = [",
            "    (water(m_high, h).1 - water(m_low, h).1) / (m_high - m_low),",
            "    (water(m, h_high).1 - water(m, h_low).1) / (h_high - h_low),",
            "];",
        ],
        Sensitivities::Spsa => &[
            "let signs = [if STEP % 4 < 2 { 1.0 } else { -1.0 }, if STEP % 2 == 0 { 1.0 } else { -1.0 }];",
            "let plus = [m + SPSA_PROBE * signs[0], h + SPSA_PROBE * signs[1]]\
             .map(|p| p.clamp(SHUT, OPEN));",
            "let minus = [m - SPSA_PROBE * signs[0], h - SPSA_PROBE * signs[1]]\
             .map(|p| p.clamp(SHUT, OPEN));",
            "let rise = water(plus[0], plus[1]).1 - water(minus[0], minus[1]).1;",
            "KEPTestimate = signs.map(|sign| rise / SPSA_PROBES * sign);",
        ],
        _ => &[],
    };
    filled(lines, &WHOLE).iter().map(|line| line.replace("STEP", step).replace("KEPT", kept)).collect()
}

/// The rule's move, and what becomes of it.
fn turn(plan: &Plan, rules: Course<Rule>, text: &mut Text) {
    text.staged(&rules.into_iter().map(|(from, rule)| (from, rule_lines(plan, &rule))).collect());
    text.staged(&plan.course(|stage| match plan.way(stage) {
        Sensitivities::Wiggle => filled(
            &[
                "let (a, b) = (theta[0] - m, theta[1] - h);",
                "let side = if step % 2 == 0 { WIGGLE } else { -WIGGLE };",
                "theta = [m + (a - side * b), h + (b + side * a)];",
            ],
            &WHOLE,
        ),
        _ => Vec::new(),
    }));
    text.lines(filled(&["theta = theta.map(|position| position.clamp(SHUT, OPEN));"], &WHOLE));
    text.staged(&plan.course(|stage| match plan.way(stage) {
        Sensitivities::Alternate => vec!["theta[1 - valve] = [m, h][1 - valve];".to_owned()],
        _ => Vec::new(),
    }));
}

/// A rule, for one valve after the other.
fn rule_lines(plan: &Plan, rule: &Rule) -> Vec<String> {
    let step = if plan.alternates() { "step as i32" } else { "step" };
    let count = rule.since.map(|since| format!("let t = {};", rule::count(step, since)));
    let line = |line: &Line| {
        let (own, new) = if line.is_new { ("", "let ") } else { ("[i]", "") };
        let formula = translate(&line.formula, &Rust { each: true });
        format!("    {new}{}{own} {} {formula};", line.name, line.operator)
    };
    let each = ["for i in 0..2 {".to_owned()].into_iter().chain(rule.lines.iter().map(line));
    count.into_iter().chain(each).chain(["}".to_owned()]).collect()
}

/// What a way of measuring learns from the move, for the ways that do.
fn learn(plan: &Plan, text: &mut Text) {
    if plan.remembers_estimates() {
        text.gap();
        let others = if plan.has_two_paths() { "_, _, _, _" } else { "_, _, _" };
        let lines = plan.course(|stage| {
            let lines = filled(&learning(plan.way(stage)), &WHOLE);
            lines.iter().map(|line| line.replace("OTHERS", others)).collect()
        });
        text.staged(&lines);
    }
    for (step, way) in plan.last_probes() {
        text.open(format!("if step == {step}"));
        text.line("let [m, h] = theta;");
        text.lines(probe(way, "(step + 1)", ""));
        text.shut("");
    }
}

fn learning(way: Sensitivities) -> Vec<&'static str> {
    let mut lines = match way {
        Sensitivities::Exact | Sensitivities::Central | Sensitivities::Spsa => return Vec::new(),
        Sensitivities::Joint => vec!["let (x_new, y_new, OTHERS) = water(theta[0], theta[1]);"],
        _ => vec!["let y_new = water(theta[0], theta[1]).1;"],
    };
    lines.push("let moved = [theta[0] - m, theta[1] - h];");
    lines.extend(match way {
        Sensitivities::Joint => [
            "let (dx, dy) = (x_new - x, y_new - y);",
            "if moved[0].abs() >= SMALLEST_CHANGE && dx.abs() >= SMALLEST_CHANGE {",
            "    estimate[0] = (dy / dx) * (dx / moved[0]);",
            "}",
            "if moved[1].abs() >= SMALLEST_CHANGE {",
            "    estimate[1] = dy / moved[1];",
            "}",
        ]
        .as_slice(),
        Sensitivities::Alternate => &[
            "if moved[valve].abs() >= SMALLEST_CHANGE {",
            "    estimate[valve] = (y_new - y) / moved[valve];",
            "}",
        ],
        _ => &[
            "let length = moved[0] * moved[0] + moved[1] * moved[1];",
            "if length >= SMALLEST_CHANGE * SMALLEST_CHANGE {",
            "    let surprise = y_new - y - estimate[0] * moved[0] - estimate[1] * moved[1];",
            "    estimate[0] += surprise / length * moved[0];",
            "    estimate[1] += surprise / length * moved[1];",
            "}",
        ],
    });
    lines
}

/// The lines that each stage has, each formula by the step where that matters.
fn formulas(plan: &Plan, of: impl Fn(&Experiment) -> Vec<Line>, text: &mut Text) {
    for (name, course) in plan.formulas(of) {
        let told = |(from, formula): (usize, String)| (from, translate(&formula, &WHOLE));
        let course: Vec<_> = course.into_iter().map(told).collect();
        text.line(format!("let {name} = {};", choice(&course)));
    }
}

/// A number with its name, by the step where it changes.
fn constant((name, course): &(String, Course<f64>)) -> String {
    let course: Vec<_> = course.iter().map(|(from, number)| (*from, format!("{number:?}"))).collect();
    format!("let {name}: f64 = {};", choice(&course))
}

/// One thing or another, by the step.
fn choice(course: &[(usize, String)]) -> String {
    let Some(((_, last), before)) = course.split_last() else { return String::new() };
    let ends = course.iter().skip(1).map(|(from, _)| from);
    let conditional =
        |((_, own), end): (&(usize, String), &usize)| format!("if step < {end} {{ {own} }} else ");
    let conditions: String = before.iter().zip(ends).map(conditional).collect();
    if before.is_empty() { last.clone() } else { format!("{conditions}{{ {last} }}") }
}

/// Numbers have a point, functions are methods.
struct Rust {
    /// Whether one valve is meant, of what both have.
    each: bool,
}

/// Both valves are meant.
const WHOLE: Rust = Rust { each: false };

/// What both valves have.
const OF_BOTH: [&str; 7] = ["theta", "gradient", "velocity", "mean", "squares", "peak", "turns"];

impl Notation for Rust {
    fn atom(&self, atom: &str) -> String {
        if is_whole(atom) {
            format!("{atom}.0")
        } else if self.each && OF_BOTH.contains(&atom) {
            format!("{atom}[i]")
        } else {
            atom.to_owned()
        }
    }

    fn call(&self, function: &str, arguments: &[String]) -> String {
        let own = arguments.first().map_or(String::new(), |own| closed(own));
        let rest = arguments.get(1..).unwrap_or_default().join(", ");
        match function {
            "pow" => match rest.strip_suffix(".0").unwrap_or(&rest) {
                whole if whole == "t" || is_whole(whole) => format!("{own}.powi({whole})"),
                _ => format!("{own}.powf({rest})"),
            },
            "where" => {
                let [condition, then, otherwise] = arguments else { return String::new() };
                format!("if {condition} {{ {then} }} else {{ {otherwise} }}")
            }
            "sign" => format!("if {own} == 0.0 {{ 0.0 }} else {{ {own}.signum() }}"),
            "sigmoid" => format!("1.0 / (1.0 + (-{own}).exp())"),
            "clip" => format!("{own}.clamp({rest})"),
            "maximum" => format!("{own}.max({rest})"),
            "log" => format!("{own}.ln()"),
            "nsqrt" => format!("{own}.sqrt()"),
            "nexp" => format!("{own}.exp()"),
            other => format!("{own}.{other}({rest})"),
        }
    }
}

fn is_whole(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
