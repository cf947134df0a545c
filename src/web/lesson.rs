//! Figures of the course: their drawings, what they tell, and their challenges.

use super::lab::Lab;
use super::object::object;
use super::view::{Drawn, Sheet};
use crate::figure::{Size, plot, plot_grips, plot_pull};
use crate::lesson::{Challenge, Guess, challenges, form, judge, numbers, progress};
use crate::scenario::{Scenario, Session};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// A drawing of the course on a canvas.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PlotView {
    name: String,
    sheet: Sheet,
    /// Whether the picture that is there leaves something out.
    asked: bool,
}

#[wasm_bindgen]
impl PlotView {
    /// A view of a drawing on a canvas.
    ///
    /// # Errors
    /// Where the canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        Ok(Self { name: name.to_owned(), sheet: Sheet::new(canvas)?, asked: false })
    }

    /// Draws it, in a figure of a size in CSS pixels; without what a reader is asked for just now.
    ///
    /// # Errors
    /// Where the canvas refuses.
    pub fn draw(
        &mut self,
        lab: &Lab,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
        asked: bool,
    ) -> Result<(), JsError> {
        if self.asked != asked {
            self.asked = asked;
            self.sheet.forget();
        }
        let name = &self.name;
        self.sheet.draw(Drawn::new(lab, width, height, ratio, theme), |backend, size, theme| {
            plot(backend, name, size, theme, lab.session(), asked)
        })
    }

    /// The keys that one sets by pulling at the drawing, in the order of [`Self::grips`].
    #[must_use]
    pub fn keys(&self, lab: &Lab) -> Vec<String> {
        let grips = plot_grips(&self.name, Size::new(0.0, 0.0), lab.session());
        grips.iter().map(|grip| grip.key.name().to_owned()).collect()
    }

    /// Where its grips are, in CSS pixels: across and down, one after the other.
    #[must_use]
    pub fn grips(&self, lab: &Lab, width: f64, height: f64) -> Vec<f64> {
        let grips = plot_grips(&self.name, Size::new(width, height), lab.session());
        grips.iter().flat_map(|grip| grip.at).collect()
    }

    /// Pulls the grip of a key to a place of the drawing, in CSS pixels.
    ///
    /// # Errors
    /// Where there is no such key.
    pub fn pull(
        &self,
        lab: &mut Lab,
        key: &str,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<(), JsError> {
        let key = super::lab::key(key)?;
        for (key, number) in plot_pull(&self.name, key, [x, y], Size::new(width, height), lab.session()) {
            lab.session_mut().put(key, number);
        }
        Ok(())
    }
}

/// What the figures of the course tell and ask.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lessons;

#[wasm_bindgen]
impl Lessons {
    /// The numbers of a figure beyond the reading, as a plain object.
    #[must_use]
    pub fn numbers(figure: &str, lab: &Lab) -> JsValue {
        values(&numbers(figure, lab.session()))
    }

    /// Which of its sentences a figure says; empty where there is one.
    #[must_use]
    pub fn form(figure: &str, lab: &Lab) -> String {
        form(figure, lab.session()).to_owned()
    }

    /// A scenario string with what a hand turned in another one beside its run; `undefined` where nothing was
    /// turned there, or in another house or unit.
    #[must_use]
    pub fn beside(scenario: &str, hand: &str) -> Option<String> {
        let [scenario, hand] = [scenario, hand].map(|string| Scenario::parse(string).0);
        scenario.beside(&hand).map(|both| both.to_string())
    }

    /// The challenges of a figure, as plain objects: `{id, stage, guesses: [{name, right, shown}], shown,
    /// numbers}`.
    #[must_use]
    pub fn challenges(figure: &str) -> Array {
        challenges(figure).iter().map(challenge).collect()
    }

    /// What has come of a challenge that is met by doing: `{name, right, numbers}`, or `undefined` while that is
    /// open.
    #[must_use]
    pub fn judge(figure: &str, id: &str, scenario: &str) -> JsValue {
        let outcome = judge(figure, id, &Session::open(scenario).0);
        outcome.map_or(JsValue::UNDEFINED, |outcome| {
            object([
                ("name", outcome.name.into()),
                ("right", outcome.right.into()),
                ("numbers", values(&outcome.numbers)),
            ])
        })
    }

    /// How far someone has come with a challenge that is met by doing, as a plain object.
    #[must_use]
    pub fn progress(figure: &str, id: &str, scenario: &str) -> JsValue {
        values(&progress(figure, id, &Session::open(scenario).0))
    }
}

/// Numbers by their names.
fn values(numbers: &[(&'static str, f64)]) -> JsValue {
    object(numbers.iter().map(|(name, number)| (*name, (*number).into())))
}

fn challenge(challenge: &Challenge) -> JsValue {
    let shown = |shown: &Option<String>| shown.as_deref().map_or(JsValue::UNDEFINED, Into::into);
    let guess = |guess: &Guess| {
        let Guess { name, right, shown: scenario } = guess;
        object([("name", (*name).into()), ("right", (*right).into()), ("shown", shown(scenario))])
    };
    let guesses: Array = challenge.guesses.iter().map(guess).collect();
    object([
        ("id", challenge.id.into()),
        ("stage", challenge.stage.into()),
        ("guesses", guesses.into()),
        ("shown", shown(&challenge.shown)),
        ("numbers", values(&challenge.numbers)),
    ])
}
