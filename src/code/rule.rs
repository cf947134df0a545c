//! The rules that turn the valves, for both valves at once.

use super::formula::Line;
use super::plan::{Course, Plan, course, named};
use crate::descent::{Definition, Moments, Optimizer};

/// A rule as lines, in which `gradient` is given and `theta` holds m and h.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    /// The step from which on t counts, for rules that count.
    pub(super) since: Option<usize>,
    /// What it does.
    pub(super) lines: Vec<Line>,
}

impl Rule {
    /// A rule that reigns since a step.
    pub(super) fn of(optimizer: Optimizer, since: usize) -> Self {
        Self { since: counts(optimizer).then_some(since), lines: lines(optimizer) }
    }
}

/// The stages under one rule, over which its memory lasts.
#[derive(Debug)]
pub(super) struct Reign {
    /// Its first step.
    pub(super) from: usize,
    /// The rule with its parameters, from which step on.
    pub(super) parameters: Vec<(usize, Optimizer, f64)>,
}

impl Reign {
    /// The rule at first.
    pub(super) fn optimizer(&self) -> Optimizer {
        self.parameters.first().map_or(Optimizer::Descent, |(_, optimizer, _)| *optimizer)
    }
}

/// The reigns of a plan, in their order; a hand follows no rule.
pub(super) fn reigns(plan: &Plan) -> Vec<Reign> {
    let mut reigns: Vec<Reign> = Vec::new();
    for stage in plan.stages.iter().filter(|_| !plan.by_hand) {
        let (optimizer, rate) = (stage.experiment.optimizer, stage.experiment.rate);
        let parameters = (stage.from, optimizer, rate);
        match reigns.last_mut() {
            Some(reign) if reign.optimizer().name() == optimizer.name() => reign.parameters.push(parameters),
            _ => reigns.push(Reign { from: stage.from, parameters: vec![parameters] }),
        }
    }
    reigns
}

/// The rules of reigns, from which step on each.
pub(super) fn rules(reigns: &[Reign]) -> Course<Rule> {
    let all = reigns.iter().flat_map(|reign| reign.parameters.iter().map(move |part| (reign.from, part)));
    course(all.map(|(since, (from, optimizer, _))| (*from, Some(Rule::of(*optimizer, since)))).collect())
}

/// What a rule remembers.
#[derive(Debug)]
pub(super) struct Memory {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is at first.
    pub(super) initial: f64,
    /// The steps at which it begins anew, and with what.
    pub(super) again: Vec<(usize, f64)>,
}

/// What the rules of reigns remember.
pub(super) fn memories<'a>(reigns: impl IntoIterator<Item = &'a Reign>) -> Vec<Memory> {
    let mut memories: Vec<Memory> = Vec::new();
    for reign in reigns {
        for (name, initial) in memory(reign.optimizer()) {
            match memories.iter_mut().find(|memory| memory.name == name) {
                Some(memory) => memory.again.push((reign.from, initial)),
                None => memories.push(Memory { name, initial, again: Vec::new() }),
            }
        }
    }
    memories
}

/// The steps at which something remembered begins anew: the step, with what, and its name.
pub(super) fn resets(memories: &[Memory]) -> Vec<(usize, f64, &'static str)> {
    let of = |memory: &Memory| {
        let name = memory.name;
        memory.again.iter().map(move |(from, initial)| (*from, *initial, name)).collect::<Vec<_>>()
    };
    memories.iter().flat_map(of).collect()
}

/// The numbers that reigns need, each name with its course.
pub(super) fn reign_numbers<'a>(reigns: impl IntoIterator<Item = &'a Reign>) -> Vec<(String, Course<f64>)> {
    let parts = reigns.into_iter().flat_map(|reign| &reign.parameters);
    named(parts.map(|(from, optimizer, rate)| (*from, numbers(*optimizer, *rate))).collect())
}

/// How t counts from a step on, given what stands for the step: 1 in the first.
pub(super) fn count(step: &str, since: usize) -> String {
    match since {
        0 => format!("{step} + 1"),
        1 => step.to_owned(),
        since => format!("{step} - {}", since - 1),
    }
}

/// The numbers that a rule needs, with their names.
fn numbers(optimizer: Optimizer, rate: f64) -> Vec<(String, f64)> {
    let moments =
        |Moments { beta1, beta2, epsilon }| vec![("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)];
    let mut numbers = vec![("rate", rate)];
    numbers.extend(match optimizer {
        Optimizer::Descent => vec![],
        Optimizer::Momentum { momentum } | Optimizer::Nesterov { momentum } => vec![("momentum", momentum)],
        Optimizer::AdaGrad { epsilon, .. } => vec![("epsilon", epsilon)],
        Optimizer::RmsProp { alpha, epsilon, .. } => vec![("alpha", alpha), ("epsilon", epsilon)],
        Optimizer::AdaDelta { rho, epsilon } => vec![("rho", rho), ("epsilon", epsilon)],
        Optimizer::Adam(own) | Optimizer::AmsGrad { moments: own, .. } => moments(own),
        Optimizer::AdamW { moments: own, decay } => [moments(own), vec![("decay", decay)]].concat(),
        Optimizer::Lion { beta1, beta2 } => vec![("beta1", beta1), ("beta2", beta2)],
    });
    numbers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a rule remembers, and what that is at first.
fn memory(optimizer: Optimizer) -> Vec<(&'static str, f64)> {
    match optimizer {
        Optimizer::Descent => vec![],
        Optimizer::Momentum { .. } | Optimizer::Nesterov { .. } => vec![("velocity", 0.0)],
        Optimizer::AdaGrad { initial, .. } => vec![("squares", initial)],
        Optimizer::RmsProp { .. } => vec![("squares", 0.0)],
        Optimizer::AdaDelta { .. } => vec![("squares", 0.0), ("turns", 0.0)],
        Optimizer::Adam(_) | Optimizer::AdamW { .. } => vec![("mean", 0.0), ("squares", 0.0)],
        Optimizer::AmsGrad { .. } => vec![("mean", 0.0), ("squares", 0.0), ("peak", 0.0)],
        Optimizer::Lion { .. } => vec![("mean", 0.0)],
    }
}

/// Whether a rule counts its steps.
fn counts(optimizer: Optimizer) -> bool {
    matches!(optimizer, Optimizer::Adam(_) | Optimizer::AmsGrad { .. } | Optimizer::AdamW { .. })
}

/// What a rule does with `theta`, not yet clamped.
fn lines(optimizer: Optimizer) -> Vec<Line> {
    let change = Line::change;
    let velocity = change("velocity", "=", "momentum * velocity + gradient");
    match optimizer {
        Optimizer::Descent => vec![change("theta", "-=", "rate * gradient")],
        Optimizer::Momentum { .. } => vec![velocity, change("theta", "-=", "rate * velocity")],
        Optimizer::Nesterov { .. } => {
            vec![velocity, change("theta", "-=", "rate * (gradient + momentum * velocity)")]
        }
        Optimizer::AdaGrad { definition, .. } => {
            vec![change("squares", "+=", "pow(gradient, 2)"), divided(definition)]
        }
        Optimizer::RmsProp { definition, .. } => vec![
            change("squares", "=", "alpha * squares + (1 - alpha) * pow(gradient, 2)"),
            divided(definition),
        ],
        Optimizer::AdaDelta { .. } => vec![
            change("squares", "=", "rho * squares + (1 - rho) * pow(gradient, 2)"),
            Line::new("turn", "sqrt(turns + epsilon) / sqrt(squares + epsilon) * gradient"),
            change("turns", "=", "rho * turns + (1 - rho) * pow(turn, 2)"),
            change("theta", "-=", "rate * turn"),
        ],
        Optimizer::Adam(_) => moments(None),
        Optimizer::AmsGrad { definition, .. } => moments(Some(definition)),
        Optimizer::AdamW { .. } => [vec![change("theta", "*=", "1 - rate * decay")], moments(None)].concat(),
        Optimizer::Lion { .. } => vec![
            Line::new("direction", "beta1 * mean + (1 - beta1) * gradient"),
            change("mean", "=", "beta2 * mean + (1 - beta2) * gradient"),
            change("theta", "-=", "rate * sign(direction)"),
        ],
    }
}

/// The step of rules that divide by the root of the squares.
fn divided(definition: Definition) -> Line {
    let formula = match definition {
        Definition::Torch => "rate * gradient / (sqrt(squares) + epsilon)",
        Definition::Optax => "rate * gradient / sqrt(squares + epsilon)",
    };
    Line::change("theta", "-=", formula)
}

/// The step of Adam and its kin, with the peak of a definition where they keep one.
fn moments(peak_by: Option<Definition>) -> Vec<Line> {
    let change = Line::change;
    let unbiased = "squares / (1 - pow(beta2, t))";
    let mut lines = vec![
        change("mean", "=", "beta1 * mean + (1 - beta1) * gradient"),
        change("squares", "=", "beta2 * squares + (1 - beta2) * pow(gradient, 2)"),
        Line::new("mean_hat", "mean / (1 - pow(beta1, t))"),
    ];
    match peak_by {
        None => lines.push(Line::new("squares_hat", unbiased)),
        Some(Definition::Torch) => {
            lines.push(change("peak", "=", "maximum(peak, squares)"));
            lines.push(Line::new("squares_hat", "peak / (1 - pow(beta2, t))"));
        }
        Some(Definition::Optax) => {
            lines.push(change("peak", "=", &format!("maximum(peak, {unbiased})")));
            lines.push(Line::new("squares_hat", "peak"));
        }
    }
    lines.push(change("theta", "-=", "rate * mean_hat / (sqrt(squares_hat) + epsilon)"));
    lines
}
