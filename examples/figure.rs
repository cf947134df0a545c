//! A figure as SVG: `cargo run --release --example figure -- '<scenario>&figure=landscape'`.
//!
//! `figure` is `landscape`, `curves`, `history`, `memory` or `rates`; `width`, `height` (CSS pixels) and
//! `theme` (light, dark) may be given too. Complaints go to standard error, and then the exit status is 2.

use backflow::figure::{Size, Theme, curves_svg, history_svg, landscape_svg, memory_svg, rates_svg};
use backflow::landscape::Rates;
use backflow::scenario::{Key, RatesPlane, Scenario, Session};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// The figures that there are.
const FIGURES: [&str; 5] = ["landscape", "curves", "history", "memory", "rates"];
/// Runs along each axis of a rates map.
const RATES: usize = 128;
/// Steps of a run of the rates map at most.
const LIMIT: usize = 500;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [given] = arguments.as_slice() else {
        complain("usage: figure '<scenario>&figure=landscape' (or curves, history, memory, rates)");
        return ExitCode::from(2);
    };
    let (sheet, scenario, complaints) = read(&given.to_string_lossy());
    for complaint in &complaints {
        complain(complaint);
    }
    let session = Session::of(scenario);
    match io::stdout().write_all(sheet.draw(&session).as_bytes()) {
        // A reader who has seen enough, such as `head`, closes the pipe: nothing is wrong.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("the figure could not be written: {error}"));
            ExitCode::FAILURE
        }
        _ if complaints.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

/// Writes a sentence to standard error; where that is closed, nobody listens.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

/// What is asked for beside the scenario.
struct Sheet {
    figure: &'static str,
    width: Option<f64>,
    height: Option<f64>,
    theme: Theme,
}

impl Sheet {
    fn draw(&self, session: &Session) -> String {
        let size = |width, height| Size::new(self.width.unwrap_or(width), self.height.unwrap_or(height));
        match self.figure {
            "curves" => curves_svg(session, size(520.0, 400.0), self.theme),
            "history" => history_svg(session, size(640.0, 320.0), self.theme),
            "memory" => memory_svg(session, size(480.0, 260.0), self.theme),
            "rates" => {
                let plane = RatesPlane::new(&session.settings(), Key::Momentum);
                let mut rates = Rates::new(RATES, RATES, LIMIT);
                rates.survey(0..RATES, |at| plane.experiment(at));
                rates_svg(&rates, &plane, size(520.0, 520.0), self.theme)
            }
            _ => landscape_svg(session, size(520.0, 520.0), self.theme),
        }
    }
}

/// Parts what concerns the sheet from the scenario, and lists what is wrong with either.
fn read(given: &str) -> (Sheet, Scenario, Vec<String>) {
    let mut sheet = Sheet { figure: "landscape", width: None, height: None, theme: Theme::LIGHT };
    let mut complaints = Vec::new();
    let mut scenario = Vec::new();
    for pair in given.split('&') {
        match pair.split_once('=') {
            Some(("figure", given)) => match FIGURES.into_iter().find(|figure| *figure == given) {
                Some(figure) => sheet.figure = figure,
                None => complaints.push(format!(
                    "figure={given}: one of {}; using {}",
                    FIGURES.join(", "),
                    sheet.figure
                )),
            },
            Some(("width", text)) => sheet.width = side("width", text, &mut complaints),
            Some(("height", text)) => sheet.height = side("height", text, &mut complaints),
            Some(("theme", "light")) => sheet.theme = Theme::LIGHT,
            Some(("theme", "dark")) => sheet.theme = Theme::DARK,
            Some(("theme", other)) => {
                complaints.push(format!("theme={other}: one of light, dark; using {}", sheet.theme.name));
            }
            _ => scenario.push(pair),
        }
    }
    let (scenario, found) = Scenario::parse(&scenario.join("&"));
    complaints.extend(found.iter().map(ToString::to_string));
    (sheet, scenario, complaints)
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
