//! A run in Python with PyTorch: autograd finds the gradient, and where torch has the rule, it turns the
//! valves.

use super::house;
use super::plan::Plan;
use super::python::{Python, begin, constant, heading, row};
use super::rule::{Reign, Rule, memories, reign_numbers, reigns};
use super::text::{Text, pairs};
use crate::backprop::Sensitivities;
use crate::descent::{Definition, Moments, Optimizer};

const TORCH: Python = Python::Torch;

/// The program of a plan.
pub(super) fn program(plan: &Plan) -> String {
    let mut body = Text::with_indentation();
    let reigns = reigns(plan);
    let own: Vec<&Reign> = reigns.iter().filter(|reign| optimizers(reign).is_none()).collect();
    let numbers = [
        plan.numbers(house::numbers),
        plan.numbers(house::error_numbers),
        reign_numbers(own.iter().copied()),
    ];
    let (lasting, changing): (Vec<_>, Vec<_>) =
        numbers.into_iter().flatten().partition(|(_, course)| course.len() == 1);
    body.lines(lasting.iter().map(constant));
    start(plan, &mut body);
    let memories = memories(own.iter().copied());
    body.lines(memories.iter().map(|memory| TORCH.remember(memory.name, memory.initial)));
    body.lines(reigns.first().and_then(optimizers).and_then(|first| Some(first.first()?.1.create())));
    if plan.is_measured() {
        water(plan, &mut body);
    }
    begin(plan, "position", &mut body);
    body.lines(changing.iter().map(constant));
    TORCH.resets(&memories, &mut body);
    change_optimizers(&reigns, &mut body);
    if !plan.by_hand {
        body.line(if own.is_empty() { "optimizer.zero_grad()" } else { "theta.grad = None" });
    }
    look(plan, &mut body);
    if !plan.by_hand {
        body.gap();
        body.open("with torch.no_grad()");
        measure(plan, &mut body);
        TORCH.keep(plan, &mut body);
        turn(&reigns, &mut body);
        TORCH.bend(plan, &mut body);
        TORCH.learn(plan, &mut body);
        body.shut("");
    }
    body.shut("");
    with_imports(plan, body.into())
}

/// A program with what it needs from elsewhere.
fn with_imports(plan: &Plan, body: String) -> String {
    let mut text = Text::with_indentation();
    heading(plan, &mut text);
    if body.contains("math.") {
        text.line("import math");
        text.gap();
    }
    text.line("import torch");
    text.gap();
    text.line("torch.set_default_dtype(torch.float64)");
    String::from(text) + &body
}

/// Where the valves stand at first; for a run by hand, at every step.
fn start(plan: &Plan, text: &mut Text) {
    if plan.by_hand {
        text.indent("positions = [");
        text.lines(pairs(&plan.positions));
        text.dedent("]");
    } else {
        let theta = |start: &[f64; 2]| format!("theta = torch.tensor({start:?}, requires_grad=True)");
        text.lines(plan.positions.iter().map(theta));
    }
}

/// The flows as a function, for whoever reads them at several positions.
fn water(plan: &Plan, text: &mut Text) {
    text.gap();
    text.open("def water(m, h)");
    TORCH.formulas(plan, house::forward, text);
    text.line("return x, y");
    text.shut("");
}

/// Forward and, by autograd, backward at a position, and the row that is printed.
fn look(plan: &Plan, text: &mut Text) {
    if plan.by_hand {
        text.line("theta = torch.tensor(position, requires_grad=True)");
    }
    text.line("m, h = theta");
    if plan.is_measured() {
        text.line("x, y = water(m, h)");
    } else {
        TORCH.formulas(plan, house::forward, text);
    }
    text.line("miss = y - ideal");
    TORCH.formulas(plan, house::error, text);
    for from in plan.truths() {
        let truth = "estimate = torch.autograd.grad(y, theta, retain_graph=True)[0]";
        text.block(format!("if step == {from}"), [truth]);
    }
    if plan.is_measured() {
        text.line("y.retain_grad()");
    }
    text.line("E.backward()");
    text.gap();
    row("*theta.grad", text);
}

/// What the step from here takes for the gradient.
fn measure(plan: &Plan, text: &mut Text) {
    if plan.alternates() {
        text.line("valve = step % 2");
    }
    TORCH.probes(plan, text);
    text.staged(&plan.course(|stage| {
        let lines: &[&str] = match plan.way(stage) {
            Sensitivities::Exact => &[],
            Sensitivities::Alternate => &["theta.grad = y.grad * estimate", "theta.grad[1 - valve] = 0"],
            _ => &["theta.grad = y.grad * estimate"],
        };
        lines.iter().map(|line| (*line).to_owned()).collect()
    }));
}

/// The rule's move: torch's where it has the rule.
fn turn(reigns: &[Reign], text: &mut Text) {
    let mut course = Vec::new();
    for reign in reigns {
        if optimizers(reign).is_some() {
            course.push((reign.from, vec!["optimizer.step()".to_owned()]));
            continue;
        }
        for (from, optimizer, _) in &reign.parameters {
            let rule = TORCH.rule(&Rule::of(*optimizer, reign.from));
            course.push((*from, [vec!["gradient = theta.grad".to_owned()], rule].concat()));
        }
    }
    course.dedup_by(|next, last| next.1 == last.1);
    text.staged(&course);
}

/// One of torch's optimizers with its settings, as they are written.
#[derive(Debug)]
struct Torch {
    class: &'static str,
    settings: Vec<(&'static str, String)>,
}

impl Torch {
    fn create(&self) -> String {
        let settings: String =
            self.settings.iter().map(|(name, value)| format!(", {name}={value}")).collect();
        format!("optimizer = torch.optim.{}([theta]{settings})", self.class)
    }
}

/// Makes another optimizer where another reigns, and changes settings where they change.
fn change_optimizers(reigns: &[Reign], text: &mut Text) {
    for reign in reigns {
        let Some(optimizers) = optimizers(reign) else { continue };
        for (place, (from, optimizer)) in optimizers.iter().enumerate() {
            let lines = match place.checked_sub(1).map(|before| &optimizers[before].1) {
                None if *from == 0 => continue,
                None => vec![optimizer.create()],
                Some(before) => {
                    let pairs = optimizer.settings.iter().zip(&before.settings);
                    // What the squares began with is past.
                    let changed = pairs.filter(|(new, old)| new != old && new.0 != INITIAL);
                    changed
                        .map(|((name, value), _)| format!("optimizer.param_groups[0][\"{name}\"] = {value}"))
                        .collect()
                }
            };
            if !lines.is_empty() {
                text.block(format!("if step == {from}"), lines);
            }
        }
    }
}

const INITIAL: &str = "initial_accumulator_value";

/// Torch's own optimizer over a reign, from which step on with which settings; `None` where torch has none
/// that does the same.
fn optimizers(reign: &Reign) -> Option<Vec<(usize, Torch)>> {
    let no_momentum = |optimizer: &Optimizer| match optimizer {
        Optimizer::Momentum { momentum } | Optimizer::Nesterov { momentum } => *momentum == 0.0,
        _ => false,
    };
    // Without momentum torch keeps no velocity, which a momentum that comes later would need.
    let without = reign.parameters.iter().filter(|(_, optimizer, _)| no_momentum(optimizer)).count();
    if without > 0 && without < reign.parameters.len() {
        return None;
    }
    let own = |(from, optimizer, rate): &(usize, Optimizer, f64)| Some((*from, torch(*optimizer, *rate)?));
    reign.parameters.iter().map(own).collect()
}

/// Torch's own optimizer for a rule, where it has one.
fn torch(optimizer: Optimizer, rate: f64) -> Option<Torch> {
    let text = |number: f64| format!("{number:?}");
    let moments = |Moments { beta1, beta2, epsilon }: Moments| {
        vec![("betas", format!("({beta1:?}, {beta2:?})")), ("eps", text(epsilon))]
    };
    let yes = || "True".to_owned();
    let (class, own) = match optimizer {
        Optimizer::Descent => ("SGD", vec![]),
        Optimizer::Momentum { momentum } => ("SGD", vec![("momentum", text(momentum))]),
        // Torch refuses Nesterov's rule without momentum, where it is plain descent.
        Optimizer::Nesterov { momentum: 0.0 } => ("SGD", vec![]),
        Optimizer::Nesterov { momentum } => ("SGD", vec![("momentum", text(momentum)), ("nesterov", yes())]),
        Optimizer::AdaGrad { epsilon, initial, definition: Definition::Torch } => {
            ("Adagrad", vec![(INITIAL, text(initial)), ("eps", text(epsilon))])
        }
        Optimizer::RmsProp { alpha, epsilon, definition: Definition::Torch } => {
            ("RMSprop", vec![("alpha", text(alpha)), ("eps", text(epsilon))])
        }
        Optimizer::AdaDelta { rho, epsilon } => {
            ("Adadelta", vec![("rho", text(rho)), ("eps", text(epsilon))])
        }
        Optimizer::Adam(own) => ("Adam", moments(own)),
        Optimizer::AmsGrad { moments: own, definition: Definition::Torch } => {
            ("Adam", [moments(own), vec![("amsgrad", yes())]].concat())
        }
        Optimizer::AdamW { moments: own, decay } => {
            ("AdamW", [moments(own), vec![("weight_decay", text(decay))]].concat())
        }
        Optimizer::AdaGrad { .. }
        | Optimizer::RmsProp { .. }
        | Optimizer::AmsGrad { .. }
        | Optimizer::Lion { .. } => return None,
    };
    Some(Torch { class, settings: [vec![("lr", text(rate))], own].concat() })
}
