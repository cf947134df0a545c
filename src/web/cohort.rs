//! A class, as its page holds it.

use super::complaint::to_object;
use super::object::object;
use super::race;
use super::view::LandscapeView;
use crate::descent::Verdict;
use crate::figure::{Size, Theme, cohort_at, cohort_svg, way_color};
use crate::scenario::{Flaw, Key, Landscape, Remark, Scenario, Student};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Many people's runs, and the landscapes on which they are.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Cohort {
    cohort: crate::scenario::Cohort,
}

/// A class on three stacked canvases.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CohortView {
    view: LandscapeView,
}

#[wasm_bindgen]
impl Cohort {
    /// Nobody yet; the house of tables that do not say theirs, where one is chosen.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(house: &str) -> Self {
        let mut cohort = crate::scenario::Cohort::default();
        cohort.choose_house(house);
        Self { cohort }
    }

    /// The most people, and the most bytes of a file.
    #[must_use]
    pub fn most() -> Vec<usize> {
        vec![crate::scenario::Cohort::MOST, crate::scenario::Cohort::MOST_BYTES]
    }

    /// The scenarios of a made-up class.
    #[must_use]
    pub fn example() -> Vec<String> {
        crate::scenario::Cohort::EXAMPLE.map(str::to_owned).to_vec()
    }

    /// The names of all verdicts, each with its colour on the landscape.
    #[must_use]
    pub fn verdicts() -> Array {
        let pair = |(kind, name): (usize, &str)| {
            let color = way_color(kind).to_string();
            object([("name", name.into()), ("color", color.into())])
        };
        Verdict::NAMES.into_iter().enumerate().map(pair).collect()
    }

    /// The names of all houses.
    #[must_use]
    pub fn houses() -> Vec<String> {
        crate::plumbing::Preset::ALL.into_iter().map(|preset| preset.name().to_owned()).collect()
    }

    /// Adds everyone of a list; returns what is wrong with it, as plain objects.
    #[wasm_bindgen(js_name = addText)]
    pub fn add_text(&mut self, text: &str) -> Array {
        self.cohort.add_text(text).iter().map(remark).collect()
    }

    /// Adds whoever saved a table; returns what is wrong with it, as plain objects.
    #[wasm_bindgen(js_name = addTable)]
    pub fn add_table(&mut self, file: &str, text: &str) -> Array {
        self.cohort.add_table(file, text).iter().map(remark).collect()
    }

    /// How many tables do not say their house.
    #[wasm_bindgen(js_name = bareTables)]
    #[must_use]
    pub fn bare_tables(&self) -> usize {
        self.cohort.bare_tables()
    }

    /// The landscapes, the one with most people first: `{scenario, preset, settings: [[key, value]], count}`.
    #[must_use]
    pub fn landscapes(&self) -> Array {
        self.cohort.landscapes().iter().map(landscape).collect()
    }

    /// Everyone, as plain objects.
    #[must_use]
    pub fn students(&self) -> Array {
        self.cohort.students().iter().map(student).collect()
    }

    /// What came of those on a landscape: `{on: […], counts: […], fastest: […], slowest: […]}`, people by their
    /// places; `undefined` where there is nobody.
    #[must_use]
    pub fn summary(&self, landscape: &str) -> JsValue {
        let Some(landscape) = self.cohort.landscape(landscape) else { return JsValue::UNDEFINED };
        let summary = self.cohort.summary(&landscape);
        object([
            ("on", numbers(&landscape.students)),
            ("counts", numbers(&summary.counts)),
            ("fastest", numbers(&summary.fastest)),
            ("slowest", numbers(&summary.slowest)),
        ])
    }

    /// In what someone's landscape differs from another: `[[key, theirs, the other's]]`.
    #[must_use]
    pub fn differences(&self, student: usize, landscape: &str) -> Array {
        let landscape = self.cohort.landscape(landscape);
        let all = landscape.map(|landscape| self.cohort.differences(student, &landscape));
        let triple = |(key, theirs, here): (Key, String, String)| -> JsValue {
            Array::of3(&key.name().into(), &theirs.into(), &here.into()).into()
        };
        all.unwrap_or_default().into_iter().map(triple).collect()
    }

    /// Whose path lies at a place of a drawing of a size, by place among everybody.
    #[must_use]
    pub fn at(&self, landscape: &str, width: f64, height: f64, x: f64, y: f64) -> Option<usize> {
        let landscape = self.cohort.landscape(landscape)?;
        cohort_at(&self.cohort, &landscape, Size::new(width, height), [x, y])
    }

    /// Everyone as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.cohort.csv()
    }

    /// The class on a landscape as an SVG document, with the verdicts' names, one a line.
    #[must_use]
    pub fn svg(&self, landscape: &str, width: f64, height: f64, theme: &str, names: &str) -> Option<String> {
        let names: Vec<_> = names.lines().map(str::to_owned).collect();
        let landscape = self.cohort.landscape(landscape)?;
        Some(cohort_svg(&self.cohort, &landscape, Size::new(width, height), *Theme::named(theme), &names))
    }
}

#[wasm_bindgen]
impl CohortView {
    /// A view on three canvases that lie one above the other.
    ///
    /// # Errors
    /// Where a canvas has no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(
        field: HtmlCanvasElement,
        map: HtmlCanvasElement,
        walk: HtmlCanvasElement,
    ) -> Result<Self, JsError> {
        Ok(Self { view: LandscapeView::new(field, map, walk)? })
    }

    /// Where the plane of m and h lies in a figure of this size: left, top, width, height.
    #[must_use]
    pub fn plane(width: f64, height: f64) -> Vec<f64> {
        LandscapeView::plane(width, height)
    }

    /// Draws a landscape with those who are on it; `lit` is the place of someone to be seen before the others.
    ///
    /// # Errors
    /// Where the canvas refuses.
    #[allow(clippy::too_many_arguments, reason = "a size, a ratio, a look, and what is drawn")]
    pub fn draw(
        &mut self,
        cohort: &Cohort,
        landscape: &str,
        lit: Option<usize>,
        width: f64,
        height: f64,
        ratio: f64,
        theme: &str,
    ) -> Result<(), JsError> {
        let Some(landscape) = cohort.cohort.landscape(landscape) else { return Ok(()) };
        let size = Size::new(width, height);
        self.view.draw_cohort(&cohort.cohort, &landscape, lit, (size, ratio, Theme::named(theme)))
    }
}

fn numbers(all: &[usize]) -> JsValue {
    all.iter().map(|number| JsValue::from(*number as f64)).collect::<Array>().into()
}

/// `{scenario, preset, settings: [[key, value]]}`; the settings are those that differ from the preset's.
fn settings(scenario: &Scenario) -> JsValue {
    let own = scenario.to_string();
    let pairs = own.split('&').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.filter(|(key, _)| *key != Key::Preset.name());
    let pairs: Array =
        pairs.map(|(key, value)| JsValue::from(Array::of2(&key.into(), &value.into()))).collect();
    object([
        ("scenario", own.as_str().into()),
        ("preset", scenario.preset().name().into()),
        ("settings", pairs.into()),
    ])
}

fn landscape(landscape: &Landscape) -> JsValue {
    let count = JsValue::from(landscape.students.len() as f64);
    object([("of", settings(&landscape.settings)), ("count", count)])
}

/// `{name, scenario, steps, m, h, y, E, verdict, arrived, off}`; what there is not is left out.
fn student(student: &Student) -> JsValue {
    let [m, h] = student.now.position;
    let maybe = |number: Option<f64>| number.map_or(JsValue::UNDEFINED, Into::into);
    object([
        ("name", student.name.as_str().into()),
        ("scenario", student.scenario.as_deref().map_or(JsValue::UNDEFINED, Into::into)),
        ("steps", ((student.path.len() - 1) as f64).into()),
        ("m", m.into()),
        ("h", h.into()),
        ("y", student.now.chain.flows.y.into()),
        ("E", student.now.error.into()),
        ("verdict", race::verdict(&student.verdict)),
        ("arrived", maybe(student.arrived.map(|step| step as f64))),
        ("off", maybe(student.off)),
    ])
}

/// `{file, line, given, flaw, complaint}`.
fn remark(Remark { file, line, given, flaw }: &Remark) -> JsValue {
    let complaint = match flaw {
        Flaw::Setting(complaint) => to_object(complaint),
        _ => JsValue::UNDEFINED,
    };
    object([
        ("file", file.as_str().into()),
        ("line", (*line as f64).into()),
        ("given", given.as_str().into()),
        ("flaw", flaw.name().into()),
        ("complaint", complaint),
    ])
}
