//! What one takes away: pictures as SVG, and the run as a table. Made from a scenario string, so that a worker
//! can do it.

use crate::code::{Language, program};
use crate::figure::{Size, Theme, history_svg, landscape_svg, memory_svg, rates_svg};
use crate::landscape::Rates;
use crate::scenario::{Key, RatesPlane, Scenario, Session, csv, json};
use wasm_bindgen::prelude::*;

/// Runs along each axis of a rates map, and the most steps of each.
const SIDE: usize = 128;
const LIMIT: usize = 500;

/// Files made from a scenario.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Export;

#[wasm_bindgen]
impl Export {
    /// A picture as an SVG document, in a size in CSS pixels; `second` is the second parameter of a rates map.
    ///
    /// # Errors
    /// Where there is no picture of that name.
    pub fn svg(
        scenario: &str,
        picture: &str,
        second: &str,
        width: f64,
        height: f64,
        theme: &str,
    ) -> Result<String, JsError> {
        let (session, _) = Session::open(scenario);
        let (size, theme) = (Size::new(width, height), *Theme::named(theme));
        Ok(match picture {
            "landscape" => landscape_svg(&session, size, theme),
            "history" => history_svg(&session, size, theme),
            "memory" => memory_svg(&session, size, theme),
            "rates" => {
                let second = Key::from_name(second).unwrap_or(Key::Pressure);
                let plane = RatesPlane::new(&session.settings(), second);
                let mut rates = Rates::new(SIDE, SIDE, LIMIT);
                rates.survey(0..SIDE, |at| plane.experiment(at));
                rates_svg(&rates, &plane, size, theme)
            }
            other => return Err(JsError::new(&format!("{other}: there is no such picture"))),
        })
    }

    /// The main run up to where it stands, with 17 significant digits.
    #[must_use]
    pub fn csv(scenario: &str) -> String {
        csv(Session::open(scenario).0.run())
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
    pub fn json(scenario: &str) -> String {
        json(&Session::open(scenario).0)
    }
}
