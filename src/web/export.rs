//! What one takes away: pictures as SVG, and the run as a table. Made from a scenario string, so that a worker
//! can do it.

use crate::code::{Language, program};
use crate::figure::{Sheet, Size, Theme, picture};
use crate::scenario::{Key, Scenario, Session, csv, json};
use wasm_bindgen::prelude::*;

/// Files made from a scenario.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Export {
    session: Session,
    second: Key,
    heading: String,
    names: Vec<String>,
    over: String,
}

#[wasm_bindgen]
impl Export {
    /// The files of a scenario.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str) -> Self {
        let (session, _) = Session::open(scenario);
        Self {
            session,
            second: Key::Pressure,
            heading: String::new(),
            names: Vec::new(),
            over: String::new(),
        }
    }

    /// What the scenario does not hold: how many steps each run has made, and m and h where a hand took hold of
    /// a valve, where that is what happened last.
    pub fn recall(&mut self, lengths: &[usize], grabbed: &[f64]) {
        self.session.lengthen(lengths);
        if let &[m, h] = grabbed {
            self.session.grab([m, h]);
        }
    }

    /// What a legend says first, and its names for the verdicts, one a line, in the order of theirs.
    pub fn legend(&mut self, heading: String, names: &str) {
        (self.heading, self.names) = (heading, names.lines().map(str::to_owned).collect());
    }

    /// The second parameter of a rates map: `momentum` or `pressure`.
    pub fn against(&mut self, second: &str) {
        self.second = Key::from_name(second).unwrap_or(Key::Pressure);
    }

    /// Pixels that lie over the landscape: an address `data:image/png;base64,…`.
    pub fn over(&mut self, pixels: String) {
        self.over = pixels;
    }

    /// A picture as an SVG document, in a size in CSS pixels.
    ///
    /// # Errors
    /// Where there is no picture of that name.
    pub fn svg(&self, name: &str, width: f64, height: f64, theme: &str) -> Result<String, JsError> {
        let Self { second, heading, names, over, .. } = self;
        let (size, theme) = (Size::new(width, height), *Theme::named(theme));
        let sheet = Sheet { size, theme, second: *second, heading, names, over };
        let drawn = picture(name, &self.session, &sheet);
        drawn.ok_or_else(|| JsError::new(&format!("{name}: there is no such picture")))
    }

    /// The main run up to where it stands, with 17 significant digits.
    #[must_use]
    pub fn csv(&self) -> String {
        csv(self.session.run())
    }

    /// The main run up to where it stands as a program in a language, that of [`Language::name`].
    ///
    /// # Errors
    /// Where there is no such language.
    pub fn program(scenario: &str, language: &str) -> Result<String, JsError> {
        let language = Language::from_name(language)
            .ok_or_else(|| JsError::new(&format!("{language}: there is no such language")))?;
        Ok(program(&Scenario::parse(scenario).0, language))
    }

    /// All runs up to where they stand.
    #[must_use]
    pub fn json(&self) -> String {
        json(&self.session)
    }
}
