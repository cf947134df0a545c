//! A figure as SVG: `cargo run --release --example figure -- '<scenario>&figure=landscape'`.
//!
//! `figure` is one of the pictures that there are, such as `landscape`, `history` or `rates`; `width`, `height`
//! (CSS pixels) and `theme` (light, dark, projector) may be given too. Complaints go to standard error, and then
//! the exit status is 2.

use backflow::figure::{PICTURES, Sheet, Size, Theme, picture, pictures, signed};
use backflow::scenario::{Scenario, Session};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [given] = arguments.as_slice() else {
        complain(&format!("usage: figure '<scenario>&figure=<picture>', with one of {}", names()));
        return ExitCode::from(2);
    };
    let (asked, scenario, complaints) = read(&given.to_string_lossy());
    for complaint in &complaints {
        complain(complaint);
    }
    let session = Session::of(scenario);
    let Some(svg) = asked.draw(&session) else {
        complain(&format!("the figure {} cannot be drawn here", asked.figure));
        return ExitCode::FAILURE;
    };
    match io::stdout().write_all(svg.as_bytes()) {
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

/// The pictures that there are, in a sentence.
fn names() -> String {
    pictures().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// What is asked for beside the scenario.
struct Asked {
    figure: &'static str,
    usual: [f64; 2],
    width: Option<f64>,
    height: Option<f64>,
    theme: Theme,
}

impl Asked {
    fn draw(&self, session: &Session) -> Option<String> {
        let [width, height] = self.usual;
        let size = Size::new(self.width.unwrap_or(width), self.height.unwrap_or(height));
        let drawn = picture(self.figure, session, &Sheet::new(size, self.theme))?;
        Some(signed(&drawn, self.figure, &session.scenario().to_string()))
    }
}

/// Parts what concerns the picture from the scenario, and lists what is wrong with either.
fn read(given: &str) -> (Asked, Scenario, Vec<String>) {
    let [(figure, usual), ..] = PICTURES;
    let mut asked = Asked { figure, usual, width: None, height: None, theme: Theme::LIGHT };
    let mut complaints = Vec::new();
    let mut scenario = Vec::new();
    for pair in given.split('&') {
        match pair.split_once('=') {
            Some(("figure", given)) => match pictures().find(|(name, _)| *name == given) {
                Some((figure, usual)) => (asked.figure, asked.usual) = (figure, usual),
                None => {
                    complaints.push(format!("figure={given}: one of {}; using {}", names(), asked.figure));
                }
            },
            Some(("width", text)) => asked.width = side("width", text, &mut complaints),
            Some(("height", text)) => asked.height = side("height", text, &mut complaints),
            Some(("theme", given)) => match Theme::ALL.into_iter().find(|theme| theme.name == given) {
                Some(theme) => asked.theme = theme,
                None => {
                    let looks = Theme::ALL.map(|theme| theme.name).join(", ");
                    complaints.push(format!("theme={given}: one of {looks}; using {}", asked.theme.name));
                }
            },
            _ => scenario.push(pair),
        }
    }
    let (scenario, found) = Scenario::parse(&scenario.join("&"));
    complaints.extend(found.iter().map(ToString::to_string));
    (asked, scenario, complaints)
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
