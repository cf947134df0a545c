//! A figure as SVG: `cargo run --release --example figure -- '<scenario>&figure=landscape'`.
//!
//! `figure` is `landscape` or `history`; `width`, `height` (CSS pixels) and `theme` (light, dark) may be
//! given too. Complaints go to standard error, and then the exit status is 2.

use backflow::descent::Run;
use backflow::figure::{Size, Theme, history_svg, landscape_svg};
use backflow::scenario::Scenario;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(input) = std::env::args().nth(1) else {
        eprintln!("usage: figure '<scenario>&figure=landscape' (or figure=history)");
        return ExitCode::from(2);
    };
    let mut complaints = Vec::new();
    let (mut figure, mut width, mut height, mut theme) = ("landscape", None, None, Theme::LIGHT);
    let mut scenario = Vec::new();
    for pair in input.split('&') {
        match pair.split_once('=') {
            Some(("figure", name @ ("landscape" | "history"))) => figure = name,
            Some(("figure", other)) => {
                complaints.push(format!("figure={other}: one of landscape, history; using {figure}"));
            }
            Some(("width", text)) => width = side("width", text, &mut complaints),
            Some(("height", text)) => height = side("height", text, &mut complaints),
            Some(("theme", "light")) => theme = Theme::LIGHT,
            Some(("theme", "dark")) => theme = Theme::DARK,
            Some(("theme", other)) => {
                complaints.push(format!("theme={other}: one of light, dark; using {}", theme.name));
            }
            _ => scenario.push(pair),
        }
    }
    let (scenario, found) = Scenario::parse(&scenario.join("&"));
    complaints.extend(found.iter().map(ToString::to_string));
    for complaint in &complaints {
        eprintln!("{complaint}");
    }

    let mut run = Run::new(scenario.experiment());
    run.seek(scenario.steps());
    let svg = match figure {
        "history" => history_svg(&run, Size::new(width.unwrap_or(640.0), height.unwrap_or(320.0)), theme),
        _ => landscape_svg(&run, Size::new(width.unwrap_or(520.0), height.unwrap_or(520.0)), theme),
    };
    if let Err(error) = std::io::stdout().write_all(svg.as_bytes()) {
        eprintln!("the figure could not be written: {error}");
        return ExitCode::FAILURE;
    }
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// A side in CSS pixels, or a complaint.
fn side(key: &str, text: &str, complaints: &mut Vec<String>) -> Option<f64> {
    let side = text.parse().ok().filter(|side| (Size::SMALLEST..=Size::LARGEST).contains(side));
    if side.is_none() {
        let (least, most) = (Size::SMALLEST, Size::LARGEST);
        complaints.push(format!("{key}={text}: a number from {least} to {most}; using the usual size"));
    }
    side
}
