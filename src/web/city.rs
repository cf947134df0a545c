//! The city for the browser: a scenario in, steps, numbers and pixels out. Nothing here needs a document, so that
//! a worker can do it.

use super::object::object;
use crate::city::{self, Rule, Watch};
use crate::figure::{Moment, Mosaic, Service, Size, Theme, View, city_chart_svg, paint_city};
use crate::scenario::Scenario;
use js_sys::{Float64Array, Uint8ClampedArray, Uint32Array};
use wasm_bindgen::prelude::*;

/// A city that learns, with its picture.
#[wasm_bindgen]
#[derive(Debug)]
pub struct City {
    watch: Watch,
    mosaic: Mosaic,
    /// The shower whose carriers were asked for last, which they are, and how many.
    lit: Option<(usize, Vec<bool>, usize)>,
    pixels: Vec<u8>,
}

#[wasm_bindgen]
impl City {
    /// The city of a scenario, untrained. Where it has more than `most` valves, a smaller one of the same kind.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str, most: usize) -> Self {
        let plan = Scenario::parse(scenario).0.city().within(most);
        Self { mosaic: Mosaic::new(&plan.sizes), watch: Watch::new(&plan), lit: None, pixels: Vec::new() }
    }

    /// What it was made from, as a scenario string.
    #[must_use]
    pub fn scenario(&self) -> String {
        Scenario::of_city(self.watch.training().plan()).to_string()
    }

    /// How many junctions each level has.
    #[must_use]
    pub fn sizes(&self) -> Uint32Array {
        let sizes = self.watch.training().network().sizes();
        sizes.into_iter().map(|size| u32::try_from(size).unwrap_or(u32::MAX)).collect::<Vec<_>>()[..].into()
    }

    /// How many valves there are.
    #[must_use]
    pub fn valves(&self) -> usize {
        self.watch.training().network().openings().len()
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.watch.bytes()
    }

    /// Steps made.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.watch.training().steps()
    }

    /// Makes so many steps.
    pub fn train(&mut self, steps: u32) {
        self.watch.train(steps);
    }

    /// Lets the water run once, and nothing else.
    pub fn forward(&mut self) {
        self.watch.forward();
    }

    /// E of a scenario, the mean over all of them, each as it was when a step looked at it last.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.watch.training().error()
    }

    /// The same before the first step.
    #[must_use]
    #[wasm_bindgen(js_name = untrainedError)]
    pub fn untrained_error(&self) -> f64 {
        self.watch.training().untrained_error()
    }

    /// How long probing every valve takes, in seconds, where one forward sweep takes so long.
    #[must_use]
    pub fn probing(&self, seconds: f64) -> f64 {
        self.watch.training().probing(seconds)
    }

    /// Goes on reading the reach of the valves, with so many junctions; true when the reading is whole.
    pub fn look(&mut self, junctions: usize) -> bool {
        let whole = self.watch.look(junctions);
        if whole {
            self.lit = None;
        }
        whole
    }

    /// The reach of the last whole reading; 0 before there is one.
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.watch.reach().unwrap_or_default().mean
    }

    /// The reach before the first step; 0 where it was not read then.
    #[must_use]
    #[wasm_bindgen(js_name = untrainedReach)]
    pub fn untrained_reach(&self) -> f64 {
        self.watch.untrained().unwrap_or_default().mean
    }

    /// The mutual information of the last whole reading, from 0 to 1; 0 before there is one.
    #[must_use]
    pub fn information(&self) -> f64 {
        self.watch.reach().unwrap_or_default().information
    }

    /// The mutual information before the first step; 0 where it was not read then.
    #[must_use]
    #[wasm_bindgen(js_name = untrainedInformation)]
    pub fn untrained_information(&self) -> f64 {
        self.watch.untrained().unwrap_or_default().information
    }

    /// The chart of error and reach over the steps, as SVG, in CSS pixels.
    #[must_use]
    pub fn chart(&self, width: f64, height: f64, theme: &str) -> String {
        let moments = Moment::all(&self.watch);
        let untrained = self.watch.untrained().map(|reach| reach.mean);
        city_chart_svg(&moments, untrained, Size::new(width, height), *Theme::named(theme))
    }

    /// How many cells the mosaic has along each axis.
    #[must_use]
    pub fn extent(&self) -> Float64Array {
        numbers(self.mosaic.extent().map(|cells| cells as f64))
    }

    /// The mosaic: red, green, blue and alpha of each pixel, the upper row first. The upper left corner shows the
    /// cell (x, y), a cell is so many pixels wide, and a shower's carriers are lit, where there is such a shower.
    #[allow(clippy::too_many_arguments, reason = "a view, a size and a look")]
    pub fn paint(
        &mut self,
        x: f64,
        y: f64,
        scale: f64,
        width: usize,
        height: usize,
        theme: &str,
        shower: i32,
    ) -> Uint8ClampedArray {
        let shower = usize::try_from(shower).ok().filter(|shower| *shower < self.mosaic.showers());
        if let Some(shower) = shower {
            self.light(shower);
        }
        let lit = self.lit.as_ref().filter(|(of, ..)| shower == Some(*of));
        let unread = (vec![0; 0], vec![0; 0]);
        let (most, special) = self
            .watch
            .reading()
            .map_or((&unread.0[..], &unread.1[..]), |reading| (reading.most(), reading.special()));
        let service = Service { most, special, lit: lit.map(|(_, lit, _)| &lit[..]) };
        let view = View::new([x, y], scale, [width, height]);
        paint_city(&self.mosaic, service, view, *Theme::named(theme), &mut self.pixels);
        Uint8ClampedArray::from(&self.pixels[..])
    }

    /// The valve of a cell; −1 where there is none.
    #[must_use]
    #[wasm_bindgen(js_name = valveAt)]
    pub fn valve_at(&self, x: f64, y: f64) -> i32 {
        cell(x, y).and_then(|cell| self.mosaic.valve(cell)).map_or(-1, whole)
    }

    /// The shower whose valves of the last layer lie in the line of a cell; −1 where there is none.
    #[must_use]
    #[wasm_bindgen(js_name = showerAt)]
    pub fn shower_at(&self, x: f64, y: f64) -> i32 {
        cell(x, y).and_then(|cell| self.mosaic.shower(cell)).map_or(-1, whole)
    }

    /// The column and the row of a valve's cell; nothing where there is no such valve.
    #[must_use]
    pub fn place(&self, valve: usize) -> Float64Array {
        self.mosaic.cell(valve).map_or_else(|| numbers([]), |cell| numbers(cell.map(|place| place as f64)))
    }

    /// What is known of a valve as it stands now; undefined where there is no such valve.
    #[must_use]
    pub fn valve(&self, valve: usize) -> JsValue {
        let Some(seen) = self.watch.valve(valve) else { return JsValue::UNDEFINED };
        let [layer, from, to] = seen.pipe.map(|place| JsValue::from(place as f64));
        object([
            ("layer", layer),
            ("from", from),
            ("to", to),
            ("position", seen.position.into()),
            ("opening", seen.opening.into()),
            ("carried", seen.carried.into()),
            ("reach", seen.reach.into()),
            ("most", (seen.most as f64).into()),
            ("sensitivities", Float64Array::from(&seen.sensitivities[..]).into()),
        ])
    }

    /// How many valves carry nine tenths of the squared sensitivity of a shower: the smallest such set.
    /// Undefined before the first whole reading.
    pub fn carriers(&mut self, shower: usize) -> Option<usize> {
        self.light(shower);
        self.lit.as_ref().map(|(.., count)| *count)
    }

    /// Finds the carriers of a shower, where they are not known yet.
    fn light(&mut self, shower: usize) {
        if self.lit.as_ref().is_some_and(|(of, ..)| *of == shower) {
            return;
        }
        self.lit = self.watch.reading().map(|reading| {
            let (lit, count) = reading.carriers(shower);
            (shower, lit, count)
        });
    }
}

/// The rules compared at equal error.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Trial {
    trial: city::Trial,
}

#[wasm_bindgen]
impl Trial {
    /// The comparison for the demand of a scenario, on so many seeds.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(scenario: &str, seeds: u32) -> Self {
        Self { trial: city::Trial::new(Scenario::parse(scenario).0.city().demand, seeds) }
    }

    /// The rules, in the order of the results.
    #[must_use]
    pub fn rules() -> Vec<String> {
        Rule::ALL.iter().map(|rule| rule.name().to_owned()).collect()
    }

    /// Goes on with at most so many steps; true when all is done.
    pub fn advance(&mut self, steps: u32) -> bool {
        self.trial.advance(steps)
    }

    /// How far it is, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.trial.progress()
    }

    /// For each rule: how many runs arrived, the error to stop at, steps, the untrained reach, the reach, its
    /// lowest and its highest, and the mutual information; means over the runs that arrived.
    #[must_use]
    pub fn results(&self) -> Float64Array {
        let told = self.trial.summaries().into_iter().flat_map(|rule| {
            let [mean, lowest, highest] = rule.reach;
            [
                rule.arrived as f64,
                rule.goal,
                rule.steps,
                rule.untrained,
                mean,
                lowest,
                highest,
                rule.information,
            ]
        });
        numbers(told)
    }
}

fn numbers(numbers: impl IntoIterator<Item = f64>) -> Float64Array {
    Float64Array::from(&numbers.into_iter().collect::<Vec<_>>()[..])
}

/// The cell in which a place lies.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is below 0 is refused")]
fn cell(x: f64, y: f64) -> Option<[usize; 2]> {
    (x >= 0.0 && y >= 0.0).then_some([x as usize, y as usize])
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(-1)
}
