//! The formulas of a house and of an error: the flows, forward, and the local slopes, for the way back.

use super::formula::Line;
use crate::descent::{Error, Experiment};
use crate::plumbing::{Characteristic, Model};

/// The flows: every line up to x and y.
pub(super) fn forward(experiment: &Experiment) -> Vec<Line> {
    let mut lines = [valve(experiment, "m").forward, valve(experiment, "h").forward].concat();
    lines.extend(match experiment.shower.model {
        Model::Linear { .. } => {
            vec![Line::new("x", "w * (m - SHUT)"), Line::new("y", "kx * x + kh * (h - SHUT)")]
        }
        Model::Product { .. } => vec![Line::new("x", "w * (m - SHUT)"), Line::new("y", "k * x * (h - SHUT)")],
        Model::Curves { .. } => vec![Line::new("x", "X * nsqrt(w) * f_m"), Line::new("y", "x * f_h")],
        Model::Installed { .. } => vec![Line::new("x", "X * nsqrt(w) * g_m"), Line::new("y", "x * g_h")],
        Model::House { c_other, main, handle, .. } => {
            let has_tap = c_other != 0.0;
            // Shut valves all the way would leave nothing to divide by.
            let may_shut = !has_tap && !leaks(main) && !leaks(handle);
            vec![
                Line::new("S", if has_tap { "C_h + C_other" } else { "C_h" }),
                Line::new("D", if may_shut { "hypot(C_m + 1e-150, S)" } else { "hypot(C_m, S)" }),
                Line::new("x", "nsqrt(w) * C_m * (S / D)"),
                Line::new("y", if has_tap { "x * (C_h / S)" } else { "x" }),
            ]
        }
    });
    lines
}

/// The local slopes at x and y.
pub(super) fn slopes(experiment: &Experiment) -> Vec<Line> {
    let mut lines = [valve(experiment, "m").slopes, valve(experiment, "h").slopes].concat();
    let slopes: &[(&str, &str)] = match experiment.shower.model {
        Model::Linear { .. } => &[("dx_dm", "w"), ("dy_dx", "kx"), ("dy_dh", "kh")],
        Model::Product { .. } => &[("dx_dm", "w"), ("dy_dx", "k * (h - SHUT)"), ("dy_dh", "k * x")],
        Model::Curves { .. } => {
            &[("dx_dm", "X * nsqrt(w) * df_dm"), ("dy_dx", "f_h"), ("dy_dh", "x * df_dh")]
        }
        Model::Installed { .. } => {
            &[("dx_dm", "X * nsqrt(w) * dg_dm"), ("dy_dx", "g_h"), ("dy_dh", "x * dg_dh")]
        }
        Model::House { c_other, .. } => {
            let has_tap = c_other != 0.0;
            &[
                ("dx_dm", "nsqrt(w) * pow(S / D, 3) * dC_dm"),
                ("dx_dh", "nsqrt(w) * pow(C_m / D, 3) * dC_dh"),
                ("dy_dx", if has_tap { "C_h / S" } else { "1" }),
                ("dy_dh", if has_tap { "nsqrt(w) * (C_m / D) * (C_other / S) * dC_dh" } else { "0" }),
            ]
        }
    };
    lines.extend(slopes.iter().map(|(name, formula)| Line::new(*name, *formula)));
    lines
}

/// The numbers that the flows need, with their names.
pub(super) fn numbers(experiment: &Experiment) -> Vec<(String, f64)> {
    let mut numbers = vec![("w", experiment.shower.pressure)];
    numbers.extend(match experiment.shower.model {
        Model::Linear { kx, kh } => vec![("kx", kx), ("kh", kh)],
        Model::Product { k } => vec![("k", k)],
        Model::Curves { scale, .. } => vec![("X", scale)],
        Model::Installed { scale, main_authority, handle_authority, .. } => {
            vec![("X", scale), ("N_m", main_authority), ("N_h", handle_authority)]
        }
        Model::House { c_main, c_pipe, c_handle, c_head, c_other, .. } => {
            let mut numbers =
                vec![("C_main", c_main), ("C_pipe", c_pipe), ("C_handle", c_handle), ("C_head", c_head)];
            if c_other != 0.0 {
                numbers.push(("C_other", c_other));
            }
            numbers
        }
    });
    let mut numbers: Vec<_> = numbers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for letter in ["m", "h"] {
        let (name, value) = match characteristic(experiment, letter) {
            Some(Characteristic::EqualPercentage { rangeability }) => ("R", rangeability),
            Some(Characteristic::QuickOpening { softening }) => ("softening", softening),
            Some(Characteristic::SCurve { steepness }) => ("steepness", steepness),
            Some(Characteristic::Linear) | None => continue,
        };
        numbers.push((format!("{name}_{letter}"), value));
    }
    numbers
}

/// The error, from how far y misses the ideal.
pub(super) fn error(experiment: &Experiment) -> Vec<Line> {
    let formula = match experiment.error {
        Error::Absolute => "abs(miss)",
        Error::Squared => "0.5 * pow(miss, 2)",
        Error::Huber { .. } => {
            "where(abs(miss) <= delta, 0.5 * pow(miss, 2), delta * (abs(miss) - 0.5 * delta))"
        }
    };
    vec![Line::new("E", formula)]
}

/// The slope of the error at y, where the way back begins.
pub(super) fn error_slope(experiment: &Experiment) -> Vec<Line> {
    let formula = match experiment.error {
        Error::Absolute => "sign(miss)",
        Error::Squared => "miss",
        Error::Huber { .. } => "clip(miss, -delta, delta)",
    };
    vec![Line::new("dE_dy", formula)]
}

/// The numbers that the error needs, with their names.
pub(super) fn error_numbers(experiment: &Experiment) -> Vec<(String, f64)> {
    let mut numbers = vec![("ideal".to_owned(), experiment.target)];
    if let Error::Huber { delta } = experiment.error {
        numbers.push(("delta".to_owned(), delta));
    }
    numbers
}

/// What a valve sets and how fast, as far as its house asks for it.
#[derive(Default)]
struct Valve {
    forward: Vec<Line>,
    slopes: Vec<Line>,
}

/// The formulas of the valve of a letter, m or h; @ stands for it in them.
fn valve(experiment: &Experiment, letter: &str) -> Valve {
    let mut valve = Valve::default();
    let Some(curve) = characteristic(experiment, letter) else { return valve };
    let (forward, slope): (&[(&str, &str)], &str) = match curve {
        Characteristic::Linear => (&[("f_@", "(@ - SHUT) / TRAVEL")], "1 / TRAVEL"),
        Characteristic::EqualPercentage { .. } => {
            (&[("u_@", "(@ - SHUT) / TRAVEL"), ("f_@", "pow(R_@, u_@ - 1)")], "log(R_@) * f_@ / TRAVEL")
        }
        Characteristic::QuickOpening { .. } => (
            &[
                ("u_@", "(@ - SHUT) / TRAVEL"),
                ("span_@", "nsqrt(1 + softening_@) - nsqrt(softening_@)"),
                ("root_@", "sqrt(u_@ + softening_@)"),
                ("f_@", "(root_@ - nsqrt(softening_@)) / span_@"),
            ],
            "1 / (2 * root_@ * span_@) / TRAVEL",
        ),
        Characteristic::SCurve { .. } => (
            &[
                ("u_@", "(@ - SHUT) / TRAVEL"),
                ("low_@", "1 / (1 + nexp(steepness_@ / 2))"),
                ("span_@", "1 / (1 + nexp(-steepness_@ / 2)) - low_@"),
                ("z_@", "steepness_@ * (u_@ - 0.5)"),
                ("s_@", "sigmoid(z_@)"),
                ("f_@", "(s_@ - low_@) / span_@"),
            ],
            "steepness_@ * s_@ * (1 - s_@) / span_@ / TRAVEL",
        ),
    };
    let line = |name: &str, formula: &str| Line::new(name.replace('@', letter), formula.replace('@', letter));
    valve.forward.extend(forward.iter().map(|(name, formula)| line(name, formula)));
    valve.slopes.push(line("df_d@", slope));
    fit(&mut valve, experiment, letter);
    valve
}

/// Adds what stands in series with a valve.
fn fit(valve: &mut Valve, experiment: &Experiment, letter: &str) {
    let line = |name: &str, formula: &str| Line::new(name.replace('@', letter), formula.replace('@', letter));
    match experiment.shower.model {
        Model::Installed { .. } => {
            valve.forward.push(line("d_@", "N_@ + (1 - N_@) * pow(f_@, 2)"));
            valve.forward.push(line("g_@", "f_@ / sqrt(d_@)"));
            valve.slopes.push(line("dg_d@", "N_@ / pow(d_@, 1.5) * df_d@"));
        }
        Model::House { .. } => {
            let (c, k) = if letter == "m" { ("C_main", "C_pipe") } else { ("C_handle", "C_head") };
            valve.forward.push(line("d_@", &format!("pow({k}, 2) + pow({c} * f_@, 2)")));
            valve.forward.push(line("C_@", &format!("{c} * {k} * f_@ / sqrt(d_@)")));
            valve.slopes.push(line("dC_d@", &format!("{c} * pow({k}, 3) / pow(d_@, 1.5) * df_d@")));
        }
        Model::Linear { .. } | Model::Product { .. } | Model::Curves { .. } => {}
    }
}

/// The characteristic of the valve of a letter; `None` where the house counts turns.
fn characteristic(experiment: &Experiment, letter: &str) -> Option<Characteristic> {
    match experiment.shower.model {
        Model::Linear { .. } | Model::Product { .. } => None,
        Model::Curves { main, handle, .. }
        | Model::Installed { main, handle, .. }
        | Model::House { main, handle, .. } => Some(if letter == "m" { main } else { handle }),
    }
}

/// Whether a valve lets some water through also where it is shut.
fn leaks(characteristic: Characteristic) -> bool {
    matches!(characteristic, Characteristic::EqualPercentage { .. })
}
