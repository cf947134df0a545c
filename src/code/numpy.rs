//! A run in Python with NumPy: both valves in one array.

use super::house;
use super::plan::Plan;
use super::python::{Python, begin, constant, heading, row};
use super::rule::{memories, reign_numbers, reigns, rules};
use super::text::{Text, pairs};
use crate::backprop::Sensitivities;

const NUMPY: Python = Python::NumPy;

/// The program of a plan.
pub(super) fn program(plan: &Plan) -> String {
    let mut text = Text::with_indentation();
    heading(plan, &mut text);
    text.line("import numpy as np");
    text.gap();
    let reigns = reigns(plan);
    let numbers = [plan.numbers(house::numbers), plan.numbers(house::error_numbers), reign_numbers(&reigns)];
    let (lasting, changing): (Vec<_>, Vec<_>) =
        numbers.into_iter().flatten().partition(|(_, course)| course.len() == 1);
    text.lines(lasting.iter().map(constant));
    start(plan, &mut text);
    let memories = memories(&reigns);
    text.lines(memories.iter().map(|memory| NUMPY.remember(memory.name, memory.initial)));
    if plan.is_measured() {
        water(plan, &mut text);
    }
    begin(plan, "(m, h)", &mut text);
    text.lines(changing.iter().map(constant));
    NUMPY.resets(&memories, &mut text);
    look(plan, &mut text);
    if !plan.by_hand {
        text.gap();
        measure(plan, &mut text);
        NUMPY.keep(plan, &mut text);
        let rules = rules(&reigns).into_iter();
        text.staged(&rules.map(|(from, rule)| (from, NUMPY.rule(&rule))).collect());
        NUMPY.bend(plan, &mut text);
        NUMPY.learn(plan, &mut text);
    }
    text.shut("");
    text.into()
}

/// Where the valves stand at first; for a run by hand, at every step.
fn start(plan: &Plan, text: &mut Text) {
    if plan.by_hand {
        text.indent("positions = np.array([");
        text.lines(pairs(&plan.positions));
        text.dedent("])");
    } else {
        text.lines(plan.positions.iter().map(|start| format!("theta = np.array({start:?})")));
    }
}

/// The flows and their slopes as a function, for whoever reads them at several positions.
fn water(plan: &Plan, text: &mut Text) {
    text.gap();
    text.open("def water(m, h)");
    NUMPY.formulas(plan, house::forward, text);
    NUMPY.formulas(plan, house::slopes, text);
    text.line(format!("return {}", seen(plan)));
    text.shut("");
}

/// What the water shows at a position.
fn seen(plan: &Plan) -> &'static str {
    if plan.has_two_paths() { "x, y, dx_dm, dx_dh, dy_dx, dy_dh" } else { "x, y, dx_dm, dy_dx, dy_dh" }
}

/// Forward and backward at a position, and the row that is printed.
fn look(plan: &Plan, text: &mut Text) {
    if !plan.by_hand {
        text.line("m, h = theta");
    }
    if plan.is_measured() {
        text.line(format!("{} = water(m, h)", seen(plan)));
    } else {
        NUMPY.formulas(plan, house::forward, text);
    }
    text.line("miss = y - ideal");
    NUMPY.formulas(plan, house::error, text);
    text.gap();
    NUMPY.formulas(plan, house::error_slope, text);
    if !plan.is_measured() {
        NUMPY.formulas(plan, house::slopes, text);
    }
    text.line("dE_dx = dE_dy * dy_dx");
    text.line("dE_dm = dE_dx * dx_dm");
    let through_x = if plan.has_two_paths() { " + dE_dx * dx_dh" } else { "" };
    text.line(format!("dE_dh = dE_dy * dy_dh{through_x}"));
    text.gap();
    row("dE_dm, dE_dh", text);
}

/// What the step from here takes for the gradient.
fn measure(plan: &Plan, text: &mut Text) {
    if plan.alternates() {
        text.line("valve = step % 2");
    }
    let through_x = if plan.has_two_paths() { " + dy_dx * dx_dh" } else { "" };
    for from in plan.truths() {
        let truth = format!("estimate = np.array([dy_dx * dx_dm, dy_dh{through_x}])");
        text.block(format!("if step == {from}"), [truth]);
    }
    NUMPY.probes(plan, text);
    text.staged(&plan.course(|stage| {
        let lines: &[&str] = match plan.way(stage) {
            Sensitivities::Exact => &["gradient = np.array([dE_dm, dE_dh])"],
            Sensitivities::Alternate => &["gradient = dE_dy * estimate", "gradient[1 - valve] = 0"],
            _ => &["gradient = dE_dy * estimate"],
        };
        lines.iter().map(|line| (*line).to_owned()).collect()
    }));
}
